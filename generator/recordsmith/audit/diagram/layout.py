"""Layout: the path of the lifecycle as a row, the other states as a row below it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, sqrt

from recordsmith.audit.diagram.routing import Channel, Step, Way, ways
from recordsmith.audit.diagram.rows import MARGIN, rows_of
from recordsmith.audit.diagram.scene import TEXT, Arrow, Box, Point, Scene, width_of
from recordsmith.audit.diagram.shapes import legend_width
from recordsmith.audit.tally import Tally
from recordsmith.phrases import printable

_HEAD = 72.0
"""The height of the title, its margin included."""
_LEGEND = 56.0
_LANE = 20.0
"""The height of a lane."""
_NEAR = 24.0
"""From a row to its nearest lane: an arrowhead has room."""
_LINE = 15.0
"""The height of a line of text."""
_THINNEST, _THICKEST = 1.25, 6.0


def scene_of(tally: Tally, title: str, description: str) -> Scene:
    """The steps that were seen, as a diagram."""
    return _Layout(tally).scene(title, description)


class _Layout:
    """Finds the places of all that there is to draw."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._machine = tally.machine
        self._names = [printable(name) for name in tally.machine.names]
        self._notes = [self._notes_of(state) for state in range(len(self._names))]
        self._counts = {
            Step(here=here, there=there, label=f"{count:,}"): count
            for (here, there), count in sorted(tally.steps.items())
            if here != there
        }
        texts = [
            max(width_of(name, TEXT), *map(width_of, ("", *notes)))
            for name, notes in zip(self._names, self._notes, strict=True)
        ]
        self._rows, self._widths = rows_of(self._machine, self._counts, texts)
        self._ways = ways(self._counts, self._rows)
        self._height = max(map(len, self._notes)) * _LINE + 36
        self._upper = _HEAD + self._depth(Channel.ABOVE) + self._height / 2
        self._lower = self._upper + self._height + self._depth(Channel.BETWEEN)
        last = self._lower if self._rows.lower else self._upper
        self._bottom = last + self._height / 2 + self._depth(Channel.BELOW)

    def scene(self, title: str, description: str) -> Scene:
        """The diagram."""
        boxes = tuple(map(self._box, range(len(self._names))))
        arrows = tuple(self._arrows())
        right = [box.left + box.width for box in boxes]
        right += [arrow.label_at.x + width_of(arrow.label) / 2 for arrow in arrows]
        right += [MARGIN + width_of(title, TEXT + 2), MARGIN + width_of(description)]
        right.append(MARGIN + legend_width(self._groups()))
        return Scene(
            width=ceil(max(right) + MARGIN),
            height=ceil(self._bottom + _LEGEND),
            title=title,
            description=description,
            boxes=boxes,
            arrows=arrows,
            groups=self._groups(),
            legend_at=Point(MARGIN, self._bottom + _LEGEND / 2),
        )

    def _depth(self, channel: Channel) -> float:
        """The height of all lanes of a channel."""
        lanes = [way.lane for way in self._ways.values() if way.channel is channel]
        nothing = 2 * _NEAR if channel is Channel.BETWEEN else 0.0
        return max(lanes) * _LANE + 2 * _NEAR if lanes else nothing

    def _notes_of(self, state: int) -> tuple[str, ...]:
        """What is told of a state beside its name."""
        tally = self._tally
        told = (
            ("first", tally.starts[state]),
            ("again", tally.steps[state, state]),
            ("last", tally.ends[state]),
        )
        return tuple(f"{word} {count:,}" for word, count in told if count)

    def _groups(self) -> tuple[str, ...]:
        return tuple(name for name, states in self._machine.groups if states and name != "terminal")

    def _group_of(self, state: int) -> int | None:
        members = dict(self._machine.groups)
        found = (n for n, group in enumerate(self._groups()) if state in members[group])
        return next(found, None)

    def _box(self, state: int) -> Box:
        return Box(
            middle=Point(self._rows.middles[state], self._y(state)),
            width=self._widths[state],
            height=self._height,
            name=self._names[state],
            notes=self._notes[state],
            group=self._group_of(state),
            is_terminal=state in self._machine.terminal,
        )

    def _y(self, state: int) -> float:
        return self._upper if state in self._rows.upper else self._lower

    def _arrows(self) -> Iterator[Arrow]:
        """The frequent ones last, and the illegal behind them: what is drawn last is on top."""
        most = max(self._counts.values(), default=1)

        def rank(step: Step) -> tuple[bool, int]:
            return not self._tally.is_legal((step.here, step.there)), self._counts[step]

        for step in sorted(self._counts, key=rank):
            share = sqrt(self._counts[step] / most)
            weight = _THINNEST + (_THICKEST - _THINNEST) * share
            way = self._ways.get(step)
            points, label_at = self._laid(step, way) if way else self._straight(step, weight)
            yield Arrow(
                points=points,
                label=step.label,
                label_at=label_at,
                weight=weight,
                is_legal=self._tally.is_legal((step.here, step.there)),
            )

    def _straight(self, step: Step, weight: float) -> tuple[tuple[Point, ...], Point]:
        """From side to side; the label stands above."""
        y = self._y(step.here)
        start = self._rows.middles[step.here] + self._widths[step.here] / 2
        end = self._rows.middles[step.there] - self._widths[step.there] / 2
        return (Point(start, y), Point(end, y)), Point((start + end) / 2 - 3, y - weight / 2 - 11)

    def _laid(self, step: Step, way: Way) -> tuple[tuple[Point, ...], Point]:
        """Out, along the lane, and in; the label stands on the line."""
        lane = self._lane(way)
        points = (
            Point(way.start, self._edge(step.here, way.channel)),
            Point(way.start, lane),
            Point(way.end, lane),
            Point(way.end, self._edge(step.there, way.channel)),
        )
        return points, Point((way.start + way.end) / 2, lane)

    def _lane(self, way: Way) -> float:
        distance = self._height / 2 + _NEAR + way.lane * _LANE
        match way.channel:
            case Channel.ABOVE:
                return self._upper - distance
            case Channel.BETWEEN:
                return self._upper + distance
            case Channel.BELOW:
                return self._lower + distance

    def _edge(self, state: int, channel: Channel) -> float:
        """The side of a state that looks at a channel."""
        is_top = channel is Channel.ABOVE or (
            channel is Channel.BETWEEN and state in self._rows.lower
        )
        return self._y(state) + self._height / (-2 if is_top else 2)
