"""Quotes into rows: an article with its speakers, roles, quotes and terms, in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, text, update

from quotes.archive.articles.preparing import ARTICLE_COLUMNS, QUOTE_COLUMNS, Named, PreparedArticle, prepare
from quotes.archive.speakers.names import fold_name, name_key
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.schema import AliasRecord, QuoteRecord, SpeakerRecord, table_of
from quotes.archive.store.writing_rows import insert_rows
from quotes.archive.values import Added
from quotes.archive.wordings import linking
from quotes.model import Extraction

# Statements are made once: SQLAlchemy then finds its compiled form without looking through them.
_ALIASES = table_of(AliasRecord)
_FIND_ARTICLES = (
    "SELECT id, content_hash, (SELECT count(*) FROM quotes WHERE article_id = articles.id) AS quotes"
    " FROM articles WHERE content_hash IN ({digests})"
)
_FIND_SPEAKERS = (
    "SELECT l.id AS alias_id, l.folded, l.type AS found_type, l.article_id, l.speaker_id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id"
    " WHERE l.folded IN ({keys}) AND (l.article_id IN ({article_ids}) OR l.article_id IS NULL)"
)
_ADD_ALIASES = insert(_ALIASES).returning(_ALIASES.c.id, sort_by_parameter_order=True)
_FIND_ROLES = "SELECT id, text FROM roles WHERE text IN ({wordings})"
_LAST_ARTICLE = text("SELECT max(id) FROM articles")
_LAST_QUOTE = text("SELECT max(id) FROM quotes")
_OF_ARTICLE = "quote_id IN (SELECT id FROM quotes WHERE article_id = :article_id)"
# FTS5 is told what it had, or it keeps finding it.
_UNINDEX = text(
    "INSERT INTO quote_fts(quote_fts, rowid, exact, stems)"
    f" SELECT 'delete', quote_id, exact, stems FROM quote_terms WHERE {_OF_ARTICLE}"
)
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
    "utterance_id",
)
_SETTLE = text(
    "UPDATE quotes SET (speaker_id, speaker_type, gender) = (SELECT s.id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id WHERE l.id = quotes.alias_id)"
    " WHERE alias_id IN :alias_ids"
).bindparams(bindparam("alias_ids", expanding=True))


# Speaker, name, type and gender of what nobody is known to have said.
_NOBODY = (None, None, None, None)


def now() -> str:
    """Give the present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


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
    moment = now()
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
    names = _resolve_speakers(connection, found)
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
            rows.append((*row, quote_id, article_id, *who, None if role is None else roles[role]))
    labels = linking.link(connection, analysed)
    labelled = [(*row, labels.get(one.quote_id)) for row, one in zip(rows, analysed, strict=True)]
    insert_rows(connection, "quotes", _QUOTE_COLUMNS, labelled)
    insert_rows(connection, "quote_terms", ("quote_id", "exact", "stems"), term_rows)
    if dialect_of(connection).indexed_by_hand:
        insert_rows(connection, "quote_fts", ("rowid", "exact", "stems"), term_rows)
    not_quotes = [(article_id, *row) for article_id, article in found for row in article.not_quotes]
    insert_rows(connection, "not_quotes", ("article_id", "start", "end", "text", "reason"), not_quotes)


def replace_found(connection: Connection, article_id: int, extraction: Extraction) -> None:
    """Put this in the place of what was found before; a quote at the same place keeps its id."""
    rows = connection.execute(
        text('SELECT id, start, "end" FROM quotes WHERE article_id = :article_id'), {"article_id": article_id}
    )
    kept = {(row.start, row.end): row.id for row in rows}
    analysed = connection.execute(
        text(f"SELECT quote_id, stems FROM quote_terms WHERE {_OF_ARTICLE}"), {"article_id": article_id}
    )
    linking.unlink(connection, {row.quote_id: row.stems for row in analysed})
    if dialect_of(connection).indexed_by_hand:
        connection.execute(_UNINDEX, {"article_id": article_id})
    for statement in _CLEAR:
        connection.execute(statement, {"article_id": article_id})
    _insert_found(connection, [(article_id, prepare(extraction))], kept)


def settle(connection: Connection, alias_ids: Iterable[int]) -> None:
    """Let the quotes follow their names to whomever these lead to now."""
    connection.execute(_SETTLE, {"alias_ids": list(alias_ids)})


