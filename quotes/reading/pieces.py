"""Large things taken apart: a file, an archive or a table as pieces, each of which is read by itself.

Taking apart is cheap and streams; reading a piece (a web page, a PDF) may be costly or hostile and
can be done in a process that may be killed.
"""

from __future__ import annotations

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import IO, cast

from quotes.errors import ReadingError
from quotes.reading.text import LARGEST_FILE, read_bytes, shown


class Form(StrEnum):
    """In what form an article lies in its bytes."""

    TEXT = "text"
    PAGE = "web page"
    FEED = "feed"
    MAIL = "e-mail"
    PDF = "PDF"
    DOCX = "Word document"


# Forms whose readers may hang or eat memory on a hostile file: they run in a process of their own.
COSTLY = frozenset({Form.PAGE, Form.PDF, Form.DOCX})

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
TABLES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})
SUFFIXES = frozenset({*_FORMS, *TABLES, ".gz", ".zip"})

_MOST_MEMBERS = 100_000
# Text packs to a third or a tenth of its size; a bomb to a thousandth.
_LARGEST_RATIO = 300
_BOMB = 10_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What the place that a piece comes from states about it: a table's columns, the user's options."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What one article (a feed: some) is read from. ``data`` is text when it was decoded already."""

    source: str
    form: Form
    data: bytes | str
    known: Known = field(default=Known())


@dataclass(frozen=True, slots=True)
class Unread:
    """A source that gave no article. ``reason`` is one line: what is wrong, and what to do."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a table's columns; ``None`` means that the usual names are tried."""

    text: str | None = None
    title: str | None = None
    authors: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def pieces_of(path: str, columns: Columns = Columns()) -> Iterator[Piece | Unread]:
    """The pieces of one file or of standard input (``-``)."""
    source = shown(path)
    suffix = PurePath(path).suffix.lower()
    try:
        if suffix == ".zip":
            yield from _members(path, source, columns)
        elif suffix == ".gz":
            with gzip.open(path) as unpacked:
                # GzipFile has all of IO[bytes] that is used here, but typeshed doesn't say so.
                stream = cast(IO[bytes], unpacked)
                yield from _from_stream(stream, PurePath(path).stem, source, columns)
        elif suffix in TABLES:
            # Not through read_bytes: a table may be larger than any article.
            with open(path, "rb") as table:  # noqa: PTH123
                yield from _from_stream(table, path, source, columns)
        else:
            yield from _from_bytes(read_bytes(path), path, source)
    except ReadingError as error:
        yield Unread(source, str(error))
    except FileNotFoundError:
        yield Unread(source, "no such file: check the path")
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError, NotImplementedError):
        yield Unread(source, "is a damaged archive: unpack it with another program")
    except OSError as error:
        yield Unread(source, f"can't be read ({(error.strerror or str(error)).lower()}): check the path")


def _from_stream(stream: IO[bytes], name: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    suffix = PurePath(name).suffix.lower()
    if suffix in TABLES:
        from quotes.reading.tables import rows_of

        yield from rows_of(stream, suffix, source, columns)
        return
    if suffix in (".zip", ".gz"):
        yield Unread(source, "is an archive in an archive: unpack it first")
        return
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        yield Unread(source, f"larger than {LARGEST_FILE // 1_000_000} MB: split it into its articles")
        return
    yield from _from_bytes(data, name, source)


def _from_bytes(data: bytes, name: str, source: str) -> Iterator[Piece]:
    form = _FORMS.get(PurePath(name).suffix.lower())
    yield Piece(source, form or _sniff(data), data)


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


def _members(path: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    with zipfile.ZipFile(path) as archive:
        infos = sorted((i for i in archive.infolist() if _is_wanted(i)), key=lambda info: info.filename)
        if not infos:
            yield Unread(source, "no texts in this archive")
        if len(infos) > _MOST_MEMBERS:
            yield Unread(source, f"more than {_MOST_MEMBERS} files in one archive: unpack it first")
            return
        for info in infos:
            member = f"{source}/{shown(info.filename)}"
            if info.flag_bits & 1:
                yield Unread(member, "is encrypted: unpack it first")
            elif info.file_size > max(_BOMB, info.compress_size * _LARGEST_RATIO):
                yield Unread(member, "is packed too tightly for a text: unpack it if you trust it")
            else:
                with archive.open(info) as stream:
                    yield from _from_stream(stream, info.filename, member, columns)


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    path = PurePath(info.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not info.is_dir() and not hidden and path.suffix.lower() in SUFFIXES
