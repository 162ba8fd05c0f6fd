"""Scope: what each name at the top of a generated module means.

Of two meanings one would be lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recordsmith.problems import Location, gathered
from recordsmith.targets.python.fragments import Import


@dataclass(frozen=True, slots=True)
class Claim:
    """A name, what gives it its meaning, and the place that wants it to."""

    name: str
    meaning: str
    at: Location
    is_type: bool = False
    """Whether the name is that of a definition."""


def import_claim(entry: Import, at: Location) -> Claim:
    """What an import claims."""
    module, name = entry
    bound = name.rpartition(" as ")[2] or module.partition(".")[0]
    return Claim(bound, f"{module}.{name}" if name else bound, at)


def check(claims: Iterable[Claim], path: str) -> None:
    """Raise `ProblemsFound` where a claim gives a name of the module `path` another meaning."""
    known: dict[str, Claim] = {}
    with gathered() as problems:
        for claim in claims:
            first = known.setdefault(claim.name, claim)
            if first.meaning == claim.meaning:
                continue
            sentence = f"`{claim.name}` is taken in {path} by `{first.meaning}`; rename one of them"
            if first.is_type and claim.is_type:
                sentence = f"two types called `{claim.name}` meet in {path}; give one another title"
            problems.add(claim.at, "name-collision", sentence)
