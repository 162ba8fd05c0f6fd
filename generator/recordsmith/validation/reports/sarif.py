"""SARIF 2.1.0: results for tools that gather those of many checkers.  OASIS, sarif-v2.1.0."""

from __future__ import annotations

import json
from typing import TextIO

from recordsmith import __version__
from recordsmith.problems import Problem, sarif_driver, sarif_result
from recordsmith.validation.tally import Tally

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HEAD = f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['
"""Written with the first result, for a run that ends before it is reported otherwise."""


class Report:
    """One log; the results come first, since the rules are known at the end only."""

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:  # noqa: ARG002 - for people
        self._out = out
        self._rules: set[str] = set()

    def add(self, problem: Problem) -> None:
        """Write the result."""
        separator = "," if self._rules else _HEAD
        self._rules.add(problem.rule)
        self._out.write(f"{separator}\n{json.dumps(sarif_result(problem))}")

    def close(self, tally: Tally) -> None:
        """Write what all of them share."""
        tool = json.dumps({"driver": sarif_driver(self._rules, __version__)})
        invocation: dict[str, object] = {"executionSuccessful": not tally.interrupted}
        if tally.unreported:
            text = f"{tally.hidden}; nothing in this log tells of them"
            notification = {"level": "warning", "message": {"text": text}}
            invocation["toolExecutionNotifications"] = [notification]
        self._out.write("" if self._rules else _HEAD)
        self._out.write(
            f'\n], "columnKind": "unicodeCodePoints", "invocations": [{json.dumps(invocation)}], '
            f'"tool": {tool}}}]}}\n'
        )
