"""Making anew what is told by something else: names as they are found, terms, sketches, what quotes repeat.

What is told nowhere else (a text, a speaker's type, a correction) is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from quotes.archive.articles.bodies import Body, body_of_text
from quotes.archive.search.terms import index_columns
from quotes.archive.speakers import genders
from quotes.archive.speakers.names import fold_name, name_key
from quotes.archive.speakers.resolving import add_alias
from quotes.archive.store.asking import ask, from_json
from quotes.archive.store.dialects import SQLITE, dialect_of
from quotes.archive.store.schema import Base
from quotes.archive.store.sqlite import rebuild_index
from quotes.archive.store.writing_rows import insert_rows
from quotes.archive.wordings import linking
from quotes.errors import ArchiveError
from quotes.model import Zone, ZoneKind

_AT_ONCE = 500
_UNNAMED = """SELECT * FROM speakers s
 WHERE NOT EXISTS (SELECT 1 FROM speaker_aliases l WHERE l.speaker_id = s.id) ORDER BY s.id"""
_TAKEN = """SELECT 1 FROM speaker_aliases WHERE folded = :folded AND type = :type AND
 (article_id = :article_id OR (article_id IS NULL AND CAST(:article_id AS integer) IS NULL))"""
_FOLLOW = (
    "UPDATE quotes SET speaker_id = (SELECT l.speaker_id FROM speaker_aliases l WHERE l.id = quotes.alias_id)"
    " WHERE alias_id IS NOT NULL AND speaker_id IS NOT NULL AND speaker_id !="
    " (SELECT l.speaker_id FROM speaker_aliases l WHERE l.id = quotes.alias_id)"
)
_OF_SPEAKER = """UPDATE quotes SET
 speaker_type = (SELECT s.type FROM speakers s WHERE s.id = quotes.speaker_id),
 gender = (SELECT s.gender FROM speakers s WHERE s.id = quotes.speaker_id)
 WHERE coalesce(speaker_type, '') !=
 coalesce((SELECT s.type FROM speakers s WHERE s.id = quotes.speaker_id), '')
 OR coalesce(gender, '') != coalesce((SELECT s.gender FROM speakers s WHERE s.id = quotes.speaker_id), '')"""
_OF_ARTICLE = """UPDATE quotes SET
 outlet = (SELECT a.outlet FROM articles a WHERE a.id = quotes.article_id),
 published = (SELECT coalesce(a.published, '') FROM articles a WHERE a.id = quotes.article_id)
 WHERE coalesce(outlet, '') != coalesce((SELECT a.outlet FROM articles a WHERE a.id = quotes.article_id), '')
 OR published != (SELECT coalesce(a.published, '') FROM articles a WHERE a.id = quotes.article_id)"""
_OTHER_GENDER = """SELECT s.id FROM speakers s
 JOIN (SELECT speaker_id, min(told_gender) AS least, max(told_gender) AS most FROM quotes GROUP BY speaker_id)
 AS told ON told.speaker_id = s.id WHERE coalesce(s.gender, '') != coalesce(least, '')
 AND coalesce(s.gender, '') != coalesce(most, '') ORDER BY s.id"""
_NUMBERS_TWICE = "DELETE FROM gone_quotes WHERE id IN (SELECT id FROM quotes)"
_TERMS = """SELECT q.id, q.text, q.words, t.exact, t.stems FROM quotes q
 LEFT JOIN quote_terms t ON t.quote_id = q.id ORDER BY q.id"""


def repair(connection: Connection) -> Iterator[str]:
    """Make anew what can be derived, in the caller's transaction; say of each sort how many were wrong."""
    for said, mended in _STEPS:
        if count := mended(connection):
            yield said.format(count)


