"""Spots: where the values of a document stand that is not JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from recordsmith.problems import unescaped

Place: TypeAlias = tuple[int, int]
"""A line and a column, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a value stands, and its parts."""

    place: Place
    parts: Mapping[str, Spot] | Sequence[Spot] | None = None

    def at(self, pointer: str) -> Place:
        """Where the value at `pointer` stands, or its nearest ancestor."""
        spot = self
        for token in map(unescaped, pointer.split("/")[1:]):
            match spot.parts:
                case Mapping() as fields if token in fields:
                    spot = fields[token]
                case Sequence() as items if token.isdecimal() and int(token) < len(items):
                    spot = items[int(token)]
                case _:
                    break
        return spot.place
