"""Mark: types that pydantic reads more laxly than JSON Schema get the runtime's exact form."""

from __future__ import annotations

import ast

_ALIASES = {"int": "Integer", "float": "Number", "bool": "Boolean"}
_MARKER = "EXACT"


def exact(annotation: str) -> str:
    """The annotation with each lax type made exact: `int` -> `Integer`.

    A type with bounds keeps them inside: `Annotated[int, Field(ge=1), EXACT]`.
    """
    return ast.unparse(_Exact().visit(ast.parse(annotation, mode="eval")))


class _Exact(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name(_ALIASES.get(node.id, node.id))

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node:
            case ast.Subscript(value=ast.Name("Literal"), slice=values):
                return node if _all_text(values) else _annotated(node, [ast.Name(_MARKER)])
            case ast.Subscript(
                value=ast.Name("Annotated"), slice=ast.Tuple([ast.Name(kind) as inner, *rest])
            ) if kind in _ALIASES:
                return _annotated(inner, [*rest, ast.Name(_MARKER)])
            case ast.Subscript(value=ast.Name("Annotated"), slice=ast.Tuple([inner, *rest])):
                return _annotated(self.visit(inner), rest)
        self.generic_visit(node)
        return node


def _annotated(inner: ast.expr, metadata: list[ast.expr]) -> ast.Subscript:
    return ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, *metadata]))


def _all_text(values: ast.expr) -> bool:
    listed = values.elts if isinstance(values, ast.Tuple) else [values]
    return all(isinstance(value, ast.Constant) and isinstance(value.value, str) for value in listed)
