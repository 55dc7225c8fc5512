"""An archive in an SQLite file: opening, creating, migrating it, and saying plainly what is wrong with it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.archive.store.asking import Reader
from quotes.errors import TOO_SLOW, ArchiveError, SchemaError, TooSlowError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# The revisions of migrations/versions, oldest first. Written here too, so that opening an archive
# doesn't import Alembic; a test holds the two together.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012")
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

# What SQLite says of an index that doesn't have what its table has.
_OF_INDEX = re.compile(r"missing from index|wrong # of entries in index|non-unique entry in index")


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
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{path} is damaged: restore it from a backup") from error
    except OverflowError as error:
        raise ArchiveError(f"{path} has no numbers as large as that: they end at 2⁶³") from error
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
            if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
                raise
            connection.close()
            readable = unchanging(path.resolve())
            if readable is None:
                raise
            connection = sqlite3.connect(
                f"{readable.as_uri()}?mode=ro&immutable=1",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
    connection.execute("PRAGMA foreign_keys = ON")
    # A commit is on the disk when it is told: in WAL mode NORMAL would lose the last ones to a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    if not readonly:
        # Who writes touches all over the indexes: keep more of them at hand (64 MB), and bring what was
        # changed often from the log to the file at once (64 MB, too).
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA wal_autocheckpoint = 16384")
    return connection


def unchanging(path: Path) -> Path | None:
    """Give a file that can be read though nothing may be written beside it; ``None`` for none.

    Of an archive that a writer has left without bringing its log home, that is a copy of both, kept until
    the program ends.
    """
    log = path.with_name(f"{path.name}-wal")
    with suppress(OSError):
        if not log.exists() or not log.stat().st_size:
            return path
        stamps = _stamps(path), _stamps(log)
        folder = _copied(path, log, stamps)
        if (_stamps(path), _stamps(log)) == stamps:
            return Path(folder.name, "copy.db")
    return None


def _stamps(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=4)
def _copied(path: Path, log: Path, stamps: object) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="quotes-")
    copy = Path(folder.name, "copy.db")
    shutil.copyfile(path, copy)
    shutil.copyfile(log, f"{copy}-wal")
    # Opened and closed, SQLite brings the log home.
    bringing = sqlite3.connect(copy)
    bringing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bringing.close()
    return folder


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


def may_be_written(path: Path) -> bool:
    """Tell whether an archive's file and its folder may be written to: SQLite needs both."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


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
        self._watching: tuple[tuple[int, int], sqlite3.Connection] | None = None
        self._watched = threading.Lock()

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

    def changes(self) -> Hashable:
        """Give a value that is another one when anything was committed since, as SQLite counts."""
        with self._watched, self.plain_errors():
            try:
                found = self.path.stat()
            except OSError:
                return None
            place = found.st_dev, found.st_ino
            if self._watching is None or self._watching[0] != place:
                self._unwatch()
                connection = connect(self.path, readonly=self._readonly, timeout=self._timeout)
                self._watching = place, connection
            return place, self._watching[1].execute("PRAGMA data_version").fetchone()[0]

    def _unwatch(self) -> None:
        if self._watching is not None:
            self._watching[1].close()
            self._watching = None

    def check(self) -> list[tuple[str, bool]]:
        """Look for damage: SQLite's own integrity, foreign keys, the full-text index; may it be derived?

        The index can only be looked at by who may write: of a file that is only read, a copy is.
        """
        if self._readonly:
            return self._check_a_copy()
        with self.reading() as connection:
            wrong = [
                (f"SQLite: {row[0]}", _OF_INDEX.search(row[0]) is not None)
                for row in connection.exec_driver_sql("PRAGMA integrity_check")
                if row[0] != "ok"
            ]
            wrong += [
                (f"row {row[1]} of {row[0]} points to nothing in {row[2]}", False)
                for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
            ]
        with self.writing() as connection:
            if not _index_fits(connection):
                wrong.append(("the full-text index doesn't fit the quotes", True))
        return wrong

    def mend(self, connection: Connection) -> list[str]:
        """Make the indexes of the file anew where they don't fit their tables."""
        wrong = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        if not any(map(_OF_INDEX.search, wrong)):
            return []
        connection.exec_driver_sql("REINDEX")
        return ["the indexes of the file were made anew"]

    def _check_a_copy(self) -> list[tuple[str, bool]]:
        with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
            copied = Path(folder, "copy.db")
            with self.plain_errors():
                source = connect(self.path, readonly=True, timeout=self._timeout)
                made = sqlite3.connect(copied)
                try:
                    source.backup(made)
                finally:
                    made.close()
                    source.close()
            there = SqliteFile(copied, readonly=False, timeout=self._timeout)
            try:
                return there.check()
            finally:
                there.close()

    def close(self) -> None:
        """Close the file."""
        self._close_idle()
        self._unwatch()
        if "_engine" in self.__dict__:
            self._engine.dispose()


def _index_fits(connection: Connection) -> bool:
    """Tell whether the full-text index has the terms of the quotes, no others."""
    from sqlalchemy.exc import DatabaseError

    try:
        connection.exec_driver_sql("INSERT INTO quote_fts(quote_fts, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        if "malformed" not in str(error):
            raise
        return False
    return True


def rebuild_index(connection: Connection) -> int:
    """Make the full-text index anew if it doesn't fit; tell whether it was (1) or not (0)."""
    if _index_fits(connection):
        return 0
    connection.exec_driver_sql("INSERT INTO quote_fts(quote_fts) VALUES ('rebuild')")
    return 1
