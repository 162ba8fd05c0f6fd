"""Remembering: a validator is made once, and made anew when what it is made of has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from recordsmith.config import FILE, Config, find_project, read_config
from recordsmith.drafts import FormatPolicy
from recordsmith.in_process.judging import PayloadValidator
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.sources import SUFFIX, files_of, sources_of
from recordsmith.validation.subject import validator_for

Folder: TypeAlias = str | os.PathLike[str] | None

_Stamp: TypeAlias = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Known:
    """A validator, and the files that it is made of as they were then."""

    validator: PayloadValidator
    config: Config | None
    stamps: Mapping[Path, _Stamp]

    def is_fresh(self) -> bool:
        """Whether all files are as they were, and no schema came or went."""
        files = set(_schemas(self.config))
        return files <= self.stamps.keys() and all(
            _stamp(file) == stamp for file, stamp in self.stamps.items()
        )


_KNOWN: dict[tuple[str, str, str, FormatPolicy | None], _Known] = {}
_LOCK = Lock()


def remembered(word: str, project: Folder, formats: FormatPolicy | None) -> PayloadValidator:
    """The validator by what the command would be told.  Raises `ProblemsFound`."""
    key = os.getcwd(), os.fspath(project) if project else "", word, formats  # noqa: PTH109
    with _LOCK:
        known = _KNOWN.get(key)
        if known is None or not known.is_fresh():
            known = _KNOWN[key] = _known(word, project, formats)
    return known.validator


def project_around(project: Folder) -> Config | None:
    """The project around a folder, which is one where the user named it."""
    start = Path(project or "").resolve()
    root = find_project(start)
    if root is None and project:
        sentence = "neither this folder nor one above has a [tool.recordsmith] table"
        raise ProblemsFound([Problem(Location(str(start)), "config", sentence)])
    return read_config(root) if root else None


def _known(word: str, project: Folder, formats: FormatPolicy | None) -> _Known:
    start = Path(project or "").resolve()
    settings = {file: _stamp(file) for file in (at / FILE for at in (start, *start.parents))}
    config = project_around(project)
    stamps = settings | {file: _stamp(file) for file in [*_schemas(config), Path(word).absolute()]}
    made = validator_for(word, config, formats)
    roots = config.roots if config else {}
    for uri in made.catalog.others:
        for file in _candidates(uri, roots):
            stamps.setdefault(file, _stamp(file))
    return _Known(PayloadValidator(made, word), config, stamps)


def _schemas(config: Config | None) -> list[Path]:
    return files_of(sources_of(config)) if config else []


def _candidates(uri: str, roots: Mapping[str, Path]) -> Iterator[Path]:
    """The files that may hold, or may come to hold, the document at a URI."""
    found = [
        folder / unquote(uri.removeprefix(prefix)).lstrip("/")
        for prefix, folder in roots.items()
        if uri.startswith(prefix)
    ]
    if uri.startswith("file:"):
        found.append(Path(unquote(urlsplit(uri).path)))
    for file in found:
        yield from (Path(f"{file}{suffix}") for suffix in ("", ".json", SUFFIX))


def _stamp(file: Path) -> _Stamp:
    """What changes when the file does; None where there is none."""
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size
