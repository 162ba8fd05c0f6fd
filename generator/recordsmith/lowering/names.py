"""Names: what definitions are called; no two in a module alike.

A name comes from the title, from the key below `$defs`, or from the path of properties.  Of
`io.k8s.api.core.v1.PodSpec` it is `PodSpec`, if no other key ends so.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import chain, count

from recordsmith.index import name_of
from recordsmith.ir import Name
from recordsmith.lowering.facets import Facet
from recordsmith.naming import LONGEST_NAME, name_in, pascal_case
from recordsmith.places import Place
from recordsmith.problems import unescaped

_DEFINITIONS = ("$defs", "definitions")


class Names:
    """The names given so far."""

    def __init__(self) -> None:
        self._by_key: dict[Hashable, Name] = {}
        self._taken: set[Name] = set()

    def known(self, key: Hashable) -> Name | None:
        """The name given to what `key` stands for."""
        return self._by_key.get(key)

    def give(self, key: Hashable, module: tuple[str, ...], wanted: Iterable[str]) -> Name:
        """The first of the wanted names that is free, or else the first with a number."""
        short = dict.fromkeys(one[:LONGEST_NAME] for one in wanted if one)
        candidates = [Name(module, one) for one in short]
        first = candidates[0]
        numbered = (Name(module, f"{first.type}{number}") for number in count(2))
        name = next(one for one in chain(candidates, numbered) if one not in self._taken)
        self.assign(key, name)
        return name

    def assign(self, key: Hashable, name: Name) -> None:
        """Let `key` have the name too."""
        self._taken.add(name)
        self._by_key[key] = name


def wanted(place: Place, hint: str) -> Iterator[str]:
    """What the definition at `place` may be called, best first; `hint` is its path in words."""
    if place.is_named:
        yield place.given_name
    outer = name_of(place.document).type
    parent, _, key = place.at.pointer.rpartition("/")
    is_defined = parent.rpartition("/")[2] in _DEFINITIONS
    title = place.schema.get("title") if isinstance(place.schema, dict) else None
    named = name_in(title) if isinstance(title, str) else None
    if named:
        yield pascal_case(named)
    if is_defined:
        last = key.rpartition(".")[2]
        if "." in key and _siblings(place).count(last) == 1:
            yield pascal_case(last)
        yield pascal_case(unescaped(key))
        yield pascal_case(f"{outer} {unescaped(key)}")
    yield pascal_case(hint)
    yield pascal_case(f"{outer} {hint}")
    yield outer


def wanted_for(facets: list[Facet], hint: str) -> tuple[tuple[str, ...], list[str]]:
    """The module and the names, best first, of what several schemas describe together."""
    telling = [facet.place for facet in facets if "properties" in facet]
    place = telling[0] if telling else facets[0].place
    module = name_of(place.document).module
    given = [facet.place.given_name for facet in facets if facet.place.is_named]
    if len(telling) == 1 or not hint:
        return module, [*given, *wanted(place, hint)]
    return module, [*given, pascal_case(hint), *wanted(place, hint)]


def _siblings(place: Place) -> list[str]:
    """The keys beside the definition's and its own, each as far as it follows the last dot."""
    inner = place.document.schema
    for token in place.at.pointer.split("/")[1:-1]:
        inner = inner[int(token) if isinstance(inner, list) else unescaped(token)]
    return [key.rpartition(".")[2] for key in inner]
