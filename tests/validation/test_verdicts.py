"""The verdicts on payloads: every trap of the domain, and formats that are asserted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsmith.catalog import Catalog
from recordsmith.validation import Validator, named

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("payloads.json").read_text("utf-8")
)


def _payload(case: dict[str, Any], catalog: Catalog) -> Any:
    """The case's payload: its own, or the type's first example with changes."""
    if "payload" in case:
        return case["payload"]
    example = named(catalog, case["type"]).schema["examples"][0]
    changed = {**example, **case.get("with", {})}
    return {key: value for key, value in changed.items() if key not in case.get("without", ())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['type']}: {case['description']}")
def test_a_payload_of_the_domain_is_judged_rightly(flagship: Catalog, case: Any) -> None:
    validator = Validator(flagship, named(flagship, case["type"]))
    payload = _payload(case, flagship)

    assert validator.is_valid(payload) is case["valid"]
    assert (validator.violations(payload) == []) is case["valid"]


def test_all_examples_of_all_types_are_valid(flagship: Catalog) -> None:
    refused = [
        (document.path, example)
        for document in flagship.documents
        for example in document.schema.get("examples", [])
        if not Validator(flagship, document).is_valid(example)
    ]

    assert refused == []


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_a_date_time_is_what_the_pattern_of_timestamp_says(
    flagship: Catalog, date_time: Validator, data: st.DataObject
) -> None:
    pattern = named(flagship, "Timestamp").schema["pattern"]
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    at = data.draw(st.integers(0, len(text)))
    other = text[:at] + data.draw(st.sampled_from("+-.,/:09 TZtz٢\n")) + text[at + 1 :]

    verdicts = [date_time.is_valid(each) for each in (text, other)]

    assert verdicts == [True, re.fullmatch(pattern, other) is not None]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["type"] == "Timestamp"], ids=lambda c: c["description"]
)
def test_a_date_time_is_what_a_timestamp_is(date_time: Validator, case: Any) -> None:
    is_text = isinstance(case["payload"], str)

    verdict = date_time.is_valid(case["payload"])

    assert verdict is (case["valid"] or not is_text)


def test_other_formats_are_asserted_too(validator_of: Callable[..., Validator]) -> None:
    validator = validator_of({"format": "ipv4"})

    verdicts = [validator.is_valid(text) for text in ("127.0.0.1", "127.0.0.256")]

    assert verdicts == [True, False]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "multipleOf": 3},
        {"const": 1},
        {"enum": [1, 1.5, "1", True, None]},
        {"uniqueItems": True},
        {"minimum": 1},
    ],
)
@pytest.mark.parametrize("value", [1, 1.0, True, 3, 3.0, 10**30, "1", None, [1, 1.0], [1, True]])
def test_numbers_and_booleans_are_told_apart_as_jsonschema_does(
    validator_of: Callable[..., Validator], schema: Any, value: Any
) -> None:
    validator = validator_of(schema)

    verdict = validator.is_valid(value)

    assert verdict is jsonschema.Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize(("deep", "rule"), [(900, "too-deep"), (1, "const")])
def test_a_value_too_deep_for_the_engine_is_refused(
    validator_of: Callable[..., Validator], deep: int, rule: str
) -> None:
    value: Any = 0
    for _ in range(deep):
        value = [value]
    validator = validator_of({"const": 1})

    assert validator.is_valid(value) is False
    assert [violation.rule for violation in validator.violations(value)] == [rule]


def test_a_lone_surrogate_is_refused_where_a_string_is_looked_at(
    validator_of: Callable[..., Validator],
) -> None:
    validator = validator_of({"type": "string"})

    assert validator.is_valid("\ud800") is False
    assert [violation.rule for violation in validator.violations("\ud800")] == ["not-json"]


@pytest.mark.parametrize(
    ("name", "text"), [("date", "2024-01-16"), ("time", "04:40:17Z"), ("time", "04:40:17.5+01:00")]
)
def test_a_digit_of_a_date_or_a_time_is_a_digit(
    validator_of: Callable[..., Validator], name: str, text: str
) -> None:
    validator = validator_of({"format": name})
    others = {
        text[:at] + other + text[at + 1 :]
        for at, character in enumerate(text)
        for other in "+-.,/: ٢"
        if character.isdigit()
    }

    assert validator.is_valid(text)
    assert [other for other in sorted(others) if validator.is_valid(other)] == []
