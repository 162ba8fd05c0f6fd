"""Fidelity: what of every definition the types of languages say, and what its guard says.

A guard is one thing: what is below a guarded keyword is guarded with it, and not listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from recordsmith.catalog import Catalog
from recordsmith.drafts import LISTED, FormatPolicy, assertive
from recordsmith.explanation import BY, relative
from recordsmith.ir import Alias, Definition, Enumeration, Guarded, Model, Name, Record
from recordsmith.lowering.facets import read
from recordsmith.places import Document, Place, children
from recordsmith.problems import escaped, unescaped

PathOf: TypeAlias = Callable[[Name], str]
"""Where a language has a definition."""

_DEFINITIONS = ("$defs", "definitions")
_WHOLE = ("$ref", "allOf", "$dynamicRef", "$recursiveRef")
"""The keywords for what a schema is as a whole: they say nothing of their own."""


def fidelity(
    catalog: Catalog, model: Model, formats: FormatPolicy, languages: Mapping[str, PathOf]
) -> dict[str, dict[str, Any]]:
    """Each definition by `<document>#<pointer>`: its name, its path in every language, and the
    keywords that its type and that its guard enforces.

    A keyword is a pointer from the definition on, `#` and a pointer elsewhere in its document, or
    `<document>#<pointer>`.  One of several types of one schema is listed where its branch stands,
    or with its name behind, and `of` tells its place then.
    """
    reading = _Reading(catalog, model, formats)
    keys = _keys(model)
    return {
        keys[definition.name]: {
            "name": str(definition.name),
            **{language: path_of(definition.name) for language, path_of in languages.items()},
            **_told(definition, keys[definition.name], reading),
        }
        for definition in sorted(model.definitions, key=lambda one: keys[one.name])
    }


def _told(definition: Definition, key: str, reading: _Reading) -> dict[str, Any]:
    """The keywords of a definition by what enforces them."""
    is_part = key == f"{_key(definition)} {definition.name}"
    place = _key(definition) if is_part else key
    keywords = reading.keywords(definition, None if is_part else key)
    enforced = {
        by: sorted(relative(at, place) for at in keywords if keywords[at] == by) for by in BY
    }
    return {"of": place, **enforced} if is_part else enforced


class _Reading:
    """Finds what becomes of keywords that are no assertion by themselves."""

    def __init__(self, catalog: Catalog, model: Model, formats: FormatPolicy) -> None:
        self._asserts_formats = assertive(formats)
        self._sources = {_key(one) for one in model.definitions}
        self._documents: dict[str, Document] = {}
        for document in catalog.all_documents():
            self._documents.setdefault(str(document.path), document)

    def keywords(self, definition: Definition, key: str | None) -> dict[str, str]:
        """The keywords that make the definition at `key` what it is, and what enforces each.

        Without a key they are those that the lowering has noted.
        """
        found = {
            one.pointer: one.by for one in definition.enforced if self._is_enforced(one.pointer)
        }
        start = self._place_at(key) if key is not None else None
        waiting = [start] if start else []
        while waiting:
            place = waiting.pop()
            here = _pointer(place)
            for keyword in place.schema:
                at = f"{here}/{escaped(keyword)}"
                if at not in found and self._is_asserting(place, keyword):
                    found[at] = _otherwise(definition, place, keyword)
            if not isinstance(definition, Enumeration):
                waiting += self._below(place, found)
        return found

    def _place_at(self, key: str) -> Place | None:
        """Where a definition stands, if that is a schema of the catalog's."""
        path, _, pointer = key.partition("#")
        document = self._documents.get(path)
        place = document.top if document else None
        for token in pointer.split("/")[1:]:
            name = unescaped(token)
            inner = place.schema if place else None
            index = int(name) if isinstance(inner, list) and name.isdecimal() else name
            if place is None or not isinstance(inner, dict | list) or not _holds(inner, index):
                return None
            place /= index
        return place if place and isinstance(place.schema, dict) else None

    def _is_enforced(self, at: str) -> bool:
        """Whether what has been noted is no format that only annotates."""
        document = self._documents.get(at.partition("#")[0])
        if document is None or not at.endswith("/format"):
            return True
        return self._asserts_formats[document.draft]

    def _is_asserting(self, place: Place, keyword: str) -> bool:
        if keyword == "format" and not self._asserts_formats[place.draft]:
            return False
        is_alone = place.draft.ref_stands_alone and "$ref" in place.schema
        return place.draft.asserts(keyword) and (keyword == "$ref" or not is_alone)

    def _below(self, place: Place, found: Mapping[str, str]) -> Iterator[Place]:
        """The schemas below that belong to the same definition."""
        here = _pointer(place)
        for child in children(place):
            if not isinstance(child.schema, dict):
                continue
            there = _pointer(child)
            keyword = there[len(here) + 1 :].partition("/")[0]
            is_own = keyword not in _DEFINITIONS and there not in self._sources
            if is_own and found.get(f"{here}/{keyword}") == "type":
                yield child


def _holds(value: dict[str, Any] | list[Any], index: str | int) -> bool:
    if isinstance(value, dict):
        return index in value
    return isinstance(index, int) and index < len(value)


def _otherwise(definition: Definition, place: Place, keyword: str) -> str:
    """What enforces a keyword that the lowering has not noted."""
    if isinstance(definition, Alias) and not definition.enforced:
        return "guard" if isinstance(definition.type, Guarded) else "type"
    is_idle = keyword in _WHOLE or keyword not in read(place).written.values()
    is_guarded = isinstance(definition, Record) and bool(definition.guards)
    return "guard" if is_guarded and not is_idle else "type"


def _pointer(place: Place) -> str:
    return f"{place.document.path}#{place.at.pointer}"


def _key(definition: Definition) -> str:
    return f"{definition.source.document}#{definition.source.pointer}"


def _keys(model: Model) -> dict[Name, str]:
    """Where each definition is listed: where it stands, or at its branch if others stand there too.

    A type that is a part of another, and no branch, has its name behind its place.
    """
    times = Counter(map(_key, model.definitions))
    noted = Counter(
        (_key(one), enforced.pointer) for one in model.definitions for enforced in one.enforced
    )
    keys: dict[str, Name] = {}
    for definition in sorted(model.definitions, key=lambda one: isinstance(one, Record)):
        key = _key(definition)
        own = [one.pointer for one in definition.enforced if noted[key, one.pointer] == 1]
        branches = [found for one in own if times[key] > 1 and (found := _branch(one, key))]
        wanted = (*sorted(dict.fromkeys(branches), key=len), key, f"{key} {definition.name}")
        keys.setdefault(next(one for one in wanted if one not in keys), definition.name)
    return {name: key for key, name in keys.items()}


def _branch(at: str, key: str) -> str | None:
    """The branch of the schema at `key` in which a keyword stands."""
    below = at.removeprefix(f"{key}/").split("/")
    is_in_branch = at.startswith(f"{key}/") and below[0] in LISTED and len(below) > _BRANCH
    return f"{key}/{'/'.join(below[:_BRANCH])}" if is_in_branch else None


_BRANCH = 2
"""Tokens: `oneOf/0`."""
