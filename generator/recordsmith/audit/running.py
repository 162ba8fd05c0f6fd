"""Running: audit the records of files, from the first to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO, TypeAlias

from recordsmith.audit.auditor import Auditor
from recordsmith.audit.certain import Certain
from recordsmith.problems import Location, Problem
from recordsmith.validation import Payload, Validator
from recordsmith.validation.chunks import Overlong
from recordsmith.validation.inputs import BrokenInputError, Input
from recordsmith.validation.lines import pieces
from recordsmith.validation.opening import is_blank
from recordsmith.validation.payloads import Documents, Lines, line_payload, recognise

_PIECE = 1 << 19
"""Bytes to read at once."""

Watch: TypeAlias = Callable[[int, int], None]
"""Is told how many bytes were read, and how many records that was."""


class Running:
    """Audits what is valid by a schema; what is not is counted."""

    def __init__(
        self, validator: Validator, auditor: Auditor, watch: Watch = lambda *_: None
    ) -> None:
        self._validator = validator
        self._auditor = auditor
        self._watch = watch
        self._tally = auditor.tally
        self._certain = Certain(validator, auditor.tally.machine.history)

    def run(self, inputs: Iterable[Input]) -> Iterator[Problem]:
        """What is wrong with the histories in the files, in the order of the records."""
        for one in inputs:
            try:
                self._tally.of(one.name)
                with one.open() as stream:
                    yield from self._of_stream(stream, one.name)
            except BrokenInputError as error:
                self._tally.rules["unreadable"] += 1
                yield Problem(Location(one.name), "unreadable", str(error))
        yield from self._auditor.left()

    def _of_stream(self, stream: BinaryIO, name: str) -> Iterator[Problem]:
        match recognise(stream, name, takes_arrays=False):
            case Lines(head, rest):
                yield from self._of_lines(head, rest, name)
            case Documents(payloads):
                for payload in payloads:
                    yield from self._of_payload(payload)

    def _of_lines(self, head: bytes, rest: BinaryIO, name: str) -> Iterator[Problem]:
        line, number, count = 0, 0, self._tally.of(name)
        for piece in pieces(head, rest, _PIECE):
            if isinstance(piece, Overlong):
                line, number = line + 1, number + 1
                count.records += 1
                count.invalid += 1
                self._watch(len(piece), 1)
                continue
            doubted = self._certain.doubted(piece.raw)
            before = number
            texts = piece.raw.removesuffix(b"\n").split(b"\n")
            for line, text in enumerate(texts, line + 1):  # noqa: B020 - it counts on
                if is_blank(text):
                    continue
                number += 1
                read = partial(line_payload, name, text, line=line, number=number)
                is_certain = number - before - 1 not in doubted
                history = self._certain.history(text) if is_certain else None
                if history is None:
                    yield from self._of_payload(read())
                else:
                    count.records += 1
                    yield from self._auditor.audit(history, read)
            self._watch(len(piece.raw), number - before)

    def _of_payload(self, payload: Payload) -> Iterator[Problem]:
        count = self._tally.of(payload.file)
        count.records += 1
        is_read = payload.readable and not payload.faults
        if is_read and self._validator.is_valid(payload.value):
            yield from self._auditor.audit(payload.value, lambda: payload)
        else:
            count.invalid += 1
