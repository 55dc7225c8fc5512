"""Where told speech is surely over: another has the word.

What may end a stretch is the judge's question (:mod:`quotes.extraction.told_bounds`); here is what leaves
none, so that no stretch is proposed that runs over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotes.extraction.carrier import Carrier
from quotes.extraction.cues import VerbGroup
from quotes.extraction.inversion import incise_subject
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.proper_names import ADVERBS, CLITICS, PEOPLE, STRESSED, TIMES
from quotes.extraction.tokens import QUOTE, WORD, Token
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.verbs import is_finite_form

_JOINS = frozenset({"et", "mais", "or", "puis"})
_CONTRASTS = frozenset({"tandis", "alors"})  # "tandis que | Y dénonce"
_THAT = frozenset({"que", "qu'"})
_BEFORE_TURN = _JOINS | _THAT | {",", "quand", ";"}
_LEADS_ON = frozenset(
    {"si", "s'", "quand", "lorsque", "lorsqu'", "comme", ",", "dès", "alors", "après", "avant"}
)
_BEFORE_VERB = CLITICS | ADVERBS | TIMES | {"ne", "n'"}
_ONES = word_class("ones_and_others") | word_class("indefinite_pronouns") | {"autres"}
_RELAYING = word_class("relaying_verbs")
_GOVERNED = 3  # tokens from a verb to the marks that it governs: "y voit plutôt | « … »"
_APPOSITION = 12  # tokens


@value
class _Turn:
    """Where another begins to tell (the comma or conjunction before him), and whether only a comma parts."""

    at: int
    comma: bool


@lru_cache(maxsize=64)
def _turns(carrier: Carrier) -> tuple[_Turn, ...]:
    """The places of a carrier from which on somebody else tells, in order."""
    places = [k for k, phrase in enumerate(carrier.phrases) if phrase.before in _BEFORE_TURN]
    found = [_turn(carrier, k, carrier.phrases[k]) for k in places]
    return tuple([turn for turn in found if turn is not None])


def _turn(carrier: Carrier, k: int, phrase: Phrase) -> _Turn | None:
    """The turn that a phrase takes: "P, mais | Y répond que", "P, quand | Y parle de « … »", "P, Y | que"."""
    tokens = carrier.tokens
    if phrase.first < 2 or not _may_take_it(phrase):
        return None
    at, comma = phrase.first - 1, False
    if phrase.before in _THAT and tokens[at - 1].low in _CONTRASTS:
        at -= 1
    elif phrase.before == ",":
        comma = True
        if k in carrier.appositions or k in carrier.appositions.values():
            return None
    elif phrase.before in _THAT:
        return None
    if not _tells(carrier, phrase, comma):
        return None
    return _Turn(at - (at > 0 and not comma and tokens[at - 1].text == ","), comma)


def _may_take_it(phrase: Phrase) -> bool:
    """Whether somebody is named or described as a subject is."""
    if phrase.kind is NAME:
        return True
    speaks = phrase.noun is not None and (
        phrase.noun.kind in PEOPLE or phrase.noun.kind in ("organization", "group")
    )
    return phrase.kind is DESCRIPTION and speaks and bool(phrase.determiner)


def _tells(carrier: Carrier, phrase: Phrase, comma: bool) -> bool:
    """Whether a verb of saying follows that has a subject and governs words of his."""
    tokens = carrier.tokens
    if comma and phrase.last < len(tokens) and tokens[phrase.last].low in _THAT:
        # "X affirme que P, Y | que Q", "les uns jugent que P, les autres | que Q"
        return phrase.kind is NAME or phrase.head in _ONES or tokens[phrase.first - 2].kind is QUOTE
    at, stressed = _past_insertion(tokens, phrase.last)
    while at < len(tokens) - 1 and tokens[at].low in _BEFORE_VERB:
        at += 1
    group = next((g for g in carrier.verbs if g.first <= at < g.last), None)
    if group is None or not group.finite or group.clitic or group.verb is None:
        return False
    if group.number != phrase.number or not (stressed or not comma or phrase.kind is NAME):
        return False
    governed = tokens[group.last : group.last + _GOVERNED]
    if any(t.kind is QUOTE for t in governed):
        return True
    return not comma and not group.allows("weak") and any(t.low in _THAT for t in governed)


def _past_insertion(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Behind what stands between commas after a subject, and whether it only stresses him: "Y, lui, |"."""
    if at >= len(tokens) or tokens[at].text != ",":
        return at, False
    for j in range(at + 1, min(len(tokens), at + _APPOSITION)):
        if tokens[j].text == ",":
            return j + 1, tokens[at + 1].low in STRESSED
        if tokens[j].kind is not WORD or is_finite_form(tokens[j].low):
            break
    return at, False


def relayed_at(carrier: Carrier, at: int) -> int:
    """The comma before the incise of who relays what another tells: "X affirme que P |, rapporte L'Écho"."""
    for group in carrier.verbs:
        if group.first > at and relays(carrier, group):
            return group.first - 1
    return len(carrier.tokens)


def relays(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether a verb begins an incise that hands on what another tells in a que-clause before it."""
    if group.verb is None or group.verb.head not in _RELAYING or not group.first:
        return False
    if carrier.tokens[group.first - 1].text != ",":
        return False
    tells = any(
        other.last < group.first
        and other.finite
        and other.allows("que")
        and not other.allows("weak")
        and carrier.tokens[other.last].low in _THAT
        for other in carrier.verbs
    )
    return tells and incise_subject(carrier, group) is not None


def over(carrier: Carrier, at: int, end: int) -> int:
    """Where what begins at ``at`` is surely over, if before ``end``."""
    tokens = carrier.tokens
    for turn in _turns(carrier):
        if turn.at <= at or turn.at >= end:
            continue
        if turn.comma and tokens[at].low in _LEADS_ON:
            continue  # "X raconte que quand il est venu, | Paul lui a dit « … »"
        if any(t.kind is QUOTE or is_finite_form(t.low) for t in tokens[at : turn.at]):
            return turn.at
    return end
