from __future__ import annotations

import os
import re
import sqlite3
import sys
import threading
from argparse import Namespace
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from quotes.archive import Archive, Change, Failure, open_archive, upgrade
from quotes.archive.store import sqlite
from quotes.errors import ArchiveError, SchemaError
from quotes.model import Article, Extraction, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, JEANNE, MARKET, extraction, full


def one_line(caught: pytest.ExceptionInfo[Exception]) -> str:
    said = str(caught.value)
    assert said
    assert "\n" not in said
    return said


def alembic_config(path: Path | None = None) -> Config:
    """Alembic's configuration, for an archive or for one in memory."""
    # Alembic takes as default the standard output of the moment at which it was imported, which may have
    # been that of another test, and closed since.
    config = Config(str(Path(sqlite.__file__).parents[3] / "alembic.ini"), stdout=sys.stdout)
    if path is not None:
        config.cmd_opts = Namespace(x=[f"db={path}"])
    return config


def test_a_fresh_archive_has_the_newest_schema(path: Path) -> None:
    with open_archive(path):
        pass
    raw = sqlite3.connect(path)
    assert raw.execute("SELECT version_num FROM alembic_version").fetchone()[0] == sqlite.HEAD
    assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    raw.close()


def test_the_revisions_are_those_of_the_migrations() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(sqlite.migrations_folder()))
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(revisions)) == sqlite.REVISIONS


def test_the_models_are_those_of_the_migrations(path: Path) -> None:
    # Raises when autogenerate would change anything.
    command.check(alembic_config())


def test_migrations_are_found_in_an_installed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "quotes" / "archive"
    (package / "migrations").mkdir(parents=True)
    (package / "migrations" / "env.py").write_text("")
    monkeypatch.setattr(sqlite, "__file__", str(package / "store" / "sqlite.py"))
    assert sqlite.migrations_folder() == package / "migrations"
    (package / "migrations" / "env.py").unlink()
    with pytest.raises(ArchiveError, match="install quotes again"):
        sqlite.migrations_folder()


def test_a_missing_archive_is_not_made_by_readers(path: Path) -> None:
    with pytest.raises(ArchiveError, match="quotes add") as caught:
        open_archive(path, create=False)
    one_line(caught)
    assert not path.exists()


def test_an_empty_file_becomes_an_archive_or_is_refused(path: Path) -> None:
    path.touch()
    with pytest.raises(ArchiveError, match="empty"):
        open_archive(path, create=False)
    with open_archive(path) as archive:
        assert archive.counts()["articles"] == 0


@pytest.mark.parametrize("content", [b"ceci n'est pas une base" * 100, b"\x00" * 5000, b"court"])
def test_what_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ArchiveError) as caught:
        open_archive(path)
    assert str(path) in one_line(caught)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recettes (nom TEXT)")
    raw.close()
    with pytest.raises(ArchiveError, match="not a quotes archive") as caught:
        open_archive(path)
    assert str(path) in one_line(caught)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder"):
        open_archive(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="can't be made") as caught:
        open_archive(tmp_path / "nulle" / "part.db")
    one_line(caught)


def stamp(path: Path, revision: str) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    raw.close()


