"""Fragments: pieces of a Python class, each written as a module of its own, made one.

What datamodel-code-generator prints, what a behaviour's template renders and what a hand-written
mixin holds have one form: imports, statements, and a class whose body is the contribution.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recordsmith.problems import Location, Problem, ProblemsFound

Import = tuple[str, str]
"""A module and a name in it; the name is empty for `import module`."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a class body, with the comment lines before it."""

    name: str
    """The attribute that it binds."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """The parsed form of one piece."""

    imports: frozenset[Import]
    decorators: tuple[str, ...]
    docstring: str
    body: tuple[Statement, ...]
    annotations: dict[str, ast.expr]
    """Those of the fields, by name."""
    after: tuple[str, ...]
    """The module's statements behind the class: the constants that its methods read."""


def parse(source: str, at: Location) -> Fragment:
    """Take apart a module that holds one class.  Raises `ProblemsFound` if it is none."""
    tree = _tree(source, at)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if len(classes) != 1:
        sentence = "a mixin is a module with one class, whose body is merged into the type's"
        raise ProblemsFound([Problem(at, "mixin", sentence)])
    return _fragment(source, tree, classes[0])


def parse_all(source: str, at: Location) -> tuple[frozenset[Import], dict[str, Fragment]]:
    """The imports of a module of classes, and each class by name."""
    tree = _tree(source, at)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return _imports(tree), {node.name: _fragment(source, tree, node) for node in classes}


def _tree(source: str, at: Location) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as error:
        sentence = f"what it renders is not Python: {error.msg}, line {error.lineno} of the result"
        raise ProblemsFound([Problem(at, "mixin", sentence)]) from error


def _fragment(source: str, tree: ast.Module, node: ast.ClassDef) -> Fragment:
    lines = source.splitlines()
    index = tree.body.index(node)
    after = [statement for statement in tree.body[index + 1 :] if not _is_import(statement)]
    return Fragment(
        imports=_imports(tree),
        decorators=tuple(ast.unparse(decorator) for decorator in node.decorator_list),
        docstring=ast.get_docstring(node) or "",
        body=tuple(_statements(lines, node)),
        annotations={
            statement.target.id: statement.annotation
            for statement in node.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        },
        after=tuple("\n".join(lines[s.lineno - 1 : s.end_lineno]) for s in after),
    )


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _imports(tree: ast.Module) -> frozenset[Import]:
    return frozenset(_imported(tree.body))


def _imported(body: Iterable[ast.stmt]) -> Iterator[Import]:
    for node in body:
        match node:
            case ast.Import(names=names):
                yield from ((alias.name, "") for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ((module, alias.name) for alias in names)


def _statements(lines: list[str], node: ast.ClassDef) -> Iterator[Statement]:
    """The statements of the body but its docstring; comments go with what follows them."""
    end = node.lineno
    for statement in node.body:
        start, end = end, statement.end_lineno or statement.lineno
        name = _bound(statement)
        if name:
            source = "\n".join(lines[start:end]).strip("\n")
            yield Statement(name, source)


def _bound(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""
