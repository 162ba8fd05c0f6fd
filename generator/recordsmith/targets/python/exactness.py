"""Mark: types that pydantic reads more laxly than JSON Schema get the runtime's exact form."""

from __future__ import annotations

import ast

_ALIASES = {"int": "Integer", "float": "Number", "bool": "Boolean"}
_MARKER = "EXACT"


def exact(annotation: ast.expr) -> ast.expr:
    """The annotation with each lax type made exact: `int` -> `Integer`.

    A type with bounds keeps them inside: `Annotated[int, Field(ge=1), EXACT]`.
    """
    marked: ast.expr = _Exact().visit(annotation)
    return marked


class _Exact(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name(_ALIASES.get(node.id, node.id))

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node:
            case ast.Subscript(
                value=ast.Name("Annotated"), slice=ast.Tuple([ast.Name(kind) as inner, *rest])
            ) if kind in _ALIASES:
                return annotated(inner, [*rest, ast.Name(_MARKER)])
            case ast.Subscript(value=ast.Name("Annotated"), slice=ast.Tuple([inner, *rest])):
                return annotated(self.visit(inner), rest)
        self.generic_visit(node)
        return node


def annotated(inner: ast.expr, metadata: list[ast.expr]) -> ast.Subscript:
    """`Annotated[inner, *metadata]`, without an `Annotated` within another."""
    match inner:
        case ast.Subscript(value=ast.Name("Annotated"), slice=ast.Tuple([kept, *before])):
            return annotated(kept, [*before, *metadata])
    return ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, *metadata]))
