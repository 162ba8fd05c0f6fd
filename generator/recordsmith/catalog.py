"""Load: read the schema documents and resolve the references between them.

Only files below the root, and below the folders that stand for a URL prefix, are read, and nothing
is fetched: a `$ref` to anywhere else is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import quote, unquote, urldefrag

import jsonschema_rs
from attrs import evolve
from referencing import Registry, Resource, Specification
from referencing.exceptions import NoSuchResource, Unresolvable, Unretrievable
from referencing.jsonschema import (
    DRAFT4,
    DRAFT6,
    DRAFT7,
    DRAFT201909,
    DRAFT202012,
    Schema,
)

from recordsmith.dialect import behaviour_keywords, behaviours_schema
from recordsmith.drafts import (
    DRAFT_4,
    DRAFT_6,
    DRAFT_7,
    DRAFT_2019_09,
    DRAFT_2020_12,
    DRAFTS,
    Draft,
    draft_of,
)
from recordsmith.naming import did_you_mean
from recordsmith.places import SCHEME, Document, Place
from recordsmith.positions import line_and_column
from recordsmith.problems import Location, Problems, gathered
from recordsmith.strict_json import NotJsonError, NotPlainError, is_too_deep, parse, plain

__all__ = ["SUFFIX", "Catalog", "Document", "Named", "Place", "Sources", "catalog_of", "load"]

SUFFIX = ".schema.json"
_LARGEST = 20_000_000
"""Bytes; a larger file is no schema that a person wrote, and takes a gigabyte to read."""
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_SPECIFICATIONS: Mapping[Draft, Specification[Schema]] = {
    DRAFT_4: DRAFT4,
    DRAFT_6: DRAFT6,
    DRAFT_7: DRAFT7,
    DRAFT_2019_09: DRAFT201909,
    DRAFT_2020_12: DRAFT202012,
}


def _robust(specification: Specification[Schema]) -> Specification[Schema]:
    """The specification, which then also reads what is no schema where one should be."""

    def subresources_of(contents: Schema) -> list[Schema]:
        return [
            one for one in specification.subresources_of(contents) if isinstance(one, dict | bool)
        ]

    robust: Specification[Schema] = cast("Any", evolve)(
        specification, subresources_of=subresources_of
    )
    return robust


_ROBUST = {draft: _robust(specification) for draft, specification in _SPECIFICATIONS.items()}

Retrieve = Callable[[str], "Resource[Any] | None"]
"""Gives the document at a URI; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where schemas come from."""

    root: Path
    """The folder of the project's own."""
    shown: str = ""
    """The folder, as the user knows it."""
    files: tuple[str, ...] = (f"**/*{SUFFIX}",)
    """Globs: which files of the folder are schemas."""
    dialect: Draft = DRAFT_2020_12
    """Of a document without `$schema`."""
    roots: Mapping[str, Path] = field(default_factory=dict)
    """The folders that stand for a URL prefix."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names that the user gives to types, by `<file>#<pointer>`."""

    def names_in(self, path: PurePosixPath) -> dict[str, str]:
        """The names given to types in a document, by their pointers."""
        written = (one.partition("#") for one in self.names)
        return {
            pointer: self.names[f"{file}{mark}{pointer}"]
            for file, mark, pointer in written
            if file == str(path)
        }


@dataclass(frozen=True, slots=True)
class Named:
    """What a document is known by before it is read."""

    path: PurePosixPath
    uri: str
    at: Location


