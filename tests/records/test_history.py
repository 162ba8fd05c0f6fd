"""The history of an invocation, replayed by its record."""

from __future__ import annotations

from typing import Any

import pytest

from roboto_domain.actions.invocation_record import InvocationRecord, InvocationStatus

QUEUED, PROCESSING, COMPLETED, FAILED = (
    InvocationStatus.from_value(name) for name in ("Queued", "Processing", "Completed", "Failed")
)


@pytest.mark.parametrize(
    ("statuses", "illegal"),
    [
        ([], []),
        ([PROCESSING], []),
        ([QUEUED, QUEUED, PROCESSING, FAILED, QUEUED, COMPLETED], []),
        ([PROCESSING, QUEUED, COMPLETED], [(PROCESSING, QUEUED)]),
        ([COMPLETED, FAILED, COMPLETED], [(COMPLETED, FAILED), (FAILED, COMPLETED)]),
    ],
)
def test_the_steps_that_the_lifecycle_does_not_have_are_told(
    small: dict[str, Any],
    statuses: list[InvocationStatus],
    illegal: list[tuple[InvocationStatus, InvocationStatus]],
) -> None:
    entries = [{"status": status, "timestamp": "2024-01-02T03:04:05Z"} for status in statuses]
    record = InvocationRecord.model_validate(small | {"status": entries})

    assert record.illegal_transitions() == illegal
