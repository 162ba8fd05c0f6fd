"""`x-history`: the states that a record went through, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from recordsmith.behaviours.lifecycle import Lifecycle
from recordsmith.behaviours.subject import Subject
from recordsmith.ir import (
    Alias,
    Behaviour,
    Definition,
    Enumeration,
    Field,
    Guarded,
    List,
    Name,
    Named,
    Record,
    Type,
)
from recordsmith.naming import did_you_mean, listed

_FIELD = "history-field"


@dataclass(frozen=True, slots=True, kw_only=True)
class History(Behaviour):
    """Which properties tell a record's history: a list of entries, each of a state and a time."""

    keyword: ClassVar[str] = "x-history"
    explains: ClassVar[tuple[str, ...]] = ()

    entries: str
    state: str
    """Of an entry."""
    time: str
    """Of an entry."""
    last: str | None
    """The record's own copy of the last entry's state."""
    identity: str | None
    created: str | None
    entry: Name
    """The record that an entry is."""
    states: Name
    """The enum with the lifecycle."""

    @classmethod
    def read(cls, subject: Subject) -> History | None:
        """The behaviour; None where its properties are not there, or are of other types."""
        if not subject.is_record(cls.keyword):
            return None
        value: dict[str, str] = subject.schema[cls.keyword]
        reader = _Reader(subject, value)
        if not reader.all_known():
            return None
        entry = reader.entry()
        states = reader.states(entry) if entry else None
        if entry is None or states is None or not reader.is_sound(states):
            return None
        return cls(
            entries=value["entries"],
            state=value["state"],
            time=value["time"],
            last=value.get("last"),
            identity=value.get("id"),
            created=value.get("created"),
            entry=entry.name,
            states=states,
        )


class _Reader:
    """Looks for what the keyword names, and reports what is not as it says."""

    def __init__(self, subject: Subject, value: dict[str, str]) -> None:
        self._subject = subject
        self._value = value
        self._at = subject.at / History.keyword

    def all_known(self) -> bool:
        """Whether the record has the properties."""
        own = [key for key in ("entries", "last", "id", "created") if key in self._value]
        known = [
            self._subject.known_fields([self._value[key]], self._at / key, _FIELD) for key in own
        ]
        return all(known)

    def entry(self) -> Record | None:
        """The record that each entry is, if it has a state and a time."""
        name = self._value["entries"]
        listing = self._plain(self._subject.fields()[name].type)
        items = self._definition(listing.items) if isinstance(listing, List) else None
        if not isinstance(items, Record):
            sentence = f"`{name}` is to be an array whose items are records of one kind"
            self.report("entries", "history-entries", sentence)
            return None
        fields = {field.name: field for field in items.fields}
        return items if all([self._has(fields, key) for key in ("state", "time")]) else None  # noqa: C419 - both are to be told

    def _has(self, fields: dict[str, Field], key: str) -> bool:
        """Whether every entry has the property that `key` names."""
        name = self._value[key]
        if name not in fields:
            hint = did_you_mean(name, fields) or f"; it has {listed(fields)}"
            self.report(key, _FIELD, f"an entry has no property `{name}`{hint}")
            return False
        if not fields[name].required or fields[name].nullable:
            sentence = f"an entry without `{name}` tells nothing: require it, and not null"
            self.report(key, "history-required", sentence)
            return False
        return True

    def states(self, entry: Record) -> Name | None:
        """The enum of the entries' states, if it has a lifecycle."""
        name = self._value["state"]
        found = self._definition({field.name: field for field in entry.fields}[name].type)
        if isinstance(found, Enumeration) and self._says(self._below(name), Lifecycle.keyword):
            return found.name
        sentence = f"`{name}` of an entry is to be of an enum with `{Lifecycle.keyword}`"
        self.report("state", "history-state", sentence)
        return None

    def is_sound(self, states: Name) -> bool:
        """Whether the last state is one of the states, and the times are times."""
        sound = self._is_time("time", self._below(self._value["time"]))
        if "created" in self._value:
            sound &= self._is_time("created", [("properties", self._value["created"])])
        if "last" not in self._value:
            return sound
        name = self._value["last"]
        found = self._definition(self._subject.fields()[name].type)
        if isinstance(found, Enumeration) and found.name == states:
            return sound
        sentence = f"`{name}` is to be of the enum that the entries' states are of: `{states}`"
        self.report("last", "history-last", sentence)
        return False

    def _is_time(self, key: str, steps: Iterable[tuple[str, ...]]) -> bool:
        if self._says(steps, "format", "date-time"):
            return True
        sentence = f"`{self._value[key]}` is to be a time: a string of `format` `date-time`"
        self.report(key, "history-time", sentence)
        return False

    def _below(self, name: str) -> list[tuple[str, ...]]:
        """The way to a property of an entry."""
        return [("properties", self._value["entries"]), ("items",), ("properties", name)]

    def _says(self, steps: Iterable[tuple[str, ...]], keyword: str, value: Any = None) -> bool:
        """Whether a schema there has the keyword, with that value if one is given."""
        found = [one[keyword] for one in self._subject.below(*steps) if keyword in one]
        return value in found if value is not None else bool(found)

    def _definition(self, type_: Type) -> Definition | None:
        plain = self._plain(type_)
        return self._subject.definitions[plain.name] if isinstance(plain, Named) else None

    def _plain(self, type_: Type) -> Type:
        """The type without its guards and its other names."""
        seen: set[Name] = set()
        while True:
            match type_:
                case Guarded(inner):
                    type_ = inner
                case Named(name) if name not in seen:
                    seen.add(name)
                    definition = self._subject.definitions[name]
                    if not isinstance(definition, Alias):
                        return type_
                    type_ = definition.type
                case _:
                    return type_

    def report(self, key: str, rule: str, sentence: str) -> None:
        """A problem with what `key` names."""
        self._subject.problems.add(self._at / key, rule, sentence)
