"""``quotes stats``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run


def test_an_overview(run: Run, db: Path) -> None:
    done = run("stats", "--format", "json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["archive"] == {"articles": 1, "speakers": 1, "quotes": 1}
    assert found["by"]["speaker"] == [{"value": "Zoé Lebœuf", "quotes": 1, "words": 4}]
    assert found["gender_shares"][0]["of_quotes_interval"] == [1.0, 1.0]
    shown = run("stats", "--format", "table").out
    assert "La Gazette de Brume" in shown
    assert "100.0%" in shown


def test_one_dimension(run: Run, db: Path) -> None:
    assert run("stats", "--by", "year", "--csv").out == "year,quotes,words\r\n2023,1,4\r\n"
    assert json.loads(run("stats", "--by", "year", "--format", "jsonl").out)["value"] == "2023"
    assert run("stats", "rien", "--by", "year", "--csv").out == "year,quotes,words\r\n"
    assert run("stats", "--csv").code == 2


@pytest.mark.usefixtures("db")
def test_a_drawing(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pygal")
    for by in ("month", "gender", "outlet"):
        done = run("stats", "etat", "--by", by, "--since", "2023", "--plot", tmp_path / f"{by}.svg")
        assert (done.code, done.out) == (0, "")
        assert "etat, since 2023" in (tmp_path / f"{by}.svg").read_text(encoding="utf-8")
    assert run("stats", "--plot", "x.svg").code == 2
    assert run("stats", "--by", "year", "--plot", "x.pdf").code == 1
