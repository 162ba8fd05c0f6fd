"""Scene: a state diagram as shapes with places, for whatever draws it."""

from __future__ import annotations

from dataclasses import dataclass

TEXT = 13
"""The height of a state's name."""
SMALL = 11
"""The height of all other text."""
_WIDTH = 0.6
"""Of a character, in relation to its height: as wide as sans-serif fonts have it, and some more."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place; y grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A state, around its middle."""

    middle: Point
    width: float
    height: float
    name: str
    notes: tuple[str, ...]
    group: int | None
    """The number of its group, from 0; None where it has none."""
    is_terminal: bool

    @property
    def left(self) -> float:
        """The left side."""
        return self.middle.x - self.width / 2

    @property
    def top(self) -> float:
        """The upper side."""
        return self.middle.y - self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A step that was seen: straight pieces from state to state, and how often, in their middle."""

    points: tuple[Point, ...]
    label: str
    label_at: Point
    weight: float
    """The width of the line."""
    is_legal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A diagram."""

    width: float
    height: float
    title: str
    description: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    """The rarest first, the illegal last, as they are to be drawn."""
    groups: tuple[str, ...]
    """The names of the groups that boxes have, for the legend."""
    legend_at: Point


def width_of(text: str, size: float = SMALL) -> float:
    """About how wide a text is."""
    return len(text) * size * _WIDTH
