"""Whom a pronoun of the same clause means: "Quant à Jeanne, elle a ri", "Ils étaient cent élus à crier"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.phrases import PRONOUN, Phrase
from quotes.extraction.proper_names import ADVERBS, PEOPLE, TAKING_UP, TIMES, is_first_name
from quotes.extraction.tokens import QUOTE, Token
from quotes.french.names import gender_of

_CONTRACTED = frozenset({"au", "aux"})
_OF_SEVERAL = frozenset({"ils", "elles"})
_ARE = frozenset({"sont", "étaient", "seront", "furent", "été"})
_DOING = 8  # tokens of ", mardi, sous la pluie, | à scander"
_LONGEST = 24  # tokens between "quant" and the pronoun: "quant au maire, Paul Roy, élu en mai, il"


def put_in_front(tokens: Sequence[Token], phrases: Sequence[Phrase], pronoun: Phrase) -> int | None:
    """Whom a pronoun takes up, by its number in ``phrases``: "Quant au préfet, | il précise"."""
    at = pronoun.first
    if pronoun.kind is not PRONOUN or pronoun.head not in TAKING_UP:
        return None
    if at < 3 or tokens[at - 1].text != ",":
        return None
    for k, phrase in enumerate(phrases):
        if phrase.first >= at:
            return None
        lead = phrase.first - (1 if phrase.determiner in _CONTRACTED else 2)
        if lead < 0 or tokens[lead].low != "quant" or phrase.kind is PRONOUN:
            continue
        between = tokens[phrase.last : at]
        whole = len(between) < _LONGEST and all(t.kind is not QUOTE for t in between)
        return k if whole and between[0].text == "," and _may_be(tokens, phrase, pronoun) else None
    return None


def counted_behind(tokens: Sequence[Token], phrases: Sequence[Phrase], pronoun: Phrase) -> int | None:
    """Whom a pronoun is told to mean, by the phrase's number: "Ils étaient | deux cents élus | à crier"."""
    if pronoun.kind is not PRONOUN or pronoun.head not in _OF_SEVERAL:
        return None
    at = pronoun.last
    while at < len(tokens) and (tokens[at].low in _BEFORE_COUNT or tokens[at].low in _ARE):
        at += 1
    k = next((k for k, p in enumerate(phrases) if p.first >= at), None)
    if k is None or phrases[k].first != at or tokens[at - 1].low not in _LEADING_TO_COUNT:
        return None
    crowd = phrases[k]
    counted = crowd.noun is not None and (crowd.noun.kind in PEOPLE or crowd.noun.kind == "group")
    doing = any(t.low == "à" for t in tokens[crowd.last : crowd.last + _DOING])
    return k if counted and doing and crowd.number == "p" and crowd.determiner else None


_BEFORE_COUNT = ADVERBS | TIMES | {"ont", "avaient", "quelque", "environ", ","}
_LEADING_TO_COUNT = _BEFORE_COUNT | _ARE


def _may_be(tokens: Sequence[Token], phrase: Phrase, pronoun: Phrase) -> bool:
    """Whether number and gender allow that a pronoun means a phrase."""
    gender = phrase.gender
    if gender is None and phrase.name is not None and is_first_name(tokens[phrase.name[0]].text):
        gender = gender_of(tokens[phrase.name[0]].text)
    return phrase.number == pronoun.number and gender in (None, pronoun.gender)
