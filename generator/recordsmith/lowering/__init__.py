"""Lower: turn the catalog's documents into the intermediate representation.

For each definition there is a type that takes every value that its schema takes, and a guard for
what the type takes beyond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from recordsmith.behaviours import BEHAVIOURS, Subject
from recordsmith.catalog import Catalog
from recordsmith.dialect import behaviour_keywords
from recordsmith.drafts import FormatPolicy, assertive
from recordsmith.index import name_of
from recordsmith.ir import (
    Alias,
    Behaviour,
    Bounds,
    Definition,
    Enforcement,
    Guarded,
    Model,
    Name,
    Named,
    Record,
    Scalar,
    ScalarKind,
    Source,
    Type,
    Union,
)
from recordsmith.lowering.enumerations import enumeration, has_named_members, is_enumeration
from recordsmith.lowering.facets import Facet, Key, read
from recordsmith.lowering.guards import Guards
from recordsmith.lowering.judging import Judge
from recordsmith.lowering.keywords import documentation, strange_keywords
from recordsmith.lowering.names import Names, wanted
from recordsmith.lowering.records import Merged, Pending, base_of, can_inherit, record, with_room, with_room_below
from recordsmith.lowering.scalars import ANYTHING, NEVER, Lost, union
from recordsmith.lowering.shapes import REFINING, Shapes, Wanted, is_record
from recordsmith.naming import pascal_case
from recordsmith.places import Place, subschemas
from recordsmith.problems import Problems, gathered

__all__ = ["lower", "strange_keywords"]

_DEEPEST = 100
_MOST_FACETS = 256
_OWN_FORMATS = {"iso8601-duration": ScalarKind.DURATION}
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


def lower(catalog: Catalog, formats: FormatPolicy = "dialect") -> Model:
    """Lower every document, and what is lifted out of it.  Raises `ProblemsFound`."""
    with gathered() as problems:
        lowering = _Lowering(catalog, formats, problems)
        lowering.name_all()
        lowering.run()
        lowering.inherit()
        lowering.check()
        structures = {each.definition.name: each.definition for each in lowering.lowered}
        finished = [lowering.finished(each, structures) for each in lowering.lowered]
        definitions = with_room_below(finished)
    ordered = sorted(definitions, key=lambda definition: definition.name)
    return Model(tuple(ordered), lowering.guards.resources())


@dataclass(frozen=True, slots=True)
class _Lowered:
    """A definition, where it stands, and what its types do not express."""

    definition: Definition
    place: Place
    facets: tuple[Facet, ...] = ()
    lost: Lost | None = None


class _Lowering:
    """Names the definitions as references and nesting lead to them, then lowers each once."""

    def __init__(self, catalog: Catalog, formats: FormatPolicy, problems: Problems) -> None:
        self.problems = problems
        self.lowered: list[_Lowered] = []
        self.asserts_formats = assertive(formats)
        self.guards = Guards(catalog, self.asserts_formats.__getitem__)
        self._catalog = catalog
        self._judge = Judge(catalog, self.asserts_formats)
        self._shapes = Shapes(self)
        self._names = Names()
        self._taken: dict[Name, Place] = {}
        self._waiting: list[tuple[Name, Place] | Pending | Merged] = []
        self._flat: dict[int, list[Facet] | None] = {}
        self._merging: list[frozenset[Key]] = []
        self._inlining: list[int] = []
        self._depth = 0
        self._noted: dict[str, str] = {}

    def name_all(self) -> None:
        """Name each document of the project, and what each defines."""
        for document in self._catalog.documents:
            self.name_of(document.top, "")
        for document in self._catalog.documents:
            for place in _defined(document.top):
                if self.is_named(place):
                    self.name_of(place, "")

    def run(self) -> None:
        """Lower what has been named, and what that names in turn."""
        while self._waiting:
            waiting = self._waiting.pop()
            self._noted = {}
            if isinstance(waiting, Pending):
                self._record(waiting, waiting.facets[0].place)
            elif isinstance(waiting, Merged):
                facets = [*waiting.facets]
                type_ = self._shapes.of(facets, Wanted(waiting.name.type))
                self._alias(waiting.name, facets[0].place, type_)
            else:
                self._define(*waiting)

    # The names of definitions.

    def name_of(self, place: Place, hint: str) -> Name:
        """The name of the definition at `place`, which is lowered later."""
        known = self._names.known(id(place.schema)) if isinstance(place.schema, dict) else None
        if known:
            return known
        if place.schema is place.document.schema and place.document in self._catalog.documents:
            name = name_of(place.document)
            earlier = self._taken.setdefault(name, place)
            if earlier is not place:
                sentence = f"{earlier.at} is called `{name}` too; give one of them another title"
                self.problems.add(place.at, "duplicate-name", sentence)
            self._names.assign(id(place.schema), name)
        else:
            module = name_of(place.document).module
            name = self._names.give(id(place.schema), module, wanted(place, hint))
        self._waiting.append((name, place))
        return name

    def is_named(self, place: Place) -> bool:
        """Whether a schema that is referred to is a definition, and not just a type."""
        schema = place.schema
        if not isinstance(schema, dict):
            return False
        if schema is place.document.schema or place.is_named or id(schema) in self._inlining:
            return True
        if self._names.known(id(schema)) is not None:
            return True
        asserting = set(read(place).written)
        if asserting <= {*_REFERENCES} or self._reference(place) == (place, []):
            return False
        is_defined = place.at.pointer.rpartition("/")[0].endswith(("/$defs", "/definitions"))
        return is_defined and asserting != {"type"}

    # The types of schemas.

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
        if self._is_lifted(place):
            return Named(self.name_of(place, hint))
        if self.guards.is_dynamic(place):
            return ANYTHING
        return self._refined(place, hint) or self.merged([place], hint)

    def _refined(self, place: Place, hint: str) -> Type | None:
        """The type of what the schema refers to, guarded; None where it says more than that."""
        found = self._reference(place)
        if found is None:
            return None
        reference, facets = found
        type_ = self._referred(reference, hint)
        return self._shapes.refined(type_, facets) if facets else type_

    def _reference(self, place: Place) -> tuple[Place, list[Facet]] | None:
        """The one reference that the schema is, and what it says beside without changing it."""
        own = read(place)
        if own.written.keys() & {"$dynamicRef", "$recursiveRef"} and len(own.written) == 1:
            return place, []
        branches = own.branches("allOf") if "allOf" in own else []
        parts = [one for one in branches if isinstance(one.schema, dict)]
        referring = [place] if "$ref" in own else []
        referring += [one for one in parts if set(read(one).written) == {"$ref"}]
        others = [own.without(("$ref", "allOf")), *(read(one) for one in parts if one not in referring)]
        said = [facet for facet in others if facet.written]
        if len(referring) != 1 or len(parts) != len(branches):
            return None
        return (referring[0], said) if all(REFINING >= one.written.keys() for one in said) else None

    def merged(self, parts: list[Place | Facet], hint: str) -> Type:
        """The type of the values that all of some schemas and facets accept."""
        facets: list[Facet] = []
        places = [part for part in parts if isinstance(part, Place)]
        for part in parts:
            found = [part] if isinstance(part, Facet) else self.flatten(part)
            if found is None:
                return NEVER
            facets += found
        return self._merged(_unique(facets), hint) if facets else ANYTHING

    def _merged(self, facets: list[Facet], hint: str) -> Type:
        key = _key_of(facets)
        if key in self._merging and not is_record(facets):
            return Named(self._recursive(facets, key, hint))
        self._merging.append(key)
        with self._deeper(facets[0].place) as is_fine:
            type_ = self._shapes.of(facets, Wanted(hint)) if is_fine else ANYTHING
        self._merging.pop()
        return type_

    def _recursive(self, facets: list[Facet], key: frozenset[Key], hint: str) -> Name:
        """The name of a type that is a part of itself."""
        name = self._names.known(("recursive", key))
        if name is None:
            name = self._names.give(("recursive", key), *_wanted_for(facets, hint))
            self._waiting.append(Merged(name, tuple(facets)))
        return name

    @contextmanager
    def _deeper(self, place: Place) -> Iterator[bool]:
        if self._depth == _DEEPEST:
            sentence = f"more than {_DEEPEST} types in one another; name some of them by `$ref`"
            self.problems.add(place.at, "too-deep", sentence)
        self._depth += 1
        yield self._depth <= _DEEPEST
        self._depth -= 1

    def union(self, types: list[Type]) -> Type:
        """The type of the values of any of the types."""
        return union(types)

    def _is_lifted(self, place: Place) -> bool:
        """Whether a nested schema is a definition by itself, however it is reached."""
        schema = place.schema
        known = self._names.known(id(schema)) is not None
        return (
            known
            or place.is_named
            or schema is place.document.schema
            or has_named_members(schema)
            or _is_wire_string(schema)
        )

    def _referred(self, place: Place, hint: str) -> Type:
        """The type that the reference at `place` leads to."""
        keyword = next(one for one in _REFERENCES if one in place.schema)
        target = self.target(place, keyword)
        if target is None:
            return ANYTHING
        if isinstance(target.schema, bool):
            return ANYTHING if target.schema else NEVER
        if self.is_named(target):
            return Named(self.name_of(target, target.at.pointer.rpartition("/")[2] or hint))
        if len(self._inlining) > _DEEPEST * 5:
            self.problems.add(place.at / keyword, "too-deep", "the references go on for too long")
            return ANYTHING
        self._inlining.append(id(target.schema))
        type_ = self.type_of([target], hint)
        self._inlining.pop()
        return type_

    def target(self, place: Place, keyword: str) -> Place | None:
        """The place that the reference in `keyword` leads to; None, and a problem, if nowhere."""
        reference = place.schema[keyword]
        target = self._catalog.resolve(reference, place)
        if target is None or not isinstance(target.schema, dict | bool):
            sentence = f"`{reference}` leads to no schema below the root; nothing else is read"
            self.problems.add(place.at / keyword, "unresolvable-ref", sentence)
            return None
        return target

    # The facets of schemas.

    def flatten(self, place: Place) -> list[Facet] | None:
        """The assertions of a schema and of all that it refers to as a whole; None for `false`."""
        if isinstance(place.schema, bool):
            return [] if place.schema else None
        key = id(place.schema)
        if key not in self._flat:
            facets: list[Facet] = []
            takes_nothing = self._collect(place, facets, set())
            self._flat[key] = None if takes_nothing else _unique(facets)
        return self._flat[key]

    def _collect(self, place: Place, facets: list[Facet], seen: set[int]) -> bool:
        """Add the facets of a schema, those of what it refers to first; whether one is `false`.

        What leads back to itself asks for nothing more.
        """
        if isinstance(place.schema, bool):
            return not place.schema
        if id(place.schema) in seen:
            return False
        seen.add(id(place.schema))
        own = read(place)
        is_dynamic = self.guards.is_dynamic(place)
        parts = [] if is_dynamic else list(self._parts(own))
        if any([self._collect(part, facets, seen) for part in parts]):
            return True
        rest = own if is_dynamic else own.without((*_REFERENCES, "allOf"))
        if rest.written:
            facets.append(rest)
        return False

    def _parts(self, facet: Facet) -> Iterator[Place]:
        """What the schema is as a whole, besides what it says itself."""
        for keyword in _REFERENCES:
            if keyword in facet:
                target = self.target(facet.place, keyword)
                if target is not None:
                    yield target
        if "allOf" in facet:
            yield from facet.branches("allOf")

    # Definitions.

    def _define(self, name: Name, place: Place) -> None:
        schema = place.schema
        if isinstance(schema, bool):
            self._alias(name, place, ANYTHING if schema else NEVER)
        elif self.guards.is_dynamic(place) or not place.document.is_known:
            self._alias(name, place, Guarded(ANYTHING, self.guards.whole(place)))
        elif is_enumeration(schema):
            made = enumeration(name, place, self.problems)
            self._noted = dict.fromkeys(_pointers(place, ("enum", "oneOf", "anyOf")), "type")
            self._keep(_Lowered(made, place))
        elif _is_wire_string(schema):
            self._alias(name, place, self._wire_string(place))
        else:
            self._shape(name, place)

    def _shape(self, name: Name, place: Place) -> None:
        refined = self._refined(place, name.type)
        if refined is not None:
            self._alias(name, place, refined)
            return
        facets = self.flatten(place)
        if facets is None:
            self._alias(name, place, NEVER)
            return
        type_ = self._shapes.of(facets, Wanted(name.type, name, place)) if facets else ANYTHING
        if type_ != Named(name):
            self._alias(name, place, type_)

    def _alias(self, name: Name, place: Place, type_: Type) -> None:
        made = Alias(
            name=name, source=_source(place), type=type_, documentation=documentation(place.schema)
        )
        self._keep(_Lowered(made, place))

    def record(self, facets: list[Facet], wanted: Wanted, lost: Lost) -> Named:
        """The record that the facets describe; `lost` is what its fields do not express."""
        taken = tuple(lost.take())
        key = (_key_of(facets), frozenset((facet.key, keywords) for facet, keywords in taken))
        if wanted.own is not None and wanted.place is not None:
            self._names.assign(key, wanted.own)
            self._record(Pending(wanted.own, tuple(facets), taken), wanted.place)
            return Named(wanted.own)
        name = self._names.known(key)
        if name is None:
            name = self._names.give(key, *_wanted_for(facets, wanted.hint))
            self._waiting.append(Pending(name, tuple(facets), taken))
        return Named(name)

    def _record(self, pending: Pending, place: Place) -> None:
        made, lost = record(pending, place, self)
        self.note(list(pending.facets), [(one, frozenset(left)) for one, left in lost.of])
        self._keep(_Lowered(made, place, pending.facets, lost))

    def _wire_string(self, place: Place) -> Type:
        """A string that stands for a value of another kind, told by its pattern."""
        schema = place.schema
        if "x-format" not in schema:
            return self.merged([place], "")
        at = place.at / "x-format"
        if "format" in schema:
            sentence = "a string has one format, not two"
            self.problems.add(at, "unsupported-format", sentence)
        if "pattern" not in schema:
            sentence = "`x-format` names a `pattern`; write one"
            self.problems.add(at, "format-assertion", sentence)
            return ANYTHING
        return Scalar(_OWN_FORMATS[schema["x-format"]], Bounds(pattern=schema["pattern"]))

    def _keep(self, lowered: _Lowered) -> None:
        enforced = tuple(Enforcement(at, self._noted[at]) for at in sorted(self._noted))
        definition = replace(lowered.definition, enforced=enforced)
        self.lowered.append(replace(lowered, definition=definition))

    def note(self, facets: list[Facet], lost: list[tuple[Facet, frozenset[str]]]) -> None:
        """Remember what became of the facets' keywords."""
        for facet in facets:
            gone = frozenset().union(*(left for one, left in lost if one.place == facet.place))
            for keyword in facet.written:
                (at,) = _pointers(facet.place, (facet.written[keyword],))
                self._noted[at] = "guard" if keyword in gone else self._noted.get(at, "type")

    def accepts(self, place: Place, value: Any) -> bool:
        """Whether the schema at a place accepts a value."""
        return self._judge.accepts(place, value)

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

    # What is known of the whole only when all is lowered.

    def inherit(self) -> None:
        """Let records that refer to one other as a whole extend its class."""
        by_name = {each.definition.name: each for each in self.lowered}
        for index, each in enumerate(self.lowered):
            if not isinstance(each.definition, Record) or "x-extends" in each.place.schema:
                continue
            base = self._base(each)
            found = by_name.get(base) if base else None
            if found is None or not isinstance(found.definition, Record) or each.lost is None:
                continue
            if can_inherit(each.definition, found.definition, [*each.facets], [*found.facets]):
                inherited = {facet.key for facet in found.facets}
                own = Lost([(one, left) for one, left in each.lost.of if one.key not in inherited])
                made = replace(each.definition, base=found.definition.name)
                self.lowered[index] = replace(each, definition=made, lost=own)

    def _base(self, each: _Lowered) -> Name | None:
        if not isinstance(each.place.schema, dict):
            return None
        place = base_of(each.place, self)
        return self._names.known(id(place.schema)) if place else None

    def check(self) -> None:
        """Report what is wrong between definitions."""
        _check_inherited_rules(self.lowered, self.problems)
        _check_circles(self.lowered, self.problems)
        self._check_misplaced()

    def _check_misplaced(self) -> None:
        """A keyword of ours on what is no definition would be dropped in silence."""
        known = {id(each.place.schema) for each in self.lowered}
        for document in self._catalog.documents:
            if isinstance(document.schema, bool):
                continue
            for place in subschemas(document.top):
                named = set(behaviour_keywords()) & place.schema.keys()
                if named and id(place.schema) not in known:
                    for keyword in sorted(named):
                        sentence = f"`{keyword}` has no meaning here"
                        self.problems.add(place.at / keyword, "misplaced-keyword", sentence)

    def finished(self, each: _Lowered, structures: Mapping[Name, Definition]) -> Definition:
        """The definition with its behaviours and its guard."""
        definition = replace(each.definition, behaviours=self._behaviours(each, structures))
        if not isinstance(definition, Record) or each.lost is None:
            return definition
        return with_room(replace(definition, guards=self.guards.of(each.lost.take())))

    def _behaviours(
        self, each: _Lowered, structures: Mapping[Name, Definition]
    ) -> tuple[Behaviour, ...]:
        """Read the `x-` keywords of a definition."""
        if not isinstance(each.place.schema, dict):
            return ()
        place = each.place
        subject = Subject(each.definition, structures, place.schema, place.at, self.problems)
        named = [BEHAVIOURS[keyword] for keyword in sorted(BEHAVIOURS) if keyword in place.schema]
        read_ = [behaviour.read(subject) for behaviour in named]
        return tuple(behaviour for behaviour in read_ if behaviour is not None)


