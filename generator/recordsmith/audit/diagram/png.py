"""PNG: a scene as a picture, with the font that Pillow brings along."""

from __future__ import annotations

from io import BytesIO
from math import sqrt
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from recordsmith.audit.diagram.scene import SMALL, TEXT, Arrow, Box, Point, Scene
from recordsmith.audit.diagram.shapes import (
    ILLEGAL,
    TERMINAL,
    Entry,
    head_of,
    label_room,
    legend,
    line_of,
    near,
    roundness,
    swatch,
)
from recordsmith.audit.diagram.svg import LIGHT, LIGHT_GROUPS

_SCALE = 2
"""Dots of the picture for one of the scene."""
_FINER = 2
"""Dots that are drawn, in each direction, for one of the picture: so lines get smooth."""
_MOST = 64_000_000
"""Dots that are drawn; a larger scene gets coarser."""
_TURN = (0.0, 0.25, 0.5, 0.75, 1.0)

_Corners: TypeAlias = tuple[Point, Point]


def png(scene: Scene) -> bytes:
    """The bytes of the file."""
    coarser = sqrt(_MOST / (scene.width * scene.height * (_SCALE * _FINER) ** 2))
    painter = _Painter(scene, _SCALE * _FINER * min(1.0, coarser))
    painter.paint(scene)
    size = round(painter.image.width / _FINER), round(painter.image.height / _FINER)
    small = painter.image.resize(size, Image.Resampling.LANCZOS)
    content = BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


class _Painter:
    """Paints shapes; its dots are `scale` to one of the scene."""

    def __init__(self, scene: Scene, scale: float) -> None:
        self._scale = scale
        size = round(scene.width * scale), round(scene.height * scale)
        self.image = Image.new("RGB", size, LIGHT["page"])
        self._draw = ImageDraw.Draw(self.image)

    def paint(self, scene: Scene) -> None:
        """The scene, from what is behind to what is in front."""
        self._text(Point(24, 28), scene.title, "text", anchor="lm", size=TEXT + 2, bold=True)
        self._text(Point(24, 48), scene.description, "soft", anchor="lm")
        for arrow in scene.arrows:
            self._arrow(arrow)
        for arrow in scene.arrows:
            self._draw.rectangle(self._dots(*label_room(arrow)), LIGHT["page"])
            self._text(arrow.label_at, arrow.label, "text" if arrow.is_legal else "bad")
        for box in scene.boxes:
            self._box(box)
        for entry in legend(scene):
            self._legend(entry)

    def _arrow(self, arrow: Arrow) -> None:
        colour = LIGHT["line" if arrow.is_legal else "bad"]
        self._line(_rounded(line_of(arrow)), colour, arrow.weight)
        self._draw.polygon(self._dots(*head_of(arrow)), colour)

    def _box(self, box: Box) -> None:
        corners = (
            Point(box.left, box.top),
            Point(box.left + box.width, box.top + box.height),
        )
        self._state(corners, box.group, is_terminal=box.is_terminal)
        y = box.top + 22
        self._text(Point(box.middle.x, y), box.name, "text", size=TEXT, bold=True)
        for note in box.notes:
            y += 15
            self._text(Point(box.middle.x, y), note, "soft")

    def _legend(self, entry: Entry) -> None:
        corners = swatch(entry)
        if entry.text == ILLEGAL and entry.group is None:
            ends = [Point(one.x, entry.at.y) for one in corners]
            self._line(ends, LIGHT["bad"], 2)
        else:
            is_terminal = entry.text == TERMINAL and entry.group is None
            self._state(corners, entry.group, is_terminal=is_terminal)
        self._text(entry.at, entry.text, "soft", anchor="lm")

    def _state(self, corners: _Corners, group: int | None, *, is_terminal: bool) -> None:
        fill = LIGHT["state"] if group is None else LIGHT_GROUPS[group % len(LIGHT_GROUPS)]
        self._rounded(corners, fill, 1.25)
        if is_terminal:
            inner = (
                Point(corners[0].x + 3, corners[0].y + 3),
                Point(corners[1].x - 3, corners[1].y - 3),
            )
            self._rounded(inner, None, 1)

    def _rounded(self, corners: _Corners, fill: str | None, weight: float) -> None:
        dots, width = self._dots(*corners), round(weight * self._scale)
        radius = roundness(corners[1].y - corners[0].y) * self._scale
        self._draw.rounded_rectangle(dots, radius, fill, LIGHT["line"], width)

    def _line(self, points: list[Point], colour: str, weight: float) -> None:
        width = max(1, round(weight * self._scale))
        self._draw.line(self._dots(*points), colour, width, joint="curve")

    def _text(  # noqa: PLR0913 - what a text looks like
        self,
        at: Point,
        text: str,
        colour: str,
        *,
        anchor: str = "mm",
        size: float = SMALL,
        bold: bool = False,
    ) -> None:
        font = ImageFont.load_default(size * self._scale)
        thicker = self._scale / 10 if bold else 0
        self._draw.text(self._dots(at)[0], text, LIGHT[colour], font, anchor, stroke_width=thicker)

    def _dots(self, *points: Point) -> list[tuple[float, float]]:
        return [(point.x * self._scale, point.y * self._scale) for point in points]


def _rounded(points: tuple[Point, ...]) -> list[Point]:
    """A line whose corners are made of short pieces."""
    first, *corners, last = points
    found = [first]
    before = first
    for corner, after in zip(corners, [*corners, last][1:], strict=True):
        found += _turn(near(corner, before), corner, near(corner, after))
        before = corner
    return [*found, last]


def _turn(start: Point, corner: Point, end: Point) -> list[Point]:
    """Points of the curve that is drawn towards the corner."""
    return [
        Point(*(_at(share, start.x, corner.x, end.x), _at(share, start.y, corner.y, end.y)))
        for share in _TURN
    ]


def _at(share: float, start: float, middle: float, end: float) -> float:
    rest = 1 - share
    return rest * rest * start + 2 * rest * share * middle + share * share * end
