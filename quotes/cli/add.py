"""``quotes add`` and ``quotes failures``: articles into the archive, those at hand in one transaction.

An article is reported as added when it is: after its transaction.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any, Self

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
    from quotes.archive import Added, Archive, Failure, PreparedArticle
    from quotes.cli.progress import Progress
    from quotes.ingest.outcomes import Found, Outcome
    from quotes.reading import Columns, Unread
    from quotes.reading.forms import Known as Stated

# So many failures are written at once: fewer are lost than a killed run has in hand.
_FAILURES_AT_ONCE = 100
# Articles that come quickly wait for one another: seconds, articles, characters. Storing many at once is
# several times cheaper than one by one, and the more so the larger the archive: so they wait for some time
# longer than the last ones took, but never longer than somebody would who looks on.
_WAIT = 0.2
_LONGEST_WAIT = 2.0
_TIMES_LONGER = 5
_ARTICLES_AT_ONCE = 500
_TEXT_AT_ONCE = 4_000_000


def _column(field: str) -> typer.models.OptionInfo:
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
    text_column: Annotated[str | None, _column("text")] = None,
    title_column: Annotated[str | None, _column("title")] = None,
    author_column: Annotated[str | None, _column("author")] = None,
    outlet_column: Annotated[str | None, _column("outlet")] = None,
    date_column: Annotated[str | None, _column("date")] = None,
    url_column: Annotated[str | None, _column("url")] = None,
    translator_column: Annotated[str | None, _column("translator")] = None,
    section_column: Annotated[str | None, _column("section")] = None,
    quiet: Quiet = False,
    json: Summary = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Add texts and their quotes to the archive.

    Reads texts, web pages, exports of Europresse and Factiva, e-mails, feeds, tables (CSV, JSON, JSON
    lines, Parquet), PDF, Word, WARC, .gz and .zip. What is there already stays as it is: a call that
    was stopped may simply be made again. What could not be read is listed by `quotes failures`.
    """
    from quotes.reading import Columns
    from quotes.reading.forms import Known as Stated

    fetcher(files, fetch)
    columns = Columns(
        text_column, title_column, author_column, outlet_column,
        date_column, url_column, translator_column, section_column,
    )  # fmt: skip
    counts = Counts()
    stated = Stated(title, tuple(author or ()), outlet, date, url, tuple(translator or ()), section)
    _carry_out([(files, Options(columns, stated, any_language, fetch))], jobs, db, counts, quiet)
    _finish(counts, quiet, json)


