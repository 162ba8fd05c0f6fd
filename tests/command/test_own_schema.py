"""`recordsmith validate --own-schema`: what a record may name, which is data from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.generator.project import Project

NUMBER = '{"$id": "https://example.org/number", "properties": {"x": {"type": "number"}}}'
SETTINGS = '[tool.recordsmith.roots]\n"https://example.org/" = "vendored"\n'


@pytest.fixture
def mail(project: Project) -> Project:
    """A project with a folder `mail` for records, and schemas in it, beside it and far away."""
    for folder in ("mail", "mail/below", "mail-2", "vendored"):
        project.write(f"{folder}/number.json", NUMBER)
    project.write("number.json", NUMBER)
    project.write("schemas/number.json", NUMBER)
    return project


def _told(project: Project, named: str, *, folder: str = ".") -> list[tuple[str, str]]:
    """The rule and the sentence of what is wrong with a record that calls its schema so."""
    project.write("mail/record.json", json.dumps({"$schema": named, "x": "1"}))
    file = Path(project.root / "mail/record.json")
    words = ("validate", "--own-schema", "--format", "json", str(file))
    run = project.run(*words, folder=folder)
    told = [json.loads(line) for line in run.stdout.splitlines()]
    return [(one["rule"], one["message"]) for one in told]


def _leads_out(project: Project, named: str) -> bool:
    """Whether a record is refused that names a schema outside, and nothing but that is told."""
    refusal = (
        f"`{named}` leads out of the record's folder; name a file in it, or a schema of the project"
    )
    return _told(project, named) == [("unknown-schema", refusal)]


@pytest.mark.parametrize(
    "named",
    ["number.json", "./number.json", "below/number.json", "below/../number.json"],
)
def test_a_record_may_name_a_file_of_its_folder(mail: Project, named: str) -> None:
    assert [rule for rule, _ in _told(mail, named)] == ["type"]


def test_a_record_may_name_a_file_of_its_folder_by_its_whole_path(mail: Project) -> None:
    file = mail.root / "mail/number.json"

    assert [rule for rule, _ in _told(mail, str(file))] == ["type"]
    assert [rule for rule, _ in _told(mail, file.as_uri())] == ["type"]


@pytest.mark.parametrize(
    "named",
    [
        "../number.json",
        "../mail-2/number.json",
        "below/../../number.json",
        "../nothing.json",
        "../schemas/number.json",
        "../schemas/Nothing.schema.json",
        "../vendored/number.json",
        "file:../number.json",
        "file:%2E%2E/number.json",
        "/etc/passwd",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
    ],
)
def test_a_record_may_name_no_file_elsewhere(mail: Project, named: str) -> None:
    """What is there and what is not are refused alike, so that a record cannot ask."""
    assert _leads_out(mail, named)


def test_a_record_may_name_a_schema_of_the_project_by_its_path(mail: Project) -> None:
    file = mail.write("schemas/Own.schema.json", NUMBER.replace("number", "own", 1))
    (mail.root / "schemas/link.json").symlink_to("Own.schema.json")
    (mail.root / "mail/link.json").symlink_to("../schemas/Own.schema.json")

    for named in ("../schemas/Own.schema.json", "../schemas/link.json", "link.json"):
        assert [rule for rule, _ in _told(mail, named)] == ["type"]
    assert [rule for rule, _ in _told(mail, file.as_uri(), folder="mail")] == ["type"]


def test_a_path_out_of_the_folder_is_refused_whatever_the_schemas_of_the_project_are(
    mail: Project,
) -> None:
    mail.write("schemas/Own.schema.json", '{"type": "nonsense"}')

    assert _leads_out(mail, "../number.json")
    assert "cannot be used: " in _told(mail, "../schemas/Own.schema.json")[0][1]


def test_a_link_leads_no_record_out_of_its_folder(mail: Project) -> None:
    (mail.root / "mail/link.json").symlink_to("../number.json")
    (mail.root / "mail/folder").symlink_to("../vendored", target_is_directory=True)
    (mail.root / "mail/within.json").symlink_to("below/number.json")
    (mail.root / "mail/loop.json").symlink_to("loop.json")

    assert _leads_out(mail, "link.json")
    assert _leads_out(mail, "folder/number.json")
    assert [rule for rule, _ in _told(mail, "within.json")] == ["type"]
    assert [rule for rule, _ in _told(mail, "loop.json")] == ["unknown-schema"]


def test_a_folder_that_is_a_link_is_the_one_that_it_leads_to(mail: Project) -> None:
    (mail.root / "link").symlink_to("mail", target_is_directory=True)
    mail.write("mail/record.json", '{"$schema": "number.json", "x": "1"}')

    run = mail.run("validate", "--own-schema", "link/record.json")

    assert "[type]" in run.stdout


def test_a_record_may_name_a_schema_of_the_project_or_of_its_roots(mail: Project) -> None:
    mail.write("pyproject.toml", SETTINGS)
    mail.write("schemas/Own.schema.json", NUMBER.replace("number", "own", 1))

    assert [rule for rule, _ in _told(mail, "https://example.org/own")] == ["type"]
    assert [rule for rule, _ in _told(mail, "https://example.org/number.json")] == ["type"]
    assert [rule for rule, _ in _told(mail, "https://example.org/../mail/number.json")] == [
        "unknown-schema"
    ]
