"""Rows by the thousand, past what takes longer than the database: SQLAlchemy, and looking for cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection


def insert_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows as the driver takes them: JSON is written out, true and false are themselves."""
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) >= _COPIED:
        names = ", ".join(f'"{column}"' for column in columns)
        cursor: Any = connection.connection.cursor()
        with cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copying:
            for row in rows:
                copying.write_row(row)
    else:
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join([mark] * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


# Of fewer rows the server takes as long either way.
_COPIED = 20


@contextmanager
def uncollected() -> Iterator[None]:
    """Don't look for cycles among what is made, where there are none: it takes a fifth of the time."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()
