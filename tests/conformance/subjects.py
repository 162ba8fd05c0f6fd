"""The subjects: each schema file, with the generated type that it became.

A file's folder is the module and its `title` the type, so a new file is a new subject.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from tests.conformance.judge import Judge

PACKAGE = "roboto_domain"


@dataclass(frozen=True, eq=False)
class Subject:
    """One type: a record, an enum or an alias."""

    name: str
    module: str
    document: dict[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return self.name

    @property
    def uri(self) -> str:
        return str(self.document["$id"])

    @cached_property
    def type(self) -> Any:
        """The generated class, or the annotated alias."""
        return getattr(importlib.import_module(f"{PACKAGE}.{self.module}"), self.name)

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.type)

    def read(self, text: str) -> Any:
        """The model's value of a JSON text.  Raises pydantic's `ValidationError`."""
        if hasattr(self.type, "model_validate_json"):
            return self.type.model_validate_json(text)
        return self._adapter.validate_json(text)

    def take(self, value: Any) -> Any:
        """The model's value of a Python value.  Raises pydantic's `ValidationError`."""
        if hasattr(self.type, "model_validate"):
            return self.type.model_validate(value)
        return self._adapter.validate_python(value)

    def emit(self, value: Any) -> str:
        """The JSON text of a model's value."""
        if hasattr(self.type, "model_dump_json"):
            return str(value.model_dump_json())
        return self._adapter.dump_json(value).decode()

    def accepts(self, text: str) -> bool:
        """Whether the model takes the JSON text; any other failure than a refusal is raised."""
        try:
            self.read(text)
        except ValidationError:
            return False
        return True

    def dump(self, value: Any) -> Any:
        """What the model makes of its value for Python."""
        return self._adapter.dump_python(value)


def discover(folder: Path) -> Iterator[Subject]:
    """Every type of the schemas in `folder`, in the order of the files."""
    for file in sorted(folder.rglob("*.schema.json")):
        document = json.loads(file.read_text("utf-8"))
        module = ".".join(file.parent.relative_to(folder).parts)
        yield Subject(document["title"], module, document)


def differences(subject: Subject, judge: Judge, text: str) -> list[str]:
    """What model and schema do not agree upon about a JSON text; nothing, if all is well."""
    accepted = judge.accepts(subject.uri, text)
    if accepted != subject.accepts(text):
        verdict = "accepts" if accepted else "refuses"
        return [f"the schema {verdict} it, the model does not"]
    return list(_broken_promises(subject, judge, text)) if accepted else []


def _broken_promises(subject: Subject, judge: Judge, text: str) -> Iterator[str]:
    """What does not hold of an accepted text."""
    value = subject.read(text)
    emitted = subject.emit(value)
    if not judge.accepts(subject.uri, emitted):
        yield "the schema refuses what the model emits"
    elif subject.read(emitted) != value:
        yield "what the model emits is another value"
    for origin, given in (("JSON", json.loads(text)), ("the model", subject.dump(value))):
        try:
            if subject.take(given) != value:
                yield f"what Python has from {origin} is another value"
        except ValidationError:
            yield f"what Python has from {origin} is refused"
