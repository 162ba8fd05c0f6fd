"""Shapes: the type that facets describe, and the guard for what it cannot express.

Every value that the facets accept is one of the type's; what the type takes beyond, the guard
refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Protocol

from recordsmith.drafts import Draft
from recordsmith.ir import Guarded, Name, Named, Never, Other, Scalar, ScalarKind, Type
from recordsmith.lowering import arrays, objects
from recordsmith.lowering.branching import KEYWORDS as BRANCHING
from recordsmith.lowering.disjointness import are_disjoint
from recordsmith.lowering.facets import Facet
from recordsmith.lowering.guards import Guards
from recordsmith.lowering.joining import ANYTHING, NEVER, NULL, union
from recordsmith.lowering.listing import common, listed
from recordsmith.lowering.lost import Lost
from recordsmith.lowering.scalars import NUMERIC, TEXTUAL, is_checked, number, string
from recordsmith.lowering.unions import (
    ALL_TYPES,
    CHOICES,
    CONDITION,
    STRUCTURAL,
    JsonTypes,
    branch_hints,
    chosen,
    named_types,
    tagged,
)
from recordsmith.places import Place

_OF_ANY_TYPE = frozenset(("not", "if", "then", "else", "$dynamicRef", "$recursiveRef", *CHOICES))
"""The keywords that no type carries, whatever the value is."""
_OF_ARRAYS = frozenset(("items", "maxItems", "minItems", "prefixItems", *arrays.SPECIAL))
_OF_OBJECTS = frozenset(
    (
        *("additionalProperties", "patternProperties", "properties", "required"),
        *objects.SPECIAL,
    )
)
REFINING = (_OF_ANY_TYPE | arrays.SPECIAL | objects.SPECIAL) - {"$dynamicRef", "$recursiveRef"}
"""The keywords that leave a type what it is."""
_OF_ONE_TYPE: Mapping[str, frozenset[str]] = {
    "array": _OF_ARRAYS,
    "object": _OF_OBJECTS,
    "string": TEXTUAL,
    "number": NUMERIC,
    "integer": NUMERIC,
}


_MOST_BRANCHES = 64
"""Of choices that lead to choices elsewhere, and those to others: there may be a great many."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a shape is for."""

    hint: str
    """Words that name what is lifted out of it."""
    own: Name | None = None
    """The name of the definition that it is all of."""
    place: Place | None = None
    """Where that definition stands."""


class Context(objects.Context, Protocol):
    """What the reading of a shape needs of the whole lowering."""

    asserts_formats: Mapping[Draft, bool]
    guards: Guards
    json_types: JsonTypes

    def merged(self, parts: list[Place | Facet], hint: str) -> Type:
        """The type of the values that all of some schemas and facets accept."""

    def record(self, facets: list[Facet], wanted: Wanted, lost: Lost) -> Named:
        """The record that the facets describe; `lost` is what its fields do not express."""

    def note(self, facets: list[Facet], lost: list[tuple[Facet, frozenset[str]]]) -> None:
        """Remember what became of the facets' keywords."""


