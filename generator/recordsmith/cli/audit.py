"""`recordsmith audit`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recordsmith.cli.auditing import Run, Wishes
from recordsmith.cli.records import (
    inputs_of,
    max_errors_option,
    on_records,
    progress_option,
    wrong_use,
)
from recordsmith.cli.shared import reporting_anywhere
from recordsmith.cli.times import Span, Time
from recordsmith.config import Config

if TYPE_CHECKING:
    from recordsmith.audit import Tally
    from recordsmith.validation import Validator

_EPILOG = """
\b
Examples:
  recordsmith audit InvocationRecord archive.jsonl
  recordsmith audit InvocationRecord feed.jsonl --order timestamp
  recordsmith audit InvocationRecord archive.jsonl --stuck-for 6h
  recordsmith audit InvocationRecord 'archive/*.gz' --diagram statuses.svg
  recordsmith audit InvocationRecord - --format json < archive.jsonl | tail -1

\b
What is told of, by its rule:
  illegal-transition  the lifecycle (`x-lifecycle`) does not have the step
  out-of-order        an entry is older than the one before  (--order arrival)
  last-status         the record's last state is not its last entry's
  stuck               the record is at no end and goes nowhere  (--stuck-for)
  initial             the first entry is not the initial state  (--from-start)
  unreadable-time     an entry's time is none that can be read

An entry that says again what an earlier one says, the same state at the same
time, counts once.  A record that its schema refuses is counted and not
replayed: `recordsmith validate` tells what is wrong with it.

Exit codes: 0 all histories are legal, 1 some are not or some records are
invalid, 2 wrong use, a schema or settings with problems, or the run cannot go
on, 130 interrupted.
"""


@click.command(epilog=_EPILOG)
@on_records("findings", "json is one object a line, the last with all counts")
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
@max_errors_option("findings")
@click.option(
    "--diagram",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the transitions that were seen: an .svg, or a .png with the extra"
    " recordsmith[diagram].",
)
@progress_option
@reporting_anywhere
def audit(config: Config | None, /, type_: str, files: tuple[str, ...], **wishes: Any) -> None:
    """Replay the histories of records by their lifecycle.

    TYPE_OR_SCHEMA is the name of a type of the project, or the path of any JSON Schema, that says
    where its history is (`x-history`): in a list of entries, each with a state, whose enum has a
    lifecycle (`x-lifecycle`), and a time.

    FILES are what `recordsmith validate` takes: JSON, JSON Lines, compressed or not, globs, URLs;
    - is standard input, and so is no file at all.

    What is wrong with a history is told with its line and column and its JSON Pointer.  Then come
    the transitions that were seen, as a matrix of counts, and how long records stayed in each
    state.
    """
    wanted = Wishes(**wishes)
    _check(wanted)
    inputs = inputs_of(files)
    subject = _subject(config, type_)
    sys.exit(Run(wanted, inputs).run(*subject))


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


def _subject(config: Config | None, word: str) -> tuple[Validator, Tally]:
    """The judge of a type, and its machine; a type that has none is wrong use."""
    from recordsmith.audit import Tally, machine_of
    from recordsmith.validation.subject import validator_for

    with wrong_use("unknown-type", "ambiguous-type", "no-history"):
        validator = validator_for(word, config, None)
        machine = machine_of(validator.catalog, validator.document, validator.formats)
        return validator, Tally(machine)
