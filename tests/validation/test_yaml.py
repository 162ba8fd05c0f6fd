"""YAML is read record by record: by YAML 1.2, as far as JSON has such values."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsmith.validation import Payload, payloads
from recordsmith.validation.payloads import LARGEST

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)  # fmt: skip


def _read(content: str | bytes, *, whole: bool = False, name: str = "file.yaml") -> list[Payload]:
    """The records of a file; a sequence is one record if it is `whole`."""
    raw = content if isinstance(content, bytes) else content.encode()
    return list(payloads(io.BytesIO(raw), name, takes_arrays=whole))


def _told(read: Iterable[Payload]) -> list[Any]:
    """What became of the records: their values, or else the places of their faults."""
    return [
        payload.value
        if payload.readable
        else next((one.at.line, one.at.column, one.rule) for one in payload.faults)
        for payload in read
    ]


def _place(payload: Payload, pointer: str) -> tuple[int, int]:
    at = payload.locate(pointer)
    return at.line, at.column


@settings(deadline=None, max_examples=100)
@given(JSON, st.sampled_from([None, 0, 2]), st.booleans())
def test_json_is_yaml(value: Any, indent: Any, plain: bool) -> None:
    content = json.dumps(value, ensure_ascii=False, indent=indent)

    assert _told(_read(f"- {content}\n" if plain else content, whole=not plain)) == [value]


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        *[(word, None) for word in ("null", "Null", "NULL", "~", "", "!!null ''")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        *[(word, False) for word in ("false", "False", "FALSE", "!!bool 'false'")],
        *[(word, word) for word in ("yes", "on", "y", "tRue", "nULL", "2020-01-01", "12:30:45")],
        *[(word, word) for word in ("1_000", "0b1", "0x", "0o8", "-0x1", "1e", ".", "+", "+.e1")],
        *[("017", 17), ("0o17", 15), ("0xfF", 255), ("-0", 0), ("+12", 12), ("9" * 30, 10**30 - 1)],
        *[("1.", 1.0), (".5", 0.5), ("-1e3", -1000.0), ("1E-2", 0.01), ("0.1", 0.1)],
        *[("'1'", "1"), ('"null"', "null"), ("! 1", "1"), ("!!str 1", "1"), ("!!str", "")],
        *[("!!float 1", 1.0), ("!!int '1'", 1), ("!!map {}", {}), ("!!seq []", []), ("! []", [])],
        *[("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"), ('"\\u00e9\\x41"', "éA")],
        *[("<<", "<<"), ("=", "=")],
    ],
)  # fmt: skip
def test_a_scalar_is_what_yaml_1_2_takes_it_for(scalar: str, value: Any) -> None:
    (payload,) = _read(f"a: {scalar}\n")

    assert _told([payload]) == [{"a": value}]
    assert type(payload.value["a"]) is type(value)


@pytest.mark.parametrize("scalar", [".nan", ".NaN", ".inf", "-.INF", "1e999", "9" * 5000])
def test_a_number_that_json_has_not_is_a_fault(scalar: str) -> None:
    assert _told(_read(f"ok: 1\na: [1, {scalar}]\n")) == [(2, 8, "not-json")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a: 1\nb: {c: 1, d: 2, c: 3}\n", (2, 17, "not-yaml")),
        ("a: 1\n'a': 2\n", (2, 1, "not-yaml")),
        ("a: 1\n2: 3\n", (2, 1, "not-json")),
        ("a: 1\ntrue: 3\n", (2, 1, "not-json")),
        ("a: 1\n? [b]\n: c\n", (2, 3, "not-json")),
        ("a: 1\n? {b: 1}\n: c\n", (2, 3, "not-json")),
        ("a: !mine b\n", (1, 4, "not-json")),
        ("a: !!binary aGk=\n", (1, 4, "not-json")),
        ("a: !!timestamp 2020-01-01\n", (1, 4, "not-json")),
        ("a: !!set {b}\n", (1, 4, "not-json")),
        ("a: !!python/object/apply:os.system ['true']\n", (1, 4, "not-json")),
        ("a: !!int b\n", (1, 4, "not-yaml")),
        ("a: *nowhere\n", (1, 4, "not-yaml")),
        ("a: &b {c: [*b]}\n", (1, 12, "not-json")),
        ("a: {<<: 1, b: 2, <<: 3}\n", (1, 18, "not-yaml")),
        ("a: " + "[" * 300 + "]" * 300, (1, 258, "too-deep")),
        (f"a: &a {'[' * 200}{']' * 200}\nb: {'[' * 62}*a{']' * 62}", (2, 66, "too-deep")),
        ("a: b: c\n", (1, 5, "not-yaml")),
        ("a: [1\nb: 2\n", (2, 2, "not-yaml")),
        ("a: {b: 1", (1, 9, "not-yaml")),
        ("a: 'b\n\n", (1, 6, "not-yaml")),
        ("a:\n\t- b\n", (2, 1, "not-yaml")),
        ("a: b\n c: d\n", (2, 3, "not-yaml")),
        ("a: é\x07\n", (1, 5, "not-yaml")),
        (f"a: {'é' * 30_000}\x07\n", (1, 30_004, "not-yaml")),
        ("a: b\n@c: d\n", (2, 1, "not-yaml")),
        (b"a: \xc3\xa9\n\xc3\xa9: \xff\n", (2, 4, "not-utf-8")),
        (b"\xff\xfea\0:\0", (1, 1, "not-utf-8")),
    ],
)  # fmt: skip
def test_what_is_no_value_is_one_fault_at_its_place(
    content: str | bytes, fault: tuple[int, int, str]
) -> None:
    first, second = _read(_raw(content) + b"\n---\nb: 1\n", whole=True)

    assert _told([first]) == [fault]
    assert [len(first.faults), first.faults[0].record] == [1, 1]
    assert (second.value, second.number) == ({"b": 1}, 2)


def _raw(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


@settings(deadline=None, max_examples=300)
@given(st.binary() | st.text("abn01.:-?[]{},&*!|>'\"%@#~<= \n\t\x85\u2028").map(str.encode))
def test_no_file_is_a_traceback(content: bytes) -> None:
    for whole in (False, True):
        read = _read(content, whole=whole)

        assert [payload.number for payload in read] == list(range(1, len(read) + 1))
        assert all(payload.readable or payload.faults for payload in read)
        assert all(fault.at.line and fault.at.column for one in read for fault in one.faults)


@pytest.mark.parametrize("content", ["", "\n \n", "# nothing\n", "...\n", "# a\n...\n# b\n"])
def test_a_file_without_a_document_has_no_records(content: str) -> None:
    assert _read(content) == []


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("a: 1\n---", (2, 4)),
        ("a: 1\n---\n", (2, 4)),
        ("a: 1\n--- # b\n\n\n", (2, 8)),
        ("a: 1\r\n---\r\n", (2, 4)),
        ("a: 1\n---\n---\nb: 2\n", (2, 4)),
    ],
)
def test_a_document_without_a_value_is_null_at_a_place_that_the_file_has(
    content: str, place: tuple[int, int]
) -> None:
    payload = _read(content)[1]

    assert _told([payload]) == [None]
    assert (payload.line, payload.column) == _place(payload, "") == place


def test_each_document_is_a_record() -> None:
    content = (
        "# first\n%YAML 1.2\n---\na: 1\n"
        "--- # second\nb: |\n  --- no\n   ---\n...\n\n# third\nc: 3\n"
        "---\n--- 'x'\n...\n%TAG ! tag:yaml.org,2002:\n---\nd: !int '4'\n"
    )

    read = _read(content)

    assert _told(read) == [{"a": 1}, {"b": "--- no\n ---\n"}, {"c": 3}, None, "x", {"d": 4}]
    assert [one.line for one in read] == [4, 6, 12, 13, 14, 18]
    assert [one.number for one in read] == [1, 2, 3, 4, 5, 6]


def test_a_sequence_holds_records_where_the_schema_takes_no_arrays() -> None:
    content = "- a: 1\n-   b: 2\n- [3]\n- 4\n---\n[5, {c: 6}]\n---\n[]\n---\nd: 7\n"

    read = _read(content)

    assert _told(read) == [{"a": 1}, {"b": 2}, [3], 4, 5, {"c": 6}, {"d": 7}]
    assert [(one.line, one.column) for one in read[:6]] == [
        (1, 3),
        (2, 5),
        (3, 3),
        (4, 3),
        (6, 2),
        (6, 5),
    ]
    assert _place(read[1], "/b") == (2, 8)
    assert len(_read(content, whole=True)) == 4


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ("{a: 1, a: 2}", (2, 10, "not-yaml")),
        ("a: .nan", (2, 6, "not-json")),
        ("{? [[a], {b: c}] : [d]}", (2, 6, "not-json")),
        ("[!mine {a: [b]}, c]", (2, 4, "not-json")),
        ("[[*a]]", (2, 5, "not-yaml")),
    ],
)
def test_an_item_that_is_no_value_leaves_the_others_as_they_are(
    item: str, fault: tuple[int, int, str]
) -> None:
    read = _read(f"- x: 1\n- {item}\n- y: 2\n---\nz: 3\n")

    assert _told(read) == [{"x": 1}, fault, {"y": 2}, {"z": 3}]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("- a: 1\n- b: [\n- c: 3\n", (3, 1, "not-yaml")),
        ("- a: 1\n- b: \x07\n- c: 3\n", (2, 6, "not-yaml")),
        (b"- a: 1\n- b: \xff\n- c: 3\n", (2, 6, "not-utf-8")),
        (b"- a: 1\n- \xff\n", (2, 3, "not-utf-8")),
        ("- a: 1\n- " + "[" * 100_000 + "\n- c: 3\n", (2, 258, "too-deep")),
        ("- a: 1\n- b: '", (2, 7, "not-yaml")),
        ("- a: 1\nb: 2\n", (2, 1, "not-yaml")),
        ("[{a: 1}, {b: 2", (1, 15, "not-yaml")),
        ("- a: 1\n- b: " + "x" * (LARGEST + (1 << 20)) + "\n- c: 3\n", (2, 3, "too-large")),
    ],
    ids=range(9),
)  # fmt: skip
def test_of_a_sequence_that_breaks_the_items_before_are_read_and_the_rest_is_told_of(
    content: str | bytes, fault: tuple[int, int, str]
) -> None:
    read = _read(_raw(content) + b"\n---\nz: 3\n")

    assert _told(read) == [{"a": 1}, fault, {"z": 3}]
    assert "the rest of the document was not judged" in read[1].faults[0].sentence


def test_an_alias_is_what_it_stands_for() -> None:
    content = "- &a {x: &b [1]}\n- y: *a\n  z: *b\n- ? &k key\n  : *k\n- *k : 1\n- &a new\n- *a\n"

    assert _told(_read(content)) == [
        {"x": [1]}, {"y": {"x": [1]}, "z": [1]}, {"key": "key"}, {"key": 1}, "new", "new",
    ]  # fmt: skip


def test_an_anchor_is_none_of_another_document() -> None:
    assert _told(_read("a: &x 1\n---\nb: *x\n")) == [{"a": 1}, (3, 4, "not-yaml")]
    assert _told(_read("a: &x 1\r---\rb: *x\r")) == [{"a": 1}, (3, 4, "not-yaml")]


def test_two_less_than_signs_are_a_key_like_any_other() -> None:
    """YAML 1.2 merges nothing; YAML 1.1 did."""
    content = "base: &b {x: 1}\none: {<<: *b, y: 3}\ntwo: {'<<': 6}\nthree: {<<: [*b, 4]}\n"

    (payload,) = _read(content)

    assert payload.value == {
        "base": {"x": 1},
        "one": {"<<": {"x": 1}, "y": 3},
        "two": {"<<": 6},
        "three": {"<<": [{"x": 1}, 4]},
    }
    assert _place(payload, "/one/<<") == (2, 11)
    assert _place(payload, "/one/<</x") == (1, 14)


LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 30)
)


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        f"a: &a {'x' * 1_000_000}\nb: [{'*a, ' * 100}]\n",
        "a0: &a0 {x: 1}\n"
        + "".join(
            f"a{i}: &a{i} {{<<: *a{i - 1}, b: *a{i - 1}, c: *a{i - 1}}}\n" for i in range(1, 30)
        ),
    ],
    ids=["billion laughs", "long strings", "mappings"],
)
def test_aliases_make_no_record_larger_than_one_may_be(content: str) -> None:
    ((_, _, rule), second) = _told(_read(content + "---\nb: 1\n"))

    assert (rule, second) == ("too-large", {"b": 1})


def test_each_record_may_be_as_large_as_one_may_be_but_what_has_anchors_adds_up() -> None:
    large = "- " + LAUGHS.split("a6:")[0].replace("\n", "\n  ") + "x: &x [*a5]\n"

    read = _read(large + "- *x\n" * 20 + "- &y [*x, *x, *x]\n" * 5 + "- z\n")

    assert [payload.readable for payload in read] == 23 * [True] + 3 * [False] + [True]


def test_a_value_is_found_where_it_stands() -> None:
    first, second = (
        _read("\n- a\n", whole=True)
        + _read(
            "x: 1\n---\n# é\n\nb: &b\n  - é: 1\n    '': [1, \"q\"]\nd: *b\n? e/f~\n: g: !!str 5\n"
        )[1:]
    )

    assert _place(first, "/0") == (2, 3)
    for pointer, place in {
        "": (5, 1),
        "/b": (5, 4),
        "/b/0": (6, 5),
        "/b/0/é": (6, 8),
        "/b/0//1": (7, 13),
        "/d": (8, 4),
        "/d/0/é": (6, 8),
        "/e~1f~0": (10, 3),
        "/e~1f~0/g": (10, 6),
        "/nowhere": (5, 1),
        "/b/7": (5, 4),
        "/b/x": (5, 4),
    }.items():
        assert (pointer, _place(second, pointer)) == (pointer, place)


def test_only_line_feeds_and_carriage_returns_break_lines() -> None:
    (payload,) = _read("a: x\x85y\u2028 z\r\n'\u2029k': 'b\x85'\r\nc: {d: \"\u2028\"}\r\n")

    assert payload.value == {"a": "x\x85y\u2028 z", "\u2029k": "b\x85", "c": {"d": "\u2028"}}
    assert _place(payload, "/c/d") == (3, 8)


def test_a_byte_order_mark_is_good_yaml() -> None:
    (payload,) = _read("\ufeffa: 1\n")

    assert payload.value == {"a": 1}
    assert _place(payload, "/a") == (1, 4)


def test_the_last_line_needs_no_end() -> None:
    assert _told(_read("- a: 1\n- b: 2\n---\nc: 3")) == [{"a": 1}, {"b": 2}, {"c": 3}]


@pytest.mark.parametrize(
    "name", ["a.yml", "A.YAML", "a.yaml.gz", "a.yml.zst", "https://host/a.yaml?token=1"]
)
def test_a_file_is_yaml_by_its_name(name: str) -> None:
    assert _told(_read("a: 1", name=name)) == [{"a": 1}]


@pytest.mark.parametrize("name", ["<stdin>", "a.json", "yaml", "a.yaml.txt", "a.yaml?"])
def test_no_other_file_is_yaml(name: str) -> None:
    assert _told(_read("a: 1", name=name)) == [(1, 1, "not-json")]


def test_items_are_read_as_they_are_taken() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readline(self, _: int | None = -1, /) -> bytes:
            self.taken += 1
            return b"- {a: 1, b: [1, 2]}\n"

    file = Endless()

    taken = list(islice(payloads(file, "a.yaml", takes_arrays=False), 10_000))  # type: ignore[arg-type]

    assert len(taken) == 10_000
    assert file.taken < 12_000


def test_without_its_library_in_c_pyyaml_reads_the_same() -> None:
    content = (
        LAUGHS + "---\n- a: [1, é, &x {y: .5}]\n- *x\n- {b: 1, b: 2}\n---\n'\u2028': \"\\ud800\"\n"
    )

    code = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from recordsmith.validation import payloads\n"
        "for one in payloads(sys.stdin.buffer, 'a.yaml', takes_arrays=False):\n"
        "    print([one.value, *((f.at.line, f.at.column, f.rule) for f in one.faults)])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], input=content.encode(), capture_output=True, check=True
    ).stdout.decode()

    assert told.splitlines()[1:] == [
        "[{'a': [1, 'é', {'y': 0.5}]}]",
        "[{'y': 0.5}]",
        "[None, (34, 10, 'not-yaml')]",
        "[None, (36, 6, 'not-json')]",
    ]
