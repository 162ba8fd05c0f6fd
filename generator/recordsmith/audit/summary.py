"""Summary: what a tally shows, as one JSON object."""

from __future__ import annotations

from typing import Any

from recordsmith.audit.replay import Order
from recordsmith.audit.stays import Stays
from recordsmith.audit.tally import PERCENTILES, Tally


def summary(tally: Tally, order: Order) -> dict[str, Any]:
    """Counts, transitions and times; names for states, seconds for times."""
    names, count = tally.machine.names, tally.count
    states = range(len(names))
    return {
        "records": count.records,
        "invalid": count.invalid,
        "replayed": count.records - count.invalid,
        "faulty": count.faulty,
        "order": order,
        "findings": dict(sorted(tally.rules.items())),
        "first": {names[one]: tally.starts[one] for one in states if tally.starts[one]},
        "transitions": [
            {
                "from": names[here],
                "to": names[there],
                "count": tally.steps[here, there],
                "legal": tally.is_legal((here, there)),
            }
            for here, there in sorted(tally.steps)
        ],
        "last": {names[one]: tally.ends[one] for one in states if tally.ends[one]},
        "seconds": {
            names[one]: _told(tally.stays[one]) for one in states if tally.stays[one].count
        },
    }


def _told(stays: Stays) -> dict[str, Any]:
    percentiles = {f"p{one}": round(stays.percentile(one), 6) for one in PERCENTILES}
    return {
        "stays": stays.count,
        **percentiles,
        "max": round(stays.longest, 6),
        "exact": stays.is_exact,
    }
