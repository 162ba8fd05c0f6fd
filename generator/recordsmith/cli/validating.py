"""Validating: one run of `recordsmith validate`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recordsmith.cli import CANNOT, FOUND
from recordsmith.cli.interruption import INTERRUPTED
from recordsmith.cli.records import size_of, wants_colour, wrong_use
from recordsmith.problems import Location, Problem

if TYPE_CHECKING:
    from recordsmith.config import Config
    from recordsmith.drafts import FormatPolicy
    from recordsmith.validation.inputs import Input
    from recordsmith.validation.judging import Judge, Outcome
    from recordsmith.validation.running import Piece
    from recordsmith.validation.splitting import Split
    from recordsmith.validation.workers import Workers

_LARGE = 8 * 2**20
"""Bytes for which it pays to compile the schema at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user wants of the run."""

    format_: str
    max_errors: int | None
    fail_fast: bool
    split: tuple[Path, Path] | None
    workers: int | None
    engine: str
    scheduler: str | None
    formats: FormatPolicy | None
    progress: bool
    own_schema: bool


def _cluster(judge: Judge, address: str | None) -> Workers:
    from recordsmith.validation.cluster import Cluster, ClusterError

    try:
        return Cluster(judge, address)
    except ClusterError as error:
        raise click.UsageError(str(error)) from error


class Run:
    """One run of the command."""

    def __init__(self, wishes: Wishes, inputs: list[Input]) -> None:
        from recordsmith.cli.progress import Progress
        from recordsmith.validation.reports import report
        from recordsmith.validation.tally import Tally

        self.wishes = wishes
        self.inputs = inputs
        self.tally = Tally()
        self.size = size_of(inputs)
        self.progress = Progress(self.size, wanted=wishes.progress)
        self.is_stopped = False
        self.is_split = True
        """Whether all so far could be written apart, if that is wanted."""
        self.hindrance = ""
        """Why the run cannot go on."""
        self.report = report(wishes.format_, sys.stdout, colour=wants_colour())

    def run(self, config: Config | None, type_: str) -> int:
        """Judge, report, and give the exit code."""
        from recordsmith.validation.splitting import SplitError

        judge = self._judge(config, type_)
        workers = self._workers(judge)
        try:
            self._go(judge, workers)
        except KeyboardInterrupt:
            self.tally.interrupted = True
        except SplitError as error:
            self.tally.interrupted = True
            self.hindrance = f"--split cannot write {error}; nothing is split"
        finally:
            self.progress.clear()
            workers.close()
        return self._conclude()

    def _go(self, judge: Judge, workers: Workers) -> None:
        """Judge and report, piece by piece; write the records apart, if that is wanted."""
        from recordsmith.validation.judging import MANY
        from recordsmith.validation.running import run
        from recordsmith.validation.splitting import Split

        split = Split(*self.wishes.split) if self.wishes.split else None
        try:
            enough = 1 if self.wishes.fail_fast else MANY
            for piece in run(self.inputs, judge, workers, enough):
                self._take(piece, split)
                if self.wishes.fail_fast and piece.outcome.problems:
                    self.is_stopped = True
                    break
            if split and self.is_split:
                split.commit()
        finally:
            if split:
                split.discard()

    def _conclude(self) -> int:
        """End the report, tell beside it how the run ended, and give the exit code."""
        self.report.close(self.tally)
        sys.stdout.flush()
        if self.hindrance:
            click.echo(f"Cannot go on: {self.hindrance}. So far: {self.tally}", err=True)
            return CANNOT
        if self.tally.interrupted:
            click.echo(f"Interrupted. So far: {self.tally}", err=True)
            return INTERRUPTED
        click.echo(str(self.tally), err=True)
        if self.is_stopped:
            click.echo("Stopped there: what is behind it was not judged.", err=True)
        if not self.is_split:
            click.echo("Nothing is split, for not all of it could be.", err=True)
        return FOUND if self.tally.problems else 0

    def _judge(self, config: Config | None, type_: str) -> Judge:
        """What judges; a name that is none is wrong use."""
        from recordsmith.validation.judging import BySchema
        from recordsmith.validation.subject import validator_for

        if self.wishes.own_schema:
            from recordsmith.validation.own_schema import OwnSchemas

            return OwnSchemas(config, self.wishes.formats)
        with wrong_use("unknown-type", "ambiguous-type"):
            return BySchema(validator_for(type_, config, self.wishes.formats))

    def _workers(self, judge: Judge) -> Workers:
        from recordsmith.validation.workers import Growing, usable_processors

        if self.wishes.engine == "dask":
            return _cluster(judge, self.wishes.scheduler)
        wanted = self.wishes.workers
        return Growing(
            judge,
            count=usable_processors() if wanted is None else wanted,
            compiles=self.wishes.engine != "exact",
            at_once=self.wishes.engine == "compiled" or (self.size or 0) > _LARGE,
        )

    def _take(self, piece: Piece, split: Split | None) -> None:
        """Write the records of a piece apart, and report it, whatever comes of that."""
        try:
            if split and self.is_split:
                self._split(piece, split)
        finally:
            self._tell(piece)

    def _tell(self, piece: Piece) -> None:
        """Report a piece."""
        problems = self._wanted(piece.outcome)
        self.tally.add(piece.outcome)
        self.tally.of(piece.name).add(piece.outcome)
        self.tally.unreported += len(piece.outcome.problems) - len(problems)
        if problems:
            self.progress.clear()
            for problem in problems:
                self.report.add(problem)
            sys.stdout.flush()
        self.progress.show(self.tally)

    def _wanted(self, outcome: Outcome) -> list[Problem]:
        """The problems to report: not too many."""
        problems = outcome.problems
        most = self.wishes.max_errors
        if most is not None and self.wishes.format_ != "summary":
            problems = problems[: max(0, most - self.tally.problems)]
        return problems

    def _split(self, piece: Piece, split: Split) -> None:
        """Write the records of a piece apart; from then on none, if they cannot be."""
        from recordsmith.validation.inputs import BrokenInputError

        outcome = piece.outcome
        self.is_split = piece.chunk is not None and not outcome.unjudged
        if piece.chunk is None and outcome.records:
            outcome.problems.append(_not_lines(piece.name))
        if piece.chunk is None or not self.is_split:
            return
        try:
            split.add(piece.chunk, outcome.refused)
        except BrokenInputError as error:
            self.is_split = False
            outcome.problems.append(Problem(Location(piece.name), "unreadable", error.sentence))


def _not_lines(name: str) -> Problem:
    sentence = "--split wants JSON Lines, and this is another document; nothing is split"
    return Problem(Location(name), "not-lines", sentence)
