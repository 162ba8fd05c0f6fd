"""Reports: what is wrong with records, one format a module; problems are told as they come."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, TextIO

from recordsmith.problems import Problem
from recordsmith.validation.tally import Tally


class Report(Protocol):
    """Takes problems in their order, and holds no more of them than it must."""

    def add(self, problem: Problem) -> None:
        """Tell of a problem."""
        ...

    def close(self, tally: Tally) -> None:
        """Tell what is to be told at the end."""
        ...


def report(format_: str, out: TextIO, *, colour: bool = False) -> Report:
    """The report in a format, a module here, written to `out`; `colour` is for people."""
    module = import_module(f"{__name__}.{format_}")
    make: Callable[..., Report] = module.Report
    return make(out, colour=colour)
