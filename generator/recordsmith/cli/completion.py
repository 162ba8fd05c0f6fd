"""`recordsmith completion`."""

from __future__ import annotations

import click

_EPILOG = """
\b
Examples:
  recordsmith completion bash >> ~/.bashrc
  recordsmith completion zsh  >> ~/.zshrc
  recordsmith completion fish > ~/.config/fish/completions/recordsmith.fish
"""


@click.command(epilog=_EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete commands."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    root = context.find_root()
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    script = kind(root.command, {}, "recordsmith", "_RECORDSMITH_COMPLETE").source()
    click.echo(script)
