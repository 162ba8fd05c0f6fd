"""`recordsmith generate`."""

from __future__ import annotations

from dataclasses import replace

import click

from recordsmith.cli.shared import (
    conclude,
    format_option,
    reporting,
    strict_option,
    warn,
)
from recordsmith.config import Config
from recordsmith.phrases import counted

_EPILOG = """
\b
Examples:
  recordsmith generate
  recordsmith generate --force        replace files that were edited by hand
  recordsmith generate --strict       let a warning be a problem
  recordsmith generate --format json  problems and warnings for a program
"""


@click.command(epilog=_EPILOG)
@click.option("--force", is_flag=True, help="Work even if nothing changed; replace edited files.")
@strict_option
@format_option
@reporting
def generate(config: Config, force: bool, strict: bool, format_: str) -> None:
    """Bring the generated files up to date with the schemas.

    If there is any problem, all problems are reported and no file is touched.  What is odd but no
    problem, such as a keyword that no dialect defines, is a warning.
    """
    from recordsmith.freshness import is_fresh

    config = replace(config, strict=config.strict or strict)
    shown = config.shown(config.generated)
    if not force and is_fresh(config):
        warn(config, (), format_)
        conclude(f"Nothing changed; {shown}/ is up to date.", format_)
        return
    from recordsmith import pipeline

    written = pipeline.generate(config, force=force)
    warn(config, written.warnings, format_)
    conclude(f"Generated {counted(written.artifacts, 'file')} in {shown}/: {written}.", format_)
