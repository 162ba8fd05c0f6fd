"""Types: what kind of value a schema, or several together, describes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from recordsmith.catalog import Catalog
from recordsmith.drafts import FormatPolicy, assertive
from recordsmith.ir import Name, Named, Type
from recordsmith.lowering.facets import Facet, Key
from recordsmith.lowering.flattening import REFERENCES, Flattening, reference_of, unique
from recordsmith.lowering.guards import Guards
from recordsmith.lowering.joining import ANYTHING, NEVER, union
from recordsmith.lowering.judging import Judge
from recordsmith.lowering.lost import Lost
from recordsmith.lowering.shapes import REFINING, Shapes, Wanted
from recordsmith.lowering.unions import JsonTypes
from recordsmith.places import Place
from recordsmith.problems import Problems

_DEEPEST = 60
"""Types in one another; Python, which has its own limit, calls a dozen functions for each."""


class Definitions(Protocol):
    """What the reading of types needs to know of definitions."""

    def name_of(self, place: Place, hint: str) -> Name:
        """The name of the definition at `place`."""

    def is_named(self, place: Place) -> bool:
        """Whether a schema that is referred to is a definition."""

    def is_lifted(self, place: Place) -> bool:
        """Whether a nested schema is a definition by itself, however it is reached."""

    def recursive(self, facets: list[Facet], key: frozenset[Key], hint: str) -> Name:
        """The name of a type that is a part of itself."""

    def record(self, facets: list[Facet], wanted: Wanted, lost: Lost) -> Named:
        """The record that the facets describe; `lost` is what its fields do not express."""

    def note(self, facets: list[Facet], lost: list[tuple[Facet, frozenset[str]]]) -> None:
        """Remember what became of the facets' keywords."""


class Types:
    """Reads the types of schemas; records and what else has a name are left to `definitions`."""

    def __init__(
        self, catalog: Catalog, formats: FormatPolicy, problems: Problems, definitions: Definitions
    ) -> None:
        self.problems = problems
        self.asserts_formats = assertive(formats)
        self.guards = Guards(catalog, self.asserts_formats.__getitem__)
        self.definitions = definitions
        self.shapes = Shapes(self)
        self._flattening = Flattening(catalog, self.guards, problems)
        self.flatten = self._flattening.flatten
        self.json_types = JsonTypes(self.flatten)
        self.target = self._flattening.target
        self.accepts = Judge(catalog, self.asserts_formats).accepts
        self.union = union
        self._merging: list[frozenset[Key]] = []
        self._inlining: list[int] = []

    def type_of(self, places: list[Place], hint: str) -> Type:
        """The type of the values that all of some schemas accept."""
        if len(places) != 1:
            return self.merged([*places], hint)
        (place,) = places
        match place.schema:
            case True:
                return ANYTHING
            case False:
                return NEVER
        if self.definitions.is_lifted(place):
            return Named(self.definitions.name_of(place, hint))
        if self.guards.is_dynamic(place):
            return ANYTHING
        return self.referred(place, hint) or self.merged([place], hint)

    def merged(self, parts: list[Place | Facet], hint: str) -> Type:
        """The type of the values that all of some schemas and facets accept."""
        facets: list[Facet] = []
        for part in parts:
            found = [part] if isinstance(part, Facet) else self.flatten(part)
            if found is None:
                return NEVER
            facets += found
        return self._of_facets(unique(facets), hint) if facets else ANYTHING

    def _of_facets(self, facets: list[Facet], hint: str) -> Type:
        key = key_of(facets)
        if key in self._merging:
            return Named(self.definitions.recursive(facets, key, hint))
        with self._deeper(key, facets[0].place) as is_fine:
            return self.shapes.of(facets, Wanted(hint)) if is_fine else ANYTHING

    @contextmanager
    def _deeper(self, key: frozenset[Key], place: Place) -> Iterator[bool]:
        depth = len(self._merging)
        if depth == _DEEPEST:
            sentence = f"more than {_DEEPEST} types in one another; name some of them by `$ref`"
            self.problems.add(place.at, "too-deep", sentence)
        self._merging.append(key)
        yield depth < _DEEPEST
        self._merging.pop()

    def referred(self, place: Place, hint: str) -> Type | None:
        """The type of what the schema refers to, guarded; None where it says more than that."""
        found = reference_of(place, REFINING)
        if found is None:
            return None
        reference, facets = found
        target = self._followed(reference)
        type_ = ANYTHING if target is None else self._at(target, hint)
        return self.shapes.refined(type_, facets) if facets else type_

    def _followed(self, place: Place) -> Place | None:
        """Where a reference leads in the end: to a definition, or what says something itself."""
        seen: set[int] = set()
        here: Place | None = place
        while here is not None:
            keyword = next(one for one in REFERENCES if one in here.schema)
            if id(here.schema) in seen:
                sentence = "the reference leads back to itself and describes no value"
                self.problems.add(here.at / keyword, "reference-cycle", sentence)
                return None
            seen.add(id(here.schema))
            here = self.target(here, keyword)
            if here is None or isinstance(here.schema, bool) or self.is_named(here):
                return here
            if reference_of(here, REFINING) != (here, []):
                return here
        return None

    def _at(self, target: Place, hint: str) -> Type:
        """The type of what a reference leads to."""
        if isinstance(target.schema, dict) and self.is_named(target):
            last = target.at.pointer.rpartition("/")[2]
            return Named(self.definitions.name_of(target, last or hint))
        self._inlining.append(id(target.schema))
        type_ = self.type_of([target], hint)
        self._inlining.pop()
        return type_

    def is_named(self, place: Place) -> bool:
        """Whether a schema that is referred to is a definition, and not just a type."""
        return id(place.schema) in self._inlining or self.definitions.is_named(place)

    def name_of(self, place: Place, hint: str) -> Name:
        """The name of the definition at `place`."""
        return self.definitions.name_of(place, hint)

    def record(self, facets: list[Facet], wanted: Wanted, lost: Lost) -> Named:
        """The record that the facets describe; `lost` is what its fields do not express."""
        return self.definitions.record(facets, wanted, lost)

    def note(self, facets: list[Facet], lost: list[tuple[Facet, frozenset[str]]]) -> None:
        """Remember what became of the facets' keywords."""
        self.definitions.note(facets, lost)

    def described(self, place: Place) -> dict[str, Any]:
        """The property's annotations, after those of the properties that it refers to in turn."""
        found: dict[str, Any] = {}
        seen: set[int] = set()
        here: Place | None = place
        while here is not None and isinstance(here.schema, dict) and id(here.schema) not in seen:
            seen.add(id(here.schema))
            found = {**here.schema, **found}
            refers = "/properties/" in str(here.schema.get("$ref", ""))
            here = self.target(here, "$ref") if refers else None
        return found


def key_of(facets: list[Facet]) -> frozenset[Key]:
    """What tells a list of facets from others."""
    return frozenset(facet.key for facet in facets)
