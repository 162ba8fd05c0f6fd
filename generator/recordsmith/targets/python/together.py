"""Together: modules that need each other, none of which Python could import before the others.

Their types are written into one module, from which each of them hands on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from recordsmith.ir import Model
from recordsmith.targets.python import symbols
from recordsmith.targets.python.order import needs_of, reached

Module: TypeAlias = tuple[str, ...]
"""The folders of a module's schemas."""


def together(model: Model) -> list[tuple[Module, ...]]:
    """All modules, sorted, in groups: those of one group are to be written together."""
    modules = model.modules()
    needs = {
        module: {need.module for one in definitions for need in needs_of(one)} - {module}
        for module, definitions in modules.items()
    }
    paths = {module: symbols.module(one.name) for module, (one, *_) in modules.items()}
    above = {
        module: {other for other in paths if _is_above(paths[other], paths[module])}
        for module in modules
    }
    return sorted(_Imports(needs, above).groups(set(modules)))


def _is_above(package: tuple[str, ...], module: tuple[str, ...]) -> bool:
    return package != module and package == module[: len(package)]


@dataclass(frozen=True, slots=True)
class _Imports:
    """What the import of a module imports."""

    needs: dict[Module, set[Module]]
    above: dict[Module, set[Module]]
    """The packages that hold the module: Python runs them first."""

    def groups(self, modules: set[Module]) -> Iterator[tuple[Module, ...]]:
        """The groups of `modules`, as if there were no others."""

        def onward(module: Module) -> set[Module]:
            return (self.needs[module] | self.above[module]) & modules

        ways = {module: reached(onward(module), onward) for module in modules}
        for module in sorted(modules):
            group = {module, *(other for other in ways[module] if module in ways[other])}
            if module == min(group):
                yield from self._parted(group)

    def _parted(self, group: set[Module]) -> Iterator[tuple[Module, ...]]:
        """A package that the others do not need has begun to run when they do: it stands alone."""
        for first in sorted(group):
            others = group - {first}
            if all(first in self.above[one] and first not in self.needs[one] for one in others):
                yield (first,)
                yield from self.groups(others)
                return
        yield tuple(sorted(group))
