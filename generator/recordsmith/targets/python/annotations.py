"""Annotate: the type annotation of every type of a package."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, assert_never

from recordsmith.ir import (
    Bounds,
    Guard,
    Guarded,
    Json,
    JsonScalar,
    List,
    Literal,
    Map,
    Matching,
    Model,
    Name,
    Named,
    Never,
    Other,
    Record,
    Scalar,
    ScalarKind,
    Tuple,
    Type,
    Union,
)
from recordsmith.targets.python import symbols
from recordsmith.targets.python.attributes import attributes
from recordsmith.targets.python.exactness import annotated, exact
from recordsmith.targets.python.fragments import Import
from recordsmith.targets.python.models import Printed, print_shapes
from recordsmith.targets.python.projection import MOST_MEMBERS, SLOT, Shape, Slot, project, shapes

ImportOf = Callable[[Name], Import]
"""The module and the name of the class that a definition becomes."""

_WIRE = {
    ScalarKind.DATE_TIME: "DateTime",
    ScalarKind.DATE: "Date",
    ScalarKind.UUID: "Uuid",
}
_OTHERS = {
    ("array",): "NonArray",
    ("object",): "NonObject",
    ("array", "object"): "NonContainer",
}
NEVER = "NoValue"


@dataclass(frozen=True, slots=True)
class Annotation:
    """The source of a type annotation, and what it may need imported."""

    source: str
    imports: frozenset[Import] = frozenset()


def _remembered(source: str, imports: list[list[str]]) -> Printed:
    """A shape as it was printed."""
    return Printed(_parse(source), frozenset((module, name) for module, name in imports))


class Annotations:
    """The annotations of some types, which are printed together."""

    def __init__(
        self,
        types: Iterable[Type],
        model: Model,
        import_of: ImportOf,
        remembered: dict[str, Any],
    ) -> None:
        self._model = model
        self._import_of = import_of
        self._shape_of = cache(project)
        self._known: dict[Type, Annotation] = {}
        needed = {shape.key: shape for type_ in types for shape in shapes(type_, self._shape_of)}
        unknown = sorted(needed.keys() - remembered.keys())
        for key, one in zip(
            unknown, print_shapes([needed[key].schema for key in unknown]), strict=True
        ):
            remembered[key] = [ast.unparse(exact(one.annotation)), sorted(map(list, one.imports))]
        self._printed = {key: _remembered(*remembered[key]) for key in needed}

    def forget(self) -> None:
        """Spell every type anew."""
        self._known.clear()

    def of(self, type_: Type) -> Annotation:
        """The annotation of one of the types."""
        if type_ not in self._known:
            expression, imports = self._spelt(type_)
            self._known[type_] = Annotation(ast.unparse(expression), imports)
        return self._known[type_]

    def _spelt(self, type_: Type) -> tuple[ast.expr, frozenset[Import]]:
        shape = self._shape_of(type_)
        printed = self._printed[shape.key]
        filled = [self._slot(slot, type_) for slot in shape.slots]
        filling = {SLOT.format(number): one for number, (one, _) in enumerate(filled)}
        expression = _Filler(filling, shape).visit(copy.deepcopy(printed.annotation))
        return expression, printed.imports.union(*(imports for _, imports in filled))

    def _slot(self, slot: Slot, type_: Type) -> tuple[ast.expr, frozenset[Import]]:
        """What stands in a slot: a type of its own, or the whole type that no printer knows."""
        if slot is not type_:
            return self._spelt(slot)
        match slot:
            case Named(name):
                return ast.Name(symbols.spelt(name)), frozenset({self._import_of(name)})
            case Guarded(inner, guards):
                expression, imports = self._spelt(inner)
                return annotated(expression, [_parse(guard_source(one)) for one in guards]), imports
            case Matching(inner, pattern):
                expression, imports = self._spelt(inner)
                return annotated(expression, [_parse(f"Matching({symbols.raw(pattern)})")]), imports
            case Union():
                return self._union(slot)
            case List() | Map() | Tuple():
                raise AssertionError(f"a printer knows {slot}")
            case Scalar() | Literal() | Never() | Other():
                return _alone(slot), frozenset()
            case _:
                assert_never(slot)

    def _union(self, union: Union) -> tuple[ast.expr, frozenset[Import]]:
        spelt = [self._spelt(member) for member in union.members]
        sources = [ast.unparse(expression) for expression, _ in spelt]
        imports: frozenset[Import] = frozenset().union(*(found for _, found in spelt))
        joined = " | ".join(sources)
        if len(sources) > MOST_MEMBERS:
            joined = f"Union[{', '.join(sources)}]"
            imports |= {("typing", "Union")}
        told = self._told_by(union)
        if told is None:
            return _parse(joined), imports
        by = _parse(f"Field(discriminator={symbols.quoted(told)})")
        return annotated(_parse(joined), [by]), imports

    def _told_by(self, union: Union) -> str | None:
        """The attribute that tells the members apart, if it is one that pydantic can go by."""
        found: set[str] = set()
        for member in union.members:
            record = self._model[member.name] if isinstance(member, Named) else None
            if not isinstance(record, Record) or union.discriminator is None:
                return None
            field = next(one for one in record.fields if one.name == union.discriminator)
            if not (field.required and isinstance(field.type, Literal)):
                return None
            found.add(attributes(record, self._model)[field.name])
        return found.pop() if len(found) == 1 else None


def _alone(slot: Scalar | Literal | Never | Other) -> ast.expr:
    """A type that names no other."""
    match slot:
        case Literal(values):
            return _literal(values)
        case Never():
            return ast.Name(NEVER)
        case Other(than):
            return ast.Name(_OTHERS[than])
        case Scalar(ScalarKind.PLAIN_INTEGER, bounds):
            return _plain_integer(bounds)
        case Scalar(kind):
            return ast.Name(_WIRE.get(kind, "timedelta"))


_COMPARED = {
    "minimum": "ge",
    "exclusive_minimum": "gt",
    "maximum": "le",
    "exclusive_maximum": "lt",
    "multiple_of": "multiple_of",
}


def _plain_integer(bounds: Bounds) -> ast.expr:
    """Pydantic's strict integer, which takes no `1.0`."""
    found = [(_COMPARED[key], getattr(bounds, key)) for key in _COMPARED]
    given = ", ".join(f"{key}={value!r}" for key, value in found if value is not None)
    return _parse(f"Annotated[StrictInt, Field({given})]" if given else "StrictInt")


