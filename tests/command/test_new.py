"""`recordsmith new` starts a schema that works at once; what cannot work it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.generator.project import Project, project_of

from recordsmith.drafts import DRAFT_2020_12

NAMES = [("record", "billing.Invoice"), ("enum", "billing.InvoiceStatus"), ("record", "Customer")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without any schema."""
    return project_of(tmp_path, {})


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_a_new_type_is_a_schema_that_says_what_to_do_next(
    project: Project, kind: str, name: str
) -> None:
    run = project.run("new", kind, name)

    path = f"schemas/{name.replace('.', '/')}.schema.json"
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"Wrote {path}; edit it, then run `recordsmith generate`.\n"
    schema = json.loads((project.root / path).read_text("utf-8"))
    assert (schema["$schema"], schema["title"]) == (DRAFT_2020_12.uri, name.rpartition(".")[2])
    assert schema["description"]


USE = """
from records.billing import Invoice, InvoiceStatus
from records.records import Customer

invoice = Invoice.model_validate_json('{"id": "1", "note": null}')
assert invoice == Invoice(id="1")
assert InvoiceStatus("first") is InvoiceStatus.First
assert Customer(id="a").note is None
"""


def test_new_types_can_be_generated_imported_and_checked(project: Project) -> None:
    runs = [project.run("new", kind, name) for kind, name in NAMES]
    runs += [project.run("generate"), project.python(USE), project.run("check")]

    assert [(run.returncode, run.stderr) for run in runs] == [(0, "")] * 6


def test_a_new_type_is_laid_out_as_a_person_would(project: Project) -> None:
    project.run("new", "enum", "Colour")
    text = (project.root / "schemas/Colour.schema.json").read_text("utf-8")

    assert text.startswith('{\n  "$schema": ')
    assert text.endswith("]\n}\n")


def test_a_refusal_suggests_a_name(project: Project) -> None:
    run = project.run("new", "record", "billing.invoice-line")

    assert "`invoice-line` is no name for a type; write it like `InvoiceLine`" in run.stdout


def test_a_schema_that_there_is_stays_as_it_is(project: Project) -> None:
    project.run("new", "record", "billing.Invoice")
    file = project.write("schemas/billing/Invoice.schema.json", "mine")
    run = project.run("new", "enum", "billing.Invoice")

    assert run.returncode in (1, 2)
    assert "already" in run.stdout + run.stderr
    assert file.read_text() == "mine"


def test_a_link_that_leads_nowhere_is_not_written_through(project: Project) -> None:
    folder = project.root / "schemas"
    folder.mkdir()
    (folder / "Invoice.schema.json").symlink_to("../elsewhere.json")
    run = project.run("new", "record", "Invoice")

    assert run.returncode in (1, 2)
    assert "Traceback" not in run.stderr
    assert not (project.root / "elsewhere.json").exists()


def test_a_name_whose_module_is_taken_by_a_file_is_refused(project: Project) -> None:
    project.write("schemas/billing", "a file")
    run = project.run("new", "record", "billing.Invoice")

    assert run.returncode in (1, 2)
    assert "Traceback" not in run.stderr
