"""Problems: what is wrong with the user's input, where, and what to do.

A stage gathers its problems and raises them once, sorted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: a JSON Pointer, or a line for what has no pointer.

    `file` is relative to the project's folder, or as the user gave it.  `line` and `column` count
    from 1; 0 is unknown.
    """

    file: str
    pointer: str = ""
    line: int = 0
    column: int = 0

    def __truediv__(self, token: str | int) -> Location:
        return Location(self.file, f"{self.pointer}/{escaped(str(token))}")

    def __lt__(self, other: Location) -> bool:
        return self._rank < other._rank

    def __reduce__(self) -> tuple[type[Location], tuple[str, str, int, int]]:
        """Short, for many go from one process to another."""
        return Location, (self.file, self.pointer, self.line, self.column)

    @property
    def _rank(self) -> tuple[str, int, int, str]:
        """What sorts places as they stand in the files."""
        return self.file, self.line, self.column, self.pointer

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return printable(f"{self.file}{place}" + (f"#{self.pointer}" if self.pointer else ""))


def escaped(key: str) -> str:
    """A key as a token of a JSON Pointer.  RFC 6901, section 3."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def pointer_of(tokens: Iterable[str | int]) -> str:
    """The JSON Pointer of tokens: keys and indexes."""
    return "".join([f"/{escaped(str(token))}" for token in tokens])


def unescaped(token: str) -> str:
    """The key that a token of a JSON Pointer stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def printable(text: str) -> str:
    """The text with what would disturb a terminal escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: place, stable rule id, and a sentence for the author of the file."""

    at: Location
    rule: str
    sentence: str
    severity: Literal["error", "warning"] = "error"
    record: int = 0
    """The number of the record in its file, from 1; 0 where it is about none."""
    value: str = ""
    """What stands there, as JSON, cut short; empty where nothing does, or nobody asks."""
    asserted: str = ""
    """The keyword that asks for something else: `<file>#<pointer>` of a schema."""

    def __str__(self) -> str:
        kind = "warning: " if self.severity == "warning" else ""
        return f"{self.at}: {kind}{printable(self.sentence)} [{self.rule}]"

    def __reduce__(self) -> tuple[type[Problem], tuple[object, ...]]:
        """Short, for many go from one process to another."""
        told = (self.severity, self.record, self.value, self.asserted)
        return Problem, (self.at, self.rule, self.sentence, *told)

    def as_json(self) -> dict[str, str | int]:
        """The problem as a JSON object, without what is unknown."""
        place = {"line": self.at.line, "column": self.at.column} if self.at.line else {}
        told: dict[str, str | int] = {
            "record": self.record,
            "value": self.value,
            "schema": self.asserted,
        }
        return {
            "file": self.at.file,
            **place,
            "pointer": self.at.pointer,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.sentence,
            **{key: value for key, value in told.items() if value},
        }


class ProblemsFound(Exception):
    """The input has problems; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class Problems:
    """A stage's collection of problems."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def add(self, at: Location, rule: str, sentence: str) -> None:
        """One problem more."""
        self._found.append(Problem(at, rule, sentence))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Several problems more."""
        self._found.extend(problems)

    def check(self) -> None:
        """Raise `ProblemsFound` if there are any."""
        if self._found:
            raise ProblemsFound(self._found)


@contextmanager
def gathered() -> Iterator[Problems]:
    """Collect the problems of a stage; raise them together at its end."""
    problems = Problems()
    yield problems
    problems.check()


def as_sarif(problems: Iterable[Problem], version: str) -> str:
    """Problems as a SARIF 2.1.0 log."""
    listed = list(problems)
    run = {
        "tool": {"driver": sarif_driver({problem.rule for problem in listed}, version)},
        "columnKind": "unicodeCodePoints",
        "results": [sarif_result(problem) for problem in listed],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2)


def sarif_driver(rules: Iterable[str], version: str) -> dict[str, object]:
    """What SARIF wants to know of the tool: its name, its version and the rules."""
    listed = [{"id": rule} for rule in sorted(rules)]
    return {"name": "recordsmith", "version": version, "rules": listed}


def sarif_result(problem: Problem) -> dict[str, object]:
    """A problem as a result of SARIF."""
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(problem.at.file)}}
    if problem.at.line:
        region: dict[str, object] = {"startLine": problem.at.line}
        if problem.at.column:
            region["startColumn"] = problem.at.column
        if problem.value:
            region["snippet"] = {"text": problem.value}
        physical["region"] = region
    logical = [{"fullyQualifiedName": problem.at.pointer, "kind": "member"}]
    told = {"record": problem.record, "schema": problem.asserted}
    properties = {key: value for key, value in told.items() if value}
    return {
        "ruleId": problem.rule,
        "level": problem.severity,
        "message": {"text": problem.sentence},
        "locations": [{"physicalLocation": physical, "logicalLocations": logical}],
        **({"properties": properties} if properties else {}),
    }


def _uri(file: str) -> str:
    """A file's name as a URI; what is one already keeps what it is made of."""
    from urllib.parse import quote  # late: a run without problems needs no URI

    return quote(os.fsencode(file), safe="/:?&=%#@+,;!$'()*~" if "://" in file else "/")
