"""Guards: the keywords that types cannot express, cut out of their schemas to stand alone.

A guard holds the keywords as they are written; only references become absolute, and a long part
becomes a reference to where it stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from recordsmith.catalog import Catalog
from recordsmith.drafts import LISTED, NAMED, SINGLE, Draft
from recordsmith.ir import Guard, Resource
from recordsmith.lowering.facets import Facet
from recordsmith.places import Document, Place, subschemas
from recordsmith.readable import readable, spelt, uri_of, with_spelt_names

_LONGEST = 600
"""Characters of JSON: a longer part of a guard is referred to."""
_DEEPEST = 24
_EMPTY: dict[str, Any] = {}

_TOGETHER = (
    ("if", "then", "else"),
    ("contains", "minContains", "maxContains"),
    ("items", "additionalItems", "prefixItems"),
    ("minimum", "exclusiveMinimum"),
    ("maximum", "exclusiveMaximum"),
)
"""Keywords that mean nothing, or something else, without each other."""
_DYNAMIC = ("$dynamicRef", "$recursiveRef")


class Guards:
    """Makes the guards of a catalog's schemas, and knows which documents they refer to."""

    def __init__(self, catalog: Catalog, asserts_formats: Callable[[Draft], bool]) -> None:
        self._catalog = catalog
        self._asserts_formats = asserts_formats
        self._shipped: dict[str, Document] = {}
        self._dynamic: dict[int, bool] = {}
        self._has_dynamic: bool | None = None

    def of(self, lost: Iterable[tuple[Facet, frozenset[str]]]) -> tuple[Guard, ...]:
        """The guards for the keywords, by their names in 2020-12, that are lost of facets."""
        parts: dict[Draft, list[dict[str, Any]]] = {}
        for facet, keywords in lost:
            part = self._part(facet, keywords)
            listed = parts.setdefault(facet.place.draft, [])
            if part and part not in listed:
                listed.append(part)
        return tuple(self._guard(draft, listed) for draft, listed in parts.items() if listed)

    def whole(self, place: Place) -> tuple[Guard, ...]:
        """The guard that is all of a schema."""
        self._ship(place.document)
        keywords: dict[str, Any] = {"$ref": uri_of(place.document, place.at.pointer)}
        if place.schema.get("$recursiveAnchor") is True:
            keywords["$recursiveAnchor"] = True  # else nothing within leads beyond the schema
        made = self._guard(place.draft, [keywords])
        if not place.document.is_known and self._wants_formats(place):
            made = replace(made, asserts_formats=True)
        return (made,)

    def resources(self) -> tuple[Resource, ...]:
        """The documents that the guards refer to, and those refer to in turn."""
        waiting = list(self._shipped.values())
        seen: set[str] = set()
        while waiting:
            document = waiting.pop()
            if document.uri in seen:
                continue
            seen.add(document.uri)
            for place in document.schemas:
                for keyword in ("$ref", *_DYNAMIC):
                    reference = place.schema.get(keyword)
                    target = self._target(place, reference) if isinstance(reference, str) else None
                    if target:
                        waiting.append(target.document)
        return tuple(_resource(self._shipped[uri]) for uri in sorted(self._shipped))

    def is_dynamic(self, place: Place) -> bool:
        """Whether what the schema means depends on what refers to it."""
        if self._has_dynamic is None:
            tops = [one.top for one in self._catalog.documents]
            self._has_dynamic = self._may_be_dynamic() and self._reaches_dynamic(tops)
        schema = place.schema
        if not self._has_dynamic or not isinstance(schema, dict):
            return False
        if id(schema) not in self._dynamic:
            self._dynamic[id(schema)] = self._reaches_dynamic([place])
        return self._dynamic[id(schema)]

    def _may_be_dynamic(self) -> bool:
        """Whether any schema has a dynamic reference, or one that leads to who knows what."""
        return any(
            not place.schema.keys().isdisjoint(_DYNAMIC)
            or (isinstance(place.schema.get("$ref"), str) and self._leads_out(place))
            for place in self._catalog.places()
        )

    def _leads_out(self, place: Place) -> bool:
        reference = place.schema["$ref"]
        return not (reference.startswith("#") or self._catalog.knows(place.absolute(reference)))

    def _reaches_dynamic(self, starts: list[Place]) -> bool:
        waiting = [place for place in starts if isinstance(place.schema, dict)]
        seen: set[int] = set()
        while waiting:
            for place in subschemas(waiting.pop()):
                if id(place.schema) in seen:
                    continue
                seen.add(id(place.schema))
                if any(self._is_live(place, keyword) for keyword in _DYNAMIC):
                    return True
                for keyword in ("$ref", *_DYNAMIC):
                    reference = place.schema.get(keyword)
                    if isinstance(reference, str) and keyword in place.draft.keywords:
                        target = self._catalog.resolve(reference, place)
                        if target and isinstance(target.schema, dict):
                            waiting.append(target)
        return False

    def _is_live(self, place: Place, keyword: str) -> bool:
        """Whether a dynamic reference may lead elsewhere than it says."""
        reference = place.schema.get(keyword)
        if keyword not in place.draft.keywords or not isinstance(reference, str):
            return False
        target = self._catalog.resolve(reference, place)
        if target is None or not isinstance(target.schema, dict):
            return False
        if keyword == "$recursiveRef":
            return target.schema.get("$recursiveAnchor") is True
        return bool(target.schema.get("$dynamicAnchor") == reference.rpartition("#")[2])

    def _guard(self, draft: Draft, parts: list[dict[str, Any]]) -> Guard:
        schema = parts[0] if len(parts) == 1 else {"allOf": parts}
        text = json.dumps(schema, ensure_ascii=False)
        return Guard(text, draft.name, self._asserts_formats(draft))

    def _part(self, facet: Facet, keywords: frozenset[str]) -> dict[str, Any]:
        place = facet.place
        written = [facet.written[one] for one in facet.written if one in keywords]
        if any(one.startswith("unevaluated") for one in written):
            written = [*filter(place.draft.asserts, place.schema)]
        else:
            written = _completed(place.schema, written)
        part = {one: self._keyword(place, one, 0) for one in written}
        return {**part, **_names(place.schema, part)}

    def _keyword(self, place: Place, keyword: str, depth: int) -> Any:
        """The keyword's value, with what is needed for it to stand elsewhere."""
        value = place.schema[keyword]
        if keyword in ("$ref", *_DYNAMIC):
            target = self._target(place, value)
            return uri_of(target.document, target.at.pointer) if target else place.absolute(value)
        if keyword == "pattern":
            return spelt(value)
        if keyword in LISTED and isinstance(value, list):
            inner = place / keyword
            return [self._short(inner / index, depth) for index in range(len(value))]
        if keyword in SINGLE and isinstance(value, dict):
            return self._short(place / keyword, depth)
        if keyword in NAMED and isinstance(value, dict):
            inner = place / keyword
            parts = {
                name: self._short(inner / name, depth) if isinstance(one, dict) else one
                for name, one in value.items()
            }
            return with_spelt_names(parts) if keyword == "patternProperties" else parts
        return value

    def _short(self, place: Place, depth: int) -> Any:
        """The schema at `place`, or a reference to it where it is long."""
        if not isinstance(place.schema, dict):
            return place.schema
        cut = {} if depth > _DEEPEST else self._cut(place, depth + 1)
        if depth > _DEEPEST or len(json.dumps(cut)) > _LONGEST:
            self._ship(place.document)
            return {"$ref": uri_of(place.document, place.at.pointer)}
        return cut

    def _cut(self, place: Place, depth: int) -> dict[str, Any]:
        schema, draft = place.schema, place.draft
        written = [*filter(draft.asserts, schema)]
        if draft.ref_stands_alone and "$ref" in schema:
            written = ["$ref"]
        return {
            ("$ref" if key in _DYNAMIC else key): self._keyword(place, key, depth)
            for key in written
        }

    def _target(self, place: Place, reference: str) -> Place | None:
        """Where a reference leads; the document there is to be shipped."""
        target = self._catalog.resolve(reference, place)
        if target is not None:
            self._ship(target.document)
        return target

    def _ship(self, document: Document) -> None:
        self._shipped[document.uri] = document

    def _wants_formats(self, place: Place) -> bool:
        """Whether a dialect of somebody's own asserts formats; its meta-schema is shipped."""
        meta_schema = self._target(place, place.document.schema["$schema"])
        vocabularies = meta_schema.schema.get("$vocabulary", {}) if meta_schema else {}
        return any(uri.endswith("/format-assertion") for uri in vocabularies)


def _completed(schema: Mapping[str, Any], written: list[str]) -> list[str]:
    """The keywords, and those without which they would mean something else."""
    wanted = set(written)
    for group in _TOGETHER:
        if not wanted.isdisjoint(group):
            wanted.update(key for key in group if key in schema)
    return [key for key in schema if key in wanted]


def _names(schema: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """The names that `additionalProperties` does not apply to."""
    if "additionalProperties" not in part:
        return {}
    spellings: dict[str, Callable[[str], str]] = {"properties": str, "patternProperties": spelt}
    return {
        keyword: dict.fromkeys(map(spelt, schema[keyword]), _EMPTY)
        for keyword, spelt in spellings.items()
        if keyword in schema and keyword not in part
    }


def _resource(document: Document) -> Resource:
    schema = readable(document)
    if isinstance(schema, dict) and document.is_known:
        schema = {**schema, "$schema": document.draft.uri}
    return Resource(document.uri, json.dumps(schema, ensure_ascii=False))
