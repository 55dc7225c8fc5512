"""Tables of articles: JSON, JSON lines, CSV, TSV and Parquet, one article a row, streamed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from quotes.errors import ReadingError
from quotes.reading.forms import Columns, Form, Known, Piece, Unread
from quotes.reading.metadata import iso_date
from quotes.reading.parquet_rows import bounded_rows

# The usual names of columns, the likeliest first; compared in lower case.
_USUAL = {
    "text": "text texte content contenu body corps article article_text fulltext full_text maintext",
    "title": "title titre headline",
    "authors": "authors author auteur auteurs byline signature",
    "translators": "translators translator traducteur traductrice traducteurs",
    "outlet": "outlet media média journal newspaper publication sitename source source_name site domain",
    "published": "published date published_at publishedat date_publish pubdate publication_date datetime",
    "section": "section rubrique category categorie catégorie",
    "url": "url link lien",
}
# Under which keys a JSON object holds its articles.
_LISTS = ("articles", "items", "results", "documents", "docs", "entries", "rows", "records", "hits", "data",
          "response")  # fmt: skip
_LONGEST_LINE = 20_000_000
# One object with all articles in it has to be read whole.
_LARGEST_OBJECT = 100_000_000
_CHUNK = 1_000_000
_NO_OBJECT = "is no JSON object: one for each article is expected"
_BETWEEN = re.compile(r"[\s,]*")

Row = dict[str, Any] | str


def rows_of(stream: IO[bytes], suffix: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    """The articles of a table; a row that is none gives an :class:`Unread` with its number.

    ``stream`` of a Parquet table has to be seekable.
    """
    empty = True
    for number, row in _rows(stream, suffix, columns):
        empty = False
        where = source if number is None else f"{source}:{number}"
        yield Unread(where, row) if isinstance(row, str) else _piece_or_not(row, where, columns)
    if empty:
        yield Unread(source, "no rows in this table: check that it is the right file")


def _rows(stream: IO[bytes], suffix: str, columns: Columns) -> Iterator[tuple[int | None, Row]]:
    """The rows as dictionaries, or what is wrong with them, numbered as their readers count them."""
    if suffix in (".jsonl", ".ndjson"):
        return _json_lines(stream)
    if suffix == ".json":
        return _json_rows(stream)
    if suffix == ".parquet":
        return _parquet_rows(stream, columns)
    return _csv_rows(stream, suffix == ".tsv")


def _json_lines(stream: IO[bytes]) -> Iterator[tuple[int, Row]]:
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


def _json_rows(stream: IO[bytes]) -> Iterator[tuple[int | None, Row]]:
    """The objects of an array, streamed; or of the array in an object; or that object alone."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig")
    try:
        first = text.read(_CHUNK).lstrip()
        if first.startswith("["):
            yield from _json_array(text, first[1:])
            return
        whole = first + text.read(_LARGEST_OBJECT)
        if len(whole) > _LARGEST_OBJECT:
            limit = f"{_LARGEST_OBJECT // 1_000_000} MB"
            yield None, f"is one JSON object of more than {limit}: save its articles as JSON lines (.jsonl)"
            return
        content = json.loads(whole) if whole else []
    except UnicodeDecodeError:
        yield None, "is no UTF-8: save it again as UTF-8"
        return
    except (ValueError, RecursionError):
        yield None, "is no JSON: an array of objects, or one object, is expected"
        return
    articles = _listed(content) if isinstance(content, dict) else None
    if articles is not None:
        for number, row in enumerate(articles, 1):
            yield (
                number,
                row if isinstance(row, dict) else _NO_OBJECT,
            )
    elif content:
        yield None, content if isinstance(content, dict) else "is no JSON object: one is expected"


def _json_array(text: io.TextIOWrapper, buffer: str) -> Iterator[tuple[int, Row]]:
    """The objects of an array whose bracket was read; ``buffer`` is what was read behind it."""
    # A number of thousands of digits is no text, and no reason to stop.
    decoder = json.JSONDecoder(parse_int=float)
    number, at = 0, 0
    while True:
        between = _BETWEEN.match(buffer, at)
        at = between.end() if between else at
        if buffer.startswith("]", at):
            return
        try:
            row, at = decoder.raw_decode(buffer, at)
        except (ValueError, RecursionError):
            # Cut off by the end of the buffer, which doubles, or no JSON at all.
            buffer, at = buffer[at:], 0
            more = text.read(max(_CHUNK, len(buffer))) if len(buffer) < _LONGEST_LINE else ""
            if not more:
                yield number + 1, "is no JSON from here on: mend it, or save it as JSON lines (.jsonl)"
                return
            buffer += more
            continue
        number += 1
        yield number, row if isinstance(row, dict) else _NO_OBJECT


