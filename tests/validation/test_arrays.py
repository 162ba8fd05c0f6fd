"""The elements of a JSON array are read as records, each with its place, in flat memory."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recordsmith.strict_json import NotJsonError, parse
from recordsmith.validation import Payload, payloads
from recordsmith.validation.documents.arrays import elements
from recordsmith.validation.inputs import BrokenInputError, expand
from recordsmith.validation.payloads import LARGEST, Lines, recognise

Fault = tuple[int, int, str]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('ab{}[]:,"\\\n é'), inner),
)  # fmt: skip


def _raw(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def _read(content: str | bytes, *, whole: bool = False) -> list[Payload]:
    """The records of a file; an array is one record if it is `whole`."""
    return list(payloads(io.BytesIO(_raw(content)), "file", takes_arrays=whole))


def _values(content: str | bytes, *, whole: bool = False) -> list[Any]:
    read = _read(content, whole=whole)
    assert _faults(read) == []
    return [payload.value for payload in read]


def _faults(read: Iterable[Payload]) -> list[Fault]:
    faults = [fault for payload in read for fault in payload.faults]
    return [(fault.at.line, fault.at.column, fault.rule) for fault in faults]


def _told(read: Iterable[Payload]) -> list[Any]:
    """What became of the records: their values, or else their faults."""
    return [payload.value if payload.readable else _faults([payload])[0] for payload in read]


def _place(payload: Payload, pointer: str) -> tuple[int, int]:
    at = payload.locate(pointer)
    return at.line, at.column


class _Dribble(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 3) if size != -1 else 3)


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return done.stdout.decode()


@settings(deadline=None, max_examples=100)
@given(st.lists(JSON, max_size=5), st.sampled_from([None, 0, 2]), st.sampled_from(["\n", "\r\n"]))
def test_each_element_is_a_record(values: list[Any], indent: Any, feed: str) -> None:
    content = json.dumps(values, ensure_ascii=False, indent=indent).replace("\n", feed)

    read = _read(content)

    assert _told(read) == values
    assert [payload.number for payload in read] == list(range(1, len(values) + 1))


@settings(deadline=None, max_examples=100)
@given(st.lists(JSON, max_size=5), st.sampled_from([None, 0, 2]))
def test_it_does_not_matter_where_a_block_ends(values: list[Any], indent: Any) -> None:
    content = json.dumps(values, ensure_ascii=False, indent=indent)

    read = list(elements(b"", _Dribble(_raw(content)), "file", 1))

    assert _told(read) == values
    assert [(one.line, one.column) for one in read] == [
        (one.line, one.column) for one in _read(content)
    ]


@settings(deadline=None, max_examples=500)
@given(st.text('[]{},:"\\\n 1-.eaNtruefls\u20ac').map("[".__add__))
@example("[1,]")
@example("[[]")
@example("[1}]")
@example('[{"a": 1]')
@example("[1]2")
@example('["\n"]')
def test_an_array_has_no_fault_if_and_only_if_it_is_json(content: str) -> None:
    try:
        values = parse(content)
    except NotJsonError:
        values = None

    read = list(elements(b"", _Dribble(_raw(content)), "file", 1))

    if values is None:
        assert _faults(read)
    else:
        assert _told(read) == values


def test_it_may_stand_on_one_line_or_on_several() -> None:
    assert _values('[{"a": 1}, {"a": 2}]') == [{"a": 1}, {"a": 2}]
    assert _values('\n[{"a": 1},\n{"a": 2}]\n\n') == [{"a": 1}, {"a": 2}]
    assert _told(_read("[NaN, 1]\n")) == [(1, 2, "not-json"), 1]
    assert _values("[]") == _values("\n[\n]\n") == []


def test_it_is_one_record_where_the_schema_takes_arrays() -> None:
    assert _values("[\n1,\n2\n]", whole=True) == [[1, 2]]
    assert _values("[1, 2]", whole=True) == [[1, 2]]


def test_arrays_on_lines_of_their_own_are_records_that_are_no_good() -> None:
    """For the first record of JSON Lines may be a wrong one too."""
    for content in ('[1]\n{"a": 2}\n', '[]\n\n{"a": 2}', '[NaN]\n{"a": 1}', '[1\n{"a": 1}\n{}'):
        assert isinstance(recognise(io.BytesIO(_raw(content)), "", takes_arrays=False), Lines)

    assert _values('[1]\n{"a": 2}\n') == [[1], {"a": 2}]


def test_an_element_knows_its_line_and_its_column() -> None:
    first, second, third, fourth = _read('\n[{"é": 1}, {"a": {"b": 1}},\r\n  {"a": 2},\n\n3]\n')

    assert (first.line, first.column) == (2, 2)
    assert (second.line, second.column) == (2, 12)
    assert _place(second, "/a/b") == (2, 24)
    assert (third.line, third.column) == (3, 3)
    assert _place(third, "/a") == (3, 9)
    assert _place(fourth, "") == (5, 1)


def test_a_value_below_the_first_line_of_an_element_has_its_own_column() -> None:
    (element,) = _read('   [ {"a":\n 1} ]')

    assert _place(element, "/a") == (2, 2)


@pytest.mark.parametrize(
    ("broken", "place", "rule"),
    [
        ('{"a": }', (1, 7), "not-json"),
        ('{"a": 1, "a": 2}', (1, 10), "not-json"),
        ('{"a": [1,]}', (1, 10), "not-json"),
        ('{"a": NaN}', (1, 7), "not-json"),
        ('{"a": 1e999}', (1, 7), "not-json"),
        ('{"a": ' + "9" * 5000 + "}", (1, 7), "not-json"),
        ('{"a": "\\ud800"}', (1, 7), "not-json"),
        ("[" * 10_000 + "]" * 10_000, (1, 1), "too-deep"),
        (b'{"\xc3\xa9": "\xff"}', (1, 8), "not-utf-8"),
        (b'"\xed\xa0\x80"', (1, 2), "not-utf-8"),
        ("{'a': 1}", (1, 2), "not-json"),
        ('{"a": 1', (1, 8), "not-json"),
        ('{"a": [1}', (1, 9), "not-json"),
        ('{"a: 1}', (1, 2), "not-json"),
        ('{"a": 1,', (1, 9), "not-json"),
        ('{"a": {"b": 1}', (1, 15), "not-json"),
        ('{\n   "a": {\n     "b": "x\n   }\n }', (3, 13), "not-json"),
        ('{"a": [,\n   {"b": 1}]}', (1, 8), "not-json"),
        ("garbage", (1, 1), "not-json"),
        ("tru", (1, 1), "not-json"),
        ("01", (1, 2), "not-json"),
    ],
)
@pytest.mark.parametrize("dribbles", [False, True])
def test_a_broken_element_is_one_fault_and_the_others_are_read(
    broken: str | bytes, place: tuple[int, int], rule: str, dribbles: bool
) -> None:
    content = b'[\n {"a": 1},\n ' + _raw(broken) + b',\n {"a": 3},\n {"a": 4}\n]'
    line, column = place[0] + 2, place[1] + (place[0] == 1)

    stream = (_Dribble if dribbles else io.BytesIO)(content)
    read = list(elements(b"", stream, "file", 1))

    assert _told(read) == [{"a": 1}, (line, column, rule), {"a": 3}, {"a": 4}]
    assert [one.number for one in read] == [1, 2, 3, 4]
    assert [fault.record for one in read for fault in one.faults] == [2]
    assert read[2].line == 4 + _raw(broken).count(b"\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[1,, 2]", [1, (1, 4, "not-json"), 2]),
        ("[1, 2,]", [1, 2, (1, 7, "not-json")]),
        ("[, 1]", [(1, 2, "not-json"), 1]),
        ('[{"a": 1}}, 2]', [{"a": 1}, (1, 10, "not-json"), 2]),
        ("[1, 2", [1, 2, (1, 6, "not-json")]),
        ("[1,\n2\n\n", [1, 2, (2, 2, "not-json")]),
        ("[1,\n", [1, (1, 4, "not-json")]),
        ('[1, {"a":\n', [1, (1, 10, "not-json")]),
        ("[", [(1, 2, "not-json")]),
        ("[1, 2]]", [1, 2, (1, 7, "not-json")]),
        ("[1,\n 2]\n[3]", [1, 2, (3, 1, "not-json")]),
        ('["a,\n2,\n3]', [(1, 2, "not-json"), 2, 3]),
        ('[{"a": [1}, 2]', [(1, 10, "not-json"), 2]),
        (b"[1, 2, \xe2\x82", [1, 2, (1, 8, "not-utf-8")]),
        ('[{"a": 1], 2]', [(1, 9, "not-json"), (1, 10, "not-json")]),
    ],
)
def test_what_is_wrong_between_elements_is_a_fault_at_its_place(
    content: str | bytes, told: list[Any]
) -> None:
    assert _told(elements(b"", _Dribble(_raw(content)), "file", 1)) == told


def test_a_comma_that_is_missing_leaves_the_element_behind_it_readable() -> None:
    read = _read('[{"a": 1},\n {"a": 2}\n {"a": 3, "b": 1}]')

    assert _told(read) == [{"a": 1}, {"a": 2}, {"a": 3, "b": 1}]
    assert _faults(read) == [(3, 2, "not-json")]


@pytest.mark.parametrize(("content", "values"), [("\ufeff[1,\n 2]", [1, 2]), ("\ufeff[\n]", [])])
def test_a_byte_order_mark_is_a_fault_and_what_follows_is_read(
    content: str, values: list[int]
) -> None:
    read = _read(content)

    assert [payload.value for payload in read if payload.readable] == values
    assert _faults(read) == [(1, 1, "not-json")]


def test_an_element_that_is_too_large_is_a_fault_and_the_others_are_read() -> None:
    large = b'{"a": ["' + b"x" * (2 * LARGEST) + b'\\"]", [{}]]}'

    read = _read(b'[{"a": 1},\n' + large + b', {"a": 3}]')

    assert _told(read) == [{"a": 1}, (2, 1, "too-large"), {"a": 3}]
    assert (read[2].line, read[2].column) == (2, len(large) + 3)


def test_a_word_that_is_too_large_is_a_fault_and_the_others_are_read() -> None:
    read = _read(b"[1,\n" + b"x" * (2 * LARGEST) + b", 3]")

    assert _told(read) == [1, (2, 1, "too-large"), 3]


def test_elements_are_read_as_they_are_taken() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1, /) -> bytes:
            self.taken += 1
            return b'{"a": 1},\n' * (size // 10)

    file = Endless()

    taken = list(islice(elements(b"[", file, "file", 1), 100_000))  # type: ignore[arg-type]

    assert len(taken) == 100_000
    assert file.taken < 10


@pytest.mark.parametrize("between", [", ", ",\n"])
def test_memory_is_flat(tmp_path: Path, between: str) -> None:
    element = json.dumps({"text": "é" * 500, "number": 1}, ensure_ascii=False)
    with (tmp_path / "large.json").open("w", encoding="utf-8") as file:
        file.write("[")
        file.writelines(element + between for _ in range(160_000))
        file.write(element + "]")

    told = _python(
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (150 << 20, 150 << 20))\n"
        "from recordsmith.validation import payloads\n"
        f"with open({str(tmp_path / 'large.json')!r}, 'rb') as file:\n"
        "    print(sum(one.readable for one in payloads(file, '', takes_arrays=False)))\n"
    )

    assert told == "160001\n"


def test_of_an_input_that_breaks_off_the_whole_elements_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(gzip.compress(b'[{"a": 1},\n {"a": 2},\n {"a": 3}]', 0)[:-11])
    (one,) = expand([str(tmp_path / "a.gz")])

    with one.open() as stream:
        records = payloads(stream, "a.gz", takes_arrays=False)

        assert [next(records).value, next(records).value] == [{"a": 1}, {"a": 2}]
        with pytest.raises(BrokenInputError, match="end in the middle"):
            next(records)
