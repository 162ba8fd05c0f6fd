"""JSON: an object a line, for programs."""

from __future__ import annotations

import json
from typing import TextIO

from recordsmith.problems import Problem
from recordsmith.validation.tally import Tally


class Report:
    """A line a problem; as it is ASCII, it is the same in every encoding."""

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:  # noqa: ARG002 - for people
        self._out = out

    def add(self, problem: Problem) -> None:
        """Write the line."""
        self._out.write(f"{json.dumps(problem.as_json(), ensure_ascii=True)}\n")

    def close(self, tally: Tally) -> None:
        """There is no more to tell."""
