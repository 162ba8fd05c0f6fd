"""Stays: percentiles in memory that does not grow."""

from __future__ import annotations

import random

import pytest

from recordsmith.audit.stays import Stays


def stays_of(*lengths: float) -> Stays:
    stays = Stays()
    for length in lengths:
        stays.add(length)
    return stays


def test_a_few_stays_have_exact_percentiles() -> None:
    stays = stays_of(*range(100, 0, -1))

    assert [stays.percentile(one) for one in (1, 50, 90, 99, 100)] == [1, 50, 90, 99, 100]
    assert (stays.count, stays.longest, stays.is_exact) == (100, 100, True)


def test_one_stay_is_every_percentile() -> None:
    assert [stays_of(7.5).percentile(one) for one in (1, 50, 99)] == [7.5] * 3


def test_what_ends_before_it_begins_is_no_stay() -> None:
    assert stays_of(-1, 2).count == 1


@pytest.mark.parametrize("seed", range(3))
def test_many_stays_have_percentiles_within_a_hundredth(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    lengths = [chance.lognormvariate(3, 4) for _ in range(20_000)]
    stays = stays_of(*lengths)

    ordered = sorted(lengths)
    for percent in (1, 50, 90, 99):
        exact = ordered[len(ordered) * percent // 100 - 1]
        assert stays.percentile(percent) == pytest.approx(exact, rel=0.01)
    assert (stays.longest, stays.is_exact) == (ordered[-1], False)


def test_no_percentile_is_beyond_the_longest_stay() -> None:
    stays = stays_of(*[100.0] * 5000)

    assert stays.percentile(99) == pytest.approx(100, rel=0.01)
    assert stays.percentile(99) <= stays.longest == 100


def test_stays_of_no_time_are_stays() -> None:
    stays = stays_of(*[0.0] * 9000, *[1.0] * 1000)

    assert (stays.percentile(50), stays.longest, stays.count) == (0, 1, 10_000)


def test_memory_does_not_grow_with_the_number_of_stays() -> None:
    chance = random.Random(1)  # noqa: S311
    stays = stays_of(*(10 ** chance.uniform(-9, 12) for _ in range(50_000)))

    assert len(stays._kept) + len(stays._buckets) < 4096 + 3000  # noqa: SLF001 - it is about that
