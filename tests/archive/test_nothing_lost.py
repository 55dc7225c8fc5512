"""Killed, crowded, out of room: what was reported as added is there, and the archive is sound."""

from __future__ import annotations

import random
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotes.archive import open_archive
from tests.archive.samples import COUNCIL, JEANNE, MARKET, extraction
from tests.postgresql import Server

QUOTES = [sys.executable, "-c", "from quotes.cli import main; raise SystemExit(main())"]
# Stores articles of three quotes, says the number of each, until it is stopped.
WRITER = """
import sys
from tests.archive.samples import extraction, JEANNE
from quotes.archive import open_archive
with open_archive(sys.argv[1]) as archive:
    for number in range(int(sys.argv[2])):
        places = ("première", "seconde", "tierce")
        words = [f"La parole {number} est la {place} de ce jour" for place in places]
        text = " ".join(f"« {one} »." for one in words)
        added = archive.add(extraction(text, *((one, JEANNE) for one in words)), extractor_version="1")
        print(added.article_id, flush=True)
"""


def write_articles(folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        text = (
            f"La rue {number} sera fermée\n\n« Nous avons choisi de fermer la rue numéro {number} »,"
            " a déclaré Jeanne Roy, maire de Saint-Aubin.\n"
        )
        (folder / f"rue{number:03}.txt").write_text(text, encoding="utf-8")


def reported(errors: str) -> set[str]:
    """The files that `quotes add` has said to have added."""
    return set(re.findall(r"^quotes: (\S+): article \d+", errors, re.M))


def sources(path: Path) -> set[str | None]:
    with open_archive(path) as archive:
        assert archive.check() == []
        rows = list(archive.articles())
        assert all(row.quotes for row in rows)
        return {row.source for row in rows}


def test_what_was_reported_before_a_kill_is_there_again_and_again(tmp_path: Path) -> None:
    folder, path = tmp_path / "rues", tmp_path / "paroles.db"
    write_articles(folder, range(200))
    chance = random.Random(7)
    known: set[str] = set()
    killed = 0
    for number in range(8):
        child = subprocess.Popen(
            [*QUOTES, "add", str(folder), "--db", str(path)], stderr=subprocess.PIPE, text=True, cwd=tmp_path
        )
        assert child.stderr is not None
        if number % 2:
            # After something was reported, most often in the midst of an article.
            said = child.stderr.readline()
            time.sleep(chance.random() * 0.1)
        else:
            # While the program starts, makes the archive, looks for what it knows.
            said = ""
            time.sleep(0.2 + chance.random() * 0.6)
        child.kill()
        said += child.stderr.read()
        killed += child.wait() == -signal.SIGKILL
        known |= reported(said)
        assert known <= sources(path)
    assert killed >= 4
    done = subprocess.run(
        [*QUOTES, "add", str(folder), "--db", str(path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert len(sources(path)) == 200
    assert len(reported(done.stderr)) <= 200 - len(known)
    checked = subprocess.run([*QUOTES, "db", "check", "--db", str(path)], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, f"quotes: {path} is sound\n")


def test_two_calls_at_once_on_one_archive_add_everything_once(tmp_path: Path) -> None:
    path = tmp_path / "paroles.db"
    write_articles(tmp_path / "une", range(40))
    write_articles(tmp_path / "deux", range(30, 70))
    calls = [
        subprocess.Popen(
            [*QUOTES, "add", "-v", name, "--db", str(path)], stderr=subprocess.PIPE, text=True, cwd=tmp_path
        )
        for name in ("une", "deux")
    ]
    said = [call.communicate()[1] for call in calls]
    assert [call.returncode for call in calls] == [0, 0], said
    with open_archive(path) as archive:
        assert archive.check() == []
        assert archive.counts() == {"articles": 70, "speakers": 1, "quotes": 70}
    assert sum(len(reported(one)) for one in said) == 70


def test_a_killed_writer_loses_nothing_on_a_server(server: Server) -> None:
    address = server.empty_archive()
    chance = random.Random(11)
    told: list[int] = []
    for number in range(6):
        child = subprocess.Popen([sys.executable, "-c", WRITER, address, "100000"], stdout=subprocess.PIPE)
        assert child.stdout is not None
        if number % 3:
            told += [int(child.stdout.readline()) for _ in range(chance.randint(1, 9))]
        time.sleep(chance.random() * 0.2)
        child.kill()
        told += [int(line) for line in child.stdout.read().split()]
        child.wait()
        child.stdout.close()
        with open_archive(address) as archive:
            assert archive.check() == []
            there = {row.id: row.quotes for row in archive.articles()}
        assert set(told) <= there.keys()
        assert set(there.values()) <= {3}
    assert told


def test_two_calls_at_once_on_a_server_add_everything_once(tmp_path: Path, server: Server) -> None:
    address = server.empty_archive()
    write_articles(tmp_path / "une", range(20))
    write_articles(tmp_path / "deux", range(15, 35))
    calls = [
        subprocess.Popen(
            [*QUOTES, "add", "-v", name, "--db", address], stderr=subprocess.PIPE, text=True, cwd=tmp_path
        )
        for name in ("une", "deux")
    ]
    said = [call.communicate()[1] for call in calls]
    assert [call.returncode for call in calls] == [0, 0], said
    with open_archive(address) as archive:
        assert archive.check() == []
        assert archive.counts() == {"articles": 35, "speakers": 1, "quotes": 35}
    assert sum(len(reported(one)) for one in said) == 35


def test_a_reader_sees_whole_articles_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "paroles.db"
    open_archive(path).close()
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "150"], stdout=subprocess.PIPE)
    seen = []
    with open_archive(path, readonly=True) as archive:
        while child.poll() is None:
            counts = archive.counts()
            assert counts["quotes"] == 3 * counts["articles"]
            hits = archive.search("première")
            assert hits.matches >= counts["articles"]
            seen.append(counts["articles"])
        assert child.wait() == 0
        assert archive.search("première").matches == 150
    assert seen == sorted(seen)
    assert any(0 < number < 150 for number in seen)


def test_backups_taken_while_another_process_writes_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "paroles.db"
    open_archive(path).close()
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "100000"], stdout=subprocess.PIPE)
    assert child.stdout is not None
    copies = [tmp_path / f"copie{number}.db" for number in range(3)]
    try:
        with open_archive(path, readonly=True) as archive:
            least = []
            for copy in copies:
                for _ in range(10):
                    last = int(child.stdout.readline())
                least.append(last)
                archive.backup(copy)
        assert child.poll() is None
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    for number, copy in zip(least, copies, strict=True):
        with open_archive(copy) as archive:
            assert archive.check() == []
            counts = archive.counts()
            assert counts["articles"] >= number
            assert counts["quotes"] == 3 * counts["articles"]
            assert archive.search("tierce").matches == counts["articles"]


