"""Tally: what all histories together show, in memory that does not grow with their number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from recordsmith.audit.machine import Machine
from recordsmith.audit.stays import Stays

PERCENTILES = (50, 90, 99)


@dataclass(slots=True)
class Count:
    """The records of one file."""

    records: int = 0
    invalid: int = 0
    """Those that were not replayed."""
    faulty: int = 0
    """Those that were replayed, and of which something is to be told."""


class Tally:
    """Counts of what was seen; a state is its number in the machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.files: dict[str, Count] = {}
        self.rules: Counter[str] = Counter()
        """What was found, by its kind."""
        self.starts: Counter[int] = Counter()
        """The states of the first entries."""
        self.ends: Counter[int] = Counter()
        """The states of the last entries."""
        self.steps: Counter[tuple[int, int]] = Counter()
        """From which state to which."""
        self.stays = [Stays() for _ in machine.names]
        """How long records were in each state before they got another."""

    def of(self, name: str) -> Count:
        """The records of a file."""
        return self.files.setdefault(name, Count())

    @property
    def count(self) -> Count:
        """The records of all files."""
        counts = self.files.values()
        return Count(
            sum(one.records for one in counts),
            sum(one.invalid for one in counts),
            sum(one.faulty for one in counts),
        )

    @property
    def found(self) -> int:
        """The number of findings."""
        return self.rules.total()

    def is_legal(self, step: tuple[int, int]) -> bool:
        """Whether the lifecycle has the step."""
        return step[1] in self.machine.allowed[step[0]]
