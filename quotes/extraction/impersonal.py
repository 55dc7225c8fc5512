"""Who is the impersonal "on"? Those at the place that the sentence names: "explique-t-on au ministère".

And what nobody says at all: "il faut rappeler que", "on peut dire que", "cela confirme que".
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import DESCRIPTION, PRONOUN, Phrase
from quotes.extraction.proper_names import ADVERBS, CLITICS, DETERMINERS, PEOPLE, PLAIN_LINKS, is_first_name
from quotes.extraction.tokens import WORD, Token
from quotes.french.grammar import word_class
from quotes.french.verbs import FORMS

SOURCES = frozenset({"source", "sources"})
_AT = frozenset({"à", "en", "dans", "chez", "au", "aux", "place", "rue", "quai", "côté", "auprès"})
_CONTRACTED = frozenset({"du", "des", "au", "aux"})
_ARTICLES = frozenset({"le", "la", "l'", "les"})
_SIDES = frozenset({"côté", "auprès", "sein"})  # "du côté de", "auprès de", "au sein de"
# "chez les commerçants", "du côté des plaignants", "dans les rangs des grévistes"
_OF_PEOPLE = frozenset({"chez", "côté", "auprès", "rangs"})
_BEFORE_NAMES = frozenset({"à", "chez", "place", "quai", "au", "aux", "du"})
_INSIDE = word_class("inside_of_bodies")
_RUMOUR = word_class("places_of_rumour")
_IMPERSONAL = word_class("impersonal_verbs")
_NEEDS = frozenset({"faut", "fallait", "faudra", "faudrait", "convient", "conviendrait"})
_BE = frozenset({"est", "était", "serait", "sera"})
_CHARGES = word_class("impersonal_leads")
_NOBODYS = frozenset({"cela", "ça", "ceci", "rien", "nul", "nulle", "personne"})
_ALLOWS = frozenset({"permet", "permettent", "permettait", "permettrait"})
_GOES = frozenset({"va", "allait"})  # "il va sans dire que"
_MAY = frozenset({"peut", "pourrait", "pourra", "pouvait", "doit", "devrait", "ose", "oserait"})
_HEARD = frozenset({"entendu", "entend", "entendent", "entendait", "entendaient"})
_BEFORE_VERB = CLITICS | ADVERBS | {"ne", "n'", "pas", "plus"}
_LEAD = 7  # tokens of "est important et intéressant de | souligner"
_OPENING = 4  # tokens before the place that a sentence opens with: "Mais du côté de la mairie, on"
_BEHIND = 4  # tokens between the verb and the place: "assurait-on hier encore chez X"


def is_on(phrase: Phrase | None) -> bool:
    """Whether a phrase is the pronoun "on"."""
    return phrase is not None and phrase.kind is PRONOUN and phrase.head == "on"


def those_at(tokens: Sequence[Token], phrases: Sequence[Phrase], group: VerbGroup | None,
             subject: Phrase | None) -> int | None:  # fmt: skip
    """Who "on" are, by their number in ``phrases``, or ``None``.

    ``group`` is the verb that has it as its clitic ("explique-t-on au ministère de X"), ``subject`` the
    pronoun that stands before a verb ("du côté de la mairie, on se veut serein").
    """
    for k, phrase in enumerate(phrases):
        if phrase.kind is DESCRIPTION and phrase.head in SOURCES:
            return k  # "De source policière, on précise que"
        start, where = place_of(tokens, phrase)
        if start < 0 or not _are_there(phrase, where):
            continue
        if group is not None and group.clitic and 0 <= start - group.last <= _BEHIND:
            return k
        if subject is not None and (
            _opens(tokens, phrase, start, subject) or _leads_to_where(tokens, phrase, subject)
        ):
            return k
    return None


def place_of(tokens: Sequence[Token], phrase: Phrase) -> tuple[int, str]:
    """Where the words of place begin that lead to a phrase, and the first of them; −1 for none.

    "au | siège du | parti", "du | côté de | la mairie", "chez | les pompiers".
    """
    contracted = phrase.determiner in _CONTRACTED
    at = phrase.first - (not contracted)
    if at < 0:
        return -1, ""
    low = tokens[at].low
    if low in PLAIN_LINKS and at:
        before = tokens[at - 1].low
        if before in _SIDES:
            return at - 1 - (at > 1 and tokens[at - 2].low in ("du", "au", "de")), before
        if before not in _INSIDE:
            return -1, ""
        at -= 2
        at -= at > 0 and tokens[at].low in _ARTICLES
        low = tokens[at].low if at >= 0 else ""
        if low in _AT and before == "rangs":
            return at, before
    return (at, low) if low in _AT else (-1, "")


def _are_there(phrase: Phrase, where: str) -> bool:
    """Whether those at a place may speak: of a body, a ministry's town, people; not "au village"."""
    if phrase.kind is PRONOUN:
        return False
    if phrase.noun is None:
        if where == "à" and is_first_name(phrase.head.partition(" ")[0]):
            return False  # "a-t-on répondu | à Jeanne Roy"
        return bool(phrase.determiner) or phrase.before in _BEFORE_NAMES or where in _OF_PEOPLE
    if phrase.noun.kind in PEOPLE:
        return phrase.number == "p" and where in _OF_PEOPLE
    return phrase.noun.kind in ("organization", "group") and phrase.head not in _RUMOUR


