"""The judge: what a golden folder's schemas say of a payload, by an independent implementation.

Nothing here knows the generator.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SUFFIX = ".schema.json"
BASE = "http://golden.example/"


class Judge:
    """Knows all schemas of a folder, each by its path there without the suffix."""

    def __init__(self, folder: Path) -> None:
        files = {file: file.relative_to(folder).as_posix() for file in folder.rglob(f"*{SUFFIX}")}
        contents = {
            BASE + quote(path): json.loads(file.read_text("utf-8")) for file, path in files.items()
        }
        self._registry: Registry[Any] = Registry().with_resources(
            (uri, DRAFT202012.create_resource(schema)) for uri, schema in contents.items()
        )

    def accepts(self, type_: str, payload: Any) -> bool:
        """Whether the payload is valid against the schema at that path."""
        validator = Draft202012Validator(
            {"$ref": f"{BASE}{quote(type_)}{SUFFIX}"},
            registry=self._registry,
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )
        return bool(validator.is_valid(payload))
