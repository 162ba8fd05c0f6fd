"""Validation: judge JSON by a schema, be it a user's payload or an author's own example."""

from __future__ import annotations

from recordsmith.index import named
from recordsmith.validation.checking import Verdict, check
from recordsmith.validation.payloads import Payload, payloads
from recordsmith.validation.validator import Validator
from recordsmith.validation.violations import Violation

__all__ = [
    "Payload",
    "Validator",
    "Verdict",
    "Violation",
    "check",
    "named",
    "payloads",
]
