"""Asserting: that a payload is valid, or is not, with what is wrong for whoever reads the test."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from recordsmith.drafts import FormatPolicy
from recordsmith.in_process import InvalidPayload, PayloadValidator, as_text, validator
from recordsmith.problems import Problem

Subject: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | bool
"""The name of a type, the path of a schema, or a schema."""


@dataclass(frozen=True, slots=True)
class Schemas:
    """The types of a project, for tests; the fixture `recordsmith` is this."""

    project: str | os.PathLike[str] | None = None
    """A folder of the project; without it, the current one."""
    formats: FormatPolicy | None = None
    """Whether `format` asserts; without it, that is as the project says."""

    def validator(self, type_or_schema: Subject) -> PayloadValidator:
        """What judges payloads by a type or a schema; see `recordsmith.validator`."""
        return validator(type_or_schema, project=self.project, formats=self.formats)

    def assert_valid(self, payload: object, type_or_schema: Subject) -> None:
        """Fail, and list the problems, unless the payload is valid.

        `bytes` and `str` are JSON text, anything else is a value as `json.loads` gives it.
        """
        __tracebackhide__ = True
        message = ""
        try:
            self.validator(type_or_schema).validate(payload)
        except InvalidPayload as invalid:
            message = str(invalid)
        if message:
            raise AssertionError(message)

    def assert_invalid(
        self, payload: object, type_or_schema: Subject, rule: str | None = None
    ) -> tuple[Problem, ...]:
        """Fail if the payload is valid, or not for the `rule`; give all that is wrong with it."""
        __tracebackhide__ = True
        judge = self.validator(type_or_schema)
        problems = tuple(judge.iter_errors(payload))
        if not problems:
            raise AssertionError(f"valid as {judge.subject}, and was to be invalid")
        if rule is not None and rule not in {problem.rule for problem in problems}:
            raise AssertionError(f"not invalid by [{rule}], but by:\n{as_text(problems)}")
        return problems


def assert_valid(
    payload: object,
    type_or_schema: Subject,
    *,
    project: str | os.PathLike[str] | None = None,
    formats: FormatPolicy | None = None,
) -> None:
    """Fail, and list the problems, unless the payload is valid; see `Schemas.assert_valid`."""
    __tracebackhide__ = True
    Schemas(project, formats).assert_valid(payload, type_or_schema)


def assert_invalid(
    payload: object,
    type_or_schema: Subject,
    rule: str | None = None,
    *,
    project: str | os.PathLike[str] | None = None,
    formats: FormatPolicy | None = None,
) -> tuple[Problem, ...]:
    """Fail if the payload is valid, or not for the `rule`; see `Schemas.assert_invalid`."""
    __tracebackhide__ = True
    return Schemas(project, formats).assert_invalid(payload, type_or_schema, rule)
