"""Attributes: the names under which a class holds the properties of its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, count
from weakref import WeakKeyDictionary

from recordsmith.ir import Model, Record
from recordsmith.targets.python import symbols


@dataclass(frozen=True, slots=True, eq=False)
class SnakeCased(Model):
    """A model whose attributes are in snake_case, however its schemas spell the properties."""


def base_of(record: Record, model: Model) -> Record | None:
    """The record that this one extends."""
    base = model[record.base] if record.base else None
    return base if isinstance(base, Record) else None


def attributes(record: Record, model: Model) -> dict[str, str]:
    """The attribute of each property: all different, and no type's name; the base's are kept.

    A property that can keep its name does; of two that would be alike, the second is numbered.
    """
    spelt = _spelling(model)
    base = base_of(record, model)
    named = attributes(base, model) if base else {}
    own = [field.name for field in record.fields if field.name not in named]
    types = _class_names(model)
    taken = set(named.values())
    for name in sorted(own, key=lambda name: spelt(name) != name):
        named[name] = _free(spelt(name), types, taken)
        taken.add(named[name])
    return {field.name: named[field.name] for field in record.fields}


def _spelling(model: Model) -> Callable[[str], str]:
    return symbols.snake_attribute if isinstance(model, SnakeCased) else symbols.attribute


def _class_names(model: Model) -> frozenset[str]:
    """What the types of the model are called; asked for once a record."""
    if model not in _CLASS_NAMES:
        names = (symbols.class_name(one.name) for one in model.definitions)
        _CLASS_NAMES[model] = frozenset(names)
    return _CLASS_NAMES[model]


_CLASS_NAMES: WeakKeyDictionary[Model, frozenset[str]] = WeakKeyDictionary()


def _free(wanted: str, types: frozenset[str], taken: set[str]) -> str:
    numbered = (f"{wanted.rstrip('_')}_{number}" for number in count(2))
    names = chain([wanted], numbered)
    return next(name for name in names if name not in types and name not in taken)
