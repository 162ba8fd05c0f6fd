"""`recordsmith check`."""

from __future__ import annotations

import sys

import click

from recordsmith.cli.shared import FOUND, format_option, reporting
from recordsmith.config import Config

_EPILOG = """
\b
Examples:
  recordsmith check
  recordsmith check | less
"""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command(epilog=_EPILOG)
@format_option
@reporting
def check(config: Config, format_: str) -> None:
    """Fail, with a diff, if the generated files are not up to date.

    Nothing is written.
    """
    from recordsmith import pipeline

    lines = pipeline.check(config)
    for line in lines:
        click.secho(line, fg=_COLOURS.get(line[0]), nl=not line.endswith("\n"))
    shown = config.shown(config.generated)
    if lines:
        click.echo(f"{shown}/ is stale or was edited; run `recordsmith generate`.", err=True)
        sys.exit(FOUND)
    click.echo(f"{shown}/ is what the schemas make.")
