"""Forms: whether what Python writes of a value is what its form of string takes.

Pydantic reads many spellings of a duration and writes one; a pattern that takes the first and not
the second would have the model emit what the schema refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recordsmith.ir import Alias, Bounds, Scalar, ScalarKind
from recordsmith.problems import Problem
from recordsmith.targets.python.context import Context
from recordsmith.targets.python.values import duration_adapter

_PROBES = (
    *("PT0S", "PT1S", "-PT1S", "PT0.5S", "PT90S", "PT59M", "PT90M", "PT23H", "PT36H", "P1D"),
    *(
        "P40D",
        "P364D",
        "P400D",
        "P1W",
        "P60W",
        "P1M",
        "P13M",
        "P1Y",
        "-P400DT3H",
        "P1Y2M3W4DT5H6M7S",
    ),
)


def unwritable_forms(context: Context) -> Iterator[Problem]:
    """A problem for each form of duration that takes a spelling but not what is written of it."""
    for definition in context.model.definitions:
        match definition:
            case Alias(type=Scalar(ScalarKind.DURATION, Bounds(pattern=str(pattern)))):
                for probe in _PROBES:
                    written = _written(probe)
                    if _takes(pattern, probe) and not _takes(pattern, written):
                        at = context.place_of(definition) / "pattern"
                        sentence = f"`{probe}` is taken, but not `{written}`, as Python writes it"
                        yield Problem(at, "format-closure", sentence)
                        break


def _written(text: str) -> str:
    adapter = duration_adapter()
    return str(adapter.dump_python(adapter.validate_python(text), mode="json"))


def _takes(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None
