"""Large things taken apart: a file, an archive or a table as pieces, each of which is read by itself.

Taking apart is cheap and streams; reading a piece (a web page, a PDF) may be costly or hostile and
can be done in a process that may be killed.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from quotes.errors import ReadingError
from quotes.reading.forms import Answer, Columns, Form, Known, Piece, Unread
from quotes.reading.packed import DAMAGE, members, unpacked
from quotes.reading.text import LARGEST_FILE, read_bytes, shown

_FORMS = {
    ".txt": Form.TEXT,
    ".text": Form.TEXT,
    ".md": Form.TEXT,
    ".markdown": Form.TEXT,
    ".html": Form.PAGE,
    ".htm": Form.PAGE,
    ".xhtml": Form.PAGE,
    ".rss": Form.FEED,
    ".atom": Form.FEED,
    ".xml": Form.FEED,
    ".eml": Form.MAIL,
    ".pdf": Form.PDF,
    ".docx": Form.DOCX,
}
TABLES = frozenset({".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})
SUFFIXES = frozenset({*_FORMS, *TABLES, ".warc", ".gz", ".zip"})
# What servers call these forms; whatever else they call text is sniffed.
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
# How long one address may take in all.
FETCH_SECONDS = 60.0
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:\[\s*+)?\{\s*+\"")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(argument: str) -> bool:
    """Whether an argument is a web address and no path."""
    return bool(_ADDRESS.match(argument))


def pieces_of(path: str, columns: Columns = Columns()) -> Iterator[Piece | Unread]:  # noqa: B008
    """The pieces of one file or of standard input (``-``)."""
    source = shown(path)
    suffix = PurePath(path).suffix.lower()
    if _is_device(path):
        yield Unread(source, "is a device, which has no end: give a file, or - for standard input")
        return
    try:
        if suffix == ".zip":
            for name, stream in members(path, SUFFIXES):
                member = f"{source}/{shown(name)}"
                if isinstance(stream, str):
                    yield Unread(member, stream)
                else:
                    yield from _of_member(stream, name, member, columns)
        elif suffix == ".gz":
            with unpacked(path) as stream:
                yield from _of_packed(stream, PurePath(path).stem, source, columns)
        elif suffix in TABLES or suffix == ".warc":
            # Not through read_bytes: a table may be larger than any article.
            with open(path, "rb") as file:  # noqa: PTH123
                yield from _of_stream(file, suffix, source, columns)
        else:
            data = read_bytes(path)
            if suffix not in _FORMS and _JSON.match(data, 0, 1_000):
                # JSON lines have an object on the first line, and more lines.
                suffix = ".jsonl" if data.partition(b"\n")[0].rstrip().endswith(b"}") else ".json"
                yield from _of_stream(io.BytesIO(data), suffix, source, columns)
            else:
                yield from _of_bytes(data, path, source)
    except ReadingError as error:
        yield Unread(source, str(error))
    except FileNotFoundError:
        yield Unread(source, "no such file: check the path")
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError, NotImplementedError):
        yield Unread(source, "is a damaged archive: unpack it with another program")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Unread(source, f"can't be read ({reason.lower()}): check the path and the disk")


def pieces_of_answer(answer: Answer, columns: Columns) -> Iterator[Piece | Unread]:
    """The pieces of what a server answered; its content type says what it is, or else the address."""
    data, content_type, address = answer.data, answer.content_type, shown(answer.address)
    path = PurePath(address.partition("?")[0].partition("#")[0])
    if content_type in (None, "application/octet-stream", "binary/octet-stream"):
        suffix = path.suffix.lower()
    elif content_type in _TYPES:
        suffix = _TYPES[content_type]
    else:
        yield Unread(address, f"is {shown(content_type)[:80]}, which is no text: save what you need of it")
        return
    if suffix in TABLES - {".parquet"}:
        yield from _of_stream(io.BytesIO(data), suffix, address, columns)
        return
    for piece in _of_bytes(data, f"answer{suffix}", address):
        yield Piece(piece.source, piece.form, piece.data, Known(url=address), answer.charset)


def _is_device(path: str) -> bool:
    """Whether a path is a device, not a terminal that somebody types into."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
        if stat.S_ISCHR(mode):
            with open(path, "rb") as device:  # noqa: PTH123
                return not device.isatty()
        return stat.S_ISBLK(mode)
    except (OSError, ValueError):
        return False


def _of_member(stream: IO[bytes], name: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    """The pieces of a member of an archive; what is wrong with it costs no other member."""
    try:
        yield from _of_packed(stream, name, source, columns)
    except (ReadingError, *DAMAGE) as error:
        yield Unread(
            source,
            str(error) if isinstance(error, ReadingError) else "is damaged in its archive: pack it again",
        )


def _of_packed(stream: IO[bytes], name: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".parquet":
        # Its table of contents stands at its end.
        yield Unread(source, "is a Parquet table in an archive: unpack it first")
    elif suffix in TABLES or suffix == ".warc":
        yield from _of_stream(stream, suffix, source, columns)
    elif suffix in (".zip", ".gz"):
        yield Unread(source, "is an archive in an archive: unpack it first")
    else:
        data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            yield Unread(source, f"larger than {LARGEST_FILE // 1_000_000} MB: split it into its articles")
        else:
            yield from _of_bytes(data, name, source)


def _of_stream(stream: IO[bytes], suffix: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    if suffix == ".warc":
        from quotes.reading.warc import pages_of

        return pages_of(stream, source)
    from quotes.reading.tables import rows_of

    return rows_of(stream, suffix, source, columns)


def _of_bytes(data: bytes, name: str, source: str) -> Iterator[Piece]:
    form = _FORMS.get(PurePath(name).suffix.lower()) or _sniff(data)
    if form is Form.PAGE:
        from quotes.reading.exports import parts_of

        # An export of a press database is a page with many articles.
        kind, parts = parts_of(data)
        if kind is not None:
            for number, part in enumerate(parts, 1):
                yield Piece(f"{source}:{number}", Form(kind), part)
            return
    yield Piece(source, form, data)


def _sniff(data: bytes) -> Form:
    """The form of bytes without a telling name (standard input)."""
    head = data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return Form.PAGE
    if head.startswith(b"%pdf-"):
        return Form.PDF
    if head.startswith((b"<?xml", b"<rss", b"<feed")) and (b"<rss" in head or b"<feed" in head):
        return Form.FEED
    return Form.TEXT
