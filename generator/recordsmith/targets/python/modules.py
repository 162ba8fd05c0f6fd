"""Compose: generated modules from printed models, behaviours and hand-written mixins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias, assert_never

from recordsmith.ir import Alias, Definition, Enumeration, Name, Record, Type
from recordsmith.naming import pascal_case
from recordsmith.problems import Location
from recordsmith.reuse import Reuse
from recordsmith.targets.python import symbols
from recordsmith.targets.python.annotations import Annotations
from recordsmith.targets.python.classes import Classes, Printed
from recordsmith.targets.python.context import RUNTIME, Context
from recordsmith.targets.python.fields import full_type
from recordsmith.targets.python.fragments import Import
from recordsmith.targets.python.imports import by_kind, import_block
from recordsmith.targets.python.ingredients import Ingredients
from recordsmith.targets.python.order import in_order, needs_of
from recordsmith.targets.python.scope import Claim, check, import_claim
from recordsmith.targets.python.together import together
from recordsmith.targets.python.values import is_wire_string

_ALWAYS: frozenset[Import] = frozenset(
    {
        ("__future__", "annotations"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("enum", "Enum"),
        ("pydantic", "BaseModel"),
        ("pydantic", "ConfigDict"),
        ("pydantic", "Field"),
        ("pydantic", "MISSING"),
        ("pydantic", "StrictInt"),
        ("typing", "Annotated"),
        ("typing", "Any"),
        ("typing", "ClassVar"),
        ("typing", "Literal"),
        ("typing", "TypeAlias"),
        ("typing_extensions", "TypeAliasType"),
        ("uuid", "UUID"),
    }
)
"""What the templates of classes may use; what a module does not use is not imported."""

ModulePath: TypeAlias = tuple[str, ...]
"""The names of the packages that lead to a module, below the distribution's own, and its name."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the package, and the digests of what it was made of."""

    path: ModulePath
    text: str
    of: Mapping[str, str]


