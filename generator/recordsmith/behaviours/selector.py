"""`x-selector`: at least one of some properties is non-empty."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

from recordsmith.behaviours.subject import Subject
from recordsmith.ir import Behaviour, Field, List, Named, Record, Scalar, ScalarKind, Type, Union

_SIZES = {"string": "minLength", "array": "minItems"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector(Behaviour):
    """A rule over fields: a string, list or record among them is there and non-empty."""

    keyword: ClassVar[str] = "x-selector"
    explains: ClassVar[tuple[str, ...]] = ("anyOf",)

    fields: tuple[str, ...]

    @classmethod
    def read(cls, subject: Subject) -> Selector | None:
        """The behaviour; None where the names or the assertion are wrong."""
        if not subject.is_record(cls.keyword):
            return None
        names = subject.schema[cls.keyword]
        if not subject.known_fields(names, subject.at / cls.keyword, "selector-field"):
            return None
        branches = [_branch(subject, name) for name in names]
        if None in branches:
            return None
        if subject.schema.get("anyOf") != branches:
            sentence = (
                f"write beside it the assertion that it names: `anyOf`: {json.dumps(branches)}"
            )
            subject.problems.add(subject.at / cls.keyword, "selector-assertion", sentence)
            return None
        return cls(fields=tuple(names))


def _branch(subject: Subject, name: str) -> dict[str, Any] | None:
    """The schema that says that the field is there and non-empty."""
    kinds = _kinds(subject.fields()[name], subject)
    if kinds is None:
        sentence = f"`{name}` has no emptiness: a string, a list or a record has"
        subject.problems.add(subject.at / Selector.keyword, "selector-type", sentence)
        return None
    sizes = {_SIZES[kind]: 1 for kind in kinds if kind in _SIZES}
    shown = kinds[0] if len(kinds) == 1 else kinds
    return {"required": [name], "properties": {name: {"type": shown, **sizes}}}


def _kinds(field: Field, subject: Subject) -> list[str] | None:
    """The JSON types, other than null, that the field's values have, in a fixed order."""
    members = field.type.members if isinstance(field.type, Union) else (field.type,)
    found = {_kind(member, subject) for member in members}
    if None in found:
        return None
    return [kind for kind in ("string", "object", "array") if kind in found]


def _kind(type_: Type, subject: Subject) -> str | None:
    match type_:
        case Scalar(kind=ScalarKind.STRING):
            return "string"
        case List():
            return "array"
        case Named(name) if isinstance(subject.definitions[name], Record):
            return "object"
        case _:
            return None
