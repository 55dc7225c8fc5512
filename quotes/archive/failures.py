"""What could not be added, kept until it is: one row a source, with what is needed to try again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quotes.archive.reader import Reader, ask
from quotes.archive.rows import Failure

if TYPE_CHECKING:
    from sqlalchemy import Connection


def everyone(connection: Reader | Connection) -> list[Failure]:
    """Give all failures, in the order in which the sources first failed."""
    rows = ask(connection, "SELECT source, file, reason, options, at, tries FROM failures ORDER BY id")
    return [Failure(r.source, r.file, r.reason, json.loads(r.options), r.at, r.tries) for r in rows]


def note(connection: Connection, failed: Iterable[Failure], mended: Iterable[str]) -> None:
    """Keep new failures, count those that failed again, forget the sources that are mended."""
    from sqlalchemy import delete
    from sqlalchemy.dialects.sqlite import insert

    from quotes.archive.schema import FailureRecord, table_of
    from quotes.archive.store import now

    table = table_of(FailureRecord)
    for one in failed:
        row = insert(table).values(
            source=one.source,
            file=one.file,
            reason=one.reason,
            options=dict(one.options),
            at=one.at or now(),
            tries=1,
        )
        new = row.excluded
        connection.execute(
            row.on_conflict_do_update(
                index_elements=["source"],
                set_={
                    "file": new.file,
                    "reason": new.reason,
                    "options": new.options,
                    "at": new.at,
                    "tries": table.c.tries + 1,
                },
            )
        )
    for source in mended:
        connection.execute(delete(table).where(table.c.source == source))
