"""Planted faults: a project that is wrong somewhere, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.generator.project import Content, Project

from recordsmith.problems import Location

MARK = "▶"
"""Stands in a file's text where a problem is to be reported; the file is written without it."""

FILE = "schemas/Thing.schema.json"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A problem to be reported: at the next mark, or else at the place that `at` is."""

    rule: str
    says: str
    """Some words of the sentence."""
    pointer: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A project with faults."""

    name: str
    files: Mapping[str, Content]
    problems: tuple[Expected, ...]
    act: Callable[[Project], object] = field(default=Project.generate, repr=False)

    def __str__(self) -> str:
        return self.name

    def plant(self, project: Project) -> None:
        """Write the files, without the marks."""
        for path, content in self.files.items():
            clean = content.replace(MARK, "") if isinstance(content, str) else content
            project.write(path, clean)

    def expected(self) -> list[tuple[str, str, str]]:
        """Place, rule and words of each problem, in the order of the places."""
        marks = self._marks()
        placed = [(one.at or next(marks)(one.pointer), one.rule, one.says) for one in self.problems]
        assert next(marks, None) is None, "a mark that no problem is expected at"
        return placed

    def _marks(self) -> Iterator[Callable[[str], str]]:
        for path, content in self.files.items():
            pieces = content.split(MARK) if isinstance(content, str) else [content]
            for count in range(1, len(pieces)):
                *above, last = "".join(map(str, pieces[:count])).split("\n")
                yield _shown(path, len(above) + 1, len(last) + 1)


def _shown(path: str, line: int, column: int) -> Callable[[str], str]:
    return lambda pointer: str(Location(path, pointer, line, column))


def fault(  # noqa: PLR0913, PLR0917 - a row of a table
    name: str,
    text: Content,
    rule: str,
    pointer: str,
    says: str,
    beside: Mapping[str, Content] | None = None,
) -> Fault:
    """A schema with one fault, and what else the project holds."""
    expected = Expected(rule=rule, pointer=pointer, says=says)
    return Fault(name=name, files={FILE: text, **(beside or {})}, problems=(expected,))


def faults(name: str, text: str, *problems: tuple[str, str, str]) -> Fault:
    """A schema with several faults: rule, pointer and words of each, in the order of the text."""
    expected = (Expected(rule=rule, pointer=at, says=says) for rule, at, says in problems)
    return Fault(name=name, files={FILE: text}, problems=tuple(expected))
