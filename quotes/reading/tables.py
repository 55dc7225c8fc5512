"""Tables of articles: JSON lines, CSV and TSV, one article a row, streamed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import IO, Any

from quotes.errors import ReadingError
from quotes.reading.metadata import iso_date
from quotes.reading.pieces import Columns, Form, Known, Piece, Unread

# The usual names of columns, the likeliest first; compared in lower case.
_USUAL = {
    "text": "text texte content contenu body corps article article_text fulltext full_text maintext",
    "title": "title titre headline",
    "authors": "authors author auteur auteurs byline signature",
    "outlet": "outlet media média journal newspaper publication source source_name sitename site domain",
    "published": "published date published_at publishedat date_publish pubdate publication_date datetime",
    "url": "url link lien",
}
_LONGEST_LINE = 20_000_000


def rows_of(stream: IO[bytes], suffix: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    """The articles of a table; a row that is none gives an :class:`Unread` with its number."""
    rows = _json_rows(stream) if suffix in (".jsonl", ".ndjson") else _csv_rows(stream, suffix == ".tsv")
    empty = True
    for number, row in rows:
        empty = False
        where = f"{source}:{number}"
        yield Unread(where, row) if isinstance(row, str) else _piece(row, where, columns)
    if empty:
        yield Unread(source, "no rows in this table")


def _json_rows(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, f"line longer than {_LONGEST_LINE // 1_000_000} MB: no single article"
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError):
            yield number, "is no JSON: one object a line is expected"
            continue
        yield number, row if isinstance(row, dict) else "is no JSON object: one object a line is expected"


def _csv_rows(stream: IO[bytes], tabs: bool) -> Iterator[tuple[int, dict[str, Any] | str]]:
    csv.field_size_limit(_LONGEST_LINE)
    # Old exports are in Windows-1252; a table is read too long before its end to be looked at whole.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    first = text.readline(_LONGEST_LINE)
    separator = "\t" if tabs else max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=separator), [])
    reader = csv.DictReader(text, fieldnames=header, delimiter=separator, restkey="")
    number = 1
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, f"is no CSV row ({error}): check its quoting"
            return
        yield number, {str(name): _as_decoded(value) for name, value in row.items() if isinstance(value, str)}


def _as_decoded(cell: str) -> str:
    """A cell that is no UTF-8, read as Windows-1252."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return cell


def _piece(row: dict[str, Any], where: str, columns: Columns) -> Piece | Unread:
    lowered = {str(name).strip().lower(): value for name, value in row.items()}
    try:
        text = _cell(row, lowered, "text", columns.text)
        if text is None:
            return Unread(where, "no text in this row: name its column with --text-column")
        known = Known(
            title=_cell(row, lowered, "title", columns.title),
            authors=_authors(row, lowered, columns.authors),
            outlet=_cell(row, lowered, "outlet", columns.outlet),
            published=iso_date(_cell(row, lowered, "published", columns.published) or ""),
            url=_cell(row, lowered, "url", columns.url),
        )
    except ReadingError as error:
        return Unread(where, str(error))
    return Piece(where, Form.TEXT, text, known)


def _cell(row: dict[str, Any], lowered: dict[str, Any], field: str, asked: str | None) -> str | None:
    if asked is not None:
        if asked not in row:
            raise ReadingError(f"no column {asked!r}: it has {', '.join(map(str, row))[:200]}")
        return _string(row[asked])
    return next((found for name in _USUAL[field].split() if (found := _string(lowered.get(name)))), None)


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _authors(row: dict[str, Any], lowered: dict[str, Any], asked: str | None) -> tuple[str, ...]:
    value = (
        row.get(asked)
        if asked
        else next((lowered[n] for n in _USUAL["authors"].split() if n in lowered), None)
    )
    if isinstance(value, list):
        return tuple(name for name in value if isinstance(name, str) and name.strip())
    return tuple(name.strip() for name in value.split(";") if name.strip()) if isinstance(value, str) else ()
