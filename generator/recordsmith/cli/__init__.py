"""The command: `recordsmith`.

It starts here, where nothing slow is imported: Ctrl-C and the standard streams are seen to first.
"""

from __future__ import annotations

import errno
import gc
import os
import sys

from recordsmith.cli import interruption, streams

FOUND = 1
"""The exit code where there are problems."""

CANNOT = 2
"""The exit code of wrong use, and of a run that cannot be carried out."""

NOT_READ = 141
"""The exit code where nobody reads the output any more, as shells have it."""

_MANY = 1_000_000
"""Objects made before the collector looks for cycles: a run is short, and makes few."""


def run() -> None:
    """The command as a process, which leaves it to the system to tidy up: that takes no time."""
    interruption.expect()
    streams.prepare()
    gc.set_threshold(_MANY)
    code = _run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError as error:
        code = code if code > FOUND else after(error)
    os._exit(code)


def _run() -> int:
    """The exit code of the command."""
    from recordsmith.cli.group import main

    try:
        main(prog_name="recordsmith")
    except OSError as error:  # what went wrong cannot be told either
        return after(error)
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        return end.code
    return 0


def after(error: OSError) -> int:
    """Tell in a sentence what ends the command, if anybody listens, and give its exit code."""
    if error.errno == errno.EPIPE:
        return NOT_READ  # whoever read the output has seen enough
    streams.tell(f"Cannot go on: {error}")
    return CANNOT
