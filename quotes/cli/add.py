"""``quotes add``: texts into the archive, each in a transaction of its own."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import typer

from quotes.cli.options import DEFAULT_DATABASE, Database, Sources
from quotes.cli.printing import say, shorten

if TYPE_CHECKING:
    from quotes.archive import Archive
    from quotes.model import Extraction


def add(files: Sources, db: Database = DEFAULT_DATABASE) -> None:
    """Add texts and their quotes to the archive.

    A text that is there already stays as it is.
    """
    import quotes
    from quotes.archive import open_archive
    from quotes.extraction.extract import RULES_VERSION
    from quotes.reading import Unread, read_all

    articles = known = failures = total = 0
    with ExitStack() as opened:
        archive: Archive | None = None
        for result in read_all(files):
            if isinstance(result, Unread):
                failures += 1
                say(f"{result.source}: {result.reason}")
                continue
            source = result.article.source or "-"
            if result.note:
                say(f"{source}: {result.note}")
            # Not before: a call with nothing to add leaves no empty archive behind.
            archive = archive or opened.enter_context(open_archive(db))
            extraction = quotes.extract(result.article)
            added = archive.add(extraction, extractor_version=RULES_VERSION)
            if added.new:
                articles += 1
                total += added.quotes
                say(f"{source}: article {added.article_id}: {_summary(extraction)}")
            else:
                known += 1
                say(f"{source}: already in the archive as article {added.article_id}")
    say(_total(articles, total, known, failures))
    if failures:
        raise typer.Exit(1)


def _summary(extraction: Extraction) -> str:
    """What was found: "12 quotes, 3 speakers: Saint-Aubin vote son budget"."""
    speakers = {quote.speaker for quote in extraction.quotes if quote.speaker}
    title = extraction.article.title or extraction.article.text.strip()
    found = f"{counted(len(extraction.quotes), 'quote')}, {counted(len(speakers), 'speaker')}"
    return f"{found}: {shorten(title, 70)}"


def _total(articles: int, quotes: int, known: int, failures: int) -> str:
    parts = [f"{counted(articles, 'article')} added with {counted(quotes, 'quote')}"]
    if known:
        parts.append(f"{known} already there")
    if failures:
        parts.append(f"{failures} not read")
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """The number with its noun: "1 quote", "2 quotes"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
