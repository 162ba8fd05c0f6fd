"""Records: what the commands share that read records: their words, options and inputs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from recordsmith.cli.shared import known_types_and_files
from recordsmith.problems import ProblemsFound

if TYPE_CHECKING:
    from recordsmith.validation.inputs import Input

_Command = TypeVar("_Command", bound=Callable[..., Any])

FORMATS = ("text", "json", "sarif", "github", "junit", "summary")


def on_records(things: str, formats: str) -> Callable[[_Command], _Command]:
    """Give a command the words and options that all have which tell of `things` in records."""
    parts: Sequence[Callable[[Any], Any]] = (
        click.argument("type_", metavar="TYPE_OR_SCHEMA", shell_complete=known_types_and_files),
        click.argument("files", metavar="[FILES]...", nargs=-1, type=click.Path(path_type=str)),
        click.option(
            "--format",
            "format_",
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help=f"How {things} are reported; {formats}.",
        ),
    )

    def decorate(command: _Command) -> _Command:
        for part in reversed(parts):
            command = part(command)
        return command

    return decorate


def max_errors_option(things: str) -> Callable[[_Command], _Command]:
    """`--max-errors`, of a command that tells of `things`."""
    return click.option(
        "--max-errors",
        type=click.IntRange(min=0),
        metavar="N",
        help=f"Report no more than N {things}; all are counted.",
    )


progress_option = click.option(
    "--progress/--no-progress", default=True, help="A line on a terminal, on long runs."
)


def inputs_of(words: Sequence[str]) -> list[Input]:
    """The files that the words stand for, or standard input; what is none is wrong use."""
    from recordsmith.validation.inputs import InputError, expand

    if "" in words:
        raise click.UsageError("one of FILES is empty; write a path, or - for standard input")
    try:
        return expand(words or ("-",))
    except InputError as error:
        raise click.UsageError(f"{error.name}: {error.sentence}") from error


def size_of(inputs: Sequence[Input]) -> int | None:
    """The bytes of all inputs; None where that is known only when they are read."""
    sizes = [one.size for one in inputs if one.path]
    return sum(size or 0 for size in sizes) if len(sizes) == len(inputs) else None


@contextmanager
def wrong_use(*rules: str) -> Iterator[None]:
    """Take a problem of one of the rules for wrong use of the command."""
    try:
        yield
    except ProblemsFound as found:
        first = found.problems[0]
        if first.rule not in rules:
            raise
        raise click.UsageError(first.sentence) from found


def wants_colour() -> bool:
    """Whether people read the output on a terminal that they want to be coloured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
