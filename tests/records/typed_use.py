"""Ordinary use of the records, for a type checker to accept; `test_typing.py` asks it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, assert_type

from roboto_domain.actions.action_record import ComputeRequirements, ExecutorContainer
from roboto_domain.actions.invocation_record import (
    DataSelector,
    FileSelector,
    InvocationDataSource,
    InvocationInput,
    InvocationRecord,
    InvocationStatus,
    InvocationUploadDestination,
    LogRecord,
)


def fields(record: InvocationRecord, line: LogRecord) -> None:
    assert_type(record.created, datetime)
    assert_type(record.duration, timedelta)
    assert_type(record.last_heartbeat, datetime | None)
    assert_type(record.last_status, InvocationStatus)
    assert_type(record.parameter_values, dict[str, Any])
    assert_type(record.timeout, int)
    assert_type(line.process, ExecutorContainer)


def statuses(status: InvocationStatus) -> None:
    assert_type(InvocationStatus.from_value("Queued"), InvocationStatus)
    assert_type(status.can_transition_to(InvocationStatus.Failed), bool)
    assert_type(status.is_running() or status.is_terminal(), bool)
    assert_type(status.next(), InvocationStatus | None)
    assert_type(str(status), str)


def selectors() -> None:
    made = InvocationInput.from_dataset_file_paths("ds_1", ["a"])
    assert_type(made, InvocationInput)
    assert_type(made.safe_files, list[FileSelector])
    assert_type(made.safe_topics, list[DataSelector])
    assert_type(made.file_paths, list[str])


def rules(made: InvocationInput, files: FileSelector, topics: DataSelector) -> None:
    assert_type(made.ensure_not_empty(), InvocationInput)
    assert_type(files.ensure_not_empty(), FileSelector)
    assert_type(topics.ensure_not_empty(), DataSelector)


def histories(record: InvocationRecord) -> None:
    assert_type(record.illegal_transitions(), list[tuple[InvocationStatus, InvocationStatus]])


def small_records() -> None:
    assert_type(ComputeRequirements(vCPU=1024, memory=2048).storage, int)
    assert_type(InvocationDataSource.unspecified().is_unspecified(), bool)
    assert_type(InvocationUploadDestination.dataset("ds_1").is_dataset, bool)
