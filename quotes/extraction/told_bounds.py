"""How far told speech goes: where a clause that somebody tells may begin and where it may end.

Nothing is decided here. A boundary has a name that says what stands there (``,rel`` for a relative
clause after a comma, ``et cue`` for a second verb of saying …), and the judge knows what each is worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.classify import acts_in, looks_said
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
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
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token
from quotes.extraction.told_limits import over
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.verbs import is_finite_form

TERMINAL = frozenset({".", "!", "?", "…", ";", "..."})
RELATIVES = frozenset({"qui", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"})
CONJUNCTIONS = frozenset({"et", "mais", "ou", "car", "or", "puis", "donc"})
_JOURNALIST_AGAIN = word_class("after_told_clause")
_SUBORDINATE = frozenset({"alors", "tandis", "avant", "après", "sans", "car", "lors", "afin"})
_SETTING_OFF = frozenset({"(", "—", "–", ":"})
_COORDINATING = frozenset({"et", "mais", "ou", "puis"})
# All that ``_resumes`` and ``_opens`` know; they are asked of no other word.
_RESUMING = _SUBORDINATE | _SETTING_OFF | _COORDINATING | {",", "tout", "en", "selon", "d'"}
_OPENING = frozenset(
    {",", ":", "(", "—", "–", ";", "qui", "dont", "où", "que", "qu'", "mais", "et", "car", "«»"}
)
_BEFORE_CUE = frozenset({"et", "mais", "puis", "tout", "en"})
_BEFORE_VERB = CLITICS | ADVERBS | TIMES | frozenset({"ne", "n'", "qui"})
_SUBJECTS = TAKING_UP | {"on"}
_VERBAL = frozenset({"ne", "n'", "se", "s'"})  # a verb follows
_PLAIN = frozenset({",preposition", ",determiner", ",word", ",quote", ",number", ",mark"})
_LEADING = CONJUNCTIONS | ADVERBS | word_class("leading_words")
_BRACKETS = frozenset("()")
_WORDS = (WORD, NUMBER)
_STOPPING = TERMINAL | _BRACKETS | {":"}
_LANDMARKS = _STOPPING | _RESUMING | _OPENING
_DASHES = frozenset({"-", "–", "—"})
LONGEST_INCISE = 12  # tokens up to the comma that closes it
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


def _stop(carrier: Carrier, at: int) -> int:
    """The latest end of what begins at ``at``: full stop, a bracket that closes, a colon before marks."""
    lows, depth = carrier.lows, 0
    for j in [j for j in _landmarks(carrier) if j >= at and lows[j] in _STOPPING]:
        mark = lows[j]
        if mark in TERMINAL:
            return j
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth -= 1
            if depth < 0:
                return j
        elif j + 1 < len(lows) and carrier.tokens[j + 1].kind is QUOTE:
            return j
    return len(lows)


@lru_cache(maxsize=_KEPT)
def _landmarks(carrier: Carrier) -> tuple[int, ...]:
    """The places of all words and marks that may begin or end what is told, or let the journalist go on."""
    return tuple([j for j, low in enumerate(carrier.lows) if low in _LANDMARKS])


@lru_cache(maxsize=_KEPT)
def ends(carrier: Carrier, at: int) -> tuple[Boundary, ...]:
    """Where what begins at ``at`` may end; the latest place comes first."""
    end = over(carrier, at, _stop(carrier, at))
    found = [Boundary(end, "end")]
    found += [boundary for boundary in _resumptions(carrier) if at < boundary.at < end]
    if len(found) > _MOST:
        plain = {b for b in found[3:] if b.name in _PLAIN}
        found = [b for b in found if b not in plain]
    return tuple(found[: 2 * _MOST])


@lru_cache(maxsize=_KEPT)
def _resumptions(carrier: Carrier) -> tuple[Boundary, ...]:
    """Where the journalist may go on in a carrier, whatever is told before, in order."""
    cues = {group.first: group for group in carrier.verbs if group.allows("que", "infinitive", "incise")}
    tokens = carrier.tokens
    last = len(tokens) - 1
    places = [j for j in _landmarks(carrier) if tokens[j].low in _RESUMING and 0 < j < last]
    return tuple([Boundary(j, name) for j in places if (name := _resumes(tokens, cues, j))])


def _resumes(tokens: Sequence[Token], cues: Mapping[int, VerbGroup], j: int) -> str:
    """What shows that the journalist may go on at ``j``; "" where nothing does."""
    low, following = tokens[j].low, tokens[j + 1].low
    if low == ",":
        return _after_comma(tokens, cues, j + 1)
    if low in _SETTING_OFF:
        return low
    if tokens[j - 1].text == ",":
        return ""  # said of the comma
    if low == "tout" and following == "en":
        return "tout en"
    if low == "en" and following.endswith("ant") and len(following) > 4:
        return "en ant" if tokens[j - 1].low != "tout" else ""
    if low in _COORDINATING:
        group = _cue_at(tokens, cues, j + 1)
        if group is not None:
            return f"et cue:{group.mood[:7]}"
        if following in ("que", "qu'"):
            return "et que"
        if following in _SUBJECTS:
            return f"{low} il"  # "promet de payer mais | il refuse de partir"
        if following in _VERBAL:
            return f"{low} ne"
        return low if low == "mais" else ""
    if low == "selon" or (low == "d'" and following == "après"):
        return "selon"
    if low in _SUBORDINATE and following in ("que", "qu'", "de", "d'", "avoir", "être"):
        return f"sub:{low}"
    return ""


def _cue_at(tokens: Sequence[Token], cues: Mapping[int, VerbGroup], at: int) -> VerbGroup | None:
    """The verb of saying that may go on at ``at``, behind its clitics: a finite one or a participle."""
    group = cues.get(_past_clitics(tokens, at)) if cues else None
    return group if group is not None and (group.finite or group.mood == "present_participle") else None


def _past_clitics(tokens: Sequence[Token], at: int) -> int:
    end = len(tokens) - 1
    if end > at + 4:
        end = at + 4
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
    group = _cue_at(tokens, cues, _past_clitics(tokens, at + 1) if low in _BEFORE_CUE else at)
    if group is not None:
        return f",cue:{group.mood[:7]}"
    if low in CONJUNCTIONS:
        return f",conj:{low}"
    if low.endswith("ant") and not token.capital and token.kind is WORD and len(low) > 4:
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
    if token.kind is not WORD:
        return token.kind.name.lower()
    if token.low in PREPOSITIONS or token.low in CONTRACTED:
        return "preposition"
    if token.low in DETERMINERS:
        return "determiner"
    return "word"


@lru_cache(maxsize=_KEPT)
def starts(carrier: Carrier, end: int) -> tuple[Boundary, ...]:
    """Where what ends at ``end`` may begin; the earliest place comes first."""
    opening, openings = _openings(carrier)
    first = opening.at
    if first >= end:
        return ()
    inner = [boundary for j, boundary in openings if j < end - 1]
    found = [opening, *(inner if len(inner) <= _MOST else [*inner[:2], *inner[2 - _MOST :]])]
    figure = _figure_before(carrier.tokens, end)
    if figure > first and figure not in [b.at for b in found]:
        found.append(Boundary(figure, "figure"))
    return tuple([b for b in found if b.at < end])


@lru_cache(maxsize=_KEPT)
def _openings(carrier: Carrier) -> tuple[Boundary, tuple[tuple[int, Boundary], ...]]:
    """Where the words of a carrier begin, and each place in it that opens a clause, with what opens it."""
    tokens = carrier.tokens
    first = _past_dateline(tokens) if ")" in carrier.words else 0
    while first < len(tokens) and tokens[first].kind is MARK:
        first += 1
    found: list[tuple[int, Boundary]] = []
    lows = carrier.lows
    last = len(tokens) - 1
    for j in [j for j in _landmarks(carrier) if lows[j] in _OPENING and first < j < last]:
        boundary = _opens(tokens, j)
        if boundary is not None:
            found.append((j, boundary))
        if lows[j] == "," and lows[j + 1].endswith("ant") and j + 2 < len(lows):
            found.append((j + 1, Boundary(j + 1, "ant")))
    return Boundary(first, "sentence"), tuple(found)


def _figure_before(tokens: Sequence[Token], end: int) -> int:
    """The last number close before ``end``; −1 where there is none."""
    for j in range(end - 1, end - 7, -1):
        if j < 0 or tokens[j].kind is NUMBER:
            return j
    return -1


def _past_dateline(tokens: Sequence[Token]) -> int:
    """Where a dispatch begins, behind its place, date and agency: "LORMES, 3 mai 2023 (AFP) - | Les …"."""
    opening = [token.text for token in tokens[:_LONGEST_DATELINE]]
    if ")" not in opening[1:-1]:
        return 0
    for j in range(1, len(opening)):
        if opening[j] == ")" and tokens[j + 1].text in _DASHES and tokens[j - 1].capital:
            return j + 2
    return 0


def _opens(tokens: Sequence[Token], j: int) -> Boundary | None:
    """The place where a clause may begin after (or with) the token at ``j``."""
    token, following = tokens[j], tokens[j + 1]
    if token.text == ",":
        if following.low in CONJUNCTIONS:
            return Boundary(j + 2, ",conj")
        return Boundary(j + 1, ",") if following.low not in ("qui", "dont", "où") else None
    if token.text in (":", "(", "—", "–", ";"):
        return Boundary(j + 1, token.text)
    if token.low == "qui":
        return Boundary(j, "qui")
    if token.low in ("dont", "où", "que", "qu'") or (
        token.low in ("mais", "et", "car") and tokens[j - 1].text != ","
    ):
        return Boundary(j + 1, token.low)
    if token.kind is QUOTE and following.capital:
        return Boundary(j + 1, "quote")
    return None


def comma_in(carrier: Carrier, first: int, last: int) -> int:
    """The first comma of the tokens ``first``–``last``; −1 where there is none."""
    lows = carrier.lows
    return lows.index(",", first) if "," in lows[first:last] else -1


def tells(carrier: Carrier, first: int, last: int) -> bool:
    """Whether a stretch can be told speech at all: words outside of marks, and no bracket cut in two."""
    if not _BRACKETS.isdisjoint(carrier.words) and not _closes_brackets(carrier.lows[first:last]):
        return False
    return any(map(_is_word, carrier.tokens[first:last]))


def _is_word(token: Token) -> bool:
    """Whether a token is a word or a number, and no conjunction."""
    return token.kind in _WORDS and token.low not in CONJUNCTIONS


def _closes_brackets(lows: Sequence[str]) -> bool:
    """Whether each bracket that opens is closed, and none closes that didn't open."""
    depth = 0
    for low in lows:
        if low in _BRACKETS:
            depth += 1 if low == "(" else -1
            if depth < 0:
                return False
    return depth == 0


def is_finite(token: Token) -> bool:
    """Whether the lexicon of verbs knows the word as a finite form of the third person."""
    return is_finite_form(token.low)


def only_leads(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether words before an incise only lead up to what is told behind it: "Mais, | a dit X, | P"."""
    return all(t.low in _LEADING or t.kind is MARK for t in tokens[first:last])


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
    if phrase.kind is not DESCRIPTION:
        return phrase.kind is NAME
    kind = phrase.noun.kind if phrase.noun is not None else ""
    return kind in PEOPLE or kind in ("organization", "group", "document")
