"""A saved web page: its article, found by trafilatura, with headings and metadata from the mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quotes.errors import ReadingError
from quotes.model import Article, Zone, ZoneKind
from quotes.reading.markup import decode_page, flat
from quotes.reading.metadata import iso_date
from quotes.reading.zones import zones_of

_TEXT_BLOCKS = ("p", "item", "quote", "head")


def read_page(data: bytes, charset: str | None = None) -> Article:
    """The article of a page; its text has the title first, then a line for each paragraph or heading.

    Raises :class:`ReadingError` when no article is found, or trafilatura isn't installed.
    """
    try:
        import trafilatura
    except ImportError:
        raise ReadingError("is a web page: `pip install 'quotes[html]'` to read it") from None
    found: Any = trafilatura.bare_extraction(
        decode_page(data, charset), with_metadata=True, include_comments=False, include_tables=False
    )
    blocks = list(_blocks(found.body)) if found is not None and found.body is not None else []
    if not any(not heading for heading, _ in blocks):
        raise ReadingError("no article was found in this page: save its text as .txt")
    title = flat(found.title) if found.title else None
    if title and not any(_alike(line, title) for _, line in blocks[:3]):
        blocks.insert(0, (True, title))
    text = "\n".join(line for _, line in blocks)
    outlet = flat(found.sitename) if found.sitename else None
    return Article(
        text,
        title=title,
        authors=_authors(found.author, outlet),
        outlet=outlet,
        published=iso_date(found.date or ""),
        url=found.url or None,
        zones=_zones(text, [heading for heading, _ in blocks], title),
    )


def _blocks(body: Any) -> Iterator[tuple[bool, str]]:
    """Each block of text on a line, with whether the mark-up calls it a heading."""
    for element in body.iter(*_TEXT_BLOCKS):
        # A quote or an item that holds paragraphs is met again in them; a paragraph comes whole.
        if element.tag in ("quote", "item") and element.find(".//p") is not None:
            continue
        if any(ancestor.tag in ("p", "head") for ancestor in element.iterancestors()):
            continue
        for line_break in element.iter("lb"):
            line_break.tail = f" {line_break.tail or ''}"
        line = flat("".join(element.itertext()))
        if line:
            yield element.tag == "head", line


def _alike(line: str, title: str) -> bool:
    return re.sub(r"\W", "", line).casefold() == re.sub(r"\W", "", title).casefold()


def _zones(text: str, headings: list[bool], title: str | None) -> tuple[Zone, ...]:
    """The zones by shape, but headings where the mark-up has them."""
    zones = []
    for zone, heading in zip(zones_of(text), headings, strict=True):
        kind = zone.kind
        if title and _alike(text[zone.start : zone.end], title):
            kind = ZoneKind.HEADLINE
        elif heading and kind in (ZoneKind.BODY, ZoneKind.STANDFIRST, ZoneKind.HEADLINE, ZoneKind.PULL_QUOTE):
            kind = ZoneKind.HEADING
        zones.append(Zone(kind, zone.start, zone.end))
    return tuple(zones)


def _authors(author: str | None, outlet: str | None) -> tuple[str, ...]:
    names = re.split(r"\s*;\s*|\s+avec\s+", author or "")
    plain = re.sub(r"\W", "", outlet or "").casefold()
    host = re.compile(rf"{re.escape(plain)}(?:com|fr|net|org|be|ch|ca)")
    # Pages name themselves as an author under their host: "Exemple Com" for exemple.com.
    return tuple(
        dict.fromkeys(
            name for name in names if name and not host.fullmatch(re.sub(r"\W", "", name).casefold())
        )
    )
