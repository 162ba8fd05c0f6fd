"""Equality: which JSON values are equal, as JSON Schema has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def twins(items: Sequence[Any]) -> tuple[int, int] | None:
    """The indexes of the first item that stood there before, the earlier one first."""
    for second, item in enumerate(items):
        for first in range(second):
            if are_equal(items[first], item):
                return first, second
    return None


def are_equal(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(are_equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(are_equal, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)
