"""`recordsmith validate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from recordsmith.cli.records import (
    inputs_of,
    max_errors_option,
    on_records,
    progress_option,
)
from recordsmith.cli.shared import reporting_anywhere
from recordsmith.cli.splits import refuse_loss
from recordsmith.cli.validating import Run, Wishes
from recordsmith.config import Config

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
    wanted = Wishes(**wishes)
    words = (type_, *files) if wanted.own_schema else files
    inputs = inputs_of(words)
    if wanted.split and wanted.fail_fast:
        raise click.UsageError("--split wants all records judged, and --fail-fast not all")
    if wanted.split:
        refuse_loss(wanted.split, [type_, *(one.name for one in inputs)])
    sys.exit(Run(wanted, inputs).run(config, type_))
