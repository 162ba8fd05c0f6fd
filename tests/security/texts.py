"""Texts: what somebody writes into a schema who wants it to be read as code."""

from __future__ import annotations

from pathlib import Path

_BREAKING_OUT = (
    '"""\n{}\n"""',
    "'''\n{}\n'''",
    '\\"""\n{}\n\\"""',
    '"); {}; ("',
    "'); {}; ('",
    "'\"); {}; (\"'",
    '")] | {} | Literal["',
    '", {}, "',
    '"}}), {}, Guard({{"',
    "\n{}\n",
    "\r\n    {}\r\n",
    "\u2028{}\u2029",
    "\x0c{}\x85{}\x0b",
    "{{{{ {} }}}}{{% if {} %}}{{# {} #}}",
    "{{{}}} #{{{}}} ${{{}}} %({})s `{}`",
    "*/ {} /* <!-- {} --> ]]>",
    "# -*- coding: utf-7 -*-\n{}",
    "\\N{{BULLET}} \\x41 \\u0041 \\{}",
    "\x00{}\x00",
    "\u202e\u2066{}\u2069\ufeff",
    "\ufeff{}",
    "\\",
    'ends with a quote"',
    "ends with a backslash \\",
    "/~/../{}",
    "%00%2e%2e/{}",
    "__class__",
    "__init__",
    "model_config",
    "",
    " ",
    "\U0001f600\U000e0001",
    "[](){{}}^$.|?*+-",
)
LONG = 20_000


def texts(canary: Path) -> list[str]:
    """Texts that make the file, should anyone run them."""
    code = f"__import__('pathlib').Path({str(canary)!r}).touch()"
    written = [one.format(*[code] * one.count("{}")) for one in _BREAKING_OUT]
    return [*written, code, f"{code}\n" * (LONG // len(code)), '"' * LONG, "\\" * LONG]


HALVES = ("\ud800", "a\udc80b", "\udfff\ud800")
"""Halves of surrogate pairs, which are no text at all."""
