"""A key that is empty ends no run: the engine leaves it out of the paths that it tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from recordsmith.validation import Validator


@pytest.mark.parametrize(
    ("schema", "value", "pointer"),
    [
        ({"additionalProperties": {"items": {"type": "string"}}}, {"": [1]}, "//0"),
        ({"properties": {"": {"properties": {"5": {"type": "null"}}}}}, {"": {"5": 1}}, "//5"),
        ({"properties": {"a": {"properties": {"": {"items": False}}}}}, {"a": {"": [1]}}, "/a//0"),
        ({"properties": {"": {"type": "integer"}}}, {"": "x"}, "/"),
        ({"properties": {"a": {"properties": {"": {"minProperties": 2}}}}}, {"a": {"": {}}}, "/a/"),
        ({"properties": {"": {"additionalProperties": False}}}, {"": {"b": 1}}, "//b"),
        ({"additionalProperties": False}, {"": 1}, "/"),
        ({"properties": {"": {"required": ["b"]}}}, {"": {"": 1}}, "/"),
        ({"required": ["b"]}, {"": {"": 1}}, ""),
        ({"properties": {"": {"anyOf": [{"items": {"type": "null"}}]}}}, {"": [1]}, "//0"),
        ({"properties": {"": {"properties": {"": {"const": 1}}}}}, {"": {"": 2}}, "//"),
    ],
)
def test_an_empty_key_is_found(
    validator_of: Callable[[Any], Validator], schema: Any, value: Any, pointer: str
) -> None:
    violations = validator_of(schema).violations(value)

    assert [violation.pointer for violation in violations] == [pointer]
