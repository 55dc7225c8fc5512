"""The program's own analyser: the words of a text as they are indexed and looked for.

One analyser serves the index, the query and the highlighting, so that they can't disagree. Each
word gives two terms: *exact* (folded: case, accents, œ and æ, soft hyphens, inclusive endings) and
*stem* (Snowball's French stem, folded). Elided articles and pronouns ("l'", "qu'") are dropped:
"etat" finds "l'État".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from quotes.archive.store.folding import fold

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_WITHIN = rf"[{_INVISIBLE}\u0300-\u036f]"
# marchand·es, agriculteur·rice·s, élu(e)s, marchand.e.s, citoyen-ne-s: one word each. The middle dot
# joins any ending; a full stop, hyphen or parenthesis, which also part words, only the commonest ones.
_INCLUSIVE = (
    r"(?:[·•‧∙・]\w{1,6}){1,2}"
    r"|\((?:e|ne|le|es|nes|les)\)s?(?!\w)"
    r"|[.](?:e|ne|le|trice|rice)[.]s(?!\w)"
    r"|-(?:e|ne|le|trice|rice)-s(?!\w)"
    r"|[.](?:es|nes)(?!\w)"
)
_TOKEN = re.compile(
    rf"(?P<word>[^\W_]++(?:{_WITHIN}++[^\W_]*+)*+)(?:(?P<apostrophe>['’ʼ′](?=\w))|(?P<inclusive>{_INCLUSIVE}))?"
)
_ELIDED = frozenset(["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])

# Snowball's French stemmer leaves the third person plural alone ("travaillent"); without the ending
# it meets "travaillé". These few words end alike and are no verbs.
_NOT_VERBS = frozenset(["comment", "content", "couvent", "souvent", "accent", "argent", "parent"])
_SHORTEST_STEM = 4


class Term(NamedTuple):
    """One word: its folded form, its folded stem, and where it stands (code points, half-open)."""

    exact: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("french")


@lru_cache(maxsize=1 << 16)
def _terms_of_word(word: str) -> tuple[str, str]:
    """Give the exact term and the stem of one word as printed; empty when nothing is left of it."""
    if word.isascii():
        exact = printed = word.lower()
        return exact, _shortened(_stemmer().stemWord(printed))
    exact = "".join(c for c in fold(word) if c.isalnum())
    printed = unicodedata.normalize("NFKC", word).lower()
    printed = "".join(c for c in printed if unicodedata.category(c) != "Cf")
    stem: str = _stemmer().stemWord(printed)
    folded = "".join(c for c in fold(stem) if c.isalnum()) or exact
    return exact, _shortened(folded)


def _shortened(stem: str) -> str:
    if stem.endswith("ent") and len(stem) >= _SHORTEST_STEM + 3 and stem not in _NOT_VERBS:
        return stem[:-3]
    return stem


def terms(text: str) -> Iterator[Term]:
    """Analyse a text into its terms, in order. Any string is allowed; linear in its length."""
    for match in _TOKEN.finditer(text):
        word, apostrophe, inclusive = match.groups()
        if apostrophe or inclusive:
            exact, stem = _analysed(word, apostrophe, inclusive)
        else:
            exact, stem = _terms_of_word(word)
        if exact:
            start, end = match.span()
            yield Term(exact, stem, start, end - 1 if apostrophe else end)


_NOTHING = ("", "")


def _analysed(word: str, apostrophe: str | None, inclusive: str | None) -> tuple[str, str]:
    """Give the exact term and the stem of a token; empty for an elided word."""
    if apostrophe and word.lower() in _ELIDED:
        return _NOTHING
    # "marchand·es" is found as "marchands", "élu(e)" as "élu".
    if inclusive and inclusive[-1] == "s" and word[-1] not in "sxz":
        return _terms_of_word(f"{word}s")
    return _terms_of_word(word)


class _Pieces(dict[str, tuple[str, str]]):
    """What lies between two white spaces, analysed once: no token goes beyond."""

    def __missing__(self, piece: str) -> tuple[str, str]:
        found = [both for token in _TOKEN.findall(piece) if (both := _analysed(*token))[0]]
        columns = " ".join([exact for exact, _ in found]), " ".join([stem for _, stem in found])
        if len(piece) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[piece] = columns
        return columns


_LONGEST_KEPT = 32
_MOST_KEPT = 1 << 16
_PIECES = _Pieces()


def index_columns(text: str) -> tuple[str, str]:
    """Give what the index stores for a text: its exact terms and its stems, separated by spaces.

    The same as by ``terms``, which tells the places as well.
    """
    found = [both for piece in text.split() if (both := _PIECES[piece])[0]]
    return " ".join([exact for exact, _ in found]), " ".join([stem for _, stem in found])
