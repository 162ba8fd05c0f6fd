"""`recordsmith validate`."""

from __future__ import annotations

import click

from recordsmith.cli.shared import format_option, reporting


@click.command()
@format_option
@reporting
def validate(format_: str) -> None:
    """Judge payloads by a schema."""
