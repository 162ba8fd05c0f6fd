"""Payloads are read strictly, one at a time, and what cannot be read does not stop the run."""

from __future__ import annotations

import gzip
import io
import json
from itertools import islice
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsmith.strict_json import MOST_VALUES
from recordsmith.validation import Payload, payloads
from recordsmith.validation.decoding import decoded
from recordsmith.validation.opening import Shape, opening_of
from recordsmith.validation.payloads import LARGEST, Lines, recognise
from recordsmith.validation.unreadable import BrokenInputError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('ab{}[]:,"\\\n é'), inner),
)  # fmt: skip


def _read(content: str | bytes) -> list[Payload]:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return list(payloads(io.BytesIO(raw), "file"))


def _values(content: str | bytes) -> list[Any]:
    read = _read(content)
    assert [payload.faults for payload in read if payload.faults] == []
    return [payload.value for payload in read]


def _faults(content: str | bytes) -> list[tuple[int, int, str]]:
    faults = [fault for payload in _read(content) for fault in payload.faults]
    return [(fault.at.line, fault.at.column, fault.rule) for fault in faults]


@settings(deadline=None, max_examples=50)
@given(st.lists(JSON, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n", " \n\t\r\n"]))
def test_values_on_lines_of_their_own_are_records(values: list[Any], between: str) -> None:
    content = between.join(json.dumps(value, ensure_ascii=False) for value in values)

    assert _values(content) == values


@settings(deadline=None, max_examples=50)
@given(JSON, st.sampled_from(["", "\n", "\r\n\r\n"]), st.sampled_from([0, 2, "\t"]))
def test_a_value_over_several_lines_is_one_record(value: Any, end: str, indent: Any) -> None:
    content = json.dumps(value, ensure_ascii=False, indent=indent)

    assert _values(f"{content.replace(chr(10), end or chr(10))}{end}") == [value]


@pytest.mark.parametrize("content", ["", "\n", "  \r\n\t\n"])
def test_a_file_of_blanks_has_no_records(content: str) -> None:
    assert _values(content) == []


def test_a_list_on_one_line_is_one_record() -> None:
    assert _values('[{"a": 1}, {"a": 2}]\n') == [[{"a": 1}, {"a": 2}]]


def test_a_record_knows_its_line() -> None:
    read = _read('\n{"a": 1}\r\n\r\n{"a": 2}\n')

    assert [payload.line for payload in read] == [2, 4]


def test_a_document_after_blank_lines_knows_the_lines_of_its_values() -> None:
    (payload,) = _read('\n\n{\n  "a": [\n    1\n  ]\n}\n')

    at = payload.locate("/a/0")

    assert (at.line, at.column) == (5, 5)


GOOD = '{"a": 1}\n'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (GOOD + '{"a": }\n' + GOOD, (2, 7, "not-json")),
        (GOOD + '{"a": 1\n' + GOOD, (2, 8, "not-json")),
        (GOOD + '{"a": 1}}\n' + GOOD, (2, 9, "not-json")),
        (GOOD + '{"a": 1} {"a": 2}\n' + GOOD, (2, 10, "not-json")),
        (GOOD + "{'a': 1}\n" + GOOD, (2, 2, "not-json")),
        (GOOD + '{"a": 01}\n' + GOOD, (2, 8, "not-json")),
        (GOOD + '{"a": "\t"}\n' + GOOD, (2, 8, "not-json")),
        (GOOD + '{"a": 1, "b": {"c": 2, "d": 3, "c": 4}}\n' + GOOD, (2, 32, "not-json")),
        (GOOD + '{"é": 1, "b": "é\\"{", "\\u00e9": 4}\n' + GOOD, (2, 23, "not-json")),
        (GOOD + '{"a": ["NaN", NaN]}\n' + GOOD, (2, 15, "not-json")),
        (GOOD + '{"a": -Infinity}\n' + GOOD, (2, 7, "not-json")),
        (GOOD + '{"a": 1e400}\n' + GOOD, (2, 7, "not-json")),
        (GOOD + '{"a": 1' + "0" * 5000 + "}\n" + GOOD, (2, 7, "not-json")),
        (GOOD + '{"b": "\\ud83d\\ude00", "a": "\\ud83d"}\n' + GOOD, (2, 28, "not-json")),
        (GOOD + "\x00\n" + GOOD, (2, 1, "not-json")),
        (GOOD + "\ufeff" + 2 * GOOD, (2, 1, "not-json")),
        (GOOD + "[" * 100_000 + "]" * 100_000 + "\n" + GOOD, (2, 1, "too-deep")),
        (b'{}\n{"\xc3\xa9": "\xe2\x82\xac\xff"}\n{"a": 1}', (2, 9, "not-utf-8")),
        (b'{}\n{"a": "\xed\xa0\x80"}\n{"a": 1}', (2, 8, "not-utf-8")),
        (b'{}\n{"a": "\xc0\xaf"}\n{"a": 1}', (2, 8, "not-utf-8")),
    ],
)  # fmt: skip
def test_a_line_that_is_not_json_is_a_fault_at_its_place_and_the_next_is_read(
    content: str | bytes, fault: tuple[int, int, str]
) -> None:
    read = _read(content)

    assert [payload.line for payload in read] == [1, 2, 3]
    assert _faults(content) == [fault]
    assert read[2].value == {"a": 1}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{\n  "a": 1,\n  "b": [\n    1,,\n  ]\n}\n', (4, 7, "not-json")),
        ('{\n  "a": 1,\n  "a": 2\n}\n', (3, 3, "not-json")),
        ('{\n  "a": NaN\n}\n', (2, 8, "not-json")),
        ('{\n  "a": [\n    1\n', (3, 6, "not-json")),
        ("[\n  NaN,\n  NaN,\n  NaN\n]\n", (2, 3, "not-json")),
        ("[\n  [1, 2]\n  [3, 4],\n  5\n]\n", (3, 3, "not-json")),
        ('{\n  "a": 1\n}\n{\n  "a": 2\n}\n', (4, 1, "not-json")),
        (b'{\n  "a": "\xff"\n}\n', (2, 9, "not-utf-8")),
        (b"\xff\xfe{\x00}\x00", (1, 1, "not-utf-8")),
        ("hello\nworld\n", (1, 1, "not-json")),
        ("{", (1, 2, "not-json")),
        ('"', (1, 1, "not-json")),
        ("\ufeff", (1, 1, "not-json")),
    ],
)  # fmt: skip
def test_a_document_that_is_not_json_has_one_fault_at_its_place(
    content: str | bytes, fault: tuple[int, int, str]
) -> None:
    assert _faults(content)[-1] == fault
    assert len(_read(content)) == 1


