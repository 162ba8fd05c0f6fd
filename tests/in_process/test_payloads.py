"""A payload in a program gets the verdict, and the problems, that its file gets of the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.generator.project import Project

import recordsmith
from recordsmith.in_process.payloads import is_plain
from recordsmith.strict_json import plain

TEXTS = {
    "valid": b'{"x": 1.5, "y": 2}',
    "invalid": b'{"x": "a", "y": null}',
    "on several lines": b'\n\n  {\n "x": 1,\n "y": "\xf0\x9f\x98\x80", "x-y": [1]\n}\n',
    "missing": b"{}",
    "another type": b"3",
    "a duplicate key": b'{"x": 1, "x": 2}',
    "a mark": b'\xef\xbb\xbf{"x": "a"}',
    "no UTF-8": b'{"x": 1, "y": "\xff"}',
    "half a pair": b'{"x": "\\ud800"}',
    "not a number": b'{"x": NaN}',
    "too large a number": b'{"x": 1e999}',
    "a large integer": b'{"x": 18446744073709551617}',
    "cut off": b'{"x": 1, "y',
    "a carriage return": b'{"x": "a"}\r\n',
    "deep": b'{"x": 1, "z": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


STRANGE = ("no UTF-8", "a mark", "half a pair", "not a number", "too large a number", "cut off")
"""What Python's own parser cannot read, or reads as what JSON has not."""


class Text(str):
    """A string that is not quite one."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Text()"


ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(2**63 - 1, 2**63 + 1)
    | st.floats()
    | st.text(st.characters())
    | st.text().map(Text)
    | st.binary()
    | st.just("\ud800")
)


def _around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.just("\udfff"), inner)
    )


def told(project: Project, text: bytes) -> list[dict[str, Any]]:
    """What the command says of a file named `payload`."""
    project.write("payload", text)
    run = project.run("validate", "Point", "payload", "--format", "json")
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("name", TEXTS)
def test_the_problems_are_those_of_the_command(project: Project, name: str) -> None:
    found = recordsmith.validator("Point").iter_errors(TEXTS[name])

    assert [problem.as_json() for problem in found] == told(project, TEXTS[name])


@pytest.mark.parametrize("form", [bytes, bytearray, memoryview])
@pytest.mark.parametrize("name", TEXTS)
def test_all_forms_of_a_text_get_one_verdict(
    project: Project, name: str, form: type[bytes]
) -> None:
    del project
    validator = recordsmith.validator("Point")
    problems = list(validator.iter_errors(TEXTS[name]))

    assert list(validator.iter_errors(form(TEXTS[name]))) == problems
    assert validator.is_valid(form(TEXTS[name])) == (not problems)


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "no UTF-8"])
def test_a_string_is_the_text_that_its_bytes_are(project: Project, name: str) -> None:
    del project
    validator = recordsmith.validator("Point")
    text = TEXTS[name].decode("utf-8")

    assert list(validator.iter_errors(text)) == list(validator.iter_errors(TEXTS[name]))


def test_half_a_surrogate_pair_in_a_string_is_a_problem(project: Project) -> None:
    del project
    (problem,) = recordsmith.validator("Point").iter_errors('{"x": 1, "z": "\ud800"}')

    assert (problem.rule, problem.at.line, problem.at.column) == ("not-utf-8", 1, 16)


def test_a_value_gets_the_verdict_of_its_text_at_no_line(project: Project) -> None:
    del project
    validator = recordsmith.validator("Point")
    (of_text,) = validator.iter_errors(b'{"x": "a"}')
    (of_value,) = validator.iter_errors({"x": "a"})

    assert str(of_value) == 'payload#/x: "a" is not a number [type]'
    assert (of_value.rule, of_value.sentence, of_value.asserted, of_value.record) == (
        of_text.rule,
        of_text.sentence,
        of_text.asserted,
        of_text.record,
    )


@pytest.mark.parametrize(
    ("value", "pointer", "rule"),
    [
        (Path("x"), "", "not-json"),
        ({"x": {1}}, "/x", "not-json"),
        ({"x": float("nan")}, "/x", "not-json"),
        ({"x": 1, "a/b": [b"1"]}, "/a~1b/0", "not-json"),
        ({1: 2}, "", "not-json"),
        ({"x": "\ud800"}, "/x", "not-json"),
        (None, "", "type"),
        (True, "", "type"),
        ([{"x": 1}], "", "type"),
    ],
)
def test_what_json_has_not_is_a_problem_where_it_stands(
    project: Project, value: object, pointer: str, rule: str
) -> None:
    del project
    validator = recordsmith.validator("Point")
    (problem,) = validator.iter_errors(value)

    assert (problem.at.pointer, problem.rule) == (pointer, rule)
    assert not validator.is_valid(value)


def test_a_value_without_end_is_too_deep(project: Project) -> None:
    del project
    endless: list[Any] = []
    endless.append(endless)

    assert [one.rule for one in recordsmith.validator(True).iter_errors(endless)] == ["too-deep"]


@pytest.mark.parametrize("levels", [199, 200, 201])
@pytest.mark.parametrize(("inside", "own"), [("[]", 1), ("[7]", 1), ('{"a": []}', 2), ('"a"', 0)])
def test_a_value_is_as_deep_as_its_text(levels: int, inside: str, own: int) -> None:
    outer = levels - own
    text = "[" * outer + inside + "]" * outer
    validator = recordsmith.validator(True)
    of_text, of_value = (
        [one.rule for one in validator.iter_errors(payload)] for payload in (text, json.loads(text))
    )

    assert of_value == of_text == (["too-deep"] if levels > 200 else [])


def test_what_json_gives_is_taken_as_it_is() -> None:
    texts = [
        text for name, text in TEXTS.items() if name not in {*STRANGE, "deep", "a large integer"}
    ]

    assert all(is_plain(json.loads(text)) for text in texts)


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(st.recursive(ODD, _around, max_leaves=6))
def test_what_is_taken_as_it_is_would_be_the_same_if_it_were_copied(value: Any) -> None:
    if is_plain(value):
        assert repr(plain(value)) == repr(value)


def test_a_tuple_is_an_array_and_the_payload_stays_as_it_is(project: Project) -> None:
    del project
    payload = {"a": (1, 2)}

    assert recordsmith.validator({"properties": {"a": {"type": "array"}}}).is_valid(payload)
    assert payload == {"a": (1, 2)}


def test_what_is_invalid_is_raised_with_all_that_is_wrong(project: Project) -> None:
    del project
    with pytest.raises(recordsmith.InvalidPayload) as raised:
        recordsmith.validator("Point").validate(b'{"x": "a",\n "y": null}')

    assert isinstance(raised.value, ValueError)
    assert [problem.at.pointer for problem in raised.value.problems] == ["/x", "/y"]
    assert str(raised.value).splitlines()[:2] == [
        "not valid as Point: 2 problems",
        'payload:1:7#/x: "a" is not a number [type]',
    ]


def test_what_is_valid_is_validated_in_silence(project: Project) -> None:
    del project
    recordsmith.validator("Point").validate({"x": 1})
