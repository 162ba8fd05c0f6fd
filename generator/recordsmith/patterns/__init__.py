"""Patterns: regular expressions of ECMA-262, as other engines read them.

What is handed out accepts the same texts as the author's pattern, or it is None.
"""

from __future__ import annotations

from recordsmith.patterns.cursor import NotAPatternError
from recordsmith.patterns.linear import for_linear_engine
from recordsmith.patterns.matching import matches, matches_all
from recordsmith.patterns.parsing import parse
from recordsmith.patterns.strict import for_strict_engine
from recordsmith.patterns.syntax import Pattern

__all__ = [
    "NotAPatternError",
    "Pattern",
    "for_linear_engine",
    "for_strict_engine",
    "matches",
    "matches_all",
    "parse",
]
