"""Places: the schemas of a document, and where each stands.

A place knows what its references start from, and which draft's words it is written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, uses_netloc, uses_relative

from recordsmith.drafts import LISTED, NAMED, SINGLE, Draft, draft_of
from recordsmith.problems import Location

SCHEME = "recordsmith"
"""Of the URIs made for documents without `$id`."""

for _schemes in (uses_relative, uses_netloc):
    _schemes.append(SCHEME)  # `urljoin` joins only what it knows


@dataclass(frozen=True, eq=False)
class Document:
    """A schema file, or what stands for one."""

    path: PurePosixPath
    """Below the root of the schemas."""
    uri: str
    """Its `$id`, or else a URI made from its path."""
    schema: Any
    at: Location
    draft: Draft
    is_known: bool = True
    """Whether its `$schema` names a draft, and not a dialect of somebody's own."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names that the user gives to types in it, by their JSON Pointers."""

    @property
    def top(self) -> Place:
        """The document's own schema."""
        return Place(self, self.at, self.schema, self.uri, self.draft)

    @cached_property
    def schemas(self) -> tuple[Place, ...]:
        """The document's schema and all below it that are objects, depth first."""
        return tuple(_subschemas(self.top)) if isinstance(self.schema, dict) else ()


@dataclass(frozen=True, slots=True)
class Place:
    """A subschema and where it stands."""

    document: Document = field(compare=False)
    at: Location
    schema: Any = field(compare=False)
    base: str = field(compare=False)
    """The URI that its references start from."""
    draft: Draft = field(compare=False)

    def __truediv__(self, token: str | int) -> Place:
        schema = self.schema[token]
        base, draft = self.base, self.draft
        if isinstance(schema, dict) and draft.id_keyword in schema:
            identifier = draft.identifier(schema)
            if identifier is not None:
                base = joined(base, identifier)
                draft = draft_of(schema.get("$schema")) or draft
        return Place(self.document, self.at / token, schema, base, draft)

    @property
    def given_name(self) -> str:
        """What the user calls the type that stands here; empty where nothing."""
        return self.document.names.get(self.at.pointer, "")

    @property
    def is_named(self) -> bool:
        """Whether the user calls the type that stands here by a name."""
        return self.at.pointer in self.document.names

    def is_within(self, other: Place) -> bool:
        """Whether the author wrote it somewhere inside of what stands at the other place."""
        return self.document is other.document and self.at.pointer.startswith(
            f"{other.at.pointer}/"
        )

    def absolute(self, reference: str) -> str:
        """A reference that stands here, as a URI."""
        return _absolute(self.base, reference)


@lru_cache(2**16)
def _absolute(base: str, reference: str) -> str:
    if reference.startswith("#"):
        return f"{base}{reference}"  # `urljoin` would not, to a URN
    scheme, _, rest = base.partition(":")
    if rest.startswith("/") and scheme not in uses_relative:
        for schemes in (uses_relative, uses_netloc):
            schemes.append(scheme)  # `urljoin`, here and elsewhere, joins only what it knows
    try:
        return urljoin(base, reference)
    except ValueError:  # a bracket that closes nothing
        return reference


_URI = re.compile(
    r"([A-Za-z][A-Za-z0-9+.\-]*:|(?![^/?#]*:))"  # a scheme, or no colon before the first slash
    r"(//([^/?#@]*@)?(\[[0-9A-Fa-f:.v]*\]|[^/?#@:\[\]]*)(:[0-9]*)?(?=[/?#]|$))?"
    r"(%[0-9A-Fa-f]{2}|[^\x00-\x20<>\"{}|\\^`\x7f%\[\]#])*"
    r"(#(%[0-9A-Fa-f]{2}|[^\x00-\x20<>\"{}|\\^`\x7f%\[\]#])*)?"
)
"""The generic syntax of RFC 3986; letters beyond ASCII may stand unescaped, as in RFC 3987."""


def is_uri(text: str) -> bool:
    """Whether the text is a URI, or a reference to one."""
    return _URI.fullmatch(text) is not None


def joined(base: str, identifier: str) -> str:
    """The URI of a schema that gives itself an identifier; what is none changes nothing."""
    return _absolute(base, identifier).removesuffix("#") if is_uri(identifier) else base


def subschemas(top: Place) -> Iterable[Place]:
    """The schema at `top` and all below it that are objects, depth first."""
    return _subschemas(top) if top.at.pointer else top.document.schemas


def _subschemas(top: Place) -> Iterator[Place]:
    waiting = [top]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += reversed([one for one in children(here) if isinstance(one.schema, dict)])


def children(place: Place) -> Iterator[Place]:
    """The schemas right below a schema that is an object, as opposed to data and names."""
    for keyword, value in place.schema.items():
        if keyword in LISTED and isinstance(value, list):
            inner = place / keyword
            yield from (inner / index for index in range(len(value)))
        elif keyword in SINGLE and isinstance(value, dict | bool):
            yield place / keyword
        elif keyword in NAMED and isinstance(value, dict):
            inner = place / keyword
            yield from (inner / name for name in value if isinstance(value[name], dict | bool))
