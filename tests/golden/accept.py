"""Accept what the generator makes now as the golden files, and say what changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # to be run as a script

from tests.golden.cases import CASES, Case  # noqa: E402


def accept(case: Case) -> Iterator[str]:
    """Make the golden files what the generator makes; a line for each that this changes."""
    made, expected = case.made(), case.expected()
    for path in sorted({*made, *expected}):
        file = case.expected_folder / path
        if path not in made:
            file.unlink()
            yield f"deleted {file.relative_to(ROOT)}"
        elif made[path] != expected.get(path):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(made[path], encoding="utf-8", newline="")
            verb = "changed" if path in expected else "added"
            yield f"{verb} {file.relative_to(ROOT)}"


def main() -> int:
    """Accept all golden folders.  Returns 1 if one of them could not be made."""
    changes, failures = 0, 0
    for case in CASES:
        try:
            for line in accept(case):
                print(line)
                changes += 1
        except Exception as error:  # noqa: BLE001 - the other folders are not to wait for this one
            print(f"not made: {case}: {error}", file=sys.stderr)
            failures += 1
    print(f"{len(CASES)} golden folders, {changes} files changed.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
