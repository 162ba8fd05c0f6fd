"""The golden folders: small projects, each beside the Python that is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import copyfile

from recordsmith import pipeline
from recordsmith.artifacts import Artifact
from recordsmith.config import Config, read_config

HERE = Path(__file__).parent

RUNTIME = {"_guards.py", "_json_types.py", "_wire_strings.py"}
"""Are the same in every package."""


@dataclass(frozen=True, eq=False)
class Case:
    """A golden folder.  Its name says what it shows."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.name

    @cached_property
    def config(self) -> Config:
        return read_config(self.folder)

    @property
    def package(self) -> str:
        return self.config.python.package

    @cached_property
    def _artifacts(self) -> list[Artifact]:
        return pipeline.render(self.config).artifacts

    def artifacts(self) -> list[Artifact]:
        """What the generator makes of the project now; nothing is written."""
        return self._artifacts

    def place(self, root: Path) -> None:
        """Write the artifacts below `root` as if it were the project's folder."""
        for artifact in self.artifacts():
            file = root / "generated" / artifact.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(artifact.text, encoding="utf-8", newline="")
        if self.use.is_file():
            copyfile(self.use, root / "generated/python" / f"use_{self.package}.py")

    @property
    def use(self) -> Path:
        """How somebody uses the package: asserts, which a type checker reads too."""
        return self.folder / "use.py"

    @property
    def expected_folder(self) -> Path:
        return self.folder / "expected"

    def expected(self) -> dict[str, str]:
        """The golden files: path below the folder of generated files, and text."""
        files = sorted(self.expected_folder.rglob("*.py"))
        return {
            file.relative_to(self.expected_folder).as_posix(): file.read_bytes().decode()
            for file in files
        }

    def made(self) -> dict[str, str]:
        """What the golden files should be by what the generator makes now."""
        return {
            str(artifact.path): artifact.text
            for artifact in self.artifacts()
            if artifact.path.suffix == ".py" and artifact.path.name not in RUNTIME
        }


CASES = [Case(file.parent) for file in sorted(HERE.glob("*/pyproject.toml"))]
