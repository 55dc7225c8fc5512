"""Articles with their quotes as TEI P5: what is said marked in the text, speakers in a ``particDesc``.

One ``teiCorpus`` holds one ``TEI`` an article. XML is a tree: a quote inside another one is an element
inside an element, one that crosses another's bounds is given by anchors in the text and a ``span`` in
``standOff``. A quote of several paragraphs is one ``said`` in each, chained by ``next`` and ``prev``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import merge
from operator import itemgetter
from typing import NamedTuple, TextIO
from xml.sax.saxutils import escape, quoteattr

from quotes.archive.store.public_ids import public_id
from quotes.archive.values import StoredArticle, StoredQuote
from quotes.model import Gender, Quote, QuoteKind, SpeakerType, ZoneKind

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt><title>Articles with attributed quotations</title></titleStmt>
<publicationStmt><p>Exported by quotes.</p></publicationStmt>
<sourceDesc><p>Each text names its own source.</p></sourceDesc>
</fileDesc>
<encodingDesc><classDecl><taxonomy>
<category xml:id="direct"><catDesc>words given as a sentence</catDesc></category>
<category xml:id="mixed"><catDesc>a fragment in the journalist's sentence</catDesc></category>
<category xml:id="indirect"><catDesc>told in the journalist's words</catDesc></category>
</taxonomy></classDecl></encodingDesc>
</teiHeader>
"""
# What XML 1.0 can't hold in any way.
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# That, and what has a meaning in XML: most texts have none of it, and are copied as they are.
_SPECIAL = re.compile("[^\t\n\r\x20-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE = re.compile(r"[^\r\n]+")
_ELEMENTS = {
    SpeakerType.PERSON: ("person", "persName"),
    SpeakerType.UNNAMED: ("person", "persName"),
    SpeakerType.GROUP: ("personGrp", "persName"),
    SpeakerType.ORGANIZATION: ("org", "orgName"),
    SpeakerType.DOCUMENT: ("org", "orgName"),
}
_SEX = {Gender.FEMALE: "F", Gender.MALE: "M"}
_HOW = {
    kind: f' direct="{"false" if kind is QuoteKind.INDIRECT else "true"}" ana="#{kind.value}"'
    for kind in QuoteKind
}


def write_tei(articles: Iterable[StoredArticle], stream: TextIO) -> int:
    """Write a corpus, an article at a time; give the number of quotes."""
    stream.write(_HEAD)
    count = 0
    for stored in articles:
        stream.write(tei(stored))
        count += len(stored.quotes)
    stream.write("</teiCorpus>\n")
    return count


def tei(stored: StoredArticle) -> str:
    """Give one article as a ``TEI`` element."""
    inside, crossing = _nested(stored)
    parts = [f'<TEI xml:id="a{stored.id}">\n', _header(stored), "<text><body>\n"]
    parts += _body(stored, inside, crossing)
    parts.append("</body></text>\n")
    if crossing:
        parts.append('<standOff><spanGrp type="said">\n')
        for one in crossing:
            place = f'from="#q{one.id}-from" to="#q{one.id}-to"{_called(stored, one.quote)}'
            parts.append(
                f'<span xml:id="q{one.id}" {place}{_who(stored.id, one, "corresp")}{_sure(one.quote)}/>\n'
            )
        parts.append("</spanGrp></standOff>\n")
    return "".join([*parts, "</TEI>\n"])


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("", text)) if _SPECIAL.search(text) else text


# The articles of an outlet and the quotes of a speaker are many.
_name = lru_cache(maxsize=1 << 12)(_text)


@lru_cache(maxsize=1 << 12)
def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(_ILLEGAL.sub('', value))}"


