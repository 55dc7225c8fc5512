"""The archive: one SQLite file, opened, written to and asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from quotes.archive import database
from quotes.archive.identity import name_key
from quotes.archive.rows import (
    Added,
    ArticleRow,
    Filters,
    Hits,
    QuoteRow,
    SpeakerRow,
    StoredArticle,
)
from quotes.errors import ArchiveError
from quotes.model import Extraction

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# How long (seconds) to wait for another program's lock.
TIMEOUT = 10.0

_SPEAKER_ORDER = {
    "count": "quotes DESC, s.name",
    "last": "last DESC, quotes DESC, s.name",
    "name": "s.name, s.id",
}
_SEPARATOR = "\x1f"


def open_archive(
    path: str | Path, *, create: bool = True, readonly: bool = False, timeout: float = TIMEOUT
) -> Archive:
    """Open an archive; a missing or empty file is made to the newest schema when ``create``.

    Raises ``SchemaError`` for an older or newer schema, ``ArchiveError`` for anything else that keeps
    the file from being opened; both say what to do. Use it as a context manager, or ``close()`` it.
    """
    path = Path(path)
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder: name a file with --db")
    missing = not path.exists()
    if missing and (readonly or not create):
        raise ArchiveError(
            f"there is no archive {path}: add an article first (`quotes add FILE`), or give --db"
        )
    with database.plain_errors(path):
        if missing:
            _make_file(path)
        revision = _revision(path, readonly=readonly, timeout=timeout)
        if revision is None and create and not readonly:
            database.migrate(path, timeout=timeout)
        else:
            database.require_current(path, revision)
        return Archive(path, database.make_engine(path, readonly=readonly, timeout=timeout))


def upgrade(path: str | Path, *, timeout: float = TIMEOUT) -> tuple[str | None, str]:
    """Bring an archive to the newest schema; give the revisions before and after."""
    path = Path(path)
    if not path.is_file():
        raise ArchiveError(f"there is no archive {path}: give another file with --db")
    with database.plain_errors(path):
        _revision(path, readonly=False, timeout=timeout)
        return database.migrate(path, timeout=timeout)


def _make_file(path: Path) -> None:
    try:
        path.touch()
    except OSError as error:
        raise ArchiveError(f"{path} can't be made ({error.strerror}): give another file with --db") from error


def _revision(path: Path, *, readonly: bool, timeout: float) -> str | None:
    if not os.access(path, os.R_OK):
        raise ArchiveError(f"{path} can't be read: permission denied")
    connection = database.connect(path, readonly=readonly, timeout=timeout)
    try:
        return database.checked_revision(path, connection)
    finally:
        connection.close()


class Archive:
    """An open archive. Reading methods see what was committed; each writing one is a transaction."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

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
        """Close the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which everything is seen as at one moment."""
        with database.plain_errors(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a write transaction: committed at the end, undone by an exception."""
        with database.plain_errors(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                yield connection

    def add(self, extraction: Extraction, *, extractor_version: str) -> Added:
        """Store an article with what was found in it, in one transaction.

        The same text again (line ends and surrounding white space apart) changes nothing.
        """
        from quotes.archive import store

        with self.writing() as connection:
            return store.add(connection, extraction, extractor_version)

    def article(self, article_id: int) -> StoredArticle:
        """Give one article with its quotes."""
        from quotes.archive import store

        with self.reading() as connection:
            found = store.load(connection, article_id) if abs(article_id) < 2**63 else None
        if found is None:
            raise ArchiveError(f"there is no article {article_id}: `quotes articles` lists them")
        return found

    def articles(self, *, limit: int | None = None) -> Iterator[ArticleRow]:
        """Give the articles in the order in which they were added, with their number of quotes."""
        from sqlalchemy import text

        sql = """SELECT a.id, a.title, a.outlet, a.published, a.url, a.source, a.added_at,
 (SELECT count(*) FROM quotes q WHERE q.article_id = a.id) AS quotes
 FROM articles a ORDER BY a.id LIMIT :limit"""
        with self.reading() as connection:
            result = connection.execution_options(yield_per=1_000).execute(
                text(sql), {"limit": -1 if limit is None else limit}
            )
            for row in result:
                yield ArticleRow(*row)

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
        """Give the speakers; ``sort`` is ``count``, ``last`` (heard last first) or ``name``.

        ``name`` is one of their names or some whole words of it, folded. ``gender`` may be ``unknown``.
        """
        from sqlalchemy import text

        from quotes.archive.search import Conditions, speaker_condition

        if sort not in _SPEAKER_ORDER:
            raise ArchiveError(f"can't sort by {sort!r}: use {', '.join(_SPEAKER_ORDER)}")
        found = Conditions()
        with self.reading() as connection:
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
            sql = f"""WITH counted AS (
 SELECT speaker_id, count(*) AS quotes, min(nullif(published, '')) AS first, max(published) AS last
 FROM quotes WHERE speaker_id IS NOT NULL GROUP BY speaker_id)
 SELECT s.id, s.name, s.type, s.gender, s.incomplete, coalesce(c.quotes, 0) AS quotes, c.first,
 nullif(c.last, '') AS last,
 (SELECT group_concat(text, :separator) FROM (SELECT r.text FROM quotes q JOIN roles r ON r.id = q.role_id
  WHERE q.speaker_id = s.id GROUP BY r.id ORDER BY count(*) DESC, min(q.id))) AS roles,
 (SELECT group_concat(name, :separator) FROM (SELECT DISTINCT name FROM speaker_aliases l
  WHERE l.speaker_id = s.id AND l.name != s.name ORDER BY name)) AS aliases
 FROM speakers s LEFT JOIN counted c ON c.speaker_id = s.id {found.where()}
 ORDER BY {_SPEAKER_ORDER[sort]} LIMIT :limit"""
            parameters = {
                **found.parameters,
                "separator": _SEPARATOR,
                "limit": -1 if limit is None else limit,
            }
            result = connection.execution_options(yield_per=1_000).execute(text(sql), parameters)
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

    def names_like(self, name: str, *, limit: int = 3) -> list[str]:
        """Give names of the archive that resemble one that isn't in it ("did you mean …")."""
        import difflib

        from sqlalchemy import text

        with self.reading() as connection:
            rows = connection.execute(text("SELECT folded, name FROM speaker_aliases ORDER BY id")).all()
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
        """Find quotes by the search language (see ``quotes.archive.query``) and filters.

        ``sort`` is ``best`` (exact words before stems) or ``date`` (newest first); without words to
        look for it is by date. ``after`` is ``next`` of the page before.
        """
        from quotes.archive import search

        if sort not in ("best", "date"):
            raise ArchiveError(f"can't sort by {sort!r}: use best, date")
        with self.reading() as connection:
            return search.search(
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
        from quotes.archive import search

        with self.reading() as connection:
            yield from search.stream(connection, query, filters or Filters(), exact=exact)

    def counts(self) -> dict[str, int]:
        """Give the number of articles, speakers and quotes."""
        from sqlalchemy import text

        with self.reading() as connection:
            return {
                table: int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
                for table in ("articles", "speakers", "quotes")
            }

    def check(self) -> list[str]:
        """Look for damage; give one sentence for each thing that is wrong, none for a sound archive.

        SQLite's own integrity, foreign keys, the index against its table, the offsets against the texts.
        """
        from sqlalchemy.exc import DBAPIError

        wrong: list[str] = []
        with database.plain_errors(self.path), self._engine.connect() as connection:

            def ask(sql: str) -> list[Any]:
                return list(connection.exec_driver_sql(sql))

            wrong += [f"SQLite: {row[0]}" for row in ask("PRAGMA integrity_check") if row[0] != "ok"]
            wrong += [
                f"row {row[1]} of {row[0]} points to nothing in {row[2]}"
                for row in ask("PRAGMA foreign_key_check")
            ]
            missing = ask("SELECT count(*) FROM quotes WHERE id NOT IN (SELECT quote_id FROM quote_terms)")[
                0
            ][0]
            if missing:
                wrong.append(f"{missing} quotes can't be found by their words")
            for row in ask(
                """SELECT q.id FROM quotes q JOIN articles a ON a.id = q.article_id
 WHERE q."end" > length(a.text) AND instr(a.text, char(0)) = 0"""
            ):
                wrong.append(f"quote {row[0]} ends beyond its article")
            for row in ask(
                """SELECT q.id FROM quotes q JOIN articles a ON a.id = q.article_id WHERE q.incises = '[]'
 AND instr(a.text, char(0)) = 0 AND q.kind != 'indirect'
 AND replace(substr(a.text, q.start + 1, q."end" - q.start), ' ', '') != replace(q.text, ' ', '')"""
            ):
                wrong.append(f"quote {row[0]} is not what its article has at that place")
        try:
            with self.writing() as connection:
                connection.exec_driver_sql(
                    "INSERT INTO quote_fts(quote_fts, rank) VALUES ('integrity-check', 1)"
                )
        except ArchiveError as error:
            if not isinstance(error.__cause__, DBAPIError) or "malformed" not in str(error.__cause__):
                raise
            wrong.append("the full-text index doesn't fit the quotes")
        return wrong
