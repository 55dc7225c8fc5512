"""What was read and extracted into an archive: articles at hand in one transaction, failures kept beside.

Whoever asks for it (a command line, a page, one of many machines) is told of each source in its order,
and of an article only after its transaction.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from quotes.archive import Failure, is_there, open_archive
from quotes.errors import ArchiveError
from quotes.ingest.beside import table_beside
from quotes.ingest.outcomes import Found, Outcome, Plan, finished, outcomes
from quotes.reading import Columns, Unread
from quotes.reading.forms import Known as Stated
from quotes.reading.pieces import is_address

if TYPE_CHECKING:
    from quotes.archive import Added, Archive, PreparedArticle
    from quotes.extraction.opinion import Model
    from quotes.reading.sources import Fetch

    Tell = Callable[[Outcome, Added | None], None]

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


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a call on which its outcome depends: a failure is tried again with them."""

    columns: Columns
    stated: Stated
    any_language: bool = False
    fetch: bool = False
    metadata: str | None = None

    @classmethod
    def from_json(cls, value: Any) -> Options:
        """The options as ``asdict`` gave them."""
        # Older failures have no more than the outlet.
        stated = value.get("stated") or {"outlet": value.get("outlet")}
        for names in ("authors", "translators"):
            stated[names] = tuple(stated.get(names, ()))
        return cls(
            Columns(**value["columns"]),
            Stated(**stated),
            value.get("any_language", False),
            value.get("fetch", False),
            value.get("metadata"),
        )


def add(
    sources: list[str],
    options: Options,
    archive: str,
    *,
    jobs: int,
    fetch: Fetch | None,
    tell: Tell,
    model: Model = "auto",
) -> None:
    """Read everything that is named, extract it and store it in an archive (a file or an address).

    ``tell`` hears of each source what became of it, and of an article that was found how it was stored.
    Ctrl-C (``KeyboardInterrupt``) waits until the articles in hand are stored and told.
    """
    beside = table_beside(options.metadata, options.columns)
    there = archive if is_there(archive) else None
    plan = Plan(there, options.any_language, options.stated, beside, model)
    with Storing(archive, options, tell) as storing:
        for outcome in outcomes(sources, options.columns, jobs, plan, fetch):
            with finished():
                storing.take(outcome)


class Storing:
    """Takes the outcomes of a call to an archive, in their order, and tells of them.

    ``at_once``: so many articles are one transaction, however long they take to come. Without it nobody who
    looks on waits long.
    """

    def __init__(self, archive: str, options: Options, tell: Tell, *, at_once: int | None = None) -> None:
        self._place = archive
        self._at_once = at_once
        self._options = options
        self._tell = tell
        self._open = ExitStack()
        self._archive: Archive | None = None
        self._failed_before: set[str] = set()
        self._failed: list[Failure] = []
        self._mended: list[str] = []
        self._waiting: list[Outcome] = []
        self._waiting_text = 0
        self._settled = time.monotonic()
        self._wait = _WAIT

    def __enter__(self) -> Self:
        if is_there(self._place):
            self._opened()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._open, finished():
            self._settle()
            self._write_failures()

    def _opened(self) -> Archive:
        """The archive, made at first need: a call with nothing to add leaves no empty one behind."""
        if self._archive is None:
            self._archive = self._open.enter_context(open_archive(self._place))
            self._failed_before = {one.source for one in self._archive.failures()}
        return self._archive

    def take(self, outcome: Outcome) -> None:
        """Store an article, or tell what it is instead: at once, or with those that follow closely."""
        self._waiting.append(outcome)
        if isinstance(outcome, Found):
            self._waiting_text += outcome.prepared.length
        if self._at_once is not None:
            enough = len(self._waiting) >= self._at_once
        else:
            late = time.monotonic() - self._settled >= self._wait
            enough = late or len(self._waiting) >= _ARTICLES_AT_ONCE
        if enough or self._waiting_text >= _TEXT_AT_ONCE:
            self._settle()

    def _settle(self) -> None:
        """Store the articles that wait, and tell of each outcome what became of it."""
        waiting, self._waiting, self._waiting_text = self._waiting, [], 0
        articles = [one.prepared for one in waiting if isinstance(one, Found)]
        if articles:
            self._opened()  # which is no part of the time that storing takes
        began = time.monotonic()
        stored = self._stored(articles)
        for outcome in waiting:
            added = next(stored) if isinstance(outcome, Found) else None
            if isinstance(outcome, Unread):
                self._fail(outcome)
            elif self._failed_before and (place := _absolute(outcome.source)) in self._failed_before:
                self._mended.append(place)
            self._tell(outcome, added)
        self._settled = time.monotonic()
        self._wait = min(max(_WAIT, _TIMES_LONGER * (self._settled - began)), _LONGEST_WAIT)

    def _stored(self, articles: list[PreparedArticle]) -> Iterator[Added]:
        """Store articles together; if one of them can't be, all before it are stored and the error raised."""
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

    def _fail(self, unread: Unread) -> None:
        file = _file_of(unread.source)
        options = asdict(self._options)
        self._failed.append(Failure(_absolute(unread.source), file, unread.reason, options))
        if len(self._failed) >= _FAILURES_AT_ONCE:
            self._write_failures()

    def _write_failures(self) -> None:
        if not (self._failed or self._mended):
            return
        # Of files that are there, what is wrong is worth an archive; of a mistyped name it isn't.
        if self._archive or any(one.file and os.path.exists(one.file) for one in self._failed):  # noqa: PTH110
            self._opened().note_failures(self._failed, self._mended)
            self._failed, self._mended = [], []


def _absolute(source: str) -> str:
    if is_address(source):
        return source
    return source if source == "-" or source.startswith("-:") else os.path.abspath(source)  # noqa: PTH100


def _file_of(source: str) -> str | None:
    """The file that a source is, or is in ("folder/table.csv:12", "archive.zip/text.txt")."""
    place = _absolute(source)
    if is_address(place):
        return place
    if not Path(place).is_absolute():
        return None
    inner = place
    # Not Path.exists(): it raises for names that no file can have.
    while not os.path.exists(inner):  # noqa: PTH110
        shorter = inner[: max(inner.rfind(":"), inner.rfind(os.sep), 0)]
        if not shorter or os.path.isdir(shorter):  # noqa: PTH112
            # A file that isn't there may be there the next time.
            return place
        inner = shorter
    return inner
