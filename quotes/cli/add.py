"""``quotes add`` and ``quotes failures``: articles into the archive, those at hand in one transaction.

An article is reported as added when it is: after its transaction.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.options import (
    DEFAULT_DATABASE,
    Database,
    Fetched,
    Format,
    OutputFormat,
    Sources,
    chosen_format,
    day,
    fetcher,
)
from quotes.cli.printing import INTERRUPTED, counted, print_json, print_table, say, shorten

if TYPE_CHECKING:
    from quotes.archive import Added, Failure
    from quotes.cli.progress import Progress
    from quotes.ingest.outcomes import Found, Outcome
    from quotes.ingest.storing import Options


def column_option(field: str) -> typer.models.OptionInfo:
    """The option that names the column of a field."""
    option: typer.models.OptionInfo = typer.Option(
        f"--{field}-column", metavar="NAME", help=f"In tables: the column of the {field}.", show_default=False
    )
    return option


def _stated(field: str, metavar: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{field}", metavar=metavar, help=help, show_default=False
    )
    return option


Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes that read and extract.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
Summary = Annotated[bool, typer.Option("--json", help="Print the counts at the end as JSON.")]


def add(
    files: Sources,
    jobs: Jobs = 1,
    title: Annotated[str | None, _stated("title", "TEXT", "The title.")] = None,
    author: Annotated[list[str] | None, _stated("author", "NAME", "Who wrote them (repeatable).")] = None,
    translator: Annotated[
        list[str] | None, _stated("translator", "NAME", "Who translated them (repeatable).")
    ] = None,
    outlet: Annotated[str | None, _stated("outlet", "NAME", "Where all of them appeared.")] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", parser=day, help="When they appeared.", show_default=False),
    ] = None,
    section: Annotated[str | None, _stated("section", "NAME", "In which section.")] = None,
    url: Annotated[str | None, _stated("url", "URL", "The address.")] = None,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Also add what is not in French.")
    ] = False,
    fetch: Fetched = False,
    metadata: Annotated[
        str | None,
        typer.Option(
            "--metadata",
            metavar="TABLE",
            show_default=False,
            help='A table with a column "file": what is known of each of the files.',
        ),
    ] = None,
    text_column: Annotated[str | None, column_option("text")] = None,
    title_column: Annotated[str | None, column_option("title")] = None,
    author_column: Annotated[str | None, column_option("author")] = None,
    outlet_column: Annotated[str | None, column_option("outlet")] = None,
    date_column: Annotated[str | None, column_option("date")] = None,
    url_column: Annotated[str | None, column_option("url")] = None,
    translator_column: Annotated[str | None, column_option("translator")] = None,
    section_column: Annotated[str | None, column_option("section")] = None,
    quiet: Quiet = False,
    json: Summary = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Add texts and their quotes to the archive.

    Reads texts, web pages, exports of Europresse and Factiva, e-mails, feeds, tables (CSV, JSON, JSON
    lines, Parquet), PDF, Word, WARC, .gz and .zip. What is there already stays as it is: a call that
    was stopped may simply be made again. What could not be read is listed by `quotes failures`.
    """
    from quotes.ingest.storing import Options
    from quotes.reading import Columns
    from quotes.reading.forms import Known as Stated

    fetcher(files, fetch)
    columns = Columns(
        text_column, title_column, author_column, outlet_column,
        date_column, url_column, translator_column, section_column,
    )  # fmt: skip
    counts = Counts()
    stated = Stated(title, tuple(author or ()), outlet, date, url, tuple(translator or ()), section)
    _carry_out([(files, Options(columns, stated, any_language, fetch, metadata))], jobs, db, counts, quiet)
    finish_counts(counts, quiet, json)