def _literal(values: tuple[JsonScalar, ...]) -> ast.expr:
    listed = _parse(f"Literal[{', '.join(symbols.literal(value) for value in values)}]")
    if all(isinstance(value, str) for value in values):
        return listed
    return annotated(listed, [ast.Name("EXACT")])


def guard_source(guard: Guard) -> str:
    """The source of the construction of a guard."""
    options = [] if guard.draft == "2020-12" else [symbols.quoted(guard.draft)]
    options += ["formats=True"] if guard.asserts_formats and _names_format(guard.keywords) else []
    return f"Guard({', '.join([symbols.literal(guard.keywords), *options])})"


def _names_format(part: Json) -> bool:
    """Whether a format, or a reference that may lead to one, is in a guard."""
    match part:
        case dict():
            return bool(part.keys() & {"format", "$ref"}) or any(map(_names_format, part.values()))
        case list():
            return any(map(_names_format, part))
    return False


def _parse(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


class _Filler(ast.NodeTransformer):
    """Puts the parts of a shape into its slots."""

    def __init__(self, filling: dict[str, ast.expr], shape: Shape) -> None:
        self._filling = filling
        self._patterns = {f"slot {n}": text for n, text in enumerate(shape.patterns)}

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._filling.get(node.id, node)

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        match node:
            case ast.keyword(arg="pattern", value=ast.Constant(str(text))):
                return ast.keyword("pattern", ast.Constant(self._patterns[text]))
        return node