@pytest.mark.parametrize("indent", [None, 2])
def test_what_follows_a_byte_order_mark_is_read(indent: int | None) -> None:
    value = {"a": list(range(1_000))}

    (payload,) = _read("\ufeff" + json.dumps(value, indent=indent))

    assert payload.value == value
    assert [fault.rule for fault in payload.faults] == ["not-json"]


@pytest.mark.parametrize("first", ['{"a": 1, ', '{"a": "', "{]", '{"a": NaN}', "garbage"])
def test_json_lines_may_begin_with_a_broken_one(first: str) -> None:
    read = _read(f"{first}\n" + 3 * GOOD)

    assert [payload.readable for payload in read] == [False, True, True, True]


@settings(deadline=None, max_examples=200)
@given(st.binary() | st.text('{}[]:,"\\\n\r\t 01.eE-u€aNlruefts\ufeff').map(str.encode))
def test_no_file_is_a_traceback_and_every_blank_line_is_skipped(content: bytes) -> None:
    read = _read(content)

    assert all(payload.readable or payload.faults for payload in read)
    assert all(fault.at.line and fault.at.column for each in read for fault in each.faults)
    assert bool(read) is bool(content.strip(b" \t\r\n"))


class _Endless:
    """A file of good lines that has no end; counts what was taken."""

    def __init__(self, *first: bytes) -> None:
        self.left = list(first)
        self.taken = 0

    def readline(self, _: int) -> bytes:
        self.taken += 1
        return self.left.pop(0) if self.left else GOOD.encode()


