"""Context: what the composing of every module and class of one package knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recordsmith.config import PythonTarget
from recordsmith.ir import Definition, Model, Name
from recordsmith.problems import Location
from recordsmith.rendering import Templates
from recordsmith.targets.python import symbols
from recordsmith.targets.python.fragments import Import

RUNTIME: Mapping[str, tuple[str, ...]] = {
    "_guards": ("Guard", "GuardedModel"),
    "_json_types": (
        *("EXACT", "AliasedModel", "Boolean", "Integer", "Matching", "NoValue", "NonArray"),
        *("NonContainer", "NonObject", "Number", "integer_enum"),
    ),
    "_wire_strings": ("Date", "DateTime", "Uuid", "WireString"),
}
"""The modules that a generated package may carry along, and what they offer its other modules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A package to be composed."""

    model: Model
    target: PythonTarget
    templates: Templates
    mixins: Templates
    schemas: str
    """The folder of the schemas, as the user knows it."""

    @property
    def package(self) -> str:
        """The dotted name of the package."""
        return self.target.package

    def import_of(self, name: Name) -> Import:
        """The module and the name of the class that a definition becomes."""
        own, here = symbols.class_name(name), symbols.spelt(name)
        return self.module_of(name), own if own == here else f"{own} as {here}"

    def module_of(self, name: Name) -> str:
        """The dotted name of the module that a definition is imported from."""
        return ".".join((self.package, *symbols.module(name)))

    def place_of(self, definition: Definition) -> Location:
        """Where a definition stands in the schemas."""
        source = definition.source
        return Location(f"{self.schemas}/{source.document}", source.pointer)


def mixin_path(name: Name) -> str:
    """Where the hand-written mixin of a definition is, if it has one."""
    return "/".join((*name.module, f"{name.type}.py.jinja"))
