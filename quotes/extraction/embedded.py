"""Posts that an article shows without marks, and paragraphs that a line below them signs.

A post ends with who wrote it: "La digue a tenu ! pic.example/x — Jeanne Roy (@jeanneroy) 3 mai 2024".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotes.extraction.unmarked import Unmarked
from quotes.french.grammar import word_class
from quotes.model import Zone, ZoneKind

POST = "post"
SIGNED = "signed"

# who wrote it, and the handle
_AUTHOR = re.compile(r"[—–][ \u00a0]?(?P<name>[^\n—–()@]{1,60}?)[ \u00a0]?\(@\w{1,30}\)")
# "3 mai 2024", "May 3, 2024", and who passed the dispatch on: "(afp/xyz)"
_DATE = re.compile(
    r"\s?(?:\d{1,2}[ \u00a0][^\W\d]{3,9}|[^\W\d]{3,9}[ \u00a0]\d{1,2},)[ \u00a0]\d{4}"
    r"(?:\s?\([a-z/]{2,20}\))?"
)
_LONGEST_POST = 700  # code points, with what the page puts between a post and its author
_COMPARED = 24  # code points of a post that the page prints twice
# addresses, pictures and signs at the end of a post: "https://t.co/x", "pic.twitter.com/x", "👇"
_TAIL = re.compile(r"(?:\s|[^\w\s.!?…»”\")]|(?:https?://|pic\.)[^\s—–]{1,60}+(?=[\s—–]|\Z))++\Z")
_LONGEST_TAIL = 400  # code points in which a post's tail is looked for
# "👉 ", or "???? " where an export has lost it
_BEFORE_WORDS = re.compile(r"[^\w#@«“\"(\[-]*")
_WORD = re.compile(r"[^\W\d_]+")
_FRENCH = word_class("french_words")
_FEWEST_FRENCH = 0.07
_MARKED = re.compile(r"«[^«»]*+»|“[^“”]*+”|\"[^\"\n]*+\"")
_MOST_MARKED = 0.5

# "Jeanne Roy, géologue", and where it was said: "à Radio Val"
_SIGNATURE = re.compile(
    r"(?P<name>[A-ZÀ-ÖØ-Ý][\w’'-]+(?:[ \u00a0](?:d[eu]|[A-ZÀ-ÖØ-Ý][\w’'-]*)){1,4}),[ \u00a0][^\W\d].{2,150}"
)
_SAID_TO = re.compile(r"(?:à|au|sur|dans|devant)\s.{3,50}")
_MARKS = '«»“”"'
_MAY_BE_SIGNED = frozenset({ZoneKind.BODY, ZoneKind.PULL_QUOTE})


def find_posts(text: str, zones: Sequence[Zone]) -> list[Unmarked]:
    """The posts of a text whose author is printed after them, in order; those in French."""
    found: list[Unmarked] = []
    after = 0
    for author in _AUTHOR.finditer(text):
        start = _start_of_post(text, author, after)
        after = author.end()
        if start is None:
            continue
        start, end = _words_of_post(text, start, author.start())
        if end > start and _is_said(text[start:end]):
            found.append(Unmarked(start, end, author["name"].strip(), POST, author.start("name")))
    return found


def with_second_printings(text: str, zones: Sequence[Zone]) -> Sequence[Zone]:
    """The zones with a zone of its own, in which nobody speaks, for what prints a post a second time."""
    if "(@" not in text:
        return zones
    parted: list[Zone] = []
    copies = _second_printings(text)
    done = 0
    for zone in zones:
        at = zone.start
        while done < len(copies) and copies[done][0] < zone.end:
            start, end = copies[done]
            done += 1
            if at <= start and end <= zone.end:
                lines = (zone.kind, at, start), (ZoneKind.BOILERPLATE, start, end)
                parted += (Zone(*line) for line in lines if text[line[1] : line[2]].strip())
                at = end
        if text[at : zone.end].strip():
            parted.append(Zone(zone.kind, at, zone.end))
    return parted


def _second_printings(text: str) -> list[tuple[int, int]]:
    """Where what stands before a post's author stands once more behind its date."""
    found: list[tuple[int, int]] = []
    for author in _AUTHOR.finditer(text):
        first = _first_printing(text, author, max(0, author.start() - _LONGEST_POST))
        start, post = _behind_author(text, author), text[first : author.start()].rstrip()
        if first >= 0 and text.startswith(post, start):
            found.append((start, start + len(post)))
    return found


def _first_printing(text: str, author: re.Match[str], earliest: int) -> int:
    """Where a post begins of which the beginning stands once more behind its author; −1 if none does."""
    copy = _behind_author(text, author)
    beginning = text[copy : copy + _COMPARED]
    return text.rfind(beginning, earliest, author.start()) if len(beginning) == _COMPARED else -1


def _behind_author(text: str, author: re.Match[str]) -> int:
    """Where a post is printed again, if it is: behind its author and its date."""
    date = _DATE.match(text, author.end())
    at = date.end() if date else author.end()
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def find_signed(text: str, zones: Sequence[Zone]) -> list[Unmarked]:
    """Paragraphs without marks that the two lines below give to somebody: who it is, and where he said it."""
    found: list[Unmarked] = []
    for said, (signature, place) in zip(zones, pairwise(zones[1:]), strict=False):
        if not _SAID_TO.fullmatch(text, place.start, place.end) or said.kind not in _MAY_BE_SIGNED:
            continue
        name = _SIGNATURE.fullmatch(text, signature.start, signature.end)
        if name is None or any(mark in text[said.start : said.end] for mark in _MARKS):
            continue
        found.append(Unmarked(said.start, said.end, name["name"], SIGNED, name.start("name")))
    return found


def _start_of_post(text: str, author: re.Match[str], after: int) -> int | None:
    """Where a post begins: where its second printing says, or with its line if that is short enough."""
    earliest = max(after, author.start() - _LONGEST_POST)
    start = _first_printing(text, author, earliest)
    if start >= 0:
        return start
    end = author.start()
    # as below a post, and not at the foot of an article: the author on a line of his own
    if _DATE.match(text, author.end()):
        end = earliest + len(text[earliest:end].rstrip())
    line = text.rfind("\n", earliest, end) + 1
    if not line and earliest > 0:
        return None
    while line < author.start() and text[line].isspace():
        line += 1
    return line


def _words_of_post(text: str, start: int, end: int) -> tuple[int, int]:
    """A post without the signs and addresses at either end of it."""
    head = _BEFORE_WORDS.match(text, start, end)
    tail = _TAIL.search(text, max(start, end - _LONGEST_TAIL), end)
    return head.end() if head else start, tail.start() if tail else end


def _is_said(post: str) -> bool:
    """Whether a post is in French and more than somebody else's words in marks."""
    words = [word.lower() for word in _WORD.findall(post)]
    french = sum(word in _FRENCH for word in words)
    marked = sum(len(m.group()) for m in _MARKED.finditer(post))
    return french >= _FEWEST_FRENCH * len(words) and french > 0 and marked <= _MOST_MARKED * len(post)


def find_embedded(text: str, zones: Sequence[Zone]) -> Iterator[Unmarked]:
    """Posts and signed paragraphs."""
    yield from find_posts(text, zones)
    yield from find_signed(text, zones)
