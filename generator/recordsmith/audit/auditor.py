"""Auditor: what is wrong with the histories of records, as problems at their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from recordsmith.audit.findings import Finding, Findings
from recordsmith.audit.replay import End, Order, Replay
from recordsmith.audit.tally import Tally
from recordsmith.audit.waiting import Patience
from recordsmith.phrases import quoted, shown
from recordsmith.problems import Location, Problem, pointer_of
from recordsmith.validation import Payload

_MOST = 100
"""The findings of one record to report; finding the place of each takes a scan of its text."""

Read = Callable[[], Payload]
"""Reads a record as a whole."""


class Auditor:
    """Audits one record after the other."""

    def __init__(
        self,
        tally: Tally,
        patience: Patience,
        order: Order = "arrival",
        *,
        from_start: bool = False,
    ) -> None:
        self.tally = tally
        self._patience = patience
        self._replay = Replay(tally, order, from_start=from_start)
        self._tell = Findings(tally.machine)

    def audit(self, record: Any, read: Read) -> list[Problem]:
        """What is wrong with the history of a valid record, in the order of its text.

        Of `record` only the history is looked at; the record is `read` where something is wrong.
        """
        findings, end = self._replay.replay(record)
        if end is not None:
            self._patience.see(end.at)
            if end.is_open:
                findings += self._stuck(end, read, is_alone=not findings)
        if not findings:
            return []
        self.tally.rules.update(finding.rule for finding in findings)
        payload = read()
        self.tally.of(payload.file).faulty += 1
        told = findings[:_MOST]
        pointers = [pointer_of(one.tokens) for one in told]
        places = payload.places(pointers)
        problems = [
            self._problem(one, payload, places[pointer])
            for one, pointer in zip(told, pointers, strict=True)
        ]
        problems.sort(key=lambda problem: (problem.at.line, problem.at.column))
        if len(findings) > _MOST:
            sentence = f"{len(findings) - _MOST:,} more findings in this record are not shown"
            problems.append(Problem(payload.locate(""), "more", sentence, record=payload.number))
        return problems

    def left(self) -> Iterator[Problem]:
        """What could be told only when all records were seen."""
        for problem, is_alone in self._patience.left():
            self.tally.rules[problem.rule] += 1
            self.tally.of(problem.at.file).faulty += is_alone
            yield problem

    def _stuck(self, end: End, read: Read, *, is_alone: bool) -> list[Finding]:
        is_over = self._patience.is_over(end.at)
        if is_over is False:
            return []
        finding = self._tell.stuck(end.state, end.at, end.place)
        if is_over:
            return [finding]
        payload = read()
        place = payload.locate(pointer_of(finding.tokens))
        problem = self._problem(finding, payload, place)
        self._patience.put_off(end.at, problem, is_alone=is_alone)
        return []

    def _problem(self, finding: Finding, payload: Payload, at: Location) -> Problem:
        value = payload.value
        for token in finding.tokens:
            value = value[token]
        return Problem(
            at,
            finding.rule,
            finding.sentence + self._identity(payload.value),
            record=payload.number,
            value=shown(value),
            asserted=str(finding.asserted),
        )

    def _identity(self, record: Any) -> str:
        """How the record calls itself."""
        name = self.tally.machine.history.identity
        value = record.get(name) if name else None
        return "" if value is None else f" ({quoted(name or '')} {shown(value)})"
