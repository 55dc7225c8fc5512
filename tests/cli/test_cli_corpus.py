"""A corpus by the command line: made, loaded and counted, in the language asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import BUDGET, Run

pytest.importorskip("dask")
pytest.importorskip("duckdb")


def test_a_corpus_is_told_of_in_french(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(BUDGET, encoding="utf-8")
    made = run("--lang", "fr", "distribute", "article.txt", "--to", "corpus", "--workers", "1")
    assert made.code == 0
    assert "quotes: rassemble les doublons et les noms\n" in made.err
    assert made.err.splitlines()[-1].startswith("quotes: 1 article avec ")
    loaded = run("--lang", "fr", "load", "corpus")
    assert (loaded.code, loaded.err.startswith("quotes: 1 article ajouté avec ")) == (0, True)
    counted = run("--lang", "fr", "stats", "--corpus", "corpus", "--by", "speaker")
    assert "quotes: le corpus a 1 article, " in counted.err
    assert "quotes: the corpus has 1 article, " in run("stats", "--corpus", "corpus", "--by", "speaker").err
    assert "quotes: the archive has 1 article, " in run("stats", "--by", "speaker").err


def test_what_is_wrong_is_told_in_french(run: Run) -> None:
    refused = run("--lang", "fr", "distribute", "a.txt", "--to", "corpus", "--scheduler", "ici")
    assert (refused.code, "n’est pas l’adresse d’un ordonnanceur" in refused.err) == (2, True)
    absent = run("--lang", "fr", "load", "corpus")
    assert (absent.code, absent.err.count("\n")) == (1, 1)
    assert "corpus n’est pas un corpus" in absent.err
