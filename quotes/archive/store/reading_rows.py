"""Rows into an article: what was stored, as the values that the extraction gave."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quotes.archive.store.asking import Reader, ask, damaged, from_json
from quotes.archive.store.dialects import dialect_of
from quotes.archive.values import StoredArticle, StoredQuote
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

_ARTICLES = """SELECT a.*, b.body_hash FROM articles a LEFT JOIN article_bodies b ON b.article_id = a.id
 WHERE a.id IN ({ids}) ORDER BY a.id"""
# What is stored again, by an older migration perhaps, needs no body.
_AS_FOUND = "SELECT a.*, NULL AS body_hash FROM articles a WHERE a.id IN ({ids}) ORDER BY a.id"
_QUOTES = """SELECT q.id, q.article_id, q.start, q."end", q.text, q.kind, q.display, q.speaker_id,
 q.mention_start, q.mention_end, q.mention_text, q.cue_start, q.cue_end, q.cue_text, q.cue_lemma, q.rule,
 q.confidence, q.incises, {named}.name AS speaker_name, {named}.type AS resolved_type,
 {gender} AS resolved_gender, r.text AS role_text
 FROM quotes q
 LEFT JOIN speakers s ON s.id = q.speaker_id
 LEFT JOIN speaker_aliases a ON a.id = q.alias_id
 LEFT JOIN roles r ON r.id = q.role_id
 WHERE q.article_id IN ({ids}) ORDER BY q.article_id, q.start, q."end"
"""
_NOT_QUOTES = """SELECT article_id, start, "end", text, reason FROM not_quotes
 WHERE article_id IN ({ids}) ORDER BY article_id, start, "end"
"""
# Looking a value up is several times as quick as calling its class.
_KINDS = {kind.value: kind for kind in QuoteKind}
_TYPES = {type.value: type for type in SpeakerType}
_GENDERS = {gender.value: gender for gender in Gender}
_ZONES = {kind.value: kind for kind in ZoneKind}
# What Python raises of values that the program never wrote.
_DAMAGE = (KeyError, ValueError, TypeError, IndexError)


def texts_of(connection: Reader | Connection, article_ids: Collection[int]) -> dict[int, str]:
    """Give the texts of articles by their numbers, without their quotes."""
    sql = f"SELECT id, text FROM articles WHERE id IN ({dialect_of(connection).numbers('ids')})"
    return {row.id: row.text for row in ask(connection, sql, {"ids": json.dumps(sorted(article_ids))})}


def load(
    connection: Reader | Connection, article_id: int, *, as_found: bool = False, told: bool = True
) -> StoredArticle | None:
    """Give an article with all that was found in it.

    ``as_found``: speakers under the name that the extraction gave them, with the gender that it told, so that
    storing it again leads by the same names to whomever they lead to. Not ``told``: an older archive doesn't
    know what was told.
    """
    return next(load_all(connection, [article_id], as_found=as_found, told=told), None)


def load_all(
    connection: Reader | Connection, article_ids: Sequence[int], *, as_found: bool = False, told: bool = True
) -> Iterator[StoredArticle]:
    """Give articles by their number, in its order, all of them read at once; see ``load``."""
    wanted = {"ids": json.dumps(article_ids)}
    named, gender = ("a" if as_found else "s"), ("q.told_gender" if as_found and told else "s.gender")

    def rows(sql: str) -> Iterator[Any]:
        ids = dialect_of(connection).numbers("ids")
        return ask(connection, sql.format(ids=ids, named=named, gender=gender), wanted)

    quotes: dict[int, list[StoredQuote]] = defaultdict(list)
    for row in rows(_QUOTES):
        try:
            quotes[row.article_id].append(_stored_quote(row))
        except _DAMAGE as error:
            raise damaged(f"quote {row.id} of article {row.article_id}") from error
    not_quotes: dict[int, list[NotQuote]] = defaultdict(list)
    for row in rows(_NOT_QUOTES):
        not_quotes[row.article_id].append(NotQuote(*row[1:]))
    for record in rows(_AS_FOUND if as_found else _ARTICLES):
        yield StoredArticle(
            id=record.id,
            article=article_of(record),
            quotes=tuple(quotes[record.id]),
            not_quotes=tuple(not_quotes[record.id]),
            content_hash=record.content_hash,
            extractor_version=record.extractor_version,
            added_at=record.added_at,
            body_hash=record.body_hash or "",
        )


def article_of(record: Any) -> Article:
    """Give the article that a row of ``articles`` or of ``article_revisions`` holds."""
    try:
        return Article(
            text=_text(record.text),
            title=record.title,
            authors=names_in(record.authors),
            outlet=record.outlet,
            published=record.published,
            url=record.url,
            source=record.source,
            zones=tuple(Zone(_ZONES[kind], start, end) for kind, start, end in from_json(record.zones)),
            translators=names_in(record.translators),
            section=record.section,
        )
    except _DAMAGE as error:
        raise damaged(f"row {record.id} of the articles") from error


def names_in(value: Any) -> tuple[str, ...]:
    """Give the names of a JSON column."""
    names = from_json(value)
    if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise damaged("a list of names")
    return tuple(names)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where text is expected")
    return value


def texts(connection: Reader | Connection, after: int, limit: int) -> list[tuple[int, Article]]:
    """Give the articles that follow a number, without what was found in them."""
    sql = "SELECT * FROM articles WHERE id > :after ORDER BY id LIMIT :limit"
    rows = ask(connection, sql, {"after": after, "limit": limit})
    return [(row.id, article_of(row)) for row in rows]


@lru_cache(maxsize=1 << 12)
def _speaker(name: str, type: str, gender: str | None) -> Speaker:
    return Speaker(name, _TYPES[type], _GENDERS[gender] if gender else None)


@lru_cache(maxsize=1 << 12)
def _role(text: str) -> Role:
    return Role(text)


def _stored_quote(row: Any) -> StoredQuote:
    # All at once and by place: two dozen names take a third longer.
    (
        number, _, start, end, text, kind, display, speaker_id,
        mention_start, mention_end, mention, cue_start, cue_end, cue, cue_lemma, rule,
        confidence, incises, name, type, gender, role,
    ) = row  # fmt: skip
    quote = Quote(
        start,
        end,
        text,
        _KINDS[kind],
        bool(display),
        None if speaker_id is None else _speaker(name, type, gender),
        None if mention is None else Mention(mention_start, mention_end, mention),
        None if cue is None else Cue(cue_start, cue_end, cue, cue_lemma),
        None if role is None else _role(role),
        rule,
        float(confidence),
        tuple([Span(start, end) for start, end in from_json(incises)]),
    )
    return StoredQuote(number, quote, speaker_id)
