"""Dates are kept in UTC or with their offset, durations as ISO 8601 writes them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

from roboto_domain.actions.invocation_record import (
    InvocationRecord,
    InvocationStatus,
    InvocationStatusRecord,
    LogRecord,
)
from roboto_domain.wire import Duration, Timestamp

MOMENT: TypeAdapter[datetime] = TypeAdapter(Timestamp)
LENGTH: TypeAdapter[timedelta] = TypeAdapter(Duration)
LIMIT = timedelta(days=20000 * 365)
TWO_EAST = timezone(timedelta(hours=2))
DURATIONS = {
    "PT0S": timedelta(),
    "PT5.5S": timedelta(seconds=5.5),
    "P5DT1H": timedelta(days=5, hours=1),
    "-PT1S": timedelta(seconds=-1),
    "P1Y35DT3H": timedelta(days=400, hours=3),
    "P14D": timedelta(weeks=2),
    "PT0.000001S": timedelta.resolution,
    "-PT0.000001S": -timedelta.resolution,
    "P1Y": timedelta(days=365),
    "-P1DT12H": timedelta(days=-1, hours=-12),
    "PT1M30S": timedelta(seconds=90),
    "P19999Y364DT23H59M59.999999S": LIMIT - timedelta.resolution,
    "-P19999Y364DT23H59M59.999999S": timedelta.resolution - LIMIT,
}
READ_TOO = {
    "P1W": timedelta(days=7),
    "P1M": timedelta(days=30),
    "PT1M": timedelta(minutes=1),
    "P1Y2M3W4D": timedelta(days=365 + 60 + 21 + 4),
    "PT90M": timedelta(hours=1.5),
    "PT36H": timedelta(days=1.5),
    "-P1W": timedelta(days=-7),
    "PT5.500000S": timedelta(seconds=5.5),
    "P0D": timedelta(),
    "-PT0S": timedelta(),
}


def emitted(adapter: TypeAdapter[Any], value: Any) -> str:
    return str(json.loads(adapter.dump_json(value)))


@pytest.mark.parametrize(("text", "value"), DURATIONS.items())
def test_a_duration_is_written_and_read(text: str, value: timedelta) -> None:
    made = LENGTH.validate_python(value)

    assert made == value
    assert emitted(LENGTH, made) == text
    assert LENGTH.validate_json(json.dumps(text)) == LENGTH.validate_python(text) == value


@pytest.mark.parametrize(("text", "value"), READ_TOO.items())
def test_a_duration_is_read_in_other_components_too(text: str, value: timedelta) -> None:
    made = LENGTH.validate_json(json.dumps(text))

    assert made == value


@pytest.mark.parametrize(
    "value", [LIMIT, -LIMIT, LIMIT + timedelta.resolution, timedelta.max, timedelta.min], ids=repr
)
def test_a_timedelta_that_the_wire_has_no_room_for_is_refused(value: timedelta) -> None:
    with pytest.raises(ValidationError):
        LENGTH.validate_python(value)


@pytest.mark.parametrize(
    "value", [5, 5.5, True, None, "3600", "01:00:00", "5 days, 1:00:00", b"PT1S"], ids=repr
)
def test_python_coerces_nothing_else_to_a_duration(value: Any) -> None:
    with pytest.raises(ValidationError):
        LENGTH.validate_python(value)


@pytest.mark.parametrize(
    "value",
    [datetime(2024, 1, 2, 3, 4, 5), datetime(2024, 1, 2, 3, 4, 5, 678), datetime.min, datetime.max],  # noqa: DTZ001, DTZ901
    ids=repr,
)
def test_a_naive_datetime_is_taken_as_utc(value: datetime) -> None:
    made = MOMENT.validate_python(value)

    assert made == value.replace(tzinfo=UTC)
    assert made.utcoffset() == timedelta()
    assert emitted(MOMENT, made).endswith("Z")


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("2024-01-02T03:04:05Z", 0),
        ("2024-01-02T03:04:05+02:00", 120),
        ("2024-01-02T03:04:05-04:30", -270),
        ("2024-01-02T03:04:05.250000+23:59", 1439),
        ("0001-01-01T00:00:00+23:59", 1439),
        ("9999-12-31T23:59:59.999999-23:59", -1439),
    ],
)
def test_an_offset_is_kept(text: str, offset: int) -> None:
    made = MOMENT.validate_json(json.dumps(text))

    assert made.utcoffset() == timedelta(minutes=offset)
    assert emitted(MOMENT, made) == text


@pytest.mark.parametrize(
    "zone", [UTC, TWO_EAST, ZoneInfo("UTC"), ZoneInfo("Asia/Kolkata")], ids=str
)
def test_an_aware_datetime_stays_as_it_is(zone: Any) -> None:
    value = datetime(2024, 1, 2, 3, 4, 5, tzinfo=zone)

    made = MOMENT.validate_python(value)

    assert made == value
    assert made.utcoffset() == value.utcoffset()
    assert MOMENT.validate_json(MOMENT.dump_json(made)) == value


@pytest.mark.parametrize("year", [1900, 1, 9999])
def test_an_offset_with_seconds_is_emitted_as_the_wire_can_carry_it(year: int) -> None:
    value = datetime(year, 6, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1, seconds=30)))

    made = MOMENT.validate_python(value)

    assert made == value
    assert MOMENT.validate_json(MOMENT.dump_json(made)) == value


@pytest.mark.parametrize(
    "value",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1, seconds=30))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=1, seconds=30))),
    ],
    ids=str,
)
def test_a_moment_that_utc_has_no_year_for_is_refused_as_any_other_value(value: datetime) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(value)


@pytest.mark.parametrize(
    "value",
    [
        *(1704164645, 1704164645.5, True, None, b"2024-01-02T03:04:05Z", date(2024, 1, 2)),
        *("2024-01-02T03:04:05", "2024-01-02", "1704164645", "2024-01-02 03:04:05Z"),
    ],
    ids=repr,
)
def test_python_coerces_nothing_else_to_a_moment(value: Any) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(value)


def test_a_fraction_finer_than_a_microsecond_is_cut_off() -> None:
    made = MOMENT.validate_json('"2024-12-31T23:59:59.9999999Z"')

    assert made == datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def test_every_date_of_a_record_is_emitted_with_an_offset(whole: dict[str, Any]) -> None:
    naive = datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001
    entry = InvocationStatusRecord(status=InvocationStatus.Queued, timestamp=naive)
    dates = {"created": naive, "last_heartbeat": naive, "status": [entry]}
    record = InvocationRecord.model_validate(whole | dates)

    written = json.loads(record.model_dump_json())

    found = [written["created"], written["last_heartbeat"], written["status"][0]["timestamp"]]
    assert found == ["2024-01-02T03:04:05Z"] * 3


def test_a_naive_datetime_that_is_assigned_later_is_emitted_with_an_offset_too() -> None:
    naive = datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001
    record = LogRecord.model_validate(
        {"log": "", "process": "action", "timestamp": "2023-01-02T03:04:05Z"}
    )
    record.timestamp = naive

    written = json.loads(record.model_dump_json())

    assert written["timestamp"] == "2024-01-02T03:04:05Z"


def test_a_record_says_in_words_what_is_wrong_with_a_date(whole: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refusal:
        InvocationRecord.model_validate(whole | {"created": "2024-01-02", "duration": "5s"})

    messages = {error["loc"]: error["msg"] for error in refusal.value.errors()}
    assert "2024-01-02T03:04:05Z" in messages[("created",)]
    assert "PT" in messages[("duration",)]
    assert "[0-9]" not in str(refusal.value)
