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
    ".docm": Form.DOCX,
    ".rtf": Form.RTF,
}
MAILBOX = ".mbox"
TABLES = frozenset({".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})
_STREAMED = TABLES | {".warc", MAILBOX}
SUFFIXES = frozenset({*_FORMS, *_STREAMED, ".gz", ".zip"})
# What may hold several articles, by its name; an export and what is packed say so themselves.
_COLLECTIONS = _STREAMED | {".zip", ".rss", ".atom", ".xml"}
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
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "message/rfc822": ".eml",
    "application/mbox": MAILBOX,
}
# How long one address may take in all.
FETCH_SECONDS = 60.0
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:\[\s*+)?\{\s*+\"")
# By what other forms begin, compared in small letters.
_BEGINNINGS = ((b"%pdf-", Form.PDF), (b"{\\rtf", Form.RTF))
# What old Word documents and what is packed (OpenDocument, EPUB …) begin with.
_OTHER_DOCUMENTS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04")
_OTHER = "is a document of another program, or an archive: save it as .docx, .pdf or .txt, or name it .zip"
_MAILBOX_BEGINS = re.compile(rb"From \S{1,200} .{0,40}\d\d:\d\d.{0,30}\r?\n[A-Za-z-]{2,40}:")
# A text may begin with "Date : 5 mars"; a mail has several such lines, and some that no text has.
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|subject|date|mime-version|content-type|content-transfer-encoding|message-id|received"
    rb"|return-path|delivered-to|reply-to|x-[a-z-]+): ?\S",
    re.MULTILINE,
)
_FEWEST_HEADERS = 3
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(argument: str) -> bool:
    """Whether an argument is a web address and no path."""
    return bool(_ADDRESS.match(argument))


def pieces_of(path: str, columns: Columns = Columns()) -> Iterator[Piece | Unread]:  # noqa: B008
    """The pieces of one file or of standard input (``-``)."""
    return told(_pieces_of(path, columns), shown(path))


def _pieces_of(path: str, columns: Columns) -> Iterator[Piece | Unread]:
    source = shown(path)
    suffix = PurePath(path).suffix.lower()
    if _is_device(path):
        yield Unread(source, "is a device, which has no end: give a file, or - for standard input")
    elif suffix == ".zip":
        for name, stream in members(path, SUFFIXES):
            member = f"{source}/{shown(name)}"
            if isinstance(stream, str):
                yield Unread(member, stream)
            else:
                yield from _of_member(stream, name, member, columns)
    elif suffix == ".gz":
        with unpacked(path) as stream:
            yield from _of_packed(stream, PurePath(path).stem, source, columns)
    elif suffix in _STREAMED:
        # Not through read_bytes: a table may be larger than any article.
        with open(path, "rb") as file:  # noqa: PTH123
            yield from _of_stream(file, suffix, source, columns)
    else:
        yield from _of_any(read_bytes(path), path, source, columns)


def told(pieces: Iterator[Piece | Unread], source: str) -> Iterator[Piece | Unread]:
    """The pieces of a source; what is wrong with it from somewhere on is told as its last one."""
    try:
        yield from pieces
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
    if suffix in _STREAMED - {".parquet"}:
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
    elif suffix in _STREAMED:
        yield from _of_stream(stream, suffix, source, columns)
    elif suffix in (".zip", ".gz"):
        yield Unread(source, "is an archive in an archive: unpack it first")
    else:
        data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            yield Unread(source, f"larger than {LARGEST_FILE // 1_000_000} MB: split it into its articles")
        else:
            yield from _of_any(data, name, source, columns)


def _of_any(data: bytes, name: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    """The pieces of a file that is no streamed one by its name; its beginning may tell otherwise."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _FORMS and _JSON.match(data, 0, 1_000):
        # JSON lines have an object on the first line, and more lines.
        suffix = ".jsonl" if data.partition(b"\n")[0].rstrip().endswith(b"}") else ".json"
        yield from _of_stream(io.BytesIO(data), suffix, source, columns)
    elif _FORMS.get(suffix, Form.TEXT) in (Form.TEXT, Form.MAIL) and _MAILBOX_BEGINS.match(data):
        yield from _of_stream(io.BytesIO(data), MAILBOX, source, columns)
    else:
        yield from _of_bytes(data, name, source)


def _of_stream(stream: IO[bytes], suffix: str, source: str, columns: Columns) -> Iterator[Piece | Unread]:
    if suffix == ".warc":
        from quotes.reading.warc import pages_of

        return pages_of(stream, source)
    if suffix == MAILBOX:
        return _mails_of(stream, source)
    from quotes.reading.tables import rows_of

    return rows_of(stream, suffix, source, columns)


def _mails_of(stream: IO[bytes], source: str) -> Iterator[Piece | Unread]:
    from quotes.reading.mail import mails_of

    number = 0
    for number, mail in enumerate(mails_of(stream), 1):
        where = f"{source}:{number}"
        yield Unread(where, mail) if isinstance(mail, str) else Piece(where, Form.MAIL, mail)
    if not number:
        yield Unread(source, "no e-mails in this mailbox: check that it is the right file")


def _of_bytes(data: bytes, name: str, source: str) -> Iterator[Piece]:
    form = _FORMS.get(PurePath(name).suffix.lower(), Form.TEXT)
    if form is Form.TEXT:
        # Whatever its name, what begins like another form is none.
        form = _sniff(data)
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
    """The form of bytes whose name doesn't tell (standard input, what was saved as a text).

    Raises :class:`ReadingError` for documents that are not read.
    """
    head = data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return Form.PAGE
    if head.startswith(b"<") and re.search(rb"<(?:rss|feed|rdf:rdf)\b", head):
        return Form.FEED
    if data.startswith(_OTHER_DOCUMENTS):
        # What Word packs has that name in it; so little of other archives can be told.
        if b"word/document.xml" in data:
            return Form.DOCX
        raise ReadingError(_OTHER)
    found = next((form for begin, form in _BEGINNINGS if head.startswith(begin)), Form.TEXT)
    if (
        found is Form.TEXT
        and len(_MAIL_HEADER.findall(head.replace(b"\r", b"").partition(b"\n\n")[0])) >= _FEWEST_HEADERS
    ):
        return Form.MAIL
    return found


def may_hold_several(argument: str) -> bool:
    """Whether what the user named may hold several articles, as far as its name tells."""
    path = PurePath(argument)
    suffix = path.suffix.lower() if path.suffix.lower() != ".gz" else PurePath(path.stem).suffix.lower()
    return suffix in _COLLECTIONS
