"""Subject: what payloads are judged by: a type of the project, or a schema in any file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from recordsmith.catalog import Catalog, Document, Place, load
from recordsmith.config import Config
from recordsmith.drafts import FormatPolicy
from recordsmith.index import named
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.sources import Sources, sources_of
from recordsmith.standalone import catalog_from
from recordsmith.validation.validator import Validator


def validator_for(word: str, config: Config | None, formats: FormatPolicy | None) -> Validator:
    """The judge by what the user calls `word`: a type of the project, or a file.

    `formats` is what the user wants; without, it is what the project says.  Raises `ProblemsFound`:
    `unknown-type` and `ambiguous-type` where the word is the mistake.
    """
    if _is_path(word):
        catalog, document = _from_file(Path(word), config)
    elif config is None:
        sentence = (
            f"there is no file `{word}`; and types have names in a project only, but neither this"
            " folder nor one above has a pyproject.toml with a [tool.recordsmith] table;"
            " `recordsmith init` writes one"
        )
        raise ProblemsFound([Problem(Location(word), "unknown-type", sentence)])
    else:
        catalog = load(sources_of(config))
        document = named(catalog, word)
    return validator_of(catalog, document.top, config, formats)


def validator_of(
    catalog: Catalog, place: Place, config: Config | None, formats: FormatPolicy | None
) -> Validator:
    """The judge by a schema of a catalog; `formats` goes before what the project says."""
    _resolve_all(catalog)
    policy = formats or (config.formats if config else "dialect")
    return Validator(catalog, place.document, place.at.pointer, policy)


def _is_path(word: str) -> bool:
    """Whether the word is a path rather than a name, which may have dots but no slash."""
    return "/" in word or os.sep in word or word.endswith(".json") or Path(word).is_file()


def _from_file(file: Path, config: Config | None) -> tuple[Catalog, Document]:
    """The document in a file: with the project's own, if it is one of them."""
    if config is not None and file.resolve().is_relative_to(config.schemas.resolve()):
        catalog = load(sources_of(config))
        path = file.resolve().relative_to(config.schemas.resolve()).as_posix()
        for document in catalog.documents:
            if document.path.as_posix() == path:
                return catalog, document
    sources = sources_of(config) if config else Sources(root=Path())
    catalog = catalog_from(file, None, replace(sources, names={}))
    return catalog, catalog.documents[0]


def _resolve_all(catalog: Catalog) -> None:
    """Read the documents beyond the catalog's own to which references lead."""
    seen: set[int] = set()
    while fresh := [place for place in catalog.places() if id(place.schema) not in seen]:
        for place in fresh:
            seen.add(id(place.schema))
            reference = place.schema.get("$ref")
            if isinstance(reference, str) and not catalog.knows(place.absolute(reference)):
                catalog.resolve(reference, place)
