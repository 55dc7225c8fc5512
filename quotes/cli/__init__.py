"""The command line: parse, call, print. Data goes to standard output, talk to standard error.

Exit codes: 0 done, 1 something failed (said in one line), 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from quotes.cli.commands import app
from quotes.cli.printing import INTERRUPTED, say
from quotes.errors import QuotesError

_BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``quotes`` with these arguments (default: those of the process) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A lone surrogate in a file's name, or a terminal in Latin-1, must not stop the answer.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(args=arguments, prog_name="quotes")
        sys.stdout.flush()
    except SystemExit as stop:
        return _flushed(stop.code if isinstance(stop.code, int) else int(stop.code is not None))
    except BrokenPipeError:
        return _leave_pipe()
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except QuotesError as error:
        say(str(error))
        return 1
    return 0


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _leave_pipe()
    return code


def _leave_pipe() -> int:
    """The reader went away (``quotes export | head``): end quietly, as other filters do."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _BROKEN_PIPE
