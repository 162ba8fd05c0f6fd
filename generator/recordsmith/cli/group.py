"""Group: `recordsmith` and all its commands.

A command imports what it needs when it runs, so `--help` and a run with nothing to do stay quick.
"""

from __future__ import annotations

from typing import Any

import click

from recordsmith import __version__
from recordsmith.cli.audit import audit
from recordsmith.cli.check import check
from recordsmith.cli.completion import completion
from recordsmith.cli.explain import explain
from recordsmith.cli.generate import generate
from recordsmith.cli.init import init
from recordsmith.cli.new import new
from recordsmith.cli.publish import publish
from recordsmith.cli.shared import ending_well
from recordsmith.cli.validate import validate

_EPILOG = """
\b
Examples:
  recordsmith init                          make a project of this folder
  recordsmith generate                      bring generated/ up to date
  recordsmith check                         fail, with a diff, if it is not
  recordsmith validate InvocationRecord archive.jsonl
  recordsmith explain InvocationRecord      what a type says, and what a guard
  recordsmith new record billing.Invoice

Exit codes: 0 all is well, 1 problems were found, 2 wrong use, or the command
cannot go on, 130 interrupted.
"""


class _Commands(click.Group):
    """Commands that end well, whatever happens: while their words are read, and at work."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """The command's words, read."""
        with ending_well():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with ending_well():
            return super().invoke(ctx)


@click.group(
    cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="recordsmith")
def main() -> None:
    """JSON Schema files in, records with behaviour out.

    The project is the nearest folder upwards whose pyproject.toml has a [tool.recordsmith] table.
    """


for _command in (audit, check, completion, explain, generate, init, new, publish, validate):
    main.add_command(_command)
