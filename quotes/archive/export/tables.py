"""Quotes as files: tables, notes, marked texts. They stream through; a file appears whole or not at all.

Public-data CSV is UTF-8 with commas (RFC 4180); the Excel profile has a byte-order mark, semicolons and
decimal commas, and no line ends inside cells. Cells that a spreadsheet would run as a formula begin with an
apostrophe, unless ``raw``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from quotes.archive.export.annotations import write_annotations
from quotes.archive.export.notes import write_markdown
from quotes.archive.export.pages import write_page
from quotes.archive.export.tei import write_tei
from quotes.archive.store.whole_files import whole_file
from quotes.archive.store.writing_rows import uncollected
from quotes.archive.values import PlacedQuote, QuoteRow, StoredArticle
from quotes.errors import ArchiveError
from quotes.extras import how_to_add

Cell = str | int | float | None


def _of_place(fill: Callable[[PlacedQuote], Cell]) -> Callable[[QuoteRow], Cell]:
    """Fill a column from where a quote stands; of a row that doesn't say that it is empty."""
    return lambda row: fill(row) if isinstance(row, PlacedQuote) else None


COLUMNS: dict[str, Callable[[QuoteRow], Cell]] = {
    "quote": lambda row: row.text,
    "speaker": lambda row: row.speaker,
    "role": lambda row: row.role,
    "kind": lambda row: row.kind,
    "title": lambda row: row.title,
    "outlet": lambda row: row.outlet,
    "date": lambda row: row.published,
    "url": lambda row: row.url,
    "start": lambda row: row.start,
    "end": lambda row: row.end,
    "confidence": lambda row: row.confidence,
    "speaker_type": lambda row: row.speaker_type,
    "gender": lambda row: row.gender,
    "as_printed": lambda row: row.printed,
    "rule": lambda row: row.rule,
    "article_id": lambda row: row.article_id,
    "quote_id": lambda row: row.id,
    "public_id": lambda row: row.public_id,
    "author": _of_place(lambda row: ", ".join(row.authors)),
    "section": _of_place(lambda row: row.section),
    "paragraph": _of_place(lambda row: row.paragraph),
    "before": _of_place(lambda row: row.before),
    "sentence": _of_place(lambda row: row.sentence),
    "after": _of_place(lambda row: row.after),
}
"""The columns of every format, in order, with what fills them.

Scripts read them by their place, too: a new one comes last.
"""
OF_PLACE = ("author", "section", "paragraph", "before", "sentence", "after")
"""Columns that only a ``PlacedQuote`` fills."""

FORMATS = ("csv", "jsonl", "xlsx", "parquet", "markdown")
"""What quotes can be written as, a row each."""
ARTICLE_FORMATS = ("html", "tei", "annotations")
"""What articles can be written as, with the quotes in them."""
BINARY = frozenset({"xlsx", "parquet"})
"""What a text stream can't take."""

# Made once, where ``json.dumps`` makes one for each row.
_as_json = json.JSONEncoder(ensure_ascii=False).encode
# What a spreadsheet reads as the beginning of a formula, also in the widths of East Asian fonts and behind
# what it doesn't show.
_FORMULA = re.compile("[\t\r\n]|[\\s\u200b-\u200f\u2060\ufeff]*+[=+\\-@＝＋－＠﹦﹢﹣﹫]")
_XLSX_ROWS = 1_048_576
_XLSX_CELL = 32_767
# More than so many links in a sheet, or a longer one, and Excel calls the file damaged.
_XLSX_LINKS = 65_000
_XLSX_LONGEST_LINK = 2_000
_WEB = re.compile(r"https?://[^\s\x00-\x1f\"<>\\^`{|}]+", re.IGNORECASE)
# Widths in characters, and whether long cells are wrapped.
_NARROW = 12
_WIDTHS = {
    "quote": (70, True),
    "speaker": (24, False),
    "role": (32, True),
    "title": (40, True),
    "outlet": (20, False),
    "url": (32, False),
    "author": (22, False),
    "before": (40, True),
    "sentence": (50, True),
    "after": (40, True),
    "as_printed": (22, False),
    "public_id": (28, False),
}
_URL = list(COLUMNS).index("url")
_PARQUET_ROWS = 10_000


def guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell


def write_csv(rows: Iterable[QuoteRow], stream: TextIO, *, excel: bool = False, raw: bool = False) -> int:
    """Write CSV to a text stream (opened with ``newline=""``); give the number of quotes."""
    if excel:
        stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([_cell(value(row), excel=excel, raw=raw) for value in COLUMNS.values()])
        count += 1
    return count


def _cell(value: str | int | float | None, *, excel: bool, raw: bool) -> str | int | float | None:
    if isinstance(value, float) and excel:
        # A French spreadsheet takes 0.95 for a text, or for a date.
        return str(value).replace(".", ",")
    if not isinstance(value, str):
        return value
    # NUL ends a cell in most readers.
    value = value.replace("\0", "")
    if excel:
        value = " ".join(value.splitlines())
    return value if raw else guarded(value)