def failures(
    retry: Annotated[bool, typer.Option("--retry", help="Try to add them again.")] = False,
    jobs: Jobs = 1,
    quiet: Quiet = False,
    format_: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """List what `quotes add` could not read, and why; or try it again."""
    from quotes.archive import open_archive

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
    _finish(counts, quiet, json=False)


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


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a call on which its outcome depends: a failure is tried again with them."""

    columns: Columns
    stated: Stated
    any_language: bool = False
    fetch: bool = False

    @classmethod
    def from_json(cls, value: Any) -> Options:
        """The options as ``asdict`` gave them."""
        from quotes.reading import Columns
        from quotes.reading.forms import Known as Stated

        # Older failures have no more than the outlet.
        stated = value.get("stated") or {"outlet": value.get("outlet")}
        for names in ("authors", "translators"):
            stated[names] = tuple(stated.get(names, ()))
        return cls(
            Columns(**value["columns"]),
            Stated(**stated),
            value.get("any_language", False),
            value.get("fetch", False),
        )


def _finish(counts: Counts, quiet: bool, json: bool) -> None:
    if not quiet:
        say(counts.sentence())
    if json:
        print_json(asdict(counts))
    if counts.failed:
        raise typer.Exit(1)


def _carry_out(
    calls: list[tuple[list[str], Options]], jobs: int, db: str, counts: Counts, quiet: bool
) -> None:
    from quotes.archive import is_there
    from quotes.cli.progress import Progress
    from quotes.ingest.outcomes import Plan, finished, outcomes

    try:
        for files, options in calls:
            plan = Plan(db if is_there(db) else None, options.any_language, options.stated)
            with Progress(files, quiet=quiet) as progress, _Store(db, options, counts, progress) as store:
                for outcome in outcomes(files, options.columns, jobs, plan, fetcher(files, options.fetch)):
                    with finished():
                        store.take(outcome)
    except KeyboardInterrupt:
        say(f"stopped: {counts.sentence()}; the same call again goes on from here")
        raise typer.Exit(INTERRUPTED) from None
    except BaseException:
        # A full disk: what was stored before stays.
        if counts.added:
            say(counts.sentence())
        raise


@dataclass
class _Store:
    """Takes the outcomes of a call to the archive, the counts and the user, in their order."""

    db: str
    options: Options
    counts: Counts
    progress: Progress
    _open: ExitStack = field(default_factory=ExitStack)
    _archive: Archive | None = None
    _failed_before: set[str] = field(default_factory=set)
    _failed: list[Failure] = field(default_factory=list)
    _mended: list[str] = field(default_factory=list)
    _waiting: list[Outcome] = field(default_factory=list)
    _waiting_text: int = 0
    _settled: float = field(default_factory=time.monotonic)
    _wait: float = _WAIT

    def __enter__(self) -> Self:
        from quotes.archive import is_there

        if is_there(self.db):
            self._opened()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        from quotes.ingest.outcomes import finished

        with self._open, finished():
            self._settle()
            self._write_failures()

    def _opened(self) -> Archive:
        """The archive, made at first need: a call with nothing to add leaves no empty one behind."""
        if self._archive is None:
            from quotes.archive import open_archive

            self._archive = self._open.enter_context(open_archive(self.db))
            self._failed_before = {one.source for one in self._archive.failures()}
        return self._archive

    def take(self, outcome: Outcome) -> None:
        """Store an article, or count what it is instead: at once, or with those that follow closely."""
        from quotes.ingest.outcomes import Found

        self._waiting.append(outcome)
        if isinstance(outcome, Found):
            self._waiting_text += outcome.prepared.length
        if (
            time.monotonic() - self._settled >= self._wait
            or len(self._waiting) >= _ARTICLES_AT_ONCE
            or self._waiting_text >= _TEXT_AT_ONCE
        ):
            self._settle()

    def _settle(self) -> None:
        """Store the articles that wait, and say of each outcome what became of it."""
        from quotes.ingest.outcomes import Foreign, Found, Known
        from quotes.reading import Unread

        waiting, self._waiting, self._waiting_text = self._waiting, [], 0
        articles = [one.prepared for one in waiting if isinstance(one, Found)]
        if articles:
            self._opened()  # which is no part of the time that storing takes
        began = time.monotonic()
        stored = self._stored(articles)
        for outcome in waiting:
            if isinstance(outcome, Unread):
                self.counts.failed += 1
                self.progress.warn(f"{outcome.source}: {outcome.reason}")
                self._fail(outcome)
                self.progress.step(outcome.source, None, self.counts.sentence())
            elif isinstance(outcome, Foreign):
                self.counts.not_french += 1
                self._done(outcome.source, "is not in French: skipped")
            elif isinstance(outcome, Known):
                self.counts.known += 1
                self._done(outcome.source, f"already in the archive as article {outcome.article_id}")
            else:
                if outcome.note:
                    self.progress.warn(f"{outcome.source}: {outcome.note}")
                self._done(outcome.source, self._count(outcome, next(stored)))
        self._settled = time.monotonic()
        self._wait = min(max(_WAIT, _TIMES_LONGER * (self._settled - began)), _LONGEST_WAIT)

    def _stored(self, articles: list[PreparedArticle]) -> Iterator[Added]:
        """Store articles together; if one of them can't be, all before it are stored and the error raised."""
        from quotes.errors import ArchiveError
        from quotes.extraction.extract import RULES_VERSION

        if not articles:
            return
        archive = self._opened()
        try:
            together = archive.add_all(articles, extractor_version=RULES_VERSION)
        except ArchiveError:
            if len(articles) == 1:
                raise
            for one in articles:
                yield archive.add(one, extractor_version=RULES_VERSION)
        else:
            yield from together

    def _count(self, found: Found, stored: Added) -> str:
        """Count what became of an article, and give it in words."""
        from quotes.archive import What

        source, summary = found.source, found.summary
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

    def _done(self, source: str, talk: str) -> None:
        if self._failed_before and (place := _absolute(source)) in self._failed_before:
            self._mended.append(place)
        self.progress.step(source, f"{source}: {talk}", self.counts.sentence())

    def _fail(self, unread: Unread) -> None:
        from quotes.archive import Failure

        file = _file_of(unread.source)
        options = asdict(self.options)
        self._failed.append(Failure(_absolute(unread.source), file, unread.reason, options))
        if len(self._failed) >= _FAILURES_AT_ONCE:
            self._write_failures()

    def _write_failures(self) -> None:
        if not (self._failed or self._mended):
            return
        # Of files that are there, what is wrong is worth an archive; of a mistyped name it isn't.
        if self._archive or any(one.file and Path(one.file).exists() for one in self._failed):
            self._opened().note_failures(self._failed, self._mended)
            self._failed, self._mended = [], []


def _absolute(source: str) -> str:
    from quotes.reading.pieces import is_address

    if is_address(source):
        return source
    return source if source == "-" or source.startswith("-:") else os.path.abspath(source)  # noqa: PTH100


def _file_of(source: str) -> str | None:
    """The file that a source is, or is in ("folder/table.csv:12", "archive.zip/text.txt")."""
    from quotes.reading.pieces import is_address

    place = _absolute(source)
    if is_address(place):
        return place
    if not Path(place).is_absolute():
        return None
    inner = place
    while not Path(inner).exists():
        shorter = inner[: max(inner.rfind(":"), inner.rfind(os.sep), 0)]
        if not shorter or Path(shorter).is_dir():
            # A file that isn't there may be there the next time.
            return place
        inner = shorter
    return inner
