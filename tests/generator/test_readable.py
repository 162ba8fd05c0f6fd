"""Patterns that the engine does not read as ECMA-262 has them are spelt so that it does."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from recordsmith import model

LOOSE = r"^[\w-.]$"
"""What browsers read and `jsonschema_rs` does not: a hyphen after a class of letters."""
LOOSE_NAMES = {"type": "object", "patternProperties": {LOOSE: {"type": "integer"}}}
MANY = {f"p{number}": {"type": "string", "minLength": number} for number in range(1, 40)}
"""So many that a guard refers to them and does not repeat them."""


@pytest.mark.parametrize("draft", ["http://json-schema.org/draft-07/schema#", None])
@pytest.mark.parametrize(
    ("schema", "valid", "invalid"),
    [
        ({"type": "string", "pattern": LOOSE}, ["-", "a"], ["aa", "+"]),
        ({"not": {"pattern": LOOSE}}, ["aa"], ["-"]),
        ({"minProperties": 1, **LOOSE_NAMES}, [{"-": 1}, {"+": "a"}], [{"-": "a"}, {}]),
        ({"not": {**LOOSE_NAMES, "properties": MANY}}, [{"-": "a"}], [{"-": 1}, {"+": "a"}]),
        (
            {
                "not": {"$ref": f"#/definitions/a/patternProperties/{LOOSE}"},
                "definitions": {"a": {"patternProperties": {LOOSE: {"properties": MANY}}}},
            },
            [{"p2": "a"}],
            [{"p2": "aa"}],
        ),
    ],
)
def test_a_pattern_means_what_ecma_262_says(
    draft: str | None, schema: Any, valid: list[Any], invalid: list[Any]
) -> None:
    made = model({**schema, **({"$schema": draft} if draft else {})})

    for instance in valid:
        made.model_validate(instance)
    for instance in invalid:
        with pytest.raises(ValidationError):
            made.model_validate(instance)


@pytest.mark.parametrize("definition", [{"pattern": LOOSE}, {"$ref": "#/$defs/b"}])
def test_a_default_is_judged_by_such_a_pattern(definition: Any) -> None:
    definitions = {"a": {"type": "string", **definition}, "b": {"type": "string", "pattern": LOOSE}}
    held = {"kept": {"$ref": "#/$defs/a", "default": "-"}}
    refused = {"refused": {"$ref": "#/$defs/a", "default": "+"}}
    made = model({"type": "object", "properties": {**held, **refused}, "$defs": definitions})

    assert made.model_validate({}).model_dump() == {"kept": "-"}
