"""The Python API: what a project's schemas become, without writing anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recordsmith.artifacts import Artifact
from recordsmith.config import configured, find_project, read_config
from recordsmith.pipeline import render
from recordsmith.problems import Location, Problem, ProblemsFound


def generate(
    schemas: str | Path | None = None, *, settings: Mapping[str, Any] | None = None
) -> list[Artifact]:
    """The files that `recordsmith generate` would write; nothing is written.

    `schemas` is a folder of schemas, and `settings` what `[tool.recordsmith]` would say of them.
    Without a folder, the project around the current folder is meant, with its own settings.

    Raises `ProblemsFound`.
    """
    if schemas is not None:
        folder = Path(schemas).resolve()
        table = {**(settings or {}), "schemas": folder.name}
        return render(configured(folder.parent, table)).artifacts
    root = find_project(Path.cwd())
    if root is None:
        sentence = "neither this folder nor one above has a [tool.recordsmith] table"
        raise ProblemsFound([Problem(Location("pyproject.toml"), "config", sentence)])
    return render(read_config(root)).artifacts
