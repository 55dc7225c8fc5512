"""Whose post it is: the name of its bearer inside a description, "la maire de Brume | Jeanne Roy"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    DEFINITE,
    ENGLISH_LINKS,
    PLAIN_LINKS,
    TITLES_LOW,
    Vocabulary,
    is_first_name,
    known_body_end,
    person_noun,
)
from quotes.extraction.tokens import Token, spelt
from quotes.extraction.worded_names import party_end
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS, ORGANIZATIONS, PARTICLES, PLACES

A_LINKS = frozenset({"à", "au", "aux", "en", "pour", "chez", "près", "auprès", "contre"})
# Nouns that a body's own name follows: "le directeur de l'agence Bleue".
NAMED_BODIES = word_class("named_bodies")
_BEAR_PEOPLES_NAMES = word_class("named_after_people")
_LONGEST_ACRONYM = 6  # letters
_INSIDE_A_NAME = PARTICLES | ENGLISH_LINKS | {"&"}
_SAINTS = frozenset({"saint", "sainte", "st", "ste"})


def party_behind(tokens: Sequence[Token], at: int, noun_end: int) -> int:
    """Where the party or union of somebody's post ends: "le délégué | Force ouvrière"; 0 if none begins here.

    Right behind the post, at ``noun_end``, it may be one that no list knows: "le sénateur | UDV de la Vère".
    """
    known = party_end(tokens, at)
    if known or at != noun_end:
        return known
    acronym = 1 < len(tokens[at].text) < _LONGEST_ACRONYM and tokens[at].text.isupper()
    linked = at + 1 < len(tokens) and (tokens[at + 1].low in PLAIN_LINKS or tokens[at + 1].text == "(")
    return at + 1 if acronym and linked else known_body_end(tokens, at)


def name_inside(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> int | None:
    """Where, in a description, the name of its bearer begins: "la maire de Lyon | Jeanne Roy"."""
    if at == end:
        return None
    at = next((party for k in range(at, end) if (party := party_behind(tokens, k, at))), at)
    start = end
    inside = _INSIDE_A_NAME
    while start > at and (tokens[start - 1].capital or (tokens[start - 1].low in inside and start < end)):
        start -= 1
    while start < end and not tokens[start].capital:
        start += 1
    while start < end and tokens[start].low in TITLES_LOW:
        start += 1
    if start >= end or tokens[start].low in DEFINITE:
        return None
    if start + 2 < end and tokens[start].text.isupper() and is_first_name(tokens[start + 1].text):
        start += 1  # "des sénateurs LR | Jean Roy"
    length = end - start
    if length == 1 and fold(tokens[start].text) in DEMONYMS and not is_first_name(tokens[start].text):
        return None  # "le président Français"
    if not _is_complement(tokens, at, start):
        previous = tokens[start - 1].low if start > at else ""
        inner = person_noun(previous) if start - 2 >= at else None
        if inner is not None and inner.number == "s" and _linked(tokens, at, start - 1):
            return None  # "un proche du président | Jean Roy": the inner post's bearer
        bodies = {t.low for t in tokens[max(at, start - 4) : start]} & NAMED_BODIES
        # "l'école Jules-Ferry": after a body one word with a hyphen is whom it is named after
        patron = length == 1 and "-" in tokens[start].text and previous in bodies
        if bodies and (patron or not is_first_name(tokens[start].text)):
            # "envoyée de la radio locale privée Canal Neuf", "président de la région Centre | Paul Roy"
            patron = patron or not bodies.isdisjoint(_BEAR_PEOPLES_NAMES)
            return None if patron else _behind_another_name(tokens, start, end, words)
        if previous in TITLES_LOW or start == at:
            return start if not _place_or_body(tokens, start, end) else None
        if length == 1 and not is_first_name(tokens[start].text):
            return (
                start
                if tokens[start].low not in ("ps", "lr", "rn") and not _place_or_body(tokens, start, end)
                else None
            )
        return start if not _place_or_body(tokens, start, end) else None
    return _behind_another_name(tokens, start, end, words)


def _behind_another_name(tokens: Sequence[Token], start: int, end: int, words: Vocabulary) -> int | None:
    """ "patron de TikTok | Shou Chew": the complement's own name, at ``start``, comes first."""
    for k in range(start + 1, end - 1):
        if not (tokens[k].capital and tokens[k - 1].capital) or tokens[k - 1].low in _SAINTS:
            continue  # "l'université Saint Thomas d'Aquin"
        if is_first_name(tokens[k].text) or " ".join(t.low for t in tokens[k:end]) in words.names:
            return k
    return None


def _is_complement(tokens: Sequence[Token], at: int, start: int) -> bool:
    """Whether the name at ``start`` is linked to what is before it: "l'avocat de M. Roy" is another."""
    while start > at and tokens[start - 1].low in TITLES_LOW:
        start -= 1
    if start == at:
        return False
    low = tokens[start - 1].low
    if low == "et":
        return tokens[start - 2].capital  # "des Impôts et Domaines"
    if low in _BEAR_PEOPLES_NAMES or low in BEFORE_NOUN:
        # "la proviseure du lycée | Victor Hugo", "la mère de la petite | Lina"
        return _linked(tokens, at, start - (low not in BEFORE_NOUN))
    return low in PLAIN_LINKS or low in A_LINKS or low in DEFINITE


def _linked(tokens: Sequence[Token], lowest: int, at: int) -> bool:
    """Whether the noun at ``at`` is the complement of another: "du président", "de l'ancienne ministre"."""
    at -= 1
    while at >= lowest and (tokens[at].low in BEFORE_NOUN or tokens[at].low in ("la", "le", "l'", "les")):
        at -= 1
    return at >= lowest and tokens[at].low in PLAIN_LINKS


def _place_or_body(tokens: Sequence[Token], start: int, end: int) -> bool:
    key = fold(spelt(tokens, start, end))
    return (
        key in PLACES
        or key in ORGANIZATIONS
        or (end - start == 1 and tokens[start].text.isupper() and len(tokens[start].text) < 6)
    )
