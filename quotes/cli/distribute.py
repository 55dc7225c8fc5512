"""``quotes distribute`` and ``quotes load``: a corpus by many processes, and a corpus into an archive."""

from __future__ import annotations

import re
import time
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.add import Counts, Quiet, Summary, Telling, column_option, finish_counts
from quotes.cli.options import DEFAULT_DATABASE, Database, ModelOption, ModelUse, chosen_model
from quotes.cli.printing import INTERRUPTED, counted, print_json, say
from quotes.messages import _, decimal, in_number

if TYPE_CHECKING:
    from quotes.corpus.finishing import Totals
    from quotes.corpus.folder import Written
    from quotes.corpus.parts import Part

# One in so many seconds is told, at most: a cluster does hundreds of parts a second.
_TELL_SECONDS = 2.0


def _scheduler(address: str) -> str:
    if not re.fullmatch(r"[a-z]+://\S+:\d{1,5}|.+\.json", address):
        raise typer.BadParameter(
            _(
                "{address!r} is no address of a scheduler: write tcp://HOST:8786, or the file (.json) that"
                " `dask scheduler --scheduler-file` writes"
            ).format(address=address)
        )
    return address


def distribute(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Files, folders, patterns, or addresses (s3://…, whatever fsspec knows).",
            show_default=False,
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="FOLDER", help="The corpus: a folder or an address.", show_default=False
        ),
    ],
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            parser=_scheduler,
            show_default=False,
            help="Give the work to this Dask cluster (tcp://HOST:8786, or its --scheduler-file), not to"
            " processes here.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=1024, help="Processes here, if no --scheduler is given.")
    ] = 2,
    part_size: Annotated[
        int,
        typer.Option(
            "--part-size", metavar="MB", min=1, max=4096, help="About so much of a source is a part."
        ),
    ] = 32,
    outlet: Annotated[
        str | None,
        typer.Option("--outlet", metavar="NAME", help="Where all of them appeared.", show_default=False),
    ] = None,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Also take what is not in French.")
    ] = False,
    model: ModelOption = ModelUse.AUTO,
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
) -> None:
    """Extract a corpus with many processes, here or on a Dask cluster, into Parquet files.

    Sources are cut into parts; each is written whole or not at all. A call that was stopped may simply be
    made again: it goes on, and the corpus is the same. `quotes load` makes an archive of it; docs/scale.md
    has the rest.
    """
    from quotes.corpus.engine import require_pyarrow, running
    from quotes.corpus.folder import Folder
    from quotes.corpus.writing import Task
    from quotes.ingest.outcomes import Plan
    from quotes.reading import Columns
    from quotes.reading.forms import Known

    require_pyarrow()
    asked = chosen_model(model)
    columns = Columns(
        text_column, title_column, author_column, outlet_column,
        date_column, url_column, translator_column, section_column,
    )  # fmt: skip
    from quotes.corpus.making import make

    task = Task(Folder.at(to), Plan(None, any_language, Known(outlet=outlet), model=asked), columns)
    try:
        totals = make(
            files,
            task,
            partial(running, scheduler, workers),
            _Telling(quiet),
            part_bytes=part_size * 1_000_000,
        )
    except KeyboardInterrupt:
        say(_("stopped: the same call again goes on from here"))
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        say(_sentence(totals))
    if json:
        print_json(asdict(totals))
    if totals.failures:
        raise typer.Exit(1)


class _Telling:
    """Says how far it is: what was given up always, the rest now and then."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._parts = self._done = self._articles = self._quotes = 0
        self._began = self._said = time.monotonic()

    def begin(self, parts: int, done: int) -> None:
        """Say what is done already."""
        self._parts = parts - done
        if done and not self._quiet:
            already = in_number(
                "{done} of {parts} is done already", "{done} of {parts} are done already", done
            )
            say(already.format(done=done, parts=counted(parts, "part", "parts")))

    def gather(self) -> None:
        """Say that the parts are done."""
        if not self._quiet:
            say(_("gathers duplicates and names"))

    def part(self, part: Part, written: Written) -> None:
        """Say what was given up, and now and then how many parts are done."""
        self._done += 1
        self._articles += written.articles
        self._quotes += written.quotes
        if written.given_up:
            say(
                _("{part}: given up; failures/ has why, and the same call tries it again").format(
                    part=part.title
                )
            )
        now = time.monotonic()
        if self._quiet or (now - self._said < _TELL_SECONDS and self._done < self._parts):
            return
        self._said = now
        rate = self._articles / max(now - self._began, 0.001)
        say(
            _("{done} of {parts}: {articles}, {quotes}, {rate}").format(
                done=self._done,
                parts=counted(self._parts, "part", "parts"),
                articles=counted(self._articles, "article", "articles"),
                quotes=counted(self._quotes, "quote", "quotes"),
                rate=_("{rate} articles/s").format(rate=decimal(rate, 1)),
            )
        )


def _sentence(totals: Totals) -> str:
    parts = [
        _("{articles} with {quotes}").format(
            articles=counted(totals.articles, "article", "articles"),
            quotes=counted(totals.quotes, "quote", "quotes"),
        )
    ]
    if totals.foreign:
        parts.append(_("{number} not in French (--any-language takes them)").format(number=totals.foreign))
    if totals.failures:
        unread = in_number("{number} not read", "{number} not read", totals.failures)
        parts.append(unread.format(number=totals.failures) + " " + _("(failures/ has why)"))
    if totals.given_up:
        given_up = in_number("{parts} given up", "{parts} given up", totals.given_up)
        parts.append(given_up.format(parts=counted(totals.given_up, "part", "parts")))
    return ", ".join(parts)


def load(
    corpus: Annotated[
        str, typer.Argument(metavar="CORPUS", help="What `quotes distribute` made.", show_default=False)
    ],
    quiet: Quiet = False,
    json: Summary = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Load a corpus into an archive: the one that `quotes add` would have made of the same sources.

    What is there already stays as it is: a call that was stopped may simply be made again.
    """
    from quotes.cli.progress import Progress
    from quotes.corpus import loading
    from quotes.corpus.engine import require_pyarrow
    from quotes.corpus.folder import Folder

    require_pyarrow()
    counts = Counts()
    try:
        with Progress([], quiet=quiet, each=False) as progress:
            loading.load(Folder.at(corpus), db, Telling(counts, progress, every=quiet))
    except KeyboardInterrupt:
        say(
            _("stopped: {sentence}; the same call again goes on from here").format(sentence=counts.sentence())
        )
        raise typer.Exit(INTERRUPTED) from None
    finish_counts(counts, db, quiet, json)
