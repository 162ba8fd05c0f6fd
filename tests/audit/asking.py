"""Asking: audit one history, or several, and be told of each finding in short."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from recordsmith.audit import Auditor, Machine, Order, Tally
from recordsmith.audit.waiting import Never, Patience
from recordsmith.problems import Problem
from recordsmith.validation.payloads import line_payload

DAY = "2024-01-02T"


def record(*entries: str, **others: Any) -> dict[str, Any]:
    """An invocation with entries such as `3@10:00`: a status, and the hour of a day in UTC."""
    told = (entry.split("@") for entry in entries)
    listed = [{"status": int(status), "timestamp": f"{DAY}{time}:00Z"} for status, time in told]
    return {"status": listed, **others}


def problems_of(
    machine: Machine,
    records: Iterable[Any],
    order: Order = "arrival",
    *,
    patience: Patience | None = None,
    from_start: bool = False,
) -> tuple[list[Problem], Tally]:
    """The problems of records, each on a line of its own, and the tally."""
    tally = Tally(machine)
    auditor = Auditor(tally, patience or Never(), order, from_start=from_start)
    found: list[Problem] = []
    for number, one in enumerate(records, 1):
        raw = json.dumps(one).encode()
        found += auditor.audit(one, partial(line_payload, "a", raw, line=number, number=number))
    return [*found, *auditor.left()], tally


def found_in(machine: Machine, record: Any, order: Order = "arrival") -> list[str]:
    """Pointer and rule of each finding in one history."""
    problems, _ = problems_of(machine, [record], order)
    return [f"{problem.at.pointer} {problem.rule}" for problem in problems]
