"""Who uses the records with a type checker is told the truth by it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import roboto_domain

USE = Path(__file__).with_name("typed_use.py")


def test_a_type_checker_accepts_ordinary_use(tmp_path: Path) -> None:
    (folder,) = roboto_domain.__path__
    settings = tmp_path / "mypy.ini"
    settings.write_text(f"[mypy]\nstrict = true\nmypy_path = {Path(folder).parent}\n")

    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", settings, "--cache-dir", tmp_path, USE],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert run.stdout.startswith("Success"), run.stdout
