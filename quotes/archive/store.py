"""Quotes into rows: an article with its speakers, roles, quotes and terms, in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, bindparam, insert, text, update

from quotes.archive import linking
from quotes.archive.bulk import insert_rows
from quotes.archive.dialects import dialect_of
from quotes.archive.identity import content_hash, crosses_articles, fold_name, is_incomplete, name_key
from quotes.archive.rows import Added
from quotes.archive.schema import (
    AliasRecord,
    QuoteRecord,
    RoleRecord,
    SpeakerRecord,
    table_of,
)
from quotes.archive.terms import index_columns
from quotes.model import Article, Extraction, NotQuote, Quote, Speaker

# Statements are made once: SQLAlchemy then finds its compiled form without looking through them.
_SPEAKERS = table_of(SpeakerRecord)
_ALIASES = table_of(AliasRecord)
_ROLES = table_of(RoleRecord)
_FIND_ARTICLES = text(
    "SELECT id, content_hash, (SELECT count(*) FROM quotes WHERE article_id = articles.id) AS quotes"
    " FROM articles WHERE content_hash IN :digests"
).bindparams(bindparam("digests", type_=String(), expanding=True))
_FIND_SPEAKERS = text(
    "SELECT l.id AS alias_id, l.folded, l.type AS found_type, l.article_id, l.speaker_id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id"
    " WHERE l.folded IN :keys AND (l.article_id IN :article_ids OR l.article_id IS NULL)"
).bindparams(bindparam("keys", type_=String(), expanding=True), bindparam("article_ids", expanding=True))
_ADD_SPEAKERS = insert(_SPEAKERS).returning(_SPEAKERS.c.id, sort_by_parameter_order=True)
_ADD_ALIASES = insert(_ALIASES).returning(_ALIASES.c.id, sort_by_parameter_order=True)
_FIND_ROLES = text("SELECT id, text FROM roles WHERE text IN :wordings").bindparams(
    bindparam("wordings", type_=String(), expanding=True)
)
_ADD_ROLES = insert(_ROLES).returning(_ROLES.c.id, sort_by_parameter_order=True)
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
_ARTICLE_COLUMNS = (
    "id",
    "content_hash",
    "title",
    "authors",
    "translators",
    "section",
    "outlet",
    "published",
    "url",
    "source",
    "zones",
    "extractor_version",
    "added_at",
    "text",
)
_QUOTE_COLUMNS = (
    "id",
    "article_id",
    "start",
    "end",
    "text",
    "words",
    "kind",
    "display",
    "speaker_id",
    "alias_id",
    "mention_start",
    "mention_end",
    "mention_text",
    "role_id",
    "cue_start",
    "cue_end",
    "cue_text",
    "cue_lemma",
    "rule",
    "confidence",
    "incises",
    "outlet",
    "published",
    "speaker_type",
    "gender",
    "utterance_id",
)
_SETTLE = text(
    "UPDATE quotes SET (speaker_id, speaker_type, gender) = (SELECT s.id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id WHERE l.id = quotes.alias_id)"
    " WHERE alias_id IN :alias_ids"
).bindparams(bindparam("alias_ids", expanding=True))


def now() -> str:
    """Give the present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add(connection: Connection, extraction: Extraction, extractor_version: str) -> Added:
    """Store an article, or find that its text is there already."""
    (added,) = add_all(connection, [extraction], extractor_version)
    return added


