"""Words, and the sentences in which the journalist speaks.

A *carrier* is a sentence of the journalist's with each quotation masked as one token, so that the
words of the quote can't be taken for the journalist's. Offsets are those of the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from quotes.extraction.detect import Quotation
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.model import Zone, ZoneKind


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


Kind.WORD, Kind.NUMBER, Kind.MARK, Kind.QUOTE = map(Kind, range(4))


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

    @property
    def quotes(self) -> list[int]:
        """The indices of the quotations that it carries."""
        return [t.quote for t in self.tokens if t.kind is Kind.QUOTE]


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
    rf"""\s?+(?:  # one space: a run of them would be tried from each
      ([A-ZÀ-ÖØ-Ý]?[a-zß-öø-ÿœ]++)(?=[ ,\n])                    # most words: no need to try what follows
    | ([NMTKO]['’][A-ZÀ-Ý]\w+(?:-[A-ZÀ-Ý]\w+)*                  # N'Diaye, O'Brien-Smith
    | [A-ZÀ-Ý]\.-[A-ZÀ-Ý]\.                                    # J.-C.
    | (?:[ldnmtscjLDNMTSCJ]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu|[Jj]usqu)['’](?=[\w«“"‹\[(]|\Z)   # elided
    | {_CLITIC}
    | \d+(?:[.,\s\u00a0\u202f]\d+)*(?:%|er|e|ème|ers|es)?\b
    | (?:M|MM|Mr|Mrs|Ms|Dr|Pr|Mgr|St|Ste|Me|Mme|Mmes|Mlle)\.(?=[\s\u00a0-]*[\w«“"])(?<![\w]{{3}}\.)
    | [A-ZÀ-Ý]\.(?=[\s\u00a0-]*[\w«“"])(?!{_OPENS_SENTENCE})(?<![\w]{{3}}\.)   # an initial: Jean P. Roy
    | (?<=\w[ ])[A-ZÀ-Ý]\.(?=,)                                # Kevin M.,
    | (?:[A-Z]\.){{2,}}
    | (?:\w|(?<=\w)['’](?=\w)|{_INCLUSIVE})+
      (?:(?!{_CLITIC})-\w(?:\w|{_INCLUSIVE})*(?:['’]\w+)?)*
    | \.\.\.|\(\.\.\.\)|\(…\)|\[…\]|\[\.\.\.\]
    | \S)
    )""",
    re.VERBOSE,
)
# The pronouns of who is neither he nor she.
_NEITHER = {
    joint + pronoun: joint + masculine
    for pronoun, masculine in (("iel", "il"), ("iels", "ils"))
    for joint in ("", "-", "-t-")
}
_END = frozenset({".", "!", "?", "…", "..."})
# What goes on for longer is no sentence: rules may look at all of a carrier for each thing in it.
LONGEST_SENTENCE = 250
_BODIES = word_class("bodies_in_marks")
_PEOPLE_IN_MARKS = word_class("people_in_marks")
_BEFORE_PEOPLE = word_class("before_people_in_marks")
_NAMED = frozenset({"nommé", "nommée", "dénommé", "dénommée", "baptisé", "baptisée", "appelé", "appelée"})
SIGNED = frozenset({"signé", "signée", "signés"})
"""What stands between a quotation and who signs it: « … » Signé : Jeanne Roy."""
_LONGEST_NAME = 60  # code points
_SPACE_AFTER = frozenset(')»”"]')


LONGEST_LOOK = 20_000
"""Code points of a quotation that are looked at to tell what it is; a longer one is no newspaper's."""


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, quotations not masked."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word, low, kind, capital = _spelling(match[match.lastindex or 0])
        stop = match.end()
        if low in _NEITHER and kind is Kind.WORD:
            if not (word[0].isupper() and found and found[-1].kind is Kind.WORD):
                low = _NEITHER[low]
        elif word == "*":  # the asterisk of a changed first name: "Solène*, infirmière"
            continue
        found.append(Token(stop - len(word), stop, word, low, kind, capital, -1))
    return found


@lru_cache(maxsize=1 << 14)
def _spelling(word: str) -> tuple[str, str, Kind, bool]:
    """A word as printed, in lower case, what it is, whether it is capitalised: one string for all places."""
    first = word[0]
    if first.isalpha() or (first == "-" and len(word) > 1):
        low = word.lower()
        if "’" in low:
            low = low.replace("’", "'")
        if len(word) > 3 and ("·" in low or ("." in low and low[-1] != ".")):
            low = _masculine(low)
        # "al-Hassan" and "el-Amri" are names, too
        capital = first.isupper() or (word[2:3] == "-" and word[3:4].isupper() and low[:2] != "ex")
        return word, low, Kind.WORD, capital
    return word, word, Kind.NUMBER if first.isdigit() else Kind.MARK, False


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


def sentences_of(text: str, zones: Sequence[Zone], quotations: Sequence[Quotation]) -> list[Sentence]:
    """The carriers of the whole text, in order.

    A quotation over several paragraphs belongs to the paragraph in which it begins, and what
    follows its closing mark on the last of its lines goes on in the same carrier.
    """
    found: list[Sentence] = []
    after = 0
    index = 0
    pending: list[Token] = []
    paragraph = -1
    for zone in zones:
        at = max(zone.start, after)
        if at >= zone.end:
            continue
        if not pending:
            paragraph += 1
        while index < len(quotations) and quotations[index].outer_start < zone.end:
            quotation = quotations[index]
            if quotation.outer_start > at:
                pending.extend(tokens_of(text, at, quotation.outer_start))
            pending.append(_name_in_marks(text, quotation, pending, index) or _masked(quotation, index))
            at = after = quotation.outer_end
            index += 1
        if at < zone.end:
            pending.extend(tokens_of(text, at, zone.end))
        elif after > zone.end:
            continue
        _split(text, pending, zone.kind, paragraph, found)
        pending = []
    if pending:
        _split(text, pending, ZoneKind.BODY, paragraph, found)
    return found


def _masked(quotation: Quotation, index: int) -> Token:
    return Token(quotation.start, quotation.end, "«»", "«»", Kind.QUOTE, False, index)


def _name_in_marks(text: str, quotation: Quotation, before: Sequence[Token], index: int) -> Token | None:
    """The one word that a body's name in marks is to its sentence: "le collectif « Les Amis du Val »"."""
    at = len(before) - 1
    words = text[quotation.start : quotation.end]
    if (
        at >= 0
        and (before[at].low in _BEFORE_PEOPLE or before[at].text in ",(")
        and words.lower() in _PEOPLE_IN_MARKS
    ):
        printed = text[quotation.outer_start : quotation.outer_end]
        # "les « gilets jaunes »"
        return Token(
            quotation.outer_start, quotation.outer_end, printed, words.lower(), Kind.WORD, False, index
        )
    if at > 0 and before[at].low in _NAMED:
        at -= 1  # "une association nommée « … »"
    if at < 0 or before[at].low not in _BODIES or not quotation.closed or quotation.mark == "—":
        return None
    if before[at].text.isupper():
        return None  # a headline in capitals
    if not words[0].isupper() or words[-1] in ".!?…," or "\n" in words or len(words) > _LONGEST_NAME:
        return None
    printed = " ".join(text[quotation.outer_start : quotation.outer_end].split())
    low = " ".join(words.lower().replace("’", "'").split())
    return Token(quotation.outer_start, quotation.outer_end, printed, low, Kind.WORD, True, index)


def _split(text: str, tokens: list[Token], zone: ZoneKind, paragraph: int, found: list[Sentence]) -> None:
    """Cut a paragraph's tokens into sentences."""
    begin = 0
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        if i == last:
            break
        cut = False
        if token.text in _END and token.kind is Kind.MARK:
            following = tokens[i + 1]
            cut = (
                following.capital or following.kind in (Kind.QUOTE, Kind.NUMBER) or following.text in "—–-(["
            )
        elif token.kind is Kind.QUOTE:
            # « Nous partirons. » Le maire … : the full stop stands inside the marks.
            following = tokens[i + 1]
            inner = text[token.end - 1]
            if following.low in SIGNED:
                continue
            alone = i == begin or tokens[i - 1].text == ":"
            if inner in ".!?…" and (alone or inner == "."):
                cut = following.capital or following.kind is Kind.QUOTE
            elif following.kind is Kind.QUOTE and alone:
                cut = True
        elif token.text in _SPACE_AFTER and i > begin and tokens[i - 1].text in _END:
            cut = tokens[i + 1].capital
        if cut or i - begin >= LONGEST_SENTENCE:
            found.append(Sentence(tuple(tokens[begin : i + 1]), zone, paragraph))
            begin = i + 1
    if begin < len(tokens):
        found.append(Sentence(tuple(tokens[begin:]), zone, paragraph))


def printed(tokens: Sequence[Token], first: int, last: int) -> str:
    """The words of some tokens, spaced as in the text."""
    parts: list[str] = []
    end = tokens[first].start if first < last else 0
    for token in tokens[first:last]:
        if token.start > end:
            parts.append(" ")
        parts.append(token.text)
        end = token.end
    return "".join(parts)
