"""Standalone: a schema outside of a project, a file or a Python object, and what it refers to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from referencing import Registry, Resource
from referencing.exceptions import (
    CannotDetermineSpecification,
    NoSuchResource,
    Unretrievable,
)

from recordsmith.catalog import Catalog, catalog_of, document_of
from recordsmith.naming import LONGEST_NAME, pascal_case
from recordsmith.places import SCHEME, Document, is_uri
from recordsmith.problems import Location, gathered
from recordsmith.sources import SUFFIX, Named, Retrieve, Sources, from_python, read_json
from recordsmith.wellformed import forget_strangers


def catalog_from(
    schema: Mapping[str, Any] | bool | str | Path, registry: Registry[Any] | None, sources: Sources
) -> Catalog:
    """The catalog of a schema and of what it refers to.  Raises `ProblemsFound`."""
    retrieve = _from_registry(registry) if registry is not None else None
    with gathered() as problems:
        document: Document | None = None
        if isinstance(schema, str | Path):
            file = Path(schema)
            at = Location(str(schema))
            content = read_json(file, at, problems)
            absolute = Path(os.path.normpath(file.absolute()))  # as URIs are joined, without `..`
            named = Named(PurePosixPath(file.name), absolute.as_uri(), at)
            folder = absolute.parent
            sources = replace(sources, roots={f"{folder.as_uri()}/": folder})
        else:
            content = schema if isinstance(schema, bool) else dict(schema)
            content = from_python(content, Location("schema"), problems)
            path = PurePosixPath(f"{_stem(content)}{SUFFIX}")
            named = Named(path, f"{SCHEME}:///{quote(str(path))}", Location("schema"))
        if not list(problems):
            document = document_of(content, named, sources, problems, retrieve)
    if document is None:
        raise AssertionError("a schema without problems is a document")
    forget_strangers(document)
    return catalog_of(document, sources, retrieve)


def _stem(schema: Any) -> str:
    """What a schema without a title is called: the last part of its URI, if it has one."""
    identifier = schema.get("$id", schema.get("id")) if isinstance(schema, dict) else None
    if not isinstance(identifier, str) or not is_uri(identifier):
        return "Model"
    last = urlsplit(identifier).path.rstrip("/").replace(":", "/").rpartition("/")[2]
    stem = unquote(last).removesuffix(".json").removesuffix(".schema")
    return pascal_case(stem)[:LONGEST_NAME] or "Model"


def _from_registry(registry: Registry[Any]) -> Retrieve:
    def retrieve(uri: str) -> Resource[Any] | None:
        try:
            return registry.get_or_retrieve(uri).value
        except (CannotDetermineSpecification, NoSuchResource, Unretrievable, LookupError):
            return None

    return retrieve
