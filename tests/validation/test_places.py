"""The places of many entries are those of each."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from recordsmith.problems import pointer_of
from recordsmith.validation.payloads import line_payload
from recordsmith.validation.texts import Payload, Start, json_payload

RECORD = {
    "a": [{"s": "x"}],
    "log/~": [{"s": f"piéton 🚗 {n}", "t": [n, {"log/~": [1]}]} for n in range(40)],
    "z": 1,
}
Tokens = tuple[str | int, ...]

WANTED: list[Tokens] = [
    *(("log/~", n) for n in (39, 3, 4, 5, 0, 17, 18, 20, 21, 22)),
    ("log/~", 5, "t"),
    ("z",),
    ("log/~", 3),
]
TEXTS: list[Callable[[], Payload]] = [
    lambda: line_payload("a", json.dumps(RECORD).encode(), line=7, number=3),
    lambda: line_payload("a", json.dumps(RECORD, ensure_ascii=False).encode(), line=1, number=1),
    lambda: json_payload(Start("a", 2, 5, 9), json.dumps(RECORD, indent=3).encode()),
    lambda: json_payload(
        Start("a"), json.dumps(RECORD, indent="\t", separators=(" ,\r\n", " : ")).encode()
    ),
]


@pytest.mark.parametrize("read", TEXTS)
def test_many_entries_are_found_where_each_is(read: Callable[[], Payload]) -> None:
    payload = read()

    assert payload.places(map(pointer_of, WANTED)) == {
        pointer_of(one): payload.locate(pointer_of(one)) for one in WANTED
    }


@pytest.mark.parametrize("count", [1, 8, 9, 40])
def test_few_entries_are_found_as_many_are(count: int) -> None:
    payload = TEXTS[0]()
    wanted: list[Tokens] = [("log/~", n) for n in range(count)]

    assert list(payload.places(map(pointer_of, wanted)).values()) == [
        payload.locate(pointer_of(one)) for one in wanted
    ]
