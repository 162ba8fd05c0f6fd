"""Subschemas: the places in a document where a schema stands, as opposed to data or a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from recordsmith.catalog import Catalog, Document, Place
from recordsmith.problems import Problem

_SINGLE = (
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties")


@dataclass(frozen=True, slots=True)
class Subschema:
    """A schema that is an object, where it stands, and the URI that its references start from."""

    place: Place
    base: str

    def absolute(self, keyword: str) -> str:
        """The reference in `keyword`, as a URI."""
        reference: str = self.place.schema[keyword]
        if reference.startswith("#"):
            return f"{self.base}{reference}"  # `urljoin` would not, to a URN
        return urljoin(self.base, reference)


def subschemas(document: Document) -> Iterator[Subschema]:
    """The document's schema and all below it, depth first; `true` and `false` are left out."""
    waiting = [Subschema(document.top, document.uri)]
    while waiting:
        here = waiting.pop()
        yield here
        children = [place for place in _children(here.place) if isinstance(place.schema, dict)]
        waiting += [Subschema(place, _base(place, here.base)) for place in reversed(children)]


def _children(place: Place) -> Iterator[Place]:
    for keyword, value in place.schema.items():
        if keyword in _SINGLE:
            yield place / keyword
        elif keyword in _LISTED and isinstance(value, list):
            yield from (place / keyword / index for index in range(len(value)))
        elif keyword in _NAMED and isinstance(value, dict):
            yield from (place / keyword / name for name in value)


def _base(place: Place, outer: str) -> str:
    identifier = place.schema.get("$id")
    return urljoin(outer, identifier).removesuffix("#") if isinstance(identifier, str) else outer


def target(catalog: Catalog, subschema: Subschema, keyword: str) -> Place | None:
    """The place that the reference in `keyword` leads to; None if it leads nowhere."""
    return catalog.resolve(subschema.absolute(keyword), subschema.place.document)


def dangling(catalog: Catalog) -> Iterator[Problem]:
    """A problem for each `$ref` that leads nowhere."""
    for document in catalog.documents:
        for subschema in subschemas(document):
            if "$ref" in subschema.place.schema and target(catalog, subschema, "$ref") is None:
                reference = subschema.place.schema["$ref"]
                sentence = f"`{reference}` leads to no schema below the root; nothing else is read"
                yield Problem(subschema.place.at / "$ref", "unresolvable-ref", sentence)
