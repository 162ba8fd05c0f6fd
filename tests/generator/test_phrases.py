"""What a sentence shows of a value is the JSON that it is, or begins with."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsmith.phrases import printable, shown

TEXTS = st.text('ab"\\\n\x1b\u202e é', max_size=80)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS | st.integers(), inner),
)


@settings(deadline=None, max_examples=300)
@given(JSON)
def test_a_value_is_shown_as_json_cut_short(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)

    assert shown(value) == printable(text if len(text) <= 60 else f"{text[:60]}…")


@pytest.mark.parametrize("value", ["x" * 10**6, [["x" * 10**6]], [0] * 10**6, {"a" * 10**6: 1}])
def test_a_large_value_is_shown_as_short_as_others(value: Any) -> None:
    assert len(shown(value)) == 61
