"""What the small records offer: where outputs go, where data come from, what a person reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from roboto_domain.actions.invocation_record import (
    InvocationDataSource,
    InvocationDataSourceType,
    InvocationStatus,
    InvocationStatusRecord,
    InvocationUploadDestination,
    UploadDestinationType,
)

DATASET = UploadDestinationType.Dataset
UNKNOWN = UploadDestinationType.Unknown


@pytest.mark.parametrize(
    ("given", "is_dataset", "is_unknown"),
    [
        ({}, False, False),
        ({"destination_id": "ds_1"}, True, False),
        ({"destination_id": ""}, True, False),
        ({"destination_id": None}, False, False),
        ({"destination_type": "Dataset", "destination_id": "ds_1"}, True, False),
        ({"destination_type": "Unknown", "destination_id": "ds_1"}, False, True),
        ({"destination_type": "Unknown"}, False, True),
        ({"destination_type": "S3", "destination_id": "b"}, False, True),
        ({"destination_type": "dataset", "destination_id": "ds_1"}, False, True),
        ({"destination_type": DATASET, "destination_id": "ds_1"}, True, False),
        ({"destination_type": UNKNOWN}, False, True),
    ],
)
def test_a_destination_is_a_dataset_if_it_has_an_id_and_unknown_by_its_type(
    given: dict[str, Any], is_dataset: bool, is_unknown: bool
) -> None:
    made = InvocationUploadDestination.model_validate(given)

    assert (made.is_dataset, made.is_unknown) == (is_dataset, is_unknown)


def test_outputs_go_to_a_dataset_by_default() -> None:
    made = InvocationUploadDestination()

    assert made.destination_type is DATASET
    assert made.destination_id is None


def test_a_destination_is_made_of_a_dataset_id() -> None:
    made = InvocationUploadDestination.dataset("ds_1")

    assert made == InvocationUploadDestination(destination_type=DATASET, destination_id="ds_1")
    assert InvocationUploadDestination.dataset(dataset_id="").is_dataset


def test_is_dataset_follows_a_change() -> None:
    made = InvocationUploadDestination.dataset("ds_1")
    made.destination_id = None

    assert not made.is_dataset


@pytest.mark.parametrize("value", ["S3", "dataset", "DATASET", "", " Dataset", "对象", "Unknown"])
def test_any_other_string_is_the_unknown_type(value: str) -> None:
    found = (
        UploadDestinationType(value),
        TypeAdapter(UploadDestinationType).validate_json(json.dumps(value)),
        InvocationUploadDestination.pre_validate_destination_type(value),
    )

    assert found == (UNKNOWN,) * 3


@pytest.mark.parametrize("value", [5, None, True, 1.5, ["Dataset"], {}, b"Dataset"], ids=repr)
def test_what_is_no_string_is_no_type(value: Any) -> None:
    with pytest.raises(ValueError, match="UploadDestinationType"):
        UploadDestinationType(value)
    with pytest.raises(ValidationError):
        InvocationUploadDestination.model_validate({"destination_type": value})


def test_an_unknown_type_has_no_new_member() -> None:
    UploadDestinationType("S3")

    assert [member.name for member in UploadDestinationType] == ["Dataset", "Unknown"]
    assert "S3" not in UploadDestinationType.__members__


@pytest.mark.parametrize("value", [DATASET, UNKNOWN, None, 5], ids=repr)
def test_what_is_no_string_is_left_alone_before_validation(value: Any) -> None:
    left = InvocationUploadDestination.pre_validate_destination_type(value)

    assert left is value


def test_the_unspecified_source_is_a_dataset_of_a_reserved_id() -> None:
    made = InvocationDataSource.unspecified()

    assert made.data_source_type is InvocationDataSourceType.Dataset
    assert made.data_source_id == "__UNSPECIFIED_DATA_SOURCE__"
    assert made.is_unspecified()


def test_the_unspecified_source_is_another_object_each_time() -> None:
    first = InvocationDataSource.unspecified()
    first.data_source_id = "ds_1"

    assert InvocationDataSource.unspecified().is_unspecified()
    assert not first.is_unspecified()


@pytest.mark.parametrize(
    ("data_source_id", "unspecified"),
    [
        ("__UNSPECIFIED_DATA_SOURCE__", True),
        ("__unspecified_data_source__", False),
        ("ds_1", False),
        ("", False),
    ],
)
def test_a_source_is_unspecified_by_its_id(data_source_id: str, unspecified: bool) -> None:
    made = InvocationDataSource.model_validate(
        {"data_source_id": data_source_id, "data_source_type": "Dataset"}
    )

    assert made.is_unspecified() is unspecified


@pytest.mark.parametrize("detail", [None, "", "out of memory"])
def test_a_person_reads_the_status_by_its_name_and_the_time_in_iso_8601(
    detail: str | None,
) -> None:
    stamp = datetime(2024, 1, 2, 3, 4, 5, 600, tzinfo=UTC)
    made = InvocationStatusRecord(status=InvocationStatus.Failed, timestamp=stamp, detail=detail)

    shown = made.to_presentable_dict()

    assert shown == {
        "status": "Failed",
        "timestamp": "2024-01-02T03:04:05.000600+00:00",
        "detail": detail,
    }
    assert type(shown["status"]) is str


def test_what_a_person_reads_of_a_naive_time_has_an_offset() -> None:
    naive = datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001
    made = InvocationStatusRecord(status=InvocationStatus.Queued, timestamp=naive)

    shown = made.to_presentable_dict()

    assert shown["timestamp"] == "2024-01-02T03:04:05+00:00"
    assert json.dumps(shown)
