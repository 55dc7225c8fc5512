"""Words, and the sentences in which the journalist speaks.

A *carrier* is a sentence of the journalist's with each quotation masked as one token, so that the
words of the quote can't be taken for the journalist's. Offsets are those of the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import ClassVar

from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.model import ZoneKind


class Kind(int):
    """What a token is.

    No Enum: this is asked of every word many times, and before Python 3.12 to get at a member of an Enum
    takes ten times as long as at what a plain class has.
    """

    WORD: ClassVar[Kind]
    NUMBER: ClassVar[Kind]
    MARK: ClassVar[Kind]
    QUOTE: ClassVar[Kind]

    @property
    def name(self) -> str:
        """Its name, as the clues have it."""
        return ("WORD", "NUMBER", "MARK", "QUOTE")[self]


WORD, NUMBER, MARK, QUOTE = map(Kind, range(4))
"""Each kind by a name of its own, which is found faster than what a class has."""
Kind.WORD, Kind.NUMBER, Kind.MARK, Kind.QUOTE = WORD, NUMBER, MARK, QUOTE


@value
class Token:
    """One word, number, punctuation mark or masked quotation.

    ``low`` is the word in lower case with ' for ’ ("l'", "-t-il", "aujourd'hui"), its masculine for
    inclusive writing ("étudiants" for "étudiant·es"; see :func:`is_inclusive`); for a masked
    quotation it is "«»" and ``quote`` is its index among the article's quotations (else −1). A body's
    name in marks is one word with its marks, and has its index, too.
    """

    start: int
    end: int
    text: str
    low: str
    kind: Kind
    capital: bool
    quote: int = -1


@value
class Sentence:
    """A carrier: tokens, the zone it stands in, and the paragraph (line) number."""

    tokens: tuple[Token, ...]
    zone: ZoneKind
    paragraph: int


_CLITIC = (
    r"-(?:t-)?(?:ils|il|iels|iel|elles|elle|on|ce|je|tu|nous|vous|là|ci|moi|toi|lui|leur|le|la|les|y|en)"
    r"(?![\w-])"
)
# What follows the last initial of a sentence: "les comptes de Lucas P. Le gérant"
_OPENS_SENTENCE = (
    r"\s+(?:Les?|La|Un|Une|Ils?|Elles?|Ce|Cette|Son|Sa|Ses|Mais|Dans|En|Au|À|Pour|Selon)\s+[a-zß-ÿœ]"
)
# "marchand·es", "chercheur.e.s", "le·la": endings that a dot sets off inside a word
_ENDINGS = "|".join(sorted(word_class("inclusive_endings"), key=len, reverse=True))
_MORE_ENDINGS = "|".join(
    sorted(
        word_class("inclusive_feminines") | {pair.split("/")[1] for pair in word_class("inclusive_pairs")},
        key=len,
        reverse=True,
    )
)
_INCLUSIVE = rf"[·.](?<=\w.)(?:(?=(?:{_ENDINGS})\b(?![’']))|(?<=·)(?=(?:{_MORE_ENDINGS})\b(?![’'])))"
_TOKEN = re.compile(
    rf"""\s*+(?:  # the spaces before a token come with it, so that no place must be asked for
      (?:art|al|chap|n|p|pp)\.(?=[\s\u00a0]?\d)|cf\.             # (cf. art. 12), (Brumes, p. 12)
    | [a-zß-öø-ÿœ]++(?=[ ,\n]|\.[ \n])                         # most words: no need to try what follows
    | [,;:!?«»]
    | \.(?=[ \n])
    | [A-ZÀ-ÖØ-Ý][a-zß-öø-ÿœ]++(?=[ ,\n])
    | [NMTKO]['’][A-ZÀ-Ý]\w+(?:-[A-ZÀ-Ý]\w+)*                  # N'Diaye, O'Brien-Smith
    | [A-ZÀ-Ý]\.-[A-ZÀ-Ý]\.                                    # J.-C.
    | (?:[ldnmtscjLDNMTSCJ]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu|[Jj]usqu)['’](?=[\w«“"‹\[(]|\Z)   # elided
    | {_CLITIC}
    | \d+(?:[.,\s\u00a0\u202f]\d+)*(?:%|er|e|ème|ers|es)?\b
    | (?:[\w-]{{2,40}}+\.){{1,3}}(?:fr|com|org|net|info|be|ch|ca|eu|tv)\b  # Brume24.fr, agriculture.gouv.fr
    | S\.E\.(?:M\.)?(?=[ ][A-ZÀ-Ý])                              # Son Excellence Monsieur
    | (?:M|MM|Mr|Mrs|Ms|Dr|Pr|Mgr|St|Ste|Me|Mme|Mmes|Mlle)\.(?=[\s\u00a0-]*[\w«“"])
    | [A-ZÀ-Ý]\.(?=[\s\u00a0-]*[\w«“"])(?!{_OPENS_SENTENCE})(?<![\w]{{3}}\.)   # an initial: Jean P. Roy
    | (?:(?<=\w[ ])|(?<=[A-ZÀ-Ý]\.)|(?<=[A-ZÀ-Ý]\.[ ]))[A-ZÀ-Ý]\.(?=,)   # Kevin M., K. M.,
    | (?:[A-Z]\.){{2,}}
    | (?:\w|(?<=\w)['’](?=\w)|{_INCLUSIVE})+
      (?:(?!{_CLITIC})-\w(?:\w|{_INCLUSIVE})*(?:['’]\w+)?)*
    | \.\.\.|\(\.\.\.\)|\(…\)|\[…\]|\[\.\.\.\]
    | \S
    | \Z)""",
    re.VERBOSE,
)
# The pronouns of who is neither he nor she.
_NEITHER = {
    joint + pronoun: joint + masculine
    for pronoun, masculine in (("iel", "il"), ("iels", "ils"))
    for joint in ("", "-", "-t-")
}
# The asterisk of a changed first name ("Solène*, infirmière"), and the end: neither is a token.
_NOTHING = frozenset({"*", ""})
_READ_BESIDE = _NEITHER.keys() | _NOTHING

LONGEST_LOOK = 20_000
"""Code points of a quotation that are looked at to tell what it is; a longer one is no newspaper's."""


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, quotations not masked."""
    found: list[Token] = []
    stop = start
    for spaced in _TOKEN.findall(text, start, end):
        word, low, kind, capital, spaces, size = _spelling(spaced)
        start = stop + spaces
        stop = start + size
        if low in _READ_BESIDE:
            if low in _NOTHING:
                continue
            if not (word[0].isupper() and found and found[-1].kind is WORD):
                low = _NEITHER[low]
        found.append(Token(start, stop, word, low, kind, capital))
    return found


_ITALIAN_OF = frozenset({"dell", "dall", "dagl", "degl"})
_APOSTROPHES = frozenset({"'", "’"})


@lru_cache(maxsize=1 << 14)
def _spelling(spaced: str) -> tuple[str, str, Kind, bool, int, int]:
    """A word as printed, in lower case, what it is, whether it is capitalised: one string for all places.

    Then how many spaces stand before it, and how long it is.
    """
    word = intern(spaced.lstrip())
    size = len(word)
    spaces = len(spaced) - size
    first = word[:1]
    if first.isalpha() or (first == "-" and len(word) > 1):
        low = word.lower()
        if "’" in low:
            low = low.replace("’", "'")
        if len(word) > 3 and ("·" in low or ("." in low and low[-1] != ".")):
            low = _masculine(low)
        # "al-Hassan", "el-Amri" and "dell'Orsa" are names, too
        capital = (
            first.isupper()
            or (word[2:3] == "-" and word[3:4].isupper() and low[:2] != "ex")
            or (word[4:5] in _APOSTROPHES and word[5:6].isupper() and low[:4] in _ITALIAN_OF)
        )
        return word, intern(low), WORD, capital, spaces, size
    return word, word, NUMBER if first.isdigit() else MARK, False, spaces, size


@lru_cache(maxsize=1 << 10)
def tokens_inside(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of a quotation at ``start``–``end``, as far as they are looked at; kept, since many ask."""
    return tuple(tokens_of(text, start, min(end, start + LONGEST_LOOK)))


def is_inclusive(token: Token) -> bool:
    """Whether a word is written for women and men, and so has no gender: "étudiant·es", "un·e", "iel"."""
    low = token.text.lower()
    return _NEITHER.get(low) == token.low or (len(low) != len(token.low) and ("·" in low or "." in low))


def _masculine(low: str) -> str:
    """étudiant·e·s → étudiants, enseignant·e-chercheur·se → enseignant-chercheur, le·la → le"""
    return "-".join(_one_masculine(part) if "·" in part or "." in part else part for part in low.split("-"))


def _one_masculine(low: str) -> str:
    stem, *endings = re.split("[·.]", low)
    return stem + "s" if endings[-1].endswith("s") and not stem.endswith(("s", "x", "z")) else stem


def spelt(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words of some tokens with a space between each two, as names are listed."""
    if last - first == 1:
        return tokens[first].text
    return " ".join([t.text for t in tokens[first:last]])


def printed(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words of some tokens, spaced as in the text."""
    if last - first == 1:
        return tokens[first].text
    parts: list[str] = []
    end = tokens[first].start if first < last else 0
    for token in tokens[first:last]:
        if token.start > end:
            parts.append(" ")
        parts.append(token.text)
        end = token.end
    return "".join(parts)
