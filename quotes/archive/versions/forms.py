"""What the archive knows of an article's other forms: where else it was found, what it was before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quotes.archive.store.asking import Reader, ask, from_json
from quotes.archive.store.dialects import EVERYTHING
from quotes.archive.store.reading_rows import article_of, names_in
from quotes.archive.values import ArticleRow, Version, Versions
from quotes.model import Article, Zone, ZoneKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

_HOLDERS = (
    "SELECT id AS article_id, source FROM articles WHERE content_hash = :digest"
    " UNION ALL SELECT article_id, source FROM article_copies WHERE content_hash = :digest"
    " UNION ALL SELECT article_id, source FROM article_revisions WHERE content_hash = :digest"
)
# The order in which versions came isn't that in which they were published.
_VERSIONS = (
    "SELECT title, outlet, published, url, source, added_at FROM {table} WHERE article_id = :id"
    " ORDER BY published IS NULL, published, id"
)
_REVISION = (
    "SELECT * FROM article_revisions WHERE article_id = :id"
    " ORDER BY published IS NULL, published, id LIMIT 1 OFFSET :skipped"
)


_LISTED = """SELECT a.id, a.title, a.outlet, a.published, a.url, a.source, a.added_at,
 (SELECT count(*) FROM quotes q WHERE q.article_id = a.id) AS quotes, a.authors, a.translators, a.section,
 (SELECT count(*) FROM article_copies c WHERE c.article_id = a.id) AS copies,
 (SELECT count(*) FROM article_revisions r WHERE r.article_id = a.id) AS revisions
 FROM articles a ORDER BY a.id LIMIT :limit"""


def articles(connection: Reader | Connection, limit: int | None) -> Iterator[ArticleRow]:
    """Give the articles in the order in which they were added, with their number of quotes and forms."""
    alike = like(connection)
    for row in ask(connection, _LISTED, {"limit": EVERYTHING if limit is None else limit}):
        yield _listed(row, tuple(sorted(alike.get(row.id, ()))))


def latest(connection: Reader | Connection, limit: int) -> list[ArticleRow]:
    """Give the articles that were added last, the last one first; without those that are like them."""
    rows = ask(connection, _LISTED.replace("ORDER BY a.id", "ORDER BY a.id DESC"), {"limit": limit})
    return [_listed(row) for row in rows]


def _listed(row: Any, like: tuple[int, ...] = ()) -> ArticleRow:
    values = row._asdict()
    for names in ("authors", "translators"):
        values[names] = names_in(values[names])
    return ArticleRow(**values, like=like)


def find(connection: Reader | Connection, digest: str, source: str | None) -> int | None:
    """Give the article that was found with this text (by its hash) at this place, in whatever form."""
    for row in ask(connection, _HOLDERS, {"digest": digest}):
        if same_place(row.source, source):
            return int(row.article_id)
    return None


def same_place(one: str | None, other: str | None) -> bool:
    """Tell whether two sources are one file, perhaps named from two folders ("a.txt", "/home/ida/a.txt")."""
    shorter, longer = sorted(((one or "").removeprefix("./"), (other or "").removeprefix("./")), key=len)
    return shorter == longer or (shorter != "" and longer.endswith(f"/{shorter}"))


def zones_of(value: Any) -> list[Zone]:
    """Read zones as a row has them."""
    return [Zone(ZoneKind(kind), start, end) for kind, start, end in from_json(value)]


def like(connection: Reader | Connection) -> dict[int, set[int]]:
    """Give for each article those that are near-identical to it; articles without any are left out."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in ask(connection, "SELECT article_id, other_id FROM article_likenesses"):
        found[row.article_id].add(row.other_id)
        found[row.other_id].add(row.article_id)
    return found


def versions(connection: Reader | Connection, article_id: int) -> Versions:
    """Give the other forms of an article, and the articles like it."""
    asked = {"id": article_id}
    copies = ask(connection, _VERSIONS.format(table="article_copies"), asked)
    revisions = ask(connection, _VERSIONS.format(table="article_revisions"), asked)
    like = ask(
        connection,
        "SELECT CASE WHEN article_id = :id THEN other_id ELSE article_id END AS other, likeness"
        " FROM article_likenesses WHERE article_id = :id OR other_id = :id ORDER BY 2 DESC, 1",
        asked,
    )
    stated = next(ask(connection, "SELECT stated FROM articles WHERE id = :id", asked), None)
    known = from_json(stated.stated) if stated and stated.stated else {}
    return Versions(
        tuple(Version(None, *row) for row in copies),
        tuple(Version(number, *row) for number, row in enumerate(revisions, 1)),
        tuple((row.other, row.likeness) for row in like),
        known.get("origins") or {},
    )


def revision(connection: Reader | Connection, article_id: int, number: int) -> Article | None:
    """Give an earlier version of an article by its number, counted from 1."""
    rows = ask(connection, _REVISION, {"id": article_id, "skipped": number - 1})
    row = next(rows, None)
    if row is None:
        return None
    return article_of(row)
