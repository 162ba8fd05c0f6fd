"""Load: read the schema documents and resolve the references between them.

Only files below the root, and below the folders that stand for a URL prefix, are read, and nothing
is fetched: a `$ref` to anywhere else is a problem.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import quote, unquote, urldefrag, urlsplit

from attrs import evolve
from referencing import Registry, Resource, Specification
from referencing.exceptions import NoSuchResource, Unresolvable, Unretrievable
from referencing.jsonschema import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012, Schema

from recordsmith.drafts import (
    DRAFT_4,
    DRAFT_6,
    DRAFT_7,
    DRAFT_2019_09,
    DRAFT_2020_12,
    DRAFTS,
    OF_NO_DRAFT,
    Draft,
    draft_of,
)
from recordsmith.places import SCHEME, Document, Place, is_uri
from recordsmith.problems import Location, Problems, gathered, unescaped
from recordsmith.sources import (
    SUFFIX,
    Named,
    Retrieve,
    Sources,
    files_of,
    from_python,
    from_roots,
    meta_schema,
    read_json,
)
from recordsmith.wellformed import check, check_dialect, forget_strangers

__all__ = ["SUFFIX", "Catalog", "Document", "Place", "Sources", "catalog_of", "load"]

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

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process makes it anew, for places are known by the identity of their schemas."""
        others = tuple(self.others.items())
        return _again, (self._sources, self.documents, self._retrieve, others)

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
            if uri in self._registry:  # all of a document, as most references ask for
                found = self._registry[uri].contents
            else:
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
        name = unescaped(unquote(token))
        return outer / (int(name) if isinstance(outer.schema, list) else name)

    def places(self) -> Iterator[Place]:
        """The schemas, that are objects, of all documents that were read."""
        yield from self._places.values()

    def is_schema(self, place: Place) -> bool:
        """Whether a schema that is an object stands there, and not data or names of schemas."""
        return id(place.schema) in self._places

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
        forget_strangers(document)
        if "json-schema.org/" not in uri:
            with gathered() as problems:
                check_dialect(document, problems)
        self.others[uri] = document
        self._add([document])

    def _beyond(self, uri: str) -> Resource[Any] | None:
        return meta_schema(uri) or _fetched(uri, self._sources, self._retrieve)

    def include(self, others: Iterable[tuple[str, Document]]) -> None:
        """Take documents that references led to, each with its URI."""
        self.others.update(others)
        self._add(self.others.values())

    def _add(self, documents: Iterable[Document]) -> None:
        resources = [(one.uri, _resource(one)) for one in documents]
        self._registry = self._registry.with_resources(resources).crawl()
        for document in documents:
            for place in document.schemas:
                self._places.setdefault(id(place.schema), place)


def _again(
    sources: Sources,
    documents: tuple[Document, ...],
    retrieve: Retrieve | None,
    others: tuple[tuple[str, Document], ...],
) -> Catalog:
    catalog = Catalog(sources, documents, retrieve)
    catalog.include(others)
    return catalog


def load(sources: Sources) -> Catalog:
    """Read all schemas of the sources' folder.

    Raises `ProblemsFound` with all that is wrong with the files or their `x-` keywords.
    """
    root, shown = sources.root, sources.shown
    with gathered() as problems:
        if not root.is_dir():
            sentence = "there is no such folder; set `schemas` in [tool.recordsmith]"
            problems.add(Location(shown), "no-schemas", sentence)
        files = files_of(sources)
        if root.is_dir() and not files:
            wanted = " or ".join(one.removeprefix("**/") for one in sources.files)
            sentence = f"no {wanted} is in this folder or below; `recordsmith new` starts one"
            problems.add(Location(shown), "no-schemas", sentence)
        real = root.resolve()
        found = [_read(file, real, sources, problems) for file in files]
    documents = tuple(document for document in found if document is not None)
    with gathered() as problems:
        check(documents, problems)
    return Catalog(sources, documents)


def catalog_of(document: Document, sources: Sources, retrieve: Retrieve | None = None) -> Catalog:
    """A catalog of one document, which may be no file.  Raises `ProblemsFound`."""
    with gathered() as problems:
        check([document], problems)
    return Catalog(sources, (document,), retrieve)


def _resource(document: Document) -> Resource[Schema]:
    return _ROBUST[document.draft].create_resource(document.schema)


def _read(file: Path, real: Path, sources: Sources, problems: Problems) -> Document | None:
    """The document in a file, which is to be within the `real` folder of the schemas."""
    path = PurePosixPath(file.relative_to(sources.root).as_posix())
    at = Location(f"{sources.shown}/{path}")
    if not file.resolve().is_relative_to(real):
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
    declared = schema.get("$schema", "") if isinstance(schema, dict) else ""
    draft = sources.dialect if declared in OF_NO_DRAFT else draft_of(declared)
    known = draft is not None
    draft = draft or _draft_behind(declared, sources, retrieve)
    if draft is None:
        sentence = f"write one of {', '.join(draft.uri for draft in DRAFTS)}"
        problems.add(name.at / "$schema", "unsupported-dialect", sentence)
        return None
    identifier = draft.identifier(schema) if isinstance(schema, dict) else None
    own = urldefrag(identifier).url if identifier and is_uri(identifier) else ""
    names = sources.names_in(name.path)
    return Document(name.path, own or name.uri, schema, name.at, draft, known, names)


def _fetched(uri: str, sources: Sources, retrieve: Retrieve | None) -> Resource[Any] | None:
    """What the user lets a URI stand for."""
    return (retrieve(uri) if retrieve else None) or from_roots(uri, sources)


def _draft_behind(declared: Any, sources: Sources, retrieve: Retrieve | None) -> Draft | None:
    """The draft that a meta-schema of somebody's own is written in."""
    if not isinstance(declared, str):
        return None
    uri = urldefrag(declared).url
    resource = _fetched(uri, sources, retrieve)
    contents = resource.contents if resource else None
    return draft_of(contents.get("$schema")) if isinstance(contents, dict) else None


def _foreign(uri: str, resource: Resource[Any], draft: Draft) -> Document:
    """A document from elsewhere; without `$schema`, it is of its resource's or of `draft`."""
    with gathered() as problems:
        schema = from_python(resource.contents, Location(uri), problems)
    declared = schema.get("$schema") if isinstance(schema, dict) else None
    by_resource = {id(spec): one for one, spec in _SPECIFICATIONS.items()}
    specified = by_resource.get(id(resource._specification))  # noqa: SLF001 - it has no other name
    known = draft_of(declared)
    name = unquote(PurePosixPath(urldefrag(uri).url.partition(":")[2]).name) or "document"
    at = Location(_shown(uri))
    return Document(PurePosixPath(name), uri, schema, at, known or specified or draft, True)


def _shown(uri: str) -> str:
    """A document from elsewhere, as the user knows it: a file by its path from here."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return uri
    return Path(os.path.relpath(unquote(parts.path))).as_posix()
