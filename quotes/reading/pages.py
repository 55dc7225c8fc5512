"""A saved web page: its article, found by trafilatura, with zones and metadata from the mark-up.

trafilatura tells the article from what surrounds it; what part of the page each of its lines is, the
names of the elements around it tell. Captions and pull quotes, which it leaves out, are put back in
their places.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from quotes.errors import ReadingError
from quotes.model import Article, Zone, ZoneKind
from quotes.reading.dates import iso_date
from quotes.reading.encoding import decode_bytes
from quotes.reading.markup import flat, paragraphs_of, plain_text, with_marks, with_printed_marks
from quotes.reading.metadata import split_byline
from quotes.reading.zones import zones_of

_TEXT_BLOCKS = ("p", "item", "quote", "head")
# trafilatura takes seconds for so many, minutes for ten times as many; newspapers have a few thousand.
_MOST_TAGS = 150_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{50000,}+")
_MOST_ATTRIBUTES = 10_000
_DEEP = "is nested deeper than any article: save its text as .txt"

# What blocks of text are called in mark-up; the first that fits the nearest element counts.
_BLOCKS = frozenset(
    ["address", "blockquote", "dd", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td"]
)
# The words in the class, id or itemprop of an element that say what part of the page it is.
_CALLED = {
    ZoneKind.COMMENTS: "comments commentaires commentaire commentlist reactions disqus",
    ZoneKind.CAPTION: "caption legend legende légende figcaption credit credits",
    # Not "quote": a document that is quoted at length has the same name.
    ZoneKind.PULL_QUOTE: "pullquote exergue citation",
    ZoneKind.STANDFIRST: "chapo chapeau standfirst lede lead intro introduction excerpt",
    ZoneKind.BYLINE: "byline signature author authors auteur auteurs",
    ZoneKind.TEASER: "related readalso lireaussi aussi teaser recommended recommendation recirculation",
    ZoneKind.BOILERPLATE: "newsletter paywall subscribe subscription abonnement copyright republish",
}
_KINDS = {word: kind for kind, words in _CALLED.items() for word in words.split()}
# What a tree of libxml2 refuses.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EMBEDDED = re.compile(r"(?<![\w-])[\w-]*?(?:tweet|twitter|embed)[\w-]*", re.IGNORECASE)
_NO_PROSE = frozenset({"script", "style", "pre", "code", "textarea", "title"})
_WORD = re.compile(r"[a-zà-ÿ]+")
_PULL = re.compile(r"pull[-_]?quote", re.IGNORECASE)
# Longer things with such a name hold the article rather than a part of it.
_LONGEST = {
    ZoneKind.CAPTION: 600,
    ZoneKind.PULL_QUOTE: 600,
    ZoneKind.STANDFIRST: 1_500,
    ZoneKind.BYLINE: 200,
    ZoneKind.TEASER: 2_000,
    ZoneKind.BOILERPLATE: 2_000,
}
# What is said there is none of the article's. Where that would be most of it, a name was misleading
# ("comments-open" for an article that may be commented).
_SILENT = frozenset({ZoneKind.COMMENTS, ZoneKind.TEASER, ZoneKind.BOILERPLATE})
_MOST_SILENT = 1 / 3
_SECTION = re.compile(r"\"articleSection\"\s*+:\s*+(?:\[\s*+)?\"(?P<name>(?:[^\"\\]|\\.){1,80})\"")
_LONGEST_SECTION = 60
_MOST_MARKED = 200
_BOLD = frozenset({"b", "strong"})
_LONGEST_QUESTION = 600
# Fewer are headings that ask.
_FEWEST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of text on a line: whether the mark-up calls it a heading, and what else."""

    line: str
    heading: bool = False
    kind: ZoneKind | None = None


