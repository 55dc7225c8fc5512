"""``quotes add``: articles into the archive, each in a transaction of its own."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.options import DEFAULT_DATABASE, Database, Sources
from quotes.cli.printing import print_json, say, shorten

if TYPE_CHECKING:
    from quotes.archive import Archive
    from quotes.model import Extraction
    from quotes.reading import Columns


def _column(field: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{field}-column", metavar="NAME", help=f"In tables: the column of the {field}.", show_default=False
    )
    return option


def add(
    files: Sources,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes that read and extract.")] = 1,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where all of them appeared.", show_default=False)
    ] = None,
    text_column: Annotated[str | None, _column("text")] = None,
    title_column: Annotated[str | None, _column("title")] = None,
    author_column: Annotated[str | None, _column("author")] = None,
    outlet_column: Annotated[str | None, _column("outlet")] = None,
    date_column: Annotated[str | None, _column("date")] = None,
    url_column: Annotated[str | None, _column("url")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the counts at the end as JSON.")] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Add texts and their quotes to the archive.

    Reads texts, web pages, e-mails, feeds, tables (CSV, JSON lines), PDF, Word, .gz and .zip. What
    is there already stays as it is: a call that was stopped may simply be made again.
    """
    from quotes.reading import Columns

    columns = Columns(text_column, title_column, author_column, outlet_column, date_column, url_column)
    counts = Counts()
    try:
        _add_all(files, columns, jobs, outlet, db, counts, quiet)
    except BaseException:
        # Stopped by the user or a full disk: what was stored before stays.
        if counts.added:
            say(counts.sentence())
        raise
    if not quiet:
        say(counts.sentence())
    if json:
        print_json(asdict(counts))
    if counts.failed:
        raise typer.Exit(1)


@dataclass
class Counts:
    """What a call did so far."""

    added: int = 0
    quotes: int = 0
    known: int = 0
    failed: int = 0

    def sentence(self) -> str:
        """The counts for a reader."""
        parts = [f"{counted(self.added, 'article')} added with {counted(self.quotes, 'quote')}"]
        if self.known:
            parts.append(f"{self.known} already there")
        if self.failed:
            parts.append(f"{self.failed} not read")
        return ", ".join(parts)


def _add_all(
    files: list[str], columns: Columns, jobs: int, outlet: str | None, db: Path, counts: Counts, quiet: bool
) -> None:
    from quotes.archive import open_archive
    from quotes.cli.ingest import extractions
    from quotes.extraction.extract import RULES_VERSION
    from quotes.reading import Unread

    with ExitStack() as opened:
        archive: Archive | None = None
        for result in extractions(files, columns, jobs):
            if isinstance(result, Unread):
                counts.failed += 1
                say(f"{result.source}: {result.reason}")
                continue
            read, extraction = result
            source = read.article.source or "-"
            if read.note:
                say(f"{source}: {read.note}")
            if outlet:
                extraction = replace(extraction, article=replace(extraction.article, outlet=outlet))
            # Not before: a call with nothing to add leaves no empty archive behind.
            archive = archive or opened.enter_context(open_archive(db))
            stored = archive.add(extraction, extractor_version=RULES_VERSION)
            if stored.new:
                counts.added += 1
                counts.quotes += stored.quotes
                talk = f"{source}: article {stored.article_id}: {_summary(extraction)}"
            else:
                counts.known += 1
                talk = f"{source}: already in the archive as article {stored.article_id}"
            if not quiet:
                say(talk)


def _summary(extraction: Extraction) -> str:
    """What was found: "12 quotes, 3 speakers: Saint-Aubin vote son budget"."""
    speakers = {quote.speaker for quote in extraction.quotes if quote.speaker}
    title = extraction.article.title or extraction.article.text.strip()
    found = f"{counted(len(extraction.quotes), 'quote')}, {counted(len(speakers), 'speaker')}"
    return f"{found}: {shorten(title, 70)}"


def counted(number: int, noun: str) -> str:
    """The number with its noun: "1 quote", "2 quotes"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
