"""Where an archive is kept, by what the user calls it: a file, or the address of a database server."""

from __future__ import annotations

import re
from collections.abc import Hashable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from quotes.archive.store import sqlite
from quotes.archive.store.asking import Reader
from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection

# How long (seconds) to wait for another program's lock.
TIMEOUT = 10.0

_ADDRESS = re.compile(r"(?P<scheme>\w+)(?:\+\w+)?://")


class Store(Protocol):
    """Where an archive is kept: a file, or a database on a server."""

    name: str
    """What it is called in messages; never has a password in it."""

    def prepare(self, *, create: bool) -> None:
        """See that there is an archive of the newest schema; make it where ``create`` allows it."""

    def upgrade(self) -> tuple[str | None, str]:
        """Bring it to the newest schema; give the revisions before and after."""

    def asking(self) -> AbstractContextManager[Reader | Connection]:
        """Give a connection for plain questions, on which everything is seen as at one moment."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection on which everything is seen as at one moment."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Give a connection in a write transaction: committed at the end, undone by an exception."""

    def changes(self) -> Hashable:
        """Give a value that is another one when anything was committed since."""

    def check(self) -> list[tuple[str, bool]]:
        """Look for damage under the rows; give a sentence for each, and whether ``mend`` can help."""

    def mend(self, connection: Connection) -> list[str]:
        """Make anew what the database derives from the rows; say what."""

    def close(self) -> None:
        """Let go of it."""


def is_address(place: str | Path) -> bool:
    """Tell whether a place is an address of a database server, not a file."""
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def store_at(
    place: str | Path, *, readonly: bool = False, timeout: float = TIMEOUT, longest: float | None = None
) -> Store:
    """Give where an archive is kept, by its file or address; nothing is opened yet."""
    address = _ADDRESS.match(place) if isinstance(place, str) else None
    if address is None:
        return sqlite.SqliteFile(Path(place), readonly=readonly, timeout=timeout, longest=longest)
    if address["scheme"] not in ("postgresql", "postgres"):
        raise ArchiveError(
            f"an archive can't be kept in {address['scheme']}: give a file,"
            " or postgresql+psycopg://USER@HOST/NAME"
        )
    from quotes.archive.store.postgresql import PostgresDatabase

    return PostgresDatabase(str(place), readonly=readonly, timeout=timeout, longest=longest)


def ready_store(
    place: str | Path, *, create: bool, readonly: bool, timeout: float, longest: float | None = None
) -> Store:
    """Give where an archive is kept, of the newest schema; a missing one is made when ``create``."""
    store = store_at(place, readonly=readonly, timeout=timeout, longest=longest)
    try:
        store.prepare(create=create)
    except BaseException:
        store.close()
        raise
    return store


def may_be_written(place: str | Path) -> bool:
    """Tell whether a place may be written to, as far as can be seen; a server says so itself."""
    return is_address(place) or sqlite.may_be_written(Path(place))


def name_of(place: str | Path) -> str:
    """Give what an archive is called in messages: its path, or its address without a password."""
    return store_at(place).name


def is_there(place: str | Path) -> bool:
    """Tell whether there is something to open: a server answers for its databases itself."""
    return is_address(place) or Path(place).exists()
