"""SVG: a scene as one file that needs nothing else, for light and dark pages."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

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

LIGHT = {
    "page": "#ffffff",
    "text": "#1f2328",
    "soft": "#59636e",
    "line": "#59636e",
    "bad": "#d1242f",
    "state": "#f6f8fa",
}
DARK = {
    "page": "#0d1117",
    "text": "#f0f6fc",
    "soft": "#9198a1",
    "line": "#9198a1",
    "bad": "#ff7b72",
    "state": "#151b23",
}
LIGHT_GROUPS = ("#cfe4ff", "#d3f3d9", "#fdeebb", "#ecdcff", "#ffdfe3", "#d2f0ee")
DARK_GROUPS = ("#1c3d66", "#17472a", "#4f3f0c", "#41295f", "#5b2029", "#134744")
"""More than six groups have colours again."""
_FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def svg(scene: Scene) -> str:
    """The text of the file."""
    width, height = _number(scene.width), _number(scene.height)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc"'
        f' font-family="{_FONTS}" font-size="{SMALL}">'
    )
    return "\n".join([opening, *_content(scene), "</svg>", ""])


def _content(scene: Scene) -> Iterator[str]:
    yield f'<title id="title">{escape(scene.title)}</title>'
    yield f'<desc id="desc">{escape(scene.description)}</desc>'
    yield f"<style>{_style(LIGHT, LIGHT_GROUPS)}"
    yield f"@media (prefers-color-scheme: dark) {{{_style(DARK, DARK_GROUPS)}}}</style>"
    yield '<rect class="page" width="100%" height="100%"/>'
    yield _text(Point(24, 28), scene.title, "name", anchor="start", size=TEXT + 2)
    yield _text(Point(24, 48), scene.description, "soft", anchor="start")
    for arrow in scene.arrows:
        yield from _arrow(arrow)
    for arrow in scene.arrows:
        yield from _label(arrow)
    for box in scene.boxes:
        yield from _box(box)
    for entry in legend(scene):
        yield from _legend(entry)


def _style(colours: dict[str, str], groups: tuple[str, ...]) -> str:
    kinds = "".join(f".g{number}{{fill:{colour}}}" for number, colour in enumerate(groups))
    return (
        f".page{{fill:{colours['page']}}}"
        f"text{{fill:{colours['text']}}}.name{{font-weight:600}}.soft{{fill:{colours['soft']}}}"
        f".state{{fill:{colours['state']};stroke:{colours['line']};stroke-width:1.25}}{kinds}"
        f".inner{{fill:none;stroke:{colours['line']}}}"
        f".line{{fill:none;stroke:{colours['line']}}}.head{{fill:{colours['line']}}}"
        f".bad{{stroke:{colours['bad']}}}.bad-head{{fill:{colours['bad']}}}"
        f".bad-text{{fill:{colours['bad']}}}"
    )


def _arrow(arrow: Arrow) -> Iterator[str]:
    line, head = ("line", "head") if arrow.is_legal else ("line bad", "bad-head")
    weight = _number(arrow.weight)
    yield f'<path class="{line}" stroke-width="{weight}" d="{_way(line_of(arrow))}"/>'
    yield f'<path class="{head}" d="M{" ".join(map(_point, head_of(arrow)))}Z"/>'


def _label(arrow: Arrow) -> Iterator[str]:
    corner, other = label_room(arrow)
    yield (
        f'<rect class="page" x="{_number(corner.x)}" y="{_number(corner.y)}"'
        f' width="{_number(other.x - corner.x)}" height="{_number(other.y - corner.y)}"/>'
    )
    yield _text(arrow.label_at, arrow.label, "text" if arrow.is_legal else "bad-text")


def _way(points: tuple[Point, ...]) -> str:
    """A line with round corners."""
    first, *corners, last = points
    parts = [f"M{_point(first)}"]
    before = first
    for corner, after in zip(corners, [*corners, last][1:], strict=True):
        parts.append(
            f"L{_point(near(corner, before))}Q{_point(corner)} {_point(near(corner, after))}"
        )
        before = corner
    return "".join([*parts, f"L{_point(last)}"])


def _box(box: Box) -> Iterator[str]:
    kind = "state" if box.group is None else f"state g{box.group % len(LIGHT_GROUPS)}"
    yield _rectangle(Point(box.left, box.top), box.width, box.height, kind)
    if box.is_terminal:
        corner = Point(box.left + 3, box.top + 3)
        yield _rectangle(corner, box.width - 6, box.height - 6, "inner")
    y = box.top + 22
    yield _text(Point(box.middle.x, y), box.name, "name", size=TEXT)
    for note in box.notes:
        y += 15
        yield _text(Point(box.middle.x, y), note, "soft")


def _rectangle(corner: Point, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{_number(corner.x)}" y="{_number(corner.y)}"'
        f' width="{_number(width)}" height="{_number(height)}" rx="{_number(roundness(height))}"/>'
    )


def _legend(entry: Entry) -> Iterator[str]:
    corner, other = swatch(entry)
    size = other.x - corner.x, other.y - corner.y
    if entry.text == ILLEGAL and entry.group is None:
        y = _number(entry.at.y)
        yield (
            f'<path class="line bad" stroke-width="2" d="M{_number(corner.x)} {y}'
            f'L{_number(other.x)} {y}"/>'
        )
    else:
        kind = "state" if entry.group is None else f"state g{entry.group % len(LIGHT_GROUPS)}"
        yield _rectangle(corner, *size, kind)
        if entry.text == TERMINAL and entry.group is None:
            yield _rectangle(Point(corner.x + 3, corner.y + 3), size[0] - 6, size[1] - 6, "inner")
    yield _text(entry.at, entry.text, "soft", anchor="start")


def _text(at: Point, text: str, kind: str, *, anchor: str = "middle", size: float = SMALL) -> str:
    """A text whose middle line is at a place."""
    y = _number(at.y + size * 0.35)
    return (
        f'<text class="{kind}" x="{_number(at.x)}" y="{y}" font-size="{size}"'
        f' text-anchor="{anchor}">{escape(text)}</text>'
    )


def _point(point: Point) -> str:
    return f"{_number(point.x)} {_number(point.y)}"


def _number(number: float) -> str:
    """One decimal, and no more than is needed."""
    return f"{number:.1f}".removesuffix(".0")