def _header(stored: StoredArticle) -> str:
    article = stored.article
    authors = "".join(f"<author>{_name(author)}</author>" for author in article.authors)
    # TEI has no element for them; ``respStmt`` is what its guidelines give translators.
    authors += "".join(
        f"<respStmt><resp>traduction</resp><name>{_name(name)}</name></respStmt>"
        for name in article.translators
    )
    title = f"<title>{_text(article.title or f'Article {stored.id}')}</title>"
    source = [f'<title level="j">{_name(article.outlet)}</title>'] if article.outlet else []
    if article.published:
        source.append(f"<date{_attribute('when', article.published)}>{_name(article.published)}</date>")
    if article.url:
        # What runs when it is clicked on is no address.
        leads = _attribute("target", article.url) if _WEB.match(article.url) else ""
        source.append(f"<ref{leads}>{_text(article.url)}</ref>")
    described = f"<bibl>{title}{authors}{''.join(source)}</bibl>"
    people = _participants(stored.id, stored.quotes)
    if people:
        people = f"<profileDesc><particDesc><listPerson>\n{people}</listPerson></particDesc></profileDesc>\n"
    return (
        f"<teiHeader>\n<fileDesc>\n<titleStmt>{title}{authors}</titleStmt>\n"
        "<publicationStmt><p>Exported by quotes.</p></publicationStmt>\n"
        f"<sourceDesc>{described}</sourceDesc>\n</fileDesc>\n{people}</teiHeader>\n"
    )


def _participants(article_id: int, quotes: Sequence[StoredQuote]) -> str:
    """Who speaks in the article, each with all roles that they have in it."""
    roles: dict[str, dict[str, None]] = defaultdict(dict)
    speakers = {}
    for one in quotes:
        if one.quote.speaker is None:
            continue
        key = _speaker_id(article_id, one)
        speakers[key] = one.quote.speaker
        if one.quote.role is not None:
            roles[key][one.quote.role.text] = None
    written = []
    for key, speaker in speakers.items():
        element, name = _ELEMENTS[speaker.type]
        sex = ""
        if element == "person" and speaker.gender is not None:
            sex = f' sex="{_SEX[speaker.gender]}"'
        tag = "desc" if element == "org" else "occupation"
        known = "".join([f"<{tag}>{_name(role)}</{tag}>" for role in roles.get(key, ())])
        called = f"<{name}>{_name(speaker.name)}</{name}>"
        written.append(f'<{element} xml:id="{key}" role="{speaker.type}"{sex}>{called}{known}</{element}>\n')
    return "".join(written)


def _speaker_id(article_id: int, one: StoredQuote) -> str:
    """A speaker's id in the file: each article describes its own ones, with the roles that it gives them."""
    return f"a{article_id}-s{one.speaker_id}"


class _Mark(NamedTuple):
    """A stretch of the text to be put into an element; a quote has an ``id``, an incise none."""

    start: int
    end: int
    element: str
    id: str
    attributes: str


def _nested(stored: StoredArticle) -> tuple[list[_Mark], list[StoredQuote]]:
    """Part the quotes into those that nest, with their incises, and those that cross another one."""
    marks: list[_Mark] = []
    crossing: list[StoredQuote] = []
    open_ends: list[int] = []
    for one in sorted(stored.quotes, key=lambda one: (one.quote.start, -one.quote.end)):
        quote = one.quote
        while open_ends and open_ends[-1] <= quote.start:
            open_ends.pop()
        if open_ends and quote.end > open_ends[-1]:
            crossing.append(one)
            continue
        open_ends.append(quote.end)
        attributes = f"{_HOW[quote.kind]}{_who(stored.id, one, 'who')}{_sure(quote)}{_called(stored, quote)}"
        marks.append(_Mark(quote.start, quote.end, "said", f"q{one.id}", attributes))
    incises = [span for one in stored.quotes for span in one.quote.incises]
    for span in incises:
        if not any(_crosses(span.start, span.end, mark.start, mark.end) for mark in marks):
            marks.append(_Mark(span.start, span.end, "seg", "", ' type="incise"'))
    if incises:
        marks.sort(key=lambda mark: (mark.start, -mark.end))
    return marks, crossing


def _crosses(start: int, end: int, other_start: int, other_end: int) -> bool:
    return start < other_start < end < other_end or other_start < start < other_end < end


