"""Diagram: the steps that were seen, drawn."""

from __future__ import annotations

from importlib.util import find_spec

from recordsmith.audit.tally import Tally


def can_draw(suffix: str) -> bool:
    """Whether a file of that kind can be made here: `.png` takes Pillow."""
    return suffix == ".svg" or (suffix == ".png" and find_spec("PIL") is not None)


def draw(tally: Tally, suffix: str) -> bytes:
    """The bytes of an `.svg` or a `.png` file."""
    from recordsmith.audit.diagram.layout import scene_of

    scene = scene_of(tally, tally.machine.history.states.type, _description(tally))
    if suffix == ".png":
        from recordsmith.audit.diagram.png import png

        return png(scene)
    from recordsmith.audit.diagram.svg import svg

    return svg(scene).encode("utf-8")


def _description(tally: Tally) -> str:
    illegal = sum(count for step, count in tally.steps.items() if not tally.is_legal(step))
    histories, steps = tally.starts.total(), tally.steps.total()
    return f"{histories:,} histories, {steps:,} steps; no transition: {illegal:,}"
