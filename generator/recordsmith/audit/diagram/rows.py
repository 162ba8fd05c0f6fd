"""Rows: which states stand beside which, and how far apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil

from recordsmith.audit.diagram.routing import PORT, Rows, Step
from recordsmith.audit.diagram.scene import width_of
from recordsmith.audit.machine import Machine

MARGIN = 24.0
_PADDING = 12.0
_GAP = 42.0
"""Between two states, at least: an arrow shows that it is one."""


def rows_of(
    machine: Machine, steps: Iterable[Step], texts: Sequence[float]
) -> tuple[Rows, list[float]]:
    """The rows, and how wide each state is drawn; `texts` are the widths of what it says."""
    listed = list(steps)
    upper = machine.path
    lower = tuple(state for state in range(len(texts)) if state not in upper)
    widths = _widths(Rows(upper, lower, dict.fromkeys(range(len(texts)), 0.0)), listed, texts)
    above, below = _line(upper, listed, widths), _line(lower, listed, widths)
    shift = (_center(above) - _center(below)) // PORT * PORT if lower else 0.0
    middles = {state: x - min(shift, 0) for state, x in above.items()}
    middles |= {state: x + max(shift, 0) + PORT / 2 for state, x in below.items()}
    return Rows(upper, lower, middles), widths


def _widths(rows: Rows, steps: list[Step], texts: Sequence[float]) -> list[float]:
    """Wide enough for what a state says, and for the arrows at its busier side."""
    winding = [step for step in steps if not rows.is_straight(step)]
    busy = dict.fromkeys(range(len(texts)), 0)
    for (state, _), ends in rows.ports(winding).items():
        busy[state] = max(busy[state], len(ends))
    return [max(text + 2 * _PADDING, PORT * (busy[state] + 1)) for state, text in enumerate(texts)]


def _line(row: Sequence[int], steps: list[Step], widths: Sequence[float]) -> dict[int, float]:
    """The middles of a row's states, each a multiple of `PORT`."""
    labels = {(step.here, step.there): step.label for step in steps}
    found: dict[int, float] = {}
    left = MARGIN
    for state, following in pairwise((*row, -1)):
        found[state] = ceil((left + widths[state] / 2) / PORT) * PORT
        gap = max(_GAP, width_of(labels.get((state, following), "")) + 26)
        left = found[state] + widths[state] / 2 + gap
    return found


def _center(middles: Mapping[int, float]) -> float:
    return (min(middles.values()) + max(middles.values())) / 2
