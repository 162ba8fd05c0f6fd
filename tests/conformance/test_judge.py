"""The judge itself is strict where jsonschema, as it comes, is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.conformance.judge import Judge


@pytest.fixture
def ruling(tmp_path: Path) -> Any:
    """Asks a judge of one schema, which may be meant from another one, about a text."""

    def ask(schema: dict[str, Any], text: str) -> bool:
        declared = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x:one"}
        for name, one in (("one", schema), ("two", {"$id": "x:two", "$ref": "x:one"})):
            (tmp_path / f"{name}.schema.json").write_text(json.dumps({**declared, **one}))
        return Judge(tmp_path).accepts("x:two", text)

    return ask


@pytest.mark.parametrize(("text", "accepted"), [("a", True), ("a\n", False), ("ab", False)])
def test_a_dollar_stands_at_the_very_end_as_in_ecma_262(
    ruling: Any, text: str, accepted: bool
) -> None:
    verdict = ruling({"pattern": "^a$"}, json.dumps(text))

    assert verdict is accepted


@pytest.mark.parametrize("pattern", [r"^a\$", "^a[$]", r"^a[\]$]"])
def test_a_quoted_dollar_is_a_dollar(ruling: Any, pattern: str) -> None:
    verdict = ruling({"pattern": pattern}, '"a$"')

    assert verdict is True


@pytest.mark.parametrize(
    ("text", "accepted"), [("2024-01-02T03:04:05Z", True), ("2024-01-02", False)]
)
def test_a_date_time_is_asserted(ruling: Any, text: str, accepted: bool) -> None:
    verdict = ruling({"format": "date-time"}, json.dumps(text))

    assert "date-time" in Draft202012Validator.FORMAT_CHECKER.checkers
    assert verdict is accepted


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": -Infinity}', "{", "", "1 2"])
def test_what_is_not_json_is_refused(ruling: Any, text: str) -> None:
    verdict = ruling({}, text)

    assert verdict is False
