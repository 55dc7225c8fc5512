"""An archive in a PostgreSQL database, which a newsroom shares: connections, schema, plain errors.

Writers take turns: each transaction that writes holds a lock of the archive's own until its end, as
with SQLite, so that two who meet the same new speaker don't both add it. Readers wait for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from quotes.archive.store import sqlite
from quotes.errors import TOO_SLOW, ArchiveError, TooSlowError
from quotes.extras import how_to_add

try:
    import psycopg
except ImportError as error:
    command = how_to_add("postgres")
    raise ArchiveError(f"PostgreSQL needs psycopg: {command}") from error

_DRIVER = "postgresql+psycopg"
# One lock for each archive; archives may live in schemas of their own beside one another.
_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtext('quotes archive ' || current_schema()))")
_TABLES = text("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
_REVISION = text("SELECT version_num FROM alembic_version")
_SNAPSHOT = text("SELECT txid_snapshot_xmax(txid_current_snapshot())")

_CANCELED = "57014"

# By the class or the whole of SQLSTATE.
_ADVICE = {
    "55P03": "is being written to by others for a long time: try again later",
    "40": "was changed by somebody else meanwhile: try again",
    "25006": "can't be written to, it is read-only: give another one with --db",
    "42501": "doesn't allow this: ask its administrator for the right to use and change its tables",
    "53100": "can't grow, the disk of the server is full: make room, then try again",
    "53300": "has too many users at once: try again later",
    "54": "can't hold this, a name or a word in it is too long: shorten it",
    "57": "was shut down or stopped this: try again later",
    "08": "was lost, the connection broke: try again",
}
# A connection that fails has no SQLSTATE, only the server's or the library's words.
_NOT_CONNECTED = (
    (
        re.compile(r"(?:database|base de données) .{0,99} (?:does not exist|n.existe pas)"),
        "does not exist: make it with `createdb {database}`, or give another one with --db",
    ),
    (
        re.compile(
            r"password|mot de passe|authenti|pg_hba|role .{0,99} does not exist|rôle .{0,99} n.existe pas"
        ),
        "doesn't let this user in: check the user and the password in the address",
    ),
    (
        re.compile(r"timeout expired|timed out|refused|resolve|No such file|reach|No route"),
        "can't be reached: check the address, and that the server is running",
    ),
)


class PostgresDatabase:
    """An archive's database: connections to it, its schema, its health."""

    def __init__(self, address: str, *, readonly: bool, timeout: float, longest: float | None = None) -> None:
        self._url = _url(address)
        self._readonly = readonly
        self.name = _plain(self._url)
        # SQL that streams is planned for all of its rows; compiling a search takes longer than running
        # it; what waits for a lock does so for a while only.
        lock_timeout = max(int(timeout * 1000), 1)
        options = f"-c cursor_tuple_fraction=1 -c jit=off -c lock_timeout={lock_timeout}"
        if longest is not None:
            options += f" -c statement_timeout={max(int(longest * 1000), 1)}"
        query = {"connect_timeout": str(max(int(timeout), 2)), **self._url.query}
        query["options"] = f"{options} {query.get('options', '')}".strip()
        self._engine = create_engine(self._url.set(query=query))

    @contextmanager
    def plain_errors(self) -> Iterator[None]:
        """Turn what the database raises into an ``ArchiveError`` of one line."""
        try:
            yield
        except (DBAPIError, psycopg.Error) as error:
            original = error.orig if isinstance(error, DBAPIError) else error
            if getattr(original, "sqlstate", None) == _CANCELED:
                raise TooSlowError(TOO_SLOW) from error
            raise ArchiveError(f"{self.name} {self._advice(original)}") from error
        except UnicodeEncodeError as error:
            raise ArchiveError(
                f"{self.name} can't hold this text, it has a lone surrogate"
                f" (U+{ord(error.object[error.start]):04X}): save the text again as UTF-8"
            ) from error

    def _advice(self, error: BaseException | None) -> str:
        state = getattr(error, "sqlstate", None) or ""
        said = " ".join(str(error).split())
        for known, advice in _ADVICE.items():
            if state.startswith(known):
                return advice
        if "NUL" in said and "0x00" in said:
            return "can't hold this text, it has a NUL character: take it out, or use an SQLite archive"
        if not state:
            for pattern, advice in _NOT_CONNECTED:
                if pattern.search(said):
                    return advice.format(database=self._url.database)
        if self._url.password:
            said = said.replace(str(self._url.password), "***")
        return f"gave an error: {said}"

    def prepare(self, *, create: bool) -> None:
        """See that there is an archive of the newest schema; make it where ``create`` allows it."""
        with self.reading() as connection:
            revision = self._revision(connection)
        if revision is None and create and not self._readonly:
            self.upgrade()
        else:
            sqlite.require_current(self.name, revision)

    def upgrade(self) -> tuple[str | None, str]:
        """Bring it to the newest schema in one transaction; give the revisions before and after."""
        with self.writing() as connection:
            before = self._revision(connection)
            if before == sqlite.HEAD:
                return before, before
            if before is not None and before not in sqlite.REVISIONS:
                sqlite.require_current(self.name, before)
            sqlite.run_migrations(connection)
        return before, sqlite.HEAD

    def _revision(self, connection: Connection) -> str | None:
        tables = {name for (name,) in connection.execute(_TABLES)}
        if not tables:
            return None
        if not tables >= {"alembic_version", "quotes", "quote_terms"}:
            raise ArchiveError(
                f"{self.name} is a database, but not a quotes archive: make one of its own with `createdb`"
            )
        found = connection.execute(_REVISION).scalar()
        return None if found is None else str(found)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which everything is seen as at one moment."""
        with (
            self.plain_errors(),
            self._engine.connect() as plain,
            plain.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            ) as connection,
        ):
            yield connection

    asking = reading

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a write transaction: committed at the end, undone by an exception."""
        with self.plain_errors(), self._engine.connect() as plain:
            connection = plain.execution_options(
                isolation_level="READ COMMITTED", postgresql_readonly=self._readonly
            )
            with connection.begin():
                connection.execute(_TAKE_TURNS)
                yield connection

    def changes(self) -> Hashable:
        """Give a value that is another one when anything was committed since, on all of the server."""
        with self.reading() as connection:
            return str(connection.execute(_SNAPSHOT).scalar_one())

    def check(self) -> list[tuple[str, bool]]:
        """The server itself guards the keys, and derives its index."""
        return []

    def mend(self, connection: Connection) -> list[str]:
        """The server keeps its indexes itself."""
        return []

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # The address may hold a password: it is not repeated.
        raise ArchiveError(
            "--db is no address of a PostgreSQL database: write postgresql+psycopg://USER@HOST/NAME"
        ) from None
    return url.set(drivername=_DRIVER)


def _plain(url: URL) -> str:
    """Write an address without its password and what follows the name."""
    return URL.create(
        "postgresql", username=url.username, host=url.host, port=url.port, database=url.database
    ).render_as_string()