def _listed(content: dict[str, Any], depth: int = 2) -> list[Any] | None:
    """The articles that an object lists under one of the usual keys, or that an object in it lists."""
    lowered = {str(key).lower(): value for key, value in content.items()}
    found = [lowered[key] for key in _LISTS if key in lowered]
    for value in found:
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            return value
    for value in found if depth else ():
        if isinstance(value, dict) and (articles := _listed(value, depth - 1)) is not None:
            return articles
    return None


def _parquet_rows(stream: IO[bytes], columns: Columns) -> Iterator[tuple[int | None, Row]]:
    try:
        from pyarrow import parquet
    except ImportError:
        yield None, "is a Parquet table: `pip install 'quotes[parquet]'` to read it"
        return
    asked = {columns.text, columns.title, columns.authors, columns.translators, columns.outlet}
    asked |= {columns.published, columns.section, columns.url}
    usual = {name for names in _USUAL.values() for name in names.split()}
    number = 0
    try:
        table = parquet.ParquetFile(stream)
        names = table.schema_arrow.names
        wanted = [name for name in names if name in asked or name.strip().lower() in usual]
        missing = sorted(name for name in asked if name is not None and name not in names)
        if missing or not wanted:
            wrong = f"no column {missing[0]!r}" if missing else "no column with a usual name"
            yield None, f"{wrong}: name one of {', '.join(names)[:200]} with --text-column …"
            return
        for row in bounded_rows(stream, wanted):
            number += 1
            yield number, row
    except Exception:  # damaged files raise anything, from OSError to UnicodeDecodeError
        yield (
            number + 1,
            "is no Parquet table that can be read from here on: write it again, or as JSON lines",
        )


def _csv_rows(stream: IO[bytes], tabs: bool) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_LONGEST_LINE)
    # Old exports are in Windows-1252; a table is read too long before its end to be looked at whole.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    first = text.readline(_LONGEST_LINE)
    separator = "\t" if tabs else max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=separator), [])
    reader = csv.DictReader(_lines(text), fieldnames=header, delimiter=separator, restkey="")
    number = 1
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # What follows may stand inside the cell that is broken: it is no row.
            yield number, f"is no CSV row ({error}): check its quoting; the rows after it are not read"
            return
        yield number, {str(name): _as_decoded(value) for name, value in row.items() if isinstance(value, str)}


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text, unless one is longer than any row."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise csv.Error(f"line longer than {_LONGEST_LINE // 1_000_000} MB")
        yield line


def _as_decoded(cell: str) -> str:
    """A cell that is no UTF-8, read as Windows-1252."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return cell


def _piece_or_not(row: dict[str, Any], where: str, columns: Columns) -> Piece | Unread:
    """One bad value, of whatever sort, costs its row alone."""
    try:
        return _piece(row, where, columns)
    except (ValueError, OverflowError, TypeError, RecursionError) as error:
        return Unread(where, f"holds a value that can't be read ({type(error).__name__}): mend this row")


def _piece(row: dict[str, Any], where: str, columns: Columns) -> Piece | Unread:
    lowered = {str(name).strip().lower(): value for name, value in row.items()}
    try:
        text = _cell(row, lowered, "text", columns.text)
        if text is None:
            return Unread(where, "no text in this row: name its column with --text-column")
        known = Known(
            title=_cell(row, lowered, "title", columns.title),
            authors=_names(row, lowered, "authors", columns.authors),
            translators=_names(row, lowered, "translators", columns.translators),
            section=_cell(row, lowered, "section", columns.section),
            outlet=_cell(row, lowered, "outlet", columns.outlet),
            published=iso_date(_cell(row, lowered, "published", columns.published) or ""),
            url=_cell(row, lowered, "url", columns.url),
        )
    except ReadingError as error:
        return Unread(where, str(error))
    return Piece(where, Form.TEXT, text, known)


def _cell(row: dict[str, Any], lowered: dict[str, Any], field: str, asked: str | None) -> str | None:
    if asked is not None:
        return _string(_asked(row, asked))
    return next((found for name in _USUAL[field].split() if (found := _string(lowered.get(name)))), None)


def _asked(row: dict[str, Any], asked: str) -> Any:
    if asked not in row:
        raise ReadingError(f"no column {asked!r}: it has {', '.join(map(str, row))[:200]}")
    return row[asked]


def _string(value: Any) -> str | None:
    # Parquet has dates that are no text.
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str) and value.strip() else None


def _names(row: dict[str, Any], lowered: dict[str, Any], field: str, asked: str | None) -> tuple[str, ...]:
    value = (
        _asked(row, asked)
        if asked is not None
        else next((lowered[name] for name in _USUAL[field].split() if name in lowered), None)
    )
    if isinstance(value, list):
        return tuple(name.strip() for name in value if isinstance(name, str) and name.strip())
    return tuple(name.strip() for name in value.split(";") if name.strip()) if isinstance(value, str) else ()
