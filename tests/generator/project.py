"""A project to try the generator on: a folder with settings, schemas and what is made of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from recordsmith import pipeline
from recordsmith.artifacts import Artifact
from recordsmith.config import Config, find_project, read_config
from recordsmith.pipeline import Written

Content: TypeAlias = str | bytes
Snapshot: TypeAlias = Mapping[str, tuple[int, bytes]]

COMMAND = Path(sys.executable).with_name("recordsmith")

SETTINGS = '[tool.recordsmith]\nformats = "assert"\nstrict = true\n'

CACHE = ".recordsmith_cache"

POINT = """{
  "title": "Point",
  "description": "A point in the plane.",
  "type": "object",
  "properties": {
    "x": { "description": "To the right.", "type": "number" },
    "y": { "description": "Upwards.", "type": "number", "default": 0 }
  },
  "required": ["x"]
}
"""


@dataclass(frozen=True)
class Project:
    """A folder that is a project of its own."""

    root: Path

    def write(self, path: str, content: Content) -> Path:
        """Write a file below the project's folder."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    @property
    def config(self) -> Config:
        root = find_project(self.root)
        assert root == self.root
        return read_config(root)

    def generate(self, *, force: bool = False) -> Written:
        return pipeline.generate(self.config, force=force)

    def render(self) -> list[Artifact]:
        return pipeline.render(self.config).artifacts

    def generated(self) -> dict[str, bytes]:
        """The generated files by their paths; not what others put there."""
        folder = self.root / "generated"
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }

    def snapshot(self) -> Snapshot:
        """Every file and folder but the cache: when it was modified, and what a file holds."""
        return {
            path.relative_to(self.root).as_posix(): (
                path.lstat().st_mtime_ns,
                path.read_bytes() if path.is_file() else b"",
            )
            for path in sorted(self.root.rglob("*"))
            if CACHE not in path.relative_to(self.root).parts
        }

    def run(
        self, *arguments: str, folder: str = ".", environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the command as a person does."""
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=self.root / folder,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def python(self, program: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Run a program with the generated package at hand."""
        return subprocess.run(
            [sys.executable, "-W", "error", *options, "-c", program],
            cwd=self.root / "generated/python",
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def project_of(root: Path, files: Mapping[str, Content]) -> Project:
    """A project that holds `files`, and settings if these are not among them."""
    project = Project(root)
    for path, content in {"pyproject.toml": SETTINGS, **files}.items():
        project.write(path, content)
    return project