class Shapes:
    """Reads shapes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._choosing: list[tuple[Facet, int]] = []

    def of(self, facets: list[Facet], wanted: Wanted) -> Type:
        """The type of the values that all facets accept."""
        lost = Lost()
        types = named_types(facets)
        if any("enum" in facet or "const" in facet for facet in facets):
            return self._listed(facets, list(ALL_TYPES) if types is None else types, lost)
        choice = chosen(facets, self._context.flatten)
        if choice is not None and self._is_small(*choice):
            return self._choice(facets, choice, wanted)
        for facet in facets:
            lost.add(facet, *(_OF_ANY_TYPE & facet.written.keys()))
        if types is None:
            return self._untyped(facets, wanted, lost)
        if types == ["object"] and is_record(facets):
            return self._context.record(facets, wanted, lost)
        return self._typed(facets, types, wanted, lost)

    def guarded(self, type_: Type, facets: list[Facet], lost: Lost) -> Type:
        """The type, guarded by what was lost."""
        taken = lost.take()
        self._context.note(facets, taken)
        guards = self._context.guards.of(taken)
        if not guards or isinstance(type_, Never):
            return type_
        if isinstance(type_, Guarded):
            return Guarded(type_.type, (*type_.guards, *guards))
        return Guarded(type_, guards)

    def _listed(self, facets: list[Facet], types: list[str], lost: Lost) -> Type:
        bounds = NUMERIC | TEXTUAL
        for facet in facets:
            beside = facet.written.keys() - bounds - {"enum", "const", "type"}
            lost.add(facet, *beside)
            if "format" in facet and is_checked(facet, self._context.asserts_formats):
                lost.add(facet, "format")
        return self.guarded(union(listed(common(facets), types, facets, lost)), facets, lost)

    def _untyped(self, facets: list[Facet], wanted: Wanted, lost: Lost) -> Type:
        """A value of any type; only what it is made of, if it is made of anything, is typed."""
        parts: list[Type] = []
        told = [one for one in ("object", "array") if _is_structural(facets, one)]
        for facet in facets:
            of_told = frozenset().union(*(_OF_ONE_TYPE[one] for one in told))
            lost.add(facet, *(facet.written.keys() - of_told - _OF_ANY_TYPE))
        self._drop_unchecked(lost)
        parts += [self._part(one, facets, wanted, lost) for one in told]
        if not told:
            return self.guarded(ANYTHING, facets, lost)
        return self.guarded(union([*parts, Other(tuple(sorted(told)))]), facets, lost)

    def _drop_unchecked(self, lost: Lost) -> None:
        """A format that asserts nothing is not lost."""
        for facet, keywords in lost.of:
            if "format" in keywords and not is_checked(facet, self._context.asserts_formats):
                keywords.discard("format")

    def _typed(self, facets: list[Facet], types: list[str], wanted: Wanted, lost: Lost) -> Type:
        general = any(not _OF_ANY_TYPE.isdisjoint(facet.written) for facet in facets)
        others = [one for one in types if one != "null"]
        parts = [self._part(one, facets, wanted, lost) for one in others]
        if general or "null" not in types or not parts:
            nothing = [NULL] if "null" in types else []
            return self.guarded(union([*parts, *nothing]), facets, lost)
        return union([self.guarded(union(parts), facets, lost), NULL])

    def _part(self, name: str, facets: list[Facet], wanted: Wanted, lost: Lost) -> Type:
        """The type of the values of one JSON type."""
        hint = wanted.hint
        match name:
            case "array":
                context = self._context
                return arrays.array(facets, hint, lost, context.type_of, context.union)
            case "object":
                return self._object(facets, wanted, lost)
            case "string":
                return string(facets, lost, self._context.asserts_formats)
            case "integer":
                return number(ScalarKind.INTEGER, facets, lost)
            case "number":
                return number(ScalarKind.NUMBER, facets, lost)
            case "boolean":
                return Scalar(ScalarKind.BOOLEAN)
        return NULL

    def _object(self, facets: list[Facet], wanted: Wanted, lost: Lost) -> Type:
        """A map, or a record beside other types."""
        of_objects = [facet.only(_OF_OBJECTS | BRANCHING) for facet in facets]
        mine = [facet for facet in of_objects if facet.written]
        if not is_record(mine):
            return objects.mapping(facets, wanted.hint, lost, self._context)
        hint = f"{wanted.own.type} object" if wanted.own else wanted.hint
        return self._context.record(mine, Wanted(hint), Lost())

    def _is_small(self, facet: Facet, keyword: str) -> bool:
        """Whether choices that lead to one another are still of a size to be written out."""
        choosing = [*self._choosing, (facet, len(facet.branches(keyword)))]
        leading = [
            count
            for (one, count), (inner, _) in pairwise(choosing)
            if not inner.place.is_within(one.place)
        ]
        return not leading or prod(leading) * choosing[-1][1] <= _MOST_BRANCHES

    def _choice(self, facets: list[Facet], choice: tuple[Facet, str], wanted: Wanted) -> Type:
        """A union of branches, each with what the other keywords ask for."""
        chooser, keyword = choice
        outer = Lost()
        rest: list[Facet] = []
        chosen_by = CONDITION if keyword == "if" else (keyword,)
        for facet in facets:
            left = facet.without(chosen_by) if facet is chooser else facet
            outer.add(left, *(_OF_ANY_TYPE & left.written.keys()))
            inner = left.without(_OF_ANY_TYPE)
            if inner.written:
                rest.append(inner)
        places = chooser.branches(keyword)
        flat = [self._context.flatten(place) for place in places]
        branches = [None if one is None else [*rest, *one] for one in flat]
        if keyword == "if":
            outer.add(chooser, *CONDITION)
        if keyword == "oneOf" and not are_disjoint(branches, self._context.json_types):
            outer.add(chooser, "oneOf")
        self._choosing.append((chooser, len(places)))
        types = [
            self._branch(place, rest, hint)
            for place, hint in zip(places, branch_hints(branches, wanted.hint), strict=True)
        ]
        self._choosing.pop()
        return self.guarded(tagged(types, branches), facets, outer)

    def _branch(self, place: Place, rest: list[Facet], hint: str) -> Type:
        """The type of a branch, with what the other keywords ask for beyond it."""
        facets = self._context.flatten(place)
        if facets is None:
            return NEVER
        beyond = [one for one in self._untold(facets, rest) if one.written]
        if not all(one.written.keys() <= REFINING for one in beyond):
            return self._context.merged([*beyond, place], hint)
        type_ = self._context.type_of([place], hint)
        if isinstance(type_, Named) or not beyond:
            return self.refined(type_, beyond)
        return self._context.merged([*beyond, place], hint)

    def _untold(self, facets: list[Facet], rest: list[Facet]) -> list[Facet]:
        """The rest without the `type` that the facets of a branch have anyway."""
        types_of = self._context.json_types.of
        types = types_of(facets)
        return [
            one.without(["type"]) if types <= types_of([one.only(["type"])]) else one
            for one in rest
        ]

    def refined(self, type_: Type, facets: list[Facet]) -> Type:
        """The type, guarded by all that the facets say."""
        lost = Lost()
        for facet in facets:
            lost.add(facet, *facet.written)
        return self.guarded(type_, facets, lost)


def _is_structural(facets: list[Facet], name: str) -> bool:
    return any(STRUCTURAL & _OF_ONE_TYPE[name] & facet.written.keys() for facet in facets)


def is_record(facets: list[Facet]) -> bool:
    """Whether an object that the facets describe has known properties."""
    return any("properties" in facet for facet in facets)
