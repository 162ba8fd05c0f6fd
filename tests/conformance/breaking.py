"""Break: change a payload in one to three places, at any depth, or spell it otherwise."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import strategies as st
from tests.conformance.making import ANY, Draw

SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 5.0, 20.999, 1e30, -1e30, 10**30),
    *("", "0", "1", "true", "null", "Dataset", "Queued"),
)
OTHERS = st.sampled_from((*SCALARS, [], {}, [None], [[]], [""], {"": None})).map(copy.deepcopy)
TEXTS = [
    case["payload"]
    for file in sorted(Path(__file__).parent.glob("cases/*.json"))
    for case in json.loads(file.read_text("utf-8"))
    if isinstance(case.get("payload"), str)
]
"""The strings that somebody thought of: dates, durations and members, good and bad."""

Place: TypeAlias = tuple[Any, Any]
"""A container, and a key or an index in it."""


@st.composite
def broken(draw: Draw, payloads: st.SearchStrategy[Any]) -> Any:
    """A payload with one to three changes; some of them do not make it invalid."""
    root = [copy.deepcopy(draw(payloads))]
    for _ in range(draw(st.integers(1, 3))):
        container, key = draw(st.sampled_from(list(_places(root))))
        if draw(st.booleans()):
            container[key] = draw(OTHERS)
        else:
            _twist(draw, container, key)
    return root[0]


@st.composite
def spelled(draw: Draw, payloads: st.SearchStrategy[Any]) -> str:
    """A payload as JSON text; an integer of it may be spelled with a fraction."""
    payload = [copy.deepcopy(draw(payloads))]
    for container, key in _places(payload):
        value = container[key]
        if type(value) is int and abs(value) < 2**900 and int(float(value)) == value:
            container[key] = draw(st.sampled_from((value, value, float(value))))
    indent = draw(st.sampled_from((None, None, 1)))
    return json.dumps(payload[0], ensure_ascii=draw(st.booleans()), indent=indent)


def _places(container: Any) -> Iterator[Place]:
    """Every place in the container, at any depth."""
    keys = container if isinstance(container, dict) else range(len(container))
    for key in keys:
        yield container, key
        if isinstance(container[key], dict | list):
            yield from _places(container[key])


def _twist(draw: Draw, container: Any, key: Any) -> None:
    """Change what stands at the place a little, or drop it."""
    match container[key]:
        case bool() | None:
            container[key] = draw(OTHERS)
        case int() | float() as number:
            near = (number + 1, number - 1, number * 2, number + 0.5, -number, str(number))
            container[key] = draw(st.sampled_from(near)) if abs(number) < 1e300 else 0
        case str() as text:
            near_text = (text[:-1], text + "\n", " " + text, text.swapcase(), [text], text + "0")
            container[key] = draw(st.sampled_from((*near_text, *TEXTS)))
        case list() as items:
            _twist_list(draw, items)
        case dict() as members:
            _twist_object(draw, members)


def _twist_list(draw: Draw, items: list[Any]) -> None:
    if items and draw(st.booleans()):
        items.pop()
    else:
        items.append(draw(st.sampled_from(items) if items and draw(st.booleans()) else ANY))


def _twist_object(draw: Draw, members: dict[str, Any]) -> None:
    if not members or draw(st.integers(0, 3)) == 0:
        members[draw(st.text(max_size=3))] = draw(ANY)
        return
    name = draw(st.sampled_from(sorted(members)))
    value = members.pop(name)
    if draw(st.booleans()):
        members[draw(st.sampled_from((name.upper(), name + "s", "")))] = value
