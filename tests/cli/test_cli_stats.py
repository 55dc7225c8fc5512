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


def test_two_dimensions(run: Run, db: Path) -> None:
    pair = ("stats", "--by", "gender", "--by", "outlet")
    assert run(*pair, "--csv").out == "gender,outlet,quotes,words\r\nf,La Gazette de Brume,1,4\r\n"
    record = {"gender": "f", "outlet": "La Gazette de Brume", "quotes": 1, "words": 4}
    assert json.loads(run(*pair, "--format", "jsonl").out) == record
    assert json.loads(run(*pair, "--format", "json").out) == [record]
    done = run(*pair, "--format", "table")
    assert "1 (100%)" in done.out
    assert "unknown is the gender of 0%, outlet of 0% of these quotes" in done.err
    assert run(*pair, "--by", "year").code == 2
    assert run("stats", "--by", "year", "--by", "year").code == 2


def test_two_dimensions_are_drawn(run: Run, db: Path, tmp_path: Path) -> None:
    pytest.importorskip("pygal")
    for by in ("month", "outlet"):
        path = tmp_path / f"{by}.svg"
        assert run("stats", "--by", "gender", "--by", by, "--plot", path).code == 0
        drawn = path.read_text(encoding="utf-8")
        assert f"Quotes by {by} and gender" in drawn
        assert "women" in drawn


def test_what_is_unknown_and_what_counts_once_is_said(run: Run, db: Path) -> None:
    done = run("stats", "--by", "gender", "--format", "table")
    assert "unknown is the gender of 0% of these quotes" in done.err
    assert "--all counts each" in done.err
    assert "--all counts each" not in run("stats", "--all").err
    assert "--all counts each" not in run("stats", "--kind", "direct").err


def test_dates_that_cannot_be_are_listed_not_drawn(run: Run, db: Path, tmp_path: Path) -> None:
    pytest.importorskip("pygal")
    assert run("articles", "edit", "1", "--date", "2222-05-03").code == 0
    listed = run("stats", "--by", "year", "--format", "table")
    assert "2222" in listed.out
    assert "dates that can hardly be: 2222 (1 quote)" in listed.err
    done = run("stats", "--by", "year", "--plot", tmp_path / "years.svg")
    assert "they are not drawn" in done.err
    assert "2222" not in (tmp_path / "years.svg").read_text(encoding="utf-8")


def test_a_table_of_many_columns_has_a_rest(capsys: pytest.CaptureFixture[str]) -> None:
    from quotes.archive.search.counts import Cross
    from quotes.cli.cross_tables import print_cross

    crosses = [Cross(f"Rôle {n}", f"Journal {m}", 1, 1) for n in range(8) for m in range(9)]
    print_cross(crosses, ("role", "outlet"))
    shown = capsys.readouterr().out
    assert "other (3)" in shown
    assert "3 (38%)" in shown
