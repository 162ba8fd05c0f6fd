"""Findings: what is wrong with a history, in sentences for readers who know the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recordsmith.audit.instants import Instant, shown_instant
from recordsmith.audit.machine import Machine
from recordsmith.phrases import either, printable, quoted, shown
from recordsmith.problems import Location

ILLEGAL = "illegal-transition"
OUT_OF_ORDER = "out-of-order"
LAST = "last-status"
STUCK = "stuck"
START = "initial"
TIMELESS = "unreadable-time"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a history: where in the record, and by which keyword of the schemas."""

    tokens: tuple[str | int, ...]
    rule: str
    sentence: str
    asserted: Location


class Findings:
    """Tells what is wrong, in the terms of one machine."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._entries = machine.history.entries

    def _name(self, state: int) -> str:
        return printable(self._machine.names[state])

    def illegal(self, here: int, there: int, index: int) -> Finding:
        """A step that the lifecycle does not have; `index` is that of the later entry."""
        machine = self._machine
        before, after = self._name(here), self._name(there)
        others = either(map(printable, machine.targets(here)))
        hint = f"{before} may go to {others}" if others else f"nothing follows {before}"
        sentence = f"{before} -> {after} is no transition; {hint}"
        asserted = machine.lifecycle_at / "transitions" / machine.names[here]
        return Finding((self._entries, index), ILLEGAL, sentence, asserted)

    def out_of_order(self, time: Any, before: Any, index: int) -> Finding:
        """An entry that is older than the one before it."""
        sentence = f"the entry is of {shown(time)}, the one before it of {shown(before)}, later"
        return Finding(
            (self._entries, index), OUT_OF_ORDER, sentence, self._machine.history_at / "time"
        )

    def timeless(self, time: Any, index: int) -> Finding:
        """An entry whose time cannot be read."""
        history = self._machine.history
        sentence = f"{shown(time)} is no time that can be read; the entry is left out"
        place = (self._entries, index, history.time)
        return Finding(place, TIMELESS, sentence, self._machine.history_at / "time")

    def other_last(self, said: int, is_: int) -> Finding:
        """A last state that is not the last entry's."""
        last = self._machine.history.last or ""
        sentence = f"{quoted(last)} is {self._name(said)}, the last entry's state {self._name(is_)}"
        return Finding((last,), LAST, sentence, self._machine.history_at / "last")

    def late_start(self, state: int, index: int) -> Finding:
        """A history that begins in the middle."""
        initial = self._name(self._machine.initial)
        sentence = f"the history starts with {self._name(state)}, and not with {initial}"
        asserted = self._machine.lifecycle_at / "initial"
        return Finding((self._entries, index), START, sentence, asserted)

    def stuck(self, state: int, since: Instant, index: int | None) -> Finding:
        """A record that has not got on for too long."""
        created = self._machine.history.created or ""
        place = (created,) if index is None else (self._entries, index)
        at = shown_instant(since)
        sentence = f"{self._name(state)} is no end, and nothing has followed since {at}"
        asserted = self._machine.lifecycle_at / "groups" / "terminal"
        return Finding(place, STUCK, sentence, asserted)
