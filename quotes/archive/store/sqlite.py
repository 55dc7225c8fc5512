"""An archive in an SQLite file: opening, creating, migrating it, and saying plainly what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.archive.store.asking import Reader
from quotes.errors import TOO_SLOW, ArchiveError, SchemaError, TooSlowError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# The revisions of migrations/versions, oldest first. Written here too, so that opening an archive
# doesn't import Alembic; a test holds the two together.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
HEAD = REVISIONS[-1]

# So many steps of SQLite's machine, a few milliseconds, between two looks at the clock.
_STEPS = 50_000

_ADVICE = {
    "SQLITE_NOTADB": "is not a quotes archive (not an SQLite database): give another file with --db",
    "SQLITE_BUSY": "is locked by another program: wait until it has finished, then try again",
    "SQLITE_LOCKED": "is locked by another program: wait until it has finished, then try again",
    "SQLITE_READONLY": "can't be written to: change its permissions, or give another file with --db",
    "SQLITE_PERM": "can't be opened: permission denied",
    "SQLITE_CANTOPEN": "can't be opened: check that its folder exists and that you may write there",
    "SQLITE_FULL": "can't grow, the disk is full: make room, then try again",
    "SQLITE_IOERR": "can't be read or written (input/output error): check the disk",
    "SQLITE_CORRUPT": "is damaged: restore it from a backup",
}


def _advice(error: BaseException) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    for known, advice in _ADVICE.items():
        if name == known or name.startswith(known + "_"):
            return advice
    return f"gave an error: {' '.join(str(error).split())}"


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn whatever the database raises into an ``ArchiveError`` of one line."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", None) == "SQLITE_INTERRUPT":
            raise TooSlowError(TOO_SLOW) from error
        raise ArchiveError(f"{path} {_advice(error)}") from error
    except UnicodeEncodeError as error:
        raise ArchiveError(
            f"{path} can't hold this text, it has a lone surrogate (U+{ord(error.object[error.start]):04X}):"
            " save the text again as UTF-8"
        ) from error
    except Exception as error:
        # SQLAlchemy wraps the database's error; one that wasn't imported has raised nothing.
        original = getattr(error, "orig", None)
        if not isinstance(original, sqlite3.Error):
            raise
        raise ArchiveError(f"{path} {_advice(original)}") from error


def migrations_folder() -> Path:
    """Find the migrations: inside the package (installed wheel) or beside it (checkout)."""
    packed = Path(__file__).parents[1] / "migrations"
    beside = Path(__file__).parents[3] / "migrations"
    for folder in (packed, beside):
        if (folder / "env.py").is_file():
            return folder
    raise ArchiveError(f"the migrations are missing from {packed}: install quotes again")


def connect(path: Path, *, readonly: bool, timeout: float) -> sqlite3.Connection:
    """Open the file: foreign keys on, waiting ``timeout`` seconds for locks, transactions by hand."""
    mode = "ro" if readonly else "rw"
    base = path.resolve().as_uri()
    connection = sqlite3.connect(
        f"{base}?mode={mode}", uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    if readonly:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlite3.OperationalError as error:
            # A WAL archive in a folder where nothing may be written can't make its shared memory.
            if error.sqlite_errorname not in ("SQLITE_CANTOPEN", "SQLITE_READONLY_CANTINIT"):
                raise
            if path.with_name(path.name + "-wal").exists():
                raise
            connection.close()
            connection = sqlite3.connect(
                f"{base}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
            )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    if not readonly:
        # Who writes touches all over the indexes: keep more of them at hand (64 MB), and bring what was
        # changed often from the log to the file at once (64 MB, too).
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA wal_autocheckpoint = 16384")
    return connection


def make_engine(path: Path, *, readonly: bool, timeout: float) -> Engine:
    """Make the engine; a connection with the option ``immediate`` begins as a writer.

    A transaction that begins as a reader and writes later fails at once when another one has written,
    whatever the timeout: hence BEGIN IMMEDIATE.
    """
    from sqlalchemy import create_engine, event

    engine = create_engine("sqlite://", creator=lambda: connect(path, readonly=readonly, timeout=timeout))

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def revision_of(connection: sqlite3.Connection) -> str | None:
    """Give the schema's revision; ``None`` for an empty database, an error for somebody else's."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables or "quotes" not in tables:
        raise ArchiveError("{path} is a database, but not a quotes archive: give another file with --db")
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def checked_revision(path: Path, connection: sqlite3.Connection) -> str | None:
    """Give the revision, with the file's name in the errors."""
    try:
        return revision_of(connection)
    except ArchiveError as error:
        raise ArchiveError(str(error).replace("{path}", str(path))) from None