def read_page(data: bytes, charset: str | None = None, address: str | None = None) -> Article:
    """The article of a page; its text has the title first, then a line for each paragraph or heading.

    ``address`` is where it was found. Raises :class:`ReadingError` when no article is found.
    """
    import trafilatura

    tree = _tree(with_printed_marks(decode_bytes(data, charset).text))
    _mark_quotations(tree)
    _read_escaped(tree)
    printed = _printed(tree)
    questions = _questions(tree)
    section = _section(tree)
    # It changes the tree: nothing can be asked of it after this.
    found: Any = trafilatura.bare_extraction(
        tree, url=address, with_metadata=True, include_comments=False, include_tables=False
    )
    blocks = list(_blocks(found.body)) if found is not None and found.body is not None else []
    if not any(not block.heading for block in blocks):
        raise ReadingError("no article was found in this page: save its text as .txt")
    title = flat(found.title) if found.title else None
    blocks = _with_marked(blocks, printed, title)
    if title and not any(_folded(block.line) == _folded(title) for block in blocks[:3]):
        blocks.insert(0, _Block(title, heading=True))
    text = "\n".join(block.line for block in blocks)
    outlet = flat(found.sitename) if found.sitename else None
    if section is None and found.categories and len(found.categories) == 1:
        section = _plain_section(found.categories[0])
    authors, translators = _authors(found.author, outlet)
    return Article(
        text,
        title=title,
        authors=authors,
        outlet=outlet,
        published=iso_date(found.date or ""),
        url=found.url or None,
        zones=_zones(text, blocks, title, questions),
        translators=translators,
        section=section,
    )


