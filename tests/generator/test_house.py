"""The house keeps its promises: every keyword has its parts in every target, every pin is one."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import recordsmith
from recordsmith.behaviours import BEHAVIOURS
from recordsmith.dialect import behaviour_keywords, dialect
from recordsmith.targets import TARGETS
from recordsmith.targets.python.layout import REQUIRED_VERSION as RUFF
from recordsmith.targets.python.models import REQUIRED_VERSION as DATAMODEL_CODE_GENERATOR

ROOT = Path(__file__).parents[2]
TARGETS_FOLDER = Path(recordsmith.__file__).parent / "targets"

STRUCTURAL = {"x-extends", "x-format"}
"""Keywords of ours that say what a type is, and so are no behaviour."""


@pytest.mark.parametrize("keyword", sorted(BEHAVIOURS))
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_behaviour_has_a_template_in_every_target(target: str, keyword: str) -> None:
    templates = (TARGETS_FOLDER / target / "templates/behaviours").glob(f"{keyword}.*.jinja")

    assert len(list(templates)) == 1


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_no_template_is_of_a_behaviour_that_there_is_not(target: str) -> None:
    templates = (TARGETS_FOLDER / target / "templates/behaviours").iterdir()

    assert {file.name.partition(".")[0] for file in templates} == set(BEHAVIOURS)


def test_every_target_is_a_folder_and_every_folder_a_target() -> None:
    folders = {file.parent.name for file in TARGETS_FOLDER.glob("*/__init__.py")}

    assert folders == set(TARGETS)


def test_every_behaviour_has_a_shape_in_the_dialect_and_a_sentence_on_it() -> None:
    shapes = {
        keyword: dialect()["$defs"][reference["$ref"].rpartition("/")[2]]
        for keyword, reference in dialect()["properties"].items()
    }

    assert set(behaviour_keywords()) == {*BEHAVIOURS, *STRUCTURAL}
    assert [keyword for keyword, shape in shapes.items() if not shape.get("description")] == []


def test_every_behaviour_is_of_the_keyword_that_it_is_listed_by() -> None:
    assert {key: one.keyword for key, one in BEHAVIOURS.items()} == dict(
        zip(BEHAVIOURS, BEHAVIOURS, strict=True)
    )


@pytest.mark.parametrize(
    ("package", "required"),
    [("datamodel-code-generator", DATAMODEL_CODE_GENERATOR), ("ruff", RUFF), ("jinja2", None)],
)
def test_what_the_output_depends_on_is_pinned_to_what_is_installed(
    package: str, required: str | None
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = (re.fullmatch(rf"{package}==(\S+)", each) for each in project["dependencies"])
    pins = [pin[1] for pin in found if pin]

    assert pins == [version(package)]
    assert required in (None, version(package))
