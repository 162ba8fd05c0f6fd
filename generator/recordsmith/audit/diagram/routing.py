"""Routing: the way of each arrow, so that no two lie on each other and no two labels meet.

An arrow leaves its state upwards or downwards at a place of its own, runs in a lane, and turns into
the other state.  Arrows whose ways overlap run in different lanes; the shorter are nearer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from recordsmith.audit.diagram.scene import width_of

PORT = 14.0
"""The distance of two arrows at one side of a state.

Where the middles of one row are multiples of it, and those of the other lie between these, no two
arrows between the rows lie on each other.
"""
_GAP = 6.0
"""Around a label."""


class Channel(Enum):
    """Where lanes are."""

    ABOVE = "above the upper row"
    BETWEEN = "between the rows"
    BELOW = "below the lower row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An arrow to be laid: from a state to another, by their numbers."""

    here: int
    there: int
    label: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where an arrow leaves, where it arrives, and in which lane it runs; 0 is the nearest."""

    start: float
    end: float
    channel: Channel
    lane: int


@dataclass(frozen=True, slots=True)
class Rows:
    """The states of two rows, and the middles of all."""

    upper: tuple[int, ...]
    lower: tuple[int, ...]
    middles: Mapping[int, float]

    def channel(self, step: Step) -> Channel:
        """Where the step runs."""
        if step.here in self.upper and step.there in self.upper:
            return Channel.ABOVE
        is_below = step.here in self.lower and step.there in self.lower
        return Channel.BELOW if is_below else Channel.BETWEEN

    def is_straight(self, step: Step) -> bool:
        """Whether the step leads to the next state of a row."""
        return any(
            step.here in row and row[row.index(step.here) + 1 :][:1] == (step.there,)
            for row in (self.upper, self.lower)
        )

    def ports(self, steps: Iterable[Step]) -> dict[tuple[int, bool], list[tuple[Step, bool]]]:
        """For each state and its upper or lower side, the steps there, and whether they leave."""
        sides: dict[tuple[int, bool], list[tuple[float, Step, bool]]] = defaultdict(list)
        for step in steps:
            for own, other, leaves in (
                (step.here, step.there, True),
                (step.there, step.here, False),
            ):
                channel = self.channel(step)
                is_top = channel is Channel.ABOVE or (
                    channel is Channel.BETWEEN and own in self.lower
                )
                far = self.middles[other] - self.middles[own]
                crosses_lanes = channel is Channel.BETWEEN and is_top
                rank = far if crosses_lanes or not far else 1 / far
                sides[own, is_top].append((rank, step, leaves))
        return {
            side: [(step, leaves) for _, step, leaves in sorted(ends, key=_rank)]
            for side, ends in sides.items()
        }


def _rank(end: tuple[float, Step, bool]) -> tuple[float, bool, int, int]:
    return end[0], end[2], end[1].here, end[1].there


def ways(steps: Iterable[Step], rows: Rows) -> dict[Step, Way]:
    """The way of each step that is not straight."""
    listed = [step for step in steps if not rows.is_straight(step)]
    at: dict[tuple[Step, bool], float] = {}
    for (state, _), ends in rows.ports(listed).items():
        first = rows.middles[state] - PORT * ((len(ends) - 1) // 2)
        at |= {end: first + PORT * index for index, end in enumerate(ends)}
    found: dict[Step, Way] = {}
    taken: dict[tuple[Channel, int], list[tuple[float, float]]] = defaultdict(list)
    for step in sorted(listed, key=lambda one: (abs(at[one, True] - at[one, False]), one.here)):
        start, end, channel = at[step, True], at[step, False], rows.channel(step)
        low, high = _extent(start, end, step.label)
        lane = 0
        while any(low < other[1] and other[0] < high for other in taken[channel, lane]):
            lane += 1
        taken[channel, lane].append((low, high))
        found[step] = Way(start, end, channel, lane)
    return found


def _extent(start: float, end: float, label: str) -> tuple[float, float]:
    """From where to where a lane is taken: by the line, and by its label."""
    middle, half = (start + end) / 2, max(abs(start - end), width_of(label)) / 2 + _GAP
    return middle - half, middle + half