class Composer:
    """Composes the modules of one package."""

    def __init__(self, context: Context, reuse: Reuse | None = None) -> None:
        self._context = context
        self._reuse = reuse
        self._ingredients = Ingredients(context)

    def modules(self) -> list[Module]:
        """The source of each module.  Raises `ProblemsFound`."""
        homes = list(self._homes())
        known = [self._known(home, definitions) for home, definitions in homes]
        stale = [home for home, found in zip(homes, known, strict=True) if found is None]
        types = (type_ for _, group in stale for one in group for type_ in _types(one))
        shapes = self._reuse.shapes if self._reuse else {}
        annotations = Annotations(types, self._context.model, self._context.import_of, shapes)
        classes = Classes(self._context, annotations)
        made = [
            found or self._made(home, definitions, classes)
            for (home, definitions), found in zip(homes, known, strict=True)
        ]
        return [*self._handing_on(), *made]

    def _homes(self) -> Iterator[tuple[ModulePath, tuple[Definition, ...]]]:
        """Where which definitions are written."""
        modules = self._context.model.modules()
        for group in together(self._context.model):
            definitions = tuple(chain.from_iterable(modules[module] for module in group))
            yield _home(group, definitions), definitions

    def _known(self, home: ModulePath, definitions: tuple[Definition, ...]) -> Module | None:
        """The module that the last run made, if it would come out the same."""
        if self._reuse is None:
            return None
        ingredients = self._ingredients.of(definitions)
        found = self._reuse.of(".".join(home), ingredients.digest_of)
        return Module(home, found.artifact.text, found.of) if found else None

    def _made(
        self, home: ModulePath, definitions: tuple[Definition, ...], classes: Classes
    ) -> Module:
        self._context.model.asked.clear()
        classes.forget()
        with symbols.scope(self._aliases(definitions)):
            text = self._module(home, definitions, classes)
        asked = self._context.model.asked.union(one.name for one in definitions)
        return Module(home, text, self._ingredients.of(definitions).digests(asked))

    def _aliases(self, definitions: tuple[Definition, ...]) -> dict[Name, str]:
        """What a module calls types of others that are called like one it has already."""
        own = {one.name for one in definitions}
        taken = {symbols.class_name(name) for name in own}
        aliases: dict[Name, str] = {}
        for name in sorted({need for one in definitions for need in needs_of(one)} - own):
            class_name = symbols.class_name(name)
            if class_name in taken:
                class_name = f"{pascal_case(symbols.module(name)[-1])}{class_name}"
                aliases[name] = class_name
            taken.add(class_name)
        return aliases

    def _handing_on(self) -> Iterator[Module]:
        """The modules whose types are written in another."""
        modules = self._context.model.modules()
        for group in together(self._context.model):
            definitions = tuple(chain.from_iterable(modules[module] for module in group))
            for module in group if len(group) > 1 else ():
                path = symbols.module(modules[module][0].name)
                yield Module(path, self._handed_on(_home(group, definitions), modules[module]), {})

    def _handed_on(self, home: ModulePath, definitions: tuple[Definition, ...]) -> str:
        """A module whose types are written in the module `home`."""
        return self._context.templates.render(
            "handing_on.py.jinja",
            title=_title(definitions),
            home=".".join((self._context.package, *home)),
            names=sorted((symbols.class_name(one.name) for one in definitions), key=by_kind),
        )

    def _module(
        self, path: ModulePath, definitions: tuple[Definition, ...], classes: Classes
    ) -> str:
        """The module in which `definitions` are written."""
        ordered = in_order(definitions, self._context.model)
        printed = [classes.definition(one) for one in ordered]
        imports = _ALWAYS | self._runtime_imports()
        self._check_names(path, ordered, imports, printed)
        wanted = imports.union(*(one.imports for one in printed))
        inside = {self._context.module_of(one.name) for one in definitions}
        body = "\n\n\n".join(one.source.strip("\n") for one in printed)
        outside = {(module, name) for module, name in wanted if module not in inside}
        return self._context.templates.render(
            "module.py.jinja",
            title=_title(definitions),
            imports=import_block(outside, body, self._context.package),
            body=body,
        )

    def _runtime_imports(self) -> frozenset[Import]:
        package = self._context.package
        return frozenset(
            (f"{package}.{module}", name) for module, names in RUNTIME.items() for name in names
        )

    def _check_names(
        self,
        path: ModulePath,
        definitions: tuple[Definition, ...],
        imports: frozenset[Import],
        printed: list[Printed],
    ) -> None:
        """Two things of one name in a module would be one thing.  Raises `ProblemsFound`."""
        types = {self._context.import_of(one) for each in definitions for one in needs_of(each)}
        nowhere = Location("")
        given = [import_claim(entry, nowhere) for entry in sorted(imports - types)]
        wanted = map(self._claims, definitions, printed)
        check([*given, *chain.from_iterable(wanted)], ".".join((self._context.package, *path)))

    def _claims(self, definition: Definition, printed: Printed) -> Iterator[Claim]:
        """What a definition claims of the names of its module."""
        at = self._context.place_of(definition)
        for name in (definition.name, *needs_of(definition)):
            module, type_ = self._context.import_of(name)
            yield Claim(symbols.spelt(name), f"{module}.{type_}", at, is_type=True)
        yield from printed.claims
        yield from (import_claim(entry, at) for entry in sorted(printed.imports))


def _home(group: tuple[ModulePath, ...], definitions: tuple[Definition, ...]) -> ModulePath:
    home = symbols.module(definitions[0].name)
    return (*home[:-1], f"_{home[-1]}_and_others") if len(group) > 1 else home


def _title(definitions: Iterable[Definition]) -> str:
    modules = sorted({".".join(one.name.module) or "the records" for one in definitions})
    return f"The types of {', '.join(modules)}{', which need each other' if modules[1:] else ''}."


def _types(definition: Definition) -> Iterator[Type]:
    """The types that the source of a definition writes."""
    match definition:
        case Record(fields=fields, extras=extras):
            yield from map(full_type, fields)
            yield from () if extras is None else (extras,)
        case Alias(type=type_):
            yield from () if is_wire_string(type_) else (type_,)
        case Enumeration():
            pass
        case _:
            assert_never(definition)
