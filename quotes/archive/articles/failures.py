"""What could not be added, kept until it is: one row a source, with what is needed to try again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quotes.archive.store.asking import Reader, ask, from_json
from quotes.archive.values import Failure

if TYPE_CHECKING:
    from sqlalchemy import Connection


def everyone(connection: Reader | Connection) -> list[Failure]:
    """Give all failures, in the order in which the sources first failed."""
    rows = ask(connection, "SELECT source, file, reason, options, at, tries FROM failures ORDER BY id")
    return [Failure(r.source, r.file, r.reason, from_json(r.options), r.at, r.tries) for r in rows]


def note(connection: Connection, failed: Iterable[Failure], mended: Iterable[str]) -> None:
    """Keep new failures, count those that failed again, forget the sources that are mended."""
    from sqlalchemy import delete, text

    from quotes.archive.store.clock import now
    from quotes.archive.store.schema import FailureRecord, table_of

    again = text(
        "INSERT INTO failures (source, file, reason, options, at, tries)"
        " VALUES (:source, :file, :reason, :options, :at, 1)"
        " ON CONFLICT (source) DO UPDATE SET file = excluded.file, reason = excluded.reason,"
        " options = excluded.options, at = excluded.at, tries = failures.tries + 1"
    )
    table = table_of(FailureRecord)
    for one in failed:
        row = {
            "source": one.source,
            "file": one.file,
            "reason": one.reason,
            "options": json.dumps(dict(one.options)),
            "at": one.at or now(),
        }
        connection.execute(again, row)
    for source in mended:
        connection.execute(delete(table).where(table.c.source == source))
