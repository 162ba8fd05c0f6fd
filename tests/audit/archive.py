"""An archive with planted faults, and a ledger of them: line, column, pointer and rule of each.

Histories walk the lifecycle that `tests/records/test_lifecycle.py` has by hand.  Columns are
counted in the text that is written, not by the toolkit.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from typing import Any, TypeAlias

from tests.payloads.make import records
from tests.records.test_lifecycle import MAY_GO_TO, TERMINAL, VALUES

Entry: TypeAlias = dict[str, Any]

OLD = datetime(2023, 1, 1, tzinfo=UTC)
LIMIT = "2024-01-01T00:00:00Z"
NAMES = {value: name for name, value in VALUES.items()}


@dataclass(frozen=True, order=True)
class Planted:
    """A finding that is to be told."""

    line: int
    column: int
    pointer: str
    rule: str


@dataclass
class Story:
    """A record's history, and what is wrong with it by pointer."""

    entries: list[Entry]
    last: int
    faults: list[tuple[str, str]] = field(default_factory=list)
    is_valid: bool = True


Kinds: TypeAlias = list[Callable[[random.Random], Story]]


def walk(chance: random.Random, moment: datetime, state: int = 0) -> Iterator[Entry]:
    """Legal steps from a state on, each later than the one before."""
    while True:
        yield entry(chance, state, moment)
        choices = [VALUES[one] for one in MAY_GO_TO[NAMES[state]]]
        state = chance.choice(sorted(choices))
        moment += timedelta(microseconds=chance.randrange(1, 10**10))


def entry(chance: random.Random, state: int, moment: datetime) -> Entry:
    return {
        "detail": chance.choice([None, "piéton 🚗", "Exited"]),
        "status": state,
        "timestamp": spelt(chance, moment),
    }


def spelt(chance: random.Random, moment: datetime) -> str:
    """A moment with any offset, as fine as it is or finer."""
    hours, minutes = chance.randrange(-12, 14), chance.choice([0, 30])
    zone = timezone(timedelta(hours=hours, minutes=minutes))
    text = moment.astimezone(zone).isoformat(timespec="microseconds")
    return f"{text[:26]}{chance.choice(['', '0', '000000'])}{text[26:]}".replace("+00:00", "Z")


def moment_of(one: Entry) -> datetime:
    return datetime.fromisoformat(one["timestamp"])


def legal(chance: random.Random) -> Story:
    entries = list(islice(walk(chance, OLD + _some_days(chance)), chance.randrange(1, 9)))
    if NAMES[entries[-1]["status"]] not in TERMINAL:
        end = entry(chance, 5, moment_of(entries[-1]) + timedelta(seconds=1))
        entries.append(end)
    return Story(entries, entries[-1]["status"])


def _some_days(chance: random.Random) -> timedelta:
    return timedelta(days=chance.randrange(300))


def illegal(chance: random.Random) -> Story:
    """A step that is none, and from there on legal steps again."""
    story = legal(chance)
    at = chance.randrange(1, len(story.entries) + 1)
    before = story.entries[at - 1]
    never = [one for one in VALUES if one not in MAY_GO_TO[NAMES[before["status"]]]]
    if not never:  # what is queued may go anywhere
        return legal(chance)
    there = VALUES[chance.choice(never)]
    after = entry(chance, there, moment_of(before) + timedelta(microseconds=1))
    end = entry(chance, there, moment_of(before) + timedelta(days=1))
    entries = [*story.entries[:at], after, end]
    if NAMES[there] not in TERMINAL:
        entries.append(entry(chance, 5, moment_of(end) + timedelta(seconds=1)))
    return Story(entries, entries[-1]["status"], [(f"/status/{at}", "illegal-transition")])


def out_of_order(chance: random.Random) -> Story:
    """A time that goes back, by as little as can be."""
    story = legal(chance)
    at = chance.randrange(1, len(story.entries)) if len(story.entries) > 1 else 0
    if not at:
        return story
    back = timedelta(microseconds=chance.choice([1, 1000, 10**12]))
    story.entries[at]["timestamp"] = spelt(chance, moment_of(story.entries[at - 1]) - back)
    story.faults.append((f"/status/{at}", "out-of-order"))
    return story


