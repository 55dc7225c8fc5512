"""Standard input, output and error as they may be: closed, full, read by somebody who has gone away."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BROKEN_PIPE = 141
"""The exit code of a call whose reader went away (``quotes export | head``), as other filters have it."""

_STANDARD = (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))


@contextmanager
def ready_streams() -> Iterator[None]:
    """Make the three streams such that a command may use them; what it changes of them is put back."""
    before = sys.stdin, sys.stdout, sys.stderr
    unheard = sys.unraisablehook
    # What breaks while objects are thrown away after an error (a file on a full disk that is closed once
    # more) was told already.
    sys.unraisablehook = lambda broken: None if isinstance(broken.exc_value, OSError) else unheard(broken)
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        # A lone surrogate in a file's name, or a terminal in Latin-1, must not stop the answer.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        # The framework of the commands may have put its own in their place.
        sys.stdout, sys.stderr = before[1] or sys.stdout, before[2] or sys.stderr
        sys.unraisablehook = unheard
        _let_go_of_talk()


def _open_closed() -> None:
    """Open what is closed: the next file that is opened, an archive perhaps, would be taken for it."""
    for number, (name, mode) in enumerate(_STANDARD):
        if getattr(sys, name) is not None:
            continue
        with contextlib.suppress(OSError):
            # The lowest number that is free is given. Who writes to a closed output is to hear of it, so
            # that is opened for reading only.
            descriptor = os.open(os.devnull, mode)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
        with contextlib.suppress(OSError):
            kind = "r" if name == "stdin" else "w"
            setattr(sys, name, open(number, kind, encoding="utf-8", closefd=False))  # noqa: SIM115


def flush_answer() -> None:
    """Write what is still held of the answer; raises ``OSError`` where that can't be."""
    sys.stdout.flush()


def let_go_of_answer() -> None:
    """Throw away what is held of an answer that can't be written, so that the end of the program is quiet."""
    _throw_away(1, sys.stdout)


def _let_go_of_talk() -> None:
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        _throw_away(2, sys.stderr)


def _throw_away(number: int, stream: object) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if isinstance(stream, io.TextIOWrapper) and stream.fileno() == number:
            os.dup2(os.open(os.devnull, os.O_WRONLY), number)
            stream.flush()
