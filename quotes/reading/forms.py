"""What articles are read from: pieces in their forms, with what is known of each before it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """In what form an article lies in its bytes."""

    TEXT = "text"
    PAGE = "web page"
    EUROPRESSE = "Europresse article"
    FACTIVA = "Factiva article"
    FEED = "feed"
    MAIL = "e-mail"
    PDF = "PDF"
    DOCX = "Word document"
    RTF = "RTF document"


@dataclass(frozen=True, slots=True)
class Known:
    """What the place that a piece comes from states about it: a table's columns, the user's options.

    ``seen`` is when a page was fetched: its date only where the page states none.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    translators: tuple[str, ...] = ()
    section: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What one article (a feed: some) is read from. ``data`` is text when it was decoded already.

    ``charset`` is what a server said of its encoding.
    """

    source: str
    form: Form
    data: bytes | str
    known: Known = field(default=Known())
    charset: str | None = None


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
    translators: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave: its bytes, what it says of them, and under which address at last."""

    data: bytes
    content_type: str | None
    charset: str | None
    address: str


def form_of_text(text: str) -> Form:
    """The form of a text that lies in a table: a whole page may be kept in a cell."""
    head = text[:1_000].lstrip("\ufeff \t\r\n").lower()
    return Form.PAGE if head.startswith(("<!doctype html", "<html")) else Form.TEXT
