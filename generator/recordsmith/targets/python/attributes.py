"""Attributes: the names under which a class holds the properties of its record."""

from __future__ import annotations

from itertools import chain, count

from recordsmith.ir import Model, Record
from recordsmith.targets.python import symbols


def base_of(record: Record, model: Model) -> Record | None:
    """The record that this one extends."""
    base = model[record.base] if record.base else None
    return base if isinstance(base, Record) else None


def attributes(record: Record, model: Model) -> dict[str, str]:
    """The attribute of each property: all different, and no type's name; the base's are kept.

    A property that can keep its name does; of two that would be alike, the second is numbered.
    """
    base = base_of(record, model)
    named = attributes(base, model) if base else {}
    own = [field.name for field in record.fields if field.name not in named]
    types = {symbols.class_name(one.name) for one in model.definitions}
    for name in sorted(own, key=lambda name: symbols.attribute(name) != name):
        named[name] = _free(symbols.attribute(name), types.union(named.values()))
    return {field.name: named[field.name] for field in record.fields}


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted.rstrip('_')}_{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)