def _who(article_id: int, one: StoredQuote, attribute: str) -> str:
    return f' {attribute}="#{_speaker_id(article_id, one)}"' if one.quote.speaker is not None else ""


def _sure(quote: Quote) -> str:
    return f' cert="{quote.confidence:g}"' if quote.speaker is not None else ""


def _called(stored: StoredArticle, quote: Quote) -> str:
    """The public identifier, as the label of an element: an ``xml:id`` may not begin with a digit."""
    return f' n="{public_id(stored.body_hash, quote.start, quote.end)}"'


def _body(stored: StoredArticle, marks: Sequence[_Mark], crossing: Sequence[StoredQuote]) -> Iterable[str]:
    article = stored.article
    lines = [found for found in _LINE.finditer(article.text) if found[0].strip()]
    if not lines:
        return ["<p/>\n"]
    parts: dict[int, list[_Mark]] = defaultdict(list)
    anchors: dict[int, list[tuple[int, str]]] = defaultdict(list)
    starts = [line.start() for line in lines]

    def line_at(place: int) -> int:
        return max(0, bisect_left(starts, place + 1) - 1)

    for mark in marks:
        first = line_at(mark.start)
        if lines[first].start() <= mark.start and mark.end <= lines[first].end():
            parts[first].append(mark)
            continue
        last = line_at(max(mark.end - 1, mark.start))
        for number in range(first, last + 1):
            parts[number].append(_part(mark, lines[number], number - first, last - first))
    for one in crossing:
        for place, end in ((one.quote.start, "from"), (one.quote.end, "to")):
            number = line_at(place if end == "from" else place - 1)
            place = min(max(place, lines[number].start()), lines[number].end())
            anchors[number].append((place, f'<anchor xml:id="q{one.id}-{end}"/>'))
    zones = [zone.start for zone in article.zones]
    written = []
    for number, line in enumerate(lines):
        inner = _marked(line, parts[number], anchors[number])
        place = bisect_left(zones, line.end()) - 1
        if place < 0 or article.zones[place].end <= line.start():
            kind = ZoneKind.BODY
        else:
            kind = article.zones[place].kind
        written.append(
            f"<p>{inner}</p>\n" if kind is ZoneKind.BODY else f'<ab type="{kind.value}">{inner}</ab>\n'
        )
    return written


def _part(mark: _Mark, line: re.Match[str], number: int, last: int) -> _Mark:
    """The part of a mark that stands in one line; parts after the first have ids of their own."""

    def name(part: int) -> str:
        return f"{mark.id}.{part}" if part else mark.id

    attributes = mark.attributes
    if mark.id and number:
        attributes += f' prev="#{name(number - 1)}"'
    if mark.id and number < last:
        attributes += f' next="#{name(number + 1)}"'
    start = min(max(mark.start, line.start()), line.end())
    end = max(min(mark.end, line.end()), start)
    return _Mark(start, end, mark.element, mark.id and name(number), attributes)


def _marked(line: re.Match[str], marks: Sequence[_Mark], anchors: Sequence[tuple[int, str]]) -> str:
    """The line with its elements: opened at their start, closed at their end, the outer ones last."""
    text, (at, end) = line.string, line.span()
    tags: list[tuple[int, str]] = []
    opened: list[_Mark] = []
    for mark in marks:
        while opened and opened[-1].end <= mark.start:
            tags.append((opened[-1].end, f"</{opened.pop().element}>"))
        name = f' xml:id="{mark.id}"' if mark.id else ""
        tags.append((mark.start, f"<{mark.element}{name}{mark.attributes}>"))
        opened.append(mark)
    tags += [(mark.end, f"</{mark.element}>") for mark in reversed(opened)]
    pieces: list[str] = []
    # An anchor stands before the tags of its place.
    for place, tag in merge(sorted(anchors), tags, key=itemgetter(0)) if anchors else tags:
        pieces += (text[at:place], tag)
        at = place
    pieces.append(text[at:end])
    if _SPECIAL.search(line[0]):
        pieces[::2] = map(_text, pieces[::2])
    return "".join(pieces)
