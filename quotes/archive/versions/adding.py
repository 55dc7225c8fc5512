"""The same article twice: a copy, a newer or an earlier version of one that the archive has, or a new one.

- The same body (see ``bodies``) is the same article, wherever it was found: a copy is a line that says
  where. Of copies the article's row shows the one with most quotes, of these the one published first.
- A near-duplicate is another version of the same article when it has the same address, or the same
  outlet, or one isn't known and the title is the same. The later published one is the article; where
  the dates don't tell, the one that came last. The other one is kept.
- A near-duplicate of another outlet (an agency's text) is an article of its own, linked to this one.

Nothing is compared with everything: bodies are found by their hash, near-duplicates through the numbers
of their sketches.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from quotes.archive.articles import edits, storing
from quotes.archive.articles.bodies import Body, content_hash
from quotes.archive.articles.preparing import PreparedArticle
from quotes.archive.corrections import corrections, overlay
from quotes.archive.store import clock
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.schema import (
    ArticleRecord,
    BodyRecord,
    CopyRecord,
    RevisionRecord,
    table_of,
)
from quotes.archive.values import Added, What
from quotes.archive.versions.forms import find
from quotes.archive.versions.merging import Row, merged
from quotes.archive.versions.resembling import FEWEST_SHARED, NEAR, Near, address, forget, near_to, remember
from quotes.model import Article, Extraction

_ARTICLES = table_of(ArticleRecord)
_BODIES = table_of(BodyRecord)
_COPIES = table_of(CopyRecord)
_REVISIONS = table_of(RevisionRecord)
_SAME_BODY = text(
    "SELECT article_id, 0 AS revision_id FROM article_bodies WHERE body_hash = :hash"
    " UNION ALL SELECT article_id, id FROM article_revisions WHERE body_hash = :hash"
    " ORDER BY 2, 1"
)
_HELD_HASHES = (
    "SELECT h.value FROM ({hashes}) AS h"
    " WHERE EXISTS (SELECT 1 FROM articles WHERE content_hash = h.value)"
    " OR EXISTS (SELECT 1 FROM article_copies WHERE content_hash = h.value)"
    " OR EXISTS (SELECT 1 FROM article_revisions WHERE content_hash = h.value)"
    " OR EXISTS (SELECT 1 FROM article_bodies WHERE body_hash = h.value)"
    " OR EXISTS (SELECT 1 FROM article_revisions WHERE body_hash = h.value)"
)
_HELD_NUMBERS = (
    "SELECT n.value FROM ({numbers}) AS n WHERE EXISTS (SELECT 1 FROM article_sketches WHERE hash = n.value)"
)
# Far enough that no quote of any text stands there.
_ASIDE = 1_000_000_000


def add_all(
    connection: Connection, articles: Sequence[PreparedArticle], extractor_version: str
) -> list[Added]:
    """Store articles, or what they are to one that is there: a copy, a newer or an earlier version.

    It is as if they came one after the other; new ones are stored together.
    """
    found: list[Added | None] = []
    new = _New()
    unheard = _Unheard(connection, articles)

    def store_new() -> None:
        """Store those that wait: before one that may be like them, and before anything takes a number."""
        nonlocal new
        _fill(found, new.store(connection, extractor_version))
        new = _New()

    for article in articles:
        if new.may_have(article):
            store_new()
        known: Added | list[Near] = []
        if not unheard.take(article):
            known = _recognised(connection, article, extractor_version, store_new)
        if isinstance(known, Added):
            found.append(known)
        else:
            found.append(None)
            new.append(article, known)
    store_new()
    return [one for one in found if one is not None]


def _fill(found: list[Added | None], stored: Iterable[Added]) -> None:
    """Put what was stored where nothing was known."""
    waiting = iter(stored)
    found[:] = [one or next(waiting) for one in found]


class _Unheard:
    """Which of several articles are surely neither known nor like one that is: asked for all at once.

    What it isn't sure of is looked up by itself.
    """

    def __init__(self, connection: Connection, articles: Sequence[PreparedArticle]) -> None:
        dialect = dialect_of(connection)
        hashes = {digest for one in articles for digest in (one.content_hash, one.body.hash)}
        numbers = {number for one in articles for number in one.body.sketch}
        held = text(_HELD_HASHES.format(hashes=dialect.texts("hashes")))
        self._hashes = set(connection.execute(held, {"hashes": json.dumps(sorted(hashes))}).scalars())
        held = text(_HELD_NUMBERS.format(numbers=dialect.numbers("numbers")))
        self._numbers = set(connection.execute(held, {"numbers": json.dumps(sorted(numbers))}).scalars())

    def take(self, article: PreparedArticle) -> bool:
        """Tell whether nothing like it was there before; from now on it is."""
        hashes = {article.content_hash, article.body.hash}
        # At the same address one shared number makes a candidate.
        enough = 1 if article.url is not None else FEWEST_SHARED
        shared = sum(number in self._numbers for number in article.body.sketch)
        unheard = shared < enough and self._hashes.isdisjoint(hashes)
        self._hashes |= hashes
        self._numbers.update(article.body.sketch)
        return unheard


class _New:
    """Articles that the archive hasn't in any form, to be stored together."""

    def __init__(self) -> None:
        self._articles: list[PreparedArticle] = []
        self._near: list[list[Near]] = []
        self._known: set[str] = set()
        self._numbers: set[int] = set()

    def append(self, article: PreparedArticle, near: list[Near]) -> None:
        self._articles.append(article)
        self._near.append(near)
        self._known |= self._marks(article)
        self._numbers.update(article.body.sketch)

    @staticmethod
    def _marks(article: PreparedArticle) -> set[str]:
        """What nothing but the same article has."""
        marks = {article.content_hash, article.body.hash}
        return marks | {address(article.url)} if article.url else marks

    def may_have(self, article: PreparedArticle) -> bool:
        """Tell whether one of them may be the same article, or like it."""
        if not self._known.isdisjoint(self._marks(article)):
            return True
        return sum(number in self._numbers for number in article.body.sketch) >= FEWEST_SHARED

    def store(self, connection: Connection, extractor_version: str) -> list[Added]:
        if not self._articles:
            return []
        stored = storing.add_all(connection, self._articles, extractor_version)
        remember(
            connection,
            [
                (added.article_id, article.body, near)
                for added, article, near in zip(stored, self._articles, self._near, strict=True)
            ],
        )
        return [
            replace(added, what=What.NEW, like=_like(near))
            for added, near in zip(stored, self._near, strict=True)
        ]


