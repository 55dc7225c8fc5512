"""Exports of press databases, Europresse and Factiva: a web page with many articles in it.

What marks an article and its parts was learnt from programs that read them: the R packages
tm.plugin.europresse and tm.plugin.factiva, and europarser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quotes.errors import ReadingError
from quotes.model import Article, Zone, ZoneKind
from quotes.reading.dates import dates_in, iso_date
from quotes.reading.encoding import decode_bytes
from quotes.reading.markup import flat, plain_text, with_printed_marks
from quotes.reading.metadata import split_byline

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATABASES = (
    (
        "Europresse article",
        re.compile(rb"class=[\"'][^\"'>]{0,100}\bDocPublicationName\b"),
        re.compile(r"<article\b"),
    ),
    (
        "Factiva article",
        re.compile(rb"class=[\"']article\s[a-z]{2}Article\b"),
        re.compile(r"<div\b[^>]{0,200}\bclass=[\"']article\s[a-z]{2}Article\b"),
    ),
)

# "La Gazette, no. 4512", "La Gazette (site web)": the paper's name comes first.
_ISSUE = re.compile(
    r"(?<!\s)\s*+(?:(?:(?<=\s)|,\s++)n[o°]\.?\s*+\d.*|\((?:site|réf\.|ref\.).*)$", re.IGNORECASE | re.DOTALL
)
_WEEKDAY = re.compile(
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\W*$", re.I
)
_BLOCKS = ("p", "h2", "h3", "h4", "li", "blockquote")
_COUNTED = re.compile(r"[\d\s.,\u00a0\u202f]+(?:mots|words)\b")
_TIME = re.compile(r"\d{1,2}:\d\d")
# Languages as Factiva names them to its French-speaking users.
_LANGUAGE = re.compile(r"(?:français|french|anglais|english|allemand|espagnol|italien|néerlandais)$", re.I)


def parts_of(data: bytes) -> tuple[str | None, Iterator[str]]:
    """Which database a page comes from (as a ``Form`` says it), and its articles; ``None`` for none."""
    for kind, mark, start in _DATABASES:
        if mark.search(data):
            page = decode_bytes(data).text
            if start.search(page):
                return kind, _cut(page, start)
    return None, iter(())


def _cut(page: str, start: re.Pattern[str]) -> Iterator[str]:
    """The page from each article's beginning to that of the next."""
    begin = -1
    for match in start.finditer(page):
        if begin >= 0:
            yield page[begin : match.start()]
        begin = match.start()
    yield page[begin:]


def read_europresse(part: str) -> Article:
    """One article of a Europresse export."""
    root = _tree(part)
    outlet = _first(root, "DocPublicationName", "rdp__DocPublicationName")
    header = _first(root, "DocHeader", "rdp__DocHeader") or ""
    title = _first(root, "rdp__articletitle", "titreArticleVisu", "titreArticle")
    blocks = [(ZoneKind.STANDFIRST, line) for line in _lines(root, "rdp__subtitle") if line and line != title]
    byline = _first(root, "docAuthors", "sm-margin-bottomNews")
    body = _with_class(root, "docOcurrContainer") or _with_class(root, "DocText")
    blocks += [(ZoneKind.BODY, line) for element in body for line in _paragraphs(element)]
    # "Économie, mardi 3 mai 2022, p. 4", "Politics, Monday, May 3, 2022": what stands before the date.
    section = _WEEKDAY.sub("", header[: next((at for at, _ in dates_in(header)), 0)]).strip(" ,")
    return _article(
        title,
        byline,
        blocks,
        outlet=_ISSUE.sub("", outlet) if outlet else None,
        published=iso_date(header),
        section=section or None,
    )