def require_current(name: object, revision: str | None) -> None:
    """Refuse a schema that is older or newer than this program's."""
    if revision == HEAD:
        return
    if revision is None:
        raise ArchiveError(f"{name} is empty: add an article first (`quotes add FILE`)")
    if revision in REVISIONS:
        raise SchemaError(f"{name} was made by an older version of quotes: run `quotes db upgrade` first")
    raise SchemaError(f"{name} was made by a newer version of quotes: install that version to open it")


def migrate(path: Path, *, timeout: float) -> tuple[str | None, str]:
    """Bring the file to the newest schema in one transaction; give the revisions before and after.

    Foreign keys are off meanwhile (a table that is rebuilt would delete its children) and checked at
    the end, with the full-text index.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    raw = connect(path, readonly=False, timeout=timeout)
    try:
        _prefer_wal(raw)
        raw.execute("PRAGMA foreign_keys = OFF")
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            before = checked_revision(path, raw)
            if before == HEAD:
                connection.rollback()
                return before, HEAD
            if before is not None and before not in REVISIONS:
                require_current(path, before)
            run_migrations(connection)
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise ArchiveError(
                    f"{path} was not upgraded, {len(broken)} of its rows point nowhere: restore a backup"
                )
            raw.execute("INSERT INTO quote_fts(quote_fts, rank) VALUES ('integrity-check', 1)")
            connection.commit()
            return before, HEAD
    finally:
        raw.close()


def run_migrations(connection: Connection) -> None:
    """Bring a database of either sort to the newest schema, in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prefer_wal(connection: sqlite3.Connection) -> None:
    """Let readers read while one writes; where another program has the file open, go on without."""
    for _ in range(3):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname not in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                raise
            time.sleep(0.05)
        else:
            return


