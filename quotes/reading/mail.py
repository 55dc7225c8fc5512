"""E-mails (newsletters, press releases): the subject is the title, the first text the article.

A mailbox (mbox) is many of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import IO

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.dates import iso_date
from quotes.reading.encoding import decode_bytes
from quotes.reading.lines import flowed
from quotes.reading.markup import fragment_lines
from quotes.reading.text import checked, read_text
from quotes.reading.zones import zones_of

_MOST_PARTS = 5_000
_LARGEST_MAIL = 20_000_000
# "From lettre@gazette.example Tue Mar  5 10:00:00 2024": what parts the mails of a mailbox.
_ENVELOPE = re.compile(rb"From \S{1,200} .{0,40}\d\d:\d\d.{0,30}\r?\n")
# Lines of the text that look like that were given a mark.
_MARKED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_TOO_LARGE = f"is larger than {_LARGEST_MAIL // 1_000_000} MB: no single e-mail"


def mails_of(stream: IO[bytes]) -> Iterator[bytes | str]:
    """The mails of a mailbox, streamed; for one that is too large, what is wrong with it."""
    parts: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(_LARGEST_MAIL):
        if blank and _ENVELOPE.match(line):
            if parts:
                yield _TOO_LARGE if size > _LARGEST_MAIL else _MARKED.sub(b"", b"".join(parts))
            parts, size, blank = [], 0, False
            continue
        blank = not line.strip()
        size += len(line)
        if size <= _LARGEST_MAIL:
            parts.append(line)
    if parts and b"".join(parts).strip():
        yield _TOO_LARGE if size > _LARGEST_MAIL else _MARKED.sub(b"", b"".join(parts))


def read_mail(data: bytes) -> Article:
    """The article of an e-mail; attachments are left alone."""
    # Each part is looked for in all that follows it.
    if data.count(b"\n--") > _MOST_PARTS:
        raise ReadingError("has more parts than any e-mail: save its text as .txt")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        text = checked(_text(message))
        title = " ".join(_header(message, "subject").split()) or None
        outlet = parseaddr(_header(message, "from"))[0] or None
        published = iso_date(_header(message, "date"))
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, AssertionError):
        # The standard library's parser raises all of these on headers that lie.
        raise ReadingError("is no e-mail that can be read: save its text as .txt") from None
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return Article(text, title=title, outlet=outlet, published=published, zones=zones_of(text))


def _header(message: EmailMessage, name: str) -> str:
    """A header decoded; one that is sent as it is, unencoded, in whatever encoding that is."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    if re.search("[\udc80-\udcff]", raw):
        return decode_bytes(raw.encode("ascii", "surrogateescape")).text
    return str(message[name] or "")


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise ReadingError("holds no text: save its text as .txt")
    # Not get_content(): it gives question marks for what was sent without saying in which encoding.
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise ReadingError("holds no text: save its text as .txt")
    text = decode_bytes(content, part.get_content_charset()).text.replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        return "\n".join(fragment_lines(text))
    if str(part.get_param("format", "")).lower() == "flowed":
        text = flowed(text, spaces_go=str(part.get_param("delsp", "")).lower() == "yes")
    return read_text(text)
