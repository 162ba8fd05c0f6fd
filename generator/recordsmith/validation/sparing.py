"""Sparing: what is wrong with a large record, where that may be more than memory holds.

The engine gives all errors at once, and with each a copy of the value that is at fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recordsmith.problems import escaped
from recordsmith.validation.validator import Validator
from recordsmith.validation.violations import Violation

_MANY = 20_000
"""Values that a record begins with."""
_LONG = 1 << 17
"""Characters that a string begins with."""
_HEAVY = 1 << 20
"""Characters of a record of which some copies are too many."""


def violations(
    validator: Validator, value: Any, size: int, enough: int
) -> tuple[Sequence[Violation], bool]:
    """What is wrong with a value, whose text has `size` characters, and whether that is all.

    If more things than are enough are wrong with the beginning, nobody looks at the rest.  Nor does
    anybody in a heavy record with which one thing is wrong.
    """
    if validator.is_valid(value):
        return (), True
    beginning = _Beginning()
    try:
        part = beginning.of(value, "")
    except RecursionError:  # which the validator knows how to tell
        return validator.first_violations(value), True
    if not beginning.edge:
        return validator.violations(value), True
    found = validator.violations(part, beginning.edge)
    if len(found) > enough:
        return found, False
    if size < _HEAVY:
        return validator.violations(value), True
    return found or validator.first_violations(value), False


class _Beginning:
    """Takes the first values of a value, as they stand in its text."""

    def __init__(self) -> None:
        self.edge: set[str] = set()
        """Pointers to what is not whole; of these a schema might say what is not so."""
        self._left = _MANY

    def of(self, value: Any, pointer: str) -> Any:
        """The value, as far as it belongs to the beginning."""
        self._left -= 1
        if isinstance(value, dict):
            return dict(self._parts(value.items(), pointer, len(value)))
        if isinstance(value, list):
            return [part for _, part in self._parts(enumerate(value), pointer, len(value))]
        if isinstance(value, str) and len(value) > _LONG:
            self.edge.add(pointer)
            return value[:_LONG]
        return value

    def _parts(self, parts: Any, pointer: str, count: int) -> list[tuple[Any, Any]]:
        taken, is_whole = [], True
        for token, part in parts:
            if self._left <= 0:
                break
            below = f"{pointer}/{escaped(str(token))}"
            taken.append((token, self.of(part, below)))
            is_whole = is_whole and below not in self.edge
        if len(taken) < count or not is_whole:
            self.edge.add(pointer)
        return taken
