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
    ModelOption,
    ModelUse,
    OutputFormat,
    Sources,
    chosen_format,
    chosen_model,
    day,
    fetcher,
)
from quotes.cli.printing import INTERRUPTED, counted, print_json, print_table, say, shorten
from quotes.messages import _, in_number, told

if TYPE_CHECKING:
    from quotes.archive import Added, Failure
    from quotes.cli.progress import Progress
    from quotes.extraction.opinion import Model
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


Jobs = Annotated[
    int, typer.Option("--jobs", metavar="N", min=1, max=64, help="Processes that read and extract.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say of each article what became of it.")]
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
    model: ModelOption = ModelUse.AUTO,
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
    verbose: Verbose = False,
    json: Summary = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Add texts and their quotes to the archive.

    Reads texts, web pages, exports of Europresse and Factiva, e-mails, feeds, tables (CSV, JSON, JSON
    lines, Parquet), PDF, Word, WARC, .gz and .zip. What is there already stays as it is: a call that
    was stopped may simply be made again. What could not be read is listed by `quotes failures`.
    """
    from quotes.ingest.beside import check_tables
    from quotes.ingest.storing import Options
    from quotes.reading import Columns
    from quotes.reading.forms import Known as Stated

    fetcher(files, fetch)
    asked = chosen_model(model)
    columns = Columns(
        text_column, title_column, author_column, outlet_column,
        date_column, url_column, translator_column, section_column,
    )  # fmt: skip
    check_tables(files, columns)
    counts = Counts()
    stated = Stated(title, tuple(author or ()), outlet, date, url, tuple(translator or ()), section)
    options = Options(columns, stated, any_language, fetch, metadata)
    _carry_out([(files, options)], asked, jobs, db, counts, quiet, verbose)
    finish_counts(counts, db, quiet, json)


def failures(
    retry: Annotated[bool, typer.Option("--retry", help="Try to add them again.")] = False,
    jobs: Jobs = 1,
    model: ModelOption = ModelUse.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
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
    asked = chosen_model(model)
    again: dict[Options, dict[str, None]] = defaultdict(dict)
    for one in found:
        if one.file is None:
            say(_("{source}: came through standard input: give it again").format(source=one.source))
        else:
            again[Options.from_json(one.options)][one.file] = None
    counts = Counts()
    calls = [(list(files), options) for options, files in again.items()]
    _carry_out(calls, asked, jobs, db, counts, quiet, verbose)
    finish_counts(counts, db, quiet, json=False)


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
            (_("source"), _("reason"), _("at"), _("tries")),
            ([one.source, told(one.reason), one.at, str(one.tries)] for one in found),
        )
    else:
        say(_("no failures"))


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

    def sentence(self, *, listed: bool = False) -> str:
        """The counts for a reader; ``listed``: what failed is kept in an archive."""
        parts = [
            in_number("{articles} added with {quotes}", "{articles} added with {quotes}", self.added).format(
                articles=counted(self.added, "article", "articles"),
                quotes=counted(self.quotes, "quote", "quotes"),
            )
        ]
        if self.known:
            there = in_number("{number} already there", "{number} already there", self.known)
            parts.append(there.format(number=self.known))
        if self.copies:
            copies = counted(self.copies, "copy", "copies")
            parts.append(_("{copies} of articles that are there").format(copies=copies))
        if self.revisions:
            versions = counted(self.revisions, "other version", "other versions")
            parts.append(_("{versions} of articles that are there").format(versions=versions))
        if self.not_french:
            parts.append(
                _("{number} not in French (--any-language adds them)").format(number=self.not_french)
            )
        if self.failed:
            unread = in_number("{number} not read", "{number} not read", self.failed)
            lists = " " + _("(`quotes failures` lists them)") if listed else ""
            parts.append(unread.format(number=self.failed) + lists)
        return ", ".join(parts)


# Of so many sources a call says at once why they could not be read; the others are listed by a command.
_SHOWN = 10


def finish_counts(counts: Counts, db: str, quiet: bool, json: bool) -> None:
    """Say the counts of a call, and end it with 1 if something was not read."""
    from quotes.archive import is_there

    if not quiet:
        say(counts.sentence(listed=is_there(db)))
    if json:
        print_json(asdict(counts))
    if counts.failed:
        raise typer.Exit(1)


def _carry_out(
    calls: list[tuple[list[str], Options]],
    model: Model,
    jobs: int,
    db: str,
    counts: Counts,
    quiet: bool,
    verbose: bool,
) -> None:
    from quotes.cli.progress import Progress
    from quotes.ingest import storing

    try:
        for files, options in calls:
            ask = fetcher(files, options.fetch)
            with Progress(files, quiet=quiet, each=verbose) as progress:
                storing.add(
                    files,
                    options,
                    db,
                    jobs=jobs,
                    fetch=ask,
                    model=model,
                    tell=Telling(counts, progress, every=verbose or quiet),
                )
    except KeyboardInterrupt:
        say(
            _("stopped: {sentence}; the same call again goes on from here").format(sentence=counts.sentence())
        )
        raise typer.Exit(INTERRUPTED) from None
    except BaseException:
        # A full disk: what was stored before stays.
        if counts.added:
            say(counts.sentence())
        raise


@dataclass(frozen=True, slots=True)
class Telling:
    """Counts what became of each source, and says it: ``every`` failure, or the first ones."""

    counts: Counts
    progress: Progress
    every: bool

    def __call__(self, outcome: Outcome, stored: Added | None) -> None:
        """Count what became of a source, and say it."""
        from quotes.ingest.outcomes import Foreign, Known
        from quotes.reading import Unread

        if isinstance(outcome, Unread):
            self.counts.failed += 1
            if self.every or self.counts.failed <= _SHOWN:
                self.progress.warn(
                    _("{source}: {reason}").format(source=outcome.source, reason=told(outcome.reason))
                )
            self.progress.step(outcome.source, None, self.counts.sentence())
            return
        if isinstance(outcome, Foreign):
            self.counts.not_french += 1
            talk = _("is not in French: skipped")
        elif isinstance(outcome, Known):
            self.counts.known += 1
            talk = _("already in the archive as article {number}").format(number=outcome.article_id)
        else:
            assert stored is not None
            if outcome.note:
                self.progress.warn(
                    _("{source}: {note}").format(source=outcome.source, note=told(outcome.note))
                )
            talk = self._count(outcome, stored)
        said = _("{source}: {talk}").format(source=outcome.source, talk=talk)
        self.progress.step(outcome.source, said, self.counts.sentence())

    def _count(self, found: Found, stored: Added) -> str:
        """Count what became of an article, and give it in words."""
        from quotes.archive import What

        source, summary = found.source, _summary(found)
        for words in stored.lost:
            self.progress.warn(
                _(
                    "{source}: a correction has no place in the new version of article {number}, and is kept:"
                    " « {words} »"
                ).format(source=source, number=stored.article_id, words=shorten(words, 70))
            )
        if stored.new:
            self.counts.added += 1
            self.counts.quotes += stored.quotes
            article = _("article {number}").format(number=stored.article_id)
            if stored.like:
                like = ", ".join(map(str, stored.like))
                article += " " + _("(near-identical to article {articles})").format(articles=like)
            return article + _(": ") + summary
        if stored.what is What.KNOWN:
            self.counts.known += 1
            return _("already in the archive as article {number}").format(number=stored.article_id)
        if stored.what is What.COPY:
            self.counts.copies += 1
            return _("a copy of article {number}").format(number=stored.article_id)
        self.counts.revisions += 1
        if stored.what is What.EARLIER:
            return _("an earlier version of article {number}: kept beside it").format(
                number=stored.article_id
            )
        return _("a newer version of article {number}: {summary}").format(
            number=stored.article_id, summary=summary
        )


def _summary(found: Found) -> str:
    """What was found: "12 quotes, 3 speakers: Saint-Aubin vote son budget"."""
    quotes = counted(found.quotes, "quote", "quotes")
    return f"{quotes}, {counted(found.speakers, 'speaker', 'speakers')}{_(': ')}{shorten(found.title, 70)}"
