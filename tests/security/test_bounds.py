"""However extreme a schema is: it is refused where it stands, or judged right, within bounds."""

from __future__ import annotations

import pytest
from tests.security.extremes import FAMILIES, KNOWN
from tests.security.limited import complaints_of


@pytest.mark.parametrize("family", FAMILIES)
def test_an_extreme_is_a_problem_or_a_model_within_bounds(family: str) -> None:
    complaints = complaints_of(family)

    assert complaints.keys() == KNOWN.get(family, {}).keys(), complaints
