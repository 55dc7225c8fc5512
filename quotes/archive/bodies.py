"""The body of an article: by it the same article is known again in another file, encoding or crawl.

Two bodies are the same when they differ in nothing but white space and typography. They are
near-duplicates when they share most runs of five words: one changed word breaks five runs, so that
0.8 of all runs (Jaccard) lets one word in 45 be another, or a paragraph of a fifth come in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from quotes.archive.likeness import smallest_hashes
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
_SEVERAL = re.compile(f"[{re.escape(''.join(_SAME))}]")
_NOTHING = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Body:
    """What is compared of a body: its hash, and the runs of words that stand in it (none if too short).

    ``sketch`` are the numbers by which near-duplicates are looked up.
    """

    hash: str
    runs: frozenset[str]
    sketch: tuple[int, ...]


def body_of(article: Article) -> Body:
    """Give the body of an article: what is neither byline, footer, teaser, caption nor comment."""
    return body_of_text(article.text, article.zones)


def body_of_text(text: str, zones: Iterable[Zone]) -> Body:
    """Give the body that these zones part from the rest; without zones it is all of the text."""
    inside = "\n".join(text[zone.start : zone.end] for zone in zones if zone.kind not in _BESIDE)
    typed = _typed(inside)
    condensed = _NOTHING.sub("", typed)
    if len(condensed) < _SHORTEST_BODY:
        typed = _typed(text)
        condensed = _NOTHING.sub("", typed)
    words = _WORD.findall(typed.casefold())
    runs: frozenset[str] = frozenset()
    if len(words) >= _FEWEST_WORDS:
        runs = frozenset(map(" ".join, zip(*(words[n:] for n in range(_RUN)), strict=False)))
    digest = hashlib.sha256(condensed.encode("utf-8", "surrogatepass")).hexdigest()
    return Body(digest, runs, tuple(smallest_hashes(runs, _SKETCH)))


def _typed(text: str) -> str:
    """Write a text with one sort of marks, apostrophes and dashes."""
    return unicodedata.normalize("NFKC", _SEVERAL.sub(lambda found: _SAME[found[0]], text))


def resemblance(one: Body, other: Body) -> float:
    """Give the share of the runs of both that stand in both (Jaccard)."""
    either = len(one.runs | other.runs)
    return len(one.runs & other.runs) / either if either else 0.0


def containment(one: Body, other: Body) -> float:
    """Give the share of the shorter one's runs that stand in the other one."""
    shorter = min(len(one.runs), len(other.runs))
    return len(one.runs & other.runs) / shorter if shorter else 0.0
