"""Machines of other teams' schemas."""

from __future__ import annotations

from typing import Any

import pytest
from tests.audit.asking import found_in, problems_of
from tests.audit.conftest import MachineOf
from tests.audit.schemas import SCHEMAS

from recordsmith.audit import Machine
from recordsmith.problems import ProblemsFound


def parcel(*events: str) -> dict[str, Any]:
    """A parcel with events such as `new@10:00`."""
    told = (event.split("@") for event in events)
    return {"events": [{"what": what, "when/at": f"2024-01-02T{time}:00Z"} for what, time in told]}


def door(now: str, *states: str) -> dict[str, Any]:
    """A door, and what it was at one hour after the other."""
    log = [{"is": one, "at": f"2024-01-02T{hour:02}:00:00Z"} for hour, one in enumerate(states)]
    return {"now": now, "log": log}


def test_the_flagship_s_machine_is_what_its_schemas_say(flagship: Machine) -> None:
    assert flagship.names[:2] + flagship.names[-2:] == ("Queued", "Scheduled", "Failed", "Deadly")
    assert flagship.numbers == {**{n: n for n in range(6)}, 997: 6, 998: 7, 999: 8}
    assert flagship.targets(flagship.names.index("Failed")) == ["Queued", "Deadly"]
    assert {flagship.names[one] for one in flagship.terminal} == {
        *("Completed", "Cancelled", "Failed", "Deadly"),
    }


@pytest.mark.parametrize("name", ["Parcel", "Parcels"])
def test_states_may_be_words(machine_from: MachineOf, name: str) -> None:
    machine = machine_from(SCHEMAS, name)

    assert found_in(machine, parcel("new@10:00", "on the way@11:00", "delivered@12:00")) == []
    assert found_in(machine, parcel("new@10:00", "delivered@11:00", "lost@10:30")) == [
        "/events/1 illegal-transition",
        "/events/2 illegal-transition",
        "/events/2 out-of-order",
    ]
    assert found_in(machine, {"events": None}) == found_in(machine, {}) == []


def test_a_time_that_nobody_asserts_may_be_none(machine_from: MachineOf) -> None:
    history = parcel("new@10:00", "on the way@11:00", "delivered@12:00")
    history["events"][1]["when/at"] = "noon"
    problems, _ = problems_of(machine_from(SCHEMAS, "Parcel"), [history])

    assert [(one.at.pointer, one.rule) for one in problems] == [
        ("/events/1/when~1at", "unreadable-time"),
        ("/events/2", "illegal-transition"),
    ]
    assert problems[0].sentence == '"noon" is no time that can be read; the entry is left out'


def test_other_words_are_the_open_end_of_an_enum(machine_from: MachineOf) -> None:
    machine = machine_from(SCHEMAS, "Door")

    assert found_in(machine, door("broken", "shut", "jammed", "ajar", "shut", "stuck")) == []
    assert found_in(machine, door("ajar", "shut", "ajar", "jammed")) == [
        "/now last-status",
        "/log/2 illegal-transition",
    ]


@pytest.mark.parametrize("name", ["Plain", "ParcelState"])
def test_what_has_no_history_is_told_what_has_one(machine_from: MachineOf, name: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        machine_from(SCHEMAS, name)

    (problem,) = found.value.problems
    assert problem.rule == "no-history"
    assert problem.sentence == (
        f"`{name}` has no `x-history` to be replayed; there is one in `Door` and `Parcel`"
    )
