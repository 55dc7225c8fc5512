from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quotes.archive import COLUMNS, Archive, QuoteRow, export_quotes
from quotes.errors import ArchiveError
from tests.archive.samples import COUNCIL, JEANNE, extraction, full

DASH = "- Partez,\ndit-il; « vite »"
FORMULA = '=HYPERLINK("http://mal.example")'


@pytest.fixture
def rows(archive: Archive) -> list[QuoteRow]:
    archive.add(full(), extractor_version="1")
    archive.add(
        extraction(f"« {DASH} » « {FORMULA} »", (DASH, JEANNE), (FORMULA, None)), extractor_version="1"
    )
    return list(archive.placed())


def read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def written(rows: list[QuoteRow], **options: object) -> str:
    stream = io.StringIO(newline="")
    assert export_quotes(rows, stream, **options) == len(rows)  # type: ignore[arg-type]
    return stream.getvalue()


def test_columns_that_scripts_know_stay_where_they_are() -> None:
    # Whoever adds one adds it here, at the end.
    assert list(COLUMNS) == [
        "quote", "speaker", "role", "kind", "title", "outlet", "date", "url", "start", "end", "confidence",
        "speaker_type", "gender", "as_printed", "rule", "article_id", "quote_id", "public_id",
        "author", "section", "paragraph", "before", "sentence", "after",
    ]  # fmt: skip


def test_csv_has_every_column(rows: list[QuoteRow]) -> None:
    first = read(written(rows))[0]
    assert first == {
        "quote": "Nous attendrons le dégel.",
        "speaker": "Jeanne Roy",
        "role": "maire de Saint-Aubin",
        "kind": "direct",
        "title": "Pont fermé",
        "outlet": "Le Courrier du Val",
        "date": "2024-05-17",
        "url": "https://courrier.example/pont",
        "author": "Ida Lenoir, Marc Ober",
        "section": "Région",
        "paragraph": "2",
        "before": "Pont fermé",
        "sentence": "« Nous attendrons, a dit Jeanne Roy, maire de Saint-Aubin, le dégel. »",
        "after": "Le « pont bleu » rouille.",
        "start": str(full().quotes[0].start),
        "end": str(full().quotes[0].end),
        "confidence": "0.95",
        "speaker_type": "person",
        "gender": "f",
        "as_printed": "Jeanne Roy",
        "rule": "incise",
        "article_id": "1",
        "quote_id": "1",
        "public_id": "06327a8d2bfddd3a.14-80",
    }


def test_raw_csv_is_what_is_stored(rows: list[QuoteRow]) -> None:
    text = written(rows, raw=True)
    assert [row["quote"] for row in read(text)] == [row.text for row in rows]
    assert text.startswith("quote,speaker,role,")
    assert text.count("\r\n") == len(rows) + 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_guarded(rows: list[QuoteRow], start: str) -> None:
    row = replace(rows[0], text=f"{start}1+1", speaker=f"{start}x", title="1=2")
    (cells,) = read(written([row]))
    assert cells["quote"] == f"'{start}1+1"
    assert cells["speaker"] == f"'{start}x"
    assert cells["title"] == "1=2"
    (cells,) = read(written([row], raw=True))
    assert cells["quote"] == f"{start}1+1"


def test_the_excel_profile(rows: list[QuoteRow]) -> None:
    text = written(rows, excel=True)
    assert text[0] == "\ufeff"
    cells = read(text[1:], delimiter=";")
    assert cells[1]["quote"] == "'- Partez, dit-il; « vite »"
    assert all("\n" not in value for row in cells for value in row.values())
    # A French spreadsheet takes 0.95 for a text, or for a date.
    assert cells[0]["confidence"] == "0,95"


def test_jsonl_is_never_guarded(rows: list[QuoteRow]) -> None:
    records = [json.loads(line) for line in written(rows, format="jsonl").splitlines()]
    assert [record["quote"] for record in records] == [row.text for row in rows]
    assert list(records[0]) == list(COLUMNS)
    assert records[2]["speaker"] is None


def test_xlsx_holds_text_and_no_formula(rows: list[QuoteRow], tmp_path: Path) -> None:
    target = tmp_path / "paroles.xlsx"
    assert export_quotes(rows, target, format="xlsx") == 3
    with zipfile.ZipFile(target) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    cells = ["".join(cell.itertext()) for cell in sheet.iter(f"{name}is")]
    assert FORMULA in cells
    assert DASH in cells
    assert list(sheet.iter(f"{name}f")) == []


def test_a_workbook_is_there_to_be_read(rows: list[QuoteRow], tmp_path: Path) -> None:
    target = tmp_path / "paroles.xlsx"
    evil = replace(rows[0], url="javascript:alert(1)")
    export_quotes(
        [*rows, evil, replace(rows[0], url="https://a.example/" + "x" * 3_000)], target, format="xlsx"
    )
    with zipfile.ZipFile(target) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    (pane,) = sheet.iter(f"{name}pane")
    assert (pane.attrib["state"], pane.attrib["ySplit"]) == ("frozen", "1")
    (found,) = sheet.iter(f"{name}autoFilter")
    assert found.attrib["ref"] == f"A1:{chr(ord('A') + len(COLUMNS) - 1)}6"
    widths = [float(column.attrib["width"]) for column in sheet.iter(f"{name}col")]
    assert max(widths) > 60
    # Addresses of the web, and these alone, can be followed.
    assert re.findall(r'Target="([^"]*)"', links) == ["https://courrier.example/pont"]


def test_rows_that_do_not_say_where_they_stand(archive: Archive) -> None:
    archive.add(full(), extractor_version="1")
    (first, *_) = read(written(list(archive.quotes())))
    assert (first["author"], first["paragraph"], first["sentence"]) == ("", "", "")
    (record, *_) = [json.loads(line) for line in written(list(archive.quotes()), format="jsonl").splitlines()]
    assert "sentence" not in record


def test_a_failed_export_leaves_the_old_file(rows: list[QuoteRow], tmp_path: Path) -> None:
    target = tmp_path / "paroles.csv"
    export_quotes(rows, target)
    before = target.read_bytes()

    def breaking() -> Iterator[QuoteRow]:
        yield rows[0]
        raise RuntimeError("coupure")

    for format in ("csv", "jsonl", "xlsx"):
        with pytest.raises(RuntimeError):
            export_quotes(breaking(), target, format=format)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.glob("*paroles.csv*")] == ["paroles.csv"]


def test_a_file_is_utf8_without_a_mark(rows: list[QuoteRow], tmp_path: Path) -> None:
    target = tmp_path / "paroles.csv"
    export_quotes(rows, target, raw=True)
    assert target.read_bytes() == written(rows, raw=True).encode()


def test_where_nothing_can_be_written(rows: list[QuoteRow], tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="can't be written"):
        export_quotes(rows, tmp_path / "nulle" / "part.csv")
    with pytest.raises(ArchiveError, match="unknown format"):
        export_quotes(rows, tmp_path / "x", format="pdf")
    with pytest.raises(ArchiveError, match="standard output"):
        export_quotes(rows, io.StringIO(), format="xlsx")


def test_rows_stream(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    endless = itertools.cycle(archive.quotes())

    class Full(io.StringIO):
        def write(self, text: str) -> int:
            if self.tell() > 10_000:
                raise BrokenPipeError
            return super().write(text)

    # An endless iterator can only be left if rows are written as they come.
    with pytest.raises(BrokenPipeError):
        export_quotes(endless, Full())
