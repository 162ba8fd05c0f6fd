"""`recordsmith validate`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recordsmith.cli import CANNOT, FOUND
from recordsmith.cli.interruption import INTERRUPTED
from recordsmith.cli.records import (
    inputs_of,
    max_errors_option,
    on_records,
    progress_option,
    size_of,
    wants_colour,
    wrong_use,
)
from recordsmith.cli.shared import reporting_anywhere
from recordsmith.cli.splits import refuse_loss
from recordsmith.config import Config
from recordsmith.problems import Location, Problem

if TYPE_CHECKING:
    from recordsmith.drafts import FormatPolicy
    from recordsmith.validation.inputs import Input
    from recordsmith.validation.judging import Judge, Outcome
    from recordsmith.validation.running import Piece
    from recordsmith.validation.splitting import Split
    from recordsmith.validation.workers import Workers

_LARGE = 8 * 2**20
"""Bytes for which it pays to compile the schema at once."""

_EPILOG = """
\b
Examples:
  recordsmith validate InvocationRecord record.json
  recordsmith validate LogRecord 'logs/**/*.jsonl.gz' --format summary
  recordsmith validate schemas/wire/Timestamp.schema.json - < times.jsonl
  recordsmith validate LogRecord logs.jsonl --split good.jsonl bad.jsonl
  recordsmith validate LogRecord 's3://bucket/*.zst' --format json | jq .rule
  recordsmith validate --own-schema settings.yaml

Exit codes: 0 all records are valid, 1 some are not, 2 wrong use, a schema or
settings with problems, or the run cannot go on, 130 interrupted.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
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


@click.command(epilog=_EPILOG)
@on_records("violations", "json is one object a line, summary a table")
@max_errors_option("violations")
@click.option("--fail-fast", is_flag=True, help="Stop at the first invalid record.")
@click.option(
    "--split",
    nargs=2,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="GOOD BAD",
    help="Write valid and invalid records, which are JSON Lines, apart, byte for byte.",
)
@click.option(
    "--own-schema",
    is_flag=True,
    help="Judge each record by its own `$schema`; all words are FILES.",
)
@click.option(
    "--formats",
    type=click.Choice(["dialect", "assert", "annotate"]),
    help="Whether `format` asserts: as the draft has it, always, never.  [default: the project's]",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that judge large files.  [default: one for each processor]",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "exact", "compiled", "dask"]),
    default="auto",
    show_default=True,
    help="What judges; all give the same verdicts.  auto compiles the schema for large files.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Of the Dask cluster, for --engine dask.")
@progress_option
@reporting_anywhere
def validate(config: Config | None, /, type_: str, files: tuple[str, ...], **wishes: Any) -> None:
    """Judge payloads by a schema.

    TYPE_OR_SCHEMA is the name of a type of the project, such as InvocationRecord, with its module
    path where that is not enough, or the path of any JSON Schema.

    FILES hold JSON, JSON Lines, YAML or TOML; gzip, zstd, bzip2 and xz are read through.  A JSON
    array is records, unless the schema takes arrays.  A word may be a glob, and any URL that
    fsspec knows; - is standard input, and so is no file at all.

    Each violation is reported with its line and column, the record's number, the JSON Pointer of
    the value, and the keyword of the schema.  Progress and the closing sentence go to standard
    error.
    """
    wanted = _Wishes(**wishes)
    words = (type_, *files) if wanted.own_schema else files
    inputs = inputs_of(words)
    if wanted.split and wanted.fail_fast:
        raise click.UsageError("--split wants all records judged, and --fail-fast not all")
    if wanted.split:
        refuse_loss(wanted.split, [type_, *(one.name for one in inputs)])
    sys.exit(_Run(wanted, inputs).run(config, type_))


def _cluster(judge: Judge, address: str | None) -> Workers:
    from recordsmith.validation.cluster import Cluster, ClusterError

    try:
        return Cluster(judge, address)
    except ClusterError as error:
        raise click.UsageError(str(error)) from error


class _Run:
    """One run of the command."""

    def __init__(self, wishes: _Wishes, inputs: list[Input]) -> None:
        from recordsmith.cli.progress import Progress
        from recordsmith.validation.reports import report
        from recordsmith.validation.tally import Tally

        self.wishes = wishes
        self.inputs = inputs
        self.tally = Tally()
        self.size = size_of(inputs)
        self.progress = Progress(self.size, wanted=wishes.progress)
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
