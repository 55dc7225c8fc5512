"""What is particular to an archive on a server."""

from __future__ import annotations

import random
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from urllib.parse import quote as in_address

import pytest
from sqlalchemy import Connection, create_engine, text

from quotes.archive import Archive, Change, open_archive, upgrade
from quotes.archive.store import sqlite
from quotes.archive.store.asking import ask
from quotes.archive.store.schema import Base
from quotes.errors import ArchiveError, SchemaError
from quotes.model import Speaker, SpeakerType
from tests.archive.many import fill
from tests.archive.samples import COUNCIL, INHABITANT, JEANNE, MARKET, extraction, full
from tests.postgresql import PASSWORD, READER, Server


@pytest.fixture
def address(server: Server) -> str:
    return server.empty_archive()


def tables(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }


def dump(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    with archive.reading() as connection:
        return tables(connection)


def test_a_copy_there_and_back_loses_nothing(path: Path, address: str, tmp_path: Path) -> None:
    back = tmp_path / "retour.db"
    with open_archive(path) as archive:
        fill(archive)
        before = dump(archive)
        assert all(before.values())
        counted = archive.copy(address)
    assert counted == {name: len(rows) for name, rows in before.items()}
    with open_archive(address, readonly=True) as archive:
        assert dump(archive) == before
        assert archive.check() == []
        assert archive.search("climat").matches > 10
        archive.copy(back)
    assert [found.name for found in tmp_path.iterdir()].count("retour.db") == 1
    assert not [found for found in tmp_path.iterdir() if found.name.startswith(".")]
    with open_archive(path) as first, open_archive(back) as last:
        assert dump(last) == before
        assert last.check() == []
        assert last.search("climat") == first.search("climat")


@pytest.mark.parametrize("to_server", [True, False])
def test_a_copy_goes_on_as_the_first_would(path: Path, server: Server, to_server: bool) -> None:
    source: str | Path = path if to_server else server.empty_archive()
    target: str | Path = server.empty_archive() if to_server else path
    with open_archive(source) as archive:
        fill(archive)
        # The last speaker goes away, and its number is not given again.
        archive.add(
            extraction("« Oui »", ("Oui", Speaker("Ida Dernier", SpeakerType.PERSON))), extractor_version="1"
        )
        gone = archive.speaker("Ida Dernier").id
        merged = archive.merge(archive.speaker("Jeanne Roy").id, [gone], who="ida")
        archive.copy(target)
    with open_archive(target) as archive:
        archive.add(MARKET, extractor_version="1")
        archive.add(COUNCIL, extractor_version="1")
        assert archive.speaker(INHABITANT.name).id > gone
        archive.undo(merged)
        assert archive.speaker(str(gone)).name == "Ida Dernier"
        archive.fix(6, Change(), who="ida")
        assert archive.check() == []
        assert archive.search("marché").matches == 1


def test_only_an_empty_place_is_copied_to(path: Path, address: str, tmp_path: Path) -> None:
    other = tmp_path / "autre.db"
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
        archive.copy(address)
        for target, said in ((address, "is not empty"), (path, "exists already")):
            with pytest.raises(ArchiveError, match=said):
                archive.copy(target)
    with open_archive(address) as archive:
        assert archive.counts()["articles"] == 1
    open_archive(other).close()
    with open_archive(address) as archive, pytest.raises(ArchiveError, match="exists already"):
        archive.copy(other)


def test_a_copy_that_fails_leaves_nothing(path: Path, address: str) -> None:
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
        odd = extraction("Un\0 « Oui »", ("Oui", JEANNE))
        archive.add(odd, extractor_version="1")
        with pytest.raises(ArchiveError, match="row 2 of articles has a NUL"):
            archive.copy(address)
    with open_archive(address) as archive:
        assert archive.counts() == {"articles": 0, "speakers": 0, "quotes": 0}
        with pytest.raises(ArchiveError, match="NUL character"):
            archive.add(odd, extractor_version="1")
        assert archive.counts()["articles"] == 0


def test_a_backup_of_a_database_is_a_file(address: str, path: Path) -> None:
    with open_archive(address) as archive:
        fill(archive)
        with archive.writing() as connection:
            connection.execute(text("UPDATE articles SET title = 'Autre'"))
            archive.backup(path)
        before = dump(archive)
        with pytest.raises(ArchiveError, match="exists already"):
            archive.backup(path)
    with open_archive(path) as archive:
        assert archive.check() == []
        copied = dump(archive)
    for name, rows in before.items():
        assert len(copied[name]) == len(rows)
    assert copied["quotes"] == before["quotes"]
    assert copied["articles"] != before["articles"]


def test_writers_at_once_lose_nothing(address: str) -> None:
    """All meet the same speakers and roles at the same time."""
    program = """
import sys
from quotes.archive import open_archive
from tests.archive.samples import JEANNE, extraction
with open_archive(sys.argv[1]) as archive:
    for number in range(25):
        text = f"{sys.argv[2]} {number} « Oui {number}, nous voulons cela, et toujours »"
        words = f"Oui {number}, nous voulons cela, et toujours"
        archive.add(extraction(text, (words, JEANNE, f"rôle {number}")), extractor_version="1")
"""
    names = ("une", "deux", "trois")
    writers = [subprocess.Popen([sys.executable, "-c", program, address, name]) for name in names]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    with open_archive(address) as archive:
        assert archive.counts() == {"articles": 75, "speakers": 1, "quotes": 75}
        assert archive.check() == []
        with archive.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM roles")).scalar() == 25
            assert connection.execute(text("SELECT count(*) FROM speaker_aliases")).scalar() == 1
        assert {len(one.appearances) for one in archive.utterances(limit=100)} == {75}


def test_readers_do_not_wait_for_writers(address: str) -> None:
    with open_archive(address) as archive, open_archive(address, timeout=0.1) as other:
        archive.add(COUNCIL, extractor_version="1")
        with archive.writing() as connection:
            connection.execute(text("UPDATE quotes SET outlet = 'Autre'"))
            assert other.search("déclaration").hits[0].row.outlet == "Le Courrier du Val"
            with pytest.raises(ArchiveError, match="being written to by others"):
                other.add(MARKET, extractor_version="1")
        assert other.add(MARKET, extractor_version="1").new


def alembic(address: str) -> object:
    from alembic.config import Config

    config = Config(str(Path(sqlite.__file__).parents[3] / "alembic.ini"))
    config.cmd_opts = Namespace(x=[f"db={address}"])
    return config


def test_the_models_are_those_of_the_migrations(address: str) -> None:
    from alembic import command

    command.check(alembic(address))  # type: ignore[arg-type]


def test_text_is_in_the_order_of_code_points(address: str) -> None:
    with open_archive(address) as archive, archive.reading() as connection:
        other = ask(
            connection,
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'",
        )
        assert {row.table_name for row in other} == {"quote_terms", "alembic_version"}


@pytest.mark.parametrize("older", sqlite.REVISIONS[:-1])
def test_an_upgrade_of_a_filled_archive_loses_nothing(server: Server, older: str) -> None:
    from alembic import command

    with server.empty_database() as address:
        with open_archive(address) as archive:
            archive.add_all([COUNCIL, MARKET, full()], extractor_version="1")
            before = dump(archive)
        command.downgrade(alembic(address), older)  # type: ignore[arg-type]
        with pytest.raises(SchemaError, match="quotes db upgrade"):
            open_archive(address)
        assert upgrade(address) == (older, sqlite.HEAD)
        with open_archive(address) as archive:
            after = dump(archive)
            for name in (
                "speakers",
                "speaker_aliases",
                "roles",
                "not_quotes",
                "quote_terms",
                "quote_sketches",
            ):
                assert after[name] == before[name]
            assert len(after["articles"]) == 3
            assert archive.check() == []
            assert archive.search("déclaration").matches == 2
        command.downgrade(alembic(address), "base")  # type: ignore[arg-type]
        with create_engine(address).connect() as connection:
            left = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
            assert [name for (name,) in left] == ["alembic_version"]


def test_an_empty_database_becomes_an_archive_or_is_refused(server: Server) -> None:
    with server.empty_database() as address:
        with pytest.raises(ArchiveError, match="is empty: add an article first"):
            open_archive(address, create=False)
        with open_archive(address) as archive:
            assert archive.counts()["articles"] == 0
        assert upgrade(address) == (sqlite.HEAD, sqlite.HEAD)


def test_somebody_elses_database_is_refused(server: Server) -> None:
    with server.empty_database() as address:
        with create_engine(address).begin() as connection:
            connection.execute(text("CREATE TABLE recettes (nom text)"))
        with pytest.raises(ArchiveError, match="not a quotes archive"):
            open_archive(address)


def test_archives_live_in_schemas_beside_one_another(server: Server) -> None:
    with server.empty_database() as address:
        with create_engine(address).begin() as connection:
            connection.execute(text("CREATE TABLE recettes (nom text)"))
            connection.execute(text("CREATE SCHEMA paroles"))
        with open_archive(f"{address}&options=-csearch_path%3Dparoles") as archive:
            archive.add(COUNCIL, extractor_version="1")
            assert archive.search("déclaration").matches == 1


def test_a_newer_schema_is_refused(address: str) -> None:
    with create_engine(address).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        for opening in (open_archive, upgrade):
            with pytest.raises(SchemaError, match="newer version of quotes"):
                opening(address)
    finally:
        with create_engine(address).begin() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{sqlite.HEAD}'"))


def refused(address: str) -> str:
    with pytest.raises(ArchiveError) as caught:
        open_archive(address, timeout=1)
    said = str(caught.value)
    assert "\n" not in said
    assert "secret" not in said
    assert PASSWORD not in said
    assert in_address(PASSWORD, safe="") not in said
    return said


def test_what_keeps_a_database_from_being_opened_is_said_without_the_password(server: Server) -> None:
    socket = f"host={server.folder}"
    password = in_address(PASSWORD, safe="")
    assert "createdb nulle_part" in refused(f"postgresql+psycopg://postgres@/nulle_part?{socket}")
    assert "check the user and the password" in refused(f"postgresql://{READER}:secret@/archive?{socket}")
    assert "check the user and the password" in refused(f"postgresql://personne:secret@/archive?{socket}")
    assert "can't be reached" in refused("postgresql+psycopg://ida:secret@127.0.0.1:1/archive")
    assert "can't be reached" in refused(
        f"postgresql+psycopg://ida:secret@/archive?host={server.folder}/rien"
    )
    assert "postgresql+psycopg://USER@HOST/NAME" in refused(
        "postgresql+psycopg://ida:secret@hôte:port/archive"
    )
    assert "can't be kept in mysql" in refused("mysql://ida:secret@hote/archive")
    # She may come in, and do nothing there.
    assert "ask its administrator" in refused(f"postgres://{READER}:{password}@/archive?{socket}")


def test_a_name_has_no_password(address: str) -> None:
    with open_archive(address.replace("postgres@", "postgres:secret@") + "&sslpassword=secret") as archive:
        assert archive.name == "postgresql://postgres@/archive"


def test_without_psycopg_it_is_said_how_to_get_it() -> None:
    program = """
import sys
sys.modules["psycopg"] = None
from quotes.archive import open_archive
open_archive("postgresql+psycopg://ida@hote/archive")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "[postgres]'" in done.stderr.splitlines()[-1]


def test_a_readonly_archive_is_not_written(address: str) -> None:
    with open_archive(address, readonly=True) as archive:
        with pytest.raises(ArchiveError, match="can't be written to"):
            archive.add(COUNCIL, extractor_version="1")
        assert archive.counts()["articles"] == 0


def test_a_broken_connection_is_said(server: Server, address: str) -> None:
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = 'archive' AND pid != pg_backend_pid()"
    )
    with open_archive(address) as archive:
        with pytest.raises(ArchiveError, match="was shut down"), archive.writing() as connection:  # noqa: PT012
            server.execute(end)
            connection.execute(text("SELECT 1"))
        assert archive.counts()["articles"] == 0


def test_long_words_and_long_quotes_are_found(archive: Archive) -> None:
    """PostgreSQL has limits for lexemes, places and whole vectors."""
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = " ".join("".join(chance.choices(letters, k=12)) for _ in range(45_000))
    cases = ["x" * 5_000 + " longueur", "vraiment " * 17_000 + "singulier ici", f"commencement {many}"]
    for number, words in enumerate(cases):
        archive.add(extraction(f"{number} « {words} »", (words, JEANNE)), extractor_version="1")
    assert archive.search("longueur").matches == 1
    assert archive.search("x" * 1_990).matches in (0, 1)
    assert archive.search("singulier vraiment").matches == 1
    assert archive.search('"vraiment vraiment"').matches == 1
    assert archive.search("commencement").matches == 1


def test_damage_is_found(address: str) -> None:
    with open_archive(address) as archive:
        archive.add(COUNCIL, extractor_version="1")
        with archive.writing() as connection:
            connection.execute(text("DELETE FROM quote_terms WHERE quote_id = 1"))
            connection.execute(text('UPDATE quotes SET "end" = 9999 WHERE id = 2'))
        found = " ".join(archive.check())
    assert "quote 1: it can't be found by its words" in found
    assert "quote 2: it ends beyond" in found
