"""Layout: where what stands in the memory of a compiled schema."""

from __future__ import annotations

POWERS = 0
"""The powers of ten, as doubles."""
MOST_POWERS = 23
KEYS = 256
"""The stack of keys, as numbers of eight bytes."""
MOST_KEYS = 4_096
DOUBTS = KEYS + 8 * MOST_KEYS
"""The lines in doubt, as numbers of four bytes."""
DOUBT = 24
"""The bytes that tell of one."""
MOST_DOUBTS = 4_096
TABLES = DOUBTS + DOUBT * MOST_DOUBTS
"""The tables of the automata; the lines stand behind them."""
PADDING = 64
"""Bytes that are read beyond the last line."""
