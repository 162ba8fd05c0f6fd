"""Fidelity: what of every definition the types of languages say, and what its guard says.

A guard is one thing: what is below a guarded keyword is guarded with it, and not listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from recordsmith.catalog import Catalog
from recordsmith.drafts import FormatPolicy, assertive
from recordsmith.explanation import BY, relative
from recordsmith.ir import Alias, Definition, Enumeration, Guarded, Model, Name, Record
from recordsmith.lowering.facets import read
from recordsmith.places import Document, Place, children

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
    `<document>#<pointer>`.  One of several types of one schema is listed where its branch stands.
    """
    reading = _Reading(catalog, model, formats)
    keys = _keys(model)
    return {
        keys[definition.name]: {
            "name": str(definition.name),
            **{language: path_of(definition.name) for language, path_of in languages.items()},
            **_enforced(keys[definition.name], reading.keywords(definition, keys[definition.name])),
        }
        for definition in sorted(model.definitions, key=lambda one: keys[one.name])
    }


def _enforced(key: str, keywords: Mapping[str, str]) -> dict[str, list[str]]:
    return {by: sorted(relative(at, key) for at in keywords if keywords[at] == by) for by in BY}


class _Reading:
    """Finds what becomes of keywords that are no assertion by themselves."""

    def __init__(self, catalog: Catalog, model: Model, formats: FormatPolicy) -> None:
        self._asserts_formats = assertive(formats)
        self._sources = {_key(one) for one in model.definitions}
        self._documents: dict[str, Document] = {}
        for document in catalog.all_documents():
            self._documents.setdefault(str(document.path), document)

    def keywords(self, definition: Definition, key: str) -> dict[str, str]:
        """The keywords that make the definition what it is, each with what enforces it."""
        found = {one.pointer: one.by for one in definition.enforced}
        start = self._place_at(key)
        waiting = [start] if start else []
        while waiting:
            place = waiting.pop()
            for keyword in filter(self._is_asserting(place), place.schema):
                otherwise = _otherwise(definition, place, keyword)
                found.setdefault(_pointer(place / keyword), otherwise)
            if not isinstance(definition, Enumeration):
                waiting += self._below(place, found)
        return found

    def _place_at(self, key: str) -> Place | None:
        """Where a definition stands, if that is a schema of the catalog's."""
        path, _, pointer = key.partition("#")
        document = self._documents.get(path)
        place = document.top if document else None
        for token in pointer.split("/")[1:]:
            name = token.replace("~1", "/").replace("~0", "~")
            inner = place.schema if place else None
            index = int(name) if isinstance(inner, list) and name.isdecimal() else name
            if place is None or not isinstance(inner, dict | list) or not _holds(inner, index):
                return None
            place /= index
        return place if place and isinstance(place.schema, dict) else None

    def _is_asserting(self, place: Place) -> Callable[[str], bool]:
        def is_asserting(keyword: str) -> bool:
            if keyword == "format" and not self._asserts_formats[place.draft]:
                return False
            is_alone = place.draft.ref_stands_alone and "$ref" in place.schema
            return place.draft.asserts(keyword) and (keyword == "$ref" or not is_alone)

        return is_asserting

    def _below(self, place: Place, found: Mapping[str, str]) -> Iterator[Place]:
        """The schemas below that belong to the same definition."""
        for child in children(place):
            below = child.at.pointer.removeprefix(place.at.pointer).split("/")[1]
            is_own = below not in _DEFINITIONS and _pointer(child) not in self._sources
            is_guarded = found.get(_pointer(place / below)) != "type"
            if is_own and not is_guarded and isinstance(child.schema, dict):
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
    """Where each definition is listed: where it stands, or its branch if others stand there too."""
    times = Counter(map(_key, model.definitions))
    noted = Counter(
        (_key(one), enforced.pointer) for one in model.definitions for enforced in one.enforced
    )
    keys: dict[Name, str] = {}
    taken = set(times)
    free = set(times)
    for definition in model.definitions:
        key = _key(definition)
        if times[key] > 1:
            own = [one.pointer for one in definition.enforced if noted[key, one.pointer] == 1]
            branches = [one.rpartition("/")[0] for one in own if isinstance(definition, Record)]
            branch = next((one for one in sorted(branches, key=len) if one not in taken), None)
            key = branch or (key if key in free else f"{key} {definition.name}")
        free.discard(key)
        taken.add(key)
        keys[definition.name] = key
    return keys
