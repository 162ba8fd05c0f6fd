"""Certain: which lines are certainly valid, and their histories without all the rest of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recordsmith.behaviours import History
from recordsmith.validation import Validator

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, SchemaValidator

    from recordsmith.validation.engines import Engine

_FEW = 4 * 2**20
"""Bytes that are judged one by one in the time that it takes to compile a schema."""


class Certain:
    """Doubts every line at first; as soon as there is much to read, it compiles the schema."""

    def __init__(self, validator: Validator, history: History) -> None:
        self._validator = validator
        self._history = history
        self._seen = 0
        self._engine: Engine | None = None
        self._reader: SchemaValidator | None = None

    def doubted(self, lines: bytes) -> set[int] | None:
        """The indexes of the records, lines that are not blank, in doubt; None where all are."""
        if 0 <= self._seen <= _FEW:
            self._seen += len(lines)
        elif self._seen > _FEW:
            self._seen = -1
            self._compile()
        if self._engine is None:
            return None
        ended = lines if lines.endswith(b"\n") else lines + b"\n"
        self._engine.room(len(ended))[:] = ended
        return {doubt.record for doubt in self._engine.judge(len(ended)).doubts}

    def history(self, line: bytes) -> Any:
        """What the history is made of in a line that is certainly valid; None where it is odd."""
        if self._reader is None:
            self._reader = _reader(self._history)
        try:
            return self._reader.validate_json(line)
        except ValueError:
            return None

    def _compile(self) -> None:
        from recordsmith.validation.compiled.module import Loaded, Machine, program_of

        judge = self._validator
        program = program_of(judge.catalog, judge.document, judge.formats)
        if program is not None:
            self._engine = Machine(Loaded(program))


def _reader(history: History) -> SchemaValidator:
    """What reads of a JSON text the properties that tell a history, and passes over the others."""
    from pydantic_core import SchemaValidator
    from pydantic_core import core_schema as core

    def record(fields: dict[str, CoreSchema]) -> CoreSchema:
        return core.typed_dict_schema(
            {name: core.typed_dict_field(one, required=False) for name, one in fields.items()}
        )

    anything = core.any_schema()
    entry = record({history.state: anything, history.time: anything})
    told = {name: anything for name in (history.last, history.created) if name is not None}
    listed = core.nullable_schema(core.list_schema(entry))
    return SchemaValidator(record({**told, history.entries: listed}))
