"""Times: points in time and lengths of time as options of the command."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from recordsmith.audit.instants import Instant


class Time(click.ParamType["Instant"]):
    """A point in time."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Instant:
        """The instant."""
        from recordsmith.audit.instants import instant

        found = instant(value)
        if found is None:
            self.fail(f"{value!r} is no time with an offset: 2024-01-02T03:04:05Z", param, ctx)
        return found


class Span(click.ParamType[timedelta]):
    """A length of time."""

    name = "span"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """The length."""
        from recordsmith.audit.instants import span

        found = span(value)
        if found is None:
            self.fail(f"{value!r} is no length of time: 90s, 15m, 6h, 1d12h", param, ctx)
        return found
