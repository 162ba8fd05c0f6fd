"""Render: Jinja2 templates to text.

Names and data reach a template through filters that quote them: no text of a schema becomes code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recordsmith.problems import Location, Problem, ProblemsFound


class Templates:
    """A folder of templates and the filters of the language that they are written for."""

    def __init__(
        self, folder: Path, filters: Mapping[str, Callable[..., Any]], shown: str = ""
    ) -> None:
        self.shown = shown or folder.name
        self._folder = folder
        self._environment = Environment(
            loader=FileSystemLoader(folder, encoding="utf-8"),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - no HTML is made; each language's filters quote
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(filters)

    def has(self, name: str) -> bool:
        """Whether there is a template of that name."""
        return (self._folder / name).is_file()

    def source(self, name: str) -> bytes:
        """The template as it is written; empty where there is none."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return b""

    def render(self, template: str, **context: Any) -> str:
        """The template's text.  Raises `ProblemsFound` where the template is at fault."""
        file = f"{self.shown}/{template}"
        try:
            return self._environment.get_template(template).render(context)
        except ProblemsFound:
            raise
        except UnicodeDecodeError as error:
            sentence = f"byte {error.start} of the file is not UTF-8"
            raise ProblemsFound([Problem(Location(file), "not-utf-8", sentence)]) from error
        except Exception as error:  # what an expression of a template raises may be anything
            line = _line_in(template, error)
            at = Location(file, line=line, column=1 if line else 0)
            raise ProblemsFound([Problem(at, "template", str(error))]) from error


def _line_in(template: str, error: Exception) -> int:
    """The line of the template that the error comes from; 0 if it is not known."""
    frames = walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename.endswith(template)]
    return getattr(error, "lineno", 0) or (lines[-1] if lines else 0)
