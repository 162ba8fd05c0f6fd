"""Spoiling: values one change away from those that a schema accepts, and that it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from hypothesis import strategies as st

from recordsmith.in_process import PayloadValidator
from recordsmith.testing.making import ANY, NOTHING, drawn

_TIMES = 8
"""How many changes to try before another value is drawn."""
_STEPS = (1, -1, 0.5, 100, -100)
"""What is added to a number."""
_LARGE = 2**53
"""Numbers from which on a double may skip whole ones."""

_Path: TypeAlias = tuple[str | int, ...]


def invalid(judge: PayloadValidator) -> st.SearchStrategy[Any]:
    """The values next to valid ones that a validator refuses."""
    accepts = judge.exact.is_valid
    starts = drawn(judge)

    @st.composite
    def made(draw: st.DrawFn) -> Any:
        start = draw(starts)
        value = draw(ANY) if start is NOTHING else start
        for _ in range(_TIMES):
            changed = _changed(draw, value, draw(st.sampled_from([*_paths(value)])))
            if not accepts(changed):
                return changed
        return value

    return made().filter(lambda value: not accepts(value))


def _paths(value: Any, path: _Path = ()) -> Iterator[_Path]:
    """The places in a value, the outermost first."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _paths(value[key], (*path, key))


def _changed(draw: st.DrawFn, value: Any, path: _Path) -> Any:
    """A copy of the value, another at the path."""
    if not path:
        return draw(_others(value))
    key, *rest = path
    copied = value.copy()
    if not rest and draw(st.booleans()):
        del copied[key]
    else:
        copied[key] = _changed(draw, value[key], (*rest,))
    return copied


def _others(value: Any) -> st.SearchStrategy[Any]:
    """What is like a value, and not the same; and what is of another kind."""
    match value:
        case dict():
            like: st.SearchStrategy[Any] = st.text(max_size=4).map(lambda name: {**value, name: 0})
        case list():
            again = [[*value, one] for one in value[:1]]
            like = st.sampled_from([*again, [*value, None]])
        case str():
            like = st.sampled_from([f"{value}~", value[1:], value.swapcase(), ""])
        case int() | float() if not isinstance(value, bool):
            like = st.sampled_from([*_near(value)])
        case _:
            return ANY
    return like | ANY


def _near(number: float) -> Iterator[float]:
    yield -number
    if abs(number) < _LARGE:
        yield from (number + step for step in _STEPS)
    elif isinstance(number, int):
        yield from (number + step for step in _STEPS if isinstance(step, int))
