"""Lay out: generated Python as ruff lays out every Python file."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from recordsmith.artifacts import Artifact
from recordsmith.targets.python.symbols import WIDTH

REQUIRED_VERSION = "0.17.6"
"""The output depends on it; `pyproject.toml` pins the same."""


def laid_out(artifacts: Iterable[Artifact]) -> list[Artifact]:
    """The artifacts, those in Python formatted.

    Raises `AssertionError` if one is not Python: a mistake of ours.
    """
    from ruff import find_ruff_bin  # late: only a run that generates needs it

    listed = list(artifacts)
    with tempfile.TemporaryDirectory(prefix="recordsmith-") as folder:
        python = [artifact for artifact in listed if artifact.path.suffix == ".py"]
        files = {artifact: Path(folder, f"{n}.py") for n, artifact in enumerate(python)}
        for artifact, file in files.items():
            file.write_bytes(artifact.text.encode("utf-8"))
        options = ("--isolated", "--no-cache", "--quiet", "--line-length", str(WIDTH))
        command = (find_ruff_bin(), "format", *options, "--target-version", "py311", folder)
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        if run.returncode:
            raise AssertionError(f"generated Python does not parse: {run.stderr}")
        formatted = {one: file.read_bytes().decode("utf-8") for one, file in files.items()}
    return [Artifact(one.path, formatted.get(one, one.text)) for one in listed]
