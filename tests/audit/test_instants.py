"""Instants are compared exactly, and spans of time are read and shown."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from recordsmith.audit.instants import instant, seconds, shown_instant, shown_span, span

RISING = [
    "0001-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00Z",
    "2024-01-02T03:04:05+05:00",
    "2024-01-02T03:04:04.999999999999Z",
    "2024-01-02T03:04:05Z",
    "2024-01-02T03:04:05.000000000000000001Z",
    "2024-01-02T03:04:05.00000000000000001Z",
    "2024-01-02T03:04:05.000001Z",
    "2024-01-02T03:04:05.0000010001Z",
    "2024-01-02T03:04:05.1Z",
    "2024-01-02T03:04:05.10000000000000000001Z",
    "2024-01-02T03:04:05.2Z",
    "2024-01-02T03:04:05-00:01",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59.9999999Z",
    "9999-12-31T23:59:59-23:59",
]


def test_instants_are_ordered_as_time_is() -> None:
    instants = [instant(text) for text in RISING]

    assert None not in instants
    assert all(a is not None and b is not None and a < b for a, b in pairwise(instants))


@pytest.mark.parametrize(
    "others",
    [
        ["2024-01-02T03:04:05Z", "2024-01-02t03:04:05z", "2024-01-02T03:04:05.000Z"],
        ["2024-01-02T03:04:05Z", "2024-01-02T05:04:05+02:00", "2024-01-01T22:34:05-04:30"],
        ["2024-01-02T03:04:05.5Z", "2024-01-02T03:04:05.50000000000000Z"],
        ["2024-01-02T03:04:05.12345678Z", "2024-01-02T04:04:05.123456780+01:00"],
    ],
    ids=" ".join,
)
def test_one_instant_is_spelt_in_many_ways(others: list[str]) -> None:
    instants = [instant(text) for text in others]

    assert len(set(instants)) == 1
    assert instants[0] is not None


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2024-01-02", "2024-01-02T03:04:05", "2024-02-30T00:00:00Z", 5, None, ["a"]],
    ids=repr,
)
def test_what_is_no_instant_is_told(text: object) -> None:
    assert instant(text) is None


def test_seconds_are_as_fine_as_floats_are() -> None:
    start, end = (
        instant("2024-01-02T03:04:05.9999999Z"),
        instant("2024-01-02T04:04:06.0000001+01:00"),
    )
    assert start is not None
    assert end is not None

    assert seconds(start, end) == pytest.approx(2e-7, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-01-02T03:04:05+05:00", "2024-01-01T22:04:05Z"),
        ("2024-01-02T03:04:05.250z", "2024-01-02T03:04:05.250000Z"),
        ("2024-01-02T03:04:05.00000070Z", "2024-01-02T03:04:05.0000007Z"),
        ("2024-01-02T03:04:05.1234567+01:00", "2024-01-02T02:04:05.1234567Z"),
        ("0001-01-01T00:00:00+23:59", "0001-01-01T00:00:00+23:59"),
        ("9999-12-31T23:59:59.1234567-01:00", "9999-12-31T23:59:59.1234567-01:00"),
    ],
)
def test_an_instant_is_shown_in_utc(text: str, shown: str) -> None:
    found = instant(text)

    assert found is not None
    assert shown_instant(found) == shown


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("2.5s", timedelta(seconds=2.5)),
        ("15m", timedelta(minutes=15)),
        ("6h", timedelta(hours=6)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("1d1h1m1s", timedelta(days=1, seconds=3661)),
    ],
)
def test_a_span_is_read(text: str, length: timedelta) -> None:
    assert span(text) == length


@pytest.mark.parametrize("text", ["", "6", "h", "6 h", "-6h", "6h1d", "1y", "9999999999999d", "٦h"])
def test_what_is_no_span_is_told(text: str) -> None:
    assert span(text) is None


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (0, "0 ms"),
        (0.0123, "12.3 ms"),
        (1, "1 s"),
        (59.94, "59.9 s"),
        (59.999, "60 s"),
        (90, "1.5 min"),
        (3600 * 7.25, "7.25 h"),
        (86400 * 123.4, "123 d"),
    ],
)
def test_a_span_is_shown_in_three_digits(length: float, shown: str) -> None:
    assert shown_span(length) == shown
