"""What all histories together show: as tables that fit a terminal, and as an object."""

from __future__ import annotations

from typing import Any

import pytest
from tests.audit.asking import problems_of, record
from tests.audit.conftest import MachineOf
from tests.audit.schemas import STATE, TIME

from recordsmith.audit import Machine, Tally
from recordsmith.audit.summary import summary
from recordsmith.audit.tables import stays, transitions

HISTORIES = [
    *[record("0@10:00", "1@10:01", "1@10:02", "3@11:00", "5@11:30")] * 3,
    record("0@10:00", "998@12:30", "0@13:00"),
    record("5@10:00", "0@10:30"),
]

MATRIX = """\
Transitions, from the state of the row to that of the column:

            Queued Schedu Downlo Proces Upload Comple Cancel Failed Deadly
                      led  ading   sing    ing    ted    led
(first)          4      -      -      -      -      1      -      -      -
Queued                  3      -      -      -      -      -      1      -
Scheduled               3      -      3      -      -      -      -
Downloading                           -      -      -      -      -
Processing                                   -      3      -      -
Uploading                                           -      -      -
Completed       !1
Cancelled
Failed           1                                                       -
Deadly

! no transition of the lifecycle   - one that was not seen"""

STAYS = """\
Time in each state, until another follows:

               stays      p50      p90      p99      max  last in
Queued             4    1 min    2.5 h    2.5 h    2.5 h        2
Scheduled          3   59 min   59 min   59 min   59 min        -
Downloading        -        -        -        -        -        -
Processing         3   30 min   30 min   30 min   30 min        -
Uploading          -        -        -        -        -        -
Completed          1   30 min   30 min   30 min   30 min        3
Cancelled          -        -        -        -        -        -
Failed             1   30 min   30 min   30 min   30 min        -
Deadly             -        -        -        -        -        -"""


@pytest.fixture
def tally(flagship: Machine) -> Tally:
    return problems_of(flagship, HISTORIES)[1]


def test_the_transitions_are_a_matrix(tally: Tally) -> None:
    assert "\n".join(transitions(tally, 80)) == MATRIX


def test_the_times_are_a_table(tally: Tally) -> None:
    assert "\n".join(stays(tally)) == STAYS


@pytest.mark.parametrize("count", [1, 99_999, 999_990])
def test_nine_states_fit_a_terminal_of_80_columns_at_once(tally: Tally, count: int) -> None:
    for step in ((0, 1), (5, 0), (8, 7)):
        tally.steps[step] += count
    lines = list(transitions(tally, 80))

    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("Queued ") for line in lines) == 1
    assert any(f"!{count}" in line for line in lines)


def test_larger_numbers_make_more_blocks_and_none_is_lost(tally: Tally) -> None:
    tally.steps[0, 1] = 123_456_789_012
    lines = list(transitions(tally, 80))

    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("Queued ") for line in lines) == 2
    assert any("123456789012" in line for line in lines)
    words = " ".join(lines).split()
    assert [words.count(name) for name in ("Cancelled", "Deadly")] == [3, 3]


def test_many_states_make_blocks_and_long_names_are_cut(machine_from: MachineOf) -> None:
    names = [f"{'Very' * number}State{number}" for number in range(1, 31)]
    lifecycle = {
        "initial": names[0],
        "path": names,
        "transitions": {name: names[at + 1 : at + 2] for at, name in enumerate(names)},
        "groups": {"terminal": names[-1:]},
    }
    state = STATE | {
        "x-lifecycle": lifecycle,
        "oneOf": [{"const": name.lower(), "title": name} for name in names],
    }
    entry: dict[str, Any] = {"properties": {"s": state, "t": TIME}, "required": ["s", "t"]}
    log = {
        "title": "Log",
        "type": "object",
        "properties": {"log": {"type": "array", "items": {"type": "object", **entry}}},
        "x-history": {"entries": "log", "state": "s", "time": "t"},
    }
    _, tally = problems_of(machine_from({"Log": log}, "Log"), [])
    lines = [*transitions(tally, 80), *stays(tally)]

    assert max(map(len, lines)) <= 80
    assert all(
        line.endswith(" -") for line in lines if line.startswith("VeryVeryVeryVeryVeryVery…")
    )


def test_the_summary_has_it_all_for_programs(tally: Tally) -> None:
    tally.of("a").records, tally.of("b").records, tally.of("b").invalid = 4, 2, 1
    told = summary(tally, "arrival")

    assert told == {
        "records": 6,
        "invalid": 1,
        "replayed": 5,
        "faulty": 1,
        "order": "arrival",
        "findings": {"illegal-transition": 1},
        "first": {"Queued": 4, "Completed": 1},
        "transitions": [
            {"from": "Queued", "to": "Scheduled", "count": 3, "legal": True},
            {"from": "Queued", "to": "Failed", "count": 1, "legal": True},
            {"from": "Scheduled", "to": "Scheduled", "count": 3, "legal": True},
            {"from": "Scheduled", "to": "Processing", "count": 3, "legal": True},
            {"from": "Processing", "to": "Completed", "count": 3, "legal": True},
            {"from": "Completed", "to": "Queued", "count": 1, "legal": False},
            {"from": "Failed", "to": "Queued", "count": 1, "legal": True},
        ],
        "last": {"Queued": 2, "Completed": 3},
        "seconds": {
            "Queued": times(4, 60.0, 9000.0),
            "Scheduled": times(3, 3540.0, 3540.0),
            "Processing": times(3, 1800.0, 1800.0),
            "Completed": times(1, 1800.0, 1800.0),
            "Failed": times(1, 1800.0, 1800.0),
        },
    }


def times(stays: int, median: float, longest: float) -> dict[str, Any]:
    known = {"p50": median, "p90": longest, "p99": longest, "max": longest}
    return {"stays": stays, **known, "exact": True}
