"""The archive: one SQLite file or a PostgreSQL database, opened, written to and asked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from quotes.archive.answers import Answers
from quotes.archive.browsing import Browsing
from quotes.archive.store.asking import Reader
from quotes.archive.store.opening import TIMEOUT, Store, ready_store, store_at
from quotes.archive.values import (
    Added,
    ArticleChange,
    ArticleRow,
    Failure,
    Filters,
    Hits,
    PlacedQuote,
    Portrait,
    QuoteRow,
    SpeakerRow,
    StoredArticle,
    Versions,
)
from quotes.errors import ArchiveError
from quotes.model import Article, Extraction

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from quotes.archive.articles.preparing import PreparedArticle
    from quotes.archive.corrections.corrections import Difference
    from quotes.archive.corrections.gold import Checked
    from quotes.archive.corrections.overlay import Change, Correction
    from quotes.archive.soundness.health import Repaired
    from quotes.archive.speakers.who_is_who import Suggestion
    from quotes.archive.store.journal import Recorded
    from quotes.archive.store.public_ids import Place

_TEXTS_AT_ONCE = 50


def open_archive(
    place: str | Path,
    *,
    create: bool = True,
    readonly: bool = False,
    timeout: float = TIMEOUT,
    longest: float | None = None,
) -> Archive:
    """Open an archive; a missing or empty one is made to the newest schema when ``create``.

    ``place`` is a file, or the address of a PostgreSQL database (``postgresql+psycopg://…``). Raises
    ``SchemaError`` for an older or newer schema, ``ArchiveError`` for anything else that keeps it from
    being opened; both say what to do. Use it as a context manager, or ``close()`` it. A question that takes
    more than ``longest`` seconds is ended by ``TooSlowError``.
    """
    store = ready_store(place, create=create, readonly=readonly, timeout=timeout, longest=longest)
    return Archive(place, store)


def upgrade(place: str | Path, *, timeout: float = TIMEOUT) -> tuple[str | None, str]:
    """Bring an archive to the newest schema; give the revisions before and after."""
    store = store_at(place, timeout=timeout)
    try:
        return store.upgrade()
    finally:
        store.close()


class Archive(Answers, Browsing):
    """An open archive. Reading methods see what was committed; each writing one is a transaction."""

    def __init__(self, place: str | Path, store: Store) -> None:
        self.place = place
        self._store = store

    @property
    def name(self) -> str:
        """What it is called in messages: its path, or its address without a password."""
        return self._store.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, or the connections to the server."""
        self._store.close()

    def changes(self) -> Hashable:
        """Give a value that is another one when anything was committed since."""
        return self._store.changes()

    def asking(self) -> AbstractContextManager[Reader | Connection]:
        """Give a light connection for plain questions, on which everything is seen as at one moment."""
        return self._store.asking()

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection on which everything is seen as at one moment."""
        return self._store.reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection in a write transaction: committed at the end, undone by an exception."""
        return self._store.writing()

    def add(self, extraction: Extraction | PreparedArticle, *, extractor_version: str) -> Added:
        """Store an article with what was found in it, in one transaction.

        The same text again from the same source changes nothing; the same article in another form becomes
        a copy or another version of the one that is there (see ``versions``).
        """
        (added,) = self.add_all([extraction], extractor_version=extractor_version)
        return added

    def add_all(
        self, extractions: Sequence[Extraction | PreparedArticle], *, extractor_version: str
    ) -> list[Added]:
        """Store several articles as ``add`` does, in one transaction: all of them, or none.

        Much quicker than one by one; a few hundred at a time are enough. Those that ``prepare`` has made
        ready, in other processes perhaps, take the least.
        """
        from quotes.archive.articles.preparing import prepare
        from quotes.archive.store.writing_rows import uncollected
        from quotes.archive.versions import adding

        articles = [prepare(one) if isinstance(one, Extraction) else one for one in extractions]
        with self.writing() as connection, uncollected():
            return adding.add_all(connection, articles, extractor_version)

    def find(self, article_text: str, source: str | None) -> int | None:
        """Give the number of the article that was found with this text at this place; quick."""
        from quotes.archive.articles.bodies import content_hash
        from quotes.archive.versions.forms import find

        with self.asking() as connection:
            return find(connection, content_hash(article_text), source)

    def versions(self, article_id: int) -> Versions:
        """Give the copies and earlier versions of an article, and the articles that are near-identical."""
        from quotes.archive.versions import forms

        with self.asking() as connection:
            return forms.versions(connection, article_id)

    def revision(self, article_id: int, number: int) -> Article:
        """Give an earlier version of an article; the first one is 1."""
        from quotes.archive.versions import forms

        with self.asking() as connection:
            found = forms.revision(connection, article_id, number)
        if found is None:
            raise ArchiveError(
                f"article {article_id} has no earlier version {number}: `quotes show` lists them"
            )
        return found

    def edit(self, article_id: int, changes: ArticleChange, *, who: str) -> int:
        """Mend what is known of an article; its quotes have the same outlet and date at once.

        Give the journal's number.
        """
        from quotes.archive.articles import edits

        with self.writing() as connection:
            return edits.edit(connection, article_id, changes, who)

    def failures(self) -> list[Failure]:
        """Give the sources that could not be added, in the order in which they first failed."""
        from quotes.archive.articles import failures

        with self.asking() as connection:
            return failures.everyone(connection)

    def note_failures(self, failed: Iterable[Failure], mended: Iterable[str] = ()) -> None:
        """Keep what could not be added, and forget the sources that have been added since."""
        from quotes.archive.articles import failures

        with self.writing() as connection:
            failures.note(connection, failed, mended)

    def article(self, article_id: int) -> StoredArticle:
        """Give one article with its quotes."""
        from quotes.archive.store.reading_rows import load

        with self.asking() as connection:
            found = load(connection, article_id) if abs(article_id) < 2**63 else None
        if found is None:
            raise ArchiveError(f"there is no article {article_id}: `quotes articles` lists them")
        return found

    def place_of(self, public_id: str) -> Place:
        """Give the numbers of the article and the quote that have this public identifier."""
        from quotes.archive.store.public_ids import place_of

        with self.asking() as connection:
            return place_of(connection, public_id)

    def texts(self) -> Iterator[tuple[int, Article]]:
        """Stream the articles with their numbers, without quotes; the archive may be written to meanwhile."""
        from quotes.archive.store.reading_rows import texts

        last = 0
        while True:
            with self.asking() as connection:
                found = texts(connection, last, _TEXTS_AT_ONCE)
            if not found:
                return
            yield from found
            last = found[-1][0]

    def articles(self, *, limit: int | None = None) -> Iterator[ArticleRow]:
        """Give the articles in the order in which they were added, with their number of quotes."""
        from quotes.archive.versions import forms

        with self.asking() as connection:
            yield from forms.articles(connection, limit)

    def speakers(
        self,
        name: str | None = None,
        *,
        speaker_id: int | None = None,
        type: str | None = None,
        gender: str | None = None,
        sort: str = "count",
        limit: int | None = None,
    ) -> Iterator[SpeakerRow]:
        """Give who has quotes; ``sort`` is ``count``, ``last`` (heard last first) or ``name``.

        ``name`` is one of their names or some whole words of it, folded. ``gender`` may be ``unknown``.
        """
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            yield from listing.speakers(
                connection,
                name,
                speaker_ids=None if speaker_id is None else [speaker_id],
                type=type,
                gender=gender,
                sort=sort,
                limit=limit,
            )

    def speaker(self, name_or_id: str) -> SpeakerRow:
        """Give the one speaker with this number or name; an error lists them when there are several."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.speaker(connection, name_or_id)

    def portrait(self, speaker_id: int) -> Portrait:
        """Give what the archive knows of a speaker: names, roles over time, years, outlets."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.portrait(connection, speaker_id)

    def names_like(self, name: str, *, limit: int = 3) -> list[str]:
        """Give names of the archive that resemble one that isn't in it ("did you mean …")."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.names_like(connection, name, limit)

    def merge(self, target_id: int, other_ids: Sequence[int], *, who: str) -> int:
        """Make several speakers one, who keeps the target's name. Each change gives its journal number."""
        from quotes.archive.speakers import who_is_who

        with self.writing() as connection:
            return who_is_who.merge(connection, target_id, other_ids, who)

    def split(
        self,
        speaker_id: int,
        article_ids: Sequence[int] = (),
        *,
        who: str,
        quote_ids: Sequence[int] = (),
        name: str | None = None,
    ) -> tuple[int, int]:
        """Part a speaker: in these articles, or in these quotes, it is somebody else.

        Give the journal's number and the new speaker's id.
        """
        from quotes.archive.corrections import corrections
        from quotes.archive.speakers import who_is_who

        if article_ids and quote_ids:
            raise ArchiveError("a split is by articles or by quotes, not by both: do one after the other")
        with self.writing() as connection:
            if quote_ids:
                return corrections.split_quotes(connection, speaker_id, quote_ids, name, who)
            return who_is_who.split(connection, speaker_id, article_ids, name, who)

    def rename(self, speaker_id: int, name: str, *, who: str) -> int:
        """Give a speaker another name; the old one still leads to them."""
        from quotes.archive.speakers import who_is_who

        with self.writing() as connection:
            return who_is_who.rename(connection, speaker_id, name, who)

    def add_alias(self, speaker_id: int, name: str, *, who: str) -> int:
        """Let another name lead to a speaker, in every article to come."""
        from quotes.archive.speakers import who_is_who

        with self.writing() as connection:
            return who_is_who.alias(connection, speaker_id, name, who)

    def suggest(self, like: str | None = None) -> list[Suggestion]:
        """Give speakers that may be one, likeliest first; who was parted by hand is not among them.

        ``like``: only among those who have this name, or these words in their name.
        """
        from quotes.archive.speakers import who_is_who

        with self.reading() as connection:
            apart = who_is_who.kept_apart(connection)
        return who_is_who.suggest(self.speakers(like), apart)

    def history(self, *, limit: int = 20) -> list[Recorded]:
        """Give what was changed by hand, last change first."""
        from quotes.archive.store import journal

        with self.reading() as connection:
            return journal.history(connection, limit=limit)

    def undo(self, entry_id: int | None = None) -> Recorded:
        """Undo a change made by hand: this one, or the last that isn't undone.

        The rest is then as if it had never been made; where a later change stands on it, the error names
        that one.
        """
        from quotes.archive.corrections import undoing

        with self.writing() as connection:
            return undoing.undo(connection, entry_id)

    def fix(self, quote_id: int, change: Change, *, who: str) -> int:
        """Correct a quote, or confirm it with ``Change()``; give the journal's number."""
        from quotes.archive.corrections import corrections

        with self.writing() as connection:
            return corrections.fix(connection, quote_id, change, who)

    def corrections(self) -> list[Correction]:
        """Give all corrections, in the order in which they were made."""
        from quotes.archive.corrections import corrections

        with self.reading() as connection:
            return corrections.everyone(connection)

    def least_certain(self, *, limit: int) -> list[QuoteRow]:
        """Give the quotes that nobody has confirmed, least certain first."""
        from quotes.archive.search import finding

        with self.asking() as connection:
            return finding.least_certain(connection, limit)

    def reextract(
        self, article_id: int, found: Extraction, *, extractor_version: str, dry_run: bool = False
    ) -> Difference:
        """Put a newer extraction of an article in the older one's place, corrections laid over it."""
        from quotes.archive.corrections import corrections

        with self.reading() if dry_run else self.writing() as connection:
            return corrections.reextract(connection, article_id, found, extractor_version, dry_run=dry_run)

    def search(
        self,
        query: str | None,
        filters: Filters | None = None,
        *,
        exact: bool = False,
        sort: str = "best",
        limit: int = 20,
        after: str | None = None,
    ) -> Hits:
        """Find quotes by the search language (see ``quotes.archive.search.query``) and filters.

        ``sort`` is ``best`` (exact words before stems) or ``date`` (newest first); without words to
        look for it is by date. ``after`` is ``next`` of the page before.
        """
        from quotes.archive.search import finding

        if sort not in ("best", "date"):
            raise ArchiveError(f"can't sort by {sort!r}: use best, date")
        with self.asking() as connection:
            return finding.search(
                connection,
                query,
                filters or Filters(),
                exact=exact,
                sort=sort,
                limit=max(limit, 0),
                after=after,
            )

    def quotes(
        self, filters: Filters | None = None, *, query: str | None = None, exact: bool = False
    ) -> Iterator[QuoteRow]:
        """Stream all quotes that match, in the order in which they were added."""
        from quotes.archive.search import finding

        with self.asking() as connection:
            yield from finding.stream(connection, query, filters or Filters(), exact=exact)

    def placed(
        self, filters: Filters | None = None, *, query: str | None = None, exact: bool = False
    ) -> Iterator[PlacedQuote]:
        """Stream all quotes that match, each with its paragraph and the sentences around it."""
        from quotes.archive.export.placing import placed
        from quotes.archive.search import finding

        with self.asking() as connection:
            yield from placed(
                connection, finding.stream(connection, query, filters or Filters(), exact=exact)
            )

    def quoted(
        self, filters: Filters | None = None, *, query: str | None = None, exact: bool = False
    ) -> Iterator[StoredArticle]:
        """Stream the articles that have quotes that match, each with these quotes alone."""
        from quotes.archive.search import finding

        with self.asking() as connection:
            yield from finding.quoted(connection, query, filters or Filters(), exact=exact)

    def checked(self, filters: Filters | None = None) -> Iterator[Checked]:
        """Stream the articles in which somebody has confirmed or corrected something, with all of that.

        The filters choose articles, by their quotes.
        """
        from quotes.archive.corrections import gold

        with self.asking() as connection:
            yield from gold.checked(connection, filters or Filters())

    def counts(self) -> dict[str, int]:
        """Give the number of articles, speakers and quotes."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return counts.totals(connection)

    def backup(self, target: str | Path) -> None:
        """Copy the archive to a new file, whole, also while it is being written to."""
        from quotes.archive.store.copying import backup

        backup(self._store, Path(target))

    def copy(self, target: str | Path) -> dict[str, int]:
        """Copy the archive to a new file or an empty database; give the number of rows by table."""
        from quotes.archive.store.copying import copy

        return copy(self._store, target)

    def check(self) -> list[str]:
        """Look for damage; give one sentence for each thing that is wrong, none for a sound archive."""
        from quotes.archive.soundness import health

        return [flaw.sentence for flaw in health.check(self._store)]

    def repair(self) -> Repaired:
        """Make anew what is wrong and can be derived: indexes, terms, sketches, numbers, names."""
        from quotes.archive.soundness import health

        return health.repair(self._store)
