"""Explain: a type's keywords, each with its place in the schemas and what enforces it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from recordsmith.config import Config
from recordsmith.dialect import behaviour_keywords
from recordsmith.drafts import ANNOTATIONS, DRAFTS
from recordsmith.naming import did_you_mean, listed
from recordsmith.positions import locate
from recordsmith.problems import Location, Problem, ProblemsFound, escaped, unescaped

BY = ("type", "guard")
Entry = Mapping[str, Any]
"""What the manifest tells of a definition."""

_DEFINED: frozenset[str] = frozenset().union(*(draft.keywords for draft in DRAFTS))
_ASSERTING = _DEFINED - ANNOTATIONS - {"format"}
_HOLDING = ("$defs", "definitions")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword, and what becomes of it: `type`, `guard`, `behaviour` or `annotation`."""

    at: Location
    pointer: str
    """As seen from the definition: `#` and a pointer elsewhere in its document."""
    by: str
    value: Any

    @property
    def name(self) -> str:
        """The keyword itself."""
        return unescaped(self.pointer.rpartition("/")[2])

    def as_json(self) -> dict[str, Any]:
        """The keyword as a JSON object."""
        place = {"line": self.at.line, "column": self.at.column} if self.at.line else {}
        return {
            "keyword": self.name,
            "pointer": self.pointer,
            "by": self.by,
            "file": self.at.file,
            **place,
            "value": self.value,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """A type: where it stands in the schemas, where in every language, and its keywords."""

    name: str
    at: Location
    languages: Mapping[str, str]
    keywords: tuple[Keyword, ...]

    def as_json(self) -> dict[str, Any]:
        """The type as a JSON object."""
        place = {"line": self.at.line, "column": self.at.column} if self.at.line else {}
        return {
            "name": self.name,
            "file": self.at.file,
            **place,
            "pointer": self.at.pointer,
            "languages": dict(self.languages),
            "keywords": [keyword.as_json() for keyword in self.keywords],
        }


def languages_of(entry: Entry) -> dict[str, str]:
    """Where each language has a type."""
    return {key: entry[key] for key in entry if key not in ("name", "of", *BY)}


def key_of(definitions: Mapping[str, Entry], name: str) -> str:
    """The definition of `Order` or of `shop.Order`.

    Raises `ProblemsFound` if there is none of that name, or more than one.
    """
    known = {key: str(entry["name"]) for key, entry in definitions.items()}
    exact = [key for key, full in known.items() if full == name]
    found = exact or [key for key, full in known.items() if full.rpartition(".")[2] == name]
    if len(found) == 1:
        return found[0]
    if found:
        candidates = listed(sorted(known[key] for key in found))
        sentence = f"`{name}` may be {candidates}; write one of these"
        raise ProblemsFound([Problem(Location(name), "ambiguous-type", sentence)])
    names = {one for full in known.values() for one in (full, full.rpartition(".")[2])}
    sentence = f"there is no type `{name}`{did_you_mean(name, names)}"
    raise ProblemsFound([Problem(Location(name), "unknown-type", sentence)])


def explain(key: str, definitions: Mapping[str, Entry], config: Config) -> Explanation:
    """What becomes of the keywords of the definition at `key`."""
    entry = definitions[key]
    key = entry.get("of", key)
    reading = _Reading(config)
    enforced = {absolute(one, key): (one, by) for by in BY for one in entry[by]}
    found = [
        Keyword(reading.at(at), one, by, reading.value(at)) for at, (one, by) in enforced.items()
    ]
    for place in _places(key, definitions, enforced, reading):
        schema = reading.value(place)
        for keyword in schema if isinstance(schema, dict) else ():
            at = f"{place}/{escaped(keyword)}"
            if at not in enforced and keyword not in _ASSERTING and keyword not in _HOLDING:
                by = "behaviour" if keyword in behaviour_keywords() else "annotation"
                found.append(Keyword(reading.at(at), relative(at, key), by, schema[keyword]))
    own = key.partition("#")[0]
    ordered = sorted(found, key=lambda one: (not reading.is_in(one.at, own), one.at))
    return Explanation(entry["name"], reading.at(key), languages_of(entry), tuple(ordered))


def _places(
    key: str, definitions: Mapping[str, Entry], enforced: Mapping[str, Any], reading: _Reading
) -> Iterator[str]:
    """The schemas that the definition is made of."""
    seen = dict.fromkeys([key, *(at.rpartition("/")[0] for at in enforced)])
    for at in enforced:
        if at.endswith("/properties"):
            children = reading.value(at) or {}
            seen |= dict.fromkeys(f"{at}/{escaped(name)}" for name in children)
    yield from (place for place in seen if place == key or place not in definitions)


class _Reading:
    """The schema documents of a project, each read once."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._texts: dict[str, str] = {}
        self._values: dict[str, Any] = {}

    def is_in(self, at: Location, document: str) -> bool:
        """Whether a place is in a document."""
        return at.file == self._shown(document)

    def at(self, key: str) -> Location:
        """The place of `<document>#<pointer>`."""
        document, _, pointer = key.partition("#")
        text = self._text(document)
        line, column = locate(text, pointer) if text else (0, 0)
        return Location(self._shown(document), pointer, line, column)

    def value(self, key: str) -> Any:
        """What stands there; None where that is none of the project's own documents."""
        document, _, pointer = key.partition("#")
        if document not in self._values:
            text = self._text(document)
            self._values[document] = json.loads(text) if text else None
        value = self._values[document]
        for token in pointer.split("/")[1:]:
            try:
                value = value[int(token) if isinstance(value, list) else unescaped(token)]
            except (LookupError, TypeError, ValueError):
                return None
        return value

    def _shown(self, document: str) -> str:
        return self._config.shown(self._config.schemas / document)

    def _text(self, document: str) -> str:
        if document not in self._texts:
            try:
                self._texts[document] = (self._config.schemas / document).read_text("utf-8")
            except OSError:
                self._texts[document] = ""
        return self._texts[document]


def absolute(keyword: str, key: str) -> str:
    """The `<document>#<pointer>` of a keyword that the manifest lists for a definition."""
    if keyword.startswith("/"):
        return f"{key}{keyword}"
    return f"{key.partition('#')[0]}{keyword}" if keyword.startswith("#") else keyword


def relative(at: str, key: str) -> str:
    """How the manifest lists the keyword at `<document>#<pointer>` for the definition at `key`."""
    if at.startswith(f"{key}/"):
        return at.removeprefix(key)
    document, _, pointer = at.partition("#")
    return f"#{pointer}" if document == key.partition("#")[0] else at
