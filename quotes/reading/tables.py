"""Tables of articles: JSON, JSON lines, CSV, TSV and Parquet, one article a row, streamed."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from itertools import chain, islice, zip_longest
from typing import IO, Any

from quotes.errors import ReadingError
from quotes.extras import how_to_add
from quotes.reading.dates import iso_date
from quotes.reading.encoding import legacy_codec, marked_codec
from quotes.reading.forms import Columns, Known, Piece, Unread, form_of_text
from quotes.reading.metadata import split_byline
from quotes.reading.parquet_rows import bounded_rows

# The usual names of columns, the likeliest first; compared in lower case.
_USUAL = {
    "text": "text texte content contenu body corps article article_text fulltext full_text maintext"
    " content_html content_text post_content",
    "title": "title titre headline post_title",
    "authors": "authors author auteur auteurs byline signature",
    "translators": "translators translator traducteur traductrice traducteurs",
    "outlet": "outlet media média journal newspaper publication sitename source source_name site domain",
    "published": "published date published_at publishedat date_publish pubdate publication_date datetime"
    " date_published post_date",
    "section": "section rubrique category categorie catégorie",
    "url": "url link lien",
}
# What a table beside texts calls their files.
_FILE_NAMES = ("file", "filename", "file_name", "fichier", "nom_fichier", "nom_du_fichier", "path", "chemin")
_TEXT_NAMES = frozenset(_USUAL["text"].split())
# Under which keys a JSON object holds its articles.
_LISTS = ("articles", "items", "results", "documents", "docs", "entries", "rows", "records", "hits", "data",
          "response")  # fmt: skip
_LONGEST_LINE = 20_000_000
# One object with all articles in it has to be read whole.
_LARGEST_OBJECT = 100_000_000
_CHUNK = 1_000_000
_NO_OBJECT = "is no JSON object: one for each article is expected"
_NO_NAMES = "is an array without names of columns: save it as an array of objects (orient='records')"
_BETWEEN = re.compile(r"[\s,]*")
# "sep=;": for spreadsheets, which show it to nobody.
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)
# So many bytes tell in which encoding a table is.
_LOOKED_AT = 200_000
# So many rows tell which columns a table has.
_LOOKED_AT_ROWS = 50

Row = dict[str, Any] | str


def rows_of(
    stream: IO[bytes], suffix: str, source: str, columns: Columns, groups: range | None = None
) -> Iterator[Piece | Unread]:
    """The articles of a table; a row that is none gives an :class:`Unread` with its number.

    ``stream`` of a Parquet table has to be seekable; ``groups`` are those of its row groups to be read.
    """
    empty = True
    rows = _rows(stream, suffix, columns) if groups is None else _parquet_rows(stream, columns, groups)
    for number, row in rows:
        empty = False
        where = source if number is None else f"{source}:{number}"
        yield Unread(where, row) if isinstance(row, str) else _piece_or_not(row, where, columns)
    if empty:
        yield Unread(source, "no rows in this table: check that it is the right file")


def check_columns(stream: IO[bytes], suffix: str, source: str, columns: Columns) -> None:
    """Raise a ``ReadingError`` when a column that was asked for is in none of a table's first rows."""
    asked = [name for field in fields(columns) if (name := getattr(columns, field.name)) is not None]
    first = (row for _, row in _rows(stream, suffix, columns) if isinstance(row, dict))
    # The header of CSV is the same for all rows; objects may each leave something out.
    known = dict.fromkeys(chain.from_iterable(islice(first, _LOOKED_AT_ROWS)))
    missing = next((name for name in asked if name not in known), None)
    if known and missing is not None:
        raise ReadingError(f"{source}: no column {missing!r}: it has {_in_one_line(known)}")


def _rows(stream: IO[bytes], suffix: str, columns: Columns) -> Iterator[tuple[int | None, Row]]:
    """The rows as dictionaries, or what is wrong with them, numbered as their readers count them."""
    if suffix in (".jsonl", ".ndjson"):
        return _json_lines(stream)
    if suffix == ".json":
        return _json_rows(stream, columns)
    if suffix == ".parquet":
        return _parquet_rows(stream, columns)
    return _csv_rows(stream, suffix == ".tsv")


