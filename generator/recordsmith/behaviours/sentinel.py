"""`x-sentinel`: special values of a record, with a constructor and a question for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from recordsmith.behaviours.subject import Subject
from recordsmith.ir import Behaviour, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """One special value."""

    name: str
    description: str
    value: tuple[tuple[str, Json], ...]
    """The record's properties, in the order of its fields."""
    identified_by: tuple[str, ...]
    """The properties that tell it from other values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentinel(Behaviour):
    """The special values of a record, sorted by name."""

    keyword: ClassVar[str] = "x-sentinel"
    explains: ClassVar[tuple[str, ...]] = ()

    specials: tuple[Special, ...]

    @classmethod
    def read(cls, subject: Subject) -> Sentinel | None:
        """The behaviour; None where it names properties that are not the record's."""
        if not subject.is_record(cls.keyword):
            return None
        found = [_special(subject, name) for name in sorted(subject.schema[cls.keyword])]
        specials = tuple(special for special in found if special is not None)
        return cls(specials=specials) if len(specials) == len(found) else None


def _special(subject: Subject, name: str) -> Special | None:
    at = subject.at / Sentinel.keyword / name
    written: dict[str, Any] = subject.schema[Sentinel.keyword][name]
    value, by = written["value"], written["identified_by"]
    known = [
        subject.known_fields(list(value), at / "value", "sentinel-field"),
        subject.known_fields(by, at / "identified_by", "sentinel-field"),
    ]
    missing = [key for key in by if key not in value]
    for key in missing:
        subject.problems.add(at / "value", "sentinel-value", f"say what `{key}` is in `value`")
    if missing or not all(known):
        return None
    ordered = tuple((field, value[field]) for field in subject.fields() if field in value)
    return Special(
        name=name, description=written["description"], value=ordered, identified_by=tuple(by)
    )
