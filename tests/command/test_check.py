"""`recordsmith check` shows what is not as the schemas make it, and writes nothing."""

from __future__ import annotations

import pytest
from tests.generator.project import POINT, Project

MODULE = "generated/python/records/records.py"


def test_up_to_date_files_are_exit_code_0_and_a_sentence(generated: Project) -> None:
    run = generated.run("check")

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "generated/ is what the schemas make.\n"


def test_a_stale_file_is_shown_as_a_diff_to_what_it_should_be(generated: Project) -> None:
    generated.write("schemas/Point.schema.json", POINT.replace("in the plane", "in space"))
    before = generated.snapshot()
    run = generated.run("check")

    assert run.returncode == 1
    assert f"--- {MODULE}\n+++ {MODULE}\n" in run.stdout
    assert '-    """A point in the plane."""\n' in run.stdout
    assert '+    """A point in space."""\n' in run.stdout
    assert run.stderr == "generated/ is stale or was edited; run `recordsmith generate`.\n"
    assert generated.snapshot() == before


def test_an_edited_file_is_shown_as_a_diff_back(generated: Project) -> None:
    text = (generated.root / MODULE).read_text()
    generated.write(MODULE, f"{text}# my edit\n")
    before = generated.snapshot()
    run = generated.run("check")

    assert run.returncode == 1
    assert "-# my edit\n" in run.stdout
    assert generated.snapshot() == before


def test_a_missing_file_is_shown_as_a_diff_from_nothing(generated: Project) -> None:
    (generated.root / MODULE).unlink()
    before = generated.snapshot()
    run = generated.run("check")

    assert run.returncode == 1
    assert f"--- /dev/null\n+++ {MODULE}\n" in run.stdout
    assert generated.snapshot() == before


def test_a_missing_empty_file_is_found_too(generated: Project) -> None:
    (generated.root / "generated/python/records/py.typed").unlink()
    run = generated.run("check")

    assert run.returncode == 1
    assert "py.typed" in run.stdout


def test_a_file_that_is_no_longer_generated_is_shown_as_a_diff_to_nothing(
    generated: Project,
) -> None:
    generated.write("schemas/a/B.schema.json", POINT.replace("Point", "B"))
    generated.generate()
    (generated.root / "schemas/a/B.schema.json").unlink()
    run = generated.run("check")

    assert run.returncode == 1
    assert "--- generated/python/records/a.py\n+++ /dev/null\n" in run.stdout


def test_nothing_generated_yet_is_exit_code_1(project: Project) -> None:
    run = project.run("check")

    assert run.returncode == 1
    assert not (project.root / "generated").exists()


def test_a_foreign_file_is_no_difference(generated: Project) -> None:
    generated.write("generated/python/records/mine.py", "mine\n")
    run = generated.run("check")

    assert run.returncode == 0


@pytest.mark.parametrize("ends", [b"\r\n", b"", b"\xff\n"])
def test_a_difference_that_does_not_show_as_text_is_one(generated: Project, ends: bytes) -> None:
    text = (generated.root / MODULE).read_bytes()
    generated.write(MODULE, text.removesuffix(b"\n") + ends)
    run = generated.run("check")

    assert run.returncode == 1
    assert run.stdout.startswith(f"--- {MODULE}")
