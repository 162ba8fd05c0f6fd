"""Assertions: the keywords that errors are about, with what the schemas say beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote, unquote

from jsonschema_rs import ValidationError, ValidationErrorKind

from recordsmith.behaviours import UnknownMember
from recordsmith.catalog import Catalog, Document, Place
from recordsmith.drafts import LISTED, NAMED, SINGLE
from recordsmith.problems import Location, escaped, unescaped
from recordsmith.readable import spelt
from recordsmith.validation import rules

_LISTING = ("dependencies", "dependentRequired")
_TELLING = (
    "additionalProperties",
    *_LISTING,
    "maxContains",
    "minContains",
    "propertyNames",
    "unevaluatedProperties",
)
"""Keywords whose failure the engine reports as that of another."""
_NAMES = "patternProperties"
_DEFINING = ("$defs", "definitions")
_NO_KEYWORD = "false"
_CHOOSING = ("anyOf", "enum", "oneOf", "type")

Member: TypeAlias = tuple[str, Any]
"""The name of an enum's member, which may be empty, and its value."""
_Key: TypeAlias = tuple[str | None, str | int, type]


@dataclass(frozen=True, slots=True)
class Assertion:
    """A keyword that may fail."""

    place: Place
    """The schema that holds the keyword; the whole where that is elsewhere."""
    schema: dict[str, Any]
    keyword: str
    """Of a schema that takes nothing the one that holds it; `false` where none does."""
    at: Location
    behaviour: str | None
    """The `x-` keyword that names the assertion."""
    members: tuple[Member, ...]
    """Where it fails for a value that is none of these."""
    said: dict[str, str] = field(default_factory=dict)
    """What was said of values, as they are shown: the same mistake is made again and again."""

    @property
    def is_open(self) -> bool:
        """Whether any other string is as good as a member."""
        return UnknownMember.keyword in self.schema


class Assertions:
    """Those that the schemas of a catalog make, each looked up once."""

    def __init__(self, catalog: Catalog, document: Document) -> None:
        self._catalog = catalog
        self._top = document.top
        self._known: dict[_Key, Assertion] = {}

    def of(self, error: ValidationError) -> Assertion:
        """The one that failed."""
        key = error.absolute_keyword_location, error.evaluation_path[-1], type(error.kind)
        found = self._known.get(key)
        if found is None:
            found = self._looked_up(error)
            if key[0]:
                self._known[key] = found
        return found

    def _looked_up(self, error: ValidationError) -> Assertion:
        keyword = _keyword(error)
        parent, token = _parted(error, keyword, self._as_written(_location(error)))
        place = self._catalog.resolve(parent, self._top) or self._top
        schema = place.schema if isinstance(place.schema, dict) else {}
        if isinstance(error.kind, ValidationErrorKind.FalseSchema):
            keyword = self._holding(place, token, error.evaluation_path[-1])
        return Assertion(
            place=place,
            schema=schema,
            keyword=keyword,
            at=place.at if token is None else place.at / token,
            behaviour=rules.behaviour_naming(keyword, schema),
            members=_members(schema) if keyword in _CHOOSING else (),
        )

    def _holding(self, place: Place, token: str | None, last: str | int) -> str:
        """The keyword that holds what stands at the token of a place, if that is a schema.

        `last` is the step that led there, which may be a reference.
        """
        _, _, name = place.at.pointer.rpartition("/")
        if token is None:
            return _NO_KEYWORD
        if isinstance(place.schema, list):
            return name if name in LISTED else _NO_KEYWORD
        if self._catalog.is_schema(place):
            return token if token in SINGLE and token == last else _NO_KEYWORD
        return name if name in NAMED and name not in _DEFINING else _NO_KEYWORD

    def _as_written(self, uri: str) -> str:
        """The URI with the patterns of names as the author wrote them, and not as they are read."""
        bare, _, fragment = uri.partition("#")
        if f"/{_NAMES}/" not in fragment:
            return uri
        place = self._catalog.resolve(bare, self._top)
        node = place.schema if place else None
        tokens = [unescaped(unquote(token)) for token in fragment.split("/")]
        for index, token in enumerate(tokens[1:], 1):
            if tokens[index - 1] == _NAMES and isinstance(node, dict):
                tokens[index] = next((name for name in node if spelt(name) == token), token)
            node = _below(node, tokens[index])
        return f"{bare}#{'/'.join(quote(escaped(token)) for token in tokens)}"

    def alternatives(self, assertion: Assertion) -> list[dict[str, Any]]:
        """The schemas of a choice, as far as they are objects; references are followed once."""
        found = []
        for schema in assertion.schema.get(assertion.keyword, ()):
            reference = schema.get("$ref") if isinstance(schema, dict) else None
            target = self._catalog.resolve(reference, assertion.place) if reference else None
            found.append(target.schema if target else schema)
        return [schema for schema in found if isinstance(schema, dict)]


def _keyword(error: ValidationError) -> str:
    last = str(error.evaluation_path[-1])
    return last if last in _TELLING else error.kind.name


def _below(node: Any, token: str) -> Any:
    if isinstance(node, dict):
        return node.get(token)
    return node[int(token)] if isinstance(node, list) else None


def _location(error: ValidationError) -> str:
    """The URI of what failed, as the engine reads it; empty where it has none."""
    if isinstance(error.kind, ValidationErrorKind.PropertyNames):
        return error.kind.error.absolute_keyword_location or ""
    return error.absolute_keyword_location or ""


def _parted(error: ValidationError, keyword: str, location: str) -> tuple[str, str | None]:
    """The URI of the schema that holds the keyword, and the last token of the keyword's.

    There is no token where the whole document failed.
    """
    if "#/" not in location:
        return location, None if location else str(error.evaluation_path[-1])
    if keyword in _LISTING and isinstance(error.kind, ValidationErrorKind.Required):
        return location.rpartition("/")[0].rpartition("/")[0], keyword  # an index is behind it
    parent, _, token = location.rpartition("/")
    return parent, unescaped(unquote(token))


def _members(schema: dict[str, Any]) -> tuple[Member, ...]:
    """The members of an enum; none for a schema that is no enum."""
    branches = [{"const": value} for value in schema.get("enum", ())]
    branches = branches or schema.get("oneOf") or schema.get("anyOf", [])
    if UnknownMember.keyword in schema:
        branches = branches[:-1]
    if not all(isinstance(branch, dict) and "const" in branch for branch in branches):
        return ()
    return tuple((branch.get("title", ""), branch["const"]) for branch in branches)
