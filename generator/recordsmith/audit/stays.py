"""Stays: how long records stayed in a state, in memory that does not grow.

The first few thousand stays are kept as they are.  From then on a stay is counted in a bucket that
is 2 % wide, so that a percentile is at most 1 % off; the longest stay is always exact.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from itertools import accumulate

_EXACT = 4096
_WIDTH = math.log(1.02)
_SHORTEST = 1e-9
"""Seconds; what is shorter counts as 0."""


class Stays:
    """The lengths, in seconds, of the stays in one state."""

    def __init__(self) -> None:
        self._kept: list[float] = []
        self._buckets: Counter[int | None] = Counter()
        self._longest = 0.0

    def add(self, length: float) -> None:
        """One stay more; what ended before it began is none."""
        if length >= 0:
            self._kept.append(length)
            if len(self._kept) > _EXACT:
                self._spill()

    def _spill(self) -> None:
        """Count what is kept, in buckets."""
        self._longest = self.longest
        self._buckets.update(map(_bucket, self._kept))
        self._kept.clear()

    @property
    def count(self) -> int:
        """How many there were."""
        return self._buckets.total() + len(self._kept)

    @property
    def longest(self) -> float:
        """The longest; 0 where there was none."""
        return max(self._longest, max(self._kept, default=0.0))

    @property
    def is_exact(self) -> bool:
        """Whether the percentiles are."""
        return not self._buckets

    def percentile(self, percent: float) -> float:
        """The shortest stay that so many percent of the stays are not longer than."""
        rank = max(1, math.ceil(self.count * percent / 100))
        if self.is_exact:
            return sorted(self._kept)[rank - 1]
        self._spill()
        buckets = sorted(self._buckets, key=_length)
        reached = list(accumulate(self._buckets[one] for one in buckets))
        return min(_length(buckets[bisect_left(reached, rank)]), self._longest)


def _bucket(length: float) -> int | None:
    """The number of the bucket; None for what counts as 0."""
    return math.floor(math.log(length) / _WIDTH) if length > _SHORTEST else None


def _length(bucket: int | None) -> float:
    """The middle of the bucket: what is nearest to both of its ends, in relation to them."""
    if bucket is None:
        return 0.0
    low, high = math.exp(bucket * _WIDTH), math.exp((bucket + 1) * _WIDTH)
    return 2 * low * high / (low + high)
