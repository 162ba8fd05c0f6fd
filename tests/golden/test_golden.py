"""Each golden folder is what the generator makes, is good Python, and judges as its schemas do."""

from __future__ import annotations

import difflib
import importlib
import json
import keyword
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from tests.golden.cases import CASES, Case
from tests.golden.judge import Judge

ROOT = Path(__file__).parents[2]


def test_the_generator_makes_what_the_golden_folder_holds(case: Case) -> None:
    difference = list(_difference(case.expected(), case.made()))

    if difference:
        pytest.fail("".join([*difference, "\n`make golden` accepts it.\n"]), pytrace=False)


def _difference(expected: dict[str, str], made: dict[str, str]) -> Iterator[str]:
    for path in sorted({*expected, *made}):
        before = expected.get(path, "").splitlines(keepends=True)
        after = made.get(path, "").splitlines(keepends=True)
        yield from difflib.unified_diff(before, after, f"expected/{path}", f"generated/{path}")


def test_what_is_generated_passes_the_linter(package: Path) -> None:
    found = _run("ruff", "check", "--config", ROOT / "pyproject.toml", package)

    assert found.returncode == 0, found.stdout + found.stderr


def test_what_is_generated_is_laid_out(package: Path) -> None:
    options = ("--isolated", "--line-length", "100", "--target-version", "py311")
    found = _run("ruff", "format", "--diff", *options, package)

    assert found.returncode == 0, found.stdout + found.stderr


@pytest.fixture(scope="session")
def complaints(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a strict type checker says of all packages; one run is faster than many."""
    cache = tmp_path_factory.mktemp("mypy")
    options = ("--strict", "--no-error-summary", "--cache-dir", cache)
    return _run("mypy", *options, ".", folder=packages).stdout.splitlines()


def test_what_is_generated_is_strictly_typed(package: Path, complaints: list[str]) -> None:
    mine = (f"{package.name}/", f"use_{package.name}.py:")
    found = [line for line in complaints if line.startswith(mine)]

    assert found == []


def _run(
    command: str, *arguments: str | Path, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a tool of ours on a package, as seen from the folder that holds `generated`."""
    where = folder or Path(arguments[-1]).parents[2]
    return subprocess.run(
        [Path(sys.executable).with_name(command), *arguments],
        cwd=where,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def importable(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(packages))


@pytest.mark.usefixtures("importable")
def test_every_generated_module_can_be_imported(package: Path) -> None:
    names = [
        ".".join(file.relative_to(package.parent).with_suffix("").parts)
        for file in sorted(package.rglob("*.py"))
    ]
    imported = [importlib.import_module(name.removesuffix(".__init__")) for name in names]

    assert len(imported) > 1


USED = [case for case in CASES if case.use.is_file()]


@pytest.mark.usefixtures("importable", "packages")
@pytest.mark.parametrize("case", USED, ids=str)
def test_what_is_generated_can_be_used(case: Case) -> None:
    module = importlib.import_module(f"use_{case.package}")

    assert module.__doc__ is None  # its asserts hold


@pytest.mark.usefixtures("importable", "package")
def test_the_models_judge_as_their_schemas_do(case: Case) -> None:
    judge = Judge(case.folder / "schemas")
    payloads = json.loads((case.folder / "payloads.json").read_text("utf-8"))
    disagreements = [each for each in payloads if not _agree(judge, case, **each)]

    assert disagreements == []


def _agree(judge: Judge, case: Case, type: str, payload: Any, *, valid: bool) -> bool:  # noqa: A002
    assert judge.accepts(type, payload) is valid, f"the schema disagrees: {type} {payload}"
    model = TypeAdapter(_model(case.package, type))
    try:
        value = model.validate_json(json.dumps(payload))
    except ValidationError:
        return not valid
    emitted = model.dump_json(value)
    return (
        valid
        and judge.accepts(type, json.loads(emitted))
        and bool(model.validate_json(emitted) == value)
    )


def _model(package: str, type_: str) -> Any:
    """The Python type that the schema file `type_` becomes: folders are its module."""
    *folders, stem = type_.split("/")
    module = [re.sub(r"\W", "_", folder) for folder in folders] or ["records"]
    spelt = [f"{part}_" if keyword.iskeyword(part) else part for part in module]
    return getattr(importlib.import_module(".".join([package, *spelt])), stem)
