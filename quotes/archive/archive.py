"""The archive: one SQLite file or a PostgreSQL database, opened, written to and asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from quotes.archive.speakers.names import content_hash, name_key
from quotes.archive.store import sqlite
from quotes.archive.store.asking import Reader, ask, from_json
from quotes.archive.store.dialects import EVERYTHING, dialect_of
from quotes.archive.values import (
    Added,
    ArticleChange,
    ArticleRow,
    Failure,
    Filters,
    Hits,
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
    from quotes.archive.corrections.corrections import Change, Correction, Difference
    from quotes.archive.corrections.gold import Checked
    from quotes.archive.search.counts import Count, Share
    from quotes.archive.speakers.who_is_who import Suggestion
    from quotes.archive.store.journal import Entry
    from quotes.archive.wordings.utterances import Found, Utterance

# How long (seconds) to wait for another program's lock.
TIMEOUT = 10.0

_SPEAKER_ORDER = {
    "count": "quotes DESC, s.name, s.id",
    "last": "last DESC NULLS LAST, quotes DESC, s.name, s.id",
    "name": "s.name, s.id",
}
_SEPARATOR = "\x1f"
_TEXTS_AT_ONCE = 50


_ADDRESS = re.compile(r"(?P<scheme>\w+)(?:\+\w+)?://")


class Store(Protocol):
    """Where an archive is kept: a file, or a database on a server."""

    name: str
    """What it is called in messages; never has a password in it."""

    def prepare(self, *, create: bool) -> None:
        """See that there is an archive of the newest schema; make it where ``create`` allows it."""

    def upgrade(self) -> tuple[str | None, str]:
        """Bring it to the newest schema; give the revisions before and after."""

    def asking(self) -> AbstractContextManager[Reader | Connection]:
        """Give a connection for plain questions, on which everything is seen as at one moment."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection on which everything is seen as at one moment."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection in a write transaction: committed at the end, undone by an exception."""

    def check(self) -> list[str]:
        """Look for damage; give one sentence for each thing that is wrong."""

    def close(self) -> None:
        """Let go of it."""


def is_address(place: str | Path) -> bool:
    """Tell whether a place is an address of a database server, not a file."""
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def _store(place: str | Path, *, readonly: bool = False, timeout: float = TIMEOUT) -> Store:
    address = _ADDRESS.match(place) if isinstance(place, str) else None
    if address is None:
        return sqlite.SqliteFile(Path(place), readonly=readonly, timeout=timeout)
    if address["scheme"] not in ("postgresql", "postgres"):
        raise ArchiveError(
            f"an archive can't be kept in {address['scheme']}: give a file,"
            " or postgresql+psycopg://USER@HOST/NAME"
        )
    from quotes.archive.store.postgresql import PostgresDatabase

    return PostgresDatabase(str(place), readonly=readonly, timeout=timeout)


def open_archive(
    place: str | Path, *, create: bool = True, readonly: bool = False, timeout: float = TIMEOUT
) -> Archive:
    """Open an archive; a missing or empty one is made to the newest schema when ``create``.

    ``place`` is a file, or the address of a PostgreSQL database (``postgresql+psycopg://…``). Raises
    ``SchemaError`` for an older or newer schema, ``ArchiveError`` for anything else that keeps it from
    being opened; both say what to do. Use it as a context manager, or ``close()`` it.
    """
    store = _store(place, readonly=readonly, timeout=timeout)
    try:
        store.prepare(create=create)
    except BaseException:
        store.close()
        raise
    return Archive(place, store)


def upgrade(place: str | Path, *, timeout: float = TIMEOUT) -> tuple[str | None, str]:
    """Bring an archive to the newest schema; give the revisions before and after."""
    store = _store(place, timeout=timeout)
    try:
        return store.upgrade()
    finally:
        store.close()


def name_of(place: str | Path) -> str:
    """Give what an archive is called in messages: its path, or its address without a password."""
    return _store(place).name


def is_there(place: str | Path) -> bool:
    """Tell whether there is something to open: a server answers for its databases itself."""
    return is_address(place) or Path(place).exists()


class Archive:
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
        sql = """SELECT a.id, a.title, a.outlet, a.published, a.url, a.source, a.added_at,
 (SELECT count(*) FROM quotes q WHERE q.article_id = a.id) AS quotes, a.authors, a.translators, a.section,
 (SELECT count(*) FROM article_copies c WHERE c.article_id = a.id) AS copies,
 (SELECT count(*) FROM article_revisions r WHERE r.article_id = a.id) AS revisions
 FROM articles a ORDER BY a.id LIMIT :limit"""
        from quotes.archive.versions import forms

        with self.asking() as connection:
            like = forms.like(connection)
            for row in ask(connection, sql, {"limit": EVERYTHING if limit is None else limit}):
                values = row._asdict()
                for names in ("authors", "translators"):
                    values[names] = tuple(from_json(values[names]))
                yield ArticleRow(**values, like=tuple(sorted(like.get(row.id, ()))))

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
        from quotes.archive.search.finding import Conditions, speaker_condition

        if sort not in _SPEAKER_ORDER:
            raise ArchiveError(f"can't sort by {sort!r}: use {', '.join(_SPEAKER_ORDER)}")
        found = Conditions()
        with self.asking() as connection:
            if name is not None:
                sql, parameters = speaker_condition(connection, name)
                found.add(f"s.id IN (SELECT speaker_id FROM speaker_aliases WHERE {sql})", **parameters)
            if speaker_id is not None:
                found.add("s.id = :speaker_id", speaker_id=speaker_id)
            if type is not None:
                found.add("s.type = :type", type=type)
            if gender == "unknown":
                found.add("s.gender IS NULL")
            elif gender is not None:
                found.add("s.gender = :gender", gender=gender)
            joined = dialect_of(connection).joined
            sql = f"""WITH counted AS (
 SELECT speaker_id, count(*) AS quotes, min(nullif(published, '')) AS first, max(published) AS last
 FROM quotes WHERE speaker_id IS NOT NULL GROUP BY speaker_id),
 listed AS (SELECT s.id, s.name, s.type, s.gender, s.incomplete, c.quotes, c.first,
 nullif(c.last, '') AS last FROM speakers s JOIN counted c ON c.speaker_id = s.id {found.where()}
 ORDER BY {_SPEAKER_ORDER[sort]} LIMIT :limit)
 SELECT s.*,
 (SELECT {joined}(text, :separator) FROM (SELECT r.text FROM quotes q JOIN roles r ON r.id = q.role_id
  WHERE q.speaker_id = s.id GROUP BY r.id ORDER BY count(*) DESC, min(q.id)) AS of_speaker) AS roles,
 (SELECT {joined}(name, :separator) FROM (SELECT DISTINCT name FROM speaker_aliases l
  WHERE l.speaker_id = s.id AND l.name != s.name ORDER BY name) AS others) AS aliases
 FROM listed s ORDER BY {_SPEAKER_ORDER[sort]}"""
            parameters = {
                **found.parameters,
                "separator": _SEPARATOR,
                "limit": EVERYTHING if limit is None else limit,
            }
            result = ask(connection, sql, parameters)
            for row in result:
                yield SpeakerRow(
                    id=row.id,
                    name=row.name,
                    type=row.type,
                    gender=row.gender,
                    incomplete=bool(row.incomplete),
                    quotes=row.quotes,
                    first=row.first,
                    last=row.last,
                    roles=tuple(row.roles.split(_SEPARATOR)) if row.roles else (),
                    aliases=tuple(row.aliases.split(_SEPARATOR)) if row.aliases else (),
                )

    def speaker(self, name_or_id: str) -> SpeakerRow:
        """Give the one speaker with this number or name; an error lists them when there are several."""
        number = int(name_or_id) if name_or_id.isascii() and name_or_id.isdigit() else None
        if number is not None and number < 2**63:
            found = list(self.speakers(speaker_id=number))
        else:
            found = list(self.speakers(name_or_id))
            same = [row for row in found if name_key(row.name) == name_key(name_or_id)]
            found = same or found
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{row.id} {row.name}" for row in found[:8])
            more = " …" if len(found) > 8 else ""
            raise ArchiveError(f"{name_or_id!r} may be {listed}{more}: give the number")
        alike = self.names_like(name_or_id)
        hint = f" (like it: {', '.join(alike)})" if alike else ": `quotes speakers` lists them"
        raise ArchiveError(f"there is no speaker {name_or_id!r} in the archive{hint}")

    def portrait(self, speaker_id: int) -> Portrait:
        """Give what the archive knows of a speaker: names, roles over time, years, outlets."""
        found = next(self.speakers(speaker_id=speaker_id), None)
        if found is None:
            raise ArchiveError(f"there is no speaker {speaker_id}: `quotes speakers` lists them")
        with self.asking() as connection:

            def rows(sql: str) -> tuple[Any, ...]:
                return tuple(tuple(row) for row in ask(connection, sql, {"id": speaker_id}))

            return Portrait(
                speaker=found,
                roles=rows(
                    "SELECT r.text, min(nullif(q.published, '')), nullif(max(q.published), ''), count(*)"
                    " FROM quotes q JOIN roles r ON r.id = q.role_id WHERE q.speaker_id = :id"
                    " GROUP BY r.id ORDER BY max(q.published) DESC, count(*) DESC, r.text"
                ),
                years=rows(
                    "SELECT nullif(substr(published, 1, 4), '') AS year, count(*) FROM quotes"
                    " WHERE speaker_id = :id GROUP BY year ORDER BY year NULLS FIRST"
                ),
                outlets=rows(
                    "SELECT outlet, count(*) FROM quotes WHERE speaker_id = :id"
                    " GROUP BY outlet ORDER BY count(*) DESC, outlet NULLS FIRST"
                ),
            )

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

    def suggest(self) -> list[Suggestion]:
        """Give speakers that may be one, likeliest first; who was parted by hand is not among them."""
        from quotes.archive.speakers import who_is_who

        with self.reading() as connection:
            apart = who_is_who.kept_apart(connection)
        return who_is_who.suggest(self.speakers(), apart)

    def history(self, *, limit: int = 20) -> list[Entry]:
        """Give what was changed by hand, last change first."""
        from quotes.archive.store import journal

        with self.reading() as connection:
            return journal.history(connection, limit=limit)

    def undo(self, entry_id: int | None = None) -> Entry:
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

    def find_said(self, asked: str, filters: Filters | None = None, *, limit: int = 10) -> list[Found]:
        """Give the quotes that say this, exactly, shortened or altered, closest first."""
        from quotes.archive.wordings import utterances

        with self.asking() as connection:
            return utterances.check(connection, asked, filters or Filters(), limit)

    def utterances(self, filters: Filters | None = None, *, limit: int = 20) -> list[Utterance]:
        """Give what was printed more than once, newest first, with all its appearances."""
        from quotes.archive.wordings import utterances

        with self.asking() as connection:
            return utterances.utterances(connection, filters or Filters(), limit)

    def utterance_of(self, quote_id: int) -> Utterance | None:
        """Give all appearances of what a quote says; ``None`` when it is the only one."""
        from quotes.archive.wordings import utterances

        with self.asking() as connection:
            return utterances.of_quote(connection, quote_id)

    def names_like(self, name: str, *, limit: int = 3) -> list[str]:
        """Give names of the archive that resemble one that isn't in it ("did you mean …")."""
        import difflib

        with self.asking() as connection:
            rows = list(ask(connection, "SELECT folded, name FROM speaker_aliases ORDER BY id"))
        names = {row.folded: row.name for row in rows}
        close = difflib.get_close_matches(name_key(name), names, n=limit, cutoff=0.7)
        return [names[folded] for folded in close]

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

    def quoted(
        self, filters: Filters | None = None, *, query: str | None = None, exact: bool = False
    ) -> Iterator[StoredArticle]:
        """Stream the articles that have quotes that match, each with these quotes alone."""
        from dataclasses import replace

        from quotes.archive.search import finding
        from quotes.archive.store.reading_rows import load_all

        with self.asking() as connection:
            found = finding.by_article(connection, query, filters or Filters(), exact=exact)
            while some := dict(islice(found, _TEXTS_AT_ONCE)):
                for stored in load_all(connection, list(some)):
                    ids = some[stored.id]
                    if len(ids) < len(stored.quotes):
                        matching = tuple(one for one in stored.quotes if one.id in ids)
                        stored = replace(stored, quotes=matching)
                    yield stored

    def checked(self, filters: Filters | None = None) -> Iterator[Checked]:
        """Stream the articles in which somebody has confirmed or corrected something, with all of that.

        The filters choose articles, by their quotes.
        """
        from quotes.archive.corrections import gold

        with self.asking() as connection:
            yield from gold.checked(connection, filters or Filters())

    def count_by(
        self,
        dimension: str,
        query: str | None = None,
        filters: Filters | None = None,
        *,
        limit: int | None = None,
    ) -> list[Count]:
        """Count quotes and words by ``counts.DIMENSIONS``, of all or of a search; most first."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return counts.count_by(connection, dimension, query, filters or Filters(), limit)

    def gender_shares(self, query: str | None = None, filters: Filters | None = None) -> list[Share]:
        """Give each gender's share of the quotes and words of persons, with intervals."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return counts.gender_shares(connection, query, filters or Filters())

    def facets(
        self, query: str | None = None, filters: Filters | None = None, *, limit: int = 10
    ) -> dict[str, list[Count]]:
        """Count a search by speaker, outlet, year and type."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return dict(counts.facets(connection, query, filters or Filters(), limit))

    def counts(self) -> dict[str, int]:
        """Give the number of articles, speakers and quotes."""
        with self.asking() as connection:
            row = next(
                ask(
                    connection,
                    "SELECT (SELECT count(*) FROM articles) AS articles,"
                    " (SELECT count(DISTINCT speaker_id) FROM quotes) AS speakers,"
                    " (SELECT count(*) FROM quotes) AS quotes",
                )
            )
            return {"articles": row.articles, "speakers": row.speakers, "quotes": row.quotes}

    def backup(self, target: str | Path) -> None:
        """Copy the archive to a new file, whole, also while it is being written to."""
        from quotes.archive.store.copying import backup

        backup(self, Path(target))

    def copy(self, target: str | Path) -> dict[str, int]:
        """Copy the archive to a new file or an empty database; give the number of rows by table."""
        from quotes.archive.store.copying import copy

        return copy(self, target)

    def check(self) -> list[str]:
        """Look for damage; give one sentence for each thing that is wrong, none for a sound archive.

        SQLite's own integrity, foreign keys, the index against its table, the offsets against the texts.
        """
        return self._store.check()