@pytest.mark.parametrize(("first", "most"), [((), 5), ((b"{]\n",), 105), ((b'{"a": 1,\n',), 9000)])
def test_json_lines_are_read_as_they_are_taken(first: tuple[bytes, ...], most: int) -> None:
    """Even after a first line that does not tell what the file is."""
    file = _Endless(*first)

    taken = list(islice(payloads(cast("BinaryIO", file), "file"), 5))

    assert len(taken) == 5
    assert file.taken <= most


@settings(deadline=None, max_examples=200)
@given(st.text('[]{},:"\n \t\r1a\ufeff', max_size=40).map(str.encode), st.booleans())
def test_what_is_recognised_as_json_lines_is_handed_over_whole(
    content: bytes, takes_arrays: bool
) -> None:
    found = recognise(io.BytesIO(content), "file", takes_arrays=takes_arrays)

    if isinstance(found, Lines):
        assert found.head + found.rest.read() == content


def test_a_large_file_of_json_lines_is_recognised_by_its_first_line() -> None:
    file = io.BytesIO(b"\n" + GOOD.encode() * 100_000)

    found = recognise(file, "file")

    assert isinstance(found, Lines)
    assert found.head == b"\n" + GOOD.encode()


@pytest.mark.parametrize(
    "content",
    ['{"a": NaN,\n"b": 1}\n', '[{"a": 1, "a": 2},\n1]\n', "[\n1" + "\n,\n1" * 100 + "\n]"],
)
def test_a_document_may_have_many_lines_that_are_values_or_look_like_some(content: str) -> None:
    assert len(_read(content)) == 1


def test_a_document_that_is_too_large_is_one_fault() -> None:
    content = b'\n{\n  "a": "' + b"x" * LARGEST + b'"\n}\n'

    assert _faults(content) == [(2, 1, "too-large")]


def test_a_line_that_is_too_large_is_a_fault_and_the_next_is_read() -> None:
    large = b'{"a": "' + b"x" * (2 * LARGEST) + b'"}\n'

    assert [payload.readable for payload in _read(large + GOOD.encode())] == [False, True]
    read = _read(GOOD.encode() + large + GOOD.encode())
    assert [(payload.line, payload.readable) for payload in read] == [
        (1, True),
        (2, False),
        (3, True),
    ]


def test_records_are_numbered_without_the_blank_lines() -> None:
    read = _read(f"\n{GOOD}\n\r\n{{\n{GOOD}")

    assert [(payload.line, payload.number) for payload in read] == [(2, 1), (5, 2), (6, 3)]
    assert [fault.record for payload in read for fault in payload.faults] == [2]


def test_a_document_that_breaks_off_is_not_judged_but_a_whole_one_is() -> None:
    whole = b'{\n"a": 1}'
    for content, values in ((whole, [{"a": 1}]), (whole[:-1], [])):
        stream = decoded(io.BytesIO(gzip.compress(content)[:-8]), "file")
        records = payloads(stream, "file")

        assert [next(records).value for _ in values] == values
        with pytest.raises(BrokenInputError):
            next(records)


def test_the_whole_lines_of_an_input_that_breaks_off_are_read() -> None:
    stream = decoded(io.BytesIO(gzip.compress(2 * GOOD.encode() + b'{"a": ', 0)[:-9]), "file")
    records = payloads(stream, "file")

    assert [next(records).value, next(records).value] == [{"a": 1}, {"a": 1}]
    with pytest.raises(BrokenInputError):
        next(records)


@pytest.mark.parametrize(("levels", "rules"), [(200, []), (201, ["too-deep"]), (900, ["too-deep"])])
def test_a_record_may_have_two_hundred_levels(levels: int, rules: list[str]) -> None:
    """However deep the stack of who reads it is."""
    read = _read(f"{'[' * levels}{']' * levels}\n")

    assert [fault.rule for payload in read for fault in payload.faults] == rules


