"""Detect: which files of a folder are schemas, and which draft they are written in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recordsmith.drafts import DRAFT_4, DRAFT_7, DRAFT_2019_09, DRAFT_2020_12, Draft, draft_of

DEFAULT_FILES = "**/*.schema.json"
_ANY_FILES = "**/*.json"
_LARGEST = 20_000_000
"""Bytes; a larger file is not looked into."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a folder of schemas."""

    files: str
    """The glob that finds them."""
    dialect: Draft
    """Of those that do not tell theirs."""
    count: int


def look(folder: Path) -> Found:
    """Which files below the folder are schemas, and of which draft."""
    named = [file for file in folder.glob(DEFAULT_FILES) if file.is_file()]
    others = [] if named else [file for file in folder.glob(_ANY_FILES) if file.is_file()]
    files = sorted(named or others)
    return Found(_ANY_FILES if others else DEFAULT_FILES, _dialect_of(files), len(files))


def _dialect_of(files: Iterable[Path]) -> Draft:
    """The draft of schemas that do not tell: that of the others, or what their words suggest."""
    schemas = [schema for file in files if isinstance(schema := _read(file), dict)]
    told = Counter(draft for schema in schemas if (draft := draft_of(schema.get("$schema"))))
    silent = [schema for schema in schemas if "$schema" not in schema]
    if not silent:
        return DRAFT_2020_12
    if told:
        return max(told, key=lambda draft: (told[draft], draft.name))
    guesses = [guess for schema in silent if (guess := _guess(schema))]
    return min(guesses, key=_RANK.index) if guesses else DRAFT_2020_12


_RANK = (DRAFT_4, DRAFT_2019_09, DRAFT_2020_12, DRAFT_7)
"""Which guess is the better one: the words of draft 7 are understood later too."""
_SUGGESTING: Mapping[str, Draft] = {
    "$recursiveRef": DRAFT_2019_09,
    "$dynamicRef": DRAFT_2020_12,
    "prefixItems": DRAFT_2020_12,
    "$defs": DRAFT_2020_12,
    "dependentRequired": DRAFT_2020_12,
    "unevaluatedProperties": DRAFT_2020_12,
    "definitions": DRAFT_7,
    "dependencies": DRAFT_7,
    "additionalItems": DRAFT_7,
}


def _guess(schema: Mapping[str, Any]) -> Draft | None:
    """The draft whose words a schema uses."""
    if isinstance(schema.get("id"), str) and "$id" not in schema:
        return DRAFT_4
    found: list[Draft] = []
    waiting: list[Any] = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("exclusiveMinimum", value.get("exclusiveMaximum")), bool):
                return DRAFT_4
            found += [draft for word, draft in _SUGGESTING.items() if word in value]
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return min(found, key=_RANK.index) if found else None


def _read(file: Path) -> Any:
    """The JSON in a file; None where there is none, which `generate` tells."""
    with suppress(OSError, ValueError, RecursionError):
        if file.stat().st_size <= _LARGEST:
            return json.loads(file.read_bytes())
    return None
