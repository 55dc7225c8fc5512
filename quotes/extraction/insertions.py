"""What may stand between somebody and what is apposed to him: a bracket, an age, a place, a time."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.bare_posts import BEFORE_POST
from quotes.extraction.leads import QUANTIFIERS
from quotes.extraction.phrases import DESCRIPTION, PRONOUN, Phrase
from quotes.extraction.proper_names import DEFINITE, PEOPLE, PLAIN_LINKS, RELATIVES, THE, person_noun
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token
from quotes.french.verbs import FORMS, is_indicative

POST_LINKS = frozenset({"de", "du", "des", "d'", "à", "au", "aux", "en", "dans", "sur", "chez"})
_SHORT_NAME = 40  # characters between marks that may be part of a post: "des « gilets de nuit »"


def past_insertions(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """The comma (or the token) ahead of what is apposed to a phrase that is over at ``at``."""
    if at < len(tokens) and tokens[at].low not in BEFORE_INSERTIONS and tokens[at].kind is not NUMBER:
        return at
    for skip in _INSERTIONS:
        if at >= len(tokens):
            break
        at = skip(tokens, left, at)
    return at


def after_complement(tokens: Sequence[Token], phrases: Sequence[Phrase], k: int) -> int:
    """Where a post is over: "un porte-parole des « Anciens » du Jura | , Jean Roy"."""
    at, r = phrases[k].last, k + 1
    if at >= len(tokens) or tokens[at].low not in POST_LINKS:
        return at
    entry = phrases[k].noun
    if phrases[k].kind is not DESCRIPTION or entry is None or entry.kind not in PEOPLE:
        return at
    while at + 1 < len(tokens) and tokens[at].low in POST_LINKS:
        if tokens[at + 1].kind is QUOTE and tokens[at + 1].end - tokens[at + 1].start <= _SHORT_NAME:
            at += 2
        elif r < len(phrases) and at <= phrases[r].first <= at + 2 and phrases[r].kind is not PRONOUN:
            at, r = phrases[r].last, r + 1
        else:
            break
    if at < len(tokens) and tokens[at].text != "," and tokens[at].text != "(":
        return phrases[k].last
    return at


def _skip_bracket(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """ "le directeur de la police | (DGP), Jean Roy": an acronym, a party, a place."""
    if tokens[at].text != "(":
        return at
    close = next((j for j in range(at, min(at + 8, len(tokens))) if tokens[j].text == ")"), -1)
    return close + 1 if close > 0 else at


def _skip_complements(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """ "le ministre de la Culture|, de la Jeunesse et des Sports, Jean Roy" """
    if left.kind is not DESCRIPTION:
        return at
    listed = whole_list(tokens, at)
    return listed if listed > at else _more_complements(tokens, at)


def _more_complements(tokens: Sequence[Token], at: int) -> int:
    """The comma after ", de la Jeunesse,", which goes on a post; ``at`` if none does."""
    if at + 3 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].low not in PLAIN_LINKS:
        return at
    for j in range(at + 2, min(at + 16, len(tokens))):
        if tokens[j].text == ",":
            return j
        if tokens[j].kind is not WORD or is_indicative(tokens[j].low):
            break
    return at


def whole_list(tokens: Sequence[Token], at: int) -> int:
    """Where a list ends with which a post goes on at a comma: "ministre de la Mer|, du Lac et des Ports".

    Only "et" shows that it is one; ``at`` where none is.
    """
    if at + 3 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].low not in _LISTED:
        return at
    links = PLAIN_LINKS if tokens[at + 1].low in PLAIN_LINKS else _LISTED - PLAIN_LINKS
    joined = False
    for j in range(at + 2, min(at + _LONGEST_LIST, len(tokens))):
        token, links_on = tokens[j], j + 1 < len(tokens) and tokens[j + 1].low in links
        if token.kind is not WORD and (joined or token.text != "," or not links_on):
            return j if joined else at
        if is_indicative(token.low) or token.low in RELATIVES or _people_in_list(tokens, j, links):
            return at
        joined = joined or (token.low == "et" and links_on)
    return at


def _people_in_list(tokens: Sequence[Token], at: int, links: frozenset[str]) -> bool:
    """Whether people stand in a list, who act themselves: "le maire, des | élus et des riverains"."""
    person = person_noun(tokens[at].low) if tokens[at - 1].low in links else None
    return person is not None and person.number == "p"


def _skip_place(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """ "le procureur de Brume|, dans l'est, Jean Roy", "la tête de liste | dans l'est, Jeanne Roy" """
    if left.kind is not DESCRIPTION or left.determiner not in THE:
        return at
    start = at + (tokens[at].text == ",")
    if start >= len(tokens) or tokens[start].low not in _AT_A_PLACE:
        return at
    for j in range(start + 1, min(start + _LONGEST_PLACE, len(tokens))):
        if tokens[j].text == ",":
            return j
        verb = tokens[j].low in FORMS and tokens[j - 1].low not in DEFINITE  # no verb: "dans l'est"
        if tokens[j].kind is not WORD or verb:
            break
    return at


def _skip_adverb(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """ "Léa Roy|, alors une jeune apprentie", "Paul Roy|, à la fois médecin", "Léa|, elle aussi guide" """
    if tokens[at].text != ",":
        return at
    following = [t.low for t in tokens[at + 1 : at + 4]]
    if following == ["à", "la", "fois"]:
        return at + 3
    if following[:1] and following[0] in ("lui", "elle") and following[1:2] == ["aussi"]:
        return at + 2
    return at + 1 if following[:1] and following[0] in BEFORE_POST else at


def _skip_age(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """ "Paul Roy|, 45 ans, boulanger", "Paul Roy |45 ans, boulanger", "Paul|, la cinquantaine, boulanger" """
    age = at + (tokens[at].text == ",")
    if age > at and age + 1 < len(tokens) and tokens[age].low == "la" and tokens[age + 1].low in QUANTIFIERS:
        return age + 2
    if [t.low for t in tokens[age : age + 2]] in (["âgé", "de"], ["âgée", "de"]):
        age += 2
    numbered = age + 2 < len(tokens) and tokens[age].kind is NUMBER and tokens[age + 1].low == "ans"
    return age + 2 if numbered else at


def _skip_time(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """ "Ministre de la Mer | depuis mai, Léa Roy": how long somebody has held a post."""
    if left.kind is not DESCRIPTION or tokens[at].low not in _HOW_LONG:
        return at
    for j in range(at + 1, min(at + _LONGEST_PLACE, len(tokens))):
        if tokens[j].text == ",":
            return j
        if tokens[j].kind not in (WORD, NUMBER) or tokens[j].low in FORMS:
            break
    return at


def _skip_alias(tokens: Sequence[Token], left: Phrase, at: int) -> int:
    """ "Paul Roy|, alias Brumax, ingénieur" """
    if tokens[at].text != "," or at + 1 >= len(tokens) or tokens[at + 1].low not in ("alias", "dit", "dite"):
        return at
    return next((j for j in range(at + 2, min(at + 6, len(tokens))) if tokens[j].text == ","), at)


_INSERTIONS = (
    _skip_bracket, _skip_complements, _skip_place, _skip_time, _skip_age, _skip_alias, _skip_adverb,
)  # fmt: skip
_LISTED = PLAIN_LINKS | {"à", "au", "aux"}
_LONGEST_LIST = 24  # tokens
_HOW_LONG = frozenset({"depuis", "jusqu'en", "entre", "pendant"})
_AT_A_PLACE = frozenset({"dans", "en", "à", "au", "aux", "près"})
_LONGEST_PLACE = 6  # tokens
BEFORE_INSERTIONS = _AT_A_PLACE | _HOW_LONG | {",", "(", "âgé", "âgée"}
