"""Counts as drawings."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quotes.archive.export.drawings import plot_counts, plot_shares
from quotes.archive.search.counts import Count, Share
from quotes.errors import ArchiveError

SVG = "{http://www.w3.org/2000/svg}"

pytest.importorskip("pygal")


def texts(path: Path) -> list[str]:
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert list(root.iter(f"{SVG}script")) == []
    return [text for part in root.iter(f"{SVG}text") if (text := "".join(part.itertext()).strip())]


def bars(path: Path) -> list[float]:
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    drawn = [part for part in root.iter(f"{SVG}rect") if "rect" in part.get("class", "").split()]
    return [float(part.attrib["height"]) for part in drawn]


def test_time_is_drawn_with_its_empty_months(tmp_path: Path) -> None:
    target = tmp_path / "mois.svg"
    counts = [Count("2023-11", 4, 9), Count("2024-02", 2, 9), Count(None, 1200, 9), Count("mai", 3, 9)]
    plot_counts(counts, "month", target, of="outlet La Gazette")
    words = texts(target)
    assert "month of publication" in words
    assert "number of quotes" in words
    assert [word for word in words if word.startswith("20")] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert any("outlet La Gazette" in word for word in words)
    assert "without a date left out" in " ".join(words)
    assert "1\u202f203" in " ".join(words)
    tall = bars(target)
    assert tall[0] == pytest.approx(2 * tall[3], rel=0.01)
    assert tall[1] == tall[2] == 0


def test_a_long_time_has_fewer_labels(tmp_path: Path) -> None:
    target = tmp_path / "ans.svg"
    plot_counts([Count(str(year), 1, 1) for year in range(1944, 2025)], "year", target)
    shown = [word for word in texts(target) if word.startswith(("19", "20"))]
    assert shown[0] == "1944"
    assert 8 <= len(shown) <= 12


def test_the_most_quoted_are_drawn(tmp_path: Path) -> None:
    target = tmp_path / "qui.svg"
    plot_counts([Count(f"Jeanne {n}", n, 1) for n in range(1, 40)], "speaker", target)
    words = texts(target)
    assert "Jeanne 39 · 39" in words
    assert "Jeanne 14 · 14" not in words
    assert any("25 with most of 39" in word for word in words)


def test_names_can_hold_anything(tmp_path: Path) -> None:
    target = tmp_path / "qui.html"
    plot_counts([Count("<b>Roy</b>\x0b & Cie", 1, 1), Count(None, 1, 1)], "speaker", target, of="<i>x")
    page = target.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "&lt;b&gt;Roy&lt;/b&gt; &amp; Cie · 1" in page
    assert "<i>" not in page
    assert "<script" not in page
    assert "\x0b" not in page


def test_shares_have_their_intervals(tmp_path: Path) -> None:
    target = tmp_path / "genre.svg"
    shares = [
        Share("f", 3, 30, 0.6, (0.4, 0.8), 0.5, (0.3, 0.7)),
        Share("m", 2, 30, 0.4, (0.2, 0.6), 0.5, (0.3, 0.7)),
    ]
    plot_shares(shares, target)
    assert {"women", "men", "quotes", "words", "100 %"} <= set(texts(target))
    assert target.read_text(encoding="utf-8").count('class="ci"') >= 4
    assert bars(target)[0] == pytest.approx(1.5 * bars(target)[1], rel=0.01)


def test_nothing_is_said_to_be_nothing(tmp_path: Path) -> None:
    plot_counts([], "year", tmp_path / "rien.svg")
    assert "no quotes" in texts(tmp_path / "rien.svg")


def test_what_cant_be_drawn_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArchiveError, match=r"ends with \.svg"):
        plot_counts([], "year", tmp_path / "x.pdf")
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    with pytest.raises(ArchiveError, match="plot-png"):
        plot_counts([Count("2024", 1, 1)], "year", tmp_path / "x.png")
    monkeypatch.setitem(sys.modules, "pygal", None)
    with pytest.raises(ArchiveError, match=r"quotes\[plot\]"):
        plot_counts([], "year", tmp_path / "x.svg")
    assert list(tmp_path.iterdir()) == []
