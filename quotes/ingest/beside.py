"""A table beside a folder of texts: what it states of each of them, by the name of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

from quotes.errors import ReadingError
from quotes.reading import Columns, Piece, Read, Unread
from quotes.reading.forms import Known
from quotes.reading.sources import stated
from quotes.reading.tables import check_columns, file_key, known_by_file

SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet")
"""What such a table's file may end with."""


def table_beside(path: str | None, columns: Columns) -> dict[str, Known]:
    """Read such a table; nothing is known without one.

    Raises:
        ReadingError: one line that says what is wrong with it.
    """
    if path is None:
        return {}
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise ReadingError(f"{path}: a table of metadata ends with {', '.join(SUFFIXES)}")
    try:
        with Path(path).open("rb") as stream:
            return known_by_file(stream, suffix, path, columns)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReadingError(f"{path}: can't be read as a table: {reason}") from error


def check_tables(sources: Iterable[str], columns: Columns) -> None:
    """Look whether the tables among the sources have the columns that are asked for, before any is read.

    Raises:
        ReadingError: one line that says which column of which table isn't there.
    """
    if columns == Columns():
        return
    for source in sources:
        path = Path(source)
        if path.suffix.lower() not in SUFFIXES:
            continue
        # What can't be opened is told when it is read.
        with suppress(OSError, ValueError), path.open("rb") as stream:
            check_columns(stream, path.suffix.lower(), source, columns)


def of_pieces(pieces: Iterable[Piece | Unread], beside: Mapping[str, Known]) -> Iterator[Piece | Unread]:
    """Lay what the table states over each piece; what the piece's own place states stays."""
    for piece in pieces:
        known = beside.get(file_key(piece.source))
        if known is None or isinstance(piece, Unread):
            yield piece
        else:
            own = {one.name: value for one in fields(Known) if (value := getattr(piece.known, one.name))}
            yield replace(piece, known=replace(known, **own))


def of_reads(results: Iterable[Read | Unread], beside: Mapping[str, Known]) -> Iterator[Read | Unread]:
    """Lay what the table states over each article that was read."""
    for result in results:
        known = None if isinstance(result, Unread) else beside.get(file_key(result.article.source or ""))
        if known is None or isinstance(result, Unread):
            yield result
        else:
            yield replace(result, article=stated(result.article, known))