def _folded(table: str, name: str, fold: Callable[[str], str]) -> Callable[[Connection], int]:
    def mend(connection: Connection) -> int:
        rows = connection.execute(text(f"SELECT id, {name} AS written, folded FROM {table}")).all()
        wrong = [
            {"id": row.id, "folded": fold(row.written)}
            for row in rows
            if isinstance(row.written, str) and row.folded != fold(row.written)
        ]
        if table == "speaker_aliases":
            wrong = [one for one in wrong if not _name_is_taken(connection, one)]
        if wrong:
            connection.execute(text(f"UPDATE {table} SET folded = :folded WHERE id = :id"), wrong)
        return len(wrong)

    return mend


def _name_is_taken(connection: Connection, name: dict[str, Any]) -> bool:
    """Tell whether two names would be one: who is whose can't be told then."""
    other = text(
        "SELECT 1 FROM speaker_aliases l JOIN speaker_aliases o ON o.id != l.id AND o.type = l.type"
        " AND o.folded = :folded AND coalesce(o.article_id, 0) = coalesce(l.article_id, 0) WHERE l.id = :id"
    )
    return connection.execute(other, name).first() is not None


def _name_the_unnamed(connection: Connection) -> int:
    count = 0
    for row in connection.execute(text(_UNNAMED)).all():
        folded = name_key(row.name) if isinstance(row.name, str) else ""
        held = {"folded": folded, "type": row.type, "article_id": row.article_id}
        if folded and connection.execute(text(_TAKEN), held).first() is None:
            add_alias(connection, row.id, row.name, row.type, row.article_id)
            count += 1
    return count


def _genders(connection: Connection) -> int:
    ids = connection.execute(text(_OTHER_GENDER)).scalars().all()
    genders.settle(connection, ids)
    return len(ids)


def _name_words(connection: Connection) -> int:
    """Let the triggers write the words of names again where they aren't those of the name."""
    joined = dialect_of(connection).joined
    listed = text(
        f"SELECT l.id, l.folded, (SELECT {joined}(n.word, ' ') FROM name_words n WHERE n.alias_id = l.id)"
        " AS listed FROM speaker_aliases l"
    )
    wrong = [
        {"id": row.id}
        for row in connection.execute(listed)
        if set((row.listed or "").split()) != set(row.folded.split())
    ]
    if wrong:
        connection.execute(text("UPDATE speaker_aliases SET folded = folded WHERE id = :id"), wrong)
    return len(wrong)


def _statement(sql: str) -> Callable[[Connection], int]:
    return lambda connection: connection.execute(text(sql)).rowcount


def _terms(connection: Connection) -> int:
    """Write the terms and the numbers of words of quotes again that have others."""
    rows = iter(connection.execute(text(_TERMS)).all())
    count = 0
    while some := list(islice(rows, _AT_ONCE)):
        terms: list[tuple[int, str, str]] = []
        words: list[dict[str, int]] = []
        for row in some:
            if not isinstance(row.text, str):
                continue
            exact, stems = index_columns(row.text)
            if (row.exact, row.stems) != (exact, stems):
                terms.append((row.id, exact, stems))
            if row.words != (number := exact.count(" ") + 1 if exact else 0):
                words.append({"id": row.id, "words": number})
        _rewrite(connection, terms)
        if words:
            connection.execute(text("UPDATE quotes SET words = :words WHERE id = :id"), words)
        count += len({one[0] for one in terms} | {one["id"] for one in words})
    return count


def _rewrite(connection: Connection, terms: Sequence[tuple[int, str, str]]) -> None:
    if terms:
        ids = [{"id": one[0]} for one in terms]
        connection.execute(text("DELETE FROM quote_terms WHERE quote_id = :id"), ids)
        insert_rows(connection, "quote_terms", ("quote_id", "exact", "stems"), terms)


def _index(connection: Connection) -> int:
    """Make the full-text index anew; PostgreSQL derives its own from the terms."""
    return rebuild_index(connection) if dialect_of(connection) is SQLITE else 0


def _quote_sketches(connection: Connection) -> int:
    every = "SELECT hash, quote_id FROM quote_sketches"
    before = set(map(tuple, connection.execute(text(every)).all()))
    linking.sketch_everything(connection)
    after = set(map(tuple, connection.execute(text(every)).all()))
    return len({quote_id for _, quote_id in before ^ after})


