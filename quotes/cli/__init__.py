"""The command line: parse, call, print. Data goes to standard output, talk to standard error.

Exit codes: 0 done, 1 something failed (said in one line), 2 wrong usage, 130 interrupted, 141 the reader
of the answer went away.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from typer.main import get_command

from quotes.cli.commands import app
from quotes.cli.printing import INTERRUPTED, say
from quotes.cli.reports import show_traces, tell_unforeseen
from quotes.cli.streams import BROKEN_PIPE, flush_answer, let_go_of_answer, ready_streams
from quotes.cli.usage import UsageError, framework_in_language, in_language, language_asked, tell_usage
from quotes.errors import QuotesError
from quotes.messages import LANGUAGES, _, language_of_locale, speaking, told


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``quotes`` with these arguments (default: those of the process) and return its exit code."""
    show_traces(False)
    asked, left = language_asked(sys.argv[1:] if arguments is None else arguments)
    known = asked if asked in LANGUAGES else language_of_locale()
    with ready_streams(), speaking(known):
        try:
            if asked is not None and asked != known:
                # Wrong usage is told as any other.
                left = ["--lang", asked, *left]
            code = _called(left)
            flush_answer()
        except BaseException as error:
            code = _code_of(error)
            try:
                flush_answer()
            except (OSError, ValueError):
                let_go_of_answer()
        return code


def _called(arguments: Sequence[str]) -> int:
    command = in_language(get_command(app))
    try:
        with framework_in_language():
            code = command.main(args=arguments, prog_name="quotes", standalone_mode=False)
    except UsageError as error:
        tell_usage(error)
        return 2
    except SystemExit as stop:
        # The framework makes a 1 of it.
        if isinstance(stop.__context__, BrokenPipeError):
            raise stop.__context__ from None
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return code if isinstance(code, int) else 0


def _code_of(error: BaseException) -> int:
    """Say what went wrong in one line, and give the exit code of it."""
    if isinstance(error, BrokenPipeError):
        return BROKEN_PIPE
    if isinstance(error, KeyboardInterrupt):
        say(_("interrupted"))
        return INTERRUPTED
    if isinstance(error, QuotesError):
        say(told(str(error)))
    elif isinstance(error, MemoryError):
        say(_("needs more memory than there is: close other programs, or ask for less (--limit)"))
    elif isinstance(error, OSError):
        place = error.filename if isinstance(error.filename, str) else _("the answer")
        reason = (error.strerror or type(error).__name__).lower()
        say(
            _("{place} can't be read or written ({reason}): check the place and the disk").format(
                place=place, reason=reason
            )
        )
    else:
        tell_unforeseen(error)
    return 1
