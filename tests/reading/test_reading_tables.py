"""Tables as spreadsheets and data frames write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotes.model import Article
from quotes.reading import Read, Unread, read_all

ROWS = [
    {
        "title": "La grève",
        "text": "« Nous partons », a dit Jeanne Roy.",
        "date": "2023-05-03",
        "author": "Luc Faure",
    },
    {
        "title": "Le pont",
        "text": "« Il rouvrira », a dit Paul Morel.",
        "date": "2023-05-04",
        "author": "Léa Oya",
    },
]
NAMES = list(ROWS[0])
VALUES = [list(row.values()) for row in ROWS]


def read(path: Path) -> list[Article]:
    results = list(read_all([str(path)]))
    assert [r for r in results if isinstance(r, Unread)] == []
    return [r.article for r in results if isinstance(r, Read)]


def check(articles: Sequence[Article]) -> None:
    assert [
        {"title": a.title, "text": a.text, "date": a.published, "author": "; ".join(a.authors)}
        for a in articles
    ] == ROWS


@pytest.mark.parametrize(
    "frame",
    [
        {name: {str(n): row[name] for n, row in enumerate(ROWS)} for name in NAMES},
        {str(n): row for n, row in enumerate(ROWS)},
        {"columns": NAMES, "index": [0, 1], "data": VALUES},
        {"schema": {"fields": []}, "data": ROWS},
        {name: [row[name] for row in ROWS] for name in NAMES},
        ROWS,
        [NAMES, *VALUES],
    ],
    ids=["columns", "index", "split", "table", "lists", "records", "header and values"],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_data_frames_in_all_their_shapes(tmp_path: Path, frame: object, codec: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps(frame, ensure_ascii=False).encode(codec))
    check(read(path))


def test_days_as_data_frames_number_them(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    frame = {"text": {"0": ROWS[0]["text"]}, "date": {"0": 1683072000000}}
    path.write_text(json.dumps(frame), encoding="utf-8")
    (article,) = read(path)
    assert article.published == "2023-05-03"


def test_values_without_names_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(VALUES), encoding="utf-8")
    (said,) = read_all([str(path)])
    assert isinstance(said, Unread)
    assert "without names of columns" in said.reason


def test_a_missing_cell_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    frame = {"text": {"3": ROWS[0]["text"], "7": ROWS[1]["text"]}, "title": {"7": "Le pont", "3": None}}
    path.write_text(json.dumps(frame), encoding="utf-8")
    assert [article.title for article in read(path)] == [None, "Le pont"]


def table(separator: str) -> str:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in [NAMES, *VALUES])


@pytest.mark.parametrize("before", ["", "sep=;\r\n", '"sep=;"\r\n', "\r\n", " \r\n\r\n", "sep=;\r\n\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16"])
def test_tables_of_spreadsheets(tmp_path: Path, before: str, codec: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((before + table(";")).encode(codec))
    check(read(path))


def test_unicode_text_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(table("\t").encode("utf-16"))
    check(read(path))


def test_the_columns_are_named_where_none_fits(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("titre,propos\nUn,Deux\n", encoding="utf-8")
    (said,) = read_all([str(path)])
    assert isinstance(said, Unread)
    assert "--text-column (it has titre, propos)" in said.reason


def test_columns_are_named_in_one_line_though_their_names_are_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('titre,"propos\nrecueillis"\nUn,Deux\n', encoding="utf-8")
    (said,) = read_all([str(path)])
    assert isinstance(said, Unread)
    assert "--text-column (it has titre, propos recueillis)" in said.reason


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Par Claude Roy et Guy de Brême", ("Claude Roy", "Guy de Brême")),
        ("Jeanne Roy; Luc Faure", ("Jeanne Roy", "Luc Faure")),
        ("Roy, Claude", ("Roy Claude",)),
        ([{"name": "Jeanne Roy"}, "Luc Faure"], ("Jeanne Roy", "Luc Faure")),
    ],
)
def test_authors_of_a_row(tmp_path: Path, stated: object, authors: tuple[str, ...]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Un.", "author": stated}), encoding="utf-8")
    (article,) = read(path)
    assert article.authors == authors


def test_mark_up_in_cells_and_titles(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = {
        "Full Text": "<p>Un.</p><p>&laquo;&nbsp;Deux&nbsp;&raquo;, dit-il.</p>",
        "title": "L&rsquo;<em>été</em>",
        "url": "https://gazette.example/2023/05/03/ete",
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    (article,) = read(path)
    assert article.text == "Un.\n«\u00a0Deux\u00a0», dit-il."
    assert (article.title, article.published) == ("L’été", "2023-05-03")
