"""WARC archives: the web pages that a crawl saved, streamed, each record bounded.

Records are told apart here and not by warcio, which trusts the length that a record states: one that
lies takes its successors with it. What a record holds (HTTP headers, chunks, compression) is warcio's.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import count
from typing import IO, Any, cast

from quotes.reading.dates import iso_date
from quotes.reading.forms import Form, Known, Piece, Unread
from quotes.reading.text import shown

_START = re.compile(rb"(?:\r?\n)*(?=WARC/[01]\.\d{1,2}\r?\n)")
# A record begins behind the two empty lines that end the one before.
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/[01]\.\d{1,2}\r?\n)")
_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_MARK = 32
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(rb"^warc-type:[ \t]*response[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADERS = 64_000
_LARGEST_PAGE = 20_000_000
_CHUNK = 1_000_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class _Record:
    """The headers and the payload of a record; ``flaw`` says why it can't be trusted."""

    headers: bytes
    payload: bytes
    flaw: str | None = None


class _Stream:
    """A stream that takes bytes back, and gives what came before it broke."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = cast(io.BufferedIOBase, stream)
        self._rest = b""
        self._broken: Exception | None = None

    def read(self, size: int) -> bytes:
        parts, self._rest = [self._rest[:size]], self._rest[size:]
        missing = size - len(parts[0])
        while missing and self._broken is None:
            try:
                chunk = self._stream.read1(missing)
            except Exception as error:
                self._broken = error
            else:
                if not chunk:
                    break
                parts.append(chunk)
                missing -= len(chunk)
        if self._broken is not None and missing == size:
            raise self._broken
        return b"".join(parts)

    def push(self, data: bytes) -> None:
        self._rest = data + self._rest


def pages_of(
    stream: IO[bytes], source: str, numbers: Iterator[int] | None = None
) -> Iterator[Piece | Unread]:
    """The web pages of a WARC file, each with its address and when it was fetched.

    Answers other than 200 and other things than web pages are passed over. A record that lies about
    its length gives an :class:`Unread`; what comes after it is read. Each record, whatever it holds, takes
    one of the ``numbers`` (from 1 on).
    """
    from warcio.archiveiterator import ArchiveIterator

    found = False
    for record, number in zip(_records(_Stream(stream)), numbers or count(1), strict=False):
        where = f"{source}:{number}"
        if record.flaw:
            found = True
            yield Unread(where, record.flaw)
        elif record.payload:
            try:
                parsed = next(iter(ArchiveIterator(io.BytesIO(record.headers + record.payload))), None)
                answer = _page(parsed, where) if parsed is not None else None
            except Exception:  # warcio raises its own errors and those of what it unpacks with
                answer = Unread(where, "is no web page that can be unpacked: save it from its address")
            if answer is not None:
                found = True
                yield answer
    if not found:
        yield Unread(source, "no web pages in this archive: check that it is the right file")


def record_from(stream: IO[bytes], at: int) -> int | None:
    """Where the first record stands that begins at this byte or after it; ``None`` where none does."""
    # A record begins behind the marks that end the one before.
    stream.seek(place := max(0, at - _LONGEST_MARK))
    window = b""
    while chunk := stream.read(_CHUNK):
        window += chunk
        for found in _NEXT.finditer(window):
            if place + found.end() >= at:
                return place + found.end()
        place += max(0, len(window) - _LONGEST_MARK)
        window = window[-_LONGEST_MARK:]
    return None


def _records(stream: _Stream) -> Iterator[_Record]:
    while head := stream.read(_LONGEST_HEADERS):
        start = _START.match(head)
        end = _END.search(head[start.end() :]) if start else None
        length = _LENGTH.search(head, start.end(), start.end() + end.start() + 1) if start and end else None
        if not head.strip(b"\r\n"):
            continue
        if start is None or end is None or length is None:
            yield _Record(b"", b"", "is no WARC record: crawl it again")
            stream.push(head[start.end() + 1 if start else 1 :])
            _skip(stream)
            continue
        headers = head[start.end() : start.end() + end.end()]
        stream.push(head[start.end() + end.end() :])
        yield _payload(stream, headers, int(length[1]))


def _payload(stream: _Stream, headers: bytes, length: int) -> _Record:
    wanted = bool(_TYPE.search(headers))
    parts: list[bytes] = []
    left, tail = length, b""
    while left:
        chunk = stream.read(min(left, _CHUNK))
        if not chunk:
            return _Record(headers, b"", f"ends before the {length} bytes it states: crawl it again")
        window = tail + chunk
        if lie := _NEXT.search(window):
            stream.push(window[lie.end() :])
            return _Record(headers, b"", f"is shorter than the {length} bytes it states: crawl it again")
        tail = window[-_LONGEST_MARK:]
        left -= len(chunk)
        if wanted and length <= _LARGEST_PAGE:
            parts.append(chunk)
    after = stream.read(2 * _LONGEST_MARK)
    stream.push(after)
    if after.strip(b"\r\n") and not (_START.match(after) or _END.match(after)):
        _skip(stream)
        return _Record(headers, b"", f"is longer than the {length} bytes it states: crawl it again")
    if wanted and length > _LARGEST_PAGE:
        return _Record(headers, b"", f"is larger than {_LARGEST_PAGE // 1_000_000} MB: no single page")
    return _Record(headers, b"".join(parts))


def _skip(stream: _Stream) -> None:
    """Go to the beginning of the next record, or to the end."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if found := _NEXT.search(window):
            stream.push(window[found.end() :])
            return
        tail = window[-_LONGEST_MARK:]


def _page(record: Any, where: str) -> Piece | Unread | None:
    """The page of a record as warcio reads it; ``None`` when it is none."""
    if record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return None
    stated = Message()
    stated["content-type"] = record.http_headers.get_header("Content-Type") or ""
    if stated.get_content_type() not in _PAGES:
        return None
    data = record.content_stream().read(_LARGEST_PAGE + 1)
    if len(data) > _LARGEST_PAGE:
        return Unread(where, f"is larger than {_LARGEST_PAGE // 1_000_000} MB: no single page")
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    seen = iso_date(record.rec_headers.get_header("WARC-Date") or "")
    known = Known(url=shown(address.strip("<>")) or None, seen=seen)
    return Piece(where, Form.PAGE, data, known, stated.get_content_charset())
