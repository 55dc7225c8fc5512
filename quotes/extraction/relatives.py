"""Whom a relative pronoun stands for: *Paul Roy, un pêcheur interrogé par l'agence, | qui* …"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.bare_posts import BEFORE_POST
from quotes.extraction.carrier import Carrier, joined, whole
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    CLITICS,
    CONTRACTED,
    OPENERS,
    PREPOSITIONS,
    TIMES,
    is_first_name,
)
from quotes.extraction.tokens import NUMBER, WORD, Token
from quotes.french.verbs import is_indicative

PLACED = frozenset({"à", "en", "dans", "sur", "près", "au", "aux"})
_OF_SEVERAL = frozenset(
    {"dont", "de", "d'", "tous", "toutes", "venus", "venues", "issus", "issues", "réunis", "réunies"}
)
_LONGEST_COUNT = 8  # tokens of ", dont certaines masquées,"
_ASIDE = frozenset({"hors", "dehors", "loin"})
_JOINING = frozenset({"et", "ou", "mais", "ni"})
_LONGEST_DESCRIPTION = 14  # tokens between the commas
_LEAD_TO_ANOTHER = frozenset({"par", "à", "de", "contre", "envers", "chez", "pour"})
_GOVERNING = (PREPOSITIONS | CONTRACTED) - {"comme"}


def antecedent(carrier: Carrier, qui: int, number: str) -> Phrase | None:
    """The phrase that "qui" stands for: the one that ends just before it, of its verb's number."""
    if qui > 1 and carrier.tokens[qui - 1].low in ("et", "mais", "ou"):
        k = _qualified_before(carrier, qui, number)
        return None if k is None else whole(carrier, k)
    end = _before_link(carrier, qui)
    described = _described_by_insertion(carrier, end, number) if end < qui else None
    if described is not None:
        return whole(carrier, described)
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.last == end or (phrase.first < end < phrase.last):
            if (
                k
                and end < qui
                and phrase.kind is NAME
                and phrase.noun is None
                and phrase.before in PLACED
                and not _is_no_place(carrier.tokens, phrase)
            ):
                end = carrier.phrases[k - 1].last  # "Paul Roy, coordinateur | à Brume, qui …"
                continue
            if k and phrase.last == end and _complement_of_another_number(carrier, k, number):
                end = carrier.phrases[k - 1].last  # "un membre du conseil | des anciens | qui annonce"
                continue
            if k and _apposed_post(carrier, k):
                return whole(carrier, k - 1)  # "la viticultrice, également présidente de la cave, qui"
            if (phrase.number, number) == ("s", "p") and end < qui and not joined(carrier, k):
                return None  # "des accords avec le Chili, qui ont permis …"
            return whole(carrier, k)
        if phrase.last < end - 6:
            break
    return None


def _before_link(carrier: Carrier, qui: int) -> int:
    """Where what "qui" may stand for ends: before a comma, a time, a bracket."""
    tokens, end = carrier.tokens, qui
    if end and tokens[end - 1].text == ",":
        end = _before_aside(tokens, _before_insertion(carrier, end - 1))
    if end > 1 and tokens[end - 1].low in OPENERS and tokens[end - 2].kind is NUMBER:
        end -= 2  # "un article paru dans le Courrier lundi 3 mai, qui rappelle"
    if end > 1 and tokens[end - 1].low in TIMES:
        end -= 1
    if end and tokens[end - 1].text == ")":
        end = next((j for j in range(end - 1, max(-1, end - 12), -1) if tokens[j].text == "("), end)
    return end


def _described_by_insertion(carrier: Carrier, end: int, number: str) -> int | None:
    """Who is described by what ends at a comma with somebody else's name, by the number of his phrase.

    "Paul Roy |, un pêcheur interrogé par l'agence, qui", "Paul Roy |, pourtant proche de Jeanne Amiel, qui".
    """
    tokens, phrases = carrier.tokens, carrier.phrases
    if not any(p.last == end and p.before in _LEAD_TO_ANOTHER for p in phrases):
        return None
    least = max(0, end - _LONGEST_DESCRIPTION)
    comma = next((j for j in range(end - 1, least, -1) if tokens[j].text == ","), 0)
    if not comma or not _describes(tokens[comma + 1 : end]):
        return None
    apposed = next((p for p in phrases if p.first == comma + 1), None)
    if apposed is not None and apposed.number != number:
        return None
    described = (k for k, p in enumerate(phrases) if p.last == comma and p.kind is not PRONOUN)
    return next((k for k in described if phrases[k].number == number), None)


