"""A TOML file is read as one record, each value with its place."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsmith.validation import Payload, payloads
from recordsmith.validation.payloads import LARGEST

CONTENT = r"""
title = "é" # a comment
"a b".'c' = [ 1, 2, # and one more ]
  {x = 1, "y".z = '''
it's ["'''}, 'v',
]
[t.u]
when = 1979-05-27 07:32:00.5-07:00
[[list]]
n = 1
[[ list ]]
n = [[], {}, ""]
[list.sub]
k = {a."\u00e9" = "\"]\\"}
[t]
z = 0x1F
"""

PLACES = {
    "": (1, 1),
    "/title": (2, 9),
    "/a b": (3, 1),
    "/a b/c": (3, 13),
    "/a b/c/0": (3, 15),
    "/a b/c/1": (3, 18),
    "/a b/c/2": (4, 3),
    "/a b/c/2/x": (4, 8),
    "/a b/c/2/y": (4, 11),
    "/a b/c/2/y/z": (4, 19),
    "/a b/c/3": (5, 14),
    "/t": (15, 1),
    "/t/u": (7, 1),
    "/t/u/when": (8, 8),
    "/list": (9, 1),
    "/list/0": (9, 1),
    "/list/0/n": (10, 5),
    "/list/1": (11, 1),
    "/list/1/n/1": (12, 10),
    "/list/1/n/2": (12, 14),
    "/list/1/sub": (13, 1),
    "/list/1/sub/k": (14, 5),
    "/list/1/sub/k/a/é": (14, 19),
    "/t/z": (16, 5),
    "/nowhere": (1, 1),
    "/list/9": (9, 1),
}


def _one(content: str | bytes, name: str = "file.toml") -> Payload:
    raw = content if isinstance(content, bytes) else content.encode()
    (payload,) = payloads(io.BytesIO(raw), name, takes_arrays=False)
    return payload


def _value(content: str) -> Any:
    payload = _one(content)
    assert payload.faults == ()
    return payload.value


def _place(payload: Payload, pointer: str) -> tuple[int, int]:
    at = payload.locate(pointer)
    return at.line, at.column


def _fault(content: str | bytes) -> tuple[int, int, str]:
    payload = _one(content)
    (fault,) = payload.faults
    assert (payload.readable, fault.record) == (False, 1)
    return fault.at.line, fault.at.column, fault.rule


@pytest.mark.parametrize("feed", ["\n", "\r\n"])
def test_a_value_is_found_where_it_stands(feed: str) -> None:
    payload = _one(CONTENT.replace("\n", feed))

    for pointer, place in PLACES.items():
        assert (pointer, _place(payload, pointer)) == (pointer, place)


def _leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict | list) and value:
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(part, f"{pointer}/{key}")
    else:
        yield pointer, value


def test_at_the_place_of_each_value_it_is_written() -> None:
    payload = _one(CONTENT)
    lines = CONTENT.split("\n")

    for pointer, value in _leaves(tomllib.loads(CONTENT)):
        line, column = _place(payload, pointer)
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        ends = (at for at in range(1, len(rest) + 1) if _reads(rest[:at]) == value)
        assert next(ends, None), pointer


def _reads(text: str) -> Any:
    try:
        return tomllib.loads(f"x = {text}")["x"]
    except tomllib.TOMLDecodeError:
        return None


def test_dates_and_times_are_strings_as_rfc_3339_has_them() -> None:
    content = (
        "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 07:32:00.5-07:00\n"
        "c = 1979-05-27T07:32:00\nd = 1979-05-27\ne = [07:32:00.25]\n"
    )

    assert _value(content) == {
        "a": "1979-05-27T07:32:00Z",
        "b": "1979-05-27T07:32:00.500000-07:00",
        "c": "1979-05-27T07:32:00",
        "d": "1979-05-27",
        "e": ["07:32:00.250000"],
    }


def test_an_empty_file_is_an_empty_record() -> None:
    assert _value("") == _value("# nothing\n\n") == {}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a = 1\nb = [1, {c = nan}]\n", (2, 14, "not-json")),
        ("a = -inf\n", (1, 5, "not-json")),
        ("a = 1e999\n", (1, 5, "not-json")),
        ("a = 0x" + "f" * 5000, (1, 5, "not-json")),
        ("a = " + "9" * 5000, (1, 1, "not-json")),
        ("a = 1\nb = \n", (2, 4, "not-toml")),
        ("a = [1,\n", (1, 8, "not-toml")),
        ("a = 1\na = 2\n", (2, 6, "not-toml")),
        ("[a]\n[a]\n", (2, 3, "not-toml")),
        ("a = 'b\n", (1, 7, "not-toml")),
        ('a = "\\ud800"\n', (1, 12, "not-toml")),
        ("é = 1\n", (1, 1, "not-toml")),
        ('{"a": 1}\n', (1, 1, "not-toml")),
        ("a = " + "[" * 100_000, (1, 1, "too-deep")),
        (b"a = 1\nb = '\xc3\xa9\xff'\n", (2, 7, "not-utf-8")),
        (b"\xff\xfea\0", (1, 1, "not-utf-8")),
        (b"#" * (LARGEST + 1), (1, 1, "too-large")),
    ],
    ids=range(17),
)
def test_what_is_no_record_is_one_fault_at_its_place(
    content: str | bytes, fault: tuple[int, int, str]
) -> None:
    assert _fault(content) == fault


def test_a_byte_order_mark_is_a_fault_and_what_follows_is_read() -> None:
    payload = _one("\ufeffa = 1\n")

    assert payload.value == {"a": 1}
    assert [(one.at.line, one.at.column, one.rule) for one in payload.faults] == [
        (1, 1, "not-toml")
    ]


@settings(deadline=None, max_examples=300)
@given(st.binary() | st.text("ab=[]{}.,'\"\\#\n 1-:T_énaif").map(str.encode))
def test_no_file_is_a_traceback(content: bytes) -> None:
    payload = _one(content)

    assert payload.readable or payload.faults
    for pointer, _ in _leaves(payload.value):
        assert payload.locate(pointer).line


@pytest.mark.parametrize("name", ["a.toml", "A.TOML", "a.toml.gz", "s3://bucket/a.toml.xz?v=1"])
def test_a_file_is_toml_by_its_name(name: str) -> None:
    assert _one("a = 1", name).value == {"a": 1}


@pytest.mark.parametrize("name", ["<stdin>", "a.json", "toml"])
def test_no_other_file_is_toml(name: str) -> None:
    assert not _one("a = 1", name).readable


def test_a_string_may_end_in_quotes_of_its_own() -> None:
    payload = _one("""a = [\"\"\"x\"\"\"\"\", '''["''''']\nb = 1\n""")

    assert payload.value == {"a": ['x""', "[\"''"], "b": 1}
    assert [_place(payload, pointer) for pointer in ("/a/1", "/b")] == [(1, 17), (2, 5)]
