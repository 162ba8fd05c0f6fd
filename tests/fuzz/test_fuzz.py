"""Whatever keywords a schema combines, its model says of every payload what the schema says.

Always the same schemas; `make fuzz` tries others for as long as one likes.
"""

from __future__ import annotations

import pytest
from tests.fuzz.judging import Finding, findings
from tests.fuzz.looking import look_at_cases
from tests.fuzz.payloads import payloads
from tests.fuzz.schemas import DRAFTS, Case
from tests.fuzz.shrinking import is_circular, shrunk

from recordsmith.lowering import scalars

SCHEMAS = 50
PAYLOADS = 40


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_model_judges_as_its_schema_does(draft: str) -> None:
    found: list[Finding] = []

    def look(case: Case) -> None:
        found.extend([*findings(case, payloads(case.schema, PAYLOADS, case.others))][:1])

    look_at_cases(draft, SCHEMAS, look)

    assert [str(shrunk(one)) for one in found[:3]] == []


def test_a_schema_that_leads_back_to_itself_is_told() -> None:
    assert is_circular({"anyOf": [{"$ref": "#"}]})
    assert is_circular({"$defs": {"a": {"not": {"$ref": "#/$defs/a"}}}})
    assert not is_circular({"properties": {"a": {"$ref": "#"}}, "allOf": [{"$ref": "#/$defs/b"}]})


def test_a_finding_is_shrunk_to_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a planted mistake: models that know nothing of `maximum`."""
    monkeypatch.setattr(scalars, "NUMERIC", scalars.NUMERIC - {"maximum"})
    schema = {
        "title": "A thing",
        "type": "object",
        "properties": {"a": {"type": "integer", "maximum": 3}, "b": {"minLength": 1}},
        "required": ["a"],
    }
    case = Case(schema=schema, dialect="2020-12", formats="dialect")
    least = shrunk(next(findings(case, [{"a": 9, "b": "text"}])))

    assert least.kind == "accepts"
    assert least.case.schema == {"properties": {"a": {"type": "integer", "maximum": 3}}}
    assert least.payload == {"a": 9}