def read_factiva(part: str) -> Article:
    """One article of a Factiva export, in either of its layouts: a table with codes, or lines."""
    root = _tree(part)
    coded = {
        flat("".join(cells[0].itertext())).strip("\u00a0 "): cells[1]
        for row in root.iter("tr")
        if len(cells := row.findall("td")) == 2
    }
    if "HD" in coded:
        return _coded(coded)
    title = _first(root, "frHeadline") or flat("".join((root.xpath("//*[@id='hd']") or [root])[0].itertext()))
    byline = _first(root, "author")
    lines = [
        flat("".join(element.itertext()))
        for element in root.iter("div")
        if not element.get("id") and not element.get("class") and element.find(".//div") is None
    ]
    lines = [line for line in lines if line]
    dated = next((n for n, line in enumerate(lines) if len(line) < 40 and iso_date(line)), None)
    outlet = None
    if dated is not None:
        # The time of day may stand between the date and the paper.
        after = [line for line in lines[dated + 1 :] if not _TIME.match(line)]
        outlet = after[0] if after else None
    before = [line for line in lines[:dated] if not _COUNTED.match(line)]
    paragraphs = [
        line for element in _with_class(root, "articleParagraph") if (line := _line(element)) is not None
    ]
    return _article(
        title,
        byline,
        [(ZoneKind.BODY, line) for line in paragraphs],
        outlet=outlet,
        published=None if dated is None else iso_date(lines[dated]),
        section=before[0] if before and len(before[0]) < 60 and not _LANGUAGE.match(before[0]) else None,
    )


def _coded(coded: dict[str, Any]) -> Article:
    def said(code: str) -> str | None:
        return _line(coded[code]) if code in coded else None

    lines = [line for code in ("LP", "TD") if code in coded for line in _paragraphs(coded[code])]
    return _article(
        said("HD"),
        said("BY"),
        [(ZoneKind.BODY, line) for line in lines],
        outlet=said("SN"),
        published=iso_date(said("PD") or ""),
        section=said("SE"),
    )


def _article(
    title: str | None,
    byline: str | None,
    blocks: list[tuple[ZoneKind, str]],
    *,
    outlet: str | None,
    published: str | None,
    section: str | None,
) -> Article:
    if not any(kind is ZoneKind.BODY for kind, _ in blocks):
        raise ReadingError("holds no text (a link, a post, an image?): open it in its database")
    head = [(ZoneKind.HEADLINE, title)] if title else []
    if byline:
        blocks = [*blocks, (ZoneKind.BYLINE, byline)]
    zones, at = [], 0
    for kind, line in [*head, *blocks]:
        zones.append(Zone(kind, at, at + len(line)))
        at += len(line) + 1
    text = "\n".join(line for _, line in [*head, *blocks])
    authors, translators = split_byline(byline or "")
    return Article(
        text,
        title=title,
        authors=authors,
        outlet=outlet,
        published=published,
        zones=tuple(zones),
        translators=translators,
        section=section,
    )


def _tree(part: str) -> HtmlElement:
    from lxml import html

    return html.document_fromstring(with_printed_marks(part))


def _with_class(root: HtmlElement, name: str) -> list[HtmlElement]:
    found: list[HtmlElement] = root.xpath(
        "//*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {name} "
    )
    return found


def _first(root: HtmlElement, *names: str) -> str | None:
    """The text of the first element that has one of these classes, in the order of the names."""
    return next((line for name in names for e in _with_class(root, name) if (line := _line(e))), None)


def _lines(root: HtmlElement, name: str) -> list[str]:
    return [line for element in _with_class(root, name) if (line := _line(element))]


def _line(element: HtmlElement) -> str | None:
    return flat("".join(element.itertext())).strip("\u00a0 ") or None


def _paragraphs(element: HtmlElement) -> list[str]:
    """The paragraphs of an element; one that has none is one itself."""
    blocks = [block for block in element.iter(*_BLOCKS) if block is not element]
    return [
        line
        for block in blocks or [element]
        # Some texts were escaped before they came into their page.
        for line in plain_text(_line(block) or "").split("\n")
        if line.strip()
    ]
