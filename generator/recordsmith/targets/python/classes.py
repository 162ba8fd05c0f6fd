"""Classes: the source of one definition, from its template and the fragments that add to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from recordsmith.ir import (
    Alias,
    Definition,
    Enumeration,
    Field,
    List,
    Map,
    Record,
    Scalar,
    ScalarKind,
)
from recordsmith.problems import Location, Problem, ProblemsFound
from recordsmith.rendering import Templates
from recordsmith.targets.python import symbols
from recordsmith.targets.python.annotations import Annotation, Annotations, guard_source
from recordsmith.targets.python.attributes import attributes
from recordsmith.targets.python.context import Context, mixin_path
from recordsmith.targets.python.fields import (
    EMPTY,
    bases_of,
    config_of,
    default_of,
    full_type,
    own_fields,
)
from recordsmith.targets.python.fragments import Fragment, Import, parse
from recordsmith.targets.python.order import is_named_alias, leads_to
from recordsmith.targets.python.scope import Claim, import_claim
from recordsmith.targets.python.values import is_wire_string

_ANYTHING = Scalar(ScalarKind.ANY)
_LONG = 60
"""Characters: a longer annotation is not written twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """A field as its class's template prints it."""

    name: str
    annotation: str
    default: str
    docstring: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A definition's source, what it may need imported, and the names that it gives a meaning."""

    source: str
    imports: frozenset[Import] = frozenset()
    claims: tuple[Claim, ...] = ()


class Classes:
    """Composes the classes and named types of one package."""

    def __init__(self, context: Context, annotations: Annotations) -> None:
        self._context = context
        self._annotations = annotations

    def forget(self) -> None:
        """Look everything up again, so that who watches sees what is looked at."""
        self._annotations.forget()

    def definition(self, definition: Definition) -> Printed:
        """The source of a definition."""
        match definition:
            case Record():
                return self._record(definition)
            case Enumeration():
                return self._enumeration(definition)
            case Alias():
                return self._alias(definition)
            case _:
                assert_never(definition)

    def _record(self, record: Record) -> Printed:
        model = self._context.model
        fields = own_fields(record, model)
        names = attributes(record, model)
        defaults = {field.name: default_of(field, model, record.name) for field in fields}
        named = {name for default in defaults.values() for name in default.names}
        base = {record.base} if record.base else set()
        annotations = {field.name: self._annotations.of(full_type(field)) for field in fields}
        extras = self._extras(record)
        lines = [
            self._line(
                record,
                field,
                names[field.name],
                annotations[field.name].source,
                defaults[field.name].source,
            )
            for field in fields
        ]
        own = frozenset(map(self._context.import_of, named | base))
        return self._class(
            record,
            "record.py.jinja",
            taken=["model_config", *(line.name for line in lines)],
            imports=own.union(*(one.imports for one in (extras, *annotations.values()))),
            bases=", ".join(bases_of(record, model)),
            config=config_of(record, model, self._context.target),
            fields=lines,
            guards=[guard_source(guard) for guard in record.guards],
            extras=extras.source,
        )

    def _extras(self, record: Record) -> Annotation:
        """The annotation of the properties that are no fields; empty where any value will do."""
        if record.extras is None or record.extras == _ANYTHING:
            return Annotation("")
        return self._annotations.of(record.extras)

    def _line(
        self, record: Record, field: Field, name: str, annotation: str, default: str
    ) -> FieldLine:
        if default in EMPTY:
            default = f"Field(default_factory={self._factory(record, field, annotation, default)})"
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

    def _factory(self, record: Record, field: Field, annotation: str, default: str) -> str:
        """What makes an empty list or map; the type itself, where it is there already."""
        is_plain = isinstance(field.type, List | Map) and not field.nullable
        if not is_plain or len(annotation) > _LONG or "Annotated[" in annotation[:10]:
            return f"lambda: {default}"
        is_late = leads_to(field.type, record.name, self._context.model)
        return f"lambda: {annotation}()" if is_late else annotation

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
        _check_members(self._context.place_of(definition), taken, fragments)
        documented = [definition.documentation.description, *(f.docstring for f in fragments)]
        source = self._context.templates.render(
            template,
            name=symbols.class_name(definition.name),
            definition=definition,
            decorators=[one for fragment in fragments for one in fragment.decorators],
            docstring="\n\n".join(filter(None, documented)),
            methods=[one.source for fragment in fragments for one in fragment.body],
            after=[one.source for fragment in fragments for one in fragment.after],
            **context,
        )
        claims = (claim for fragment in fragments for claim in _claims(fragment))
        imports = imports.union(*(fragment.imports for fragment in fragments))
        return Printed(source, imports, tuple(claims))

    def _fragments(self, definition: Record | Enumeration, builtin: str) -> Iterator[Fragment]:
        at = self._context.place_of(definition)
        templates, mixins = self._context.templates, self._context.mixins
        if builtin:
            yield self._fragment(definition, templates, builtin, at)
        for behaviour in definition.behaviours:
            template = f"behaviours/{behaviour.keyword}.py.jinja"
            place = at / behaviour.keyword
            yield self._fragment(definition, templates, template, place, behaviour=behaviour)
        mixin = mixin_path(definition.name)
        if mixins.has(mixin):
            yield self._fragment(definition, mixins, mixin, Location(f"{mixins.shown}/{mixin}"))

    def _fragment(
        self,
        definition: Definition,
        templates: Templates,
        template: str,
        at: Location,
        **context: Any,
    ) -> Fragment:
        """What a template adds to a definition; `at` is what it is made of."""
        name = symbols.class_name(definition.name)
        source = templates.render(
            template, definition=definition, name=name, model=self._context.model, **context
        )
        return parse(source, at)

    def _alias(self, alias: Alias) -> Printed:
        is_wire = is_wire_string(alias.type)
        annotation = Annotation("") if is_wire else self._annotations.of(alias.type)
        source = self._context.templates.render(
            "alias.py.jinja",
            name=symbols.class_name(alias.name),
            definition=alias,
            annotation=annotation.source,
            is_named=is_named_alias(alias, self._context.model),
            is_wire_string=is_wire,
        )
        return Printed(source, annotation.imports)


def _claims(fragment: Fragment) -> Iterator[Claim]:
    for entry in sorted(fragment.imports):
        yield import_claim(entry, fragment.at)
    for statement in fragment.after:
        if statement.name:
            yield Claim(statement.name, str(fragment.at), fragment.at)


def _check_members(at: Location, taken: list[str], fragments: list[Fragment]) -> None:
    """Two members of one name in a class would be one member."""
    times = Counter([*taken, *(one.name for fragment in fragments for one in fragment.body)])
    twice = sorted(name for name in times if times[name] > 1)
    sentence = "two fields, settings, behaviours or mixins of the type are called `{}`; rename one"
    if twice:
        raise ProblemsFound(
            Problem(at, "member-collision", sentence.format(name)) for name in twice
        )
