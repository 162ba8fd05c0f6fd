"""GitHub: commands by which a workflow marks lines of files.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TextIO

from recordsmith.problems import Problem, printable
from recordsmith.validation.tally import Tally


class Report:
    """A command a problem."""

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:  # noqa: ARG002 - for people
        self._out = out

    def add(self, problem: Problem) -> None:
        """Write the command."""
        at = problem.at
        place = {"file": at.file} | ({"line": at.line, "col": at.column} if at.line else {})
        told = {**place, "title": problem.rule}
        properties = ",".join(f"{key}={_property(str(told[key]))}" for key in told)
        where = f"record {problem.record:,}: " if problem.record else ""
        pointer = f"{at.pointer}: " if at.pointer else ""
        message = _escaped(printable(f"{where}{pointer}{problem.sentence}"))
        kind = "warning" if problem.severity == "warning" else "error"
        self._out.write(f"::{kind} {properties}::{message}\n")

    def close(self, tally: Tally) -> None:
        """Mark the run as a whole, if there is anything to tell."""
        if tally.problems:
            self._out.write(f"::notice title=recordsmith::{_escaped(str(tally))}\n")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(printable(text)).replace(":", "%3A").replace(",", "%2C")
