"""Two verdicts on each payload of a file of the suite, and where they differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import jsonschema_rs
from pydantic import BaseModel, ValidationError
from tests.suite.suite import SuiteFile

import recordsmith
from recordsmith.problems import ProblemsFound

_ENGINES: dict[str, Any] = {
    "draft-04": jsonschema_rs.Draft4Validator,
    "draft-06": jsonschema_rs.Draft6Validator,
    "draft-07": jsonschema_rs.Draft7Validator,
    "2019-09": jsonschema_rs.Draft201909Validator,
    "2020-12": jsonschema_rs.Draft202012Validator,
}
_OTHERS: dict[str, Any] = {
    "draft-04": jsonschema.Draft4Validator,
    "draft-06": jsonschema.Draft6Validator,
    "draft-07": jsonschema.Draft7Validator,
    "2019-09": jsonschema.Draft201909Validator,
    "2020-12": jsonschema.Draft202012Validator,
}


def disagreements(file: SuiteFile) -> Iterator[str]:
    """The names of the payloads that schema and model judge otherwise, and how."""
    for case in file.cases():
        accepts = _accepts(file, case["schema"])
        try:
            model = recordsmith.model(
                case["schema"],
                registry=file.registry(),
                dialect=file.dialect,
                formats=file.formats,
            )
        except ProblemsFound as problems:
            yield f"{case['description']}: is refused: {problems}"
            continue
        for test in case["tests"]:
            verdict = accepts(test["data"])
            if verdict != _is_taken(model, test["data"]):
                how = "refuses" if verdict else "accepts"
                yield f"{case['description']}: {test['description']}: the model {how} it"


def _accepts(file: SuiteFile, schema: Any) -> Callable[[Any], bool]:
    """The verdict of `jsonschema_rs`; of `jsonschema` on the few schemas that the first cannot."""
    asserts = True if file.formats == "assert" else None
    declared = isinstance(schema, dict) and "$schema" in schema
    engine = jsonschema_rs.validator_for if declared else _ENGINES[file.dialect]
    try:
        made = engine(schema, retriever=file.remote, validate_formats=asserts)
    except (ValueError, jsonschema_rs.ValidationError):
        other = _OTHERS[file.dialect](schema, registry=file.registry())
        return lambda payload: bool(other.is_valid(payload))
    return lambda payload: bool(made.is_valid(payload))


def _is_taken(model: type[BaseModel], payload: Any) -> bool:
    try:
        model.model_validate_json(json.dumps(payload))
    except ValidationError:
        return False
    return True
