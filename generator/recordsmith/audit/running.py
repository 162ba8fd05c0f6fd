"""Running: audit the records of files, from the first to the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from recordsmith.audit.auditor import Auditor
from recordsmith.problems import Problem
from recordsmith.validation import Payload, Validator, payloads


def run(
    files: Iterable[tuple[str, BinaryIO]], validator: Validator, auditor: Auditor
) -> Iterator[Problem]:
    """What is wrong with the histories in the files, by name, in the order of the records.

    A record that is not valid by its schema is counted, and is not replayed.
    """
    for name, file in files:
        for number, payload in enumerate(payloads(file, name), 1):
            auditor.tally.records += 1
            if _is_valid(payload, validator):
                yield from auditor.audit(payload.value, number, payload.locate)
            else:
                auditor.tally.invalid += 1
    yield from auditor.left()


def _is_valid(payload: Payload, validator: Validator) -> bool:
    return payload.readable and not payload.faults and validator.is_valid(payload.value)
