"""The body of an article: by it the same article is known again in another file, encoding or crawl.

Two bodies are the same when they differ in nothing but white space and typography. They are
near-duplicates when they share most runs of five words: one changed word breaks five runs, so that
0.8 of all runs (Jaccard) lets one word in 45 be another, or a paragraph of a fifth come in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Set
from dataclasses import dataclass
from itertools import accumulate

from quotes.archive.wordings.likeness import smallest_hashes
from quotes.model import Article, Zone, ZoneKind

# What a crawl or a layout adds: it makes no other article.
_BESIDE = frozenset(
    {
        ZoneKind.HEADLINE,
        ZoneKind.BYLINE,
        ZoneKind.CAPTION,
        ZoneKind.PULL_QUOTE,
        ZoneKind.TEASER,
        ZoneKind.BOILERPLATE,
        ZoneKind.COMMENTS,
    }
)
# Of less than this (characters without spaces) the whole text counts: what is left says too little.
_SHORTEST_BODY = 200
# Fewer words are too easily alike: a form filled in anew, a brief.
_FEWEST_WORDS = 50
_RUN = 5
_SKETCH = 16

_SAME = {
    **dict.fromkeys("«»“”„‟‹›❝❞", '"'),
    **dict.fromkeys("’‘‚‛ʼ′`´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_WORD = re.compile(r"\w+")


def content_hash(article_text: str) -> str:
    """Give the SHA-256 (hex) of a text; line ends and white space around it make no difference."""
    normalised = article_text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(normalised.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Body:
    """By what a body is looked up: its hash, and for near-duplicates some numbers (none if it is short)."""

    hash: str
    sketch: tuple[int, ...]


def body_of(article: Article) -> Body:
    """Give the body of an article: what is neither byline, footer, teaser, caption nor comment."""
    return body_of_text(article.text, article.zones)


def body_of_text(text: str, zones: Iterable[Zone]) -> Body:
    """Give the body that these zones part from the rest; without zones it is all of the text."""
    typed, condensed = _typed_body(text, zones)
    digest = hashlib.sha256(condensed.encode("utf-8", "surrogatepass")).hexdigest()
    return Body(digest, tuple(_sketch(_words(typed))))


def runs_of(text: str, zones: Iterable[Zone]) -> frozenset[str]:
    """Give the runs of words that stand in a body; none if it is too short to tell anything."""
    typed, _ = _typed_body(text, zones)
    words = _words(typed)
    return frozenset(map(" ".join, zip(*(words[n:] for n in range(_RUN)), strict=False)))


def _typed_body(text: str, zones: Iterable[Zone]) -> tuple[str, str]:
    """Give a body with one sort of typography, and that without spaces."""
    typed = _typed("\n".join(text[zone.start : zone.end] for zone in zones if zone.kind not in _BESIDE))
    condensed = _condensed(typed)
    if len(condensed) < _SHORTEST_BODY:
        typed = _typed(text)
        condensed = _condensed(typed)
    return typed, condensed


def _typed(text: str) -> str:
    """Write a text with one sort of marks, apostrophes and dashes."""
    # Looking for each in turn is quicker than for all at once: most texts have few of them.
    for printed, same in _SAME.items():
        text = text.replace(printed, same)
    return unicodedata.normalize("NFKC", text)


def _condensed(typed: str) -> str:
    return _INVISIBLE.sub("", "".join(typed.split()))


def _words(typed: str) -> list[str]:
    words = _WORD.findall(typed.casefold())
    return words if len(words) >= _FEWEST_WORDS else []


def _sketch(words: list[str]) -> list[int]:
    """Give the smallest hashes of the runs of these words, which are cut from a text encoded once."""
    encoded = " ".join(words).encode("utf-8", "surrogatepass")
    # Where each word begins, and after the last one.
    starts = list(accumulate(map((1).__add__, map(len, encoded.split(b" "))), initial=0))
    runs = map(encoded.__getitem__, map(slice, starts, map((-1).__add__, starts[_RUN:])))
    return smallest_hashes(runs, _SKETCH)


def resemblance(one: Set[str], other: Set[str]) -> float:
    """Give the share of the runs of both that stand in both (Jaccard)."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def containment(one: Set[str], other: Set[str]) -> float:
    """Give the share of the runs of the one with fewer that stand in the other one."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0
