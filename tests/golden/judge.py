"""The judge: what a golden folder's schemas say of a payload, by an independent implementation.

Nothing here knows the generator.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SUFFIX = ".schema.json"
BASE = "http://golden.example/"


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    """By an engine that reads patterns as ECMA-262 does, which Python's does not."""
    if not jsonschema_rs.is_valid({"pattern": pattern}, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})


class Judge:
    """Knows all schemas of a folder, each by its path there without the suffix."""

    def __init__(self, folder: Path) -> None:
        files = {file: file.relative_to(folder).as_posix() for file in folder.rglob(f"*{SUFFIX}")}
        contents = {
            BASE + quote(path): json.loads(file.read_text("utf-8")) for file, path in files.items()
        }
        self._registry: Registry[Any] = Registry().with_resources(
            (uri, Resource.from_contents(schema, default_specification=DRAFT202012))
            for uri, schema in contents.items()
        )

    def accepts(self, type_: str, payload: Any) -> bool:
        """Whether the payload is valid against the schema at that path."""
        validator = _Validator(
            {"$ref": f"{BASE}{quote(type_)}{SUFFIX}"},
            registry=self._registry,
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )
        return bool(validator.is_valid(payload))
