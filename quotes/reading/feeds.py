"""RSS and Atom: a feed gives an article for each of its entries.

feedparser reads them as browsers do: with a document type, HTML's entities, a bare &, a blank first line.
Entities that a feed declares for itself stay closed: only single characters are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.dates import iso_date
from quotes.reading.encoding import decode_bytes
from quotes.reading.markup import fragment_lines, plain_line
from quotes.reading.metadata import split_byline
from quotes.reading.zones import zones_of

_MOST_TAGS = 500_000
_DECLARED = re.compile(r"<!ENTITY\b(?P<declared>[^<>]{0,300})>?")
# <!ENTITY nbsp "&#160;">, <!ENTITY amp "&#38;#38;">
_CHARACTER = re.compile(
    r"\s+[\w.-]+\s+(?P<mark>[\"'])(?:&#38;)?(?:&?#(?:\d+|x[0-9a-fA-F]+);|[^&%])(?P=mark)\s*"
)
# What no XML may hold; tab and the ends of lines it may.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARATION = re.compile(r"<\?xml[^<>]{0,200}\?>\s*")
# Where the entries' text stands: a feed that breaks off there is closed there.
_TEXTS = re.compile(r"<(?P<end>/?)(?P<name>(?:content:)?encoded|content|description|summary)\b[^<>]*(?<!/)>")
_CUT_TAG = re.compile(r"(?:<[^<>]{0,200}|&[#\w]{0,10})$")
_BROKEN_OFF = "breaks off before its end: what is missing was not read"


def read_feed(data: bytes, charset: str | None = None) -> tuple[list[Article], str | None]:
    """The articles of a feed, in its order, and what was wrong with it (one line, or ``None``).

    Raises :class:`ReadingError` for what is no feed, and for entities that are more than a character.
    """
    import feedparser

    text = _DECLARATION.sub(
        "", _CONTROLS.sub("", decode_bytes(data, charset).text).lstrip("\ufeff \t\r\n"), 1
    )
    if text.count("<") > _MOST_TAGS:
        raise ReadingError("has more tags than any feed: split it")
    if any(not _CHARACTER.fullmatch(one["declared"]) for one in _DECLARED.finditer(text)):
        raise ReadingError("declares a document type with entities, which no feed needs: it may be an attack")
    text, note = _closed(text)
    found: Any = feedparser.parse(
        text.encode(),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not found.entries:
        raise ReadingError("has no entries: check that it is an RSS or Atom feed")
    return list(_articles(found)), note


def _closed(text: str) -> tuple[str, str | None]:
    """A feed that breaks off with its last entry closed, so that its text is kept; whole ones as they are."""
    if re.search(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--[^<>]{0,1000}-->\s*)?$", text, re.IGNORECASE):
        return text, None
    text = _CUT_TAG.sub("", text)
    *_, last = [None, *_TEXTS.finditer(text)]
    if last is not None and not last["end"]:
        cdata = "]]>" if text.rfind("<![CDATA[") > text.rfind("]]>") else ""
        text += f"{cdata}</{last['name']}>"
    return text, _BROKEN_OFF


def _articles(found: Any) -> Iterator[Article]:
    outlet = plain_line(found.feed.get("title") or "") or None
    for entry in found.entries:
        title = plain_line(entry.get("title") or "") or None
        body = "\n".join(fragment_lines(_text(entry)))
        text = f"{title}\n{body}" if title else body
        names = [author.get("name") or "" for author in entry.get("authors", ())]
        if "@" in (whole := entry.get("author") or ""):
            # feedparser knows only the older top-level domains.
            names = [whole]
        yield Article(
            text,
            title=title,
            authors=tuple(dict.fromkeys(name for stated in names for name in split_byline(stated)[0])),
            # An aggregator says where each entry comes from.
            outlet=plain_line(entry.get("source", {}).get("title") or "") or outlet,
            published=iso_date(entry.get("published") or entry.get("updated") or ""),
            url=entry.get("link") or None,
            zones=zones_of(text),
        )


def _text(entry: Any) -> str:
    """The text of an entry: in full, or else its summary."""
    values = [content.get("value") or "" for content in entry.get("content", ())]
    return next((value for value in (*values, entry.get("summary") or "") if value.strip()), "")
