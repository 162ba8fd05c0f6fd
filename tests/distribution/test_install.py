"""The packages as somebody gets them: built, and installed into environments with nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

USE = """
import importlib.metadata
from roboto_domain.actions.invocation_record import FileSelector, InvocationStatus

assert FileSelector.model_validate_json('{"paths": ["*.mcap"]}').paths == ["*.mcap"]
assert InvocationStatus.from_value("Queued").next() is InvocationStatus.Scheduled
print(sorted(d.name.lower().replace("_", "-") for d in importlib.metadata.distributions()))
"""


def run(*words: str | Path, cwd: Path | None = None) -> str:
    """The standard output of a command that is to succeed."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip(python: str | Path, *words: str | Path) -> None:
    run(python, "-m", "pip", "--quiet", "--disable-pip-version-check", *words)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheels of the toolkit and of the generated package."""
    folder = tmp_path_factory.mktemp("wheels")
    for project in (ROOT, ROOT / "generated/python"):
        pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", folder, project)
    return folder


def environment(folder: Path, wheel: Path) -> Path:
    """The folder of commands of a new environment that holds `wheel` and what that asks for."""
    run(sys.executable, "-m", "venv", folder)
    pip(folder / "bin/python", "install", "--constraint", ROOT / "constraints.txt", wheel)
    return folder / "bin"


def test_the_generated_package_needs_pydantic_and_nothing_else(
    wheels: Path, tmp_path: Path
) -> None:
    commands = environment(tmp_path / "venv", next(wheels.glob("roboto_domain-*.whl")))

    installed = run(commands / "python", "-c", USE, cwd=tmp_path)

    of_pydantic = {"annotated-types", "pydantic", "pydantic-core", "typing-extensions"}
    of_python = {"pip", "setuptools"}
    assert set(eval(installed)) - of_python <= {  # noqa: S307 - it is ours
        "roboto-domain",
        "typing-inspection",
        *of_pydantic,
    }


def test_the_toolkit_serves_a_project_that_has_one_new_schema(wheels: Path, tmp_path: Path) -> None:
    commands = environment(tmp_path / "venv", next(wheels.glob("recordsmith-*.whl")))
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text('[tool.recordsmith.python]\npackage = "billing"\n')

    for words in (("new", "record", "sales.Invoice"), ("generate",), ("check",)):
        run(commands / "recordsmith", *words, cwd=project)

    use = "from billing.sales import Invoice; print(Invoice(id='1').model_dump_json())"
    printed = run(commands / "python", "-c", use, cwd=project / "generated/python")
    assert printed == '{"id":"1","note":null}\n'
