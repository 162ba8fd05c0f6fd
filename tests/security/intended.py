"""Intended: what a generated module may consist of, all else is something that a schema planted."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import chain
from types import EllipsisType

BUILTINS = {"bool", "dict", "float", "frozenset", "int", "list", "object", "range", "str", "tuple"}
OFFERED = {
    "__future__": {"annotations"},
    "datetime": {"date", "datetime", "timedelta"},
    "enum": {"Enum"},
    "itertools": {"pairwise"},
    "pydantic": {"BaseModel", "ConfigDict", "Field", "MISSING", "StrictInt", "model_validator"},
    "pydantic_core": {"PydanticCustomError"},
    "typing": {"Annotated", "Any", "ClassVar", "Final", "Literal", "TypeAlias", "Union"},
    "typing_extensions": {"TypeAliasType"},
    "uuid": {"UUID"},
}
"""The names that modules import, by where from; from their own package they import any."""
CALLED = {
    *("ConfigDict", "Field", "Guard", "TypeAliasType", "UUID", "WireString", "frozenset"),
    *("dict", "list", "range", "timedelta"),
}
CALLED_ON = {"datetime": "fromisoformat", "date": "fromisoformat"}
METHODS = {
    *("__str__", "_missing_", "_validate_compatible", "_validate_not_empty"),
    "special",  # what the tests call their sentinel
    *("can_transition_to", "ensure_compatible", "ensure_not_empty", "from_value", "next"),
    "illegal_transitions",
}
CALLED_IN_METHODS = {
    *("PydanticCustomError", "ValueError", "isinstance", "len", "map", "model_validator", "str"),
    *("pairwise", "type", "super"),
}
METHODS_CALLED = {
    *("special", "get", "join", "can_transition_to", "ensure_compatible", "ensure_not_empty"),
}
_HARMLESS = (
    *(ast.Load, ast.Store, ast.BitOr, ast.USub, ast.arguments, ast.arg, ast.keyword),
    *(ast.Tuple, ast.List, ast.Dict, ast.Set),
)
_IN_METHODS = (
    *(ast.BoolOp, ast.Compare, ast.For, ast.FormattedValue, ast.FunctionDef, ast.If, ast.IfExp),
    *(ast.JoinedStr, ast.Raise, ast.Return, ast.UnaryOp, ast.arguments, ast.expr_context),
    *(ast.boolop, ast.cmpop, ast.unaryop, ast.Expr, ast.Assign),
    *(ast.ListComp, ast.comprehension),
)


def planted(source: str, package: str) -> list[str]:
    """What stands in a module, as source, that no template puts there."""
    tree = ast.parse(source)
    return [ast.unparse(node) for node in _Reading(tree, package).strange()]


class _Reading:
    """A module being read."""

    def __init__(self, tree: ast.Module, package: str) -> None:
        self._tree = tree
        self._package = package
        self._known = BUILTINS | set(_defined(tree))
        self._classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)} | set(
            chain.from_iterable(self._imported())
        )

    def _imported(self) -> Iterator[list[str]]:
        """The names that come from other modules of the package."""
        for node in self._tree.body:
            if isinstance(node, ast.ImportFrom) and self._is_own(node):
                yield [alias.name for alias in node.names]

    def _is_own(self, node: ast.ImportFrom) -> bool:
        return f"{node.module}.".startswith(f"{self._package}.")

    def strange(self) -> Iterator[ast.AST]:
        for node in self._tree.body:
            yield from self._statement(node)

    def _statement(self, node: ast.stmt) -> Iterator[ast.AST]:
        match node:
            case ast.Expr(ast.Constant(str())) | ast.Pass():
                pass
            case ast.ImportFrom(module, names, 0):
                offered = OFFERED.get(module or "", set())
                if not self._is_own(node) and {name.name for name in names} - offered:
                    yield node
            case ast.ClassDef(bases=bases, keywords=[], decorator_list=decorators, body=body):
                yield from chain.from_iterable(map(self._expression, [*bases, *decorators]))
                yield from chain.from_iterable(map(self._statement, body))
            case ast.AnnAssign(ast.Name(), annotation, value):
                given = [annotation] if value is None else [annotation, value]
                yield from chain.from_iterable(map(self._expression, given))
            case ast.Assign([ast.Name()], value):
                yield from self._expression(value)
            case ast.FunctionDef(name=name) if name in METHODS or name.startswith("is_"):
                yield from self._method(node)
            case _:
                yield node

    def _expression(self, node: ast.AST) -> Iterator[ast.AST]:
        if self._is_intended(node):
            yield from chain.from_iterable(map(self._expression, _parts(node)))
        else:
            yield node

    def _is_intended(self, node: ast.AST) -> bool:
        """Whether templates print such, whatever its parts are."""
        match node:
            case ast.Constant(value):
                return value is None or isinstance(value, str | int | float | EllipsisType)
            case ast.Name(name):
                return name in self._known
            case ast.Call():
                return self._is_intended_call(node)
            case ast.Attribute(ast.Name(name), member):
                return name in self._classes and not member.startswith("_")
            case ast.BinOp(op=ast.BitOr()) | ast.UnaryOp(ast.USub(), ast.Constant()):
                return True
            case ast.Subscript() | ast.Lambda(ast.arguments([], [], None, [], [], None, [])):
                return True
            case _:
                return isinstance(node, _HARMLESS)

    def _is_intended_call(self, call: ast.Call) -> bool:
        match call:
            case ast.Call(ast.Name(name)):
                return name in CALLED or name in self._classes
            case ast.Call(ast.Attribute(ast.Name(name), method)):
                return CALLED_ON.get(name) == method
            case ast.Call(ast.Subscript(ast.Name("list" | "dict")), [], []):
                return True
            case _:
                return False

    def _method(self, method: ast.FunctionDef) -> Iterator[ast.AST]:
        """What stands in a method, whose own code is the template's."""
        for node in ast.walk(method):
            match node:
                case ast.Call(ast.Name(name)) if name in CALLED_IN_METHODS:
                    pass
                case ast.Call(ast.Attribute(attr=name)) if name in METHODS_CALLED:
                    pass
                case ast.Call(ast.Name(name)) if name in self._classes:
                    pass
                case ast.Attribute(attr=name) if not name.startswith("__"):
                    pass
                case ast.Name(name) if not name.startswith("__"):
                    pass
                case ast.Constant() | ast.Subscript() | ast.BinOp(op=ast.BitOr()):
                    pass
                case _ if isinstance(node, (*_HARMLESS, *_IN_METHODS)):
                    pass
                case _:
                    yield node


def _parts(node: ast.AST) -> Iterable[ast.AST]:
    """What is to be read in turn; a quoted annotation is read as what it spells."""
    match node:
        case ast.Call(ast.Name("TypeAliasType"), [ast.Constant(), ast.Constant(str(text))]):
            return [ast.parse(text, mode="eval").body]
        case ast.Call(ast.Attribute(), arguments):
            return arguments
        case ast.Attribute():
            return []
        case _:
            return ast.iter_child_nodes(node)


def _defined(tree: ast.Module) -> Iterator[str]:
    """The names that mean something in a module."""
    for node in tree.body:
        match node:
            case ast.ImportFrom(names=names):
                yield from (name.asname or name.name for name in names)
            case ast.ClassDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]):
                yield name
