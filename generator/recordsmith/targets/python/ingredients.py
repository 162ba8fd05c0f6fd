"""Ingredients: what a module is made of, by digests that tell whether any of it has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recordsmith.artifacts import digest
from recordsmith.ir import Definition, Name
from recordsmith.targets.python.context import Context, mixin_path

_TOGETHER = "the definitions together"
_ALL = "the names of all"
_MIXIN = "the mixin of {}"


@dataclass(frozen=True, slots=True)
class Module:
    """What one module may be made of."""

    known: dict[str, str]

    def digest_of(self, ingredient: str) -> str | None:
        """The digest that it has now; None where there is no such thing any more."""
        return self.known.get(ingredient)

    def digests(self, asked: Iterable[Name]) -> dict[str, str]:
        """The digests of the definitions that were asked for, and of what is always looked at."""
        names = {str(name) for name in asked}
        always = (one for one in self.known if one.startswith("the "))
        return {one: self.known[one] for one in (*sorted(names), *sorted(always))}


class Ingredients:
    """The digests of a package's definitions."""

    def __init__(self, context: Context) -> None:
        definitions = context.model.definitions
        self._context = context
        self._all = {str(one.name): digest(repr(one).encode()) for one in definitions}
        self._names = digest("\n".join(self._all).encode())

    def of(self, definitions: tuple[Definition, ...]) -> Module:
        """What the module of these definitions may be made of."""
        together = digest("\n".join(str(one.name) for one in definitions).encode())
        mixins = {
            _MIXIN.format(one.name): digest(self._context.mixins.source(mixin_path(one.name)))
            for one in definitions
        }
        return Module({**self._all, _TOGETHER: together, _ALL: self._names, **mixins})
