"""Fragments: pieces of a Python class, each written as a module of its own, made one.

What a behaviour's template renders and what a hand-written mixin holds have one form: imports, a
class whose body is the contribution, and what its methods read.  What has another form is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recordsmith.problems import Location, Problem, ProblemsFound, gathered

Import = tuple[str, str]
"""A module and a name in it, `name as other` too; the name is empty for `import module`."""

_INDENT = 4


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, with the comment lines before it."""

    name: str
    """The name that it binds; empty where it binds none, or several."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """The parsed form of one piece."""

    at: Location
    imports: frozenset[Import]
    decorators: tuple[str, ...]
    docstring: str
    body: tuple[Statement, ...]
    after: tuple[Statement, ...]
    """The module's statements behind the class: the constants that its methods read."""


def parse(source: str, at: Location) -> Fragment:
    """Take apart a module that holds one class.  Raises `ProblemsFound` if it is none."""
    tree = _tree(source, at)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if len(classes) != 1:
        sentence = "a mixin is a module with one class, whose body is merged into the type's"
        raise ProblemsFound([Problem(at, "mixin", sentence)])
    with gathered() as problems:
        problems.extend(Problem(at, "mixin", sentence) for sentence in _faults(tree, classes[0]))
    return _fragment(source, tree, classes[0], at)


def _tree(source: str, at: Location) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as error:
        sentence = f"what it renders is not Python: {error.msg}, line {error.lineno} of the result"
        raise ProblemsFound([Problem(at, "mixin", sentence)]) from error


def _faults(tree: ast.Module, node: ast.ClassDef) -> Iterator[str]:
    """What would be lost on the way into the type's own class."""
    if node.bases or node.keywords:
        yield "the class of a mixin has no bases: its body is merged into the type's"
    for statement in tree.body[: tree.body.index(node)]:
        if not (_is_import(statement) or _is_docstring(statement)):
            yield f"only imports go before the class: move {_shown(statement)} behind it"
    for statement in tree.body:
        if _is_import(statement) and not list(_imported([statement])):
            yield f"write `import a` or `from a import b` in place of {_shown(statement)}"
    for statement in node.body:
        if statement.col_offset != _INDENT:
            yield f"indent {_shown(statement)} by {_INDENT} spaces, on a line of its own"
        if _is_field(statement):
            yield f"{_shown(statement)} would be a property that the schema does not have"
        if not (_bound(statement) or _is_docstring(statement) or isinstance(statement, ast.Pass)):
            yield f"the body of a mixin is methods and assignments, not {_shown(statement)}"


def _is_field(statement: ast.stmt) -> bool:
    """Whether pydantic would take the statement for a field."""
    match statement:
        case ast.AnnAssign(annotation=annotation):
            return "ClassVar" not in ast.unparse(annotation)
    return False


def _shown(statement: ast.stmt) -> str:
    return f"`{ast.unparse(statement).splitlines()[0]}`"


def _fragment(source: str, tree: ast.Module, node: ast.ClassDef, at: Location) -> Fragment:
    lines = source.split("\n")
    after = tree.body[tree.body.index(node) + 1 :]
    return Fragment(
        at=at,
        imports=imports_of(tree),
        decorators=tuple(ast.unparse(decorator) for decorator in node.decorator_list),
        docstring=ast.get_docstring(node) or "",
        body=tuple(one for one in _statements(lines, node.body, node.lineno) if one.name),
        after=tuple(_statements(lines, after, node.end_lineno or node.lineno)),
    )


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def imports_of(tree: ast.Module) -> frozenset[Import]:
    """What a module imports at its top."""
    return frozenset(_imported(tree.body))


def _imported(body: Iterable[ast.stmt]) -> Iterator[Import]:
    """Those that bind a name as it is called where it comes from."""
    for node in body:
        match node:
            case ast.Import(names=names) if not any(alias.asname for alias in names):
                yield from ((alias.name, "") for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                if not any(alias.asname or alias.name == "*" for alias in names):
                    yield from ((module, alias.name) for alias in names)


def _statements(lines: list[str], body: list[ast.stmt], start: int) -> Iterator[Statement]:
    """The statements below line `start`, but imports; comments go with what follows them."""
    end = start
    for statement in body:
        start, end = end, statement.end_lineno or statement.lineno
        if not _is_import(statement):
            yield Statement(_bound(statement), "\n".join(lines[start:end]).strip("\n"))


def _bound(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""
