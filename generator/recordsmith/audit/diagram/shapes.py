"""Shapes: what is drawn of an arrow and of the legend, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from recordsmith.audit.diagram.scene import Arrow, Point, Scene, width_of

ILLEGAL = "no transition of the lifecycle"
TERMINAL = "terminal"
ROUND = 6.0
"""How round a corner of a line is."""
_SWATCH = 34.0
_BETWEEN = 22.0


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the legend: a text, with what it explains to the left of it."""

    at: Point
    text: str
    group: int | None = None


def line_of(arrow: Arrow) -> tuple[Point, ...]:
    """The line, which ends where its head begins."""
    *before, last, end = arrow.points
    return (*before, last, _towards(end, last, _length(arrow) - 1))


def head_of(arrow: Arrow) -> tuple[Point, Point, Point]:
    """The head: a triangle."""
    last, end = arrow.points[-2:]
    base = _towards(end, last, _length(arrow))
    half = 3 + arrow.weight * 0.75
    far = hypot(end.x - last.x, end.y - last.y) or 1.0
    across = Point(-(end.y - last.y) / far * half, (end.x - last.x) / far * half)
    return (
        end,
        Point(base.x + across.x, base.y + across.y),
        Point(base.x - across.x, base.y - across.y),
    )


def _length(arrow: Arrow) -> float:
    return 7 + arrow.weight


def _towards(start: Point, end: Point, distance: float) -> Point:
    """The point at a distance from `start` on the way to `end`."""
    far = hypot(end.x - start.x, end.y - start.y) or 1.0
    share = distance / far
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def near(corner: Point, other: Point) -> Point:
    """The point beside a corner of a line, on the way to the other end, where it begins to turn."""
    far = hypot(other.x - corner.x, other.y - corner.y)
    return _towards(corner, other, min(ROUND, far / 2))


def roundness(height: float) -> float:
    """How round the corners of a box are."""
    return min(6.0, height / 4)


def label_room(arrow: Arrow) -> tuple[Point, Point]:
    """The corners of what is kept free around a label."""
    at, half = arrow.label_at, width_of(arrow.label) / 2 + 2
    return Point(at.x - half, at.y - 7), Point(at.x + half, at.y + 7)


def legend(scene: Scene) -> Iterator[Entry]:
    """The groups, then what a double border and a red line mean."""
    x, y = scene.legend_at.x, scene.legend_at.y
    texts: list[tuple[str, int | None]] = [(name, n) for n, name in enumerate(scene.groups)]
    for text, group in [*texts, (TERMINAL, None), (ILLEGAL, None)]:
        yield Entry(Point(x + _SWATCH, y), text, group)
        x += _SWATCH + width_of(text) + _BETWEEN


def legend_width(scene_groups: tuple[str, ...]) -> float:
    """How wide the legend is."""
    texts = [*scene_groups, TERMINAL, ILLEGAL]
    return sum(_SWATCH + width_of(text) + _BETWEEN for text in texts)


def swatch(entry: Entry) -> tuple[Point, Point]:
    """The corners of the box that an entry explains."""
    return Point(entry.at.x - 28, entry.at.y - 7), Point(entry.at.x - 8, entry.at.y + 7)
