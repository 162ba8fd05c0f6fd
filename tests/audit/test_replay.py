"""One history: what is told of it, and what is legal in a feed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.audit.asking import DAY, found_in, problems_of, record

from recordsmith.audit import Machine, Order
from recordsmith.audit.instants import Instant, instant
from recordsmith.audit.waiting import Until

ORDERS: tuple[Order, ...] = ("arrival", "timestamp")

LEGAL = {
    "no history": record(),
    "a history that is not there": {"last_status": 3},
    "one entry": record("0@10:00", last_status=0),
    "one entry from the middle": record("3@10:00", last_status=3),
    "the whole path": record("0@10:00", "1@10:01", "2@10:02", "3@10:03", "4@10:04", "5@10:05"),
    "leaps": record("0@10:00", "5@10:01", last_status=5),
    "a state that is told again": record("0@10:00", "3@10:01", "3@10:02", "5@10:03"),
    "a retry": record("0@10:00", "998@10:01", "0@10:02", "5@10:03"),
    "an entry that is repeated at once": record("0@10:00", "0@10:00", "5@10:03", "5@10:03"),
    "an entry that is repeated later": record("0@10:00", "3@10:01", "0@10:00", "5@10:03"),
    "a last entry that is old": record("0@10:00", "5@10:01", "0@10:00", last_status=5),
    "the same, as it stands": record("0@10:00", "5@10:01", "0@10:00", last_status=0),
    "states of one time": record("0@10:00", "3@10:00", "5@10:00", last_status=5),
    "states of one time, the last but one": record("0@10:00", "3@10:01", "5@10:01", last_status=3),
    "no last state": record("0@10:00", last_status=None),
}


@pytest.mark.parametrize("name", LEGAL)
def test_nothing_is_told_of_what_is_legal(flagship: Machine, name: str) -> None:
    assert found_in(flagship, LEGAL[name]) == []


ILLEGAL: list[tuple[dict[str, Any], list[str]]] = [
    (record("3@10:00", "0@10:01"), ["/status/1 illegal-transition"]),
    (
        record("5@10:00", "0@10:01", "5@10:02", "4@10:03"),
        ["/status/1 illegal-transition", "/status/3 illegal-transition"],
    ),
    (record("0@10:00", "3@10:02", "4@10:01"), ["/status/2 out-of-order"]),
    (
        record("0@10:00", "3@10:02", "1@10:01", "4@10:03"),
        ["/status/2 illegal-transition", "/status/2 out-of-order"],
    ),
    (record("0@10:00", "1@09:00", "2@09:30", "3@10:30"), ["/status/1 out-of-order"]),
    (record("0@10:00", "3@10:01", last_status=5), ["/last_status last-status"]),
    (record("0@10:00", "3@10:01", last_status=0), ["/last_status last-status"]),
    (
        record("0@10:00", "3@10:02", "1@10:02", last_status=0),
        ["/status/2 illegal-transition", "/last_status last-status"],
    ),
]


@pytest.mark.parametrize(("history", "found"), ILLEGAL)
def test_what_is_wrong_is_told_where_it_is(
    flagship: Machine, history: dict[str, Any], found: list[str]
) -> None:
    assert found_in(flagship, history) == found


def test_late_entries_are_legal_by_their_times(flagship: Machine) -> None:
    late = record("0@10:00", "3@10:03", "5@10:05", "1@10:01", "4@10:04", "0@10:00", last_status=5)

    assert found_in(flagship, late, "timestamp") == []
    assert found_in(flagship, late) == [
        "/status/3 illegal-transition",
        "/status/3 out-of-order",
        "/last_status last-status",
    ]


def test_a_step_that_is_illegal_by_time_is_told_at_its_later_entry(flagship: Machine) -> None:
    late = record("3@10:03", "0@10:05", "0@10:00", last_status=3)

    assert found_in(flagship, late, "timestamp") == [
        "/status/1 illegal-transition",
        "/last_status last-status",
    ]


@pytest.mark.parametrize("order", ORDERS)
def test_instants_are_compared_and_not_texts(flagship: Machine, order: Order) -> None:
    times = [
        "2024-01-02T11:00:00+02:00",
        "2024-01-02T09:00:00.0000001Z",
        "2024-01-02T09:00:00.00000010000000000000000001Z",
        "2024-01-02T04:30:00-05:00",
    ]
    entries = [
        {"status": status, "timestamp": time}
        for status, time in zip((0, 1, 2, 5), times, strict=True)
    ]

    assert found_in(flagship, {"status": entries, "last_status": 5}, order) == []


def test_entries_of_one_time_keep_their_order(flagship: Machine) -> None:
    tied = record("5@10:01", "0@10:00", "1@10:00", "3@10:00")

    assert found_in(flagship, tied, "timestamp") == []


SENTENCES = """\
Uploading -> Queued is no transition; Uploading may go to Completed, Cancelled or Failed
the entry is of "2024-01-02T09:00:00Z", the one before it of "2024-01-02T10:01:00Z", later
Completed -> Scheduled is no transition; nothing follows Completed
`last_status` is Cancelled, the last entry's state Scheduled"""


