"""Subject: what payloads are judged by: a type of the project, or a schema in any file."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from recordsmith.catalog import Catalog, Document, Place, load
from recordsmith.config import Config, find_project, read_config
from recordsmith.drafts import FormatPolicy
from recordsmith.index import named
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.sources import Sources, sources_of
from recordsmith.standalone import catalog_from
from recordsmith.validation.validator import Validator

_OTHER = {".yaml": "YAML", ".yml": "YAML", ".toml": "TOML"}
"""The suffixes of texts that are no JSON, and what they are."""


def validator_for(word: str, config: Config | None, formats: FormatPolicy | None) -> Validator:
    """The judge by what the user calls `word`: a type of the project, or a file.

    `formats` is what the user wants; without, it is what the project says.  Raises `ProblemsFound`:
    `unknown-type` and `ambiguous-type` where the word is the mistake.
    """
    if sentence := _no_subject(word):
        raise ProblemsFound([Problem(Location(word), "unknown-type", sentence)])
    if _is_path(word):
        config = _project_of(Path(word), config)
        catalog, document = _from_file(Path(word), config)
    elif config is None:
        raise ProblemsFound([Problem(Location(word), "unknown-type", _outside(word))])
    else:
        catalog = load(sources_of(config))
        document = _named(catalog, word)
    return validator_of(catalog, document.top, config, formats)


def validator_of(
    catalog: Catalog, place: Place, config: Config | None, formats: FormatPolicy | None
) -> Validator:
    """The judge by a schema of a catalog; `formats` goes before what the project says."""
    _resolve_all(catalog)
    policy = formats or (config.formats if config else "dialect")
    return Validator(catalog, place.document, place.at.pointer, policy)


def _no_subject(word: str) -> str:
    """Why the word is neither a name nor the path of a file, by its looks; empty if it may be."""
    if not word.strip():
        return "the word for the schema is empty; write the name of a type, or the path of a schema"
    if "://" in word:
        return f"`{word}` is a URL, and nothing is fetched; write the path of a file that holds it"
    return _folder(word) if _has_slash(word) or word in {os.curdir, os.pardir} else ""


def _folder(word: str) -> str:
    """That the word is a folder; empty if it is none."""
    return f"`{word}` is a folder; write which file is the schema" if Path(word).is_dir() else ""


def _outside(word: str) -> str:
    return _folder(word) or (
        f"there is no file `{word}`; and types have names in a project only, but neither this"
        " folder nor one above has a pyproject.toml with a [tool.recordsmith] table;"
        " `recordsmith init` writes one"
    )


def _named(catalog: Catalog, word: str) -> Document:
    """The document whose type is called `word`; where there is none, it may be a folder."""
    try:
        return named(catalog, word)
    except ProblemsFound as unknown:
        if sentence := _folder(word):
            raise ProblemsFound([Problem(Location(word), "unknown-type", sentence)]) from unknown
        raise


def _is_path(word: str) -> bool:
    """Whether the word is a path rather than a name, which may have dots but no slash."""
    return _has_slash(word) or Path(word).suffix in {".json", *_OTHER} or Path(word).is_file()


def _has_slash(word: str) -> bool:
    return "/" in word or os.sep in word


def _project_of(file: Path, config: Config | None) -> Config | None:
    """The project that the file is a schema of; the one at hand, if it is of none."""
    with suppress(ProblemsFound, OSError):
        root = find_project(file.resolve().parent)
        own = read_config(root) if root else None
        if own and file.resolve().is_relative_to(own.schemas.resolve()):
            return own
    return config


def _from_file(file: Path, config: Config | None) -> tuple[Catalog, Document]:
    """The document in a file: with the project's own, if it is one of them."""
    if config is not None and file.resolve().is_relative_to(config.schemas.resolve()):
        catalog = load(sources_of(config))
        path = file.resolve().relative_to(config.schemas.resolve()).as_posix()
        for document in catalog.documents:
            if document.path.as_posix() == path:
                return catalog, document
    sources = sources_of(config) if config else Sources(root=Path())
    try:
        catalog = catalog_from(file, None, replace(sources, names={}))
    except ProblemsFound as found:
        if file.suffix in _OTHER and found.problems[0].rule == "not-json":
            raise ProblemsFound([_not_json(file)]) from found
        raise
    return catalog, catalog.documents[0]


def _not_json(file: Path) -> Problem:
    sentence = f"a schema is read as JSON only, and this is {_OTHER[file.suffix]}; convert it"
    return Problem(Location(str(file)), "not-json", sentence)


def _resolve_all(catalog: Catalog) -> None:
    """Read the documents beyond the catalog's own to which references lead."""
    seen: set[int] = set()
    while fresh := [place for place in catalog.places() if id(place.schema) not in seen]:
        for place in fresh:
            seen.add(id(place.schema))
            reference = place.schema.get("$ref")
            if isinstance(reference, str) and not catalog.knows(place.absolute(reference)):
                catalog.resolve(reference, place)
