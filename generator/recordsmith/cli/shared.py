"""What the commands share: the project that they work on, and how they report problems."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click

from recordsmith import __version__
from recordsmith.cli import CANNOT, FOUND, after
from recordsmith.cli.interruption import INTERRUPTED, raised
from recordsmith.config import Config, find_project, read_config
from recordsmith.phrases import counted
from recordsmith.problems import Location, Problem, ProblemsFound, as_sarif, printable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

_MOST_WARNINGS = 20
"""More of them nobody reads at once."""

format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How problems are reported; json is one object a line.",
)


def known_types(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """The names that a type may have, for a shell: as the last run generated them."""
    from recordsmith.manifest import read_manifest

    try:
        root = find_project(Path.cwd())
        manifest = read_manifest(read_config(root).generated) if root else {}
    except (OSError, ProblemsFound):
        return []
    definitions = manifest.get("definitions")
    entries = definitions.values() if isinstance(definitions, dict) else ()
    names = {str(one["name"]) for one in entries if isinstance(one, dict) and "name" in one}
    times = Counter(name.rpartition(".")[2] for name in names)
    short = {name for name, number in times.items() if number == 1}
    return sorted(name for name in names | short if name.startswith(typed))


def known_types_and_files(
    context: click.Context, parameter: click.Parameter, typed: str
) -> list[CompletionItem]:
    """The names of types; the files, once what is typed is a path or no type begins so."""
    from click.shell_completion import CompletionItem

    names = [] if "/" in typed else known_types(context, parameter, typed)
    return [CompletionItem(name) for name in names] or [CompletionItem(typed, type="file")]


strict_option = click.option(
    "--strict", is_flag=True, help="Take warnings for problems, as `strict = true` does."
)


def report(problems: Iterable[Problem], format_: str) -> None:
    """Print problems to standard output, as they come; SARIF only when all are there."""
    match format_:
        case "sarif":
            click.echo(as_sarif(problems, __version__))
        case "json":
            for problem in problems:
                click.echo(json.dumps(problem.as_json(), ensure_ascii=True))
        case "github" | "junit" | "summary":
            _report_of_records(problems, format_)
        case _:
            for problem in problems:
                click.echo(_as_text(problem))


def _report_of_records(problems: Iterable[Problem], format_: str) -> None:
    """Print problems in a format that has more to tell of records, when there are none."""
    from recordsmith.validation.reports import report as new_report
    from recordsmith.validation.tally import Tally

    told = new_report(format_, sys.stdout)
    for problem in problems:
        told.add(problem)
    told.close(Tally())


def _as_text(problem: Problem) -> str:
    is_warning = problem.severity == "warning"
    colour = "yellow" if is_warning else "red"
    place = click.style(str(problem.at), bold=True)
    kind = click.style("warning: ", fg=colour) if is_warning else ""
    rule = click.style(f"[{problem.rule}]", fg=colour)
    return f"{place}: {kind}{printable(problem.sentence)} {rule}"


def warn(config: Config, warnings: Iterable[Problem], format_: str) -> None:
    """Print what is odd but no problem, as seen from the current folder.

    People get it beside the output, and not too much of it; programs get all, and get it as the
    output.
    """
    here = Path.cwd()
    seen = [_seen_from(here, config.root, warning) for warning in warnings]
    if format_ != "text":
        report(seen, format_)
        return
    for warning in seen[:_MOST_WARNINGS]:
        click.echo(_as_text(warning), err=True)
    if len(seen) > _MOST_WARNINGS:
        left = len(seen) - _MOST_WARNINGS
        click.echo(f"… and {left:,} more; --format json tells all.", err=True)


def conclude(sentence: str, format_: str) -> None:
    """Print how a run ended: where the output is for a program, beside it."""
    click.echo(sentence, err=format_ != "text")


def reporting(
    command: Callable[Concatenate[Config, _Parameters], _Result],
) -> Callable[_Parameters, _Result]:
    """Give a command that has a `format_` the project around the current folder.

    The problems that it raises are reported as seen from that folder, and the exit code is 1.
    """

    @wraps(command)
    def wrapped(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        here = current_folder()
        with _reported(here, kwargs, FOUND):
            root = _project(here)
            return command(read_config(root), *args, **kwargs)

    return wrapped


def reporting_anywhere(
    command: Callable[Concatenate[Config | None, _Parameters], _Result],
) -> Callable[_Parameters, _Result]:
    """Like `reporting`, for a command on records, which can do without a project.

    Where schemas or settings have problems it cannot judge, so the exit code is 2: 1 is for
    records that are invalid.
    """

    @wraps(command)
    def wrapped(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        here = current_folder()
        with _reported(here, kwargs, CANNOT):
            root = find_project(here)
            return command(read_config(root) if root else None, *args, **kwargs)

    return wrapped


def current_folder() -> Path:
    """The current folder; one that was deleted is wrong use."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        sentence = "the current folder is no more; change to one that exists"
        raise click.UsageError(sentence) from error


@contextmanager
def _reported(here: Path, options: Mapping[str, object], code: int) -> Iterator[None]:
    """Report the problems that are raised, in the format that is asked for, and exit."""
    try:
        yield
    except ProblemsFound as found:
        root = _root_around(here)
        format_ = str(options.get("format_", "text"))
        report((_seen_from(here, root, problem) for problem in found.problems), format_)
        click.echo(f"{counted(len(found.problems), 'problem')} found.", err=True)
        sys.exit(code)


def _root_around(here: Path) -> Path:
    """What places are seen from: the project, or `here`, if none can be found."""
    with suppress(ProblemsFound):
        return find_project(here) or here
    return here


@contextmanager
def ending_well() -> Iterator[None]:
    """Tell in a sentence what ends a command that has not ended by itself."""
    try:
        with raised():
            yield
    except OSError as error:
        sys.exit(after(error))
    except KeyboardInterrupt:
        click.echo("Interrupted; nothing is left half done.", err=True)
        sys.exit(INTERRUPTED)


def _project(here: Path) -> Path:
    root = find_project(here)
    if root is None:
        raise click.UsageError(
            "neither this folder nor one above has a pyproject.toml with a [tool.recordsmith]"
            " table; `recordsmith init` writes one"
        )
    return root


def _seen_from(here: Path, root: Path, problem: Problem) -> Problem:
    return replace(problem, at=seen_from(here, root, problem.at))


def seen_from(here: Path, root: Path, at: Location) -> Location:
    """The place with the path to its file from `here`; what is no file below `root` stays."""
    file = root / at.file
    if not os.path.lexists(file):
        return at
    return replace(at, file=Path(os.path.relpath(file, here)).as_posix())