def test_an_older_schema_is_refused_with_the_command(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_archive(path).close()
    stamp(path, "0000")
    monkeypatch.setattr(sqlite, "REVISIONS", ("0000", *sqlite.REVISIONS))
    with pytest.raises(SchemaError, match="quotes db upgrade") as caught:
        open_archive(path)
    one_line(caught)


def test_a_newer_schema_is_refused_in_plain_words(path: Path) -> None:
    open_archive(path).close()
    stamp(path, "9999")
    for opening in (open_archive, upgrade):
        with pytest.raises(SchemaError, match="newer version of quotes") as caught:
            opening(path)
        one_line(caught)


def test_upgrading_twice_changes_nothing(path: Path) -> None:
    open_archive(path).close()
    assert upgrade(path) == (sqlite.HEAD, sqlite.HEAD)


def test_a_locked_archive_is_said(path: Path) -> None:
    open_archive(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with open_archive(path, timeout=0.05) as archive:
        with pytest.raises(ArchiveError, match="locked") as caught:
            archive.add(COUNCIL, extractor_version="1")
        one_line(caught)
        holder.execute("ROLLBACK")
        assert archive.add(COUNCIL, extractor_version="1").new
    holder.close()


def test_a_readonly_archive_is_read_and_not_written(path: Path) -> None:
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
    with open_archive(path, readonly=True) as archive:
        assert archive.search("déclaration").matches == 1
        with pytest.raises(ArchiveError, match="can't be written") as caught:
            archive.add(MARKET, extractor_version="1")
        one_line(caught)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_an_archive_on_a_medium_without_writing_is_read(path: Path) -> None:
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with open_archive(path, readonly=True) as archive:
            assert archive.counts()["articles"] == 1
    finally:
        path.parent.chmod(0o755)


def test_a_full_disk_is_said_and_nothing_is_half_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_archive(path).close()
    connect = sqlite.connect

    def small(path: Path, *, readonly: bool, timeout: float) -> sqlite3.Connection:
        connection = connect(path, readonly=readonly, timeout=timeout)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "connect", small)
        with open_archive(path) as archive:
            archive.add(COUNCIL, extractor_version="1")
            big = full()
            with pytest.raises(ArchiveError, match="disk is full") as caught:
                archive.add(
                    replace(big, article=replace(big.article, text=big.article.text + "x" * 10**6)),
                    extractor_version="1",
                )
            one_line(caught)
    with open_archive(path) as archive:
        assert archive.counts()["articles"] == 1
        assert archive.check() == []


def test_two_who_open_a_missing_archive_at_once_both_get_it(path: Path) -> None:
    opened: list[Archive] = []
    failed: list[Exception] = []

    def go() -> None:
        try:
            opened.append(open_archive(path))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for archive in opened:
        archive.close()
    assert failed == []


def fill_every_table(path: Path) -> None:
    """An archive in which no table is empty."""
    with open_archive(path) as archive:
        for one in (COUNCIL, MARKET, full()):
            archive.add(one, extractor_version="1")
        words = "L’État n’a pas publié toutes ses déclarations de patrimoine cette année"
        for again in (words, f"{words} encore"):
            archive.add(
                extraction(f"« {again} », a répété Jeanne Roy.", (again, JEANNE)), extractor_version="1"
            )
        # An article with a copy and an earlier version, and one like it in another paper.
        told = " ".join(f"La rue {number} sera fermée demain matin." for number in range(20))
        for text, outlet, source in (
            (told, "Le Courrier", "a.txt"),
            (told, "Le Courrier", "b.txt"),
            (f"{told} Les riverains protestent.", "Le Courrier", "c.txt"),
            (f"{told} Les commerçants attendent.", "La Gazette", "d.txt"),
        ):
            article = Article(text, outlet=outlet, source=source)
            archive.add(Extraction(article), extractor_version="1")
        archive.fix(1, Change(role="maire"), who="ida")
        archive.fix(2, Change(not_a_quote=True), who="ida")
        archive.rename(1, "Jeanne Roy-Faure", who="ida")
        archive.note_failures([Failure("rien.pdf", "rien.pdf", "is damaged", {})])
    assert [table for table, rows in dump(path).items() if not rows] == []


def dump(path: Path) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables of our own, by column."""
    raw = sqlite3.connect(path)
    raw.row_factory = sqlite3.Row
    names = [
        row[0]
        for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not row[0].startswith(("sqlite_", "quote_fts", "alembic_"))
    ]
    rows = {name: [dict(row) for row in raw.execute(f"SELECT * FROM {name} ORDER BY 1, 2")] for name in names}
    raw.close()
    return rows


def schema(path: Path) -> list[tuple[str, str, set[str]]]:
    """What the file is made of: tables (with the clauses of each), indexes, triggers."""
    raw = sqlite3.connect(path)
    found = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
    # Columns that were added later stand in another place.
    parted = [(kind, name, set(re.split(r"[,()]\s*", " ".join(sql.split())))) for kind, name, sql in found]
    raw.close()
    return parted


# What an older schema has no place for is made anew by the upgrade, or lost by the downgrade.
MADE_ANEW = {"quote_sketches", "found_extractions", "gone_quotes"}


@pytest.mark.parametrize("older", sqlite.REVISIONS[:-1])
def test_migrating_a_filled_archive_loses_nothing(path: Path, tmp_path: Path, older: str) -> None:
    fill_every_table(path)
    newest, newest_schema = dump(path), schema(path)
    with open_archive(path) as archive:
        variants = archive.utterances()
        assert variants
        found = [archive.search(words) for words in ("déclaration", '"pas publié"', "locutrice:Faure")]
        assert all(hits.matches for hits in found)
    command.downgrade(alembic_config(path), older)
    with pytest.raises(SchemaError, match="quotes db upgrade"):
        open_archive(path)
    before = dump(path)
    for table in before.keys() - MADE_ANEW:
        columns = before[table][0].keys() & newest[table][0].keys()
        assert [{name: row[name] for name in columns} for row in newest[table]] == [
            {name: row[name] for name in columns} for row in before[table]
        ]
    assert upgrade(path) == (older, sqlite.HEAD)
    after = dump(path)
    assert schema(path) == newest_schema
    for table in before.keys() - MADE_ANEW:
        kept = before[table][0].keys()
        assert [{name: row[name] for name in kept} for row in after[table]] == before[table]
    assert after["quote_sketches"] == newest["quote_sketches"]
    with open_archive(path) as archive:
        assert archive.check() == []
        assert [
            archive.search(words) for words in ("déclaration", '"pas publié"', "locutrice:Faure")
        ] == found
        assert archive.utterances() == variants
        assert not archive.add(COUNCIL, extractor_version="1").new
        for broken in (
            "UPDATE quotes SET speaker_id = 999 WHERE id = 1",
            "UPDATE quotes SET confidence = 2 WHERE id = 1",
            "UPDATE articles SET content_hash = (SELECT content_hash FROM articles WHERE id = 2)",
            "DELETE FROM speakers WHERE id = 1",
        ):
            with pytest.raises(ArchiveError, match="constraint"), archive.writing() as connection:
                connection.exec_driver_sql(broken)
        assert archive.check() == []


def test_corrections_made_before_what_was_found_was_kept_are_undone_rightly(path: Path) -> None:
    pierre = Speaker("Pierre Ober", SpeakerType.PERSON)
    with open_archive(path) as archive:
        for one in (COUNCIL, MARKET):
            archive.add(one, extractor_version="1")
        first = archive.fix(1, Change(speaker=pierre), who="ida")
        second = archive.fix(1, Change(role="adjoint"), who="ida")
        third = archive.fix(2, Change(not_a_quote=True), who="ida")
        corrected = archive.article(1).extraction
    command.downgrade(alembic_config(path), "0005")
    upgrade(path)
    with open_archive(path) as archive:
        assert archive.article(1).extraction == corrected
        for entry in (first, third, second):
            archive.undo(entry)
        assert archive.article(1).extraction == COUNCIL
        assert archive.check() == []


def test_a_backup_is_taken_while_another_writes(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copie.db"
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
        with archive.writing() as connection:
            connection.exec_driver_sql("UPDATE articles SET title = 'Autre'")
            archive.backup(copy)
        with pytest.raises(ArchiveError, match="exists already"):
            archive.backup(copy)
    with open_archive(copy) as archive:
        assert archive.check() == []
        assert archive.article(1).extraction == COUNCIL


def test_an_open_archive_sees_what_others_have_added_since(path: Path) -> None:
    with open_archive(path) as archive, open_archive(path) as other:
        archive.add(COUNCIL, extractor_version="1")
        before = other.counts()["articles"]
        # Broken off in the middle, and kept.
        begun = other.quotes()
        assert isinstance(begun, Generator)
        next(begun)
        archive.add(MARKET, extractor_version="1")
        assert other.counts()["articles"] == before + 1
        begun.close()
        assert other.counts()["articles"] == before + 1


def test_a_backup_put_in_its_place_is_what_an_open_archive_answers_from(path: Path, tmp_path: Path) -> None:
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
        archive.backup(tmp_path / "copie.db")
        archive.add(MARKET, extractor_version="1")
    with open_archive(path, readonly=True) as archive:
        assert archive.counts()["articles"] == 2
        (tmp_path / "copie.db").replace(path)
        assert archive.counts()["articles"] == 1
