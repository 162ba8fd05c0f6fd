"""JUnit: XML that continuous integration reads: a suite a file, a test case an invalid record.

The counts stand in front, so what comes behind them is kept in a file until the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, TextIO
from xml.sax.saxutils import escape, quoteattr

from recordsmith.problems import Location, Problem, printable
from recordsmith.validation.tally import Count, Tally

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, section 2.2."""
_BLOCK = 1 << 16


@dataclass(slots=True)
class _Suite:
    """Where the cases of a file are kept, and how many of them are about no record of it."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    errors: int = 0


class Report:
    """A document; of valid records it has the number, not a test case each.

    An invalid record is a failure.  What is wrong with a file, so that records of it could not be
    judged, is an error; and so is that there are problems beyond those that the user wants to see.
    """

    def __init__(self, out: TextIO, *, colour: bool = False) -> None:  # noqa: ARG002 - for people
        self._out = out
        self._kept: IO[bytes] | None = None
        self._size = 0
        self._suites: dict[str, _Suite] = {}
        self._case: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Keep the problem; write the record before it, if this is another."""
        if self._case and _record(self._case[0]) != _record(problem):
            self._keep()
        self._case.append(problem)

    def _keep(self) -> None:
        first = self._case[0]
        suite = self._suites.setdefault(first.at.file, _Suite())
        suite.errors += not first.record
        raw = _ascii(_case(self._case))
        if self._kept is None:
            self._kept = TemporaryFile()  # noqa: SIM115 - closed with the report
        self._kept.write(raw)
        start, self._size = self._size, self._size + len(raw)
        if suite.spans and suite.spans[-1][1] == start:
            start = suite.spans.pop()[0]
        suite.spans.append((start, self._size))
        self._case.clear()

    def close(self, tally: Tally) -> None:
        """Write the document; as it is ASCII, it is the same in every encoding."""
        if self._case:
            self._keep()
        if tally.unreported:
            problem = Problem(Location("--max-errors"), "more", tally.hidden)
            self.add(problem)
            self._keep()
        errors = sum(suite.errors for suite in self._suites.values())
        self._out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._out.write(f"<testsuites {_counts(tally, errors)}>\n")
        for name in dict.fromkeys((*tally.files, *self._suites)):
            suite = self._suites.get(name, _Suite())
            counts = _counts(tally.files.get(name, Count()), suite.errors)
            self._out.write(_ascii(f"  <testsuite name={_quoted(name)} {counts}>\n").decode())
            for block in _blocks(self._kept, suite.spans) if self._kept else ():
                self._out.write(block.decode("ascii"))
            self._out.write("  </testsuite>\n")
        self._out.write("</testsuites>\n")
        if self._kept:
            self._kept.close()


def _blocks(kept: IO[bytes], spans: list[tuple[int, int]]) -> Iterator[bytes]:
    for start, end in spans:
        kept.seek(start)
        for low in range(start, end, _BLOCK):
            yield kept.read(min(_BLOCK, end - low))


def _record(problem: Problem) -> tuple[str, int]:
    return problem.at.file, problem.record


def _case(problems: list[Problem]) -> str:
    """A test case for what is wrong with a record, or with the file."""
    first = problems[0]
    name = f"record {first.record:,}" if first.record else "the file"
    line = f' line="{first.at.line}"' if first.at.line else ""
    kind = "failure" if first.record else "error"
    rules = ", ".join(dict.fromkeys(problem.rule for problem in problems))
    lines = "\n".join(str(problem) for problem in problems)
    return (
        f"    <testcase name={_quoted(name)} classname={_quoted(first.at.file)}{line}>\n"
        f"      <{kind} type={_quoted(rules)} message={_quoted(printable(first.sentence))}>"
        f"{escape(_visible(lines))}</{kind}>\n    </testcase>\n"
    )


def _counts(count: Count, errors: int) -> str:
    tests = count.records + errors
    return f'tests="{tests}" failures="{count.invalid}" errors="{errors}"'


def _quoted(text: str) -> str:
    return quoteattr(_visible(text))


def _visible(text: str) -> str:
    """The text with what XML cannot hold escaped."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _ascii(xml: str) -> bytes:
    return xml.encode("ascii", "xmlcharrefreplace")
