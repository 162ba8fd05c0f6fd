"""Print: datamodel-code-generator's room.  No other module knows it.

It is handed a bundle that leaves nothing to interpret and stand-ins for every name, so that it
renames nothing; what it prints is compared with what was asked before it is believed.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Iterator, Mapping
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


def print_models(
    definitions: Mapping[str, Mapping[str, Any]],
) -> tuple[frozenset[Import], dict[str, dict[str, str]]]:
    """The imports, and by definition and field the annotations, for the schemas of the fields.

    Raises `AssertionError` if what is printed is not what was asked: a mistake of ours.
    """
    if not definitions:
        return frozenset(), {}
    named = sorted({path for fields in definitions.values() for path in _paths([*fields.values()])})
    types = {path: f"{_STAND_INS}.Type_{index}" for index, path in enumerate(named)}
    models = [_model([*fields.values()], types) for fields in definitions.values()]
    bundle = {f"Model{index}": model for index, model in enumerate(models)}
    tree = ast.parse(_generate({"$schema": _DIALECT, "$defs": bundle}))
    printed = _Printed(tree, {stand_in: path for path, stand_in in types.items()})
    return printed.imports, {
        name: dict(zip(fields, printed.annotations(f"Model{index}", len(fields)), strict=True))
        for index, (name, fields) in enumerate(definitions.items())
    }


def _paths(schema: Any) -> Iterator[str]:
    """The Python types that a schema names."""
    match schema:
        case {"customTypePath": path}:
            yield path
        case dict():
            yield from _paths([*schema.values()])
        case list():
            for part in schema:
                yield from _paths(part)


def _model(fields: list[Any], types: Mapping[str, str]) -> dict[str, Any]:
    properties = {f"field_{index}": _masked(field, types) for index, field in enumerate(fields)}
    return {"type": "object", "properties": properties, "required": [*properties]}


def _masked(schema: Any, types: Mapping[str, str]) -> Any:
    match schema:
        case {"customTypePath": path}:
            return {"customTypePath": types[path]}
        case dict():
            return {key: _masked(part, types) for key, part in schema.items()}
        case list():
            return [_masked(part, types) for part in schema]
        case _:
            return schema


class _Printed(ast.NodeTransformer):
    """What was printed; as a transformer, it puts in what stand-ins and root models stand for."""

    def __init__(self, tree: ast.Module, paths: Mapping[str, str]) -> None:
        real = {_import(stand_in): _import(path) for stand_in, path in paths.items()}
        self.imports = frozenset(real.get(entry, entry) for entry in imports_of(tree))
        self._types = {stand_in: name for (_, stand_in), (_, name) in real.items()}
        self._roots: dict[str, ast.expr] = {}
        self._models: dict[str, dict[str, ast.expr]] = {}
        for node in tree.body:
            match node:
                case ast.ClassDef(name=name, body=[*_, ast.AnnAssign(ast.Name("root"), root)]):
                    self._roots[name] = root
                case ast.Assign(
                    [ast.Name(name)], ast.Call(ast.Name("TypeAliasType"), [_, aliased])
                ):
                    self._roots[name] = aliased
                case ast.ClassDef(name=name, body=body):
                    self._models[name] = dict(_annotations(body))

    def annotations(self, model: str, count: int) -> list[str]:
        """Those of a model's fields, in their order."""
        fields = self._models[model]
        if list(fields) != [f"field_{index}" for index in range(count)]:
            raise AssertionError(f"printed {list(fields)} for {count} fields")
        return [ast.unparse(self.visit(copy.deepcopy(field))) for field in fields.values()]

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self._roots:
            return cast("ast.AST", self.visit(copy.deepcopy(self._roots[node.id])))
        return ast.Name(self._types.get(node.id, node.id))


def _import(path: str) -> Import:
    module, _, name = path.rpartition(".")
    return module, name


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