def test_sentences_are_for_people(flagship: Machine) -> None:
    history = record("4@10:00", "0@10:01", "5@09:00", "1@10:02", last_status=997, invocation_id="a")
    problems, _ = problems_of(flagship, [history])

    assert [problem.sentence for problem in problems] == [
        f'{sentence} (`invocation_id` "a")' for sentence in SENTENCES.splitlines()
    ]


def test_a_problem_tells_the_value_and_the_keyword(flagship: Machine) -> None:
    problems, _ = problems_of(flagship, [record(), record("5@10:00", "0@09:00", last_status=5)])

    status = "schemas/actions/invocation_record/InvocationStatus.schema.json#/x-lifecycle"
    history = "schemas/actions/invocation_record/InvocationRecord.schema.json#/x-history"
    entry = f'{{"status": 0, "timestamp": "{DAY}09:00:00Z"}}'
    assert [(one.record, one.value, one.asserted) for one in problems] == [
        (2, entry, f"{status}/transitions/Completed"),
        (2, entry, f"{history}/time"),
        (2, "5", f"{history}/last"),
    ]


def test_where_a_history_starts_is_told_if_wanted(flagship: Machine) -> None:
    problems, tally = problems_of(
        flagship, [record("0@10:00"), record("1@10:00"), record()], from_start=True
    )

    assert [(one.at.line, one.at.pointer, one.rule) for one in problems] == [
        (2, "/status/0", "initial")
    ]
    assert problems[0].sentence == "the history starts with Scheduled, and not with Queued"
    assert tally.starts == {0: 1, 1: 1}


def limit(time: str) -> Instant:
    found = instant(f"{DAY}{time}:00Z")
    assert found is not None
    return found


CREATED = f"{DAY}10:00:00Z"


@pytest.mark.parametrize(
    ("history", "pointer"),
    [
        (record("0@09:00", "3@10:00", last_status=3), "/status/1"),
        (record("3@10:00"), "/status/0"),
        (record("3@10:00", "3@09:30"), "/status/1"),
        (record(last_status=1, created=CREATED), "/created"),
        (record("3@11:00"), None),
        (record("3@11:01"), None),
        (record("3@11:01", "4@10:00"), None),
        (record("0@09:00", "5@10:00"), None),
        (record("0@09:00", "998@10:00"), None),
        (record("3@10:00", last_status=5), None),
        (record("5@10:00", last_status=3), None),
        (record(last_status=1), None),
        (record(last_status=5, created=CREATED), None),
        (record(created=CREATED), None),
    ],
)
def test_stuck_is_what_is_at_no_end_and_has_not_got_on(
    flagship: Machine, history: dict[str, Any], pointer: str | None
) -> None:
    problems, _ = problems_of(flagship, [history], patience=Until(limit("11:00")))

    assert [one.at.pointer for one in problems if one.rule == "stuck"] == [pointer] * bool(pointer)


def test_a_stuck_record_is_told_with_the_time_of_its_last_entry(flagship: Machine) -> None:
    history = record("0@09:00", "3@10:00", invocation_id="a")
    problems, _ = problems_of(flagship, [history], patience=Until(limit("11:00")))

    assert problems[0].sentence == (
        f'Processing is no end, and nothing has followed since {DAY}10:00:00Z (`invocation_id` "a")'
    )


def test_of_many_findings_in_one_record_some_are_told(flagship: Machine) -> None:
    history = record(*(f"{status}@10:00" for status in [5, 0] * 60))
    history["status"] = [
        {"status": 5 * (index % 2), "timestamp": f"{DAY}10:{index // 60:02}:{index % 60:02}Z"}
        for index in range(240)
    ]
    problems, tally = problems_of(flagship, [history])

    assert len(problems) == 101
    assert (problems[-1].rule, problems[-1].sentence) == (
        "more",
        "19 more findings in this record are not shown",
    )
    assert tally.rules == {"illegal-transition": 119}


def test_what_was_seen_is_counted(flagship: Machine) -> None:
    _, tally = problems_of(
        flagship,
        [
            record("0@10:00", "3@10:10", "3@10:20", "5@10:40"),
            record("0@10:00", "0@10:00", "3@10:30", "0@11:00"),
        ],
    )

    assert tally.steps == {(0, 3): 2, (3, 3): 1, (3, 5): 1, (3, 0): 1}
    assert (tally.starts, tally.ends, tally.count.faulty) == ({0: 2}, {5: 1, 0: 1}, 1)
    assert [tally.stays[0].percentile(one) for one in (50, 99)] == [600, 1800]
    assert [tally.stays[3].percentile(one) for one in (50, 99)] == [1800, 1800]
    assert tally.stays[5].count == 0
