"""How far told speech goes: where a clause that somebody tells may begin and where it may end.

Nothing is decided here. A boundary has a name that says what stands there (``,rel`` for a relative
clause after a comma, ``et cue`` for a second verb of saying …), and the judge knows what each is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.classify import acts_in, looks_said
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import Phrase, PhraseKind
from quotes.extraction.proper_names import (
    ADVERBS,
    CLITICS,
    CONTRACTED,
    DETERMINERS,
    PEOPLE,
    PREPOSITIONS,
    TAKING_UP,
    TIMES,
)
from quotes.extraction.tokens import Kind, Token
from quotes.extraction.told_limits import over
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.verbs import is_finite_form

TERMINAL = frozenset({".", "!", "?", "…", ";", "..."})
RELATIVES = frozenset({"qui", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"})
CONJUNCTIONS = frozenset({"et", "mais", "ou", "car", "or", "puis", "donc"})
_JOURNALIST_AGAIN = word_class("after_told_clause")
_SUBORDINATE = frozenset({"alors", "tandis", "avant", "après", "sans", "car", "lors", "afin"})
# All that ``_resumes`` and ``_opens`` know; they are asked of no other word.
_RESUMING = _SUBORDINATE | {",", "(", "—", "–", ":", "tout", "en", "et", "mais", "ou", "puis", "selon", "d'"}
_OPENING = frozenset({",", ":", "(", "—", "–", ";", "qui", "dont", "où", "que", "qu'", "mais", "et", "car"})
_BEFORE_VERB = CLITICS | ADVERBS | TIMES | frozenset({"ne", "n'", "qui"})
_SUBJECTS = TAKING_UP | {"on"}
_VERBAL = frozenset({"ne", "n'", "se", "s'"})  # a verb follows
_PLAIN = frozenset({",preposition", ",determiner", ",word", ",quote", ",number", ",mark"})
_LEADING = CONJUNCTIONS | ADVERBS | word_class("leading_words")
_BRACKETS = frozenset("()")
_DASHES = frozenset({"-", "–", "—"})
_LONGEST_DATELINE = 12  # tokens
_KEPT = 64  # places whose boundaries are known: a sentence is asked about the same few again and again
_MOST = 6  # boundaries of one sort that are proposed: nobody writes sentences that need more


@value
class Told:
    """A stretch of indirect speech: token indices (half-open) and the source.

    ``opening`` and ``closing`` name the boundaries at its two ends, ``subject`` how the source was
    found ("strict" by the grammar of subjects, else by what had to be assumed).
    """

    first: int
    last: int
    attribution: Attribution
    opening: str = ""
    closing: str = ""
    subject: str = "strict"


@value
class Boundary:
    """A place between tokens (the index of the token after it) and what stands there."""

    at: int
    name: str


def stop(tokens: Sequence[Token], at: int) -> int:
    """The latest end of what begins at ``at``: full stop, a bracket that closes, a colon before marks."""
    depth = 0
    for j in range(at, len(tokens)):
        text = tokens[j].text
        if text in TERMINAL:
            return j
        if text == ":" and j + 1 < len(tokens) and tokens[j + 1].kind is Kind.QUOTE:
            return j
        if text == "(":
            depth += 1
        elif text == ")":
            depth -= 1
            if depth < 0:
                return j
    return len(tokens)


@lru_cache(maxsize=_KEPT)
def ends(carrier: Carrier, at: int) -> tuple[Boundary, ...]:
    """Where what begins at ``at`` may end; the latest place comes first."""
    tokens = carrier.tokens
    end = over(carrier, at, stop(tokens, at))
    cues = {group.first: group for group in carrier.verbs if group.allows("que", "infinitive", "incise")}
    found = [Boundary(end, "end")]
    for j in range(at + 1, end):
        if tokens[j].low not in _RESUMING:
            continue
        name = _resumes(carrier, cues, j)
        if name:
            found.append(Boundary(j, name))
    if len(found) > _MOST:
        plain = {b for b in found[3:] if b.name in _PLAIN}
        found = [b for b in found if b not in plain]
    return tuple(found[: 2 * _MOST])


def _resumes(carrier: Carrier, cues: Mapping[int, VerbGroup], j: int) -> str:
    """What shows that the journalist may go on at ``j``; "" where nothing does."""
    tokens = carrier.tokens
    token = tokens[j]
    if j + 1 >= len(tokens):
        return ""
    if token.text == ",":
        return _after_comma(tokens, cues, j + 1)
    if token.text in ("(", "—", "–", ":"):
        return token.text
    if tokens[j - 1].text == ",":
        return ""  # said of the comma
    if token.low == "tout" and tokens[j + 1].low == "en":
        return "tout en"
    if token.low == "en" and tokens[j + 1].low.endswith("ant") and len(tokens[j + 1].low) > 4:
        return "en ant" if tokens[j - 1].low != "tout" else ""
    if token.low in ("et", "mais", "ou", "puis"):
        following = _past_clitics(tokens, j + 1)
        if following in cues and (cues[following].finite or cues[following].mood == "present_participle"):
            return f"et cue:{cues[following].mood[:7]}"
        if tokens[j + 1].low in ("que", "qu'"):
            return "et que"
        if tokens[j + 1].low in _SUBJECTS:
            return f"{token.low} il"  # "promet de payer mais | il refuse de partir"
        if tokens[j + 1].low in _VERBAL:
            return f"{token.low} ne"
        return token.low if token.low == "mais" else ""
    if token.low == "selon" or (token.low == "d'" and tokens[j + 1].low == "après"):
        return "selon"
    if token.low in _SUBORDINATE and tokens[j + 1].low in ("que", "qu'", "de", "d'", "avoir", "être"):
        return f"sub:{token.low}"
    return ""


def _past_clitics(tokens: Sequence[Token], at: int) -> int:
    end = min(len(tokens) - 1, at + 4)
    while at < end and tokens[at].low in _BEFORE_VERB and not tokens[at].capital:
        at += 1
    return at


def _after_comma(tokens: Sequence[Token], cues: Mapping[int, VerbGroup], at: int) -> str:
    token = tokens[at]
    low = token.low
    if low in RELATIVES:
        return ",rel"
    if low == "ce" and at + 1 < len(tokens) and tokens[at + 1].low in ("qui", "que", "dont", "qu'"):
        return ",ce qui"
    following = _past_clitics(tokens, at + 1) if low in ("et", "mais", "puis", "tout", "en") else at
    following = _past_clitics(tokens, following)
    group = cues.get(following)
    if group is not None and (group.finite or group.mood == "present_participle"):
        return f",cue:{group.mood[:7]}"
    if low in CONJUNCTIONS:
        return f",conj:{low}"
    if low.endswith("ant") and not token.capital and token.kind is Kind.WORD and len(low) > 4:
        return ",ant"
    if low in ("en", "tout") and at + 1 < len(tokens) and tokens[at + 1].low.endswith("ant"):
        return ",ant"
    if low in _JOURNALIST_AGAIN:
        return f",sub:{low}"
    if low in ("que", "qu'"):
        return ",que"
    return f",{_class(token)}"


def _class(token: Token) -> str:
    """What sort of word goes on after a comma that tells nothing by itself."""
    if token.kind is not Kind.WORD:
        return token.kind.name.lower()
    if token.low in PREPOSITIONS or token.low in CONTRACTED:
        return "preposition"
    if token.low in DETERMINERS:
        return "determiner"
    return "word"


@lru_cache(maxsize=_KEPT)
def starts(carrier: Carrier, end: int) -> tuple[Boundary, ...]:
    """Where what ends at ``end`` may begin; the earliest place comes first."""
    tokens = carrier.tokens
    opening = _past_dateline(tokens)
    first = next((j for j in range(opening, end) if tokens[j].kind is not Kind.MARK), end)
    if first >= end:
        return ()
    found = [Boundary(first, "sentence")]
    inner = [
        boundary
        for j in range(first + 1, end - 1)
        if tokens[j].low in _OPENING or tokens[j].kind is Kind.QUOTE or tokens[j].low.endswith("ant")
        for boundary in _opens(tokens, j)
    ]
    found += inner if len(inner) <= _MOST else [*inner[:2], *inner[2 - _MOST :]]
    figure = next((j for j in range(end - 1, max(first, end - 7), -1) if tokens[j].kind is Kind.NUMBER), -1)
    if figure > first and all(b.at != figure for b in found):
        found.append(Boundary(figure, "figure"))
    return tuple(b for b in found if b.at < end)


def _past_dateline(tokens: Sequence[Token]) -> int:
    """Where a dispatch begins, behind its place, date and agency: "LORMES, 3 mai 2023 (AFP) - | Les …"."""
    for j in range(1, min(len(tokens) - 1, _LONGEST_DATELINE)):
        if tokens[j].text == ")" and tokens[j + 1].text in _DASHES and tokens[j - 1].capital:
            return j + 2
    return 0


def _opens(tokens: Sequence[Token], j: int) -> Iterator[Boundary]:
    """Whether a clause may begin after (or with) the token at ``j``."""
    token, following = tokens[j], tokens[j + 1]
    if token.text == ",":
        if following.low in CONJUNCTIONS:
            yield Boundary(j + 2, ",conj")
        elif following.low not in ("qui", "dont", "où"):
            yield Boundary(j + 1, ",")
    elif token.text in (":", "(", "—", "–", ";"):
        yield Boundary(j + 1, token.text)
    elif token.low == "qui":
        yield Boundary(j, "qui")
    elif token.low in ("dont", "où", "que", "qu'") or (
        token.low in ("mais", "et", "car") and tokens[j - 1].text != ","
    ):
        yield Boundary(j + 1, token.low)
    elif token.low.endswith("ant") and tokens[j - 1].text == ",":
        yield Boundary(j, "ant")
    elif token.kind is Kind.QUOTE and j + 1 < len(tokens) and following.capital:
        yield Boundary(j + 1, "quote")


def tells(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a stretch can be told speech at all: words outside of marks, and no bracket cut in two."""
    depth = 0
    for text in [t.text for t in tokens[first:last] if t.text in _BRACKETS]:
        depth += 1 if text == "(" else -1
        if depth < 0:
            return False
    return depth == 0 and any(
        t.kind in (Kind.WORD, Kind.NUMBER) and t.low not in CONJUNCTIONS for t in tokens[first:last]
    )


