"""Compose: one generated module from printed models, behaviours and hand-written mixins."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from recordsmith.config import PythonTarget
from recordsmith.ir import Alias, Definition, Enumeration, Field, Model, Name, Record, ScalarKind
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.rendering import Templates
from recordsmith.targets.python import symbols
from recordsmith.targets.python.exactness import exact
from recordsmith.targets.python.fields import EMPTY, config_of, default_of, own_fields
from recordsmith.targets.python.fragments import Fragment, Import, parse
from recordsmith.targets.python.imports import import_block
from recordsmith.targets.python.models import print_models
from recordsmith.targets.python.order import in_order, leads_to
from recordsmith.targets.python.projection import project
from recordsmith.targets.python.values import is_wire_string

RUNTIME = "_json_types"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """A field as its class's template prints it."""

    name: str
    annotation: str
    default: str
    docstring: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A definition's source, and all that it may need imported."""

    source: str
    imports: frozenset[Import]


class Composer:
    """Composes the modules of one package."""

    def __init__(
        self, model: Model, target: PythonTarget, templates: Templates, mixins: Templates
    ) -> None:
        self._model = model
        self._package = target.package
        self._described = target.runtime_descriptions
        self._path_of = path_of(target.package)
        self._templates = templates
        self._mixins = mixins

    def module(self, definitions: tuple[Definition, ...]) -> str:
        """The source of the module that holds `definitions`, all of one module."""
        ordered = in_order(definitions, self._model)
        imports, annotations = self._annotations(ordered)
        printed = [self._definition(one, annotations.get(one.name, {})) for one in ordered]
        path = ".".join((self._package, *symbols.module(ordered[0].name)))
        wanted = imports | _ALWAYS | self._runtime_imports()
        wanted = wanted.union(*(one.imports for one in printed))
        body = "\n\n\n".join(one.source.strip("\n") for one in printed)
        outside = {(module, name) for module, name in wanted if module != path}
        self._check_names(outside, ordered, path)
        return self._templates.render(
            "module.py.jinja",
            title=".".join(ordered[0].name.module) or "the records",
            imports=import_block(outside, body, self._package, path),
            body=body,
        )

    def _runtime_imports(self) -> frozenset[Import]:
        return frozenset((f"{self._package}.{RUNTIME}", name) for name in _RUNTIME_NAMES)

    def _check_names(
        self, imports: set[Import], definitions: tuple[Definition, ...], path: str
    ) -> None:
        """Two things of one name in a module would be one thing."""
        used = {name for _, name in imports}
        clashes = [one for one in definitions if one.name.type in used]
        if clashes:
            raise ProblemsFound(
                Problem(
                    Location(one.source),
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
        runtime = f"{self._package}.{RUNTIME}"
        imports, printed = print_models(project(filter(None, records), runtime, self._path_of))
        return imports, {
            one.name: dict(_annotated(printed[one.name.type]))
            for one in definitions
            if one.name.type in printed
        }

    def _definition(self, definition: Definition, annotations: Mapping[str, str]) -> Printed:
        match definition:
            case Record():
                return self._record(definition, annotations)
            case Enumeration():
                return self._enumeration(definition)
            case Alias():
                return self._alias(definition, annotations)
            case _:
                assert_never(definition)

    def _record(self, record: Record, annotations: Mapping[str, str]) -> Printed:
        fields = own_fields(record, self._model)
        defaults = {field.name: default_of(field, self._model) for field in fields}
        named = frozenset().union(*(default.names for default in defaults.values()))
        return self._class(
            record,
            "record.py.jinja",
            taken=[symbols.attribute(field.name) for field in fields],
            imports=self._import_of([*named, *([record.base] if record.base else [])]),
            bases=record.base.type if record.base else "BaseModel",
            config=config_of(record, self._model, described=self._described),
            fields=[
                _line(
                    field,
                    annotations,
                    defaults[field.name].source,
                    is_late=leads_to(field.type, record.name, self._model),
                )
                for field in fields
            ],
        )

    def _enumeration(self, enumeration: Enumeration) -> Printed:
        is_integer = enumeration.kind is ScalarKind.INTEGER
        return self._class(
            enumeration,
            "enum.py.jinja",
            taken=[symbols.member(member.name) for member in enumeration.members],
            bases="int, Enum" if is_integer else "Enum",
            builtin="integer_enum.py.jinja" if is_integer else "",
        )

    def _class(
        self,
        definition: Record | Enumeration,
        template: str,
        *,
        taken: list[str],
        imports: frozenset[Import] = frozenset(),
        builtin: str = "",
        **context: Any,
    ) -> Printed:
        """A class from its template and the fragments that add to it."""
        fragments = list(self._fragments(definition, builtin))
        _check_members(definition, taken, fragments)
        documented = [definition.documentation.description, *(f.docstring for f in fragments)]
        source = self._templates.render(
            template,
            name=definition.name.type,
            definition=definition,
            decorators=[one for fragment in fragments for one in fragment.decorators],
            docstring="\n\n".join(filter(None, documented)),
            methods=[one.source for fragment in fragments for one in fragment.body],
            after=[one for fragment in fragments for one in fragment.after],
            **context,
        )
        return Printed(source, imports.union(*(fragment.imports for fragment in fragments)))

    def _import_of(self, names: Iterable[Name]) -> frozenset[Import]:
        return frozenset((self._path_of(name).rpartition(".")[0], name.type) for name in names)

    def _fragments(self, definition: Record | Enumeration, builtin: str) -> Iterator[Fragment]:
        context = {"definition": definition, "name": definition.name.type, "model": self._model}
        if builtin:
            yield self._fragment(self._templates, builtin, context)
        for behaviour in definition.behaviours:
            template = f"behaviours/{behaviour.keyword}.py.jinja"
            yield self._fragment(self._templates, template, {**context, "behaviour": behaviour})
        mixin = mixin_path(definition.name)
        if self._mixins.has(mixin):
            yield self._fragment(self._mixins, mixin, context)

    def _fragment(self, templates: Templates, name: str, context: dict[str, Any]) -> Fragment:
        at = Location(f"{templates.shown}/{name}")
        return parse(templates.render(name, **context), at)

    def _alias(self, alias: Alias, annotations: Mapping[str, str]) -> Printed:
        source = self._templates.render(
            "alias.py.jinja",
            name=alias.name.type,
            definition=alias,
            annotation=annotations[_VALUE],
            is_wire_string=is_wire_string(alias.type),
        )
        return Printed(source, frozenset())


_VALUE = "value"


def _as_record(definition: Definition) -> Record | None:
    """The definition as the printer takes it: a named type is printed as a field of that type."""
    match definition:
        case Record():
            return definition
        case Alias(name=name, source=source, type=type_):
            value = Field(name=_VALUE, type=type_, required=True)
            return Record(name=name, source=source, fields=(value,))
        case Enumeration():
            return None
        case _:
            assert_never(definition)


def _annotated(printed: Fragment) -> Iterator[tuple[str, str]]:
    """Each field of a printed class and its annotation, made exact."""
    for statement in printed.body:
        match statement.node:
            case ast.AnnAssign(annotation=annotation):
                yield statement.name, exact(ast.unparse(annotation))


def _line(
    field: Field, annotations: Mapping[str, str], default: str, *, is_late: bool
) -> FieldLine:
    """`is_late` says that the type is not there yet when the class is made."""
    name = symbols.attribute(field.name)
    annotation = annotations[name]
    if default in EMPTY:
        is_plain = annotation.startswith(("list[", "dict[")) and annotation.endswith("]")
        factory = annotation if is_plain and not is_late else f"lambda: {default}"
        default = f"Field(default_factory={factory})"
    if default == "MISSING":
        annotation = f"{annotation} | MISSING"
    if name != field.name:
        annotation = f"Annotated[{annotation}, Field(alias={symbols.quoted(field.name)})]"
    return FieldLine(
        name=name,
        annotation=annotation,
        default=default,
        docstring=field.documentation.description,
    )


def _check_members(definition: Definition, taken: list[str], fragments: list[Fragment]) -> None:
    """Two members of one name in a class would be one member."""
    names = [*taken, *(one.name for fragment in fragments for one in fragment.body)]
    twice = sorted({name for name in names if names.count(name) > 1})
    at = Location(definition.source)
    sentence = "two fields, behaviours or mixins of the type are called `{}`; rename one"
    if twice:
        raise ProblemsFound(
            Problem(at, "member-collision", sentence.format(name)) for name in twice
        )


def path_of(package: str) -> Callable[[Name], str]:
    """The dotted path of the class that a definition becomes in `package`."""
    return lambda name: ".".join((package, *symbols.module(name), name.type))


def mixin_path(name: Name) -> str:
    """Where the hand-written mixin of a definition is, if it has one."""
    return "/".join((*name.module, f"{name.type}.py.jinja"))
