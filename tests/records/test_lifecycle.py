"""The life of an invocation: the table of the domain's page, asked of the generated enum."""

from __future__ import annotations

import copy
import json
import pickle
import pydoc
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from roboto_domain.actions.invocation_record import InvocationStatus as Status

TABLE = """
Queued      |   0 | Scheduled Downloading Processing Uploading Completed Cancelled Failed Deadly
Scheduled   |   1 | Downloading Processing Uploading Completed Cancelled Failed
Downloading |   2 | Processing Uploading Completed Cancelled Failed
Processing  |   3 | Uploading Completed Cancelled Failed
Uploading   |   4 | Completed Cancelled Failed
Completed   |   5 |
Cancelled   | 997 |
Failed      | 998 | Queued Deadly
Deadly      | 999 |
"""
"""Member, value, and what it may go to besides itself."""

ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
VALUES = {name: int(value) for name, value, _ in ROWS}
MAY_GO_TO = {name: {name, *others.split()} for name, _, others in ROWS}
RUNNING = {"Downloading", "Processing", "Uploading"}
TERMINAL = {"Completed", "Cancelled", "Failed", "Deadly"}
NEXT = {
    "Queued": "Scheduled",
    "Scheduled": "Downloading",
    "Downloading": "Processing",
    "Processing": "Uploading",
    "Uploading": "Completed",
}
NO_STATUS: list[Any] = [
    *("queued", "QUEUED", "Queued ", "0", "5", "", "InvocationStatus.Queued"),
    *(7, -1, 6, 1000, 10**30, 1.5, 5.0, True, False, None, [], {}, b"Queued"),
]


def test_the_members_have_their_values_in_this_order() -> None:
    members = {member.name: member.value for member in Status}

    assert list(members.items()) == list(VALUES.items())


@pytest.mark.parametrize("other", VALUES)
@pytest.mark.parametrize("name", VALUES)
def test_a_status_may_go_to_itself_and_where_the_table_says(name: str, other: str) -> None:
    may = Status[name].can_transition_to(Status[other])

    assert may is (other in MAY_GO_TO[name])


@pytest.mark.parametrize("name", VALUES)
def test_a_status_is_running_or_terminal_as_the_table_says(name: str) -> None:
    groups = (Status[name].is_running(), Status[name].is_terminal())

    assert groups == (name in RUNNING, name in TERMINAL)


@pytest.mark.parametrize("name", VALUES)
def test_the_next_status_is_the_next_of_an_undisturbed_history(name: str) -> None:
    following = Status[name].next()

    assert following is (Status[NEXT[name]] if name in NEXT else None)


@pytest.mark.parametrize(("name", "value"), VALUES.items())
def test_a_status_is_found_by_its_value_its_name_and_itself(name: str, value: int) -> None:
    found = [Status.from_value(value), Status.from_value(name), Status.from_value(Status[name])]

    assert found == [Status[name]] * 3
    assert [type(one) for one in found] == [Status] * 3


@pytest.mark.parametrize("value", NO_STATUS, ids=repr)
def test_what_is_neither_value_nor_name_is_a_value_error_that_names_it(value: Any) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the message is looked at
        Status.from_value(value)

    assert repr(value) in str(refusal.value)
    assert "InvocationStatus" in str(refusal.value)


@pytest.mark.parametrize("name", VALUES)
def test_a_status_is_written_as_its_name(name: str) -> None:
    status = Status[name]

    assert str(status) == f"{status}" == f"{status!s}" == "{}".format(status) == name  # noqa: UP032
    assert f"{status:>12}" == name.rjust(12)
    assert "%s" % status == name  # noqa: UP031


@pytest.mark.parametrize(("name", "value"), VALUES.items())
def test_a_status_is_an_int(name: str, value: int) -> None:
    status = Status[name]

    assert isinstance(status, int)
    assert (status == value, hash(status) == hash(value), int(status)) == (True, True, value)
    assert (status + 1, status * 2, -status, status < value + 1) == (
        value + 1,
        value * 2,
        -value,
        1,
    )
    assert f"{int(status):03d}" == f"{value:03d}"


def test_statuses_are_ordered_by_their_values() -> None:
    ordered = sorted(Status, reverse=True)

    assert [status.value for status in ordered] == sorted(VALUES.values(), reverse=True)
    assert Status.Queued < Status.Failed
    assert not Status.Queued


@pytest.mark.parametrize("status", Status, ids=str)
def test_a_status_stays_the_same_object_when_it_is_copied_or_pickled(status: Status) -> None:
    copies = [copy.copy(status), copy.deepcopy(status)]
    copies += [pickle.loads(pickle.dumps(status, n)) for n in range(pickle.HIGHEST_PROTOCOL + 1)]  # noqa: S301

    assert all(one is status for one in copies)


@pytest.mark.parametrize(("name", "value"), VALUES.items())
def test_json_has_the_number_of_a_status(name: str, value: int) -> None:
    text = json.dumps({"status": Status[name]})

    assert json.loads(text) == {"status": value}
    assert TypeAdapter(Status).dump_json(Status[name]) == str(value).encode()


@pytest.mark.parametrize("value", [True, "5", "Completed", 5.5, 6, None], ids=repr)
def test_a_record_in_python_takes_no_other_value_for_a_status(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Status).validate_python(value)


@pytest.mark.parametrize("value", [5, 5.0, Status.Completed], ids=repr)
def test_a_record_in_python_takes_a_value_or_a_member_for_a_status(value: Any) -> None:
    status = TypeAdapter(Status).validate_python(value)

    assert status is Status.Completed


def test_the_help_on_the_enum_teaches_the_life_of_an_invocation() -> None:
    text = " ".join(pydoc.plain(pydoc.render_doc(Status)).replace("|", " ").split())

    assert all(name in text for name in VALUES)
    assert "Failed: Queued, Deadly" in text
    assert "Uploading: Completed, Cancelled, Failed" in text
    assert "is_running" in text
    assert "Downloading, Processing, Uploading" in text
    assert "is_terminal" in text
    assert "Completed, Cancelled, Failed, Deadly" in text
    assert "Scheduled, Downloading, Processing, Uploading, Completed" in text
