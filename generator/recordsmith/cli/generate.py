"""`recordsmith generate`."""

from __future__ import annotations

import click

from recordsmith.cli.shared import counted, format_option, reporting
from recordsmith.config import Config

_EPILOG = """
\b
Examples:
  recordsmith generate
  recordsmith generate --force        replace files that were edited by hand
  recordsmith generate --format json  problems for a program
"""


@click.command(epilog=_EPILOG)
@click.option("--force", is_flag=True, help="Work even if nothing changed; replace edited files.")
@format_option
@reporting
def generate(config: Config, force: bool, format_: str) -> None:
    """Bring the generated files up to date with the schemas.

    If there is any problem, all problems are reported and no file is touched.
    """
    from recordsmith.freshness import is_fresh

    shown = config.shown(config.generated)
    if not force and is_fresh(config):
        click.echo(f"Nothing changed; {shown}/ is up to date.")
        return
    from recordsmith import pipeline

    written = pipeline.generate(config, force=force)
    click.echo(f"Generated {counted(written.artifacts, 'file')} in {shown}/: {written}.")
