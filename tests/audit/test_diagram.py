"""The diagram: every step that was seen, apart from all others, as SVG and as PNG."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from tests.audit.conftest import MachineOf
from tests.audit.schemas import SCHEMAS

from recordsmith.audit import Machine, Tally
from recordsmith.audit.diagram import draw
from recordsmith.audit.diagram.layout import scene_of
from recordsmith.audit.diagram.png import png
from recordsmith.audit.diagram.scene import Arrow, Scene, width_of
from recordsmith.audit.diagram.shapes import label_room
from recordsmith.audit.diagram.svg import svg

SVG = "{http://www.w3.org/2000/svg}"
Rectangle = tuple[float, float, float, float]


def tally_of(machine: Machine, share: float, seed: int = 1) -> Tally:
    """Some of all steps that could be, legal or not."""
    chance = random.Random(seed)  # noqa: S311
    tally = Tally(machine)
    states = range(len(machine.names))
    for here in states:
        tally.starts[here] = chance.randrange(3)
        for there in states:
            if chance.random() < share:
                tally.steps[here, there] = int(10 ** chance.uniform(0, 6))
    return tally


@pytest.fixture(params=[0.0, 0.1, 0.4, 1.0])
def scene(flagship: Machine, request: pytest.FixtureRequest) -> Scene:
    return scene_of(tally_of(flagship, request.param), "Title", "Description")


def room_of(arrow: Arrow) -> Rectangle:
    corner, other = label_room(arrow)
    return corner.x, corner.y, other.x, other.y


def boxes(scene: Scene) -> list[Rectangle]:
    return [(box.left, box.top, box.left + box.width, box.top + box.height) for box in scene.boxes]


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_no_two_labels_and_no_two_states_overlap(scene: Scene) -> None:
    drawn = [*boxes(scene), *map(room_of, scene.arrows)]

    assert [pair for pair in combinations(drawn, 2) if overlap(*pair)] == []


def pieces(arrow: Arrow) -> Iterator[Rectangle]:
    """The straight pieces of an arrow, as thin rectangles."""
    for start, end in zip(arrow.points, arrow.points[1:], strict=False):
        low, high = sorted((start.x, end.x)), sorted((start.y, end.y))
        yield low[0], high[0], low[1], high[1]


def is_along(one: Rectangle, other: Rectangle) -> bool:
    """Whether two pieces run on each other, and do not only cross."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return (across >= 0 and down > 2) or (down >= 0 and across > 2)


def test_no_two_arrows_run_on_each_other(scene: Scene) -> None:
    for one, other in combinations(scene.arrows, 2):
        assert not any(is_along(a, b) for a in pieces(one) for b in pieces(other)), (one, other)


def test_no_arrow_runs_through_a_state(scene: Scene) -> None:
    inner = [(left + 1, top + 1, right - 1, low - 1) for left, top, right, low in boxes(scene)]
    drawn = [piece for arrow in scene.arrows for piece in pieces(arrow)]

    assert [(one, box) for one in drawn for box in inner if overlap(one, box)] == []


def test_all_is_on_the_page(scene: Scene) -> None:
    drawn = [*boxes(scene), *map(room_of, scene.arrows)]

    assert all(one[0] >= 0 and one[1] >= 48 for one in drawn)
    assert all(one[2] <= scene.width and one[3] <= scene.height - 40 for one in drawn)


def test_every_state_has_room_for_what_it_says(scene: Scene) -> None:
    for box in scene.boxes:
        assert box.width > max(map(width_of, (box.name, *box.notes)))


def test_the_path_is_a_row_and_the_others_are_another(flagship: Machine) -> None:
    scene = scene_of(tally_of(flagship, 0.3), "", "")
    upper = min(box.middle.y for box in scene.boxes)

    path = [box.name for box in sorted(scene.boxes, key=lambda box: box.middle.x)]
    in_row = {box.name for box in scene.boxes if box.middle.y == upper}
    assert [name for name in path if name in in_row] == [flagship.names[n] for n in flagship.path]
    assert len({box.middle.y for box in scene.boxes}) == 2


