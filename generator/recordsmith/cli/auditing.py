"""Auditing: one run of `recordsmith audit`."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recordsmith.cli import FOUND
from recordsmith.cli.interruption import INTERRUPTED
from recordsmith.cli.records import size_of, wants_colour
from recordsmith.phrases import counted
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
    progress: bool


class Run:
    """One run of the command."""

    def __init__(self, wishes: Wishes, inputs: list[Input]) -> None:
        from recordsmith.audit.told import Told
        from recordsmith.cli.progress import Progress
        from recordsmith.validation.reports import report

        self.wishes = wishes
        self.inputs = inputs
        self.told = Told()
        self.reported = 0
        self.progress = Progress(size_of(inputs), wanted=wishes.progress)
        self.colour = wants_colour()
        self.report = report(wishes.format_, sys.stdout, colour=self.colour)

    def run(self, validator: Validator, tally: Tally) -> int:
        """Audit, report, and give the exit code."""
        try:
            self._audit(validator, tally)
        except KeyboardInterrupt:
            self.told.interrupted = True
        self.progress.clear()
        self._conclude(tally)
        if self.wishes.diagram:
            _draw(tally, self.wishes.diagram)
        if self.told.interrupted:
            return INTERRUPTED
        return FOUND if tally.found or tally.count.invalid else 0

    def _audit(self, validator: Validator, tally: Tally) -> None:
        from recordsmith.audit import Auditor
        from recordsmith.audit.running import Running

        def watch(size: int, records: int) -> None:
            self.told.bytes += size
            self.told.records += records
            self.told.invalid = tally.found
            self.progress.show(self.told)

        wishes = self.wishes
        auditor = Auditor(tally, _patience(wishes), wishes.order, from_start=wishes.from_start)
        for problem in Running(validator, auditor, watch).run(self.inputs):
            self._tell(problem)

    def _tell(self, problem: Problem) -> None:
        """Report a problem, unless there were enough."""
        most = self.wishes.max_errors
        if most is None or self.reported < most:
            self.reported += 1
            self.progress.clear()
            self.report.add(problem)
            sys.stdout.flush()

    def _conclude(self, tally: Tally) -> None:
        """Tell what all histories together show: where the report has room for that."""
        from recordsmith.audit import summary, tables, told

        self.told.take(tally)
        self.told.sentence = self._closing(tally)
        if self.wishes.format_ in told.WITHOUT_SUMMARY:
            for problem in told.not_replayed(tally):
                self.report.add(problem)
        self.report.close(self.told)
        match self.wishes.format_:
            case "json":
                counted_up = {"summary": summary.summary(tally, self.wishes.order)}
                sys.stdout.write(f"{json.dumps(counted_up, ensure_ascii=True)}\n")
            case "text" | "summary":
                if self.reported:
                    sys.stdout.write("\n")
                for line in tables.all_of(tally, _WIDTH):
                    sys.stdout.write(f"{self._coloured(line)}\n")
        sys.stdout.flush()
        click.echo(self.told.sentence, err=True)

    def _coloured(self, line: str) -> str:
        if not self.colour:
            return line
        return _ILLEGAL.sub(lambda one: click.style(one[0], fg="red"), line)

    def _closing(self, tally: Tally) -> str:
        count = tally.count
        so_far = "Interrupted. So far: " if self.told.interrupted else ""
        found = f"{counted(tally.found, 'finding')} in {count.faulty:,} of them"
        found += f", {left:,} not shown" if (left := tally.found - self.reported) else ""
        told = found if tally.found else "no findings"
        replayed = counted(count.records - count.invalid, "record")
        sentence = f"{so_far}{replayed} replayed: {told}"
        if count.invalid:
            sentence += (
                f"; {counted(count.invalid, 'record')} invalid and not replayed:"
                " `recordsmith validate` tells why"
            )
        return f"{sentence}."


def _patience(wishes: Wishes) -> Patience:
    from recordsmith.audit.waiting import For, Never, Until

    if wishes.stuck_since:
        return Until(wishes.stuck_since)
    if wishes.stuck_for is None:
        return Never()
    if wishes.now is None:
        return For(wishes.stuck_for)
    try:
        return Until((wishes.now[0] - wishes.stuck_for, wishes.now[1]))
    except OverflowError:  # nothing is as old as that
        return Never()


def _draw(tally: Tally, file: Path) -> None:
    """Draw what was seen; what the file held before stays until all is drawn."""
    from recordsmith.audit.diagram import draw

    drawn = draw(tally, file.suffix.lower())
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(drawn)
    fresh.replace(file)
