"""Many: a project of any number of definitions, for measuring how the time grows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_A_MODULE = 10
"""So many definitions share a folder, which becomes a module."""
_SETTINGS = """\
[tool.recordsmith]
formats = "assert"

[tool.recordsmith.python]
package = "many"
"""


def make(root: Path, count: int) -> Path:
    """Write the project; every definition but the first few refers to earlier ones."""
    root.mkdir(parents=True)
    (root / "pyproject.toml").write_text(_SETTINGS, "utf-8")
    for number in range(count):
        file = root / "schemas" / path_of(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(_schema(number), indent=1), "utf-8")
    return root


def path_of(number: int) -> str:
    """Where a definition stands, below the schemas."""
    return f"m{number // _A_MODULE:03d}/Type{number}.schema.json"


def _schema(number: int) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "id": {"description": "The identifier.", "type": "string", "minLength": 1},
        "count": {"type": "integer", "minimum": 0, "default": 0},
        "ratio": {"type": ["number", "null"], "maximum": 1},
        "kind": {"enum": ["a", "b", f"k{number}"]},
        "when": {"type": "string", "format": "date-time"},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": number % 4 == 0},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    if number > 0:
        properties["parent"] = {"$ref": f"../{path_of(number // 2)}"}
        properties["others"] = {"type": "array", "items": {"$ref": f"../{path_of(number - 1)}"}}
    rule = {"anyOf": [{"required": ["count"]}, {"required": ["kind"]}]} if number % 5 == 0 else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://many.example/{path_of(number)}",
        "title": f"Type{number}",
        "description": f"The type {number}.",
        "type": "object",
        "properties": properties,
        "required": ["id"],
        **rule,
    }
