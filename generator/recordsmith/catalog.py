"""Load: read the schema documents and resolve the references between them.

Only files below the root are read, and nothing is fetched: a `$ref` to anywhere else is a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, uses_netloc, uses_relative

import jsonschema_rs
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012, Schema

from recordsmith.dialect import DRAFT_2020_12, dialect
from recordsmith.naming import did_you_mean
from recordsmith.positions import line_and_column
from recordsmith.problems import Location, Problems, gathered
from recordsmith.strict_json import NotJsonError, parse

SUFFIX = ".schema.json"
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")

SCHEME = "recordsmith"
"""Of the URIs made for documents without `$id`."""

for _schemes in (uses_relative, uses_netloc):
    _schemes.append(SCHEME)  # `urljoin`, which `referencing` resolves by, joins only what it knows


@dataclass(frozen=True, slots=True)
class Place:
    """A subschema and where it stands."""

    document: Document
    at: Location
    schema: Any

    def __truediv__(self, token: str | int) -> Place:
        return Place(self.document, self.at / token, self.schema[token])


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A schema file."""

    path: PurePosixPath
    """Below the root of the schemas."""
    uri: str
    """Its `$id`, or else a URI made from its path."""
    schema: dict[str, Any]
    at: Location

    @property
    def top(self) -> Place:
        """The document's own schema."""
        return Place(self, self.at, self.schema)


@dataclass(frozen=True)
class Catalog:
    """The documents of a project, sorted by path, and the references between them."""

    root: Path
    documents: tuple[Document, ...]
    registry: Registry[Schema] = field(repr=False)

    def resolve(self, reference: str, document: Document) -> Place | None:
        """The subschema that `reference` in `document` leads to; None if it leads nowhere."""
        try:
            found = self.registry.resolver(document.uri).lookup(reference).contents
        except (Unresolvable, ValueError):
            return None
        if isinstance(found, bool):
            return self._boolean(reference, document)
        return self._places.get(id(found))

    def _boolean(self, reference: str, document: Document) -> Place | None:
        """The place of `true` or `false`, which have no identity: below that of its parent."""
        parent, _, token = reference.rpartition("/")
        outer = self.resolve(parent, document)
        return outer / unquote(token).replace("~1", "/").replace("~0", "~") if outer else None

    @cached_property
    def _places(self) -> Mapping[int, Place]:
        """Every object and array of every document, by identity."""
        return {
            id(place.schema): place
            for document in self.documents
            for place in _descend(document.top)
        }


def load(root: Path, shown: str) -> Catalog:
    """Read all `*.schema.json` below `root`, which the user knows as `shown`.

    Raises `ProblemsFound` with all that is wrong with the files or their `x-` keywords.
    """
    with gathered() as problems:
        if not root.is_dir():
            sentence = "there is no such folder; set `schemas` in [tool.recordsmith]"
            problems.add(Location(shown), "no-schemas", sentence)
        files = sorted(root.rglob(f"*{SUFFIX}"), key=lambda file: file.relative_to(root).as_posix())
        if root.is_dir() and not files:
            sentence = f"no *{SUFFIX} is in this folder or below; `recordsmith new` starts one"
            problems.add(Location(shown), "no-schemas", sentence)
        found = [_read(file, root, shown, problems) for file in files]
    documents = tuple(document for document in found if document is not None)
    with gathered() as problems:
        _check_dialect(documents, problems)
        _check_uris(documents, problems)
    resources = [(document.uri, _resource(document)) for document in documents]
    return Catalog(root, documents, Registry().with_resources(resources).crawl())


def _resource(document: Document) -> Resource[Schema]:
    return Resource.from_contents(document.schema, default_specification=DRAFT202012)


def _read(file: Path, root: Path, shown: str, problems: Problems) -> Document | None:
    path = PurePosixPath(file.relative_to(root).as_posix())
    at = Location(f"{shown}/{path}")
    if not file.resolve().is_relative_to(root.resolve()):
        problems.add(at, "outside-root", "the file is a link that leads out of the schemas' folder")
        return None
    schema = read_json(file, at, problems)
    if schema is None:
        return None
    if not isinstance(schema, dict):
        problems.add(at, "not-a-schema", "a definition is to be a JSON object")
        return None
    identifier = schema.get("$id")
    uri = identifier if isinstance(identifier, str) else f"{SCHEME}:///{quote(bytes(path))}"
    return Document(path, uri.removesuffix("#"), schema, at)


def read_json(file: Path, at: Location, problems: Problems) -> Any:
    """The JSON value in `file`; None, and a problem, where it holds none or an ambiguous one."""
    raw = b""
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8")
        return parse(text)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = Location(at.file, "", *line_and_column(before, len(before)))
        problems.add(place, "not-utf-8", f"byte {error.start} of the file is not UTF-8")
    except NotJsonError as error:
        place = Location(at.file, "", *line_and_column(text, error.offset))
        problems.add(place, error.rule, error.sentence)
    except OSError as error:
        problems.add(at, "unreadable", f"the file cannot be read: {error.strerror}")
    return None


def _check_dialect(documents: tuple[Document, ...], problems: Problems) -> None:
    """Judge each document by the meta-schema of the dialect."""
    judge = jsonschema_rs.Draft202012Validator(dialect())
    for document in documents:
        declared = document.schema.get("$schema", DRAFT_2020_12)
        if declared != DRAFT_2020_12:
            sentence = f"write JSON Schema 2020-12: {DRAFT_2020_12}"
            problems.add(document.at / "$schema", "unsupported-dialect", sentence)
            continue
        for error in judge.iter_errors(document.schema):
            at = document.at
            for token in error.instance_path:
                at /= token
            problems.add(at, "dialect", _dialect_sentence(at, error))


def _dialect_sentence(at: Location, error: jsonschema_rs.ValidationError) -> str:
    """What is wrong, in the author's terms where the meta-schema's are roundabout."""
    if at.pointer.endswith("/type") and isinstance(error.instance, str):
        return f"`{error.instance}` is no type{did_you_mean(error.instance, _TYPES)}"
    return error.message


def _check_uris(documents: tuple[Document, ...], problems: Problems) -> None:
    first: dict[str, Document] = {}
    for document in documents:
        earlier = first.setdefault(document.uri, document)
        if earlier is not document:
            sentence = f"{earlier.at} has the same `$id`"
            problems.add(document.at / "$id", "duplicate-id", sentence)


def _descend(place: Place) -> Iterator[Place]:
    """The place and all objects and arrays below it."""
    waiting = [place]
    while waiting:
        here = waiting.pop()
        yield here
        children = here.schema.items() if isinstance(here.schema, dict) else enumerate(here.schema)
        waiting += [here / token for token, child in children if isinstance(child, dict | list)]
