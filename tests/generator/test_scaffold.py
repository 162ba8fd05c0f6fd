"""A name that cannot become a type is refused before anything is written."""

from __future__ import annotations

import pytest
from tests.generator.project import Project

from recordsmith.problems import ProblemsFound
from recordsmith.scaffold import scaffold

NO_NAMES = [
    "invoice",
    "billing.invoice",
    "billing.Invoice.",
    ".Invoice",
    "a..Invoice",
    "Billing.Invoice",
    "billing/Invoice",
    "../Invoice",
    "/Invoice",
    "billing.In voice",
    "billing.1Invoice",
    "1st.Invoice",
    "billing.In\nvoice",
    "",
    ".",
]


@pytest.mark.parametrize("kind", ["record", "enum"])
@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_what_cannot_name_a_type_is_refused_and_nothing_is_written(
    project: Project, kind: str, name: str
) -> None:
    before = project.snapshot()
    with pytest.raises(ProblemsFound) as found:
        scaffold(project.config, kind, name)

    assert [one.rule for one in found.value.problems] == ["new"]
    assert project.snapshot() == before


@pytest.mark.parametrize("name", ["None", "True"])
def test_a_keyword_of_python_is_refused_at_the_latest_when_it_is_generated(
    project: Project, name: str
) -> None:
    def start_and_generate() -> None:
        scaffold(project.config, "record", name)
        project.generate()

    with pytest.raises(ProblemsFound):
        start_and_generate()


@pytest.mark.parametrize(
    "name",
    ["A", "a.B", "BaseModel", "a.Field", "a_1.b2.HTTPServer", "日本.Ä", "class.import.Thing"],
)
def test_any_other_name_is_taken(project: Project, name: str) -> None:
    file = scaffold(project.config, "record", name)
    project.generate()

    assert file == project.root / "schemas" / f"{name.replace('.', '/')}.schema.json"
