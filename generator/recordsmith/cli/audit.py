"""`recordsmith audit`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from recordsmith.cli.auditing import Run, Wishes
from recordsmith.cli.shared import format_option, known_types, reporting
from recordsmith.cli.times import Span, Time
from recordsmith.config import Config
from recordsmith.problems import ProblemsFound

if TYPE_CHECKING:
    from recordsmith.audit import Tally
    from recordsmith.validation import Validator

_EPILOG = """
\b
Examples:
  recordsmith audit InvocationRecord archive.jsonl
  recordsmith audit InvocationRecord feed.jsonl --order timestamp
  recordsmith audit InvocationRecord archive.jsonl --stuck-for 6h
  recordsmith audit InvocationRecord archive.jsonl --diagram statuses.svg
  recordsmith audit InvocationRecord - --format json < archive.jsonl | tail -1

\b
What is told of, by its rule:
  illegal-transition  the lifecycle (`x-lifecycle`) does not have the step
  out-of-order        an entry is older than the one before  (--order arrival)
  last-status         the record's last state is not its last entry's
  stuck               the record is at no end, and has not got on  (--stuck-…)
  initial             the first entry is not the initial state  (--from-start)
  unreadable-time     an entry's time is none that can be read

An entry that says again what an earlier one says, the same state at the same
time, counts once.  A record that its schema refuses is counted and not
replayed: `recordsmith validate` tells what is wrong with it.

Exit codes: 0 all histories are legal, 1 some are not or some records are
invalid, 2 wrong use, 130 interrupted.
"""


@click.command(epilog=_EPILOG)
@click.argument("type_", metavar="TYPE", shell_complete=known_types)
@click.argument("files", type=click.File("rb"), nargs=-1)
@format_option
@click.option(
    "--order",
    type=click.Choice(["arrival", "timestamp"]),
    default="arrival",
    show_default=True,
    help="How entries follow one another: as they stand, or by their times, in a feed where late"
    " entries are legal.",
)
@click.option(
    "--from-start",
    is_flag=True,
    help="Also tell of histories that do not start with the initial state.",
)
@click.option(
    "--stuck-since",
    type=Time(),
    help="Also tell of records at no end to which nothing has happened since TIME.",
)
@click.option(
    "--stuck-for",
    type=Span(),
    help="The same, for a while: 90s, 15m, 6h, 1d12h before --now.",
)
@click.option("--now", type=Time(), help="What --stuck-for ends at.  [default: the newest entry]")
@click.option(
    "--max-errors",
    type=click.IntRange(min=0),
    metavar="N",
    help="Report no more than N findings; all are counted.",
)
@click.option(
    "--diagram",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the transitions that were seen: an .svg, or a .png with the extra"
    " recordsmith[diagram].",
)
@reporting
def audit(config: Config, /, type_: str, files: tuple[BinaryIO, ...], **wishes: Any) -> None:
    """Replay the histories of records by their lifecycle.

    TYPE is a type whose schema says where its history is (`x-history`): a list of entries, each
    with a state, whose enum has a lifecycle (`x-lifecycle`), and a time.

    FILES hold JSON or JSON Lines, told apart by their content; - is standard input, and so is no
    file at all.

    What is wrong with a history is told with its line and column and its JSON Pointer.  Then come
    the transitions that were seen, as a matrix of counts, and how long records stayed in each
    state.
    """
    wanted = Wishes(**wishes)
    _check(wanted)
    run = Run(wanted, *_subject(config, type_))
    sys.exit(run.run([(file.name, file) for file in files or (sys.stdin.buffer,)]))


def _check(wishes: Wishes) -> None:
    """Refuse wishes that do not go together, before all the work."""
    if wishes.stuck_since and wishes.stuck_for:
        raise click.UsageError("--stuck-since and --stuck-for say the same; write one of them")
    if wishes.now and not wishes.stuck_for:
        raise click.UsageError("--now is what --stuck-for ends at; write --stuck-for, too")
    if wishes.diagram is None:
        return
    from recordsmith.audit.diagram import can_draw

    suffix = wishes.diagram.suffix.lower()
    if suffix not in (".svg", ".png"):
        raise click.UsageError("--diagram draws .svg and .png files")
    if not wishes.diagram.absolute().parent.is_dir():
        raise click.UsageError(f"--diagram: there is no folder {wishes.diagram.parent}")
    if not can_draw(suffix):
        raise click.UsageError(
            "--diagram takes Pillow for a .png: pip install 'recordsmith[diagram]';"
            " an .svg takes nothing"
        )


def _subject(config: Config, type_: str) -> tuple[Validator, Tally]:
    """The judge of a type, and its machine; a type that has none is wrong use."""
    from recordsmith.audit import Tally, machine_of
    from recordsmith.catalog import load
    from recordsmith.sources import sources_of
    from recordsmith.validation import Validator, named

    catalog = load(sources_of(config))
    try:
        document = named(catalog, type_)
        machine = machine_of(catalog, document, config.formats)
    except ProblemsFound as found:
        first = found.problems[0]
        if first.rule in ("unknown-type", "ambiguous-type", "no-history"):
            raise click.UsageError(first.sentence) from found
        raise
    return Validator(catalog, document, formats=config.formats), Tally(machine)