def _tree(page: str) -> Any:
    """The page as a tree; one that its parser would cut off is refused."""
    from lxml import etree, html

    if page.count("<") > _MOST_TAGS:
        raise ReadingError("has more tags than any article: save its text as .txt")
    # libxml2 compares each attribute of a tag with all others.
    if any(len(tag[0].split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(page)):
        raise ReadingError("has more attributes than any page: save its text as .txt")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise ReadingError("is no web page that can be read: save its text as .txt") from None
    # libxml2 drops what is nested deeper than 256 elements.
    if any("depth" in entry.message for entry in parser.error_log):
        raise ReadingError(_DEEP)
    return tree


def _mark_quotations(tree: Any) -> None:
    """Give block quotations and embedded posts the marks that their look stands for."""
    from lxml import etree, html

    for quotation in list(tree.iter("blockquote")):
        if next(quotation.iterancestors("blockquote"), None) is not None:
            continue
        credit = None
        for named in quotation.iter("cite", "footer", "figcaption"):
            # A line of its own; the last of them.
            named.tag, credit = "p", flat("".join(named.itertext()))
        inside = etree.tostring(quotation, encoding="unicode", with_tail=False)
        lines = paragraphs_of(inside.partition(">")[2].rpartition("<")[0])
        marked = with_marks(lines, _before(quotation), bool(credit) and lines[-1:] == [credit])
        if marked == lines:
            continue
        printed = html.Element("div", {"class": _EMBEDDED.sub("", quotation.get("class") or "")})
        printed.tail = quotation.tail
        for line in marked:
            etree.SubElement(printed, "p").text = _NO_XML.sub("", line)
        quotation.getparent().replace(quotation, printed)


def _before(element: Any) -> str:
    """The text that stands directly before an element."""
    while element is not None and element.tag not in ("body", "html"):
        above, previous = element.getparent(), element.getprevious()
        bare = (
            above.text if previous is None and above is not None else previous is not None and previous.tail
        )
        if bare and bare.strip():
            return str(bare)
        if previous is not None and (text := "".join(previous.itertext())).strip():
            return text
        element = above if previous is None else previous
    return ""


def _read_escaped(tree: Any) -> None:
    """Read once more what was escaped before it came into its page, where it shows as tags and entities."""
    from lxml import etree, html

    for element in list(tree.iter(etree.Element)):
        if element.tag in _NO_PROSE:
            continue
        for part in ("text", "tail"):
            text = getattr(element, part)
            if not text or not ("<" in text or "&" in text):
                continue
            lines = plain_text(text).split("\n")
            if len(lines) == 1 or element.getparent() is None:
                setattr(element, part, _NO_XML.sub("", lines[0]))
                continue
            printed = html.Element("div")
            for line in lines:
                etree.SubElement(printed, "p").text = _NO_XML.sub("", line)
            setattr(element, part, None)
            if part == "text":
                element.insert(0, printed)
            else:
                element.addnext(printed)


def _printed(tree: Any) -> list[_Block]:
    """The blocks of text of the whole page in order, with what the names around them call them."""
    kinds: dict[Any, ZoneKind | None] = {}
    blocks: list[_Block] = []
    for element in tree.iter():
        above = element.getparent()
        inherited = None if above is None else kinds.get(above)
        kind = kinds[element] = inherited if inherited in _SILENT else _named(element) or inherited
        # A block that holds blocks is met again in them; what stands bare in a division with such a name
        # is a block too.
        bare = kind is not None and inherited is None and element.tag in ("div", "span", "aside", "figure")
        if (element.tag in _BLOCKS or bare) and next(element.iterdescendants(*_BLOCKS), None) is None:
            line = flat(" ".join(element.itertext())) if bare else _line(element)
            if line.strip():
                blocks.append(_Block(line, kind=kind))
    return blocks


def _named(element: Any) -> ZoneKind | None:
    """What part of the page an element is by its name, class, id or itemprop."""
    if element.tag == "figcaption":
        return ZoneKind.CAPTION
    if element.tag in ("body", "html", "main", "article"):
        return None
    called = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
    if not called or len(called) > 500:
        return None
    words = _WORD.findall(_PULL.sub("pullquote", called).lower())
    kind = next((_KINDS[word] for word in words if word in _KINDS), None)
    if kind in _LONGEST and len("".join(element.itertext())) > _LONGEST[kind]:
        return None
    return None if kind in _SILENT and element.find(".//h1") is not None else kind


def _blocks(body: Any) -> Iterator[_Block]:
    """Each block of text on a line, with whether the mark-up calls it a heading."""
    for element in body.iter(*_TEXT_BLOCKS):
        # A quote or an item that holds paragraphs is met again in them; a paragraph comes whole.
        if element.tag in ("quote", "item") and element.find(".//p") is not None:
            continue
        if any(ancestor.tag in ("p", "head") for ancestor in element.iterancestors()):
            continue
        line = _line(element)
        if line.strip():
            yield _Block(line, heading=element.tag == "head")


def _line(element: Any) -> str:
    for line_break in element.iter("lb", "br"):
        line_break.tail = f" {line_break.tail or ''}"
    return flat("".join(element.itertext()))


def _with_marked(blocks: list[_Block], printed: list[_Block], title: str | None) -> list[_Block]:
    """The article's blocks with their kinds, and the captions and pull quotes printed among them."""
    kinds: dict[str, set[ZoneKind | None]] = {}
    places: dict[str, int] = {}
    for place, block in enumerate(printed):
        folded = _folded(block.line)
        kinds.setdefault(folded, set()).add(block.kind)
        places.setdefault(folded, place)
    marked: list[tuple[int, _Block]] = []
    last = -1
    for block in blocks:
        folded = _folded(block.line)
        # What is printed in two parts of a page may be either.
        called = kinds.get(folded, set())
        kind = next(iter(called)) if len(called) == 1 else None
        last = max(last, places.get(folded, last))
        marked.append((last, _Block(block.line, block.heading, kind)))
    size = sum(len(block.line) for block in blocks)
    if sum(len(block.line) for _, block in marked if block.kind in _SILENT) > _MOST_SILENT * size:
        marked = [
            (place, replace(block, kind=None) if block.kind in _SILENT else block) for place, block in marked
        ]
    first = next((place for place, _ in marked if place >= 0), 0)
    apart = {
        _folded(block.line): (place, block)
        for place, block in enumerate(printed[: last + 1])
        if place > first and block.kind in (ZoneKind.CAPTION, ZoneKind.PULL_QUOTE)
    }
    have = {_folded(block.line) for block in blocks}
    captions = [*have, *(folded for folded, (_, block) in apart.items() if block.kind is ZoneKind.CAPTION)]
    for folded, (place, block) in list(apart.items())[:_MOST_MARKED]:
        if folded in have or (title and _folded(title) in folded):
            continue
        # A picture that can be enlarged has its caption twice, also in parts; pull quotes repeat the text.
        parts = sum(folded in caption for caption in captions) > 1
        if folded and not (parts and block.kind is ZoneKind.CAPTION):
            marked.insert(bisect_left(marked, place, key=lambda pair: pair[0]), (place, block))
    return [block for _, block in marked]


def _questions(tree: Any) -> frozenset[str]:
    """What an interviewer says, folded: all bold paragraphs where most ask, or all headings of a level."""
    alike: dict[str, list[str]] = {}
    for element in tree.iter("p", "h2", "h3", "h4", "h5"):
        if element.tag != "p" or _is_bold(element):
            alike.setdefault(element.tag, []).append(_line(element).strip())
    found: set[str] = set()
    for lines in alike.values():
        asking = sum(line.endswith("?") for line in lines)
        if asking >= _FEWEST_QUESTIONS and asking * 2 > len(lines):
            found.update(_folded(line) for line in lines if len(line) <= _LONGEST_QUESTION)
    return frozenset(found)


def _is_bold(element: Any) -> bool:
    """Whether a block holds nothing but bold words."""
    if (element.text or "").strip() or not len(element):
        return False
    return all(
        not (child.tail or "").strip() and (child.tag in _BOLD or child.tag == "br" or _is_bold(child))
        for child in element
    )


def _folded(line: str) -> str:
    return re.sub(r"\W", "", line).casefold()


def _zones(text: str, blocks: list[_Block], title: str | None, questions: frozenset[str]) -> tuple[Zone, ...]:
    """The zones by shape, but what the mark-up says where it says anything."""
    zones = []
    for zone, block in zip(zones_of(text), blocks, strict=True):
        kind = zone.kind
        if title and _folded(block.line) == _folded(title):
            kind = ZoneKind.HEADLINE
        elif _folded(block.line) in questions:
            kind = ZoneKind.QUESTION
        elif block.kind is not None and not (block.heading and block.kind is ZoneKind.STANDFIRST):
            kind = block.kind
        elif block.heading and kind in (
            ZoneKind.BODY,
            ZoneKind.STANDFIRST,
            ZoneKind.HEADLINE,
            ZoneKind.PULL_QUOTE,
        ):
            kind = ZoneKind.HEADING
        zones.append(Zone(kind, zone.start, zone.end))
    return tuple(zones)


def _section(tree: Any) -> str | None:
    """The section that a page says it stands in."""
    for stated in tree.xpath("//meta[@property='article:section' or @name='article:section']/@content"):
        return _plain_section(stated)
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        if found := _SECTION.search(script):
            return _plain_section(found["name"])
    return None


def _plain_section(stated: str) -> str | None:
    # Mark-up may have escaped it twice; a sentence is no section.
    section = flat(unescape(stated)).strip("/ ")
    return section if 0 < len(section) <= _LONGEST_SECTION and not re.search(r"[<>\\]", section) else None


def _authors(author: str | None, outlet: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    stated, translators = split_byline(author or "")
    plain = _folded(outlet or "")
    host = re.compile(rf"{re.escape(plain)}(?:com|fr|net|org|be|ch|ca)")
    # Pages name themselves as an author under their host: "Exemple Com" for exemple.com.
    return tuple(name for name in stated if not host.fullmatch(_folded(name))), translators