def _json_lines(stream: IO[bytes]) -> Iterator[tuple[int, Row]]:
    head = stream.read(_LOOKED_AT)
    marked, whole = marked_codec(head), io.BufferedReader(_Joined(head, stream))
    if marked is not None and marked != "utf-8-sig":
        lines = _long_lines(io.TextIOWrapper(whole, encoding=marked, errors="replace"))
    else:
        lines = _long_lines(whole)
    for number, line in enumerate(lines, 1):
        if line is None:
            yield number, f"line longer than {_LONGEST_LINE // 1_000_000} MB: no single article"
            continue
        try:
            text = line if isinstance(line, str) else line.removeprefix(b"\xef\xbb\xbf")
            if not text.strip():
                continue
            row = json.loads(text)
        except (ValueError, RecursionError):
            yield number, "is no JSON: one object a line is expected"
            continue
        yield number, row if isinstance(row, dict) else "is no JSON object: one object a line is expected"


def _long_lines(stream: io.TextIOWrapper | io.BufferedIOBase) -> Iterator[str | bytes | None]:
    """The lines of a stream; ``None`` for one that is longer than any row."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) < _LONGEST_LINE:
            yield line
            continue
        # Sliced, since an item of bytes is a number.
        while line and line[-1:] not in ("\n", b"\n"):
            line = stream.readline(_LONGEST_LINE)
        yield None


def _json_rows(stream: IO[bytes], columns: Columns) -> Iterator[tuple[int | None, Row]]:
    """The objects of an array, streamed; or of the array in an object; or that object alone."""
    head = stream.read(_LOOKED_AT)
    text = io.TextIOWrapper(
        io.BufferedReader(_Joined(head, stream)), encoding=marked_codec(head) or "utf-8-sig"
    )
    try:
        first = text.read(_CHUNK).lstrip()
        if first.startswith("["):
            yield from _named(_json_array(text, first[1:]), columns)
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
    if not isinstance(content, dict):
        if content:
            yield None, "is no JSON object: one is expected"
        return
    articles = _of_frame(content, columns) or _listed(content)
    if articles is None:
        yield None, content
    else:
        yield from _named(enumerate(articles, 1), columns)


def _named(rows: Iterator[tuple[int, Any]], columns: Columns) -> Iterator[tuple[int, Row]]:
    """The rows of an array; arrays in it are rows if the first of them names the columns."""
    header: list[str] | None = None
    for number, row in rows:
        if isinstance(row, dict | str):
            yield number, row
        elif header is not None and isinstance(row, list):
            yield number, dict(zip(header, row, strict=False))
        elif isinstance(row, list) and all(isinstance(name, str) for name in row):
            if not _is_header(row, columns):
                yield number, _NO_NAMES
                return
            header = row
        else:
            yield number, _NO_NAMES if isinstance(row, list) else _NO_OBJECT


def _of_frame(content: dict[str, Any], columns: Columns) -> list[Any] | None:
    """The rows of a data frame as pandas and others write it, by columns, by rows or split; else ``None``.

    By columns each column is an array, or an object by the names of the rows; by rows the object has an
    object for each row.
    """
    names, rows = content.get("columns"), content.get("data")
    if isinstance(names, list) and isinstance(rows, list):
        return [
            dict(zip(map(str, names), row, strict=False)) if isinstance(row, list) else row for row in rows
        ]
    values = list(content.values())
    if _is_header(list(content), columns):
        if all(isinstance(value, list) for value in values):
            return [dict(zip(content, row, strict=False)) for row in zip_longest(*values)]
        if all(isinstance(value, dict) for value in values):
            keys = dict.fromkeys(key for value in values for key in value)
            return [{name: value.get(key) for name, value in content.items()} for key in keys]
    elif values and all(isinstance(value, dict) and _is_header(list(value), columns) for value in values):
        return values
    return None


def _is_header(names: list[str], columns: Columns) -> bool:
    """Whether one of these names is that of the column of the text."""
    return any(name == columns.text or _plain_name(name) in _TEXT_NAMES for name in names)


def _plain_name(name: Any) -> str:
    """A column's name, to be compared: "Full Text", " full-text"."""
    return re.sub(r"[\s-]+", "_", str(name).strip().strip("\ufeff").lower())


