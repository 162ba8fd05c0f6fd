"""What we live with: each listed difference is there, and has its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.judge import Judge
from tests.conformance.subjects import Subject, differences

KNOWN = json.loads(Path(__file__).with_name("known_divergences.json").read_text("utf-8"))


@pytest.mark.parametrize("entry", KNOWN, ids=[entry["description"] for entry in KNOWN])
def test_a_known_divergence_is_struck_off_when_it_has_healed(
    entry: dict[str, Any], judge: Judge, subjects: dict[str, Subject]
) -> None:
    found = differences(subjects[entry["type"]], judge, entry["text"])

    assert entry["reason"]
    assert entry["differences"], "what agrees is no divergence"
    assert found == entry["differences"], "it has healed or changed: correct or strike it off"