class Catalog:
    """The documents of a project, sorted by path, and the references between them.

    Documents that a reference leads to are read when it is resolved.
    """

    def __init__(
        self, sources: Sources, documents: Iterable[Document], retrieve: Retrieve | None = None
    ) -> None:
        self.root = sources.root
        self.documents = tuple(documents)
        self.others: dict[str, Document] = {}
        """What references lead to beyond the project's own, by URI."""
        self._sources = sources
        self._retrieve = retrieve
        self._registry: Registry[Schema] = Registry()
        self._places: dict[int, Place] = {}
        self._resolved: dict[tuple[str, str, str], Place] = {}
        self._add(self.documents)

    def resolve(self, reference: str, place: Place) -> Place | None:
        """The subschema that `reference` at `place` leads to; None if it leads nowhere."""
        key = (place.base, reference, place.draft.name)
        if key not in self._resolved:
            found = self._looked_up(reference, place)
            if found is None:
                return None
            self._resolved[key] = found
        return self._resolved[key]

    def _looked_up(self, reference: str, place: Place) -> Place | None:
        uri = place.absolute(reference)
        try:
            self._ensure(urldefrag(uri).url, place.draft)
            found = self._registry.resolver(place.base).lookup(uri).contents
        except (Unresolvable, NoSuchResource, Unretrievable, ValueError, LookupError, TypeError):
            return None
        known = self._places.get(id(found)) if isinstance(found, dict) else None
        return known or self._by_pointer(uri, found, place)

    def _by_pointer(self, uri: str, found: Any, place: Place) -> Place | None:
        """A place that is no known subschema, a boolean or an odd corner: below its parent."""
        parent, _, token = uri.rpartition("/")
        bare, fragment = urldefrag(uri)
        if not fragment:
            known = (*self.documents, *self.others.values())
            return next((one.top for one in known if one.uri == bare), None)
        if "#" not in parent:
            return None
        outer = self.resolve(parent if urldefrag(parent).fragment else bare, place)
        if outer is None or not isinstance(found, dict | list | bool):
            return None
        name = unquote(token).replace("~1", "/").replace("~0", "~")
        return outer / (int(name) if isinstance(outer.schema, list) else name)

    def places(self) -> Iterator[Place]:
        """The schemas, that are objects, of all documents that were read."""
        yield from self._places.values()

    def knows(self, uri: str) -> bool:
        """Whether the document at the URI was read already."""
        return urldefrag(uri).url in self._registry

    def all_documents(self) -> list[Document]:
        """The project's own documents and those that references led to."""
        return [*self.documents, *(self.others[uri] for uri in sorted(self.others))]

    def _ensure(self, uri: str, draft: Draft) -> None:
        """Have the document at the URI in the registry, if there is one."""
        if uri in self._registry or uri in self.others:
            return
        resource = self._beyond(uri)
        if resource is None:
            return
        document = _foreign(uri, resource, draft)
        self.others[uri] = document
        self._add([document])

    def _beyond(self, uri: str) -> Resource[Any] | None:
        resource = self._retrieve(uri) if self._retrieve else None
        return resource or _from_roots(uri, self._sources) or _meta_schema(uri)

    def _add(self, documents: Iterable[Document]) -> None:
        resources = [(one.uri, _resource(one)) for one in documents]
        self._registry = self._registry.with_resources(resources).crawl()
        for document in documents:
            for place in document.schemas:
                self._places.setdefault(id(place.schema), place)


def load(sources: Sources) -> Catalog:
    """Read all schemas of the sources' folder.

    Raises `ProblemsFound` with all that is wrong with the files or their `x-` keywords.
    """
    root, shown = sources.root, sources.shown
    with gathered() as problems:
        if not root.is_dir():
            sentence = "there is no such folder; set `schemas` in [tool.recordsmith]"
            problems.add(Location(shown), "no-schemas", sentence)
        files = _files(sources)
        if root.is_dir() and not files:
            wanted = " or ".join(one.removeprefix("**/") for one in sources.files)
            sentence = f"no {wanted} is in this folder or below; `recordsmith new` starts one"
            problems.add(Location(shown), "no-schemas", sentence)
        found = [_read(file, sources, problems) for file in files]
    documents = tuple(document for document in found if document is not None)
    with gathered() as problems:
        _check(documents, problems)
    return Catalog(sources, documents)


def catalog_of(document: Document, sources: Sources, retrieve: Retrieve | None = None) -> Catalog:
    """A catalog of one document, which may be no file.  Raises `ProblemsFound`."""
    with gathered() as problems:
        _check((document,), problems)
    return Catalog(sources, (document,), retrieve)


def _files(sources: Sources) -> list[Path]:
    found = {file for glob in sources.files for file in sources.root.glob(glob) if file.is_file()}
    return sorted(found, key=lambda file: file.relative_to(sources.root).as_posix())


def _check(documents: tuple[Document, ...], problems: Problems) -> None:
    for document in documents:
        _check_dialect(document, problems)
    _check_uris(documents, problems)


def _resource(document: Document) -> Resource[Schema]:
    return _ROBUST[document.draft].create_resource(document.schema)


def _read(file: Path, sources: Sources, problems: Problems) -> Document | None:
    path = PurePosixPath(file.relative_to(sources.root).as_posix())
    at = Location(f"{sources.shown}/{path}")
    if not file.resolve().is_relative_to(sources.root.resolve()):
        problems.add(at, "outside-root", "the file is a link that leads out of the schemas' folder")
        return None
    schema = read_json(file, at, problems)
    if schema is None:
        return None
    name = Named(path, f"{SCHEME}:///{quote(bytes(path))}", at)
    return document_of(schema, name, sources, problems)


