"""Whom a name leads to: speakers found or added for the names in articles, and their quotes settled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, text, update

from quotes.archive.speakers.names import Named, name_key
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.schema import AliasRecord, QuoteRecord, SpeakerRecord, table_of
from quotes.archive.store.writing_rows import insert_rows
from quotes.model import Speaker

# Statements are made once: SQLAlchemy then finds its compiled form without looking through them.
_ALIASES = table_of(AliasRecord)
_FIND_SPEAKERS = (
    "SELECT l.id AS alias_id, l.folded, l.type AS found_type, l.article_id, l.speaker_id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id"
    " WHERE l.folded IN ({keys}) AND (l.article_id IN ({article_ids}) OR l.article_id IS NULL)"
)
_ADD_ALIASES = insert(_ALIASES).returning(_ALIASES.c.id, sort_by_parameter_order=True)
_SETTLE = text(
    "UPDATE quotes SET (speaker_id, speaker_type, gender) = (SELECT s.id, s.type, s.gender"
    " FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id WHERE l.id = quotes.alias_id)"
    " WHERE alias_id IN :alias_ids"
).bindparams(bindparam("alias_ids", expanding=True))


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


def resolve(connection: Connection, said_by: Iterable[tuple[int, Named]]) -> dict[tuple[int, Named], Name]:
    """Find the speakers of articles by their names; who is not known yet is added.

    A name leads first to who bears it in its article, then to who bears it everywhere. A gender
    learnt here is kept, one known is not changed. The answers are by article and speaker.
    """
    wanted = dict.fromkeys(said_by)
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


class Led(NamedTuple):
    """Where a name leads to."""

    speaker_id: int
    alias_id: int


def led_to(connection: Connection, speaker: Speaker, article_id: int | None) -> Led | None:
    """Give the speaker to whom a name leads in an article, if there is one yet."""
    row = connection.execute(
        select(_ALIASES.c.speaker_id, _ALIASES.c.id)
        .where(_ALIASES.c.folded == name_key(speaker.name), _ALIASES.c.type == speaker.type.value)
        .where((_ALIASES.c.article_id == article_id) | _ALIASES.c.article_id.is_(None))
        .order_by(_ALIASES.c.article_id.is_(None))
    ).first()
    return Led(row.speaker_id, row.id) if row else None
