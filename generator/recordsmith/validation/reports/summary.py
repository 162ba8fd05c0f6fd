"""Summary: how often each rule is broken at each field, with one example."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TextIO

from recordsmith.problems import Location, Problem, printable
from recordsmith.validation.reports.fields import field_of
from recordsmith.validation.tally import Tally

_MOST = 10_000
"""Groups; what belongs to none of so many is counted together."""
_WIDTH = 80
_BOLD, _DIM, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_OTHERS = ("…", "…", "")


@dataclass(slots=True)
class _Group:
    """The problems of one rule at one field."""

    example: Problem
    count: int = 0
    records: int = 0
    last: tuple[str, int] = ("", 0)


class Report:
    """A table, the most frequent first."""

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:
        self._out = out
        self._colour = colour
        self._groups: dict[tuple[str, str, str], _Group] = {}

    def add(self, problem: Problem) -> None:
        """Count the problem.  All items of an array or a map are one field, `*`.

        What is missing is a field too, which the sentence tells.
        """
        missing = problem.sentence if problem.rule == "required" else ""
        key = problem.rule, field_of(problem) or "/", missing
        if key not in self._groups and len(self._groups) >= _MOST:
            key = _OTHERS
        group = self._groups.setdefault(key, _Group(problem))
        group.count += 1
        record = problem.at.file, problem.record
        group.records += problem.record > 0 and record != group.last
        group.last = record

    def close(self, tally: Tally) -> None:
        """Write the table."""
        if not self._groups:
            return
        listed = sorted(self._groups.items(), key=lambda item: (-item[1].count, item[0]))
        width = 1 + max(5, *(len(f"{group.count:,}") for _, group in listed))
        self._out.write(self._in(_BOLD, f"{'count':>{width}}   share  rule, field") + "\n")
        for (rule, field, _), group in listed:
            share = group.records / tally.invalid if tally.invalid else 0
            head = f"{group.count:>{width},}  {share:6.1%}  "
            margin = " " * len(head)
            for number, line in enumerate(_wrapped(f"{rule} {field}", _WIDTH - len(head))):
                self._out.write(f"{margin if number else head}{line}\n")
            for line in _wrapped(_example(group.example), _WIDTH - len(head)):
                self._out.write(f"{margin}{self._in(_DIM, line)}\n")
        self._out.write("share: of the invalid records, how many have it\n")

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_END}" if self._colour else text


def _example(example: Problem) -> str:
    at = example.at
    return f"{Location(at.file, '', at.line, at.column)}: {example.sentence}"


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines, whatever is in it."""
    return textwrap.wrap(printable(text), max(width, 40), break_on_hyphens=False)
