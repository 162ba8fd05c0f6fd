"""Documents: the records of what is no JSON Lines, one at a time."""

from __future__ import annotations
