"""Tally: what all histories together show, in memory that does not grow with their number."""

from __future__ import annotations

from collections import Counter

from recordsmith.audit.instants import Instant
from recordsmith.audit.machine import Machine
from recordsmith.audit.stays import Stays

PERCENTILES = (50, 90, 99)


class Tally:
    """Counts of what was seen; a state is its number in the machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.records = 0
        self.invalid = 0
        self.faulty = 0
        """Records that were replayed, and of which something is to be told."""
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
        self.newest: Instant | None = None

    @property
    def replayed(self) -> int:
        """The valid records."""
        return self.records - self.invalid

    @property
    def found(self) -> int:
        """The number of findings."""
        return self.rules.total()

    def is_legal(self, step: tuple[int, int]) -> bool:
        """Whether the lifecycle has the step."""
        return step[1] in self.machine.allowed[step[0]]