def test_an_arrow_is_as_thick_as_its_step_is_frequent(flagship: Machine) -> None:
    tally = Tally(flagship)
    tally.steps.update({(0, 1): 100_000, (0, 2): 10_000, (5, 0): 10, (3, 3): 7})
    scene = scene_of(tally, "", "")

    weights = {arrow.label: arrow.weight for arrow in scene.arrows}
    assert list(weights) == ["10,000", "100,000", "10"]  # the illegal on top
    assert weights["10"] < weights["10,000"] < weights["100,000"] == 6
    assert [arrow.label for arrow in scene.arrows if not arrow.is_legal] == ["10"]
    assert "again 7" in {note for box in scene.boxes for note in box.notes}


def parsed(tally: Tally) -> ET.Element:
    return ET.fromstring(draw(tally, ".svg"))  # noqa: S314 - it is ours


def test_the_svg_tells_what_it_shows(flagship: Machine) -> None:
    tally = Tally(flagship)
    tally.starts[0] = 20
    tally.steps.update({(0, 1): 12, (1, 0): 3})
    drawn = parsed(tally)

    title, description = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text == "InvocationStatus"
    assert description.text == "20 histories, 15 steps; no transition: 3"
    assert drawn.get("role") == "img"
    assert drawn.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    texts = {text.text for text in drawn.iter(f"{SVG}text")}
    assert {*flagship.names, "12", "3", "running", "terminal", "first 20"} <= texts


def test_the_svg_marks_what_is_illegal_terminal_and_of_a_group(flagship: Machine) -> None:
    tally = Tally(flagship)
    tally.steps.update({(0, 1): 12, (1, 0): 3, (5, 3): 1})
    drawn = parsed(tally)

    kinds = [element.get("class") for element in drawn.iter()]
    assert kinds.count("bad-head") == 2
    assert kinds.count("head") == 1
    assert kinds.count("line bad") == 2 + 1
    assert kinds.count("inner") == 4 + 1
    assert kinds.count("state g0") == 3 + 1


def test_the_svg_is_for_light_and_dark_pages_and_fetches_nothing(flagship: Machine) -> None:
    text = draw(tally_of(flagship, 0.3), ".svg").decode()

    assert "@media (prefers-color-scheme: dark)" in text
    assert text.count("http") == 1
    assert "<script" not in text


def test_the_same_tally_is_drawn_as_the_same_bytes(flagship: Machine) -> None:
    forth, back = tally_of(flagship, 0.5), Tally(flagship)
    for step in reversed(list(forth.steps)):
        back.steps[step] = forth.steps[step]
    back.starts = forth.starts

    assert draw(forth, ".svg") == draw(back, ".svg")
    assert draw(forth, ".png") == draw(back, ".png")


def test_texts_stay_texts(flagship: Machine) -> None:
    hostile = "</title><script>alert(1)</script>&amp;"
    drawn = ET.fromstring(svg(scene_of(tally_of(flagship, 0.5), hostile, hostile)))  # noqa: S314

    assert [element.tag for element in drawn.iter() if "script" in element.tag] == []
    assert [element.text for element in drawn.iter()].count(hostile) == 4


@pytest.mark.parametrize("name", ["Parcel", "Door"])
def test_other_machines_are_drawn_too(machine_from: MachineOf, name: str) -> None:
    machine = machine_from(SCHEMAS, name)
    drawn = parsed(tally_of(machine, 1.0))

    texts = {text.text for text in drawn.iter(f"{SVG}text")}
    assert texts >= set(machine.names)


def test_the_png_is_one_and_twice_as_large_as_the_scene(flagship: Machine) -> None:
    scene = scene_of(tally_of(flagship, 0.3), "Title", "Description")
    content = png(scene)

    assert content.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert struct.unpack(">II", content[16:24]) == (scene.width * 2, scene.height * 2)


def test_a_huge_png_is_coarser_and_not_larger_than_memory(flagship: Machine) -> None:
    tally = tally_of(flagship, 1.0)
    for step in tally.steps:
        tally.steps[step] *= 10**60
    scene = scene_of(tally, "Title", "Description")
    width, height = struct.unpack(">II", png(scene)[16:24])

    assert width < scene.width * 2
    assert width * height <= 17_000_000