def _in_one_line(names: Iterable[Any]) -> str:
    """What columns a table has, for a message; spreadsheets break lines inside their names."""
    return ", ".join(" ".join(str(name).split()) for name in names)[:200]


def _json_array(text: io.TextIOWrapper, buffer: str) -> Iterator[tuple[int, Any]]:
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
        yield number, row if isinstance(row, dict | list) else _NO_OBJECT


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


def _parquet_rows(
    stream: IO[bytes], columns: Columns, groups: range | None = None
) -> Iterator[tuple[int | None, Row]]:
    try:
        from pyarrow import parquet
    except ImportError:
        command = how_to_add("parquet")
        yield None, f"is a Parquet table: `{command}` to read it"
        return
    asked = {columns.text, columns.title, columns.authors, columns.translators, columns.outlet}
    asked |= {columns.published, columns.section, columns.url}
    usual = {name for names in _USUAL.values() for name in names.split()}
    number = 0
    try:
        table = parquet.ParquetFile(stream)
        names = table.schema_arrow.names
        wanted = [name for name in names if name in asked or _plain_name(name) in usual]
        missing = sorted(name for name in asked if name is not None and name not in names)
        if missing or not wanted:
            wrong = f"no column {missing[0]!r}" if missing else "no column with a usual name"
            yield None, f"{wrong}: name one of {', '.join(names)[:200]} with --text-column …"
            return
        for row in bounded_rows(stream, wanted, groups):
            number += 1
            yield number, row
    except Exception:  # damaged files raise anything, from OSError to UnicodeDecodeError
        yield (
            number + 1,
            "is no Parquet table that can be read from here on: write it again, or as JSON lines",
        )


def _csv_rows(stream: IO[bytes], tabs: bool) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_LONGEST_LINE)
    text, legacy = _decoded(stream)
    lines = _lines(text)
    number, separator = 0, "\t" if tabs else ""
    try:
        first = ""
        for first in lines:
            number += 1
            # Spreadsheets state the separator in a line of its own; blank lines stand before the header.
            if stated := _SEPARATOR.match(first):
                separator = stated[1]
            elif first.strip():
                break
        separator = separator or max(",;\t|", key=first.count)
        rows = csv.reader(chain([first], lines), delimiter=separator)
        header = [_as_decoded(name, legacy) for name in next(rows, [])]
        while True:
            number += 1
            if not (cells := next(rows)):
                number -= 1
                continue
            named = zip_longest(header, cells[: len(header)], fillvalue="")
            yield number, {name: _as_decoded(cell, legacy) for name, cell in named}
    except StopIteration:
        return
    except csv.Error as error:
        # What follows may stand inside the cell that is broken: it is no row.
        yield number, f"is no CSV row ({error}): check its quoting; the rows after it are not read"
    except UnicodeError:
        yield number + 1, "is no UTF-16 from here on: save it again as UTF-8"


def _decoded(stream: IO[bytes]) -> tuple[io.TextIOWrapper, str]:
    """The lines of a table, and in which encoding the cells are that are no UTF-8 (read as escapes).

    A table is read too long before its end to be looked at whole: its beginning tells.
    """
    head = stream.read(_LOOKED_AT)
    joined = io.BufferedReader(_Joined(head, stream))
    marked = marked_codec(head)
    if marked is not None and marked != "utf-8-sig":
        return io.TextIOWrapper(joined, encoding=marked, newline=""), "cp1252"
    text = io.TextIOWrapper(joined, encoding="utf-8-sig", errors="surrogateescape", newline="")
    return text, legacy_codec(head) or "cp1252"


class _Joined(io.RawIOBase):
    """A stream with what was read of it before it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text, unless one is longer than any row."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) >= _LONGEST_LINE:
            raise csv.Error(f"line longer than {_LONGEST_LINE // 1_000_000} MB")
        yield line


def _as_decoded(cell: str, legacy: str) -> str:
    """A cell; one that is no UTF-8 in the encoding that the table has instead."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape").decode(legacy, "replace")
    return cell