def _like(near: Iterable[Near]) -> tuple[int, ...]:
    return tuple(sorted(one.article_id for one in near if one.resemblance >= NEAR))


def _recognised(
    connection: Connection, prepared: PreparedArticle, extractor_version: str, store_new: Callable[[], None]
) -> Added | list[Near]:
    """Note what an article is to one that is there; for a new one, give those that it resembles.

    ``store_new`` stores the articles before it that wait: numbers are given in the order of the call,
    however many articles came at once.
    """
    extraction = prepared.extraction
    article = extraction.article
    body = prepared.body
    known = find(connection, content_hash(article.text), article.source)
    if known is not None:
        return _added(connection, known, What.KNOWN)
    same = connection.execute(_SAME_BODY, {"hash": body.hash}).first()
    if same is not None and not same.revision_id:
        present = _row(connection, same.article_id)
        shown = _added(connection, same.article_id, What.COPY)
        if _order(_incoming(article), len(extraction.quotes)) < _order(present, shown.quotes):
            store_new()
            return _replace(connection, present, extraction, extractor_version, body, What.COPY)
        _keep_copy(connection, same.article_id, _incoming(article))
        _learn(connection, present, _incoming(article), same_body=True)
        return shown
    if same is not None:
        of_revision = _REVISIONS.c.id == same.revision_id
        earlier = connection.execute(select(_REVISIONS).where(of_revision)).one()._asdict()
        incoming = _incoming(article)
        if _order(incoming) < _order(earlier):
            connection.execute(update(_REVISIONS).where(of_revision).values(incoming))
            incoming = earlier
        _keep_copy(connection, same.article_id, incoming)
        return _added(connection, same.article_id, What.COPY)
    near = near_to(connection, article, body, article.url)
    for one in near:
        if one.is_version_of(article):
            present = _row(connection, one.article_id)
            if _is_older(article.published, present["published"]):
                kept = {"article_id": one.article_id, "body_hash": body.hash, "added_at": clock.now()}
                connection.execute(insert(_REVISIONS), _incoming(article) | kept)
                _learn(connection, present, _incoming(article), same_body=False)
                return _added(connection, one.article_id, What.EARLIER)
            store_new()
            return _replace(connection, present, extraction, extractor_version, body, What.REVISION)
    return near


def _learn(connection: Connection, present: Row, other: Row, *, same_body: bool) -> None:
    """Let an article's row know what another form of it knows."""
    known, origins = merged(present, other, same_body=same_body)
    if origins != (present.get(edits.ORIGINS) or {}):
        edits.state(connection, present["id"], known, origins)


def _keep_copy(connection: Connection, article_id: int, row: Mapping[str, Any]) -> None:
    kept = {name: row[name] for name in ("content_hash", "title", "outlet", "published", "url", "source")}
    connection.execute(insert(_COPIES), {**kept, "article_id": article_id, "added_at": clock.now()})


