"""Sparing: what is wrong with a large record, where that may be more than memory holds.

The engine gives all errors at once, and each takes more room than the value that is at fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recordsmith.problems import escaped
from recordsmith.validation.validator import Validator
from recordsmith.validation.wording import Violation

_MANY = 20_000
"""Values that a record begins with."""


def violations(validator: Validator, value: Any, enough: int) -> tuple[Sequence[Violation], bool]:
    """What is wrong with a value, and whether that is all.

    If so many things as are enough are wrong with the beginning, nobody looks at the rest.
    """
    if validator.is_valid(value):
        return (), True
    beginning = _Beginning()
    try:
        part = beginning.of(value, "")
    except RecursionError:  # which the validator knows how to tell
        return validator.violations(value), True
    if beginning.edge:
        found = [one for one in validator.violations(part) if one.pointer not in beginning.edge]
        if len(found) > enough:
            return found, False
    return validator.violations(value), True


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
        return value

    def _parts(self, parts: Any, pointer: str, count: int) -> list[tuple[Any, Any]]:
        taken = []
        for token, part in parts:
            if self._left <= 0:
                break
            taken.append((token, self.of(part, f"{pointer}/{escaped(str(token))}")))
        if len(taken) < count or (taken and f"{pointer}/{escaped(str(taken[-1][0]))}" in self.edge):
            self.edge.add(pointer)
        return taken
