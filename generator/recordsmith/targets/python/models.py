"""Print: datamodel-code-generator's room.  No other module knows it.

It is handed a bundle that leaves nothing to interpret, each shape of type once; what it prints is
compared with what was asked before it is believed.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from recordsmith.targets.python.fragments import Import, imports_of

REQUIRED_VERSION = "0.89.0"
"""The output depends on it; `pyproject.toml` pins the same."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STAND_INS = "stand_ins"
"""The module that the stand-ins for types are said to come from."""

_SETTINGS: Mapping[str, Any] = {
    "input_file_type": "jsonschema",
    "output_model_type": "pydantic_v2.BaseModel",
    "target_python_version": "3.11",
    "formatters": [],
    "disable_timestamp": True,
    "collapse_root_models": True,
    "enum_field_as_literal": "all",
    "field_constraints": True,
    "keep_model_order": True,
    "skip_root_model": True,
    "strict_nullable": True,
    "strict_refs": True,
    "use_annotated": True,
    "use_double_quotes": True,
    "use_standard_collections": True,
    "use_union_operator": True,
}


_BOUNDS = frozenset(
    (
        *("exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties"),
        *("maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "pattern"),
    )
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A shape as Python writes it; classes called `Slot_<number>` stand for its parts."""

    annotation: ast.expr
    imports: frozenset[Import]


def print_shapes(schemas: list[Mapping[str, Any]]) -> list[Printed]:
    """Each schema as a type annotation.

    Raises `AssertionError` if what is printed is not what was asked: a mistake of ours.
    """
    if not schemas:
        return []
    fields = {f"field_{index}": _masked(schema) for index, schema in enumerate(schemas)}
    model = {"type": "object", "properties": fields, "required": [*fields]}
    tree = ast.parse(_generate({"$schema": _DIALECT, "$defs": {"Shapes": model}}))
    printed = _Reader(tree).printed([*fields])
    for schema, one in zip(schemas, printed, strict=True):
        _compare(schema, one.annotation)
    return printed


def _compare(schema: Mapping[str, Any], annotation: ast.expr) -> None:
    """Raise `AssertionError` if a bound was dropped."""
    is_tuple = "prefixItems" in schema
    wanted = 0 if is_tuple else sum(key in _BOUNDS for key in schema)
    calls = (node for node in ast.walk(annotation) if isinstance(node, ast.Call))
    found = sum(len(call.keywords) for call in calls)
    if wanted != found:
        raise AssertionError(f"printed {ast.unparse(annotation)} for {schema}")


def _masked(schema: Any) -> Any:
    match schema:
        case {"customTypePath": name}:
            return {"customTypePath": f"{_STAND_INS}.{name}"}
        case dict():
            return {key: _masked(part) for key, part in schema.items()}
        case list():
            return [_masked(part) for part in schema]
        case _:
            return schema


class _Reader(ast.NodeTransformer):
    """What was printed; as a transformer, it puts in what root models stand for."""

    def __init__(self, tree: ast.Module) -> None:
        self._imports = {name: (module, name) for module, name in imports_of(tree) if name}
        self._roots: dict[str, ast.expr] = {}
        self._fields: dict[str, ast.expr] = {}
        for node in tree.body:
            match node:
                case ast.ClassDef(name=name, body=[*_, ast.AnnAssign(ast.Name("root"), root)]):
                    self._roots[name] = root
                case ast.Assign(
                    [ast.Name(name)], ast.Call(ast.Name("TypeAliasType"), [_, aliased])
                ):
                    self._roots[name] = aliased
                case ast.ClassDef(name="Shapes", body=body):
                    self._fields = dict(_annotations(body))

    def printed(self, names: list[str]) -> list[Printed]:
        """The annotations of the fields, which must be these in this order."""
        if list(self._fields) != names:
            raise AssertionError(f"printed {list(self._fields)} for {names}")
        return [self._printed(field) for field in self._fields.values()]

    def _printed(self, field: ast.expr) -> Printed:
        annotation = self.visit(copy.deepcopy(field))
        used = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
        wanted = frozenset(self._imports[name] for name in used & self._imports.keys())
        own = frozenset(entry for entry in wanted if entry[0] != _STAND_INS)
        return Printed(annotation, own)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self._roots:
            return cast("ast.AST", self.visit(copy.deepcopy(self._roots[node.id])))
        return node


def _annotations(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for statement in body:
        match statement:
            case ast.AnnAssign(target=ast.Name(name), annotation=annotation):
                yield name, annotation


def _generate(bundle: Mapping[str, Any]) -> str:
    from datamodel_code_generator import GenerateConfig, generate  # late: it takes 0.3 s

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        config = GenerateConfig(**_SETTINGS, settings_path=Path(__file__).parent)
        printed = generate(dict(bundle), config=config)
    if not isinstance(printed, str):
        raise TypeError("one bundle is to be printed as one module")
    return printed
