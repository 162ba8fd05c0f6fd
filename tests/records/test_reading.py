"""A record is read from JSON as a server sends it, kept, copied and pickled."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from roboto_domain.actions.invocation_record import InvocationRecord, UploadDestinationType


def test_a_strict_reading_of_json_takes_the_same_records(whole: dict[str, Any]) -> None:
    text = json.dumps(whole)

    made = InvocationRecord.model_validate_json(text, strict=True)

    assert made == InvocationRecord.model_validate_json(text)


def test_an_unknown_field_is_ignored_and_not_emitted(whole: dict[str, Any]) -> None:
    more = copy.deepcopy(whole) | {"priority": {"level": 1}}
    more["provenance"]["action"]["stars"] = 5

    made = InvocationRecord.model_validate_json(json.dumps(more))

    assert made == InvocationRecord.model_validate(whole)
    assert "priority" not in made.model_dump()
    assert "stars" not in made.model_dump_json()
    assert not hasattr(made, "priority")


def test_no_record_keeps_or_emits_an_unknown_field(
    record_type: type[BaseModel], example: dict[str, Any]
) -> None:
    made = record_type.model_validate_json(json.dumps(example | {"of_a_newer_server": [1]}))

    assert made == record_type.model_validate(example)
    assert json.loads(made.model_dump_json()).keys() == record_type.model_fields.keys()


@pytest.mark.parametrize(
    "value",
    [None, True, 0, -1.5, "", "é\u0000🤖", [], {}, [None, [1, {"a": []}]], {"": {"b": [10**30]}}],
    ids=repr,
)
def test_a_parameter_value_of_any_type_is_kept(small: dict[str, Any], value: Any) -> None:
    payload = small | {"parameter_values": {"one": value}}

    made = InvocationRecord.model_validate_json(json.dumps(payload))

    assert made.parameter_values == {"one": value}
    assert type(made.parameter_values["one"]) is type(value)
    assert json.loads(made.model_dump_json())["parameter_values"] == {"one": value}


def test_a_member_of_a_newer_server_is_read_as_unknown_and_emitted_so(
    whole: dict[str, Any],
) -> None:
    made = InvocationRecord.model_validate(whole)

    assert made.upload_destination
    assert made.upload_destination.destination_type is UploadDestinationType.Unknown
    assert json.loads(made.model_dump_json())["upload_destination"]["destination_type"] == "Unknown"


def test_all_faults_of_a_payload_are_told_at_once_and_where_they_are(whole: dict[str, Any]) -> None:
    whole["timeout"] = "60"
    whole["status"][1]["status"] = "Failed"
    whole["provenance"]["source"]["source_type"] = "Schedule"

    with pytest.raises(ValidationError) as refusal:
        InvocationRecord.model_validate_json(json.dumps(whole))

    assert {error["loc"] for error in refusal.value.errors()} == {
        ("timeout",),
        ("status", 1, "status"),
        ("provenance", "source", "source_type"),
    }


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_record_survives_pickling(record: InvocationRecord, protocol: int) -> None:
    made = pickle.loads(pickle.dumps(record, protocol))  # noqa: S301 - our own bytes

    assert made == record
    assert made.model_dump_json() == record.model_dump_json()


def test_every_record_survives_pickling_and_copying(
    record_type: type[BaseModel], example: dict[str, Any]
) -> None:
    made = record_type.model_validate(example)

    copies = [pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)]  # noqa: S301

    assert copies == [made] * 3
    assert {type(one) for one in copies} == {record_type}


def test_a_deep_copy_of_a_record_shares_nothing(record: InvocationRecord) -> None:
    made = copy.deepcopy(record)
    assert made == record
    made.status.clear()
    made.provenance.action.name = "other"

    assert len(record.status) == 2
    assert record.provenance.action.name == "detect"


@pytest.mark.parametrize("text", ["", "{", "nul", "{}x"])
def test_what_is_no_json_is_a_validation_error(text: str) -> None:
    with pytest.raises(ValidationError, match="Invalid JSON"):
        InvocationRecord.model_validate_json(text)
