"""The judge: what the schema files say of a JSON text, by an independent implementation.

Nothing here knows the generator or what it generates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


@cache
def _ecma(pattern: str) -> re.Pattern[str]:
    """ECMA-262's `$` stands at the very end; Python's also before a final line feed."""
    return re.compile(_TOKEN.sub(lambda token: r"\Z" if token[0] == "$" else token[0], pattern))


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _ecma(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})


class Judge:
    """Knows all schemas of a folder, each by its `$id`."""

    def __init__(self, folder: Path) -> None:
        files = sorted(folder.rglob("*.schema.json"))
        documents = [json.loads(file.read_text("utf-8")) for file in files]
        self.documents: Mapping[str, dict[str, Any]] = {one["$id"]: one for one in documents}
        resources = (DRAFT202012.create_resource(_undeclared(one)) for one in documents)
        self._registry: Registry[Any] = resources @ Registry()

    def accepts(self, uri: str, text: str) -> bool:
        """Whether the text is JSON, and valid against the schema with this `$id`."""
        try:
            payload = json.loads(text, parse_constant=_refuse)
        except json.JSONDecodeError:
            return False
        validator = _Validator(
            {"$ref": uri},
            registry=self._registry,
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )
        return bool(validator.is_valid(payload))


def _undeclared(document: dict[str, Any]) -> dict[str, Any]:
    """jsonschema turns to its own class, which has its own `pattern`, where it meets `$schema`."""
    return {keyword: value for keyword, value in document.items() if keyword != "$schema"}


def _refuse(constant: str) -> NoReturn:
    raise json.JSONDecodeError(f"{constant} is no JSON", constant, 0)
