"""Looking: at the same made-up schemas each time."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from tests.fuzz.schemas import Case, cases
from tests.fuzz.shrinking import is_circular


def look_at_cases(draft: str, count: int, look: Callable[[Case], None]) -> None:
    """Look at so many cases of a draft, but for those that lead back to themselves."""

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(cases(draft))
    def each(case: Case) -> None:
        if not is_circular(case.schema):
            look(case)

    each()
