"""Replay: one history, entry by entry, by the lifecycle of its states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any, Literal, TypeAlias

from recordsmith.audit.findings import Finding, Findings
from recordsmith.audit.instants import Instant, instant, seconds
from recordsmith.audit.tally import Tally

Order: TypeAlias = Literal["arrival", "timestamp"]
"""Whether entries follow one another as they stand, or as their times tell."""

_Entry: TypeAlias = tuple[Instant, int, int]
"""The time, the state, and the place in the list, from 0."""

_AT = itemgetter(0)


@dataclass(frozen=True, slots=True)
class End:
    """Where a history ends."""

    state: int
    at: Instant
    """The newest time in it."""
    index: int | None
    """The place of the last entry; None where there is no entry."""
    is_open: bool
    """Whether neither the last entry nor the record itself says that this is an end."""


class Replay:
    """Replays the histories of records that are valid by their schema."""

    def __init__(self, tally: Tally, order: Order = "arrival", *, from_start: bool = False) -> None:
        self._tally = tally
        self._machine = tally.machine
        self._tell = Findings(tally.machine)
        self._by_time = order == "timestamp"
        self._from_start = from_start

    def replay(self, record: Any) -> tuple[list[Finding], End | None]:
        """What is wrong with the record's history, and where it ends, if that is to be told."""
        listed = record.get(self._machine.history.entries) or ()
        findings: list[Finding] = []
        entries = self._read(listed, findings)
        if not entries:
            return findings, self._unmoved(record)
        self._walk(entries, listed, findings)
        _, state, index = entries[-1]
        said = self._said(record)
        is_open = self._machine.terminal.isdisjoint((state, said))
        if said not in (state, None) and said not in self._last_states(entries, listed):
            findings.append(self._tell.other_last(said, state))
        self._tally.ends[state] += 1
        newest = max(entries, key=_AT)[0]
        return findings, End(state, newest, index, is_open)

    def _said(self, record: Any) -> int | None:
        """The state that the record itself says is its last."""
        last = self._machine.history.last
        value = record.get(last) if last else None
        return None if value is None else self._state(value)

    def _state(self, value: Any) -> int:
        found = self._machine.numbers.get(value, self._machine.other)
        if found is None:
            raise AssertionError("a valid record is in a state")
        return found

    def _read(self, listed: Iterable[Any], findings: list[Finding]) -> list[_Entry]:
        """The entries in the order to be used, each once."""
        state, time = self._machine.history.state, self._machine.history.time
        entries: list[_Entry] = []
        rises, latest = True, None
        for index, entry in enumerate(listed):
            at = instant(entry[time])
            if at is None:
                findings.append(self._tell.timeless(entry[time], index))
                continue
            rises = rises and (latest is None or at > latest)
            latest = at
            entries.append((at, self._state(entry[state]), index))
        if rises:
            return entries
        entries = list(_unrepeated(entries))
        return sorted(entries, key=_AT) if self._by_time else entries

    def _walk(self, entries: list[_Entry], listed: Any, findings: list[Finding]) -> None:
        """Take step after step, count each, and tell which may not be."""
        tally, allowed, time = self._tally, self._machine.allowed, self._machine.history.time
        since, first, index = entries[0]
        tally.starts[first] += 1
        if self._from_start and first != self._machine.initial:
            findings.append(self._tell.late_start(first, index))
        for (before, here, place), (at, there, index) in pairwise(entries):
            tally.steps[here, there] += 1
            if there not in allowed[here]:
                findings.append(self._tell.illegal(here, there, index))
            if at < before:
                older, newer = listed[index][time], listed[place][time]
                findings.append(self._tell.out_of_order(older, newer, index))
            if here != there:
                tally.stays[here].add(seconds(since, at))
                since = at

    def _last_states(self, entries: list[_Entry], listed: Any) -> set[int]:
        """The states that may be called the last: entries of one time have no order."""
        tied = {state for at, state, _ in entries if at == entries[-1][0]}
        return (
            tied if self._by_time else {*tied, self._state(listed[-1][self._machine.history.state])}
        )

    def _unmoved(self, record: Any) -> End | None:
        """The end of a history that has not begun: the record is as it was made."""
        created = self._machine.history.created
        said, at = self._said(record), instant(record.get(created)) if created else None
        if said is None or at is None:
            return None
        return End(said, at, None, said not in self._machine.terminal)


def _unrepeated(entries: Iterable[_Entry]) -> Iterator[_Entry]:
    """The entries without those that say again what one before them says."""
    seen: set[tuple[Instant, int]] = set()
    for entry in entries:
        if entry[:2] not in seen:
            seen.add(entry[:2])
            yield entry
