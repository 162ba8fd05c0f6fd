"""A record is built from JSON or, in a friendly way, in Python; it emits what it knows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from roboto_domain.actions.action_record import (
    ComputeRequirements,
    ContainerParameters,
    ExecutorContainer,
)
from roboto_domain.actions.invocation_record import (
    ActionProvenance,
    DataSelector,
    ExecutableProvenance,
    FileSelector,
    InvocationDataSource,
    InvocationDataSourceType,
    InvocationInput,
    InvocationProvenance,
    InvocationRecord,
    InvocationSource,
    InvocationStatus,
    InvocationStatusRecord,
    InvocationUploadDestination,
    LogRecord,
    SourceProvenance,
    UploadDestinationType,
)

DEFAULTS: dict[str, Any] = {
    "duration": "PT0S",
    "idempotency_id": None,
    "last_heartbeat": None,
    "parameter_values": {},
    "rich_input_data": None,
    "status": [],
    "upload_destination": None,
}
NULLABLE = [name for name, default in DEFAULTS.items() if default is None]
OF_PYTHON: dict[str, Any] = {
    "compute_requirements": ComputeRequirements(),
    "container_parameters": ContainerParameters(),
    "created": datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
    "data_source": InvocationDataSource(
        data_source_id="ds_1", data_source_type=InvocationDataSourceType.Dataset
    ),
    "duration": timedelta(seconds=5.5),
    "idempotency_id": "nightly",
    "input_data": ["a.mcap"],
    "last_heartbeat": datetime.fromisoformat("2024-01-02T03:09:30.250+02:00"),
    "last_status": InvocationStatus.Failed,
    "parameter_values": {"gain": 0.5, "labels": ["a", None, {"b": True}]},
    "provenance": InvocationProvenance(
        action=ActionProvenance(name="detect", org_id="og_1"),
        executable=ExecutableProvenance(),
        source=SourceProvenance(source_id="tr_1", source_type=InvocationSource.Trigger),
    ),
    "rich_input_data": InvocationInput(
        files=[FileSelector(dataset_id="ds_1", paths=["a.mcap", "b.mcap"])],
        topics=DataSelector(names=["/imu"]),
    ),
    "status": [
        InvocationStatusRecord(
            status=InvocationStatus.Queued, timestamp=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
        ),
        InvocationStatusRecord(
            status=InvocationStatus.Failed,
            timestamp=datetime(2024, 1, 2, 3, 9, 30, tzinfo=UTC),
            detail="out of memory",
        ),
    ],
    "upload_destination": InvocationUploadDestination(
        destination_id="ds_2", destination_type=UploadDestinationType.Unknown
    ),
}
"""The payload `whole`, in Python's own types."""


def test_a_record_is_built_of_pythons_own_types(whole: dict[str, Any]) -> None:
    made = InvocationRecord(**OF_PYTHON, invocation_id="iv_1", org_id="og_1", timeout=60)

    assert made == InvocationRecord.model_validate_json(json.dumps(whole))


@pytest.mark.parametrize("name", OF_PYTHON)
def test_a_field_takes_pythons_own_type_among_what_json_has(
    whole: dict[str, Any], name: str
) -> None:
    made = InvocationRecord.model_validate(whole | {name: OF_PYTHON[name]})

    assert made == InvocationRecord.model_validate(whole)


def test_an_enum_of_strings_takes_its_members_and_their_values() -> None:
    stamp = datetime(2024, 1, 2, tzinfo=UTC)

    made = [
        LogRecord.model_validate({"log": "", "process": process, "timestamp": stamp})
        for process in (ExecutorContainer.Action, "action")
    ]

    assert [one.process for one in made] == [ExecutorContainer.Action] * 2


@pytest.mark.parametrize("value", ["Action", "LogRouter", 1, None, True], ids=repr)
def test_an_enum_of_strings_takes_nothing_else(value: Any) -> None:
    stamp = datetime(2024, 1, 2, tzinfo=UTC)

    with pytest.raises(ValidationError):
        LogRecord.model_validate({"log": "", "process": value, "timestamp": stamp})


def test_a_record_takes_what_it_dumps_for_python(record: InvocationRecord) -> None:
    made = InvocationRecord.model_validate(record.model_dump())

    assert made == record


def test_a_record_reads_what_it_emits(record: InvocationRecord) -> None:
    made = InvocationRecord.model_validate_json(record.model_dump_json())

    assert made == record


def test_an_absent_field_has_its_default(small: dict[str, Any]) -> None:
    made = InvocationRecord.model_validate(small)

    assert {name: json.loads(made.model_dump_json())[name] for name in DEFAULTS} == DEFAULTS
    assert made.duration == timedelta()


@pytest.mark.parametrize("name", NULLABLE)
def test_null_and_absent_mean_the_same_for_a_nullable_field(
    small: dict[str, Any], name: str
) -> None:
    absent = InvocationRecord.model_validate_json(json.dumps(small))
    null = InvocationRecord.model_validate_json(json.dumps(small | {name: None}))

    assert null == absent
    assert getattr(null, name) is None


@pytest.mark.parametrize("name", sorted(DEFAULTS.keys() - set(NULLABLE)))
def test_a_default_does_not_make_a_field_nullable(small: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        InvocationRecord.model_validate(small | {name: None})

    assert [error["loc"] for error in refusal.value.errors()] == [(name,)]


def test_what_is_absent_is_emitted_with_its_default_and_null(small: dict[str, Any]) -> None:
    written = json.loads(InvocationRecord.model_validate(small).model_dump_json())

    assert written.keys() == InvocationRecord.model_fields.keys()
    assert written["container_parameters"] == dict.fromkeys(ContainerParameters.model_fields)
    assert written["compute_requirements"]["vCPU"] == 512


def test_a_mutable_default_is_not_shared(small: dict[str, Any]) -> None:
    one, other = (InvocationRecord.model_validate_json(json.dumps(small)) for _ in range(2))
    one.parameter_values["gain"] = 1
    one.status.append(OF_PYTHON["status"][0])

    assert (other.parameter_values, other.status) == ({}, [])
    assert InvocationRecord.model_validate(small).status == []


@pytest.mark.parametrize("required", sorted(InvocationRecord.model_fields.keys() - DEFAULTS.keys()))
def test_every_other_field_is_required(small: dict[str, Any], required: str) -> None:
    del small[required]

    with pytest.raises(ValidationError) as refusal:
        InvocationRecord.model_validate(small)

    assert [(error["loc"], error["type"]) for error in refusal.value.errors()] == [
        ((required,), "missing")
    ]
