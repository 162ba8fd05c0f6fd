"""Finish: what is known of a definition only when all are lowered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from recordsmith.behaviours import BEHAVIOURS, Resolve, Subject
from recordsmith.ir import Behaviour, Definition, Name, Record
from recordsmith.lowering.definitions import Definitions, Lowered
from recordsmith.lowering.lost import Lost
from recordsmith.lowering.records import base_of, can_inherit, with_room, with_room_below
from recordsmith.problems import Problems


def finished(definitions: Definitions, resolve: Resolve, problems: Problems) -> list[Definition]:
    """The definitions with their bases, their behaviours and their guards."""
    inheriting = _inheriting(definitions)
    structures = {each.definition.name: each.definition for each in inheriting}
    behaviours = {
        each.definition.name: _behaviours(each, structures, resolve, problems)
        for each in inheriting
    }
    whole = [_whole(each, behaviours[each.definition.name], definitions) for each in inheriting]
    return with_room_below(whole)


def _inheriting(definitions: Definitions) -> list[Lowered]:
    """Let records that refer to one other as a whole extend its class."""
    by_name = {each.definition.name: each for each in definitions.lowered}
    found: list[Lowered] = []
    for each in definitions.lowered:
        base = _base(each, definitions)
        extended = by_name.get(base) if base else None
        found.append(_extending(each, extended) if extended else each)
    return found


def _base(each: Lowered, definitions: Definitions) -> Name | None:
    schema = each.place.schema
    if not isinstance(each.definition, Record) or "x-extends" in schema:
        return None
    place = base_of(each.place, definitions.types)
    return definitions.names.known(id(place.schema)) if place else None


def _extending(each: Lowered, base: Lowered) -> Lowered:
    """The record as an extension of the base, if it is one."""
    record, extended = each.definition, base.definition
    if not isinstance(record, Record) or not isinstance(extended, Record) or each.lost is None:
        return each
    if not can_inherit(record, extended, [*each.facets], [*base.facets]):
        return each
    inherited = {facet.key for facet in base.facets}
    own = Lost([(one, left) for one, left in each.lost.of if one.key not in inherited])
    return replace(each, definition=replace(record, base=extended.name), lost=own)


def _whole(
    each: Lowered, behaviours: tuple[Behaviour, ...], definitions: Definitions
) -> Definition:
    definition = replace(each.definition, behaviours=behaviours)
    if not isinstance(definition, Record):
        return definition
    if each.lost is None:
        return with_room(definition)
    guards = definitions.types.guards.of(each.lost.take())
    return with_room(replace(definition, guards=guards))


def _behaviours(
    each: Lowered, structures: Mapping[Name, Definition], resolve: Resolve, problems: Problems
) -> tuple[Behaviour, ...]:
    """Read the `x-` keywords of a definition."""
    schema = each.place.schema
    if not isinstance(schema, dict):
        return ()
    subject = Subject(each.definition, structures, each.place, resolve, problems)
    named = [BEHAVIOURS[keyword] for keyword in sorted(BEHAVIOURS) if keyword in schema]
    found = [behaviour.read(subject) for behaviour in named]
    return tuple(behaviour for behaviour in found if behaviour is not None)
