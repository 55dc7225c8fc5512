"""What people changed by hand, so that it can be told and undone.

A journal entry holds images of the rows that a change touched (by table and id), before and after.
Undoing puts the rows back, if nobody has changed them since, and lets the quotes follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from quotes.archive import store
from quotes.archive.schema import AliasRecord, CorrectionRecord, JournalRecord, SpeakerRecord, table_of
from quotes.errors import ArchiveError

_JOURNAL = table_of(JournalRecord)
_ALIASES = table_of(AliasRecord)
_TABLES = {
    # Parents first: rows are put back in this order and taken away in the other one.
    "speakers": table_of(SpeakerRecord),
    "speaker_aliases": _ALIASES,
    "corrections": table_of(CorrectionRecord),
}

Images = dict[str, dict[str, dict[str, Any]]]
"""Rows by table and id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change in the journal."""

    id: int
    at: str
    who: str
    action: str
    summary: str
    undone_at: str | None


def images(connection: Connection, ids: Mapping[str, Iterable[int]]) -> Images:
    """Give the present rows with these ids; a row that isn't there is left out."""
    found: Images = {}
    for name, wanted in ids.items():
        table = _TABLES[name]
        rows = connection.execute(select(table).where(table.c.id.in_(list(wanted))))
        found[name] = {str(row.id): dict(row._mapping) for row in rows}
    return found


def record(
    connection: Connection, *, who: str, action: str, summary: str, before: Images, after: Images
) -> int:
    """Write a change down; give its number."""
    added: int = connection.execute(
        insert(_JOURNAL).returning(_JOURNAL.c.id),
        {
            "at": store.now(),
            "who": who,
            "action": action,
            "summary": summary,
            "before": before,
            "after": after,
            "undone_at": None,
        },
    ).scalar_one()
    return added


def history(connection: Connection, *, limit: int) -> list[Entry]:
    """Give the changes, last one first."""
    columns = [_JOURNAL.c[name] for name in ("id", "at", "who", "action", "summary", "undone_at")]
    rows = connection.execute(select(*columns).order_by(_JOURNAL.c.id.desc()).limit(limit))
    return [Entry(*row) for row in rows]


def undo(
    connection: Connection,
    entry_id: int | None,
    restore_quotes: Callable[[Connection, Mapping[str, Any]], None],
) -> Entry:
    """Undo a change: the one named, or the last that isn't undone.

    ``restore_quotes`` is given each correction that is taken away, to put its quote back.
    """
    wanted = _JOURNAL.c.undone_at.is_(None) if entry_id is None else _JOURNAL.c.id == entry_id
    row = connection.execute(select(_JOURNAL).where(wanted).order_by(_JOURNAL.c.id.desc()).limit(1)).first()
    if row is None:
        raise ArchiveError(
            "there is nothing to undo" if entry_id is None else f"there is no change {entry_id}"
        )
    if row.undone_at is not None:
        raise ArchiveError(f"change {row.id} is undone already")
    touched = {
        name: {int(key) for images in (row.before, row.after) for key in images.get(name, {})}
        for name in _TABLES
    }
    now = images(connection, touched)
    for name in _TABLES:
        if now[name] != row.after.get(name, {}):
            raise ArchiveError(
                f"change {row.id} can't be undone, it was built upon: undo the later one first"
            )
    # Corrections go first: their quotes may hang on names that go away next.
    taken_away = sorted(int(key) for key in row.after.get("corrections", {}))
    corrections = _TABLES["corrections"]
    connection.execute(delete(corrections).where(corrections.c.id.in_(taken_away)))
    for correction_id in reversed(taken_away):
        restore_quotes(connection, row.after["corrections"][str(correction_id)])
    _put_back(connection, row.before, row.after)
    connection.execute(update(_JOURNAL).where(_JOURNAL.c.id == row.id).values(undone_at=store.now()))
    return Entry(row.id, row.at, row.who, row.action, row.summary, None)


def _put_back(connection: Connection, before: Images, after: Images) -> None:
    for name, table in _TABLES.items():
        for key, image in before.get(name, {}).items():
            if key in after.get(name, {}):
                connection.execute(update(table).where(table.c.id == int(key)).values(image))
            else:
                connection.execute(insert(table).values(image))
    for name, table in reversed(_TABLES.items()):
        gone = [int(key) for key in after.get(name, {}).keys() - before.get(name, {}).keys()]
        if name == "speaker_aliases":
            _free_aliases(connection, gone)
        if name == "speakers":
            changed = [int(key) for key in before.get("speakers", {})]
            names = select(_ALIASES.c.id).where(_ALIASES.c.speaker_id.in_(changed))
            store.settle(connection, [row.id for row in connection.execute(names)])
        connection.execute(delete(table).where(table.c.id.in_(gone)))


def _free_aliases(connection: Connection, alias_ids: list[int]) -> None:
    """Let the quotes under names that go away follow the same name as it holds everywhere."""
    freed = text(
        "UPDATE quotes SET alias_id = coalesce((SELECT e.id FROM speaker_aliases e"
        " JOIN speaker_aliases l ON l.folded = e.folded AND l.type = e.type"
        " WHERE l.id = quotes.alias_id AND e.article_id IS NULL AND e.id != l.id), alias_id)"
        " WHERE alias_id IN :gone RETURNING alias_id"
    ).bindparams(bindparam("gone", expanding=True))
    now = {row.alias_id for row in connection.execute(freed, {"gone": alias_ids})}
    if now & set(alias_ids):
        raise ArchiveError(
            "this can't be undone, quotes were added under the name since: use `quotes split` or `merge`"
        )
    store.settle(connection, now)
