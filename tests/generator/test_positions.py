"""The place of a value in a text is where the value is read from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsmith.positions import line_and_column, locate, offsets
from recordsmith.problems import escaped

TEXTS = st.text('ab{}[]:,"\\\n é/~01')
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)  # fmt: skip


def _pointed(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Each value within a value, by its pointer."""
    yield pointer, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _pointed(inner, f"{pointer}/{escaped(key)}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _pointed(inner, f"{pointer}/{index}")


@settings(deadline=None, max_examples=200)
@given(JSON, st.sampled_from([None, 2]), st.booleans())
def test_every_value_is_found_where_it_stands(value: Any, indent: int | None, ascii_: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_)
    lines = text.split("\n")

    for pointer, expected in _pointed(value):
        line, column = locate(text, pointer)
        offset = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
        found, _ = json.JSONDecoder().raw_decode(text, offset)
        assert (found, type(found)) == (expected, type(expected))


@settings(deadline=None, max_examples=200)
@given(JSON, st.sampled_from([None, 2]), st.booleans())
def test_one_scan_finds_what_many_do(value: Any, indent: int | None, ascii_: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_)
    pointers = [pointer for pointer, _ in _pointed(value)]

    together = offsets(text, pointers)

    alone = {pointer: offsets(text, [pointer])[pointer] for pointer in pointers}
    assert together == alone
    assert {at: line_and_column(text, together[at]) for at in pointers} == {
        at: locate(text, at) for at in pointers
    }


@pytest.mark.parametrize(
    "text",
    [
        r'{"\u0061": 1, "b": {"a": 2}}',
        r'{"x\"a": "a", "c": {"a": 2}, "a": 1}',
        r'{"b": {"a": 2}, "a": 1}',
        r'{"b": ":", "a"  :' + "\n" + r" 1}",
        r'{"b": "\u0061", "a": 1}',
    ],
)
def test_a_key_that_stands_elsewhere_too_is_not_mistaken(text: str) -> None:
    found = offsets(text, ["/a"])["/a"]

    assert text[found] == "1"


def test_what_is_not_there_is_at_its_nearest_ancestor() -> None:
    text = '{"a": [1, {"b": 2}], "c": 3}'

    places = [locate(text, pointer)[1] for pointer in ("/a/1/x", "/a/9", "/x/y", "/c/0")]

    assert places == [11, 7, 1, 27]
