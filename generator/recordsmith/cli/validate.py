"""`recordsmith validate`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import click

from recordsmith.cli.shared import (
    FOUND,
    INTERRUPTED,
    counted,
    format_option,
    known_types,
    report,
    reporting,
)
from recordsmith.config import Config
from recordsmith.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from recordsmith.validation import Validator

_EPILOG = """
\b
Examples:
  recordsmith validate InvocationRecord record.json
  recordsmith validate InvocationRecord archive.jsonl more.jsonl
  recordsmith validate actions.invocation_record.LogRecord - < logs.jsonl
  recordsmith validate LogRecord logs.jsonl --format json | jq .rule
"""


@dataclass(slots=True)
class _Tally:
    records: int = 0
    invalid: int = 0
    problems: int = 0

    def __str__(self) -> str:
        if not self.invalid:
            return f"{counted(self.records, 'record')}, all valid."
        found = counted(self.problems, "problem")
        return f"{counted(self.records, 'record')}: {self.invalid:,} invalid, {found}."


@click.command(epilog=_EPILOG)
@click.argument("type_", metavar="TYPE", shell_complete=known_types)
@click.argument("files", type=click.File("rb"), nargs=-1)
@format_option
@reporting
def validate(config: Config, type_: str, files: tuple[BinaryIO, ...], format_: str) -> None:
    """Judge payloads by the schema of TYPE.

    FILES hold JSON or JSON Lines, told apart by their content; - is standard input, and so is no
    file at all.  Each violation is reported with its line and column, the JSON Pointer of the
    value, and the rule.

    TYPE is a name such as InvocationRecord, with its module path where that is not enough.
    """
    validator = _validator(config, type_)
    tally = _Tally()
    try:
        report(_judged(validator, files or (sys.stdin.buffer,), tally), format_)
    except KeyboardInterrupt:
        click.echo(f"Interrupted. So far: {tally}", err=True)
        sys.exit(INTERRUPTED)
    click.echo(tally, err=True)
    if tally.invalid:
        sys.exit(FOUND)


def _validator(config: Config, type_: str) -> Validator:
    """The judge of a type; a name that is none is wrong use."""
    from recordsmith import pipeline
    from recordsmith.validation import Validator, named

    catalog = pipeline.read_schemas(config).catalog
    try:
        document = named(catalog, type_)
    except ProblemsFound as unknown:
        raise click.UsageError(unknown.problems[0].sentence) from unknown
    return Validator(catalog, document, formats=config.formats)


def _judged(validator: Validator, files: Iterable[BinaryIO], tally: _Tally) -> Iterator[Problem]:
    from recordsmith.validation import check

    for file in files:
        for verdict in check(validator, file, file.name):
            tally.records += 1
            tally.invalid += not verdict.is_valid
            tally.problems += len(verdict.problems)
            yield from verdict.problems
