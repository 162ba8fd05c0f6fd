"""Tables: what a tally shows, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recordsmith.audit.instants import shown_span
from recordsmith.audit.tally import PERCENTILES, Tally
from recordsmith.phrases import printable

_LONGEST_NAME = 24
_FIRST = "(first)"
"""The row of the states that histories begin with."""
_NOTHING = "-"
_SPAN = len("99.9 min")


def all_of(tally: Tally, width: int) -> Iterator[str]:
    """All tables."""
    yield from transitions(tally, width)
    yield ""
    yield from stays(tally)


def transitions(tally: Tally, width: int) -> Iterator[str]:
    """The matrix of the steps that were seen, in blocks of columns that are not wider than that."""
    names = _names(tally)
    margin = max(map(len, [_FIRST, *names]))
    column = _column_width(tally, width - margin)
    at_once = max(1, (width - margin) // (column + 1))
    yield "Transitions, from the state of the row to that of the column:"
    for start in range(0, len(names), at_once):
        columns = range(start, min(start + at_once, len(names)))
        yield ""
        for part in _headings([names[one] for one in columns], column):
            yield _row("", part, margin, column)
        yield _row(_FIRST, [_count(tally.starts[to]) for to in columns], margin, column)
        for here, name in enumerate(names):
            cells = [_cell(tally, here, there) for there in columns]
            yield _row(name, cells, margin, column)
    yield ""
    yield f"! no transition of the lifecycle   {_NOTHING} one that was not seen"


def _column_width(tally: Tally, width: int) -> int:
    """What the numbers need, and more if that leaves room for the names above them."""
    names = _names(tally)
    counts = [_cell(tally, *step) for step in tally.steps] + [str(n) for n in tally.starts.values()]
    needed = max([len(count.removeprefix("!")) for count in counts], default=1)
    fair = width // len(names) - 1
    return max(needed, min(fair, max(map(len, names))), 4)


def _names(tally: Tally) -> list[str]:
    shown = [printable(name) for name in tally.machine.names]
    return [
        name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…" for name in shown
    ]


def _headings(names: Sequence[str], column: int) -> Iterator[list[str]]:
    """The names in lines as wide as a column."""
    pieces = [[name[at : at + column] for at in range(0, len(name), column)] for name in names]
    for line in range(max(map(len, pieces))):
        yield [piece[line] if line < len(piece) else "" for piece in pieces]


def _cell(tally: Tally, here: int, there: int) -> str:
    count = tally.steps[here, there]
    if tally.is_legal((here, there)):
        return _count(count) if count or here != there else ""
    return f"!{count}" if count else ""


def _count(count: int) -> str:
    return str(count) if count else _NOTHING


def _row(name: str, cells: list[str], margin: int, column: int) -> str:
    """A mark may stand in the space between two columns."""
    return f"{name:{margin}}{''.join(cell.rjust(column + 1) for cell in cells)}".rstrip()


def stays(tally: Tally) -> Iterator[str]:
    """How long records stay in each state, and how many are in it at their histories' end."""
    names = _names(tally)
    margin = max(map(len, names))
    heads = ["stays", *(f"p{one}" for one in PERCENTILES), "max", "last in"]
    yield "Time in each state, until another follows:"
    yield ""
    yield _row("", heads, margin, _SPAN)
    for number, name in enumerate(names):
        seen = tally.stays[number]
        spans = [*map(seen.percentile, PERCENTILES), seen.longest] if seen.count else []
        told = [shown_span(one) for one in spans] or [_NOTHING] * (len(PERCENTILES) + 1)
        cells = [_count(seen.count), *told, _count(tally.ends[number])]
        yield _row(name, cells, margin, _SPAN)
    if not all(seen.is_exact for seen in tally.stays):
        yield ""
        yield "Percentiles of more than 4,096 stays are at most 1 % off."
