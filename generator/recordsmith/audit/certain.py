"""Certain: which lines are certainly valid, and their histories without all the rest of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recordsmith.behaviours import History
from recordsmith.validation import Validator
from recordsmith.validation.engines import FEW, Doubtful, Engine
from recordsmith.validation.judging import compiled, engine_of

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, SchemaValidator


class Certain:
    """Doubts every line at first; as soon as there is much to read, it compiles the schema."""

    def __init__(self, validator: Validator, history: History) -> None:
        self._validator = validator
        self._history = history
        self._left: int | None = FEW
        self._engine: Engine = Doubtful()
        self._reader: SchemaValidator | None = None

    def doubted(self, lines: bytes) -> set[int]:
        """The indexes of the records, lines that are not blank, in doubt."""
        if self._left is not None and self._left < 0:
            self._left = None
            self._engine = engine_of(compiled(self._validator))
        elif self._left is not None:
            self._left -= len(lines)
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