def _piece_or_not(row: dict[str, Any], where: str, columns: Columns) -> Piece | Unread:
    """One bad value, of whatever sort, costs its row alone."""
    try:
        return _piece(row, where, columns)
    except (ValueError, OverflowError, TypeError, RecursionError) as error:
        return Unread(where, f"holds a value that can't be read ({type(error).__name__}): mend this row")


def _piece(row: dict[str, Any], where: str, columns: Columns) -> Piece | Unread:
    lowered = {_plain_name(name): value for name, value in row.items()}
    try:
        text = _cell(row, lowered, "text", columns.text)
        if text is None:
            names = _in_one_line(filter(None, row))
            return Unread(where, f"no text in this row: name its column with --text-column (it has {names})")
        known = _known(row, lowered, columns)
    except ReadingError as error:
        return Unread(where, str(error))
    return Piece(where, form_of_text(text), text, known)


def _known(row: dict[str, Any], lowered: dict[str, Any], columns: Columns) -> Known:
    return Known(
        title=_cell(row, lowered, "title", columns.title),
        authors=_names(row, lowered, "authors", columns.authors),
        translators=_names(row, lowered, "translators", columns.translators),
        section=_cell(row, lowered, "section", columns.section),
        outlet=_cell(row, lowered, "outlet", columns.outlet),
        published=iso_date(_cell(row, lowered, "published", columns.published) or ""),
        url=_cell(row, lowered, "url", columns.url),
    )


def known_by_file(stream: IO[bytes], suffix: str, source: str, columns: Columns) -> dict[str, Known]:
    """Give what a table beside a folder of texts states of each, by the name of its file (``file_key``).

    Raises:
        ReadingError: where no column names the files, or the table can't be read.
    """
    found: dict[str, Known] = {}
    for number, row in _rows(stream, suffix, columns):
        where = source if number is None else f"{source}:{number}"
        if isinstance(row, str):
            raise ReadingError(f"{where} {row}")
        lowered = {_plain_name(name): value for name, value in row.items()}
        if not lowered.keys() & set(_FILE_NAMES):
            names = _in_one_line(filter(None, row))
            raise ReadingError(f"{source}: no column names the files: call it file (it has {names})")
        file = next((value for name in _FILE_NAMES if (value := _string(lowered.get(name)))), None)
        if file is not None:
            found[file_key(file)] = _known(row, lowered, columns)
    if not found:
        raise ReadingError(f"{source}: no row of this table names a file")
    return found


def file_key(path: str) -> str:
    """Give the name by which a file is looked for in a table: without folders, in whatever case.

    >>> file_key("Textes/Port.TXT.gz")
    'port.txt'
    """
    name = re.split(r"[/\\]", path)[-1]
    return unicodedata.normalize("NFC", name).casefold().removesuffix(".gz")


def _cell(row: dict[str, Any], lowered: dict[str, Any], field: str, asked: str | None) -> str | None:
    numbers = field == "published"
    if asked is not None:
        return _string(_asked(row, asked), numbers)
    usual = (_string(lowered.get(name), numbers) for name in _USUAL[field].split())
    return next((found for found in usual if found), None)


def _asked(row: dict[str, Any], asked: str) -> Any:
    if asked not in row:
        raise ReadingError(f"no column {asked!r}: it has {_in_one_line(row)}")
    return row[asked]


def _string(value: Any, numbers: bool = False) -> str | None:
    # Parquet has dates that are no text; JSON has numbers of seconds.
    if isinstance(value, datetime | date):
        return value.isoformat()
    if numbers and isinstance(value, int | float) and 0 < value < 1e19:
        return str(int(value))
    return value if isinstance(value, str) and value.strip() else None


def _names(row: dict[str, Any], lowered: dict[str, Any], field: str, asked: str | None) -> tuple[str, ...]:
    value = (
        _asked(row, asked)
        if asked is not None
        else next((lowered[name] for name in _USUAL[field].split() if lowered.get(name)), None)
    )
    if isinstance(value, str):
        return split_byline(value)[0]
    stated = value if isinstance(value, list) else [value]
    names = (one.get("name") if isinstance(one, dict) else one for one in stated)
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