@dataclass(slots=True)
class Bearer:
    """A speaker as known while articles are stored; the id is 0 until a new one is written."""

    id: int
    type: str
    gender: str | None


@dataclass(slots=True)
class Name:
    """The row of a name and the speaker to whom it leads."""

    id: int
    bearer: Bearer


def _resolve_speakers(
    connection: Connection, found: Sequence[tuple[int, PreparedArticle]]
) -> dict[tuple[int, Named], Name]:
    """Find the speakers of articles by their names; who is not known yet is added.

    A name leads first to who bears it in its article, then to who bears it everywhere. A gender
    learnt here is kept, one known is not changed. The answers are by article and speaker.
    """
    wanted = dict.fromkeys(
        (article_id, quote.speaker)
        for article_id, article in found
        for quote in article.quotes
        if quote.speaker is not None
    )
    if not wanted:
        return {}
    bearers: dict[int, Bearer] = {}
    known: dict[tuple[str, str, int | None], Name] = {}
    dialect = dialect_of(connection)
    find = text(_FIND_SPEAKERS.format(keys=dialect.texts("keys"), article_ids=dialect.numbers("article_ids")))
    keys = json.dumps(sorted({speaker.key for _, speaker in wanted}))
    ids = json.dumps(sorted({article_id for article_id, _ in wanted}))
    for row in connection.execute(find, {"keys": keys, "article_ids": ids}):
        bearer = bearers.setdefault(row.speaker_id, Bearer(row.speaker_id, row.type, row.gender))
        known[row.folded, row.found_type, row.article_id] = Name(row.alias_id, bearer)
    resolved: dict[tuple[int, Named], Name] = {}
    new: list[tuple[Name, Named, int | None]] = []
    learnt: list[Bearer] = []
    for article_id, speaker in wanted:
        key, kind, gender = speaker.key, speaker.type, speaker.gender
        name = known.get((key, kind, article_id)) or known.get((key, kind, None))
        if name is None:
            scope = None if speaker.everywhere else article_id
            name = known[key, kind, scope] = Name(0, Bearer(0, kind, gender))
            new.append((name, speaker, scope))
        elif gender and not name.bearer.gender:
            name.bearer.gender = gender
            if name.bearer.id:
                learnt.append(name.bearer)
        resolved[article_id, speaker] = name
    _add_speakers(connection, new)
    for bearer in learnt:
        set_gender(connection, bearer.id, bearer.gender)
    return resolved


def _add_speakers(connection: Connection, new: Sequence[tuple[Name, Named, int | None]]) -> None:
    """Add speakers, each with the name that leads to them everywhere or in one article."""
    if not new:
        return
    new_ids = dialect_of(connection).new_ids
    speaker_ids = new_ids(connection, "speakers", len(new))
    alias_ids = new_ids(connection, "speaker_aliases", len(new))
    for (name, _, _), speaker_id, alias_id in zip(new, speaker_ids, alias_ids, strict=True):
        name.id, name.bearer.id = alias_id, speaker_id
    insert_rows(
        connection,
        "speakers",
        ("id", "name", "type", "gender", "incomplete", "article_id"),
        [
            (name.bearer.id, speaker.name, name.bearer.type, name.bearer.gender, speaker.incomplete, scope)
            for name, speaker, scope in new
        ],
    )
    insert_rows(
        connection,
        "speaker_aliases",
        ("id", "speaker_id", "name", "folded", "type", "article_id"),
        [
            (name.id, name.bearer.id, speaker.name, speaker.key, name.bearer.type, scope)
            for name, speaker, scope in new
        ],
    )


def add_alias(connection: Connection, speaker_id: int, name: str, kind: str, article_id: int | None) -> int:
    """Let a name lead to a speaker, everywhere or in one article; give the name's id."""
    row = {
        "speaker_id": speaker_id,
        "name": name,
        "folded": name_key(name),
        "type": kind,
        "article_id": article_id,
    }
    added: int = connection.execute(_ADD_ALIASES, [row]).scalar_one()
    return added


def set_gender(connection: Connection, speaker_id: int, gender: str | None) -> None:
    """Set a speaker's gender, with their quotes."""
    connection.execute(update(SpeakerRecord).where(SpeakerRecord.id == speaker_id).values(gender=gender))
    connection.execute(update(QuoteRecord).where(QuoteRecord.speaker_id == speaker_id).values(gender=gender))


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