def _defined(place: Place) -> Iterator[Place]:
    """The definitions right below a document's schema."""
    for keyword in ("$defs", "definitions"):
        defined = place.schema.get(keyword) if isinstance(place.schema, dict) else None
        if isinstance(defined, dict):
            yield from (place / keyword / key for key in defined)


def _source(place: Place) -> Source:
    return Source(str(place.document.path), place.at.pointer)


def _pointers(place: Place, keywords: Iterable[str]) -> list[str]:
    """Where some keywords of a schema stand."""
    present = [keyword for keyword in keywords if keyword in place.schema]
    return [f"{place.document.path}#{(place.at / keyword).pointer}" for keyword in present]


def _key_of(facets: Iterable[Facet]) -> frozenset[Key]:
    return frozenset(facet.key for facet in facets)


def _unique(facets: Iterable[Facet]) -> list[Facet]:
    """Each facet once: schemas that refer to one thing on many ways stay small."""
    return list({facet.key: facet for facet in facets}.values())


def _wanted_for(facets: list[Facet], hint: str) -> tuple[tuple[str, ...], list[str]]:
    """The module and the names, best first, of a record that is lifted out."""
    telling = [facet.place for facet in facets if "properties" in facet]
    place = telling[0] if telling else facets[0].place
    module = name_of(place.document).module
    given = [facet.place.given_name for facet in facets if facet.place.is_named]
    if len(telling) == 1 or not hint:
        return module, [*given, *wanted(place, hint)]
    return module, [*given, pascal_case(hint), *wanted(place, hint)]


