"""Quotes into rows: an article with its speakers, roles, quotes and terms, in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, text

from quotes.archive.articles.preparing import ARTICLE_COLUMNS, QUOTE_COLUMNS, PreparedArticle, prepare
from quotes.archive.speakers import genders
from quotes.archive.speakers.names import fold_name
from quotes.archive.speakers.resolving import resolve
from quotes.archive.store import clock
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.writing_rows import insert_rows
from quotes.archive.values import Added
from quotes.archive.wordings import linking
from quotes.model import Extraction

_FIND_ARTICLES = (
    "SELECT id, content_hash, (SELECT count(*) FROM quotes WHERE article_id = articles.id) AS quotes"
    " FROM articles WHERE content_hash IN ({digests})"
)
_FIND_ROLES = "SELECT id, text FROM roles WHERE text IN ({wordings})"
_LAST_ARTICLE = text("SELECT max(id) FROM articles")
_LAST_QUOTE = text(
    "SELECT max(id) FROM (SELECT max(id) AS id FROM quotes UNION ALL SELECT max(id) FROM gone_quotes) AS last"
)
_OF_ARTICLE = "quote_id IN (SELECT id FROM quotes WHERE article_id = :article_id)"
# FTS5 is told what it had, or it keeps finding it.
_UNINDEX = text(
    "INSERT INTO quote_fts(quote_fts, rowid, exact, stems)"
    f" SELECT 'delete', quote_id, exact, stems FROM quote_terms WHERE {_OF_ARTICLE}"
)
# A number that somebody may have noted down is given to no other quote.
_PRESENT = text('SELECT id, start, "end", text FROM quotes WHERE article_id = :article_id ORDER BY id')
_GONE = text('SELECT id, start, "end", text FROM gone_quotes WHERE article_id = :article_id ORDER BY id')
_COME_BACK = text("DELETE FROM gone_quotes WHERE article_id = :article_id")
_CLEAR = (
    text(f"DELETE FROM quote_terms WHERE {_OF_ARTICLE}"),
    text("DELETE FROM quotes WHERE article_id = :article_id"),
    text("DELETE FROM not_quotes WHERE article_id = :article_id"),
)
_ARTICLE_COLUMNS = (*ARTICLE_COLUMNS, "id", "extractor_version", "added_at")
_QUOTE_COLUMNS = (
    *QUOTE_COLUMNS,
    "id",
    "article_id",
    "speaker_id",
    "alias_id",
    "speaker_type",
    "gender",
    "role_id",
    "told_gender",
    "utterance_id",
)


# Speaker, name, type and gender of what nobody is known to have said.
_NOBODY = (None, None, None, None)


def add_all(
    connection: Connection, articles: Sequence[PreparedArticle], extractor_version: str
) -> list[Added]:
    """Store articles, or find that their texts are there already; the same as one after the other.

    Together they cost a third of the time: each statement, and each page that it touches, is dear.
    """
    digests = json.dumps([one.content_hash for one in articles])
    find = text(_FIND_ARTICLES.format(digests=dialect_of(connection).texts("digests")))
    known = {
        row.content_hash: Added(row.id, new=False, quotes=row.quotes)
        for row in connection.execute(find, {"digests": digests})
    }
    # Nobody else writes meanwhile, so the ids that follow are free.
    last_id: int = connection.execute(_LAST_ARTICLE).scalar() or 0
    added: list[Added] = []
    found: list[tuple[int, PreparedArticle]] = []
    moment = clock.now()
    for article in articles:
        digest = article.content_hash
        if digest in known:
            added.append(known[digest])
            continue
        last_id += 1
        found.append((last_id, article))
        added.append(Added(last_id, new=True, quotes=len(article.quotes)))
        known[digest] = replace(added[-1], new=False)
    rows = [(*article.row, article_id, extractor_version, moment) for article_id, article in found]
    insert_rows(connection, "articles", _ARTICLE_COLUMNS, rows)
    _insert_found(connection, found)
    return added


def _insert_found(
    connection: Connection,
    found: Sequence[tuple[int, PreparedArticle]],
    kept_ids: Mapping[tuple[int, int], int] | None = None,
) -> None:
    """Store what was found in the articles of these ids, with the full-text index.

    ``kept_ids`` are ids to use again for the quotes at these places, if it is a single article.
    """
    said_by = (
        (article_id, quote.speaker)
        for article_id, article in found
        for quote in article.quotes
        if quote.speaker is not None
    )
    names = resolve(connection, said_by)
    roles = _resolve_roles(
        connection, [quote.role for _, article in found for quote in article.quotes if quote.role is not None]
    )
    kept_ids = kept_ids or {}
    next_id = 1 + max(connection.execute(_LAST_QUOTE).scalar() or 0, *kept_ids.values(), 0)
    rows: list[tuple[Any, ...]] = []
    term_rows: list[tuple[int, str, str]] = []
    analysed: list[linking.Analysed] = []
    for article_id, article in found:
        for start, end, row, speaker, role, exact, stems, sketch in article.quotes:
            quote_id = kept_ids.get((start, end), next_id)
            next_id += quote_id == next_id
            term_rows.append((quote_id, exact, stems))
            analysed.append(linking.Analysed(quote_id, article_id, start, end, stems, sketch))
            who: tuple[Any, ...] = _NOBODY
            if speaker is not None:
                name = names[article_id, speaker]
                who = name.bearer.id, name.id, name.bearer.type, name.bearer.gender
            told = speaker.gender if speaker else None
            rows.append((*row, quote_id, article_id, *who, None if role is None else roles[role], told))
    labels = linking.link(connection, analysed)
    labelled = [(*row, labels.get(one.quote_id)) for row, one in zip(rows, analysed, strict=True)]
    insert_rows(connection, "quotes", _QUOTE_COLUMNS, labelled)
    insert_rows(connection, "quote_terms", ("quote_id", "exact", "stems"), term_rows)
    if dialect_of(connection).indexed_by_hand:
        insert_rows(connection, "quote_fts", ("rowid", "exact", "stems"), term_rows)
    not_quotes = [(article_id, *row) for article_id, article in found for row in article.not_quotes]
    insert_rows(connection, "not_quotes", ("article_id", "start", "end", "text", "reason"), not_quotes)


def replace_found(connection: Connection, article_id: int, extraction: Extraction) -> None:
    """Put this in the place of what was found before; a quote at the same place keeps its id.

    One that had been there earlier has the id again that it had then.
    """
    prepared = prepare(extraction)
    told = genders.told_in(connection, article_id)
    kept = _kept_ids(connection, article_id, prepared)
    analysed = connection.execute(
        text(f"SELECT quote_id, stems FROM quote_terms WHERE {_OF_ARTICLE}"), {"article_id": article_id}
    )
    linking.unlink(connection, {row.quote_id: row.stems for row in analysed})
    if dialect_of(connection).indexed_by_hand:
        connection.execute(_UNINDEX, {"article_id": article_id})
    for statement in _CLEAR:
        connection.execute(statement, {"article_id": article_id})
    _insert_found(connection, [(article_id, prepared)], kept)
    genders.settle_changed(connection, told, genders.told_in(connection, article_id))


def _kept_ids(
    connection: Connection, article_id: int, article: PreparedArticle
) -> dict[tuple[int, int], int]:
    """Give the ids that quotes of an article have or had, by their new places; note which go away now."""
    of_article = {"article_id": article_id}
    present = connection.execute(_PRESENT, of_article).all()
    gone = connection.execute(_GONE, of_article).all()
    places = {(quote.start, quote.end): quote.text for quote in article.quotes}
    kept = {place: row.id for row in present if (place := (row.start, row.end)) in places}
    # Those that come back: first at their very places, then wherever their words stand now.
    for row in gone:
        place = row.start, row.end
        if place not in kept and places.get(place) == row.text:
            kept[place] = row.id
    open_places: dict[str, list[tuple[int, int]]] = {}
    for place, words in places.items():
        if place not in kept:
            open_places.setdefault(words, []).append(place)
    used = set(kept.values())
    for row in gone:
        if row.id not in used and (there := open_places.get(row.text)):
            kept[there.pop(0)] = row.id
    used = set(kept.values())
    left = [(row.id, article_id, *row[1:]) for row in (*present, *gone) if row.id not in used]
    if gone:
        connection.execute(_COME_BACK, of_article)
    insert_rows(connection, "gone_quotes", ("id", "article_id", "start", "end", "text"), left)
    return kept


def _resolve_roles(connection: Connection, wordings: Sequence[str]) -> dict[str, int]:
    """Give each wording of a role its id; new ones are added."""
    if not wordings:
        return {}
    wanted = list(dict.fromkeys(wordings))
    dialect = dialect_of(connection)
    find = text(_FIND_ROLES.format(wordings=dialect.texts("wordings")))
    known = {row.text: row.id for row in connection.execute(find, {"wordings": json.dumps(wanted)})}
    new = [wording for wording in wanted if wording not in known]
    if new:
        ids = dialect.new_ids(connection, "roles", len(new))
        known |= zip(new, ids, strict=True)
        rows = [(known[wording], wording, fold_name(wording)) for wording in new]
        insert_rows(connection, "roles", ("id", "text", "folded"), rows)
    return known