def record(row: QuoteRow) -> dict[str, Any]:
    """Give a row as JSON has it: the columns by name, cells as they are.

    Where it stands is told of a ``PlacedQuote`` alone.
    """
    placed = isinstance(row, PlacedQuote)
    return {name: value(row) for name, value in COLUMNS.items() if placed or name not in OF_PLACE}


def write_jsonl(rows: Iterable[QuoteRow], stream: TextIO) -> int:
    """Write one JSON object a line, cells as they are; give the number of quotes."""
    count = 0
    for row in rows:
        stream.write(_as_json(record(row)) + "\n")
        count += 1
    return count


def _is_link(text: str) -> bool:
    return len(text) <= _XLSX_LONGEST_LINK and _WEB.fullmatch(text) is not None


def write_xlsx(rows: Iterable[QuoteRow], path: Path, *, raw: bool = False) -> int:
    """Write a workbook, every string as text (so nothing runs); give the number of quotes.

    The header stays in view and filters; addresses of the web are links.

    ``raw`` changes nothing here: text cells need no guard.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    workbook = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        },
    )
    sheet = workbook.add_worksheet("quotes")
    heading = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    top = workbook.add_format({"valign": "top"})
    link = workbook.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
    # Set before the rows, which are written as they come.
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(COLUMNS):
        width, style = _WIDTHS.get(name, (_NARROW, False))
        sheet.set_column(column, column, width, wrapped if style else top)
        sheet.write_string(0, column, name, heading)
    count = links = 0
    for count, row in enumerate(rows, 1):
        if count >= _XLSX_ROWS:
            raise ArchiveError("more rows than a worksheet holds (1 048 575): export CSV, or less")
        for column, value in enumerate(COLUMNS.values()):
            cell = value(row)
            if isinstance(cell, str):
                text = cell.replace("\0", "")[:_XLSX_CELL]
                if column == _URL and links < _XLSX_LINKS and _is_link(text):
                    links += 1
                    sheet.write_url(count, column, text, link, text)
                else:
                    sheet.write_string(count, column, text)
            elif cell is not None:
                sheet.write_number(count, column, cell)
    sheet.autofilter(0, 0, count, len(COLUMNS) - 1)
    try:
        workbook.close()
    except FileCreateError as error:
        # A full disk, in the library's own words.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(0, str(error)) from None
    return count


def write_parquet(rows: Iterable[QuoteRow], path: Path) -> int:
    """Write a Parquet file, ten thousand rows at a time; give the number of quotes."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        command = how_to_add("parquet")
        raise ArchiveError(f"Parquet needs pyarrow: {command}") from error
    number = {"start": pyarrow.int64(), "end": pyarrow.int64(), "confidence": pyarrow.float64()}
    number |= {"article_id": pyarrow.int64(), "quote_id": pyarrow.int64(), "paragraph": pyarrow.int64()}
    schema = pyarrow.schema([(name, number.get(name, pyarrow.string())) for name in COLUMNS])
    rows = iter(rows)
    count = 0
    with parquet.ParquetWriter(path, schema) as writer:
        while batch := [record(row) for row in islice(rows, _PARQUET_ROWS)]:
            writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def export_quotes(
    rows: Iterable[QuoteRow],
    target: str | Path | TextIO,
    *,
    format: str = "csv",
    excel: bool = False,
    raw: bool = False,
) -> int:
    """Write quotes in one of ``FORMATS`` to a file or a text stream; give their number.

    A file is written under another name beside it and takes its name when it is whole.
    """
    if format not in FORMATS:
        raise ArchiveError(f"unknown format {format!r}: use {', '.join(FORMATS)}")
    if format in BINARY:
        if not isinstance(target, str | Path):
            raise ArchiveError(f"{format} can't be written to standard output: name a file with -o")
        with whole_file(Path(target)) as unfinished:
            if format == "parquet":
                return write_parquet(rows, unfinished)
            return write_xlsx(rows, unfinished, raw=raw)

    def write(stream: TextIO) -> int:
        if format == "jsonl":
            return write_jsonl(rows, stream)
        if format == "markdown":
            return write_markdown(rows, stream)
        return write_csv(rows, stream, excel=excel, raw=raw)

    return _written(write, target)


def export_articles(articles: Iterable[StoredArticle], target: str | Path | TextIO, *, format: str) -> int:
    """Write articles with their quotes in one of ``ARTICLE_FORMATS``; give the number of quotes."""
    if format not in ARTICLE_FORMATS:
        raise ArchiveError(f"unknown format {format!r}: use {', '.join(ARTICLE_FORMATS)}")
    write = {"html": write_page, "tei": write_tei, "annotations": write_annotations}[format]
    return _written(lambda stream: write(articles, stream), target)


def _written(write: Callable[[TextIO], int], target: str | Path | TextIO) -> int:
    with uncollected():
        if not isinstance(target, str | Path):
            return write(target)
        with (
            whole_file(Path(target)) as unfinished,
            unfinished.open("w", encoding="utf-8", newline="") as stream,
        ):
            return write(stream)