class _Counting(io.RawIOBase):
    """Many lines, of which only those exist that are asked for."""

    def __init__(self, line: bytes, count: int) -> None:
        self.given = 0
        self._line = line
        self._left = count
        self._behind = b""

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any, /) -> int:
        if not self._behind and self._left:
            self._behind, self._left = self._line, self._left - 1
        count = min(len(room), len(self._behind))
        room[:count] = self._behind[:count]
        self._behind = self._behind[count:]
        self.given += count
        return count


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": "' + b"x" * (LARGEST // 2) + b'",,\n',
        b'{"a": "' + b"x" * (LARGEST // 2) + b'"}\n',
        b'{"a": "' + b"x" * (LARGEST // 2) + b"\n",
        b"x" * (LARGEST // 2),
        b" " * (1 << 20),
        b"\n" * (1 << 20),
    ],
    ids=["broken", "good", "open", "endless", "blank", "blank lines"],
)
def test_to_see_what_a_file_is_takes_no_more_than_two_records_of_it(line: bytes) -> None:
    source = _Counting(line, 1_000)

    recognise(cast("BinaryIO", io.BufferedReader(source)), "file")

    assert source.given <= 2 * LARGEST + (1 << 20)


def test_of_a_document_of_very_many_lines_no_line_is_kept_for_itself() -> None:
    source = io.BytesIO(b"[\n" + b"1,\n" * 1_000_000)

    opening = opening_of(source, takes_arrays=True)

    assert opening.shape is Shape.DOCUMENT
    assert opening.raw == source.getvalue()
    assert len(opening.lines) < 1_000


@pytest.mark.parametrize(
    ("following", "shape"),
    [
        (b'{"b": 1}\n', Shape.LINES),
        (b"\n\n", Shape.LINES),
        (b"", Shape.LINES),
        (b', "b": 1}\n', Shape.DOCUMENT),
    ],
)
def test_a_large_line_is_a_record_where_the_next_one_starts_alike(
    following: bytes, shape: Shape
) -> None:
    large = b'{"c": {"a": "' + b"x" * (2 << 20) + b'"}'
    first = large + (b"}\n" if shape is Shape.LINES else b"\n")

    assert opening_of(io.BytesIO(first + following), takes_arrays=True).shape is shape


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        (f"[{'1,' * (MOST_VALUES - 2)}1]", True),
        (f"[{'1,' * MOST_VALUES}1]", False),
        (f'["{"," * (MOST_VALUES + 9)}"]', True),
        (f"[{'{},' * MOST_VALUES}1]", False),
    ],
    ids=["as many", "one more", "in a string", "objects"],
)
@pytest.mark.parametrize("ending", ["", "\n[1]\n"])
def test_a_record_has_so_many_values_at_most(text: str, is_read: bool, ending: str) -> None:
    read = _read(text + ending)

    rules = [fault.rule for payload in read for fault in payload.faults]
    assert rules == ([] if is_read else ["too-large"])
    assert len(read) == 1 + bool(ending)


@pytest.mark.parametrize(
    "broken",
    [
        b'{"a":1}x',
        b'{"a":1,}',
        b'{"a":"\xff"}',
        b'{"a":"\x01"}',
        b"{'a':1}",
        b'{"a":1}{"a":2}',
        b'{"a"',
    ],
    ids=repr,
)
@pytest.mark.parametrize("good", [0, 1, 5])
def test_lines_are_records_where_most_start_as_the_first_which_is_broken(
    broken: bytes, good: int
) -> None:
    read = _read(b"\n".join([broken, *[b'{"a": 1}'] * good, *[broken] * 300, b'{"a": 2}']))

    assert len(read) == good + 302
    assert [payload.value for payload in read if payload.readable] == [{"a": 1}] * good + [{"a": 2}]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"a": 1x,\n"b": 2,\n"c": [\n{"d": 1},\n{"d": 2}\n]}', (1, 8)),
        ('{"a": [\n{"b": 1},\n{"b": 2x},\n{"b": 3}\n]}', (3, 8)),
        ('{"a": 1\n"b": 2}', (2, 1)),
        ("[[1, 2],\n[3, 4x],\n[5, 6]]", (2, 6)),
    ],
)
def test_a_document_that_is_broken_is_one_fault(content: str, place: tuple[int, int]) -> None:
    assert _faults(content) == [(*place, "not-json")]


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ("1  \u00a0", 4),
        ("1 \u2028", 3),
        ("1\x0b", 2),
        ('"a \t ', 4),
        ('{"a": ', 6),
        ('{"a":  \t', 6),
        ("[1,", 4),
    ],
    ids=repr,
)
def test_only_what_json_has_for_blanks_counts_as_such(content: str, column: int) -> None:
    assert _faults(content) == [(1, column, "not-json")]
