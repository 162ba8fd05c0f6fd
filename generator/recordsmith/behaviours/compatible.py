"""`x-compatible`: which values of one property go with each value of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from recordsmith.behaviours.subject import Subject
from recordsmith.ir import Behaviour, Default, Field, JsonScalar, Scalar, ScalarKind
from recordsmith.problems import Location

_KINDS = (ScalarKind.INTEGER, ScalarKind.STRING)
_RULE = "compatible-assertion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatible(Behaviour):
    """A table read from the `anyOf` that the keyword names; absent counts as the default."""

    keyword: ClassVar[str] = "x-compatible"
    explains: ClassVar[tuple[str, ...]] = ("anyOf",)

    key: str
    value: str
    rows: tuple[tuple[JsonScalar, tuple[JsonScalar, ...]], ...]
    """For each value of `key`, the values of `value` that go with it, in the schema's order."""

    @classmethod
    def read(cls, subject: Subject) -> Compatible | None:
        """The behaviour; None where the fields or the assertion are wrong."""
        if not subject.is_record(cls.keyword):
            return None
        key, value = (subject.schema[cls.keyword][part] for part in ("key", "value"))
        at = subject.at / cls.keyword
        if not subject.known_fields([key, value], at, "compatible-field"):
            return None
        fields = subject.fields()[key], subject.fields()[value]
        if [field for field in fields if not _has_default(field, at, subject)]:
            return None
        branches = subject.schema.get("anyOf", [])
        read = [
            _row(branch, fields, subject.at / "anyOf" / index, subject)
            for index, branch in enumerate(branches)
        ]
        rows = tuple(row for row in read if row is not None)
        if not rows or len(rows) < len(read):
            return None
        return cls(key=key, value=value, rows=rows)


def _has_default(field: Field, at: Location, subject: Subject) -> bool:
    """Whether the field is an integer or a string that has a default or must be there."""
    match field:
        case Field(type=Scalar(kind=kind), nullable=False) if kind in _KINDS:
            if field.required or field.default:
                return True
    sentence = f"`{field.name}` is to be an integer or a string, required or with a default"
    subject.problems.add(at, "compatible-field", sentence)
    return False


def _row(
    branch: Any, fields: tuple[Field, Field], at: Location, subject: Subject
) -> tuple[JsonScalar, tuple[JsonScalar, ...]] | None:
    """A branch of the `anyOf` as a row; None, and a problem, if it is not of that shape."""
    key, value = fields
    match branch:
        case {"properties": {key.name: {"const": first}, value.name: {"enum": [*others]}}}:
            wanted = _branch(fields, first, others)
            if branch == wanted:
                return first, tuple(others)
            sentence = f"absent counts as the default, so `required` is to be {_needed(wanted)}"
        case _:
            sentence = (
                f"a branch is to be the properties `{key.name}` with `const`"
                f" and `{value.name}` with `enum`, and `required`"
            )
    subject.problems.add(at, _RULE, sentence)
    return None


def _needed(branch: dict[str, Any]) -> str:
    return str(branch.get("required", "left out")).replace("'", '"')


def _branch(fields: tuple[Field, Field], first: Any, others: list[Any]) -> dict[str, Any]:
    """The branch that holds for the row: a field may be absent where its default is in it."""
    key, value = fields
    allowed = ((key, [first]), (value, others))
    needed = [field.name for field, values in allowed if not _default_in(field, values)]
    properties = {key.name: {"const": first}, value.name: {"enum": others}}
    return {"properties": properties} | ({"required": needed} if needed else {})


def _default_in(field: Field, values: list[Any]) -> bool:
    match field.default:
        case Default(value):
            return value in values
    return field.required
