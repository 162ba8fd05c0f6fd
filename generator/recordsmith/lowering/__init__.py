"""Lower: turn the catalog's documents into the intermediate representation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from recordsmith.behaviours import BEHAVIOURS, Subject
from recordsmith.catalog import Catalog, Place
from recordsmith.index import name_of
from recordsmith.ir import Alias, Behaviour, Definition, Model, Name, Named, Record, Type, Union
from recordsmith.lowering.definitions import is_definition, lower_definition
from recordsmith.lowering.keywords import Keywords
from recordsmith.lowering.types import ANYTHING, lower_type
from recordsmith.naming import pascal_case
from recordsmith.problems import Problems, gathered


def lower(catalog: Catalog) -> Model:
    """Lower every document, and what is lifted out of it.  Raises `ProblemsFound`."""
    with gathered() as problems:
        lowering = _Lowering(catalog, problems)
        for document in catalog.documents:
            lowering.name_of(document.top, "")
        structures = lowering.definitions()
        _check_inherited_rules(lowering.lowered)
        _check_circles(lowering.lowered)
        definitions = [
            replace(structure, behaviours=_behaviours(structure, structures, keywords))
            for structure, keywords in lowering.lowered
        ]
    return Model(tuple(sorted(definitions, key=lambda definition: definition.name)))


def _behaviours(
    structure: Definition, structures: dict[Name, Definition], keywords: Keywords
) -> tuple[Behaviour, ...]:
    """Read the `x-` keywords of a definition, and report what nothing accounts for."""
    place = keywords.place
    subject = Subject(structure, structures, place.schema, place.at, keywords.problems)
    named = [BEHAVIOURS[keyword] for keyword in sorted(BEHAVIOURS) if keyword in keywords]
    read = [behaviour.read(subject) for behaviour in named]
    keywords.forget((*BEHAVIOURS, *chain.from_iterable(behaviour.explains for behaviour in named)))
    keywords.close()
    return tuple(behaviour for behaviour in read if behaviour is not None)


def _check_inherited_rules(lowered: list[tuple[Definition, Keywords]]) -> None:
    """A class inherits its base's rules, a schema does not: each states its own in their place."""
    schemas = {definition.name: keywords.place.schema for definition, keywords in lowered}
    rules = [keyword for keyword, behaviour in BEHAVIOURS.items() if behaviour.explains]
    for definition, keywords in lowered:
        if not isinstance(definition, Record) or definition.base is None:
            continue
        base = schemas[definition.base]
        for rule in rules:
            if rule in base and rule not in keywords.place.schema:
                sentence = f"`{definition.base}` has `{rule}`; state here what holds instead"
                keywords.report("x-extends", "extends", sentence)


def _check_circles(lowered: list[tuple[Definition, Keywords]]) -> None:
    """A record that extends itself, or a type that is itself, describes nothing."""
    definitions = {definition.name: definition for definition, _ in lowered}
    for definition, keywords in lowered:
        if not _leads_back(definition, definitions):
            continue
        if isinstance(definition, Record):
            keywords.report("x-extends", "extends", "the record extends itself")
        else:
            keyword = "$ref" if "$ref" in keywords.place.schema else "anyOf"
            sentence = "the reference leads back to itself and describes no value"
            keywords.report(keyword, "reference-cycle", sentence)


def _leads_back(start: Definition, definitions: dict[Name, Definition]) -> bool:
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
        case Record(base=Name() as base) | Alias(type=Named(base)):
            yield base
        case Alias(type=Union(members)):
            yield from (member.name for member in members if isinstance(member, Named))


class _Lowering:
    """Names the definitions as references and nesting lead to them, then lowers each once."""

    def __init__(self, catalog: Catalog, problems: Problems) -> None:
        self.problems = problems
        self.depth = 0
        self.lowered: list[tuple[Definition, Keywords]] = []
        self._catalog = catalog
        self._names: dict[int, Name] = {}
        self._taken: dict[Name, Place] = {}
        self._waiting: list[tuple[Name, Place]] = []
        self._inlining: list[int] = []

    def definitions(self) -> dict[Name, Definition]:
        """Lower what has been named, and what that names in turn."""
        while self._waiting:
            name, place = self._waiting.pop()
            keywords = Keywords(place, self.problems)
            self.lowered.append((lower_definition(name, keywords, self), keywords))
        return {definition.name: definition for definition, _ in self.lowered}

    def lift(self, place: Place, hint: str) -> Named | None:
        """A name for the definition at `place`; None where a type expression says it all."""
        top = place.schema is place.document.schema
        if not top and not is_definition(place.schema):
            return None
        return Named(self.name_of(place, hint))

    def name_of(self, place: Place, hint: str) -> Name:
        """The name of the definition at `place`, which is lowered later."""
        known = self._names.get(id(place.schema))
        if known:
            return known
        name = _name(place, hint)
        earlier = self._taken.setdefault(name, place)
        if earlier is not place:
            sentence = f"{earlier.at} is called `{name}` too; give one of them another title"
            self.problems.add(place.at, "duplicate-name", sentence)
        self._names[id(place.schema)] = name
        self._waiting.append((name, place))
        return name

    def reference(self, keywords: Keywords) -> Type:
        """The type that the `$ref` among `keywords` leads to."""
        target = self.target(keywords, "$ref")
        if target is None:
            return ANYTHING
        if id(target.schema) in self._inlining:
            sentence = "the reference leads back to itself and describes no value"
            keywords.report("$ref", "reference-cycle", sentence)
            return ANYTHING
        self._inlining.append(id(target.schema))
        type_ = lower_type(target, target.at.pointer.rpartition("/")[2], self)
        self._inlining.pop()
        return type_

    def target(self, keywords: Keywords, keyword: str) -> Place | None:
        """The place that the reference in `keyword` leads to; None, and a problem, if nowhere."""
        reference = keywords.take(keyword)
        target = self._catalog.resolve(reference, keywords.place.document)
        if target is None:
            sentence = f"`{reference}` leads to no schema below the root; nothing else is read"
            keywords.report(keyword, "unresolvable-ref", sentence)
        return target


def _name(place: Place, hint: str) -> Name:
    """The name of a document's type, or of what is lifted out of it: its title, or its path."""
    outer = name_of(place.document)
    if place.schema is place.document.schema:
        return outer
    title = place.schema.get("title")
    written = title if isinstance(title, str) and pascal_case(title) else hint
    return Name(outer.module, pascal_case(written))
