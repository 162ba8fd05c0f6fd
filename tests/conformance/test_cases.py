"""Cases written by hand: schema and model answer each of them as it says.

A case changes its type's first schema example (`with` sets keys, `without` removes them), or is a
whole `payload`.  A file in `cases/` is named as the type; it knows no language.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.judge import Judge
from tests.conformance.subjects import Subject, differences

HERE = Path(__file__).parent
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}: {case['description']}")
    for file in sorted(HERE.glob("cases/*.json"))
    for case in json.loads(file.read_text("utf-8"))
]
TEXTS = [
    pytest.param(case["type"], case["text"], id=f"{case['type']}: {case['description']}")
    for case in json.loads((HERE / "texts.json").read_text("utf-8"))
]


def payload_of(case: dict[str, Any], subject: Subject) -> Any:
    if "payload" in case:
        return case["payload"]
    whole = {**subject.document["examples"][0], **case.get("with", {})}
    return {key: value for key, value in whole.items() if key not in case.get("without", ())}


@pytest.mark.parametrize(("name", "case"), CASES)
def test_schema_and_model_answer_as_the_case_says(
    name: str, case: dict[str, Any], judge: Judge, subjects: dict[str, Subject]
) -> None:
    subject = subjects[name]
    text = json.dumps(payload_of(case, subject))

    assert judge.accepts(subject.uri, text) is case["valid"]
    assert differences(subject, judge, text) == []


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_schema_and_model_agree_on_any_spelling_of_json(
    name: str, text: str, judge: Judge, subjects: dict[str, Subject]
) -> None:
    found = differences(subjects[name], judge, text)

    assert found == []


def test_every_example_of_a_schema_is_accepted(subject: Subject, judge: Judge) -> None:
    examples = [json.dumps(example) for example in subject.document.get("examples", [])]

    assert [text for text in examples if not judge.accepts(subject.uri, text)] == []
    assert [found for text in examples for found in differences(subject, judge, text)] == []
