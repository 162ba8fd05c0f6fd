"""Check: what is wrong between definitions that are right each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recordsmith.behaviours import BEHAVIOURS
from recordsmith.catalog import Catalog
from recordsmith.dialect import behaviour_keywords
from recordsmith.ir import Alias, Definition, Guarded, Name, Named, Record, Type, Union
from recordsmith.lowering.definitions import Lowered
from recordsmith.lowering.flattening import REFERENCES
from recordsmith.problems import Problems


def check(lowered: list[Lowered], catalog: Catalog, problems: Problems) -> None:
    """Report it."""
    _inherited_rules(lowered, problems)
    _circles(lowered, problems)
    _misplaced(lowered, catalog, problems)


def _misplaced(lowered: list[Lowered], catalog: Catalog, problems: Problems) -> None:
    """A keyword of ours on what is no definition would be dropped in silence."""
    known = {id(each.place.schema) for each in lowered}
    ours = set(behaviour_keywords())
    for document in catalog.documents:
        for place in document.schemas:
            if id(place.schema) in known:
                continue
            for keyword in sorted(ours & place.schema.keys()):
                problems.add(
                    place.at / keyword, "misplaced-keyword", f"`{keyword}` has no meaning here"
                )


def _inherited_rules(lowered: list[Lowered], problems: Problems) -> None:
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


def _circles(lowered: list[Lowered], problems: Problems) -> None:
    """A record that extends itself, or a type that is itself, describes nothing."""
    definitions = {each.definition.name: each.definition for each in lowered}
    for each in lowered:
        if not _leads_back(each.definition, definitions):
            continue
        if isinstance(each.definition, Record):
            problems.add(each.place.at / "x-extends", "extends", "the record extends itself")
        else:
            keywords = (*REFERENCES, "anyOf", "oneOf", "allOf")
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