def _is_wire_string(schema: Any) -> bool:
    """Whether a string stands for a value that languages have a type of their own for."""
    if not isinstance(schema, dict) or schema.get("type") != "string":
        return False
    return "x-format" in schema or ("pattern" in schema and schema.get("format") == "date-time")


def _check_inherited_rules(lowered: list[_Lowered], problems: Problems) -> None:
    """A class inherits its base's rules, a schema does not: each states its own in their place."""
    schemas = {each.definition.name: each.place.schema for each in lowered}
    rules = [keyword for keyword, behaviour in BEHAVIOURS.items() if behaviour.explains]
    for each in lowered:
        definition, schema = each.definition, each.place.schema
        if not isinstance(definition, Record) or definition.base is None:
            continue
        for rule in rules:
            if rule in schemas[definition.base] and rule not in schema and "x-extends" in schema:
                sentence = f"`{definition.base}` has `{rule}`; state here what holds instead"
                problems.add(each.place.at / "x-extends", "extends", sentence)


def _check_circles(lowered: list[_Lowered], problems: Problems) -> None:
    """A record that extends itself, or a type that is itself, describes nothing."""
    definitions = {each.definition.name: each.definition for each in lowered}
    for each in lowered:
        if not _leads_back(each.definition, definitions):
            continue
        if isinstance(each.definition, Record):
            problems.add(each.place.at / "x-extends", "extends", "the record extends itself")
        else:
            keywords = (*_REFERENCES, "anyOf", "oneOf", "allOf")
            keyword = next((one for one in keywords if one in each.place.schema), "$ref")
            sentence = "the reference leads back to itself and describes no value"
            problems.add(each.place.at / keyword, "reference-cycle", sentence)


def _leads_back(start: Definition, definitions: Mapping[Name, Definition]) -> bool:
    """Whether what the definition is, without looking into lists or fields, is itself again."""
    waiting = [*_is_another(start)]
    seen: set[Name] = set()
    while waiting:
        name = waiting.pop()
        if name == start.name:
            return True
        if name not in seen:
            seen.add(name)
            waiting += _is_another(definitions[name])
    return False


def _is_another(definition: Definition) -> Iterator[Name]:
    """The definitions that this one is, or may be."""
    match definition:
        case Record(base=Name() as base):
            yield base
        case Alias(type=type_):
            yield from _alternatives(type_)


def _alternatives(type_: Type) -> Iterator[Name]:
    match type_:
        case Named(name):
            yield name
        case Guarded(inner):
            yield from _alternatives(inner)
        case Union(members):
            for member in members:
                yield from _alternatives(member)