def is_finite(token: Token) -> bool:
    """Whether the lexicon of verbs knows the word as a finite form of the third person."""
    return is_finite_form(token.low)


def only_leads(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether words before an incise only lead up to what is told behind it: "Mais, | a dit X, | P"."""
    return all(t.low in _LEADING or t.kind is Kind.MARK for t in tokens[first:last])


def goes_on(carrier: Carrier, first: int, last: int, rest: int, end: int) -> bool:
    """Whether a clause goes on behind an incise, and no apposition to its source stands there.

    "Le bassin, a dit X, | est vide", "Il a, selon X, | fui", not "Il est vide, a dit X, | une élue".
    """
    tokens = carrier.tokens
    apposed = any(phrase.first == rest and _may_be_apposed(phrase) for phrase in carrier.phrases)
    if not apposed or tokens[rest - 1].text != "," or is_broken_off(tokens, first, last):
        return True
    return not looks_said(tokens[first:last]) or looks_said(tokens[rest:end])


def is_broken_off(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether words before an incise end in a verb that needs what follows: "Il s'agit, | a dit X, de P"."""
    return acts_in(tokens, last - 1, first, last)


def _may_be_apposed(phrase: Phrase) -> bool:
    if phrase.kind is not PhraseKind.DESCRIPTION:
        return phrase.kind is PhraseKind.NAME
    kind = phrase.noun.kind if phrase.noun is not None else ""
    return kind in PEOPLE or kind in ("organization", "group", "document")
