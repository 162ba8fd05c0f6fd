"""What the tests of audits ask for: machines of the flagship and of other schemas."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the modules beside this one are imported as tests.audit.*

from tests.generator.project import Project, project_of  # noqa: E402

from recordsmith.audit import Machine, machine_of  # noqa: E402
from recordsmith.catalog import Sources, load  # noqa: E402
from recordsmith.index import named  # noqa: E402

MachineOf: TypeAlias = Callable[[Mapping[str, Any], str], Machine]


@pytest.fixture(scope="session")
def flagship() -> Machine:
    """The machine of the invocations."""
    catalog = load(Sources(root=ROOT / "schemas", shown="schemas"))
    return machine_of(catalog, named(catalog, "InvocationRecord"), "assert")


@pytest.fixture
def machine_from(tmp_path: Path) -> MachineOf:
    """Makes the machine of a record among schemas, given by their names."""

    def make(schemas: Mapping[str, Any], record: str) -> Machine:
        for name, schema in schemas.items():
            file = tmp_path / "schemas" / f"{name}.schema.json"
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps(schema), "utf-8")
        catalog = load(Sources(root=tmp_path / "schemas", shown="schemas"))
        return machine_of(catalog, named(catalog, record), "dialect")

    return make


@pytest.fixture
def project_with(tmp_path: Path) -> Callable[[Mapping[str, Any]], Project]:
    """Makes a project of schemas, given by their names."""

    def make(schemas: Mapping[str, Any]) -> Project:
        files = {f"schemas/{name}.schema.json": json.dumps(one) for name, one in schemas.items()}
        return project_of(tmp_path, files)

    return make
