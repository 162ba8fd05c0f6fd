"""Print: datamodel-code-generator's room.  No other module knows it.

It is handed a bundle that leaves nothing to interpret, and what it prints is compiled and compared
with what was asked before it is believed.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from recordsmith.problems import Location
from recordsmith.targets.python.fragments import Fragment, Import, parse_all

REQUIRED_VERSION = "0.89.0"
"""The output depends on it; `pyproject.toml` pins the same."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

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
    definitions: Mapping[str, Any],
) -> tuple[frozenset[Import], dict[str, dict[str, str]]]:
    """The imports, and by name the annotations of the object schemas in `definitions`.

    Raises `AssertionError` if what is printed is not what was asked: a mistake of ours.
    """
    if not definitions:
        return frozenset(), {}
    # under names that no import can have, or the printer would rename one or the other
    keys = {f"RecordsmithModel{index}": name for index, name in enumerate(definitions)}
    schemas = {key: definitions[name] for key, name in keys.items()}
    source = _generate({"$schema": _DIALECT, "$defs": schemas})
    imports, printed = parse_all(source, Location("datamodel-code-generator"))
    for key, schema in schemas.items():
        if set(printed[key].annotations) != set(schema["properties"]):
            raise AssertionError(f"printed {printed[key].annotations} for {keys[key]}: {schema}")
    roots = {name: one.annotations["root"] for name, one in printed.items() if name not in keys}
    return imports, {name: _inlined(printed[key], roots) for key, name in keys.items()}


def _inlined(fragment: Fragment, roots: Mapping[str, ast.expr]) -> dict[str, str]:
    """The annotations of a class, each root model in them replaced by what it wraps."""
    inlining = _Inlining(roots)
    annotations = copy.deepcopy(fragment.annotations)
    return {name: ast.unparse(inlining.visit(node)) for name, node in annotations.items()}


class _Inlining(ast.NodeTransformer):
    def __init__(self, roots: Mapping[str, ast.expr]) -> None:
        self._roots = roots

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id not in self._roots:
            return node
        return cast("ast.AST", self.visit(copy.deepcopy(self._roots[node.id])))


def _generate(bundle: Mapping[str, Any]) -> str:
    from datamodel_code_generator import GenerateConfig, generate  # late: it takes 0.3 s

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        config = GenerateConfig(**_SETTINGS, settings_path=Path(__file__).parent)
        printed = generate(dict(bundle), config=config)
    if not isinstance(printed, str):
        raise TypeError("one bundle is to be printed as one module")
    return printed
