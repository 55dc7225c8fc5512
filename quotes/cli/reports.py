"""What the program did not foresee: one line for its user, a report for its maintainer."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

from quotes.cli.printing import say
from quotes.messages import _

_shown = False


def show_traces(wanted: bool) -> None:
    """Say whether the trace of an error is printed (``--debug``)."""
    global _shown
    _shown = wanted


def tell_unforeseen(error: BaseException) -> None:
    """Say in one line what went wrong and where the report of it is kept."""
    trace = "".join(traceback.format_exception(error))
    if _shown:
        with suppress(OSError, ValueError):
            sys.stderr.write(trace)
    said = " ".join(str(error).split())[:200]
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    kept = _kept(trace)
    where = _("send {file}").format(file=kept) if kept else _("call it with --debug and send the trace")
    say(
        _("went wrong in a way that nobody foresaw ({what}): please {where} to its maintainer").format(
            what=what, where=where
        )
    )


def _kept(trace: str) -> Path | None:
    """Write the report to the user's own folder, the same error to the same file; give its place."""
    from quotes import __version__

    system = f"quotes {__version__}, Python {platform.python_version()}, {platform.platform()}"
    report = f"{system}\n\n{trace}".encode("utf-8", "backslashreplace")
    name = f"report-{hashlib.sha256(trace.encode('utf-8', 'backslashreplace')).hexdigest()[:12]}.txt"
    with suppress(OSError, RuntimeError):
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "quotes"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(report)
        return folder / name
    with suppress(OSError):
        descriptor, place = tempfile.mkstemp(prefix="quotes-", suffix=f"-{name}")
        with open(descriptor, "wb") as file:  # noqa: PTH123
            file.write(report)
        return Path(place)
    return None
