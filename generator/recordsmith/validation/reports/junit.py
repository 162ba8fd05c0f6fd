"""JUnit: XML that continuous integration reads: a suite a file, a test case an invalid record.

The counts stand in front, so what comes behind them is kept in a file until the end.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, TextIO
from xml.sax.saxutils import escape, quoteattr

from recordsmith.problems import Problem, printable
from recordsmith.validation.tally import Count, Tally

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, section 2.2."""
_BLOCK = 1 << 16


class Report:
    """A document; of valid records it has the number, not a test case each."""

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:  # noqa: ARG002 - for people
        self._out = out
        self._suites: list[tuple[str, IO[str]]] = []
        self._case: list[Problem] = []
        self._open = ExitStack()

    def add(self, problem: Problem) -> None:
        """Keep the problem; write the record before it, if this is another."""
        if self._case and _record(self._case[0]) != _record(problem):
            self._write_case()
        self._case.append(problem)

    def _write_case(self) -> None:
        first = self._case[0]
        name = f"record {first.record:,}" if first.record else "the file"
        lines = "\n".join(str(problem) for problem in self._case)
        rules = ", ".join(dict.fromkeys(problem.rule for problem in self._case))
        self._suite(first.at.file).write(
            f"    <testcase name={_quoted(name)} classname={_quoted(first.at.file)} "
            f'line="{first.at.line}">\n'
            f"      <failure type={_quoted(rules)} message={_quoted(printable(first.sentence))}>"
            f"{escape(_visible(lines))}</failure>\n    </testcase>\n"
        )
        self._case.clear()

    def _suite(self, name: str) -> IO[str]:
        if not self._suites or self._suites[-1][0] != name:
            kept = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - the stack closes it
            self._suites.append((name, self._open.enter_context(kept)))
        return self._suites[-1][1]

    def close(self, tally: Tally) -> None:
        """Write the document."""
        if self._case:
            self._write_case()
        with self._open:
            kept = dict(self._suites)
            self._out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
            self._out.write(f"<testsuites {_counts(tally)}>\n")
            for name in dict.fromkeys((*tally.files, *kept)):
                self._write_suite(name, tally.of(name), kept.get(name))
            self._out.write("</testsuites>\n")

    def _write_suite(self, name: str, count: Count, cases: IO[str] | None) -> None:
        self._out.write(f"  <testsuite name={_quoted(name)} {_counts(count)}>\n")
        if cases:
            cases.seek(0)
            while block := cases.read(_BLOCK):
                self._out.write(block)
        self._out.write("  </testsuite>\n")


def _record(problem: Problem) -> tuple[str, int]:
    return problem.at.file, problem.record


def _counts(count: Count) -> str:
    return f'tests="{count.records}" failures="{count.invalid}"'


def _quoted(text: str) -> str:
    return quoteattr(_visible(text))


def _visible(text: str) -> str:
    """The text with what XML cannot hold escaped."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
