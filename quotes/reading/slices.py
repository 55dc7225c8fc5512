"""A large source cut into slices without being read, each of which is read by itself, elsewhere perhaps.

A slice owns the records that *begin* in it: lines of JSON, records of a crawl, row groups of a Parquet table.
So any bounds will do, and the slices of a source have each of its records once. Other sources (CSV, whose
cells may hold line ends; what is packed as one stream) are not cut.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise
from typing import IO

from quotes.reading.encoding import marked_codec
from quotes.reading.forms import Columns, Piece, Unread
from quotes.reading.packed import unpacked_stream
from quotes.reading.pieces import told
from quotes.reading.tables import rows_of
from quotes.reading.warc import pages_of, record_from

_LINES = (".jsonl", ".ndjson")
_PACKED_CRAWL = ".warc.gz"
SLICED = (*_LINES, ".warc", _PACKED_CRAWL, ".parquet")
"""What the names of sources end with that can be cut."""
_CHUNK = 1_000_000
_LOOKED_AT = 4
_GZIP = b"\x1f\x8b\x08"
_CRAWL = b"WARC/"
# Of what is packed, so many bytes tell what it begins with.
_BEGINNING = 4_096


@dataclass(frozen=True, slots=True)
class Slice:
    """Which records of a source: those that begin in these bytes, or these row groups (half-open)."""

    start: int
    end: int


def cut(stream: IO[bytes], name: str, size: int, most: int) -> list[Slice]:
    """Cut a source of this many bytes into slices of about ``most``; none where it has to be read whole.

    Of the source, only what stands in its beginning (an encoding) or at its end (the contents of a Parquet
    table) is read.
    """
    name = name.lower()
    if size <= most or not name.endswith(SLICED):
        return []
    if name.endswith(".parquet"):
        return _row_groups(stream, most)
    if name.endswith(_LINES) and marked_codec(stream.read(_LOOKED_AT)) not in (None, "utf-8-sig"):
        return []
    parts = -(-size // most)
    bounds = [size * number // parts for number in range(parts + 1)]
    return [Slice(start, end) for start, end in pairwise(bounds)]


def _row_groups(stream: IO[bytes], most: int) -> list[Slice]:
    try:
        from pyarrow import parquet

        metadata = parquet.ParquetFile(stream).metadata
        sizes = [metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)]
    except Exception:  # of a damaged table, or without pyarrow: whoever reads it says so
        return []
    slices: list[Slice] = []
    start = taken = 0
    for number, size in enumerate(sizes, 1):
        taken += size
        if taken >= most or number == len(sizes):
            slices.append(Slice(start, number))
            start, taken = number, 0
    return slices if len(slices) > 1 else []


class SliceReader:
    """The pieces of a slice, to be gone through once; their numbers count its own records from 1 on.

    ``records`` is how many records it has, ``nothing`` why it gave no piece at all (a source none of whose
    slices gave any is wrong for that reason): both are known at the end.
    """

    def __init__(self, stream: IO[bytes], name: str, size: int, part: Slice, columns: Columns) -> None:
        self._stream = stream
        self._name = name
        self._size = size
        self._part = part
        self._columns = columns
        self.records = 0
        self.nothing: str | None = None

    def __iter__(self) -> Iterator[Piece | Unread]:
        return told(self._pieces(), self._name)

    def _pieces(self) -> Iterator[Piece | Unread]:
        name = self._name.lower()
        if name.endswith(".parquet"):
            groups = range(self._part.start, self._part.end)
            self.records = _rows_in(self._stream, groups)
            yield from rows_of(self._stream, ".parquet", self._name, self._columns, groups)
            return
        start = self._begin(self._part.start, self._part.end)
        if start >= self._part.end:
            self.nothing = "no articles in this source: check that it is the right file"
            return
        owned = _Range(self._stream, start, self._begin(self._part.end, self._size))
        if name.endswith(_LINES):
            lines = _Lines(owned)
            yield from self._given(rows_of(io.BufferedReader(lines), _LINES[0], self._name, self._columns))
            self.records = lines.seen
            return
        numbers = count(1)
        crawl: IO[bytes] = io.BufferedReader(owned)
        if name.endswith(_PACKED_CRAWL):
            crawl = unpacked_stream(crawl, owned.size)
        try:
            yield from self._given(pages_of(crawl, self._name, numbers))
        finally:
            self.records = next(numbers) - 1

    def _given(self, pieces: Iterator[Piece | Unread]) -> Iterator[Piece | Unread]:
        for piece in pieces:
            if isinstance(piece, Unread) and piece.source == self._name:
                # Of a slice that says nothing yet.
                self.nothing = piece.reason
            else:
                yield piece

    def _begin(self, at: int, limit: int) -> int:
        """Where the first record stands that begins at this byte or after it, ``limit`` if that is beyond."""
        if at <= 0 or at >= self._size:
            return min(max(at, 0), self._size)
        name = self._name.lower()
        if name.endswith(_LINES):
            found = _line_from(self._stream, at)
        elif name.endswith(_PACKED_CRAWL):
            found = _member_from(self._stream, at, limit)
        else:
            found = record_from(self._stream, at)
        return limit if found is None else found


def _rows_in(stream: IO[bytes], groups: range) -> int:
    from pyarrow import parquet

    metadata = parquet.ParquetFile(stream).metadata
    return sum(metadata.row_group(number).num_rows for number in groups)


def _line_from(stream: IO[bytes], at: int) -> int | None:
    stream.seek(place := at - 1)
    while chunk := stream.read(_CHUNK):
        end = chunk.find(b"\n")
        if end >= 0:
            return place + end + 1
        place += len(chunk)
    return None


def _member_from(stream: IO[bytes], at: int, limit: int) -> int | None:
    """Where a gzip member with a record of a crawl begins, from this byte to the limit."""
    stream.seek(place := at)
    window = b""
    while place < limit and (chunk := stream.read(_CHUNK)):
        window += chunk
        # What it begins with has to be in sight, but at the end of the file.
        last = len(window) - _BEGINNING if len(chunk) == _CHUNK else len(window)
        found = window.find(_GZIP)
        while 0 <= found < last:
            if _holds_record(window[found : found + _BEGINNING]):
                return place + found
            found = window.find(_GZIP, found + 1)
        gone = max(0, last)
        place, window = place + gone, window[gone:]
    return None


def _holds_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, len(_CRAWL)) == _CRAWL
    except zlib.error:
        return False


class _Range(io.RawIOBase):
    """Some bytes of a stream."""

    def __init__(self, stream: IO[bytes], start: int, end: int) -> None:
        stream.seek(start)
        self._stream = stream
        self.size = self._left = max(0, end - start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(min(len(buffer), self._left)) if self._left else b""
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


class _Lines(io.RawIOBase):
    """A stream whose lines are counted on the way."""

    def __init__(self, stream: _Range) -> None:
        self._stream = stream
        self.seen = 0
        self._in_line = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = self._stream.readinto(buffer)
        if size:
            # A line counts when it begins.
            ends = bytes(buffer[:size]).count(b"\n")
            open_after = bytes(buffer[size - 1 : size]) != b"\n"
            self.seen += ends + open_after - self._in_line
            self._in_line = open_after
        return size
