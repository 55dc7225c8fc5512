"""What gender a speaker has: what a person said of them, else what the first article that tells one tells.

It is read off the quotes, each of which keeps the gender that was told with it (``quotes.told_gender``), so
that it is the same whatever was corrected, merged and undone on the way. For an article that is new nothing
has to be read: it comes last, and tells only of those of whom nothing was known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, String, bindparam, select, text

from quotes.archive.speakers.resolving import led_to, set_gender
from quotes.archive.store.asking import from_json
from quotes.archive.store.schema import SpeakerRecord, table_of
from quotes.model import Speaker, SpeakerType

Told = Mapping[int, frozenset[tuple[str, bool]]]
"""What quotes of an article tell of their speakers, by speaker: genders, and whether a person has looked."""

_SPEAKERS = table_of(SpeakerRecord)
_TOLD_IN = text(
    "SELECT DISTINCT speaker_id, told_gender, rule = 'corrected' AS looked_at FROM quotes"
    " WHERE article_id = :id AND speaker_id IS NOT NULL AND told_gender IS NOT NULL"
)
_LOOKED_AT = text(
    "SELECT DISTINCT told_gender, article_id FROM quotes"
    " WHERE speaker_id = :id AND rule = 'corrected' AND told_gender IS NOT NULL"
)
_FIRST = text(
    "SELECT told_gender FROM quotes WHERE speaker_id = :id AND told_gender IS NOT NULL"
    " ORDER BY article_id, start LIMIT 1"
)
_CORRECTIONS = text(
    "SELECT content_hash, change FROM corrections WHERE content_hash IN :hashes ORDER BY id DESC"
).bindparams(bindparam("hashes", type_=String(), expanding=True))
_HASHES = text(
    "SELECT id, content_hash FROM articles WHERE id IN :ids"
    " UNION SELECT article_id, content_hash FROM article_revisions WHERE article_id IN :ids"
    " UNION SELECT article_id, content_hash FROM article_copies WHERE article_id IN :ids"
).bindparams(bindparam("ids", expanding=True))


def told_in(connection: Connection, article_id: int) -> Told:
    """Give what the quotes of an article tell."""
    found: dict[int, set[tuple[str, bool]]] = defaultdict(set)
    for row in connection.execute(_TOLD_IN, {"id": article_id}):
        found[row.speaker_id].add((row.told_gender, bool(row.looked_at)))
    return {speaker_id: frozenset(told) for speaker_id, told in found.items()}


def settle_changed(connection: Connection, before: Told, after: Told) -> None:
    """Let the speakers of an article have the genders that its quotes tell now."""
    settle(connection, {one for one in {*before, *after} if before.get(one) != after.get(one)})


def settle(connection: Connection, speaker_ids: Iterable[int]) -> None:
    """Let these speakers, as far as they are there, have the genders that their quotes tell."""
    known = select(_SPEAKERS.c.id, _SPEAKERS.c.gender).where(_SPEAKERS.c.id.in_(list(speaker_ids)))
    for speaker_id, gender in connection.execute(known.order_by(_SPEAKERS.c.id)).all():
        if (told := _told(connection, speaker_id)) != gender:
            set_gender(connection, speaker_id, told)


def _told(connection: Connection, speaker_id: int) -> str | None:
    looked_at = connection.execute(_LOOKED_AT, {"id": speaker_id}).all()
    genders = sorted({row.told_gender for row in looked_at})
    if len(genders) > 1:
        # A quote that was confirmed tells one, and somebody has said another: that counts.
        said = _said(connection, speaker_id, sorted({row.article_id for row in looked_at}))
        return said or genders[0]
    if genders:
        return str(genders[0])
    first: str | None = connection.execute(_FIRST, {"id": speaker_id}).scalar()
    return first


def _said(connection: Connection, speaker_id: int, article_ids: Iterable[int]) -> str | None:
    """Give the gender that somebody has said last of a speaker, in these articles."""
    articles = {row[1]: row[0] for row in connection.execute(_HASHES, {"ids": list(article_ids)})}
    for row in connection.execute(_CORRECTIONS, {"hashes": list(articles)}).all():
        named: dict[str, Any] | None = from_json(row.change).get("speaker")
        if named and named["gender"]:
            led = led_to(
                connection, Speaker(named["name"], SpeakerType(named["type"])), articles[row.content_hash]
            )
            if led and led.speaker_id == speaker_id:
                return str(named["gender"])
    return None
