"""Render: Jinja2 templates to text.

Names and data reach a template through filters that quote them: no text of a schema becomes code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound

from recordsmith.problems import Location, Problem, ProblemsFound


class Templates:
    """A folder of templates and the filters of the language that they are written for."""

    def __init__(
        self, folder: Path, filters: Mapping[str, Callable[..., Any]], shown: str = ""
    ) -> None:
        self.shown = shown or folder.name
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
        try:
            self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
        except TemplateNotFound:
            return False
        return True

    def render(self, template: str, **context: Any) -> str:
        """The template's text.  Raises `ProblemsFound` where the template is at fault."""
        try:
            return self._environment.get_template(template).render(context)
        except TemplateError as error:
            line = getattr(error, "lineno", None) or 0
            at = Location(f"{self.shown}/{template}", line=line, column=1 if line else 0)
            raise ProblemsFound([Problem(at, "template", str(error))]) from error
