"""What the tests of validation ask for: the flagship's schemas, and schemas made on the spot."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from recordsmith.catalog import Catalog, Sources, load
from recordsmith.validation import Validator

Schemas: TypeAlias = Mapping[str, Any]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def flagship() -> Catalog:
    """The schemas of this project."""
    return load(Sources(root=ROOT / "schemas", shown="schemas"))


def _catalog(folder: Path, schemas: Schemas) -> Catalog:
    for path, schema in schemas.items():
        file = folder / "schemas" / f"{path}.schema.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(schema), "utf-8")
    return load(Sources(root=folder / "schemas", shown="schemas"))


@pytest.fixture
def catalog_of(tmp_path: Path) -> Callable[[Schemas], Catalog]:
    """Makes a catalog of schemas, given by their paths without the suffix."""
    return partial(_catalog, tmp_path)


@pytest.fixture
def validator_of(catalog_of: Callable[[Schemas], Catalog]) -> Callable[[Any], Validator]:
    """Makes a validator of one schema."""

    def make(schema: Any) -> Validator:
        catalog = catalog_of({"Thing": schema})
        return Validator(catalog, catalog.documents[0], formats="assert")

    return make


@pytest.fixture(scope="session")
def date_time(tmp_path_factory: pytest.TempPathFactory) -> Validator:
    """The format, and nothing but it."""
    folder = tmp_path_factory.mktemp("date-time")
    catalog = _catalog(folder, {"Thing": {"format": "date-time"}})
    return Validator(catalog, catalog.documents[0], formats="assert")
