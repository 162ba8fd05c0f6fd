"""What the tests of publishing ask for: published schemas, and Ajv to judge by them."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from recordsmith.catalog import Catalog, Sources, load
from recordsmith.dialect import behaviour_keywords
from recordsmith.publishing import publish

Published: TypeAlias = dict[str, Any]
"""The JSON of each published file by its path."""

ROOT = Path(__file__).parents[2]
NODE = ROOT / "tests" / "node"


@pytest.fixture(scope="session")
def flagship() -> Catalog:
    """The schemas of this project."""
    return load(Sources(root=ROOT / "schemas", shown="schemas"))


def _published(catalog: Catalog) -> Published:
    return {str(artifact.path): json.loads(artifact.text) for artifact in publish(catalog, "1.2.3")}


@pytest.fixture(scope="session")
def published(flagship: Catalog) -> Published:
    """The schemas of this project, published."""
    return _published(flagship)


def _catalog(folder: Path, schemas: Mapping[str, Any]) -> Catalog:
    for path, schema in schemas.items():
        file = folder / "schemas" / f"{path}.schema.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(schema), "utf-8")
    return load(Sources(root=folder / "schemas", shown="schemas"))


@pytest.fixture
def catalog_of(tmp_path: Path) -> Callable[[Mapping[str, Any]], Catalog]:
    """Makes a catalog of schemas, given by their paths without the suffix."""
    return partial(_catalog, tmp_path)


@pytest.fixture
def published_of(
    catalog_of: Callable[[Mapping[str, Any]], Catalog],
) -> Callable[[Mapping[str, Any]], Published]:
    """Publishes schemas, given by their paths without the suffix."""
    return lambda schemas: _published(catalog_of(schemas))


@pytest.fixture(scope="session")
def ajv() -> Callable[[Mapping[str, Any], list[tuple[str, Any]]], list[bool]]:
    """Ajv's verdicts, given schemas by URI, on pairs of a reference and a payload."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed, so Ajv cannot be asked")
    _install()

    def judge(schemas: Mapping[str, Any], payloads: list[tuple[str, Any]]) -> list[bool]:
        asked = {"keywords": behaviour_keywords(), "schemas": schemas, "judge": payloads}
        command: list[str | Path] = ["node", NODE / "verdicts.js"]
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        verdicts: list[bool] = json.loads(done.stdout)
        return verdicts

    return judge


def _install() -> None:
    """Install what the lock says, unless it is there; two test runs may do so at once."""
    lock = (NODE / "package-lock.json").read_bytes()
    installed, seal = NODE / "node_modules", NODE / "node_modules" / ".lock-of-the-tests"
    if seal.is_file() and seal.read_bytes() == lock:
        return
    with tempfile.TemporaryDirectory(prefix=".install-", dir=NODE) as staging:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(NODE / name, staging)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=staging, check=True, capture_output=True)
        (Path(staging) / "node_modules" / seal.name).write_bytes(lock)
        shutil.rmtree(installed, ignore_errors=True)
        if not installed.exists():
            (Path(staging) / "node_modules").rename(installed)