def document_of(
    schema: Any, name: Named, sources: Sources, problems: Problems, retrieve: Retrieve | None = None
) -> Document | None:
    """The document that a JSON value is, known by its `$id` or else by the URI of its name."""
    if not isinstance(schema, dict | bool):
        problems.add(name.at, "not-a-schema", "a schema is a JSON object, or true or false")
        return None
    declared = schema.get("$schema") if isinstance(schema, dict) else None
    draft = draft_of(declared) if declared is not None else sources.dialect
    known = draft is not None
    draft = draft or _draft_behind(declared, sources, retrieve)
    if draft is None:
        sentence = f"write one of {', '.join(draft.uri for draft in DRAFTS)}"
        problems.add(name.at / "$schema", "unsupported-dialect", sentence)
        return None
    identifier = draft.identifier(schema) if isinstance(schema, dict) else None
    own = urldefrag(identifier).url if identifier else ""
    names = sources.names_in(name.path)
    return Document(name.path, own or name.uri, schema, name.at, draft, known, names)


def _draft_behind(declared: Any, sources: Sources, retrieve: Retrieve | None) -> Draft | None:
    """The draft that a meta-schema of somebody's own is written in."""
    if not isinstance(declared, str):
        return None
    uri = urldefrag(declared).url
    resource = (retrieve(uri) if retrieve else None) or _from_roots(uri, sources)
    return draft_of(resource.contents.get("$schema")) if resource else None


def _foreign(uri: str, resource: Resource[Any], draft: Draft) -> Document:
    """A document from elsewhere; without `$schema`, it is of its resource's or of `draft`."""
    with gathered() as problems:
        schema = from_python(resource.contents, Location(uri), problems)
    declared = schema.get("$schema") if isinstance(schema, dict) else None
    by_resource = {id(spec): one for one, spec in _SPECIFICATIONS.items()}
    specified = by_resource.get(id(resource._specification))  # noqa: SLF001 - it has no other name
    known = draft_of(declared)
    name = unquote(PurePosixPath(urldefrag(uri).url.partition(":")[2]).name) or "document"
    return Document(
        PurePosixPath(name), uri, schema, Location(uri), known or specified or draft, True
    )


def _from_roots(uri: str, sources: Sources) -> Resource[Any] | None:
    """The document that a configured folder has at the URI."""
    for prefix in sorted(sources.roots, key=len, reverse=True):
        if not uri.startswith(prefix):
            continue
        folder = sources.roots[prefix].resolve()
        for suffix in ("", ".json", SUFFIX):
            file = folder / (unquote(uri.removeprefix(prefix)).lstrip("/") + suffix)
            if file.resolve().is_relative_to(folder) and file.is_file():
                with gathered() as problems:
                    schema = read_json(file, Location(file.name), problems)
                return Resource.opaque(schema)
    return None


def _meta_schema(uri: str) -> Resource[Any] | None:
    """A meta-schema, which every user of JSON Schema has."""
    if "json-schema.org/" not in uri:
        return None
    from jsonschema_specifications import REGISTRY  # late: it reads twenty files

    found: Resource[Any] | None = REGISTRY.get(uri) or REGISTRY.get(f"{uri}#")
    return found


def read_json(file: Path, at: Location, problems: Problems) -> Any:
    """The JSON value in `file`; None, and a problem, where it holds none or an ambiguous one."""
    raw = b""
    try:
        if file.stat().st_size > _LARGEST:
            sentence = f"the file has more than {_LARGEST // 1_000_000} MB; split it by `$ref`"
            problems.add(at, "too-large", sentence)
            return None
        raw = file.read_bytes()
        text = raw.decode("utf-8")
        value = parse(text)
        if not is_too_deep(value):
            return value
        problems.add(at, "too-deep", "the schema is nested too deeply; name parts of it by `$ref`")
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


def from_python(value: Any, at: Location, problems: Problems) -> Any:
    """A copy of the JSON value that a Python object is; None, and a problem, where it is none."""
    try:
        return plain(value)
    except NotPlainError as error:
        for token in error.tokens:
            at /= token
        problems.add(at, error.rule, error.sentence)
    return None


def _check_dialect(document: Document, problems: Problems) -> None:
    """Judge a document by the meta-schema of its draft, and its `x-` keywords by ours."""
    if not isinstance(document.schema, dict):
        return
    _report(_meta_judge(document.draft), document.top, problems)
    keywords = set(behaviour_keywords())
    for place in document.schemas:
        if not keywords.isdisjoint(place.schema):
            _report(_behaviours_judge(), place, problems)


@cache
def _meta_judge(draft: Draft) -> Any:
    """Judges schemas by the draft's meta-schema."""
    return getattr(jsonschema_rs, draft.engine)({"$ref": draft.uri}, offline=True)


@cache
def _behaviours_judge() -> Any:
    """Judges the `x-` keywords of a schema."""
    return jsonschema_rs.Draft202012Validator(behaviours_schema())


def _report(judge: Any, place: Place, problems: Problems) -> None:
    for error in judge.iter_errors(place.schema):
        at = place.at
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
            problems.add(document.at / document.draft.id_keyword, "duplicate-id", sentence)
