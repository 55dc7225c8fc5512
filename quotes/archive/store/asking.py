"""Asking the archive by plain SQL, without the time that importing SQLAlchemy takes.

What only reads has its SQL as text with named parameters, so that it runs on either connection: the
light one here (SQLite), or SQLAlchemy's (PostgreSQL, and inside a transaction that also writes).
"""

from __future__ import annotations

import json
import sqlite3
from collections import namedtuple
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Reader:
    """A connection that only asks; rows are named tuples, fetched as they are asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, sql: str, parameters: Mapping[str, Any]) -> Iterator[Any]:
        """The rows of a query, streaming."""
        rows = self._connection.execute(sql, dict(parameters))
        if rows.description is not None:
            # Found once for all rows: a function of the connection would look for it at each.
            named = _row_type(tuple(column[0] for column in rows.description))._make
            rows.row_factory = lambda _, row: named(row)
        return rows

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """Take bytes that are no UTF-8 as lone surrogates, where one damaged row would end the reading."""
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            yield
        finally:
            self._connection.text_factory = str


def ask(
    connection: Reader | Connection, sql: str, parameters: Mapping[str, Any] | None = None
) -> Iterator[Any]:
    """The rows of a query on either sort of connection, streaming; columns by name or place."""
    if isinstance(connection, Reader):
        return connection.ask(sql, parameters or {})
    from sqlalchemy import text

    result = connection.execute(text(sql), dict(parameters or {}), execution_options={"yield_per": 1_000})
    return iter(result)


def from_json(value: Any) -> Any:
    """Give the value of a JSON column: SQLite gives its text, PostgreSQL what it holds."""
    if isinstance(value, str):
        # Most lists are empty, and are not read for that.
        if value == "[]":
            return []
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise damaged("a row with JSON in it") from error
    return value


def damaged(what: str) -> ArchiveError:
    """Give the error of a row that holds what the program never wrote."""
    return ArchiveError(
        f"{what} is damaged and can't be read: `quotes db check` lists all that is; restore a backup"
    )


@lru_cache(maxsize=64)
def _row_type(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns, rename=True)
