"""The stored articles extracted again by this version's rules, corrections laid over the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quotes.ingest.outcomes import extract_again, finished
from quotes.reading import Unread

if TYPE_CHECKING:
    from quotes.archive import Archive
    from quotes.archive.corrections.corrections import Difference
    from quotes.extraction.opinion import Model


def reextract(
    archive: Archive,
    *,
    jobs: int,
    dry_run: bool,
    tell: Callable[[int, Difference | Unread], None],
    model: Model = "auto",
) -> None:
    """Extract all articles of an archive again; with ``dry_run`` nothing is written.

    ``tell`` hears of each article, in order, what changes, or why it could not be analysed and stays.
    Ctrl-C (``KeyboardInterrupt``) waits until the article in hand is stored and told.
    """
    from quotes.extraction.extract import RULES_VERSION

    for number, found in extract_again(archive.texts(), jobs, model):
        if isinstance(found, Unread):
            tell(number, found)
            continue
        with finished():
            tell(number, archive.reextract(number, found, extractor_version=RULES_VERSION, dry_run=dry_run))
