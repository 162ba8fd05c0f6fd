"""Definitions: what has a name of its own, lowered one by one as names lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from recordsmith.catalog import Catalog
from recordsmith.drafts import FormatPolicy
from recordsmith.index import name_of
from recordsmith.ir import (
    Alias,
    Bounds,
    Definition,
    Enforcement,
    Guarded,
    Name,
    Named,
    Scalar,
    ScalarKind,
    Source,
    Type,
)
from recordsmith.lowering.branching import KEYWORDS as BRANCHING
from recordsmith.lowering.enumerations import enumeration, has_named_members, is_enumeration
from recordsmith.lowering.facets import Facet, Key, read
from recordsmith.lowering.flattening import REFERENCES, reference_of
from recordsmith.lowering.joining import ANYTHING, NEVER
from recordsmith.lowering.keywords import documentation
from recordsmith.lowering.lost import Lost
from recordsmith.lowering.names import Names, wanted, wanted_for
from recordsmith.lowering.records import Merged, Pending, record
from recordsmith.lowering.shapes import REFINING, Wanted
from recordsmith.lowering.types import Types, key_of
from recordsmith.places import Place
from recordsmith.problems import Problems

_OWN_FORMATS = {"iso8601-duration": ScalarKind.DURATION}
_MANY = 1000
"""So many records of several schemas are fine; more where there are more schemas."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """A definition, where it stands, and what its types do not express."""

    definition: Definition
    place: Place
    facets: tuple[Facet, ...] = ()
    lost: Lost | None = None


class Definitions:
    """Names the definitions of a catalog and lowers each once."""

    def __init__(self, catalog: Catalog, formats: FormatPolicy, problems: Problems) -> None:
        self.lowered: list[Lowered] = []
        self.names = Names()
        self.types = Types(catalog, formats, problems, self)
        self._catalog = catalog
        self._problems = problems
        self._taken: dict[Name, Place] = {}
        self._waiting: list[tuple[Name, Place] | Pending | Merged] = []
        self._noted: dict[str, str] = {}
        self._joined = 0

    def lower_all(self, *, only_needed: bool) -> None:
        """Lower each document of the project, what each defines, and what these name in turn.

        `only_needed` leaves out the definitions to which nothing refers.
        """
        for document in self._catalog.documents:
            self.name_of(document.top, "")
        for document in self._catalog.documents:
            for place in () if only_needed else _defined(document.top):
                if self.is_named(place):
                    self.name_of(place, "")
        while self._waiting:
            self._noted = {}
            match self._waiting.pop():
                case Pending() as pending:
                    self._record(pending, pending.facets[0].place)
                case Merged(name, facets):
                    type_ = self.types.shapes.of([*facets], Wanted(name.type))
                    self._alias(name, facets[0].place, type_)
                case (name, place):
                    self._define(name, place)

    def name_of(self, place: Place, hint: str) -> Name:
        """The name of the definition at `place`, which is lowered later."""
        key = id(place.schema) if isinstance(place.schema, dict) else str(place.at)
        known = self.names.known(key)
        if known:
            return known
        if place.schema is place.document.schema and place.document in self._catalog.documents:
            name = self._document_name(place)
            self.names.assign(key, name)
        else:
            name = self.names.give(key, name_of(place.document).module, wanted(place, hint))
        self._waiting.append((name, place))
        return name

    def _document_name(self, place: Place) -> Name:
        name = name_of(place.document)
        earlier = self._taken.setdefault(name, place)
        if earlier is not place:
            sentence = f"{earlier.at} is called `{name}` too; give one of them another title"
            self._problems.add(place.at, "duplicate-name", sentence)
        return name

    def is_named(self, place: Place) -> bool:
        """Whether a schema that is referred to is a definition, and not just a type."""
        schema = place.schema
        if not isinstance(schema, dict):
            return False
        if schema is place.document.schema or place.is_named or self.names.known(id(schema)):
            return True
        asserting = set(read(place).written)
        if asserting <= {*REFERENCES} or reference_of(place, REFINING) == (place, []):
            return False
        is_defined = place.at.pointer.rpartition("/")[0].endswith(("/$defs", "/definitions"))
        return is_defined and asserting != {"type"}

    def is_lifted(self, place: Place) -> bool:
        """Whether a nested schema is a definition by itself, however it is reached."""
        schema = place.schema
        return (
            schema is place.document.schema
            or place.is_named
            or self.names.known(id(schema)) is not None
            or has_named_members(schema)
            or _is_wire_string(schema)
        )

    def recursive(self, facets: list[Facet], key: frozenset[Key], hint: str) -> Name:
        """The name of a type that is a part of itself."""
        name = self.names.known(("recursive", key))
        if name is None:
            name = self.names.give(("recursive", key), *wanted_for(facets, hint))
            self._waiting.append(Merged(name, tuple(facets)))
        return name

    def record(self, facets: list[Facet], wanted: Wanted, lost: Lost) -> Named:
        """The record that the facets describe; `lost` is what its fields do not express."""
        taken = tuple(lost.take())
        key = (key_of(facets), frozenset((facet.key, keywords) for facet, keywords in taken))
        if wanted.own is not None and wanted.place is not None:
            self.names.assign(key, wanted.own)
            self._record(Pending(wanted.own, tuple(facets), taken), wanted.place)
            return Named(wanted.own)
        name = self.names.known(key)
        if name is None:
            name = self.names.give(key, *wanted_for(facets, wanted.hint))
            self._count(facets)
            self._waiting.append(Pending(name, tuple(facets), taken))
        return Named(name)

    def _count(self, facets: list[Facet]) -> None:
        """Stop where records of several schemas lead to ever more such.  Raises `ProblemsFound`."""
        self._joined += len(facets) > 1
        is_time = len(facets) > 1 and self._joined % _MANY == 0
        if is_time and self._joined > sum(1 for _ in self._catalog.places()):
            sentence = "the schemas that are joined here make too many records of each other"
            self._problems.add(facets[-1].place.at, "too-large", sentence)
            self._problems.check()

    def note(self, facets: list[Facet], lost: list[tuple[Facet, frozenset[str]]]) -> None:
        """Remember what became of the facets' keywords."""
        lost_of: dict[int, set[str]] = {}
        for facet, keywords in lost:
            lost_of.setdefault(id(facet.place.schema), set()).update(keywords)
        for facet in facets:
            gone = lost_of.get(id(facet.place.schema), ())
            pointers = _pointers(facet.place, facet.written.values())
            for keyword, at in zip(facet.written, pointers, strict=True):
                self._noted[at] = "guard" if keyword in gone else self._noted.get(at, "type")

    def _define(self, name: Name, place: Place) -> None:
        schema = place.schema
        if isinstance(schema, bool):
            self._alias(name, place, ANYTHING if schema else NEVER)
        elif self.types.guards.is_dynamic(place) or not place.document.is_known:
            self._guard(name, place)
        elif is_enumeration(schema):
            made = enumeration(name, place)
            self._noted = dict.fromkeys(_pointers(place, ("enum", "oneOf", "anyOf")), "type")
            self._keep(Lowered(made, place))
        elif _is_wire_string(schema):
            self._alias(name, place, self._wire_string(place))
        else:
            self._shape(name, place)

    def _guard(self, name: Name, place: Place) -> None:
        """A schema whose meaning hangs on the way to it: a guard has all of it.

        What a record's own properties say besides does not hang on that, and makes its fields.
        """
        guards = self.types.guards.whole(place)
        own = read(place).only(("properties", "required", "type"))
        if place.document.is_known and own.get("type") == "object" and "properties" in own:
            made, _ = record(Pending(name, (own,), ()), place, self.types)
            self._keep(Lowered(replace(made, guards=guards), place))
        else:
            self._alias(name, place, Guarded(ANYTHING, guards))

    def _shape(self, name: Name, place: Place) -> None:
        type_ = self.types.referred(place, name.type)
        if type_ is None:
            facets = self.types.flatten(place)
            if facets is None:
                type_ = NEVER
            elif not facets:
                type_ = ANYTHING
            else:
                type_ = self.types.shapes.of(facets, Wanted(name.type, name, place))
                last = self.lowered[-1].definition.name if self.lowered else None
                if type_ == Named(name) and last == name:
                    return  # else it is but another name of itself
        self._alias(name, place, type_)

    def _alias(self, name: Name, place: Place, type_: Type) -> None:
        source = Source(str(place.document.path), place.at.pointer)
        told = documentation(place.schema)
        self._keep(Lowered(Alias(name=name, source=source, type=type_, documentation=told), place))

    def _record(self, pending: Pending, place: Place) -> None:
        made, lost = record(pending, place, self.types)
        taken = [(one, frozenset(left)) for one, left in lost.of]
        guarded = frozenset().union(*(left for _, left in taken))
        facets = [one.without(BRANCHING - guarded) for one in pending.facets]
        self.note(facets, taken)
        self._keep(Lowered(made, place, pending.facets, lost))

    def _wire_string(self, place: Place) -> Type:
        """A string that stands for a value of another kind, told by its pattern."""
        schema = place.schema
        if "x-format" not in schema:
            return self.types.merged([place], "")
        at = place.at / "x-format"
        if "format" in schema:
            sentence = "a string has one format, not two"
            self._problems.add(at, "unsupported-format", sentence)
        if "pattern" not in schema:
            sentence = "`x-format` names a `pattern`; write one"
            self._problems.add(at, "format-assertion", sentence)
            return ANYTHING
        return Scalar(_OWN_FORMATS[schema["x-format"]], Bounds(pattern=schema["pattern"]))

    def _keep(self, lowered: Lowered) -> None:
        enforced = tuple(Enforcement(at, self._noted[at]) for at in sorted(self._noted))
        definition = replace(lowered.definition, enforced=enforced)
        self.lowered.append(replace(lowered, definition=definition))


def _defined(place: Place) -> Iterator[Place]:
    """The definitions right below a document's schema."""
    for keyword in ("$defs", "definitions"):
        defined = place.schema.get(keyword) if isinstance(place.schema, dict) else None
        if isinstance(defined, dict):
            yield from (place / keyword / key for key in defined)


def _pointers(place: Place, keywords: Iterable[str]) -> list[str]:
    """Where some keywords of a schema stand."""
    here = f"{place.document.path}#{place.at.pointer}"
    return [f"{here}/{keyword}" for keyword in keywords if keyword in place.schema]


def _is_wire_string(schema: Any) -> bool:
    """Whether a string stands for a value that languages have a type of their own for."""
    if not isinstance(schema, dict) or schema.get("type") != "string":
        return False
    return "x-format" in schema or ("pattern" in schema and schema.get("format") == "date-time")
