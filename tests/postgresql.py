"""A throw-away PostgreSQL server for the tests: in a folder of its own, on a socket, gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

from quotes.archive import open_archive

READER, PASSWORD = "lectrice", "mot de passe/@:"
_ARCHIVE = "archive"


class Server:
    """A running server, with one archive that each test finds empty, and new databases for who needs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def execute(self, *statements: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def prepare(self) -> None:
        self.execute(
            f"CREATE DATABASE {_ARCHIVE}",
            f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'",
        )
        open_archive(self.address(_ARCHIVE)).close()

    def empty_archive(self) -> str:
        """The address of an archive without articles; the same one each time, emptied."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=_ARCHIVE) as connection:
            tables = connection.execute(
                "SELECT string_agg(quote_ident(tablename), ',') FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename != 'alembic_version'"
            ).fetchone()
            assert tables
            connection.execute(f"TRUNCATE {tables[0]} RESTART IDENTITY".encode())
        return self.address(_ARCHIVE)

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """The address of a database in which there is nothing."""
        name = f"essai_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield self.address(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _programs() -> Path | None:
    beside = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = [Path(beside)] if beside else debian[-1:]
    return found[0].parent if found else None


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server, or skip with the reason."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (no initdb)")
    # The server refuses to run as root.
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    before = as_user if os.geteuid() == 0 else []
    if before and (
        shutil.which("setpriv") is None or subprocess.run([*before, "true"], capture_output=True).returncode
    ):
        pytest.skip("PostgreSQL can't be run: there is no user postgres to run it as")
    # A short path: that of a socket may have a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="quotes-postgresql-"))
    try:
        if before:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        subprocess.run(
            [*before, programs / "initdb", "--no-sync", "--auth=trust", "--username=postgres",
             "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata", data],
            check=True, capture_output=True, cwd="/",
        )  # fmt: skip
        (data / "pg_hba.conf").write_text(f"local all {READER} scram-sha-256\nlocal all all trust\n")
        if before and shutil.which("setpriv"):
            # It goes down with the tests, however they end.
            before = [*before, "--pdeathsig", "INT"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*before, programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=",
                 "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off",
                 "-c", "shared_buffers=32MB"],
                stdout=log, stderr=log, cwd="/",
            )  # fmt: skip
        try:
            server = Server(folder)
            _wait(server, process)
            server.prepare()
            yield server
        finally:
            # At once, without writing down what goes away anyhow.
            process.send_signal(signal.SIGQUIT)
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    said = (server.folder / "log").read_text(errors="replace")
    pytest.skip(f"PostgreSQL did not start: {said[-300:]}")
