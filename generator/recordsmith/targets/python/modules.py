"""Compose: one generated module from printed models, behaviours and hand-written mixins."""

from __future__ import annotations

from typing import assert_never

from recordsmith.ir import Alias, Definition, Enumeration, Field, Name, Record
from recordsmith.problems import Problem, ProblemsFound
from recordsmith.targets.python import symbols
from recordsmith.targets.python.classes import VALUE, Classes
from recordsmith.targets.python.context import RUNTIME, Context
from recordsmith.targets.python.exactness import exact
from recordsmith.targets.python.fragments import Import
from recordsmith.targets.python.imports import import_block
from recordsmith.targets.python.models import print_models
from recordsmith.targets.python.order import in_order
from recordsmith.targets.python.projection import project

_ALWAYS: frozenset[Import] = frozenset(
    {
        ("__future__", "annotations"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("enum", "Enum"),
        ("pydantic", "BaseModel"),
        ("pydantic", "ConfigDict"),
        ("pydantic", "Field"),
        ("pydantic", "MISSING"),
        ("typing", "Annotated"),
        ("typing", "TypeAlias"),
    }
)
"""What the templates of classes may use; what a module does not use is not imported."""

_RUNTIME_NAMES = ("Boolean", "DateTime", "EXACT", "Integer", "Number", "WireString", "integer_enum")


class Composer:
    """Composes the modules of one package."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._classes = Classes(context)

    def module(self, definitions: tuple[Definition, ...]) -> str:
        """The source of the module that holds `definitions`, all of one module."""
        ordered = in_order(definitions, self._context.model)
        imports, annotations = self._annotations(ordered)
        printed = [self._classes.definition(one, annotations.get(one.name, {})) for one in ordered]
        path = ".".join((self._context.package, *symbols.module(ordered[0].name)))
        wanted = imports | _ALWAYS | self._runtime_imports()
        wanted = wanted.union(*(one.imports for one in printed))
        body = "\n\n\n".join(one.source.strip("\n") for one in printed)
        outside = {(module, name) for module, name in wanted if module != path}
        self._check_names(outside, ordered, path)
        return self._context.templates.render(
            "module.py.jinja",
            title=".".join(ordered[0].name.module) or "the records",
            imports=import_block(outside, body, self._context.package, path),
            body=body,
        )

    def _runtime_imports(self) -> frozenset[Import]:
        return frozenset((f"{self._context.package}.{RUNTIME}", name) for name in _RUNTIME_NAMES)

    def _check_names(
        self, imports: set[Import], definitions: tuple[Definition, ...], path: str
    ) -> None:
        """Two things of one name in a module would be one thing."""
        used = {name for _, name in imports}
        clashes = [one for one in definitions if one.name.type in used]
        if clashes:
            raise ProblemsFound(
                Problem(
                    self._context.place_of(one),
                    "name-collision",
                    f"`{one.name.type}` is also what {path} imports; give it another title",
                )
                for one in clashes
            )

    def _annotations(
        self, definitions: tuple[Definition, ...]
    ) -> tuple[frozenset[Import], dict[Name, dict[str, str]]]:
        """The annotations of every field, by definition and attribute, and their imports."""
        records = [one if isinstance(one, Record) else _as_record(one) for one in definitions]
        runtime = f"{self._context.package}.{RUNTIME}"
        imports, printed = print_models(
            project(filter(None, records), self._context.model, runtime, self._context.path_of)
        )
        return imports, {
            one.name: {name: exact(text) for name, text in printed[one.name.type].items()}
            for one in definitions
            if one.name.type in printed
        }


def _as_record(definition: Definition) -> Record | None:
    """The definition as the printer takes it: a named type is printed as a field of that type."""
    match definition:
        case Record():
            return definition
        case Alias(name=name, source=source, type=type_):
            value = Field(name=VALUE, type=type_, required=True)
            return Record(name=name, source=source, fields=(value,))
        case Enumeration():
            return None
        case _:
            assert_never(definition)
