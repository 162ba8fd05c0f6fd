"""Group: `recordsmith` and all its commands.

A command is imported when it is asked for, and imports what it needs when it runs, so that a run
with little to do stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from recordsmith import __version__
from recordsmith.cli.shared import ending_well
from recordsmith.naming import did_you_mean

_COMMANDS = (
    *("audit", "check", "completion", "explain", "generate", "init", "new", "publish"),
    "validate",
)
"""Each in the module of its name."""

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

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - it is click's
        """The names of all."""
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"recordsmith.cli.{cmd_name}"), cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word; of a word that is none, which may be meant."""
        name = args[0]
        if name not in _COMMANDS and not ctx.resilient_parsing and not name.startswith("-"):
            ctx.fail(f"there is no command `{name}`{did_you_mean(name, _COMMANDS)}")
        return super().resolve_command(ctx, args)

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
