"""`recordsmith init`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from recordsmith.cli import FOUND
from recordsmith.cli.shared import current_folder, report
from recordsmith.phrases import counted
from recordsmith.problems import ProblemsFound

_EPILOG = """
\b
Examples:
  recordsmith init                        begin here, with schemas/
  recordsmith init --schemas contracts    use the schemas that are there
  recordsmith init --package shop_types   say what programs will import
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--schemas",
    metavar="FOLDER",
    default="schemas",
    show_default=True,
    help="Where the schemas are, or are to be.",
)
@click.option(
    "--package",
    metavar="NAME",
    help="The package of the generated records.  [default: this folder's name and _records]",
)
def init(schemas: str, package: str | None) -> None:
    """Make a project of this folder.

    Appends a [tool.recordsmith] table, with comments, to pyproject.toml, or writes the file.  What
    is there already stays as it is.  Where there are no schemas yet, two are written to try.
    """
    here = current_folder()
    folder = here / schemas
    below = folder.relative_to(here) if folder.is_relative_to(here) else folder
    try:
        _init(here, below.as_posix(), package)
    except ProblemsFound as found:
        if all(problem.rule == "config" for problem in found.problems):
            sentences = "; ".join(problem.sentence for problem in found.problems)
            raise click.UsageError(sentences) from found
        report(found.problems, "text")
        click.echo(f"{counted(len(found.problems), 'problem')} found.", err=True)
        sys.exit(FOUND)


def _init(root: Path, schemas: str, package: str | None) -> None:
    from recordsmith.beginning import begin, is_begun

    if is_begun(root):
        if click.get_current_context().get_parameter_source("schemas") is not _DEFAULT or package:
            raise click.UsageError(
                "pyproject.toml has a [tool.recordsmith] table already; change the settings there"
            )
        click.echo("pyproject.toml has a [tool.recordsmith] table already; nothing to do.")
        return
    begun = begin(root, schemas, package)
    for file in begun.written:
        click.echo(f"Wrote {file}.")
    if begun.schemas:
        click.echo(f"Found {counted(begun.schemas, 'schema')} in {schemas}/.")
    click.echo("\nNext:")
    module = f"{begun.package}.shop" if not begun.schemas else begun.package
    steps = {
        "recordsmith generate": f"make generated/python, with {begun.package}",
        "recordsmith explain": "see what types say of the schemas, and what guards",
        "pip install -e generated/python": f"let programs import {module}",
    }
    for command, purpose in steps.items():
        click.echo(f"  {command:<31}  {purpose}")


_DEFAULT = click.core.ParameterSource.DEFAULT