def _leads_to_where(tokens: Sequence[Token], phrase: Phrase, subject: Phrase) -> bool:
    """Whether a relative clause tells what they do at a place: "à la mairie, où l' | on redoute"."""
    where = subject.first - 1 - (tokens[subject.first - 1].low == "l'")
    return where > 0 and tokens[where].low == "où" and where - 1 <= phrase.last <= where


def _opens(tokens: Sequence[Token], phrase: Phrase, start: int, subject: Phrase) -> bool:
    """Whether a place opens the clause of a subject: "Du côté des plaignants(, qui …), on se dit"."""
    opening = start <= _OPENING or tokens[start - 1].text == ","
    return (
        opening
        and phrase.last < subject.first
        and tokens[phrase.last].text == ","
        and tokens[subject.first - 1].text == ","
    )


def is_said_by_nobody(tokens: Sequence[Token], group: VerbGroup) -> bool:
    """Whether nobody says what a verb governs: "il convient de | rappeler que", "rien ne | confirme que"."""
    at = group.first - 1
    while at >= 0 and tokens[at].low in _BEFORE_VERB:
        at -= 1
    if at < 0:
        return False
    low = tokens[at].low
    if group.finite:
        if low == "il":
            return tokens[group.first].low in _IMPERSONAL
        if low == "on":
            first = tokens[group.first].low
            may = first in _MAY and group.last - group.first > 1
            return may or any(f.tense == "future" for f in FORMS.get(first, ()))
        if low == "qui":
            # "ce qui veut dire que", but "ce qui fait dire à X que"
            return at > 0 and tokens[at - 1].low == "ce" and tokens[group.last].low not in ("à", "au", "aux")
        return low in _NOBODYS and (at == 0 or tokens[at - 1].low not in DETERMINERS)
    if group.mood != "infinitive":
        return False
    return low in _HEARD or _is_led_by_nobody(tokens, at)


def _is_led_by_nobody(tokens: Sequence[Token], at: int) -> bool:
    """Whether what leads an infinitive has no subject: "force est de | constater", "autant | dire"."""
    for j in range(at, max(-1, at - _LEAD), -1):
        token = tokens[j]
        low = token.low
        if token.kind is not WORD or low in ("que", "qu'", "qui"):
            return False
        if low in _NEEDS or low in _CHARGES:
            return True
        before = j - 1 - (j > 0 and tokens[j - 1].low in ("ne", "n'"))
        subject = tokens[before].low if before >= 0 else ""
        if low in _IMPERSONAL or low in _BE:
            return subject in ("il", "c'") or subject in _CHARGES
        if low in _GOES:
            return subject in ("il", "cela", "ça")
        if low in _ALLOWS:
            return subject in _NOBODYS
    return False
