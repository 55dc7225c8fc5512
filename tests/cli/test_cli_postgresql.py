"""The commands on an archive that is a PostgreSQL database."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from quotes.archive import open_archive
from tests.cli.conftest import BUDGET, Run, budget
from tests.postgresql import Server

# The server lets everybody in on its socket: the password is only there so as not to be printed.
PASSWORD = "motdepasse"


@pytest.fixture
def address(server: Server) -> str:
    """An archive with the article BUDGET."""
    address = server.empty_archive().replace("postgres@", f"postgres:{PASSWORD}@")
    with open_archive(address) as archive:
        archive.add(budget(), extractor_version="test")
    return address


def test_every_command_works_on_a_server(run: Run, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_DB", address)
    Path("article.txt").write_text("« La neige tient », dit Anne Morel.\n\nElle rit.\n" * 2, encoding="utf-8")
    Path("binaire.txt").write_bytes(b"\x00\x01")
    calls: list[tuple[str, ...]] = [
        ("search", "etat"),
        ("search", "--speaker", "leboeuf", "--sort", "date"),
        ("speakers",),
        ("speakers", "suggest"),
        ("speaker", "Zoé Lebœuf"),
        ("articles",),
        ("articles", "edit", "1", "--outlet", "Le Phare"),
        ("show", "1"),
        ("check", "L’État nous aide"),
        ("variants",),
        ("stats",),
        ("stats", "--by", "outlet"),
        ("fix", "1", "--role", "maire"),
        ("rename", "Zoé Lebœuf", "Zoé Leboeuf-Roy"),
        ("alias", "Zoé Leboeuf-Roy", "la maire"),
        ("history",),
        ("undo",),
        ("export", "-o", "tout.csv"),
        ("export", "--format", "tei", "-o", "tout.xml"),
        ("export", "--format", "gold", "-o", "annotations"),
        ("evaluate", "--corrected"),
        ("reextract", "--dry-run"),
        ("failures",),
        ("db", "upgrade"),
        ("db", "check"),
        ("db", "backup", "copie.db"),
    ]
    said = run("add", "article.txt", "binaire.txt")
    assert said.code == 1
    assert "1 article added" in said.err
    talk = said.out + said.err
    for arguments in calls:
        result = run(*arguments)
        assert (arguments, result.code) == (arguments, 0)
        talk += result.out + result.err
    assert "postgresql://postgres@/archive is sound" in talk
    assert "postgresql://postgres@/archive copied to copie.db" in talk
    assert PASSWORD not in talk
    with Path("tout.csv").open(encoding="utf-8", newline="") as file:
        assert sum("aide peu" in row["quote"] for row in csv.DictReader(file)) == 1
    assert "binaire.txt" in run("failures").out
    assert not Path("quotes.db").exists()


def test_what_is_there_is_not_read_again(run: Run, address: str) -> None:
    Path("budget.txt").write_text(BUDGET, encoding="utf-8")
    for jobs in ("1", "2"):
        result = run("add", "--verbose", "--db", address, "--jobs", jobs, "budget.txt")
        assert result.code == 0
        assert "already in the archive as article 1" in result.err


def test_a_copy_by_command(run: Run, address: str, db: Path, server: Server) -> None:
    result = run("db", "copy", address, "copie.db")
    assert result.code == 0
    assert "postgresql://postgres@/archive copied to copie.db: 1 article, 1 quote," in result.err
    assert run("search", "--db", "copie.db", "etat").out == run("search", "--db", address, "etat").out
    refused = run("db", "copy", db, address)
    assert refused.code == 1
    assert refused.err.count("\n") == 1
    assert "is not empty" in refused.err
    with server.empty_database() as other:
        assert run("db", "copy", address, other).code == 0
        (found,) = run("search", "--db", other, "etat").out.splitlines()
    assert json.loads(found)["quote"] == "L’État nous aide peu"


def test_a_server_that_is_not_there_is_said_in_one_line(run: Run) -> None:
    result = run("search", "--db", f"postgresql://ida:{PASSWORD}@127.0.0.1:1/paroles", "etat")
    assert result.code == 1
    assert result.err == (
        "quotes: postgresql://ida@127.0.0.1:1/paroles can't be reached:"
        " check the address, and that the server is running\n"
    )
