"""What people changed by hand, so that it can be told and undone.

A journal entry holds images of the rows that a change touched (by table and id), before and after;
``undoing`` takes them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from quotes.archive.store import clock
from quotes.archive.store.schema import AliasRecord, CorrectionRecord, JournalRecord, SpeakerRecord, table_of

_JOURNAL = table_of(JournalRecord)
_ENTRY = ("id", "at", "who", "action", "summary", "undone_at")
_TABLES = {
    "speakers": table_of(SpeakerRecord),
    "speaker_aliases": table_of(AliasRecord),
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
            "at": clock.now(),
            "who": who,
            "action": action,
            "summary": summary,
            "before": before,
            "after": after,
            "undone_at": None,
        },
    ).scalar_one()
    return added


@dataclass(frozen=True, slots=True)
class Recorded(Entry):
    """A change with the images of the rows that it touched."""

    before: Images
    after: Images


_RECORDED = [_JOURNAL.c[name] for name in (*_ENTRY, "before", "after")]


def history(connection: Connection, *, limit: int) -> list[Recorded]:
    """Give the changes, last one first."""
    rows = connection.execute(select(*_RECORDED).order_by(_JOURNAL.c.id.desc()).limit(limit))
    return [Recorded(*row) for row in rows]


def live(connection: Connection) -> list[Recorded]:
    """Give the changes that hold, in the order in which they were made."""
    return [one for one in everything(connection) if one.undone_at is None]


def everything(connection: Connection) -> list[Recorded]:
    """Give all changes, also those that were undone, in their order."""
    return [Recorded(*row) for row in connection.execute(select(*_RECORDED).order_by(_JOURNAL.c.id))]


def mark_undone(connection: Connection, entry_id: int) -> None:
    """Write down that a change doesn't hold any more."""
    connection.execute(update(_JOURNAL).where(_JOURNAL.c.id == entry_id).values(undone_at=clock.now()))
