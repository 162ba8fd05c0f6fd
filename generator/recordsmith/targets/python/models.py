"""Print: datamodel-code-generator's room.  No other module knows it.

It is handed a bundle that leaves nothing to interpret, and what it prints is compiled and compared
with what was asked before it is believed.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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


def print_models(definitions: Mapping[str, Any]) -> tuple[frozenset[Import], dict[str, Fragment]]:
    """The imports and, by name, the printed form of the object schemas in `definitions`.

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
        fields = {statement.name for statement in printed[key].body} - {"model_config"}
        if fields != set(schema["properties"]):
            raise AssertionError(f"printed {sorted(fields)} for {keys[key]}: {schema}")
    return imports, {name: printed[key] for key, name in keys.items()}


def _generate(bundle: Mapping[str, Any]) -> str:
    from datamodel_code_generator import GenerateConfig, generate  # late: it takes 0.3 s

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        config = GenerateConfig(**_SETTINGS, settings_path=Path(__file__).parent)
        printed = generate(dict(bundle), config=config)
    if not isinstance(printed, str):
        raise TypeError("one bundle is to be printed as one module")
    return printed
