"""On the official suite, what is refused is told where it stands, by a keyword of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.suite.suite import VARIABLE, SuiteFile, suite_files

from recordsmith.drafts import BY_NAME
from recordsmith.problems import ProblemsFound, unescaped
from recordsmith.sources import Sources
from recordsmith.standalone import catalog_from
from recordsmith.validation import Validator, Violation

FILES = list(suite_files())


@pytest.mark.skipif(not FILES, reason=f"set {VARIABLE} to the JSON-Schema-Test-Suite")
@pytest.mark.parametrize("file", FILES or [None], ids=str)
def test_what_the_schema_refuses_is_told_where_it_stands(file: SuiteFile) -> None:
    wrong = []
    for schema, validator, value in _judged(file):
        violations = validator.violations(value)
        if bool(violations) is validator.is_valid(value):
            wrong.append((schema, value, "the verdicts differ"))
        for violation in violations:
            wrong += [(schema, value, each) for each in _lost(violation, schema, value)]

    assert wrong == []


def _judged(file: SuiteFile) -> Iterator[tuple[Any, Validator, Any]]:
    """Each schema of a file, as far as an engine can use it, with each of its payloads."""
    for case in file.cases():
        sources = Sources(root=Path(), dialect=BY_NAME[file.dialect])
        try:
            catalog = catalog_from(case["schema"], file.registry(), sources)
            validator = Validator(catalog, catalog.documents[0], formats=file.formats)
        except ProblemsFound:
            continue
        for test in case["tests"]:
            yield case["schema"], validator, test["data"]


def _lost(violation: Violation, schema: Any, value: Any) -> Iterator[str]:
    """What of a violation leads nowhere."""
    if not _leads(violation.pointer, value):
        yield f"nothing stands at {violation.pointer}"
    at = violation.asserted_at
    if "://" not in at.file and not _leads(at.pointer, schema):
        yield f"no schema says so at {at.pointer}"
    if "\0" in violation.sentence:
        yield violation.sentence


def _leads(pointer: str, value: Any) -> bool:
    for token in map(unescaped, pointer.split("/")[1:]):
        try:
            value = value[int(token)] if isinstance(value, list) else value[token]
        except (LookupError, TypeError, ValueError):
            return False
    return True
