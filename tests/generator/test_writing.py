"""Writing is all or nothing, loses nobody's work, and leaves alone what it did not make."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest
from tests.generator.project import POINT, Project

from recordsmith.artifacts import Artifact, sealed
from recordsmith.problems import ProblemsFound

SCHEMA = "schemas/Point.schema.json"
MODULE = "generated/python/records/records.py"
PACKAGE = "generated/python/records/shapes.py"


def test_a_failed_run_leaves_the_generated_files_as_they_were(generated: Project) -> None:
    generated.write(SCHEMA, '{ "type": "strnig" }')
    before = generated.snapshot()
    with pytest.raises(ProblemsFound):
        generated.generate(force=True)

    assert generated.snapshot() == before


@pytest.mark.parametrize("obstacle", ["README.md", "records/shapes.py"])
def test_a_run_that_the_disk_refuses_leaves_the_files_as_they_were(
    stale: Project, obstacle: str
) -> None:
    file = stale.root / "generated/python" / obstacle
    file.unlink(missing_ok=True)
    stale.write(f"generated/python/{obstacle}/note.txt", "a folder is in the way")
    before = stale.generated()
    with pytest.raises(ProblemsFound) as found:
        stale.generate(force=True)

    assert [problem.rule for problem in found.value.problems] == ["unwritable"]
    assert stale.generated() == before


def test_a_hand_edited_file_is_reported_and_nothing_is_written(stale: Project) -> None:
    stale.write(MODULE, "# my edit\n")
    before = stale.snapshot()
    with pytest.raises(ProblemsFound) as found:
        stale.generate()

    assert [(one.at.file, one.rule) for one in found.value.problems] == [(MODULE, "edited")]
    assert stale.snapshot() == before


def test_force_replaces_a_hand_edited_file(stale: Project) -> None:
    stale.write(MODULE, "# my edit\n")
    stale.generate(force=True)

    assert b"class Point" in (stale.root / MODULE).read_bytes()


def test_every_hand_edited_file_is_reported_at_once(stale: Project) -> None:
    edited = ["generated/json-schema/flat.schema.json", "generated/python/README.md", MODULE]
    for path in edited:
        stale.write(path, "{}\n")
    with pytest.raises(ProblemsFound) as found:
        stale.generate()

    assert [one.at.file for one in found.value.problems] == edited


def test_an_edit_that_is_what_would_be_generated_is_no_edit(stale: Project) -> None:
    for artifact in stale.render():
        stale.write(f"generated/{artifact.path}", artifact.text)
    written = stale.generate()

    assert written.changed == 0


def test_a_generated_file_that_is_gone_is_made_again(generated: Project) -> None:
    (generated.root / MODULE).unlink()
    written = generated.generate()

    assert written.changed == 1
    assert (generated.root / MODULE).is_file()


def test_a_file_that_is_no_longer_generated_is_deleted_with_its_folder(generated: Project) -> None:
    generated.write("schemas/shapes/Line.schema.json", POINT.replace("Point", "Line"))
    generated.generate()
    assert (generated.root / PACKAGE).is_file()
    (generated.root / "schemas/shapes/Line.schema.json").unlink()
    written = generated.generate()

    assert written.deleted == 2  # the module and its schema in the bundles
    assert not (generated.root / PACKAGE).exists()
    assert not (generated.root / "generated/json-schema/schemas/shapes").exists()


def test_a_hand_edited_file_is_not_deleted(generated: Project) -> None:
    generated.write("schemas/shapes/Line.schema.json", POINT.replace("Point", "Line"))
    generated.generate()
    (generated.root / "schemas/shapes/Line.schema.json").unlink()
    generated.write(PACKAGE, "# my edit\n")
    with pytest.raises(ProblemsFound) as found:
        generated.generate()

    assert [one.at.file for one in found.value.problems] == [PACKAGE]
    assert (generated.root / PACKAGE).read_text() == "# my edit\n"


@pytest.mark.parametrize("force", [False, True])
def test_a_foreign_file_among_the_generated_survives(stale: Project, *, force: bool) -> None:
    foreign = [
        stale.write(f"generated/{path}", "mine\n")
        for path in ("note.txt", "python/records/extra.py", "python/records/shapes/data.json")
    ]
    stale.generate(force=force)

    assert [file.read_text() for file in foreign] == ["mine\n"] * 3


@pytest.mark.parametrize("path", ["../victim.txt", "/{root}/victim.txt", "a/../../victim.txt"])
def test_a_manifest_cannot_have_other_files_deleted(generated: Project, path: str) -> None:
    victim = generated.write("victim.txt", "mine\n")
    spelt = path.replace("/{root}", str(generated.root))
    _list_in_manifest(generated, spelt)
    generated.generate(force=True)

    assert victim.read_text() == "mine\n"


def test_a_link_in_the_manifest_does_not_lead_to_other_files(generated: Project) -> None:
    victim = generated.write("elsewhere/victim.txt", "mine\n")
    (generated.root / "generated/linked").symlink_to("../elsewhere")
    _list_in_manifest(generated, "linked/victim.txt")
    generated.generate(force=True)

    assert victim.read_text() == "mine\n"


def _list_in_manifest(project: Project, path: str) -> None:
    file = project.root / "generated/MANIFEST.json"
    manifest = json.loads(file.read_text())
    manifest["files"][path] = "sha256:0"
    file.write_text(json.dumps(manifest))


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"files": 1}', '{"files": {"a": 1}}'])
def test_a_broken_manifest_is_made_again(generated: Project, broken: str) -> None:
    before = generated.generated()
    generated.write("generated/MANIFEST.json", broken)
    generated.generate()

    assert generated.generated() == before


def test_the_files_are_readable_for_everybody(generated: Project) -> None:
    file = generated.root / MODULE
    ordinary = generated.write("ordinary.txt", "")

    assert file.stat().st_mode == ordinary.stat().st_mode


def test_line_ends_are_the_same_everywhere(stale: Project) -> None:
    crlf = (stale.root / SCHEMA).read_bytes().replace(b"\n", b"\r\n")
    stale.write(SCHEMA, crlf)
    stale.generate()

    assert [path for path, text in stale.generated().items() if b"\r" in text] == []
    assert all(text.endswith(b"\n") or not text for text in stale.generated().values())


def test_no_temporary_file_is_left(generated: Project) -> None:
    names = {Path(path).name for path in generated.snapshot()}

    assert [name for name in names if name.startswith(".")] == []


@pytest.mark.parametrize("other", ["python/records/a.py", "python/Records/A.py"])
def test_two_files_of_one_path_are_refused_even_if_they_differ_in_case(other: str) -> None:
    paths = [PurePosixPath("python/records/a.py"), PurePosixPath(other)]
    with pytest.raises(ProblemsFound) as found:
        sealed([Artifact(path, str(number)) for number, path in enumerate(paths)], {})

    assert [problem.rule for problem in found.value.problems] == ["path-collision"]
