"""Quotes into rows: an article with its speakers, roles, quotes and terms, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, text, update

from quotes.archive import linking
from quotes.archive.identity import content_hash, crosses_articles, fold_name, is_incomplete, name_key
from quotes.archive.rows import Added
from quotes.archive.schema import (
    AliasRecord,
    ArticleRecord,
    NotQuoteRecord,
    QuoteRecord,
    RoleRecord,
    SpeakerRecord,
    TermsRecord,
    table_of,
)
from quotes.archive.terms import index_columns
from quotes.model import (
    Extraction,
    Speaker,
)

# Statements are made once: SQLAlchemy then finds its compiled form without looking through them.
_ARTICLES = table_of(ArticleRecord)
_SPEAKERS = table_of(SpeakerRecord)
_ROLES = table_of(RoleRecord)
_FIND_ARTICLE = text(
    "SELECT id, (SELECT count(*) FROM quotes WHERE article_id = articles.id)"
    " FROM articles WHERE content_hash = :digest"
)
_ADD_ARTICLE = insert(_ARTICLES).returning(_ARTICLES.c.id)
_FIND_SPEAKERS = text(
    "SELECT l.id AS alias_id, l.folded, l.type AS found_type, l.article_id, l.speaker_id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id"
    " WHERE l.folded IN :keys AND (l.article_id = :article_id OR l.article_id IS NULL)"
).bindparams(bindparam("keys", expanding=True))
_ADD_SPEAKER = insert(_SPEAKERS).returning(_SPEAKERS.c.id)
_ALIASES = table_of(AliasRecord)
_ADD_ALIAS = insert(_ALIASES).returning(_ALIASES.c.id)
_FIND_ROLES = text("SELECT id, text FROM roles WHERE text IN :wordings").bindparams(
    bindparam("wordings", expanding=True)
)
_ADD_ROLE = insert(_ROLES).returning(_ROLES.c.id)
_LAST_QUOTE = text("SELECT max(id) FROM quotes")
_ADD_QUOTES = insert(table_of(QuoteRecord))
_ADD_TERMS = insert(table_of(TermsRecord))
_OF_ARTICLE = "quote_id IN (SELECT id FROM quotes WHERE article_id = :article_id)"
_INDEX = text(
    "INSERT INTO quote_fts(rowid, exact, stems)"
    f" SELECT quote_id, exact, stems FROM quote_terms WHERE {_OF_ARTICLE}"
)
# FTS5 is told what it had, or it keeps finding it.
_CLEAR = (
    text(
        "INSERT INTO quote_fts(quote_fts, rowid, exact, stems)"
        f" SELECT 'delete', quote_id, exact, stems FROM quote_terms WHERE {_OF_ARTICLE}"
    ),
    text(f"DELETE FROM quote_terms WHERE {_OF_ARTICLE}"),
    text("DELETE FROM quotes WHERE article_id = :article_id"),
    text("DELETE FROM not_quotes WHERE article_id = :article_id"),
)
_SETTLE = text(
    "UPDATE quotes SET (speaker_id, speaker_type, gender) = (SELECT s.id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id WHERE l.id = quotes.alias_id)"
    " WHERE alias_id IN :alias_ids"
).bindparams(bindparam("alias_ids", expanding=True))
_ADD_NOT_QUOTES = insert(table_of(NotQuoteRecord))


def now() -> str:
    """Give the present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add(connection: Connection, extraction: Extraction, extractor_version: str) -> Added:
    """Store an article, or find that its text is there already."""
    article = extraction.article
    digest = content_hash(article.text)
    known = connection.execute(_FIND_ARTICLE, {"digest": digest}).first()
    if known is not None:
        return Added(known[0], new=False, quotes=known[1])
    article_id: int = connection.execute(
        _ADD_ARTICLE,
        {
            "content_hash": digest,
            "text": article.text,
            "title": article.title,
            "authors": list(article.authors),
            "translators": list(article.translators),
            "section": article.section,
            "outlet": article.outlet,
            "published": article.published,
            "url": article.url,
            "source": article.source,
            "zones": [[zone.kind.value, zone.start, zone.end] for zone in article.zones],
            "extractor_version": extractor_version,
            "added_at": now(),
        },
    ).scalar_one()
    stored = insert_found(connection, article_id, extraction)
    return Added(article_id, new=True, quotes=stored)


