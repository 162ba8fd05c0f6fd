"""An archive with planted faults: all of them are told, where they are, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.audit.archive import ARRIVING, LATE, LIMIT, Planted, archive
from tests.generator.project import Project

ROOT = Path(__file__).parents[2]


def audited(file: Path, *options: str) -> tuple[list[Planted], dict[str, Any], int]:
    """What the command tells of a file: the findings, the summary and the exit code."""
    run = Project(ROOT).run("audit", "InvocationRecord", str(file), "--format", "json", *options)
    *told, last = map(json.loads, run.stdout.splitlines())
    assert all(one["file"] == str(file) for one in told)
    found = [Planted(one["line"], one["column"], one["pointer"], one["rule"]) for one in told]
    return found, last["summary"], run.returncode


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", ["arrival", "timestamp"])
def test_what_is_planted_is_told_and_nothing_else(tmp_path: Path, order: str, seed: int) -> None:
    kinds = ARRIVING if order == "arrival" else LATE
    text, ledger, refused = archive(seed, 400, kinds)
    file = tmp_path / "archive.jsonl"
    file.write_text(text, "utf-8")
    found, summary, code = audited(file, "--order", order, "--stuck-since", LIMIT)

    assert found == ledger
    assert summary["findings"] == Counter(one.rule for one in ledger)
    assert (summary["records"], summary["invalid"], code) == (400, refused, 1)
    assert len({one.rule for one in ledger}) == (4 if order == "arrival" else 3)


def test_what_is_stuck_may_be_seen_only_at_the_end(tmp_path: Path) -> None:
    text, ledger, _ = archive(7, 300, ARRIVING)
    file = tmp_path / "archive.jsonl"
    file.write_text(text, "utf-8")
    since, _, _ = audited(file, "--stuck-since", LIMIT)
    ago, _, _ = audited(file, "--stuck-for", "1h", "--now", "2024-01-01T01:00:00Z")

    assert since == ago == ledger


def test_the_newest_entry_is_now_where_nobody_says(tmp_path: Path) -> None:
    text, ledger, _ = archive(7, 300, ARRIVING)
    file = tmp_path / "archive.jsonl"
    file.write_text(text, "utf-8")
    found, summary, _ = audited(file, "--stuck-for", "12h")

    assert sorted(found) == ledger
    assert summary["findings"] == Counter(one.rule for one in ledger)
    assert [one for one in found if one.rule != "stuck"] == [
        one for one in ledger if one.rule != "stuck"
    ]