class SqliteFile:
    """An archive's file: connections to it, its schema, its health."""

    def __init__(self, path: Path, *, readonly: bool, timeout: float, longest: float | None = None) -> None:
        self._longest = longest
        self.path = path
        self.name = str(path)
        self._readonly = readonly
        self._timeout = timeout
        # Connections that nobody asks by, and the file that they have open. Opening one takes longer than
        # many a question: SQLite reads the whole schema.
        self._idle: list[sqlite3.Connection] = []
        self._opened: tuple[int, int] | None = None

    @cached_property
    def _engine(self) -> Engine:
        return make_engine(self.path, readonly=self._readonly, timeout=self._timeout)

    def plain_errors(self) -> Any:
        """Turn what the database raises into an ``ArchiveError`` of one line, in a ``with`` statement."""
        return plain_errors(self.path)

    def prepare(self, *, create: bool) -> None:
        """See that there is an archive of the newest schema; make it where ``create`` allows it."""
        if self.path.is_dir():
            raise ArchiveError(f"{self.path} is a folder: name a file with --db")
        missing = not self.path.exists()
        if missing and (self._readonly or not create):
            raise ArchiveError(
                f"there is no archive {self.path}: add an article first (`quotes add FILE`), or give --db"
            )
        with self.plain_errors():
            if missing:
                self._make()
            revision = self._revision()
            if revision is None and create and not self._readonly:
                migrate(self.path, timeout=self._timeout)
            else:
                require_current(self.path, revision)

    def upgrade(self) -> tuple[str | None, str]:
        """Bring it to the newest schema; give the revisions before and after."""
        if not self.path.is_file():
            raise ArchiveError(f"there is no archive {self.path}: give another file with --db")
        with self.plain_errors():
            self._revision()
            return migrate(self.path, timeout=self._timeout)

    def _make(self) -> None:
        try:
            self.path.touch()
        except OSError as error:
            raise ArchiveError(
                f"{self.path} can't be made ({error.strerror}): give another file with --db"
            ) from error

    def _revision(self) -> str | None:
        if not os.access(self.path, os.R_OK):
            raise ArchiveError(f"{self.path} can't be read: permission denied")
        with self._connection() as connection:
            return checked_revision(self.path, connection)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for questions, one that was used before if there is one."""
        with suppress(OSError):
            found = self.path.stat()
            if self._opened != (found.st_dev, found.st_ino):
                # Another file has been put in its place, a backup perhaps.
                self._close_idle()
                self._opened = found.st_dev, found.st_ino
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = connect(self.path, readonly=self._readonly, timeout=self._timeout)
        try:
            yield connection
        except BaseException:
            # Rows that were not fetched would hold their moment fast.
            connection.close()
            raise
        self._idle.append(connection)

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def asking(self) -> Iterator[Reader]:
        """Give a light connection for plain questions, on which everything is seen as at one moment."""
        with self.plain_errors(), self._connection() as connection:
            if self._longest is not None:
                end = time.monotonic() + self._longest
                connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            connection.execute("BEGIN")
            yield Reader(connection)
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which everything is seen as at one moment."""
        with self.plain_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a write transaction: committed at the end, undone by an exception."""
        with self.plain_errors(), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                yield connection

    def check(self) -> list[str]:
        """Look for damage: SQLite's own integrity, foreign keys, the index, the offsets."""
        from sqlalchemy.exc import DBAPIError

        wrong: list[str] = []
        with self.reading() as connection:

            def ask(sql: str) -> list[Any]:
                return list(connection.exec_driver_sql(sql))

            wrong += [f"SQLite: {row[0]}" for row in ask("PRAGMA integrity_check") if row[0] != "ok"]
            wrong += [
                f"row {row[1]} of {row[0]} points to nothing in {row[2]}"
                for row in ask("PRAGMA foreign_key_check")
            ]
            wrong += misfits(ask, readable="instr(a.text, char(0)) = 0")
        try:
            with self.writing() as connection:
                connection.exec_driver_sql(
                    "INSERT INTO quote_fts(quote_fts, rank) VALUES ('integrity-check', 1)"
                )
        except ArchiveError as error:
            if not isinstance(error.__cause__, DBAPIError) or "malformed" not in str(error.__cause__):
                raise
            wrong.append("the full-text index doesn't fit the quotes")
        return wrong

    def close(self) -> None:
        """Close the file."""
        self._close_idle()
        if "_engine" in self.__dict__:
            self._engine.dispose()


def misfits(ask: Callable[[str], Iterable[Any]], *, readable: str) -> Iterator[str]:
    """Say where the quotes of an archive don't fit its texts; ``readable``: of which texts SQL can tell."""
    (missing,) = next(
        iter(ask("SELECT count(*) FROM quotes WHERE id NOT IN (SELECT quote_id FROM quote_terms)"))
    )
    if missing:
        yield f"{missing} quotes can't be found by their words"
    for row in ask(
        f"""SELECT q.id FROM quotes q JOIN articles a ON a.id = q.article_id
 WHERE q."end" > length(a.text) AND {readable} ORDER BY q.id"""
    ):
        yield f"quote {row[0]} ends beyond its article"
    for row in ask(
        f"""SELECT q.id FROM quotes q JOIN articles a ON a.id = q.article_id
 WHERE CAST(q.incises AS text) = '[]' AND {readable} AND q.kind != 'indirect'
 AND replace(substr(a.text, q.start + 1, q."end" - q.start), ' ', '') != replace(q.text, ' ', '')
 ORDER BY q.id"""
    ):
        yield f"quote {row[0]} is not what its article has at that place"
