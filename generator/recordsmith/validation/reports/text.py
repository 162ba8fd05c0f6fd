"""Text: a line for people, and below it the record and the keyword."""

from __future__ import annotations

from typing import TextIO

from recordsmith.problems import Problem, printable
from recordsmith.validation.tally import Tally

_RED, _YELLOW, _BOLD, _DIM, _END = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Report:
    """Two lines a problem."""

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:
        self._out = out
        self._colour = colour

    def add(self, problem: Problem) -> None:
        """Write the lines."""
        kind, colour = ("warning: ", _YELLOW) if problem.severity == "warning" else ("", _RED)
        place = self._in(_BOLD, str(problem.at))
        rule = self._in(colour, f"[{problem.rule}]")
        sentence = printable(problem.sentence)
        self._out.write(f"{place}: {self._in(colour, kind)}{sentence} {rule}\n")
        told = [f"record {problem.record:,}"] if problem.record else []
        told += [printable(problem.asserted)] if problem.asserted else []
        if told:
            self._out.write(f"    {self._in(_DIM, ' · '.join(told))}\n")

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_END}" if self._colour and text else text

    def close(self, tally: Tally) -> None:
        """The closing sentence is told beside the report."""
