"""The errors a user can meet: one line each, saying what is wrong and what to do."""

from __future__ import annotations

TOO_SLOW = "this question takes too long: ask for less, or for a shorter time"


class QuotesError(Exception):
    """Something the user can mend. ``str(error)`` is one line: what happened, and what to do."""


class ReadingError(QuotesError):
    """A source can't be turned into an article (missing, binary, empty, wrong encoding …)."""


class ArchiveError(QuotesError):
    """The archive can't be opened, read or written."""


class SchemaError(ArchiveError):
    """The archive's schema is older or newer than this program's."""


class TooSlowError(ArchiveError):
    """A question was ended since it took longer than the program that asked is willing to wait."""


class CorpusError(QuotesError):
    """A corpus can't be made, gone on with, or asked."""