def other_last(chance: random.Random) -> Story:
    story = legal(chance)
    others = [VALUES[one] for one in TERMINAL if VALUES[one] != story.last]
    story.last = chance.choice(sorted(others))
    story.faults.append(("/last_status", "last-status"))
    return story


def stuck(chance: random.Random) -> Story:
    story = legal(chance)
    states = [VALUES["Queued"], VALUES["Processing"]][: chance.randrange(1, 3)]
    story.entries = [
        entry(chance, state, OLD + timedelta(days=day)) for day, state in enumerate(states)
    ]
    story.last = states[-1]
    story.faults.append((f"/status/{len(states) - 1}", "stuck"))
    return story


def unmoved(_: random.Random) -> Story:
    return Story([], VALUES["Queued"], [("/created", "stuck")])


def running(chance: random.Random) -> Story:
    """At no end, and not for long."""
    recent = datetime.fromisoformat(LIMIT) + timedelta(seconds=chance.randrange(2))
    entries = [entry(chance, 0, OLD), entry(chance, 3, recent)]
    return Story(entries, 3)


def repeated(chance: random.Random) -> Story:
    """Entries that are delivered again later, spelt otherwise."""
    story = legal(chance)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(story.entries))
        again = entry(chance, story.entries[at]["status"], moment_of(story.entries[at]))
        story.entries.insert(chance.randrange(at + 1, len(story.entries) + 1), again)
    return story


def invalid(chance: random.Random) -> Story:
    story = illegal(chance)
    story.entries[0]["status"] = "Queued"
    story.faults.clear()
    story.is_valid = False
    return story


def late(chance: random.Random) -> Story:
    """Any of the others, shuffled; its faults are where the entries are then."""
    kinds: Kinds = [legal, illegal, other_last, stuck]
    story = chance.choice(kinds)(chance)
    order = [*range(len(story.entries))]
    chance.shuffle(order)
    story.entries = [story.entries[at] for at in order]
    story.faults = [(_moved(pointer, order), rule) for pointer, rule in story.faults]
    return story


def _moved(pointer: str, order: list[int]) -> str:
    head, _, at = pointer.rpartition("/")
    return f"{head}/{order.index(int(at))}" if head else pointer


BOTH: Kinds = [legal, illegal, other_last, stuck, unmoved, running, repeated, invalid]
ARRIVING: Kinds = [*BOTH, out_of_order]
LATE: Kinds = [*BOTH, late, late]


def archive(seed: int, count: int, kinds: Kinds) -> tuple[str, list[Planted], int]:
    """The text, the ledger in the order of the text, and how many records are invalid."""
    chance = random.Random(seed)  # noqa: S311
    lines: list[str] = []
    ledger: list[Planted] = []
    refused = 0
    for base, _ in records(count, seed, broken_share=0):
        lines += [" \t"] * (chance.random() < 0.1)
        story = chance.choice(kinds)(chance)
        record = json.loads(base) | {"status": story.entries, "last_status": story.last}
        record["created"] = spelt(chance, OLD)
        lines.append(json.dumps(record, ensure_ascii=chance.random() < 0.5))
        refused += not story.is_valid
        for pointer, rule in story.faults:
            ledger.append(Planted(len(lines), column(record, lines[-1], pointer), pointer, rule))
    return "".join(f"{line}\n" for line in lines), sorted(ledger), refused


def column(record: dict[str, Any], line: str, pointer: str) -> int:
    """Where the value at a pointer starts, by the length of the text before it."""
    is_ascii = line.isascii() and not json.dumps(record, ensure_ascii=False).isascii()

    def length(value: Any) -> int:
        return len(json.dumps(value, ensure_ascii=is_ascii))

    _, key, *index = pointer.split("/")
    at = 1
    for name, value in record.items():
        at += length(name) + 2
        if name == key:
            break
        at += length(value) + 2
    for number in index:
        at += 1 + sum(length(one) + 2 for one in record[key][: int(number)])
    return at + 1
