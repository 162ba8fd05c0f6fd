"""Tally: what came of a run so far, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from recordsmith.phrases import counted
from recordsmith.validation.judging import Outcome


@dataclass(slots=True)
class Count:
    """Of one file, or of all."""

    records: int = 0
    invalid: int = 0
    problems: int = 0
    bytes: int = 0

    def add(self, outcome: Outcome) -> None:
        """A piece more."""
        self.records += outcome.records
        self.invalid += outcome.invalid
        self.problems += len(outcome.problems)
        self.bytes += outcome.bytes


@dataclass(slots=True)
class Tally(Count):
    """Of all files, and of each."""

    files: dict[str, Count] = field(default_factory=dict)
    unreported: int = 0
    """Problems that the user did not want to see."""
    interrupted: bool = False
    """Whether there were more records to judge."""

    def of(self, name: str) -> Count:
        """The numbers of one file."""
        return self.files.setdefault(name, Count())

    @property
    def hidden(self) -> str:
        """`3 problems are not shown`."""
        verb = "is" if self.unreported == 1 else "are"
        return f"{counted(self.unreported, 'problem')} {verb} not shown"

    def __str__(self) -> str:
        """`1,234 records: 2 invalid, 3 problems.`"""
        if not self.problems:
            return f"{counted(self.records, 'record')}{', all valid' if self.records else ''}."
        found = counted(self.problems, "problem")
        left = f", {self.unreported:,} of them not shown" if self.unreported else ""
        return f"{counted(self.records, 'record')}: {self.invalid:,} invalid, {found}{left}."
