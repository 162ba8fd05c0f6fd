"""Records to ask: a whole payload and a small one, fresh for each test."""

from __future__ import annotations

import copy
import importlib
import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from roboto_domain.actions.invocation_record import InvocationRecord

SCHEMAS = Path(__file__).parents[2] / "schemas"
MODULES = ("roboto_domain.actions.action_record", "roboto_domain.actions.invocation_record")
RECORDS: list[type[BaseModel]] = [
    value
    for name in MODULES
    for module in [importlib.import_module(name)]
    for _, value in inspect.getmembers(module, inspect.isclass)
    if issubclass(value, BaseModel) and value.__module__ == name
]

SMALL: dict[str, Any] = {
    "compute_requirements": {},
    "container_parameters": {},
    "created": "2024-01-02T03:04:05Z",
    "data_source": {"data_source_id": "ds_1", "data_source_type": "Dataset"},
    "input_data": [],
    "invocation_id": "iv_1",
    "last_status": 0,
    "org_id": "og_1",
    "provenance": {
        "action": {"name": "detect", "org_id": "og_1"},
        "executable": {},
        "source": {"source_id": "tr_1", "source_type": "Trigger"},
    },
    "timeout": 60,
}
WHOLE: dict[str, Any] = SMALL | {
    "duration": "PT5.5S",
    "idempotency_id": "nightly",
    "input_data": ["a.mcap"],
    "last_heartbeat": "2024-01-02T03:09:30.250000+02:00",
    "last_status": 998,
    "parameter_values": {"gain": 0.5, "labels": ["a", None, {"b": True}]},
    "rich_input_data": {
        "files": [{"dataset_id": "ds_1", "paths": ["a.mcap", "b.mcap"]}],
        "topics": {"names": ["/imu"]},
    },
    "status": [
        {"status": 0, "timestamp": "2024-01-02T03:04:05Z"},
        {"status": 998, "timestamp": "2024-01-02T03:09:30Z", "detail": "out of memory"},
    ],
    "upload_destination": {"destination_id": "ds_2", "destination_type": "S3"},
}


@pytest.fixture
def example(record_type: type[BaseModel]) -> dict[str, Any]:
    """The first example that the record's schema gives."""
    (file,) = SCHEMAS.rglob(f"{record_type.__name__}.schema.json")
    whole: dict[str, Any] = json.loads(file.read_text("utf-8"))["examples"][0]
    return whole


@pytest.fixture
def small() -> dict[str, Any]:
    """A payload of an InvocationRecord with what is required and no more."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def whole() -> dict[str, Any]:
    """A payload of an InvocationRecord in which every field has another value than its default."""
    return copy.deepcopy(WHOLE)


@pytest.fixture
def record(whole: dict[str, Any]) -> InvocationRecord:
    return InvocationRecord.model_validate(whole)


@pytest.fixture(params=RECORDS, ids=lambda record: record.__name__)
def record_type(request: pytest.FixtureRequest) -> type[BaseModel]:
    """Each record in turn."""
    record_type: type[BaseModel] = request.param
    return record_type
