"""Scaffold: the schema file that a new record or enum starts from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recordsmith.catalog import SUFFIX
from recordsmith.config import Config
from recordsmith.dialect import DRAFT_2020_12
from recordsmith.naming import pascal_case, snake_case
from recordsmith.problems import Location, Problem, ProblemsFound


def scaffold(config: Config, kind: str, name: str) -> Path:
    """Write the schema of a new `record` or `enum`; `name` is `module.path.Type`.

    Raises `ProblemsFound` where the name is none, or taken.
    """
    *module, type_ = name.split(".")
    file = config.schemas.joinpath(*module, f"{type_}{SUFFIX}")
    _check(config, name, module, type_, file)
    schema = {"record": _record, "enum": _enum}[kind](type_)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as opened:
        opened.write(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return file


def _check(config: Config, name: str, module: list[str], type_: str, file: Path) -> None:
    sentence = None
    if not type_.isidentifier() or pascal_case(type_) != type_:
        better = pascal_case(type_) or "Type"
        sentence = f"`{type_}` is no name for a type; write it like `{better}`"
    elif any(not part.isidentifier() or snake_case(part) != part for part in module):
        sentence = f"`{'.'.join(module)}` is no module path; write it like `billing.invoices`"
    elif file.exists():
        sentence = "there is a schema of that name already"
    if sentence:
        at = Location(config.shown(file) if file.exists() else name)
        raise ProblemsFound([Problem(at, "new", sentence)])


def _head(type_: str, description: str) -> dict[str, Any]:
    return {"$schema": DRAFT_2020_12, "title": type_, "description": description}


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