def test_a_full_disk_stops_adding_with_one_line_and_leaves_a_sound_archive(tmp_path: Path) -> None:
    folder, path = tmp_path / "rues", tmp_path / "paroles.db"
    write_articles(folder, range(5))
    call = [*QUOTES, "add", str(folder), "--db", str(path)]
    subprocess.run(call, capture_output=True, check=True, cwd=tmp_path)
    write_articles(folder, range(200))
    size = path.stat().st_size
    assert not Path(f"{path}-wal").exists()

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    full = subprocess.run(call, capture_output=True, text=True, cwd=tmp_path, preexec_fn=small_disk)
    assert full.returncode == 1, full.stderr
    *said, last = full.stderr.splitlines()
    assert re.match(rf"quotes: {re.escape(str(path))} can't .*(disk)", last), full.stderr
    assert "Traceback" not in full.stderr
    known = reported("\n".join(said))
    assert len(known) < 195
    assert known <= sources(path)
    subprocess.run(call, capture_output=True, check=True, cwd=tmp_path)
    assert len(sources(path)) == 200


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM speakers WHERE id = 1", "points to nothing in speakers"),
        ("DELETE FROM quote_terms WHERE quote_id = 2", "quote 2: it can't be found by its words"),
        ("UPDATE quote_terms SET stems = 'autre chose' WHERE quote_id = 1", "full-text index"),
        ("INSERT INTO quote_fts(rowid, exact, stems) VALUES (99, 'de', 'trop')", "full-text index"),
        ('UPDATE quotes SET "end" = 9999 WHERE id = 2', "quote 2: it ends beyond its article"),
        ("UPDATE quotes SET start = start + 1 WHERE id = 2", "quote 2: it is not what its article has"),
        ("UPDATE articles SET text = 'Tout autre' WHERE id = 1", "quote 1: it ends beyond its article"),
    ],
)
def test_each_sort_of_damage_is_found(tmp_path: Path, damage: str, said: str) -> None:
    path = tmp_path / "paroles.db"
    with open_archive(path) as archive:
        for one in (COUNCIL, MARKET):
            archive.add(one, extractor_version="1")
        assert archive.check() == []
    with sqlite3.connect(path) as raw:
        raw.execute(damage)
    raw.close()
    with open_archive(path) as archive:
        found = archive.check()
    assert any(said in sentence for sentence in found), found


def test_a_page_that_was_overwritten_is_found(tmp_path: Path) -> None:
    path = tmp_path / "paroles.db"
    with open_archive(path) as archive:
        for number in range(200):
            words = f"La parole numéro {number}"
            archive.add(extraction(f"« {words} »", (words, JEANNE)), extractor_version="1")
    raw = sqlite3.connect(path)
    page, size = raw.execute(
        "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
        " WHERE name = 'ix_quotes_published'"
    ).fetchone()
    raw.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size + 200)
        file.write(b"\xff" * 600)
    with open_archive(path) as archive:
        assert any(sentence.startswith("SQLite: ") for sentence in archive.check())
