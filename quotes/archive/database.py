"""Opening, creating and migrating the archive's file, and saying plainly what is wrong with it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import ArchiveError, SchemaError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# The revisions of migrations/versions, oldest first. Written here too, so that opening an archive
# doesn't import Alembic; a test holds the two together.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
HEAD = REVISIONS[-1]

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
    packed = Path(__file__).parent / "migrations"
    beside = Path(__file__).parents[2] / "migrations"
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


def require_current(path: Path, revision: str | None) -> None:
    """Refuse a schema that is older or newer than this program's."""
    if revision == HEAD:
        return
    if revision is None:
        raise ArchiveError(f"{path} is empty: add an article first (`quotes add FILE`)")
    if revision in REVISIONS:
        raise SchemaError(f"{path} was made by an older version of quotes: run `quotes db upgrade` first")
    raise SchemaError(f"{path} was made by a newer version of quotes: install that version to open it")


def migrate(path: Path, *, timeout: float) -> tuple[str | None, str]:
    """Bring the file to the newest schema in one transaction; give the revisions before and after.

    Foreign keys are off meanwhile (a table that is rebuilt would delete its children) and checked at
    the end, with the full-text index.
    """
    from alembic import command
    from alembic.config import Config
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
            config = Config()
            config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
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


def row_dict(row: Any) -> dict[str, Any]:
    """Give a result row as a plain dict."""
    return dict(row._mapping)
