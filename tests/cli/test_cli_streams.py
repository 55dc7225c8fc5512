"""Outputs and inputs that are closed, full, or left by who reads them; what nobody foresaw; a full disk."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device on this system")

ASKING = (
    ["search"],
    ["export"],
    ["export", "--format", "jsonl"],
    ["stats"],
    ["show", "1"],
    ["articles"],
    ["speakers"],
    ["db", "check"],
    ["failures"],
    ["history"],
    ["variants"],
    ["check", "L’État nous aide peu"],
    ["--help"],
)


def quotes(
    folder: Path,
    *arguments: str,
    before: Callable[[], None] | None = None,
    stdout: int = subprocess.PIPE,
    program: str = "import sys; from quotes.cli import main; sys.exit(main())",
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        preexec_fn=before,
        timeout=120,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "QUOTES_DB": "quotes.db",
            "XDG_STATE_HOME": str(folder / "state"),
        },
    )


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("asked", ASKING, ids=" ".join)
def test_an_answer_that_nobody_can_take(tmp_path: Path, asked: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        result = quotes(tmp_path, *asked, stdout=full.fileno())
    answers = asked[0] not in ("db", "failures", "history", "variants")
    assert result.returncode == int(answers)
    assert b"Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 2
    if answers:
        assert b"the answer can't be read or written (no space left on device)" in result.stderr


@pytest.mark.usefixtures("db")
def test_a_closed_output_is_told_and_the_archive_is_not_taken_for_it(tmp_path: Path) -> None:
    before = (tmp_path / "quotes.db").read_bytes()
    result = quotes(tmp_path, "export", before=lambda: os.close(1))
    assert result.returncode == 1
    assert result.stderr.count(b"\n") == 1
    assert quotes(tmp_path, "export", before=lambda: os.close(2)).returncode == 0
    assert (tmp_path / "quotes.db").read_bytes() == before


def test_a_closed_input_is_an_empty_one(tmp_path: Path) -> None:
    result = quotes(tmp_path, "add", "-", before=lambda: os.close(0))
    assert result.returncode == 1
    assert b"is empty" in result.stderr


@pytest.mark.usefixtures("db")
def test_who_talks_to_a_full_disk_still_answers(tmp_path: Path) -> None:
    def full() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 2)

    result = quotes(tmp_path, "export", before=full)
    assert result.returncode == 0
    assert b"Leb" in result.stdout


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("asked", ASKING[:7], ids=" ".join)
def test_a_reader_who_goes_away_ends_it_quietly(tmp_path: Path, asked: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = quotes(tmp_path, *asked, stdout=writing)
    finally:
        os.close(writing)
    assert result.returncode == 141
    assert b"can't" not in result.stderr
    assert b"Traceback" not in result.stderr


FULL_DISK = """
import resource, sys
from pathlib import Path
from quotes.archive import open_archive
from quotes.archive.export.tables import export_articles, export_quotes
from quotes.cli import main
from quotes.errors import ArchiveError
import pyarrow.parquet, xlsxwriter

with open_archive("quotes.db", readonly=True) as archive:
    rows, articles = list(archive.placed()) * 2_000, list(archive.quoted()) * 2_000
    # SIGXFSZ is ignored by Python: who writes is told.
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
    archive.placed = lambda *_, **__: iter(rows)
    archive.quoted = lambda *_, **__: iter(articles)
    import quotes.archive.archive
    quotes.archive.open_archive = lambda *_, **__: archive
    sys.exit(main(["export", "-o", sys.argv[1]]))
"""


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx", "a.parquet", "a.md", "a.xml"])
def test_an_export_to_a_full_disk_is_one_line(tmp_path: Path, name: str) -> None:
    for library in ("pyarrow", "xlsxwriter"):
        pytest.importorskip(library)
    result = quotes(tmp_path, name, program=FULL_DISK)
    assert result.returncode == 1
    assert result.stderr.count(b"\n") == 1, result.stderr
    assert f"{name} can't be written (".encode() in result.stderr
    assert not any(path.name.startswith((name, ".quotes")) for path in tmp_path.iterdir())


HUGE = str(2**63)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "asked",
    [
        ["show", HUGE],
        ["show", str(2**63 - 1)],
        ["search", "--limit", HUGE],
        ["search", "--limit", str(2**63 - 1)],
        ["speakers", "--limit", HUGE],
        ["articles", "--limit", HUGE],
        ["history", "--limit", HUGE],
        ["speaker", HUGE],
        ["undo", HUGE],
        ["undo", "-" + HUGE],
        ["fix", HUGE, "--not-a-quote"],
        ["variants", HUGE],
        ["articles", "edit", HUGE, "--title", "T"],
        ["merge", "1", HUGE],
        ["split", "1", "--article", HUGE],
        ["split", "1", "--quote", HUGE],
        ["check", "L’État", "--limit", HUGE],
        ["show", "1", "--revision", HUGE],
        ["show", "9" * 5_000],
        ["speaker", "9" * 5_000],
        ["search", "--after", HUGE],
        ["search", "--facets", "--limit", HUGE],
    ],
    ids=lambda asked: " ".join(asked)[:40],
)
def test_numbers_beyond_all_archives(run: Run, asked: list[str]) -> None:
    result = run(*asked, "--db", "quotes.db")
    assert "nobody foresaw" not in result.err
    assert "Traceback" not in result.err
    assert result.code in (0, 1, 2)
    if result.code == 1:
        assert result.err.count("\n") == 1


def test_what_nobody_foresaw_is_one_line_and_a_report(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("nul\x1b[2J")

    monkeypatch.setattr("quotes.archive.archive.Archive.search", broken)
    result = run("search", "--db", db)
    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err
    kept = re.search(r"please send (\S+) to its maintainer", result.err)
    assert kept is not None
    report = Path(kept[1]).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in report
    assert "Python 3" in report
    # The same error goes to the same file.
    assert kept[1] in run("search", "--db", db).err
    assert len(list((tmp_path / "state" / "quotes").iterdir())) == 1
    assert "Traceback" in run("--debug", "search", "--db", db).err
    assert "Traceback" not in run("search", "--db", db).err


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE articles SET zones = '[[\"ciel\", 0, 1]]'",
        "UPDATE articles SET zones = '{'",
        "UPDATE articles SET authors = '5'",
        "UPDATE articles SET text = NULL",
        "UPDATE quotes SET kind = 'cri'",
        "UPDATE quotes SET incises = '[[1]]'",
        "UPDATE quotes SET incises = 'x'",
        "UPDATE quotes SET confidence = 'sûr'",
        "UPDATE speakers SET gender = 'x'",
        "UPDATE speakers SET type = 'x'",
    ],
)
def test_a_damaged_row_is_one_line(run: Run, db: Path, damage: str) -> None:
    import sqlite3

    connection = sqlite3.connect(db)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        connection.execute(damage)
        connection.commit()
    except sqlite3.IntegrityError:
        pytest.skip("the archive itself refuses it")
    finally:
        connection.close()
    for asked in (
        ["show", "1"],
        ["search"],
        ["export"],
        ["export", "--format", "markdown"],
        ["export", "--format", "tei"],
        ["stats"],
        ["articles"],
        ["speakers"],
        ["variants"],
        ["reextract", "--dry-run"],
    ):
        result = run(*asked, "--db", db)
        assert "nobody foresaw" not in result.err, (asked, result.err)
        assert result.code in (0, 1), (asked, result.err)
