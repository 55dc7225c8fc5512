"""Rows into an article: what was stored, as the values that the extraction gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.archive.reader import Reader, ask, from_json
from quotes.archive.rows import StoredArticle, StoredQuote
from quotes.model import (
    Article,
    Cue,
    Gender,
    Mention,
    NotQuote,
    Quote,
    QuoteKind,
    Role,
    Span,
    Speaker,
    SpeakerType,
    Zone,
    ZoneKind,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

_QUOTES = """SELECT q.*, {named}.name AS speaker_name, {named}.type AS resolved_type,
 s.gender AS resolved_gender, r.text AS role_text
 FROM quotes q
 LEFT JOIN speakers s ON s.id = q.speaker_id
 LEFT JOIN speaker_aliases a ON a.id = q.alias_id
 LEFT JOIN roles r ON r.id = q.role_id
 WHERE q.article_id = :id ORDER BY q.start, q."end"
"""
_NOT_QUOTES = """SELECT start, "end", text, reason FROM not_quotes
 WHERE article_id = :id ORDER BY start, "end"
"""


def load(connection: Reader | Connection, article_id: int, *, as_found: bool = False) -> StoredArticle | None:
    """Give an article with all that was found in it.

    ``as_found``: speakers under the name that the extraction gave them, so that storing it again
    leads by the same names to whomever they lead to.
    """
    wanted = {"id": article_id}
    record = next(ask(connection, "SELECT * FROM articles WHERE id = :id", wanted), None)
    if record is None:
        return None
    found = ask(connection, _QUOTES.format(named="a" if as_found else "s"), wanted)
    quotes = tuple(StoredQuote(row.id, _quote(row), row.speaker_id) for row in found)
    not_quotes = tuple(NotQuote(*row) for row in ask(connection, _NOT_QUOTES, wanted))
    return StoredArticle(
        id=record.id,
        article=article_of(record),
        quotes=quotes,
        not_quotes=not_quotes,
        content_hash=record.content_hash,
        extractor_version=record.extractor_version,
        added_at=record.added_at,
    )


def article_of(record: Any) -> Article:
    """Give the article that a row of ``articles`` or of ``article_revisions`` holds."""
    return Article(
        text=record.text,
        title=record.title,
        authors=tuple(from_json(record.authors)),
        outlet=record.outlet,
        published=record.published,
        url=record.url,
        source=record.source,
        zones=tuple(Zone(ZoneKind(kind), start, end) for kind, start, end in from_json(record.zones)),
        translators=tuple(from_json(record.translators)),
        section=record.section,
    )


def texts(connection: Reader | Connection, after: int, limit: int) -> list[tuple[int, Article]]:
    """Give the articles that follow a number, without what was found in them."""
    sql = "SELECT * FROM articles WHERE id > :after ORDER BY id LIMIT :limit"
    rows = ask(connection, sql, {"after": after, "limit": limit})
    return [(row.id, article_of(row)) for row in rows]


def _quote(row: Any) -> Quote:
    speaker = None
    if row.speaker_id is not None:
        gender = Gender(row.resolved_gender) if row.resolved_gender else None
        speaker = Speaker(row.speaker_name, SpeakerType(row.resolved_type), gender)
    return Quote(
        start=row.start,
        end=row.end,
        text=row.text,
        kind=QuoteKind(row.kind),
        display=bool(row.display),
        speaker=speaker,
        mention=(
            Mention(row.mention_start, row.mention_end, row.mention_text)
            if row.mention_text is not None
            else None
        ),
        cue=(
            Cue(row.cue_start, row.cue_end, row.cue_text, row.cue_lemma) if row.cue_text is not None else None
        ),
        role=Role(row.role_text) if row.role_text is not None else None,
        rule=row.rule,
        confidence=row.confidence,
        incises=tuple(Span(start, end) for start, end in from_json(row.incises)),
    )