def add_all(connection: Connection, extractions: Sequence[Extraction], extractor_version: str) -> list[Added]:
    """Store articles, or find that their texts are there already; the same as one after the other.

    Together they cost a third of the time: each statement, and each page that it touches, is dear.
    """
    digests = [content_hash(one.article.text) for one in extractions]
    known = {
        row.content_hash: Added(row.id, new=False, quotes=row.quotes)
        for row in connection.execute(_FIND_ARTICLES, {"digests": list(set(digests))})
    }
    # Nobody else writes meanwhile, so the ids that follow are free.
    last_id: int = connection.execute(_LAST_ARTICLE).scalar() or 0
    added: list[Added] = []
    found: list[Found] = []
    rows: list[tuple[Any, ...]] = []
    moment = now()
    for digest, extraction in zip(digests, extractions, strict=True):
        if digest in known:
            added.append(known[digest])
            continue
        article = extraction.article
        last_id += 1
        one = Found.of(last_id, extraction)
        found.append(one)
        added.append(Added(last_id, new=True, quotes=len(one.quotes)))
        known[digest] = replace(added[-1], new=False)
        rows.append(
            (
                last_id,
                digest,
                article.title,
                json.dumps(article.authors),
                json.dumps(article.translators),
                article.section,
                article.outlet,
                article.published,
                article.url,
                article.source,
                json.dumps([[zone.kind.value, zone.start, zone.end] for zone in article.zones]),
                extractor_version,
                moment,
                article.text,
            )
        )
    insert_rows(connection, "articles", _ARTICLE_COLUMNS, rows)
    insert_found(connection, found)
    return added


class Found(NamedTuple):
    """What was found in an article, ready to be stored: its quotes in order, one at each place."""

    article_id: int
    article: Article
    quotes: tuple[Quote, ...]
    not_quotes: tuple[NotQuote, ...]

    @classmethod
    def of(cls, article_id: int, extraction: Extraction) -> Found:
        """Give what is to be stored of an extraction."""
        # Of two quotes with the same bounds the first one counts: a place can be stored only once.
        quotes = {(quote.start, quote.end): quote for quote in reversed(extraction.quotes)}
        placed = tuple(quotes[place] for place in sorted(quotes))
        return cls(article_id, extraction.article, placed, extraction.not_quotes)


def insert_found(
    connection: Connection, found: Sequence[Found], kept_ids: Mapping[tuple[int, int], int] | None = None
) -> None:
    """Store what was found in articles, with the full-text index.

    ``kept_ids`` are ids to use again for the quotes at these places, if it is a single article.
    """
    speakers = resolve_speakers(connection, found)
    roles = resolve_roles(
        connection, (quote.role.text for one in found for quote in one.quotes if quote.role)
    )
    kept_ids = kept_ids or {}
    next_id = 1 + max(connection.execute(_LAST_QUOTE).scalar() or 0, *kept_ids.values(), 0)
    rows: list[list[Any]] = []
    term_rows: list[tuple[int, str, str]] = []
    analysed: list[linking.Analysed] = []
    for one in found:
        article_id, article = one.article_id, one.article
        for quote in one.quotes:
            start, end = quote.start, quote.end
            quote_id = kept_ids.get((start, end), next_id)
            next_id += quote_id == next_id
            exact, stems = index_columns(quote.text)
            term_rows.append((quote_id, exact, stems))
            analysed.append(linking.Analysed(quote_id, article_id, start, end, stems))
            name = speakers[article_id, quote.speaker] if quote.speaker else None
            mention, cue = quote.mention, quote.cue
            rows.append(
                [
                    quote_id,
                    article_id,
                    start,
                    end,
                    quote.text,
                    exact.count(" ") + 1 if exact else 0,
                    quote.kind.value,
                    quote.display,
                    name.bearer.id if name else None,
                    name.id if name else None,
                    mention.start if mention else None,
                    mention.end if mention else None,
                    mention.text if mention else None,
                    roles[quote.role.text] if quote.role else None,
                    cue.start if cue else None,
                    cue.end if cue else None,
                    cue.text if cue else None,
                    cue.lemma if cue else None,
                    quote.rule,
                    quote.confidence,
                    json.dumps([[span.start, span.end] for span in quote.incises]) if quote.incises else "[]",
                    article.outlet,
                    article.published or "",
                    name.bearer.type if name else None,
                    name.bearer.gender if name else None,
                ]
            )
    labels = linking.link(connection, analysed)
    insert_rows(connection, "quotes", _QUOTE_COLUMNS, [(*row, labels.get(row[0])) for row in rows])
    insert_rows(connection, "quote_terms", ("quote_id", "exact", "stems"), term_rows)
    if dialect_of(connection).indexed_by_hand:
        insert_rows(connection, "quote_fts", ("rowid", "exact", "stems"), term_rows)
    not_quotes = [
        (one.article_id, not_quote.start, not_quote.end, not_quote.text, not_quote.reason)
        for one in found
        for not_quote in one.not_quotes
    ]
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
    insert_found(connection, [Found.of(article_id, extraction)], kept)


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


