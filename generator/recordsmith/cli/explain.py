"""`recordsmith explain`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from recordsmith.cli.shared import known_types, reporting, seen_from
from recordsmith.config import Config
from recordsmith.explanation import BY, Entry, Explanation, Keyword, key_of, languages_of
from recordsmith.explanation import explain as explained
from recordsmith.phrases import counted
from recordsmith.problems import Location, ProblemsFound, printable

_EPILOG = """
\b
Examples:
  recordsmith explain
  recordsmith explain InvocationRecord
  recordsmith explain actions.invocation_record.LogRecord --format json
"""
_COLOURS = {"type": "green", "guard": "yellow", "behaviour": "cyan"}
_NARROWEST = 60
_WIDEST = 160
_GAP = 2


@click.command(epilog=_EPILOG)
@click.argument("type_", metavar="[TYPE]", required=False, shell_complete=known_types)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is told; json is one object a line, and complete.",
)
@reporting
def explain(config: Config, type_: str | None, format_: str) -> None:
    """Show what the types say of each keyword, and what the guards.

    A type says what it can, so a value of it cannot be wrong; a guard checks the rest when a value
    is read.  An annotation is for people, and a behaviour adds methods.

    TYPE is a name such as InvocationRecord, with its module path where that is not enough; types
    that are lifted out of a schema have names too.  Without it, all types are listed.
    """
    definitions = _definitions(config)
    if type_ is None:
        _summarise(definitions, format_)
        return
    try:
        key = key_of(definitions, type_)
    except ProblemsFound as unknown:
        raise click.UsageError(unknown.problems[0].sentence) from unknown
    explanation = explained(key, definitions, config)
    at = seen_from(Path.cwd(), config.root, explanation.at)
    if format_ == "json":
        click.echo(json.dumps(explanation.as_json(), ensure_ascii=True))
    else:
        _show(explanation, at)


def _definitions(config: Config) -> Mapping[str, Entry]:
    """What the manifest tells of the types; where it is stale, what it would tell.

    A fresh manifest is read in a fraction of the time that lowering the schemas takes.
    """
    from recordsmith.freshness import is_fresh
    from recordsmith.manifest import read_manifest

    if is_fresh(config):
        definitions: dict[str, Entry] = read_manifest(config.generated)["definitions"]
        return definitions
    from recordsmith import pipeline

    return pipeline.explained(config)


def _summarise(definitions: Mapping[str, Entry], format_: str) -> None:
    ordered = sorted(definitions, key=lambda key: str(definitions[key]["name"]))
    if format_ == "json":
        for key in ordered:
            entry = definitions[key]
            counts = {by: len(entry[by]) for by in BY}
            languages = languages_of(entry)
            told = {"name": entry["name"], "schema": key, "languages": languages, **counts}
            click.echo(json.dumps(told, ensure_ascii=True))
        return
    rows = [(str(definitions[key]["name"]), *_counts(definitions[key])) for key in ordered]
    heading = ("TYPE", "BY TYPE", "BY GUARD")
    width = min(_width() - 2 * (8 + _GAP), max(len(row[0]) for row in (heading, *rows)))
    for index, (name, by_type, by_guard) in enumerate((heading, *rows)):
        colour = _COLOURS["guard"] if index and by_guard != "0" else None
        line = f"{_short(name, width):<{width}}  {by_type:>8}  "
        click.secho(line + click.style(f"{by_guard:>8}", fg=colour), bold=not index or None)
    total = {by: sum(len(entry[by]) for entry in definitions.values()) for by in BY}
    sentence = f"{counted(total['type'], 'keyword')} by type, {total['guard']:,} by guard."
    click.echo(f"\n{counted(len(definitions), 'type')}: {sentence}")


def _counts(entry: Entry) -> Iterable[str]:
    return (f"{len(entry[by]):,}" for by in BY)


def _show(explanation: Explanation, at: Location) -> None:
    click.secho(printable(explanation.name), bold=True)
    longest = max(map(len, ("schema", *explanation.languages)))
    for label, place in (("schema", str(at)), *explanation.languages.items()):
        click.echo(f"  {label:<{longest}}  {place}")
    click.echo()
    _table(explanation.keywords)
    counts = (f"{sum(one.by == by for one in explanation.keywords)} by {by}" for by in BY)
    click.echo(f"\n{', '.join(counts)}.")


def _table(keywords: Iterable[Keyword]) -> None:
    rows = [(_place(one), printable(one.name), one.by, _value(one)) for one in keywords]
    heading = ("AT", "KEYWORD", "BY", "")
    shown = [heading, *rows]
    total = _width()
    words = min(max(len(row[1]) for row in shown), 24)
    by = max(len(row[2]) for row in shown)
    has_values = any(row[3] for row in rows)
    room = total - words - by - _GAP * (3 if has_values else 2)
    places = min(max(len(row[0]) for row in shown), room - (room // 3 if has_values else 0))
    values = room - places
    for index, (place, word, kind, value) in enumerate(shown):
        start = f"{_short(place, places):<{places}}  {_short(word, words):<{words}}  "
        end = f"{'':{by - len(kind)}}  {_cut(value, values)}" if value else ""
        colour = _COLOURS.get(kind) if index else None
        click.secho(f"{start}{click.style(kind, fg=colour)}{end}", bold=not index or None)


def _place(keyword: Keyword) -> str:
    return printable(keyword.pointer.rpartition("/")[0]) or "."


def _value(keyword: Keyword) -> str:
    """What a guard checks."""
    if keyword.by != "guard" or keyword.value is None:
        return ""
    return printable(json.dumps(keyword.value, ensure_ascii=False))


def _width() -> int:
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def _short(text: str, width: int) -> str:
    """The text without its middle, where it is too long; its end tells most."""
    if len(text) <= width:
        return text
    start = (width - 1) // 3
    return f"{text[:start]}…{text[len(text) - (width - 1 - start) :]}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
