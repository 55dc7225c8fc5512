"""RSS and Atom: a feed gives an article for each of its entries."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.markup import flat, paragraphs_of
from quotes.reading.dates import iso_date
from quotes.reading.zones import zones_of

_TEXTS = ("encoded", "content", "description", "summary")


class _Builder(ElementTree.TreeBuilder):
    """A tree without a document type: entities that multiply, or that read files, are declared in one."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise ReadingError("declares a document type, which no feed needs: it may be an attack")


def read_feed(data: bytes) -> Iterator[Article]:
    """The articles of a feed, in its order. A feed with a document type (entities) is refused."""
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(data)
        root = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError):
        raise ReadingError("is no XML that can be read: check that it is an RSS or Atom feed") from None
    entries = [element for element in root.iter() if _name(element) in ("item", "entry")]
    if not entries:
        raise ReadingError("has no entries: check that it is an RSS or Atom feed")
    outlet = _first(root.find("channel") if root.find("channel") is not None else root, "title")
    for entry in entries:
        yield _article(entry, outlet)


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _first(element: ElementTree.Element | None, *names: str) -> str | None:
    """The text of the first child that has one of these names, in the order of the names."""
    if element is None:
        return None
    for name in names:
        for child in element:
            if _name(child) == name and (text := flat("".join(child.itertext()))):
                return text
    return None


def _article(entry: ElementTree.Element, outlet: str | None) -> Article:
    title = _first(entry, "title")
    body = "\n".join(paragraphs_of(_first(entry, *_TEXTS) or ""))
    text = f"{title}\n{body}" if title else body
    authors = [
        _first(child, "name") or flat(child.text or "")
        for child in entry
        if _name(child) in ("author", "creator")
    ]
    link = next((child for child in entry if _name(child) == "link"), None)
    return Article(
        text,
        title=title,
        authors=tuple(author for author in authors if author),
        outlet=outlet,
        published=iso_date(_first(entry, "pubDate", "published", "date", "updated") or ""),
        url=None if link is None else link.get("href") or flat(link.text or "") or None,
        zones=zones_of(text),
    )
