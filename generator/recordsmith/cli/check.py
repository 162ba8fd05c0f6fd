"""`recordsmith check`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

import click

from recordsmith.cli import FOUND
from recordsmith.cli.shared import (
    conclude,
    format_option,
    reporting,
    strict_option,
    warn,
)
from recordsmith.config import Config
from recordsmith.problems import Location, Problem

_EPILOG = """
\b
Examples:
  recordsmith check
  recordsmith check | less
  recordsmith check --strict --format sarif > recordsmith.sarif
"""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command(epilog=_EPILOG)
@strict_option
@format_option
@reporting
def check(config: Config, strict: bool, format_: str) -> None:
    """Fail, with a diff, if the generated files are not up to date.

    Nothing is written.  With --format json or sarif, each such file is a problem, and there is no
    diff.
    """
    from recordsmith import pipeline

    checked = pipeline.check(replace(config, strict=config.strict or strict))
    stale = [] if format_ == "text" else [*map(_stale, checked.diffs)]
    warn(config, [*stale, *checked.warnings], format_)
    if format_ == "text":
        _show(checked.diffs)
    shown = config.shown(config.generated)
    if checked.diffs:
        click.echo(f"{shown}/ is stale or was edited; run `recordsmith generate`.", err=True)
        sys.exit(FOUND)
    conclude(f"{shown}/ is what the schemas make.", format_)


def _show(diffs: Mapping[str, list[str]]) -> None:
    for line in chain.from_iterable(diffs.values()):
        click.secho(line, fg=_COLOURS.get(line[0]), nl=not line.endswith("\n"))


def _stale(path: str) -> Problem:
    sentence = "stale, or edited by hand; run `recordsmith generate`"
    return Problem(Location(path), "stale", sentence)
