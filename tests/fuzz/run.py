"""Fuzz for FUZZ_SECONDS, each time other schemas, and print what is found, shrunk.

Goes on when something is found; the exit code tells at the end.
"""

# ruff: noqa: T201 - a script

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.compiled.certain import (
    catalog_of,
    disagreements,
    has_few_choices,
    held,
    holding,
    told_otherwise,
)
from tests.fuzz.judging import Finding, findings
from tests.fuzz.payloads import payloads
from tests.fuzz.schemas import Case, cases
from tests.fuzz.shrinking import is_circular, shrunk, signature

from recordsmith.problems import ProblemsFound

if TYPE_CHECKING:
    from recordsmith.drafts import FormatPolicy

AT_A_TIME = 200
PAYLOADS = 50
FEW = 12
"""Payloads of which all that is wrong is asked, which takes longer than a verdict."""


def _wrongly_certain(case: Case, values: list[Any]) -> list[bytes]:
    """The payloads that the compiled schema accepts, and should not."""
    try:
        return disagreements(case, values)
    except ProblemsFound:  # which is a finding of the other kind
        return []


def _told_otherwise(case: Case, values: list[Any]) -> list[Any]:
    """What is told otherwise of a record, one member of which is one of the payloads."""
    if not has_few_choices(case):
        return []
    formats = cast("FormatPolicy", case.formats)
    try:
        return told_otherwise(catalog_of(held(case)), formats, holding(values[:FEW]))
    except ProblemsFound:
        return []


def main() -> int:
    """Fuzz, and print each kind of finding once."""
    seconds = float(os.environ.get("FUZZ_SECONDS", "600"))
    until = time.monotonic() + seconds
    known: dict[str, Finding] = {}
    counts = {"schemas": 0, "payloads": 0}

    def look(case: Case) -> None:
        if time.monotonic() > until or is_circular(case.schema):
            return
        values = payloads(case.schema, PAYLOADS, case.others)
        counts["schemas"] += 1
        counts["payloads"] += len(values)
        for text in _wrongly_certain(case, values)[:1]:
            wrong = Finding(case=case, payload=text.decode(), kind="is compiled wrongly", says="")
            if known.setdefault(wrong.kind + case.dialect, wrong) is wrong:
                print(wrong, end="\n\n", flush=True)
        for one, other in _told_otherwise(case, values)[:1]:
            both = f"{one}\n{other}"
            odd = Finding(case=case, payload=both, kind="is told otherwise", says="")
            if known.setdefault(odd.kind + case.dialect, odd) is odd:
                print(odd, end="\n\n", flush=True)
        for finding in {one.kind: one for one in findings(case, values)}.values():
            least = shrunk(finding)
            if known.setdefault(signature(least), least) is least:
                print(least, end="\n\n", flush=True)

    while time.monotonic() < until:
        start = int(os.environ.get("FUZZ_SEED", random.randrange(2**32)))  # noqa: S311 - no secret
        print(f"seed {start}: {counts}", file=sys.stderr, flush=True)
        search = settings(
            max_examples=AT_A_TIME,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[*HealthCheck],
        )(given(cases())(look))
        seed(start)(search)()
    print(f"{counts['schemas']} schemas, {counts['payloads']} payloads, {len(known)} findings")
    return bool(known)


if __name__ == "__main__":
    sys.exit(main())
