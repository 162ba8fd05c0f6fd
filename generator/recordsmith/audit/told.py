"""Told: an audit in the terms of the reports on validation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recordsmith.audit import tally as audit
from recordsmith.problems import Location, Problem
from recordsmith.validation.tally import Count, Tally

WITHOUT_SUMMARY = ("sarif", "github", "junit")
"""The formats that have no other place for records that were not replayed."""


@dataclass(slots=True)
class Told(Tally):
    """The numbers of an audit; an invalid record is one of which something is to be told."""

    sentence: str = ""

    def __str__(self) -> str:
        return self.sentence

    def take(self, tally: audit.Tally) -> None:
        """Be what is known by now."""
        count = tally.count
        self.records, self.invalid, self.problems = count.records, count.faulty, tally.found
        self.files = {
            name: Count(records=one.records, invalid=one.faulty)
            for name, one in tally.files.items()
        }


def not_replayed(tally: audit.Tally) -> Iterator[Problem]:
    """For each file, how many of its records were not replayed, if any."""
    for name, count in tally.files.items():
        if count.invalid:
            sentence = (
                f"{count.invalid:,} of {count.records:,} records are invalid and were not replayed;"
                " `recordsmith validate` tells why"
            )
            yield Problem(Location(name), "not-replayed", sentence)
