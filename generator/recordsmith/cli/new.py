"""`recordsmith new`."""

from __future__ import annotations

import click

from recordsmith.cli.shared import format_option, reporting
from recordsmith.config import Config

_EPILOG = """
\b
Examples:
  recordsmith new record billing.Invoice
  recordsmith new enum billing.InvoiceStatus
"""


@click.command(epilog=_EPILOG)
@click.argument("kind", type=click.Choice(["record", "enum"]))
@click.argument("name")
@format_option
@reporting
def new(config: Config, kind: str, name: str, format_: str) -> None:
    """Start a schema file for a record or an enum.

    NAME is its module path and its type: billing.Invoice becomes billing/Invoice.schema.json.
    """
    from recordsmith.scaffold import scaffold

    file = scaffold(config, kind, name)
    click.echo(f"Wrote {config.shown(file)}; edit it, then run `recordsmith generate`.")
