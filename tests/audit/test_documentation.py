"""What `docs/audit.md` shows is what the command prints and draws.

With `ACCEPT=1` in the environment the page is made so.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

from tests.audit.archive import (
    Kinds,
    archive,
    illegal,
    legal,
    other_last,
    out_of_order,
    repeated,
    stuck,
)
from tests.generator.project import Project, project_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/audit.md"
DIAGRAM = ROOT / "docs/audit.svg"
SAMPLE = re.compile(r"(?<=<!-- sample -->\n```\n)\$ recordsmith (.+)\n(?:(?!```).*\n)*")


def project_at(folder: Path) -> Project:
    """A project with the flagship's schemas and an archive."""
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    kinds: Kinds = [*[legal] * 14, repeated, illegal, out_of_order, other_last, stuck]
    return project_of(folder, {"archive.jsonl": archive(41, 40, kinds)[0]})


def test_the_samples_are_what_the_command_prints(tmp_path: Path) -> None:
    project = project_at(tmp_path)

    def printed(sample: re.Match[str]) -> str:
        return f"$ recordsmith {sample[1]}\n{project.run(*shlex.split(sample[1])).stdout}"

    text = PAGE.read_text("utf-8")
    true = SAMPLE.sub(printed, text)
    drawn = (project.root / "statuses.svg").read_bytes()
    if "ACCEPT" in os.environ:
        PAGE.write_text(true, "utf-8")
        DIAGRAM.write_bytes(drawn)

    assert len(SAMPLE.findall(text)) == text.count("<!-- sample -->") == 6
    assert text == true
    assert DIAGRAM.read_bytes() == drawn
