"""Calls that take long: what a terminal shows of them, and what Ctrl-C leaves."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.model import Article, Extraction
from tests.cli.conftest import Run
from tests.cli.test_cli_add import STRIKE, write

PROGRAM = "import sys; from quotes.cli import main; sys.exit(main())"


def folder_of(number: int, tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(number):
        write(folder, f"{n:04}.txt", STRIKE.replace("rien", f"rien, jour {n}") + f"Suite du jour {n}.\n" * 40)
    return folder


def in_terminal(*arguments: str | Path, cwd: Path) -> tuple[int, str]:
    """Run ``quotes`` with a terminal for its talk; give its code and what it printed there."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    os.close(theirs)
    printed = b""
    # The other end's closing is an error here on Linux, and an empty answer elsewhere.
    with contextlib.suppress(OSError):
        while piece := os.read(ours, 4_096):
            printed += piece
    os.close(ours)
    return process.wait(), printed.decode()


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals on this system")
def test_a_bar_in_a_terminal(tmp_path: Path) -> None:
    folder = folder_of(30, tmp_path)
    write(folder, "vide.txt", "")
    code, printed = in_terminal("add", folder, cwd=tmp_path)
    assert code == 1
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed)
    bars = [line for line in re.split(r"[\r\n]+", plain) if "━" in line]
    # How many files, how fast, for how long, how long still; it stays when the call is over.
    assert re.search(r"31 of 31 files [\d.]+ articles/s +\d:\d\d:\d\d", bars[-1])
    assert any(re.search(r"left +\d\d:\d\d", line) for line in bars)
    told = [line for line in re.split(r"[\r\n]+", plain) if line.startswith("quotes: ")]
    # What failed, and the sum: not a line each.
    assert [line.rpartition("/")[2] for line in told] == [
        "vide.txt: is empty: nothing to read",
        "quotes: 30 articles added with 30 quotes, 1 not read (`quotes failures` lists them)",
    ]


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals on this system")
def test_a_quiet_terminal(tmp_path: Path) -> None:
    assert in_terminal("add", folder_of(3, tmp_path), "--quiet", cwd=tmp_path) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals on this system")
def test_one_table_in_a_terminal(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": STRIKE.replace("rien", f"rien, jour {n}")}) + "\n" for n in range(30))
    table = write(tmp_path, "table.jsonl", rows)
    code, printed = in_terminal("add", table, cwd=tmp_path)
    assert code == 0
    assert "30 articles added with 30 quotes" in printed
    assert "of 1 files" not in printed


@pytest.mark.skipif(os.name != "posix", reason="no Ctrl-C signal on this system")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_after_the_article_in_hand(tmp_path: Path, jobs: str) -> None:
    many = 1_000  # they are told some hundred at a time
    folder = folder_of(many, tmp_path)
    command = [sys.executable, "-c", PROGRAM, "add", "-v", str(folder), "--jobs", jobs]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        # Where the tests run behind a shell's "&", Ctrl-C is ignored, and so it would be here.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    said = [process.stderr.readline() for _ in range(20)]
    process.send_signal(signal.SIGINT)
    said += process.stderr.readlines()
    assert process.wait() == 130
    assert re.fullmatch(
        r"quotes: stopped: \d+ articles added with \d+ quotes; the same call again goes on from here\n",
        said[-1],
    )
    reported = sum(": article " in line for line in said)
    assert 20 <= reported < many
    with open_archive(tmp_path / "quotes.db") as archive:
        assert archive.counts()["articles"] == reported
        assert archive.check() == []
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert again.returncode == 0
    assert f"{many - reported} articles added" in again.stderr
    assert f"{reported} already there" in again.stderr


def test_reextraction_does_not_depend_on_the_number_of_jobs(run: Run, tmp_path: Path) -> None:
    folder = folder_of(40, tmp_path)
    assert run("add", folder).code == 0
    with sqlite3.connect("quotes.db") as connection:
        # As older rules would have left it.
        connection.execute(
            "UPDATE quotes SET speaker_id = NULL, alias_id = NULL, rule = 'none' WHERE id % 3 = 0"
        )
        connection.execute("UPDATE articles SET extractor_version = '0'")
    connection.close()
    run("fix", "2", "--speaker", "Ada Ober")
    talk, dumps = [], []
    for jobs in ("1", "2"):
        run("db", "backup", f"{jobs}.db")
        done = run("reextract", "--jobs", jobs, "--db", f"{jobs}.db")
        assert done.code == 0
        talk.append(done.out + done.err)
        with sqlite3.connect(f"{jobs}.db") as connection:
            dumps.append(list(connection.iterdump()))
        connection.close()
    assert "13 of 40 articles changed" in talk[0]
    assert talk[0] == talk[1]
    assert dumps[0] == dumps[1]
    with open_archive("1.db") as archive:
        assert {row.speaker for row in archive.quotes()} == {"Paul Morel", "Ada Ober"}


def test_an_article_that_can_not_be_analysed_stays_as_it_was(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import quotes

    def breaking(article: Article, *, model: str = "auto") -> Extraction:
        raise KeyError("broken")

    with open_archive(db) as archive:
        before = archive.article(1)
        monkeypatch.setattr(quotes, "extract", breaking)
        done = run("reextract")
        assert done.code == 1
        assert "article 1: could not be analysed (KeyError: 'broken')" in done.err
        assert "1 article could not be analysed: what was found before stays" in done.err
        assert archive.article(1) == before