def _bodies(connection: Connection) -> int:
    count = 0
    ids = connection.execute(text("SELECT id FROM articles ORDER BY id")).scalars().all()
    for article_id in ids:
        of_article = {"id": article_id}
        row = connection.execute(text("SELECT text, zones FROM articles WHERE id = :id"), of_article).one()
        body = _body(row)
        if body is None:
            continue
        kept = text("SELECT body_hash FROM article_bodies WHERE article_id = :id")
        numbers = text("SELECT hash FROM article_sketches WHERE article_id = :id")
        if connection.execute(kept, of_article).scalar() == body.hash and set(
            connection.execute(numbers, of_article).scalars()
        ) == set(body.sketch):
            continue
        for table in ("article_bodies", "article_sketches"):
            connection.execute(text(f"DELETE FROM {table} WHERE article_id = :id"), of_article)
        insert_rows(connection, "article_bodies", ("article_id", "body_hash"), [(article_id, body.hash)])
        sketches = [(number, article_id) for number in sorted(body.sketch)]
        insert_rows(connection, "article_sketches", ("hash", "article_id"), sketches)
        count += 1
    loose = "DELETE FROM article_sketches WHERE article_id NOT IN (SELECT id FROM articles)"
    return count + connection.execute(text(loose)).rowcount


def _revisions(connection: Connection) -> int:
    rows = connection.execute(text("SELECT id, text, zones, body_hash FROM article_revisions")).all()
    found = [
        {"id": row.id, "hash": body.hash}
        for row in rows
        if (body := _body(row)) is not None and body.hash != row.body_hash
    ]
    if found:
        connection.execute(text("UPDATE article_revisions SET body_hash = :hash WHERE id = :id"), found)
    return len(found)


def _body(row: Any) -> Body | None:
    """Give the body of a text; ``None`` where its zones can't be read."""
    try:
        zones = [Zone(ZoneKind(kind), start, end) for kind, start, end in from_json(row.zones)]
        return body_of_text(row.text, zones)
    except (ArchiveError, AttributeError, TypeError, ValueError):
        return None


def _last_numbers(connection: Connection) -> int:
    """Let the rows to come have higher numbers than those that are there."""
    count = 0
    for table in Base.metadata.sorted_tables:
        if "id" not in table.c or not table.dialect_options["sqlite"]["autoincrement"]:
            continue
        highest = next(ask(connection, f"SELECT max(id) FROM {table.name}"))[0] or 0
        if dialect_of(connection) is SQLITE:
            lower = text("UPDATE sqlite_sequence SET seq = :highest WHERE name = :name AND seq < :highest")
            count += connection.execute(lower, {"highest": highest, "name": table.name}).rowcount
    return count


_STEPS: Sequence[tuple[str, Callable[[Connection], int]]] = (
    ("{} names can be found as they are written", _folded("speaker_aliases", "name", name_key)),
    ("{} roles can be found as they are written", _folded("roles", "text", fold_name)),
    ("{} speakers have a name that leads to them", _name_the_unnamed),
    ("{} names can be found by their words", _name_words),
    ("{} quotes are of the speaker to whom their name leads", _statement(_FOLLOW)),
    ("{} speakers have the gender that their quotes tell", _genders),
    ("{} quotes have the type and gender of their speaker", _statement(_OF_SPEAKER)),
    ("{} quotes have the outlet and date of their article", _statement(_OF_ARTICLE)),
    ("{} quotes have the terms and the number of their words", _terms),
    (
        "{} terms were of no quote",
        _statement("DELETE FROM quote_terms WHERE quote_id NOT IN (SELECT id FROM quotes)"),
    ),
    ("the full-text index was made anew", _index),
    ("{} quotes have the sketch of their words", _quote_sketches),
    ("{} articles can be known again by their body", _bodies),
    ("{} earlier versions can be known again by their body", _revisions),
    ("{} numbers of quotes that went away were given twice", _statement(_NUMBERS_TWICE)),
    ("{} tables give higher numbers than those that are there", _last_numbers),
)
