"""On each payload of the official suite, in all drafts, the model says what the schema says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.suite.suite import VARIABLE, SuiteFile, suite_files
from tests.suite.verdicts import disagreements

FILES = list(suite_files())
KNOWN: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "known_disagreements.json").read_text("utf-8")
)
"""By file, what schema and model judge otherwise, and why that cannot be helped."""

needs_the_suite = pytest.mark.skipif(
    not FILES, reason=f"set {VARIABLE} to the folder of the JSON-Schema-Test-Suite"
)


@needs_the_suite
@pytest.mark.parametrize("file", FILES or [None], ids=str)
def test_the_model_agrees_with_the_schema_on_the_official_suite(file: SuiteFile) -> None:
    found = list(disagreements(file))

    assert sorted(found) == sorted(KNOWN.get(str(file), {})), "or strike off what has healed"


@needs_the_suite
def test_what_is_known_to_disagree_is_of_the_suite() -> None:
    assert KNOWN.keys() <= {str(file) for file in FILES}


def test_the_suite_is_where_the_environment_says() -> None:
    """A path that leads nowhere must not look like a suite that agrees."""
    if VARIABLE not in os.environ:
        pytest.skip(f"set {VARIABLE} to the folder of the JSON-Schema-Test-Suite")

    assert len({file.draft for file in FILES}) == 5
