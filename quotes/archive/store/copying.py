"""Moving an archive whole, from a file to a server, back, or to another one: every row as it is.

Rows go as the databases keep them (JSON as its text, numbers as numbers), so that nothing is read and
written anew on the way. The copy is one transaction, or a new file that appears when it is whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Table, text

from quotes.archive.store import sqlite
from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.dialects import SQLITE, dialect_of
from quotes.archive.store.opening import TIMEOUT, Store, is_address, ready_store
from quotes.archive.store.schema import Base
from quotes.archive.store.whole_files import whole_file
from quotes.archive.store.writing_rows import insert_rows
from quotes.errors import ArchiveError

_BATCH = 1_000


def backup(kept: Store, target: Path) -> None:
    """Copy an archive to a new file, also while it is being written to."""
    _refuse_existing(target)
    if not isinstance(kept, sqlite.SqliteFile):
        copy(kept, target)
        return
    with sqlite.plain_errors(target), whole_file(target) as unfinished:
        source = sqlite.connect(kept.path, readonly=True, timeout=TIMEOUT)
        made = sqlite3.connect(unfinished)
        try:
            source.backup(made)
        finally:
            made.close()
            source.close()


def copy(source: Store, target: str | Path) -> dict[str, int]:
    """Copy an archive to a new file, or to a database that is empty or an archive without anything in it.

    Give the number of rows by table.
    """
    if is_address(target):
        with _opened(target) as opened:
            return _fill(source, opened)
    path = Path(target)
    _refuse_existing(path)
    with whole_file(path) as unfinished, _opened(unfinished) as opened:
        return _fill(source, opened)


@contextmanager
def _opened(place: str | Path) -> Iterator[Store]:
    store = ready_store(place, create=True, readonly=False, timeout=TIMEOUT)
    try:
        yield store
    finally:
        store.close()


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise ArchiveError(f"{path} exists already: choose another name")


def _fill(source: Store, target: Store) -> dict[str, int]:
    counts: dict[str, int] = {}
    with source.asking() as reading, target.writing() as writing:
        tables = Base.metadata.sorted_tables
        for table in tables:
            if next(ask(writing, f"SELECT 1 FROM {table.name} LIMIT 1"), None) is not None:
                raise ArchiveError(f"{target.name} is not empty: copy into an empty database, or a new file")
        sqlite = dialect_of(writing) is SQLITE
        write = _write_to_sqlite if sqlite else _write_to_postgresql
        for table in tables:
            counts[table.name] = write(writing, table, _rows(reading, table))
            if "id" in table.c:
                _go_on_from(writing, table, _last_number(reading, table))
        if sqlite:
            writing.exec_driver_sql("INSERT INTO quote_fts(quote_fts) VALUES ('rebuild')")
        else:
            writing.exec_driver_sql("ANALYZE")
    return counts


def _rows(connection: Reader | Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Give all rows of a table in the order of its key, JSON as text."""
    columns = ", ".join(
        f'CAST("{column.name}" AS text)' if isinstance(column.type, JSON) else f'"{column.name}"'
        for column in table.columns
    )
    key = ", ".join(f'"{column.name}"' for column in table.primary_key)
    return map(tuple, ask(connection, f"SELECT {columns} FROM {table.name} ORDER BY {key}"))


def _write_to_sqlite(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> int:
    rows = iter(rows)
    count = 0
    while batch := list(islice(rows, _BATCH)):
        insert_rows(connection, table.name, table.columns.keys(), batch)
        count += len(batch)
    return count


def _write_to_postgresql(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> int:
    booleans = [n for n, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    count = 0
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {table.name} ({_columns(table)}) FROM STDIN") as copying:
        for row in rows:
            values = list(row)
            for n in booleans:
                values[n] = bool(values[n])
            if any(isinstance(value, str) and "\0" in value for value in values):
                raise ArchiveError(
                    f"row {row[0]} of {table.name} has a NUL character, which PostgreSQL can't hold:"
                    " nothing was copied"
                )
            copying.write_row(values)
            count += 1
    return count


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _last_number(connection: Reader | Connection, table: Table) -> int:
    """Give the highest number that a row of a table has, or had: numbers are not given twice."""
    numbers = [next(ask(connection, f"SELECT max(id) FROM {table.name}"))[0]]
    if dialect_of(connection) is SQLITE:
        sequence = ask(connection, "SELECT seq FROM sqlite_sequence WHERE name = :name", {"name": table.name})
    else:
        sql = "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(:name, 'id') AS regclass))"
        sequence = ask(connection, sql, {"name": table.name})
    numbers += [number for (number,) in sequence]
    return max((number for number in numbers if number is not None), default=0)


def _go_on_from(connection: Connection, table: Table, number: int) -> None:
    """Let the next row of a table have a higher number than this."""
    if not number:
        return
    values = {"name": table.name, "number": number}
    if dialect_of(connection) is not SQLITE:
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :number)"), values)
    elif table.dialect_options["sqlite"]["autoincrement"]:
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), values)