def resolve_speakers(connection: Connection, found: Sequence[Found]) -> dict[tuple[int, Speaker], Name]:
    """Find the speakers of articles by their names; who is not known yet is added.

    A name leads first to who bears it in its article, then to who bears it everywhere. A gender
    learnt here is kept, one known is not changed. The answers are by article and speaker.
    """
    wanted = {
        (one.article_id, quote.speaker): name_key(quote.speaker.name)
        for one in found
        for quote in one.quotes
        if quote.speaker is not None
    }
    if not wanted:
        return {}
    bearers: dict[int, Bearer] = {}
    known: dict[tuple[str, str, int | None], Name] = {}
    ids = list({article_id for article_id, _ in wanted})
    for row in connection.execute(_FIND_SPEAKERS, {"keys": sorted(set(wanted.values())), "article_ids": ids}):
        bearer = bearers.setdefault(row.speaker_id, Bearer(row.speaker_id, row.type, row.gender))
        known[row.folded, row.found_type, row.article_id] = Name(row.alias_id, bearer)
    resolved: dict[tuple[int, Speaker], Name] = {}
    new: list[tuple[Name, Speaker, str, int | None]] = []
    learnt: list[Bearer] = []
    for (article_id, speaker), key in wanted.items():
        kind = speaker.type.value
        gender = speaker.gender.value if speaker.gender else None
        name = known.get((key, kind, article_id)) or known.get((key, kind, None))
        if name is None:
            scope = None if crosses_articles(speaker) else article_id
            name = known[key, kind, scope] = Name(0, Bearer(0, kind, gender))
            new.append((name, speaker, key, scope))
        elif gender and not name.bearer.gender:
            name.bearer.gender = gender
            if name.bearer.id:
                learnt.append(name.bearer)
        resolved[article_id, speaker] = name
    _add_speakers(connection, new)
    for bearer in learnt:
        set_gender(connection, bearer.id, bearer.gender)
    return resolved


def _add_speakers(connection: Connection, new: Sequence[tuple[Name, Speaker, str, int | None]]) -> None:
    """Add speakers, each with the name that leads to them everywhere or in one article."""
    if not new:
        return
    rows = [
        {
            "name": speaker.name,
            "type": name.bearer.type,
            "gender": name.bearer.gender,
            "incomplete": is_incomplete(speaker),
            "article_id": scope,
        }
        for name, speaker, _, scope in new
    ]
    for (name, _, _, _), added in zip(new, connection.execute(_ADD_SPEAKERS, rows).scalars(), strict=True):
        name.bearer.id = added
    rows = [
        {
            "speaker_id": name.bearer.id,
            "name": speaker.name,
            "folded": key,
            "type": name.bearer.type,
            "article_id": scope,
        }
        for name, speaker, key, scope in new
    ]
    for (name, _, _, _), added in zip(new, connection.execute(_ADD_ALIASES, rows).scalars(), strict=True):
        name.id = added


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


def resolve_roles(connection: Connection, wordings: Iterable[str]) -> dict[str, int]:
    """Give each wording of a role its id; new ones are added."""
    wanted = list(dict.fromkeys(wordings))
    if not wanted:
        return {}
    known = {row.text: row.id for row in connection.execute(_FIND_ROLES, {"wordings": wanted})}
    new = [wording for wording in wanted if wording not in known]
    if new:
        rows = [{"text": wording, "folded": fold_name(wording)} for wording in new]
        known |= zip(new, connection.execute(_ADD_ROLES, rows).scalars(), strict=True)
    return known