def failures(
    retry: Annotated[bool, typer.Option("--retry", help="Try to add them again.")] = False,
    jobs: Jobs = 1,
    quiet: Quiet = False,
    format_: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """List what `quotes add` could not read, and why; or try it again."""
    from quotes.archive import open_archive
    from quotes.ingest.storing import Options

    with open_archive(db, create=False, readonly=True) as archive:
        found = archive.failures()
    if not retry:
        _print_failures(found, chosen_format(format_))
        return
    again: dict[Options, dict[str, None]] = defaultdict(dict)
    for one in found:
        if one.file is None:
            say(f"{one.source}: came through standard input: give it again")
        else:
            again[Options.from_json(one.options)][one.file] = None
    counts = Counts()
    _carry_out([(list(files), options) for options, files in again.items()], jobs, db, counts, quiet)
    finish_counts(counts, quiet, json=False)


def _print_failures(found: list[Failure], form: OutputFormat) -> None:
    rows = [
        {"source": one.source, "reason": one.reason, "at": one.at, "tries": one.tries, "file": one.file}
        for one in found
    ]
    if form is OutputFormat.JSON:
        print_json(rows, indent=2)
    elif form is OutputFormat.JSONL:
        for row in rows:
            print_json(row)
    elif rows:
        print_table(
            ("source", "reason", "at", "tries"),
            ([one.source, one.reason, one.at, str(one.tries)] for one in found),
        )
    else:
        say("no failures")


@dataclass
class Counts:
    """What a call did so far."""

    added: int = 0
    quotes: int = 0
    known: int = 0
    copies: int = 0
    revisions: int = 0
    not_french: int = 0
    failed: int = 0

    def sentence(self) -> str:
        """The counts for a reader."""
        parts = [f"{counted(self.added, 'article')} added with {counted(self.quotes, 'quote')}"]
        if self.known:
            parts.append(f"{self.known} already there")
        if self.copies:
            parts.append(f"{counted(self.copies, 'copy', 'copies')} of articles that are there")
        if self.revisions:
            parts.append(f"{counted(self.revisions, 'other version')} of articles that are there")
        if self.not_french:
            parts.append(f"{self.not_french} not in French (--any-language adds them)")
        if self.failed:
            parts.append(f"{self.failed} not read")
        return ", ".join(parts)


def finish_counts(counts: Counts, quiet: bool, json: bool) -> None:
    """Say the counts of a call, and end it with 1 if something was not read."""
    if not quiet:
        say(counts.sentence())
    if json:
        print_json(asdict(counts))
    if counts.failed:
        raise typer.Exit(1)


def _carry_out(
    calls: list[tuple[list[str], Options]], jobs: int, db: str, counts: Counts, quiet: bool
) -> None:
    from quotes.cli.progress import Progress
    from quotes.ingest import storing

    try:
        for files, options in calls:
            ask = fetcher(files, options.fetch)
            with Progress(files, quiet=quiet) as progress:
                storing.add(files, options, db, jobs=jobs, fetch=ask, tell=Telling(counts, progress))
    except KeyboardInterrupt:
        say(f"stopped: {counts.sentence()}; the same call again goes on from here")
        raise typer.Exit(INTERRUPTED) from None
    except BaseException:
        # A full disk: what was stored before stays.
        if counts.added:
            say(counts.sentence())
        raise


@dataclass(frozen=True, slots=True)
class Telling:
    """Counts what became of each source, and says it."""

    counts: Counts
    progress: Progress

    def __call__(self, outcome: Outcome, stored: Added | None) -> None:
        """Count what became of a source, and say it."""
        from quotes.ingest.outcomes import Foreign, Known
        from quotes.reading import Unread

        if isinstance(outcome, Unread):
            self.counts.failed += 1
            self.progress.warn(f"{outcome.source}: {outcome.reason}")
            self.progress.step(outcome.source, None, self.counts.sentence())
            return
        if isinstance(outcome, Foreign):
            self.counts.not_french += 1
            talk = "is not in French: skipped"
        elif isinstance(outcome, Known):
            self.counts.known += 1
            talk = f"already in the archive as article {outcome.article_id}"
        else:
            assert stored is not None
            if outcome.note:
                self.progress.warn(f"{outcome.source}: {outcome.note}")
            talk = self._count(outcome, stored)
        self.progress.step(outcome.source, f"{outcome.source}: {talk}", self.counts.sentence())

    def _count(self, found: Found, stored: Added) -> str:
        """Count what became of an article, and give it in words."""
        from quotes.archive import What

        source, summary = found.source, _summary(found)
        for words in stored.lost:
            said = f"a correction has no place in the new version of article {stored.article_id}, and is kept"
            self.progress.warn(f"{source}: {said}: « {shorten(words, 70)} »")
        if stored.new:
            self.counts.added += 1
            self.counts.quotes += stored.quotes
            like = f" (near-identical to article {', '.join(map(str, stored.like))})" if stored.like else ""
            return f"article {stored.article_id}{like}: {summary}"
        if stored.what is What.KNOWN:
            self.counts.known += 1
            return f"already in the archive as article {stored.article_id}"
        if stored.what is What.COPY:
            self.counts.copies += 1
            return f"a copy of article {stored.article_id}"
        self.counts.revisions += 1
        if stored.what is What.EARLIER:
            return f"an earlier version of article {stored.article_id}: kept beside it"
        return f"a newer version of article {stored.article_id}: {summary}"


def _summary(found: Found) -> str:
    """What was found: "12 quotes, 3 speakers: Saint-Aubin vote son budget"."""
    numbers = f"{counted(found.quotes, 'quote')}, {counted(found.speakers, 'speaker')}"
    return f"{numbers}: {shorten(found.title, 70)}"
