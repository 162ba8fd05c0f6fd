"""Replay: one history, entry by entry, by the lifecycle of its states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice, pairwise
from operator import itemgetter
from typing import Any, Literal, NamedTuple, TypeAlias

from recordsmith.audit.findings import Finding, Findings
from recordsmith.audit.instants import Instant, instant, seconds
from recordsmith.audit.machine import Machine
from recordsmith.audit.tally import Tally

Order: TypeAlias = Literal["arrival", "timestamp"]
"""Whether entries follow one another as they stand, or as their times tell."""

_Entry: TypeAlias = tuple[Instant, int, int]
"""The time, the state, and the place in the list, from 0."""

_AT = itemgetter(0)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class End(NamedTuple):
    """Where a history ends."""

    state: int
    at: Instant
    """The newest time in it."""
    place: int | None
    """The place of the last entry; None where there is no entry."""
    is_open: bool
    """Whether neither the last entry nor the record itself says that this is an end."""


class Replay:
    """Replays the histories of records that are valid by their schema."""

    def __init__(self, tally: Tally, order: Order = "arrival", *, from_start: bool = False) -> None:
        self._tally = tally
        self._machine = tally.machine
        self._state = _states(tally.machine)
        self._tell = Findings(tally.machine)
        self._by_time = order == "timestamp"
        self._from_start = from_start

    def replay(self, record: Any) -> tuple[list[Finding], End | None]:
        """What is wrong with the record's history, and where it ends, if that is to be told."""
        listed = record.get(self._machine.history.entries)
        findings: list[Finding] = []
        entries, rises = self._read(listed, findings) if listed else ([], True)
        if not entries:
            return findings, self._unmoved(record)
        self._walk(entries, findings)
        if not rises and not self._by_time:
            findings += self._turns(entries, listed)
        newest, state, index = entries[-1]
        said = self._said(record)
        if said != state and said is not None and said not in self._last_states(entries, listed):
            findings.append(self._tell.other_last(said, state))
        self._tally.ends[state] += 1
        if not rises:
            newest = max(entries, key=_AT)[0]
        is_open = self._machine.terminal.isdisjoint((state, said))
        return findings, End(state, newest, index, is_open)

    def _said(self, record: Any) -> int | None:
        """The state that the record itself says is its last."""
        last = self._machine.history.last
        value = record.get(last) if last else None
        return None if value is None else self._state(value)

    def _read(self, listed: Iterable[Any], findings: list[Finding]) -> tuple[list[_Entry], bool]:
        """The entries in the order to be used, each once, and whether they stand so."""
        state, time, state_of = self._machine.history.state, self._machine.history.time, self._state
        entries: list[_Entry] = []
        rises, latest = True, _EARLIEST
        for index, entry in enumerate(listed):
            at = instant(entry[time])
            if at is None:
                findings.append(self._tell.timeless(entry[time], index))
                continue
            if at[0] <= latest:
                rises = False
            latest = at[0]
            entries.append((at, state_of(entry[state]), index))
        if rises:
            return entries, True
        entries = list(_unrepeated(entries))
        return (sorted(entries, key=_AT) if self._by_time else entries), False

    def _walk(self, entries: list[_Entry], findings: list[Finding]) -> None:
        """Take step after step, count each, and tell which may not be."""
        steps, stays, allowed = self._tally.steps, self._tally.stays, self._machine.allowed
        since, here, index = entries[0]
        self._tally.starts[here] += 1
        if self._from_start and here != self._machine.initial:
            findings.append(self._tell.late_start(here, index))
        for at, there, index in islice(entries, 1, None):
            steps[here, there] += 1
            if here != there:
                if there not in allowed[here]:
                    findings.append(self._tell.illegal(here, there, index))
                stays[here].add(seconds(since, at))
                since, here = at, there

    def _turns(self, entries: list[_Entry], listed: Any) -> Iterator[Finding]:
        """Where time goes back."""
        time = self._machine.history.time
        for (before, _, place), (at, _, index) in pairwise(entries):
            if at < before:
                yield self._tell.out_of_order(listed[index][time], listed[place][time], index)

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


def _states(machine: Machine) -> Callable[[Any], int]:
    """Gives the state of a value; all but some stand for the open end, if there is one."""
    numbers, other = machine.numbers, machine.other
    return numbers.__getitem__ if other is None else lambda value: numbers.get(value, other)


def _unrepeated(entries: Iterable[_Entry]) -> Iterator[_Entry]:
    """The entries without those that say again what one before them says."""
    seen: set[tuple[Instant, int]] = set()
    for entry in entries:
        if entry[:2] not in seen:
            seen.add(entry[:2])
            yield entry
