"""Scaffold: the schema file that a new record or enum starts from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from keyword import iskeyword
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from recordsmith.config import Config
from recordsmith.drafts import DRAFT_2020_12
from recordsmith.naming import pascal_case, snake_case
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.sources import SUFFIX


def scaffold(config: Config, kind: str, name: str) -> Path:
    """Write the schema of a new `record` or `enum`; `name` is `module.path.Type`.

    Raises `ProblemsFound` where the name is none, or taken, or the disk refuses.
    """
    *module, type_ = name.split(".")
    file = config.schemas.joinpath(*module, f"{type_}{SUFFIX}")
    if sentence := _fault(module, type_):
        raise ProblemsFound([Problem(Location(name), "new", sentence)])
    at = Location(config.shown(file))
    if os.path.lexists(file):
        raise ProblemsFound([Problem(at, "new", "there is a schema of that name already")])
    if not _is_let_in(file.relative_to(config.schemas), config.files):
        sentence = (
            f"`files` in [tool.recordsmith] lets no `{file.name}` in; write the file yourself"
        )
        raise ProblemsFound([Problem(at, "new", sentence)])
    schema = {"record": _record, "enum": _enum}[kind](type_)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        sentence = f"cannot write: {error.strerror}: {error.filename}"
        raise ProblemsFound([Problem(at, "unwritable", sentence)]) from error
    return file


def _is_let_in(path: Path, globs: Iterable[str]) -> bool:
    """Whether a file would be found, judged by one that is."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        return any(file in Path(folder).glob(glob) for glob in globs)


def _fault(module: list[str], type_: str) -> str | None:
    """What is wrong with a name."""
    if not type_.isidentifier() or pascal_case(type_) != type_:
        better = pascal_case(type_) or "Type"
        return f"`{type_}` is no name for a type; write it like `{better}`"
    if iskeyword(type_):
        return f"`{type_}` is a word of Python; give the type another name"
    if any(not part.isidentifier() or snake_case(part) != part for part in module):
        return f"`{'.'.join(module)}` is no module path; write it like `billing.invoices`"
    return None


def _head(type_: str, description: str) -> dict[str, Any]:
    return {"$schema": DRAFT_2020_12.uri, "title": type_, "description": description}


def _record(type_: str) -> dict[str, Any]:
    return {
        **_head(type_, "What one of these records is."),
        "type": "object",
        "properties": {
            "id": {"description": "What identifies the record.", "type": "string"},
            "note": {
                "description": "A remark for people, if there is one.",
                "type": ["string", "null"],
                "default": None,
            },
        },
        "required": ["id"],
        "examples": [{"id": "1"}],
    }


def _enum(type_: str) -> dict[str, Any]:
    return {
        **_head(type_, "What the members tell apart."),
        "type": "string",
        "oneOf": [
            {"const": "first", "title": "First", "description": "What the first member means."},
            {"const": "second", "title": "Second", "description": "What the second member means."},
        ],
        "examples": ["first"],
    }