def _describes(words: Sequence[Token]) -> bool:
    """Whether these words are an apposition: "un pêcheur reçu par", "proche de", no clause, no addition."""
    opening = words[0]
    return (
        opening.kind is WORD
        and not opening.low.endswith("ant")
        and not any(is_indicative(t.low) for t in words)
        and not any(opening.low in others for others in (PREPOSITIONS, CONTRACTED, _JOINING, CLITICS))
    )


def _qualified_before(carrier: Carrier, at: int, number: str) -> int | None:
    """Of whom a second thing is told before ``at``: "des élus mécontents du texte | et qui promettent".

    Who is governed inside the first thing is passed over: "la foule, tenue à l'écart par l'armée | et qui".
    """
    found = None
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.first >= at or phrase.number != number or phrase.kind is PRONOUN:
            continue
        if found is not None and has_verb(carrier.tokens, phrase.last, carrier.phrases[found].first):
            break
        if found is None or _is_closed_off(carrier.tokens, phrase):
            found = k
        if phrase.before not in _GOVERNING and phrase.determiner not in CONTRACTED:
            break
    return found


def _is_closed_off(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a comma parts a phrase from what is told of it: "la foule|, tenue à l'écart"."""
    return phrase.last < len(tokens) and tokens[phrase.last].text == ","


def _is_no_place(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a name is no place's: "a répondu à | Jeanne Roy", "à | Mme Roy", "à la | CGT"."""
    first = tokens[phrase.name[0] if phrase.name is not None else phrase.first].text
    if phrase.title or (first.isupper() and len(first) > 1):
        return True
    return phrase.last - phrase.first > 1 and is_first_name(tokens[phrase.first].text)


def _before_insertion(carrier: Carrier, comma: int) -> int:
    """Where what is told of several begins that ends at a comma: "des jeunes |, dont certains masqués,".

    "Des maires |, de droite comme de gauche,", "des éleveurs |, venus de partout,".
    """
    tokens = carrier.tokens
    for j in range(comma - 1, max(0, comma - _LONGEST_COUNT), -1):
        if tokens[j].kind not in (WORD, NUMBER):
            break
        if tokens[j].low in _OF_SEVERAL and tokens[j - 1].text == ",":
            end = j - 1 - (tokens[j - 2].low in TIMES)
            return j - 1 if tokens[j].low == "dont" or any(p.last == end for p in carrier.phrases) else comma
    return comma


def _before_aside(tokens: Sequence[Token], end: int) -> int:
    """Where an aside begins that ends at ``end``: "un collectif|, loin de tout parti, qui réclame"."""
    for j in range(end - 1, max(0, end - _LONGEST_COUNT), -1):
        if tokens[j].kind is not WORD:
            aside = tokens[j].text == "," and tokens[j + 1 + (tokens[j + 1].low == "en")].low in _ASIDE
            return j if aside else end
    return end


def _apposed_post(carrier: Carrier, k: int) -> bool:
    """Whether a post without an article goes on who is described before it."""
    phrase, described = carrier.phrases[k], carrier.phrases[k - 1]
    between = carrier.tokens[described.last : phrase.first]
    return (
        phrase.kind is DESCRIPTION is described.kind
        and not phrase.determiner
        and 0 < len(between) < 3
        and between[0].text == ","
        and (len(between) == 1 or between[1].low in BEFORE_POST)
    )


def _complement_of_another_number(carrier: Carrier, k: int, number: str) -> bool:
    """Whether a phrase is the complement of the one before it, and can't be the verb's subject."""
    phrase, outer = carrier.phrases[k], carrier.phrases[k - 1]
    return (
        phrase.kind is DESCRIPTION
        and phrase.number != number == outer.number
        and outer.kind is not PRONOUN
        and (
            (phrase.first == outer.last and phrase.determiner in CONTRACTED)
            or (phrase.first == outer.last + 1 and carrier.tokens[outer.last].low in ("de", "d'"))
        )
    )


def has_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a verb may stand among some tokens."""
    return any(is_indicative(t.low) for t in tokens[start:end])
