"""Auditing: one run of `recordsmith audit`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recordsmith.cli.shared import FOUND, INTERRUPTED, counted, report
from recordsmith.problems import Problem

if TYPE_CHECKING:
    from recordsmith.audit import Order, Tally
    from recordsmith.audit.instants import Instant
    from recordsmith.audit.waiting import Patience
    from recordsmith.validation import Validator
    from recordsmith.validation.inputs import Input

_WIDTH = 80
_ILLEGAL = re.compile(r"!\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user wants of the run."""

    format_: str
    order: Order
    from_start: bool
    stuck_since: Instant | None
    stuck_for: timedelta | None
    now: Instant | None
    max_errors: int | None
    diagram: Path | None


class Run:
    """One run of the command."""

    def __init__(self, wishes: Wishes, validator: Validator, tally: Tally) -> None:
        self.wishes = wishes
        self.validator = validator
        self.tally = tally
        self.interrupted = False

    def run(self, inputs: Iterable[Input]) -> int:
        """Audit, report, and give the exit code."""
        from recordsmith.audit import Auditor
        from recordsmith.audit.running import Running

        auditor = Auditor(
            self.tally, self._patience(), self.wishes.order, from_start=self.wishes.from_start
        )
        found = Running(self.validator, auditor).run(inputs)
        problems = self._until_interrupted(found)
        report(self._some(problems), self.wishes.format_)
        self._conclude()
        if self.wishes.diagram:
            self._draw(self.wishes.diagram)
        if self.interrupted:
            return INTERRUPTED
        return FOUND if self.tally.found or self.tally.invalid else 0

    def _patience(self) -> Patience:
        from recordsmith.audit.waiting import For, Never, Until

        if self.wishes.stuck_since:
            return Until(self.wishes.stuck_since)
        if self.wishes.stuck_for is None:
            return Never()
        if self.wishes.now is None:
            return For(self.wishes.stuck_for)
        try:
            return Until((self.wishes.now[0] - self.wishes.stuck_for, self.wishes.now[1]))
        except OverflowError:  # nothing is as old as that
            return Never()

    def _until_interrupted(self, problems: Iterator[Problem]) -> Iterator[Problem]:
        try:
            yield from problems
        except KeyboardInterrupt:
            self.interrupted = True

    def _some(self, problems: Iterator[Problem]) -> Iterator[Problem]:
        """As many as are wanted; the others are found, and not told."""
        for number, problem in enumerate(problems):
            if self.wishes.max_errors is None or number < self.wishes.max_errors:
                yield problem

    def _conclude(self) -> None:
        """Tell what all histories together show: beside the report, where that has no place."""
        from recordsmith.audit import summary, tables

        match self.wishes.format_:
            case "json":
                told = {"summary": summary.summary(self.tally, self.wishes.order)}
                click.echo(json.dumps(told, ensure_ascii=True))
            case "text":
                if self.tally.found:
                    click.echo()
                for line in tables.all_of(self.tally, _WIDTH):
                    click.echo(_ILLEGAL.sub(lambda one: click.style(one[0], fg="red"), line))
        click.echo(self._closing(), err=True)

    def _closing(self) -> str:
        tally = self.tally
        so_far = "Interrupted. So far: " if self.interrupted else ""
        found = f"{counted(tally.found, 'finding')} in {tally.faulty:,} of them"
        told = found if tally.found else "no findings"
        sentence = f"{so_far}{counted(tally.replayed, 'record')} replayed: {told}"
        if tally.invalid:
            sentence += (
                f"; {counted(tally.invalid, 'record')} invalid and not replayed:"
                " `recordsmith validate` tells why"
            )
        return f"{sentence}."

    def _draw(self, file: Path) -> None:
        """Draw what was seen; what the file held before stays until all is drawn."""
        from recordsmith.audit.diagram import draw

        drawn = draw(self.tally, file.suffix.lower())
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_bytes(drawn)
        fresh.replace(file)
