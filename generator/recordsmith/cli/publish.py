"""`recordsmith publish`."""

from __future__ import annotations

from pathlib import Path

import click

from recordsmith.cli.shared import conclude, format_option, reporting, warn
from recordsmith.config import Config
from recordsmith.phrases import counted

_EPILOG = """
\b
Examples:
  recordsmith publish
  recordsmith publish --out build/schemas
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to publish into.  [default: `published` in [tool.recordsmith]]",
)
@format_option
@reporting
def publish(config: Config, out: Path | None, format_: str) -> None:
    """Write the schemas as other tools and languages read them.

    The single schemas, a compound bundle (each schema with its own $id), a flat bundle (only
    #/$defs/Name) and a manifest with the version and the sha256 of each.
    """
    from recordsmith import pipeline

    folder = Path.cwd() / out if out else config.published
    written = pipeline.publish_to(config, folder)
    warn(config, written.warnings, format_)
    files = counted(written.artifacts, "file")
    conclude(f"Published {files} in {config.shown(folder)}/: {written}.", format_)
