"""Break: change a payload in one to three places, at any depth, or spell it otherwise."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.conformance.making import ANY, Draw

SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 5.0, 20.999, 1e30, -1e30, 10**30),
    *("", "0", "1", "true", "null", "Dataset", "Queued"),
)
OTHERS = st.sampled_from((*SCALARS, [], {}, [None], [[]], [""], {"": None})).map(copy.deepcopy)
WIRE_STRINGS = (
    *("2024-01-02", "03:04:05Z", "2024-01-02T03:04Z", "2024-01-02T03:04:05", "2024-01-02 03:04:05Z"),
    *("2024-01-02T03:04:05+02", "2024-01-02T03:04:05+0200", "2024-01-02T03:04:05+24:00"),
    *("2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "0000-01-01T00:00:00Z"),
    *("2024-01-02T24:00:00Z", "2024-01-02T23:59:60Z", "2024-01-02T03:04:05.Z", "1704164645", "24-1-2"),
    *("20240102T030405Z", "2024-W01-2T03:04:05Z", "+002024-01-02T03:04:05Z", "2024-01-02T03:04:05ZZ"),
    *("2024-01-02T03:04:05,5Z", "٢٠٢٤-01-02T03:04:05Z", "2024-01-02T03:04:05-00:00", "-1", "now"),
    *("P", "PT", "-P", "P1", "P1DT", "1D", "P1D ", "p1d", "+P1D", "P-1D", "P1.5D", "PT1.5H", "PT1,5S"),
    *("PT.5S", "PT5.S", "PT1S1M", "P1D1Y", "P1Y1W", "P1M", "PT1M", "P2W1D", "--P1D", "PT1.1234567S"),
    *("P19999Y364DT23H59M59.999999S", "P20000Y", "P19999Y365D", "P99999999999D", "PT999999999S"),
    *("00:00:05", "5 days, 0:00:00", "3600", "3.5", "PT9999999999S", "P1Y35DT3H", "-PT1S", "P0D"),
)

Place = tuple[Any, Any]
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
            container[key] = draw(st.sampled_from((*near_text, *WIRE_STRINGS)))
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
