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
        rows = _rows(subject, fields)
        return cls(key=key, value=value, rows=rows) if rows else None


def _rows(
    subject: Subject, fields: tuple[Field, Field]
) -> tuple[tuple[JsonScalar, tuple[JsonScalar, ...]], ...]:
    """The table; empty, and problems, where it is none."""
    branches = subject.schema.get("anyOf", [])
    if not branches:
        sentence = "write beside it the assertion that it names: `anyOf`, one branch a value"
        subject.problems.add(subject.at / Compatible.keyword, _RULE, sentence)
    rows: dict[JsonScalar, tuple[JsonScalar, ...]] = {}
    for index, branch in enumerate(branches):
        at = subject.at / "anyOf" / index
        row = _row(branch, fields, at, subject)
        if row is None:
            return ()
        if row[0] in rows:
            subject.problems.add(at, _RULE, f"there is a branch for {row[0]} already")
        rows[row[0]] = row[1]
    return tuple(rows.items())


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
        case {"properties": {key.name: {"const": first}, value.name: {"enum": [*others]}}} if (
            _is_of(key, [first]) and _is_of(value, others)
        ):
            wanted = _branch(fields, first, others)
            if branch == wanted:
                return first, tuple(others)
            sentence = f"absent counts as the default, so `required` is to be {_needed(wanted)}"
        case _:
            sentence = (
                f"a branch is to be the properties `{key.name}` with `const` and `{value.name}`"
                " with `enum`, of their types, and `required`"
            )
    subject.problems.add(at, _RULE, sentence)
    return None


def _is_of(field: Field, values: list[Any]) -> bool:
    """Whether all values are of the field's type; to Python, `True` would pass for 1."""
    wanted = int if field.type == Scalar(ScalarKind.INTEGER) else str
    return all(type(value) is wanted for value in values)


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