def insert_found(
    connection: Connection,
    article_id: int,
    extraction: Extraction,
    kept_ids: Mapping[tuple[int, int], int] | None = None,
) -> int:
    """Store what was found in an article, with the full-text index; give the number of quotes.

    ``kept_ids`` are ids to use again for the quotes at these places.
    """
    article = extraction.article
    # Of two quotes with the same bounds the first one counts: a place can be stored only once.
    quotes = list({(quote.start, quote.end): quote for quote in reversed(extraction.quotes)}.values())
    quotes.sort(key=lambda quote: (quote.start, quote.end))
    speakers = resolve_speakers(
        connection, dict.fromkeys(quote.speaker for quote in quotes if quote.speaker is not None), article_id
    )
    roles = resolve_roles(connection, (quote.role.text for quote in quotes if quote.role is not None))
    next_id = (connection.execute(_LAST_QUOTE).scalar() or 0) + 1
    kept_ids = kept_ids or {}
    next_id = max(next_id, *(known + 1 for known in kept_ids.values())) if kept_ids else next_id
    rows: list[dict[str, Any]] = []
    term_rows: list[dict[str, Any]] = []
    for quote in quotes:
        quote_id = kept_ids.get((quote.start, quote.end), next_id)
        next_id += quote_id == next_id
        said_by = speakers[quote.speaker] if quote.speaker else None
        exact, stems = index_columns(quote.text)
        term_rows.append({"quote_id": quote_id, "exact": exact, "stems": stems})
        rows.append(
            {
                "id": quote_id,
                "article_id": article_id,
                "start": quote.start,
                "end": quote.end,
                "text": quote.text,
                "words": len(exact.split()),
                "kind": quote.kind.value,
                "display": quote.display,
                "speaker_id": said_by.speaker_id if said_by else None,
                "alias_id": said_by.alias_id if said_by else None,
                "mention_start": quote.mention.start if quote.mention else None,
                "mention_end": quote.mention.end if quote.mention else None,
                "mention_text": quote.mention.text if quote.mention else None,
                "role_id": roles[quote.role.text] if quote.role else None,
                "cue_start": quote.cue.start if quote.cue else None,
                "cue_end": quote.cue.end if quote.cue else None,
                "cue_text": quote.cue.text if quote.cue else None,
                "cue_lemma": quote.cue.lemma if quote.cue else None,
                "rule": quote.rule,
                "confidence": quote.confidence,
                "incises": [[span.start, span.end] for span in quote.incises],
                "outlet": article.outlet,
                "published": article.published or "",
                "speaker_type": said_by.type if said_by else None,
                "gender": said_by.gender if said_by else None,
            }
        )
    if rows:
        connection.execute(_ADD_QUOTES, rows)
        connection.execute(_ADD_TERMS, term_rows)
        connection.execute(_INDEX, {"article_id": article_id})
        linking.link(
            connection,
            {row["quote_id"]: row["stems"] for row in term_rows},
            {row["id"]: (row["start"], row["end"]) for row in rows},
        )
    if extraction.not_quotes:
        connection.execute(
            _ADD_NOT_QUOTES,
            [
                {
                    "article_id": article_id,
                    "start": not_quote.start,
                    "end": not_quote.end,
                    "text": not_quote.text,
                    "reason": not_quote.reason,
                }
                for not_quote in extraction.not_quotes
            ],
        )
    return len(rows)


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
    for statement in _CLEAR:
        connection.execute(statement, {"article_id": article_id})
    insert_found(connection, article_id, extraction, kept)


def settle(connection: Connection, alias_ids: Iterable[int]) -> None:
    """Let the quotes follow their names to whomever these lead to now."""
    connection.execute(_SETTLE, {"alias_ids": list(alias_ids)})


class Resolved(NamedTuple):
    """Who a name led to: the speaker with type and gender, and the name's own row."""

    speaker_id: int
    alias_id: int
    type: str
    gender: str | None


def resolve_speakers(
    connection: Connection, speakers: Iterable[Speaker], article_id: int
) -> dict[Speaker, Resolved]:
    """Find the speakers of an article by their names; who is not known yet is added.

    A name leads first to who bears it in this article, then to who bears it everywhere. A gender
    learnt here is kept, one known is not changed.
    """
    speakers = list(speakers)
    known: dict[tuple[str, str, int | None], Resolved] = {}
    if speakers:
        keys = sorted({name_key(speaker.name) for speaker in speakers})
        rows = connection.execute(_FIND_SPEAKERS, {"keys": keys, "article_id": article_id})
        for row in rows:
            known[row.folded, row.found_type, row.article_id] = Resolved(
                row.speaker_id, row.alias_id, row.type, row.gender
            )
    found: dict[Speaker, Resolved] = {}
    for speaker in speakers:
        key, kind = name_key(speaker.name), speaker.type.value
        resolved = known.get((key, kind, article_id)) or known.get((key, kind, None))
        if resolved is None:
            scope = None if crosses_articles(speaker) else article_id
            resolved = add_speaker(connection, speaker, scope)
            known[key, kind, scope] = resolved
        elif resolved.gender is None and speaker.gender is not None:
            set_gender(connection, resolved.speaker_id, speaker.gender.value)
            resolved = resolved._replace(gender=speaker.gender.value)
        found[speaker] = resolved
    return found


def add_speaker(connection: Connection, speaker: Speaker, article_id: int | None) -> Resolved:
    """Add a speaker with the name that leads to them, everywhere or in one article."""
    gender = speaker.gender.value if speaker.gender else None
    added: int = connection.execute(
        _ADD_SPEAKER,
        {
            "name": speaker.name,
            "type": speaker.type.value,
            "gender": gender,
            "incomplete": is_incomplete(speaker),
            "article_id": article_id,
        },
    ).scalar_one()
    alias_id = add_alias(connection, added, speaker.name, speaker.type.value, article_id)
    return Resolved(added, alias_id, speaker.type.value, gender)


def add_alias(connection: Connection, speaker_id: int, name: str, kind: str, article_id: int | None) -> int:
    """Let a name lead to a speaker, everywhere or in one article; give the name's id."""
    added: int = connection.execute(
        _ADD_ALIAS,
        {
            "speaker_id": speaker_id,
            "name": name,
            "folded": name_key(name),
            "type": kind,
            "article_id": article_id,
        },
    ).scalar_one()
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
    for wording in wanted:
        if wording not in known:
            known[wording] = connection.execute(
                _ADD_ROLE, {"text": wording, "folded": fold_name(wording)}
            ).scalar_one()
    return known