def _added(connection: Connection, article_id: int, what: What, lost: tuple[str, ...] = ()) -> Added:
    quotes = text("SELECT count(*) FROM quotes WHERE article_id = :id")
    number: int = connection.execute(quotes, {"id": article_id}).scalar_one()
    return Added(article_id, new=False, quotes=number, what=what, lost=lost)


def _incoming(article: Article) -> dict[str, Any]:
    """The columns of an article that comes in."""
    return {
        "content_hash": content_hash(article.text),
        "text": article.text,
        "title": article.title,
        "authors": list(article.authors),
        "translators": list(article.translators),
        "outlet": article.outlet,
        "published": article.published,
        "section": article.section,
        "url": article.url,
        "source": article.source,
        "zones": [[zone.kind.value, zone.start, zone.end] for zone in article.zones],
    }


def _row(connection: Connection, article_id: int) -> dict[str, Any]:
    """The article's row as its source states it, without what people have edited."""
    row = connection.execute(select(_ARTICLES).where(_ARTICLES.c.id == article_id)).one()._asdict()
    return row | (row["stated"] or {})


def _order(row: Mapping[str, Any], quotes: int = 0) -> tuple[int, bool, str, str, str]:
    """Tell copies apart: the first is shown.

    That is the one with most quotes (another may have lost a caption, or have a word added at its foot);
    then the one published first; otherwise any, but always the same.
    """
    published = row["published"]
    return (-quotes, published is None, published or "", row["content_hash"], row["source"] or "")


def _is_older(one: str | None, other: str | None) -> bool:
    """Tell whether a date is before another one, as far as both say."""
    if one is None or other is None:
        return False
    length = min(len(one), len(other), 19)
    return one[:length] < other[:length]


def _replace(
    connection: Connection,
    present: Mapping[str, Any],
    extraction: Extraction,
    extractor_version: str,
    body: Body,
    what: What,
) -> Added:
    """Put this in the place of an article's present form, which is kept as a copy or an earlier version.

    Corrections and edits are laid over it; quotes that are in both keep their numbers.
    """
    article_id: int = present["id"]
    incoming = _incoming(extraction.article)
    if what is What.COPY:
        _keep_copy(connection, article_id, present)
    else:
        of_body = select(_BODIES.c.body_hash).where(_BODIES.c.article_id == article_id)
        kept = {name: present[name] for name in (*incoming, "added_at")}
        kept["body_hash"] = connection.execute(of_body).scalar_one()
        connection.execute(insert(_REVISIONS), kept | {"article_id": article_id})
    # A copy that was a line until now is the article's row from now on.
    connection.execute(
        delete(_COPIES).where(
            _COPIES.c.article_id == article_id,
            _COPIES.c.content_hash == incoming["content_hash"],
            _COPIES.c.source == incoming["source"],
        )
    )
    said = corrections.of_article(connection, article_id)
    connection.execute(
        update(_ARTICLES)
        .where(_ARTICLES.c.id == article_id)
        .values({**incoming, "extractor_version": extractor_version})
    )
    known, origins = merged(incoming, present, same_body=what is What.COPY)
    result, lost = overlay.lay_over(extraction, said)
    _move_quotes(connection, article_id, result)
    storing.replace_found(connection, article_id, result)
    if said:
        corrections.keep_found(connection, article_id, extraction)
        corrections.note_lost(connection, said, lost)
    edits.state(connection, article_id, known, origins)
    forget(connection, article_id)
    near = near_to(connection, extraction.article, body, None, besides=article_id)
    remember(connection, [(article_id, body, near)])
    return _added(connection, article_id, what, tuple(one.exact for one in lost))


def _move_quotes(connection: Connection, article_id: int, extraction: Extraction) -> None:
    """Move the quotes whose words are in the new text to where they stand now."""
    places: dict[str, list[tuple[int, int]]] = {}
    for quote in extraction.quotes:
        places.setdefault(quote.text, []).append((quote.start, quote.end))
    of_article = {"article_id": article_id}
    rows = connection.execute(
        text("SELECT id, text FROM quotes WHERE article_id = :article_id ORDER BY start, id"), of_article
    ).all()
    # Two quotes may not stand at one place, not even in between.
    aside = text(
        f'UPDATE quotes SET start = start + {_ASIDE}, "end" = "end" + {_ASIDE} WHERE article_id = :article_id'
    )
    connection.execute(aside, of_article)
    move = text('UPDATE quotes SET start = :start, "end" = :stop WHERE id = :id')
    for row in rows:
        if there := places.get(row.text):
            start, end = there.pop(0)
            connection.execute(move, {"start": start, "stop": end, "id": row.id})
