"""Same input, same bytes: under every hash seed, file order, locale, time zone and folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.generator.project import Project

GOLDEN = Path(__file__).parents[1] / "golden"
RICH = ("nested-records-are-lifted", "cross-module-references", "lifecycle", "extends", "mixins")
"""Golden folders that have more than one of everything."""
BRANCHES = {
    "anyOf": [
        {"type": "object", "allOf": [{"type": "object"}]},
        {"properties": {"a": {"type": "integer"}}, "multipleOf": 2},
        {"type": "string", "maxItems": 3},
    ],
    "dependentRequired": {"a": ["b"]},
}
"""A schema with several types, any of which may be listed at several branches."""


def copied(root: Path) -> Project:
    """A project of the schemas and mixins of several golden folders."""
    for name in RICH:
        for kind in ("schemas", "mixins/python"):
            source = GOLDEN / name / kind
            if source.is_dir():
                target = root / kind / name.replace("-", "_")
                shutil.copytree(source, target)
    project = Project(root)
    project.write("pyproject.toml", "[tool.recordsmith]\n")
    project.write("schemas/branches/One.schema.json", json.dumps(BRANCHES))
    return project


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is generated under the seed, the locale and the time zone of the tests themselves."""
    project = copied(tmp_path_factory.mktemp("reference"))
    project.generate()
    return project.generated()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copied(tmp_path / "another" / "föld er")


@pytest.mark.parametrize(
    ("seed", "locale", "zone"),
    [
        ("0", "C", "UTC"),
        ("1", "C.UTF-8", "Asia/Kathmandu"),
        ("2", "POSIX", "America/St_Johns"),
        ("3", "C.UTF-8", "Pacific/Kiritimati"),
        ("4", "C", "Antarctica/Troll"),
    ],
)
def test_neither_hash_seed_nor_locale_nor_time_zone_nor_folder_shows(
    project: Project, reference: dict[str, bytes], seed: str, locale: str, zone: str
) -> None:
    environment = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "0"}
    run = project.run("generate", folder="schemas", environment=environment)

    assert run.returncode == 0, run.stdout + run.stderr
    assert project.generated() == reference


def test_the_order_in_which_the_files_were_made_does_not_show(
    tmp_path: Path, reference: dict[str, bytes]
) -> None:
    straight = copied(tmp_path / "straight")
    files = sorted(file for file in straight.root.rglob("*") if file.is_file())
    backwards = Project(tmp_path / "backwards")
    for file in reversed(files):
        backwards.write(file.relative_to(straight.root).as_posix(), file.read_bytes())
    backwards.generate()

    assert backwards.generated() == reference


def test_the_order_in_which_a_folder_is_listed_does_not_show(
    project: Project, reference: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "scandir", _backwards(os.scandir))
    monkeypatch.setattr(os, "listdir", lambda *folder: sorted(_listdir(*folder), reverse=True))
    project.generate()

    assert project.generated() == reference


_listdir = os.listdir


def _backwards(scandir: Callable[..., Iterator[os.DirEntry[str]]]) -> Callable[..., _Listing]:
    return lambda *folder: _Listing(
        sorted(scandir(*folder), key=lambda entry: entry.name, reverse=True)
    )


class _Listing:
    """What `os.scandir` returns: an iterator that is a context."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __enter__(self) -> Iterator[os.DirEntry[str]]:
        return self._entries

    def __exit__(self, *_: object) -> None:
        pass

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self._entries

    def close(self) -> None:
        pass


def test_no_trace_of_the_machine_is_generated(project: Project) -> None:
    project.generate()

    traces = (str(project.root), os.uname().nodename, str(Path.home()))
    found = [
        (path, trace)
        for path, text in project.generated().items()
        for trace in traces
        if trace.encode() in text
    ]
    assert found == []


def test_a_second_run_makes_the_same(project: Project) -> None:
    project.generate()
    first = project.generated()
    written = project.generate(force=True)

    assert (written.changed, written.deleted) == (0, 0)
    assert project.generated() == first
