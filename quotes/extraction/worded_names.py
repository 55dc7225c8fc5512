"""Names in words of every day: slogans, aims and parties, "le collectif Sauvons nos haies"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.proper_names import CONTRACTED, DEFINITE, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from quotes.extraction.tokens import NUMBER, WORD, Token, spelt
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS
from quotes.french.nouns import Noun, noun
from quotes.french.verbs import FORMS, is_finite_form

_OF_AN_AIM = frozenset({"la", "l'", "le", "les", "un", "une"})
EVERYBODY = frozenset({"tous", "toutes"})
_NEVER_LAST = FUNCTION_WORDS - EVERYBODY  # of a name
_BEFORE_NOUN = DETERMINERS | PREPOSITIONS
_WITH_AIMS = word_class("bodies_with_aims")
_SLOGAN_OPENERS = word_class("slogan_openers")
OF_AN_OBJECT = DETERMINERS - CONTRACTED - {"d'", "de"}
_LONGEST_PARTY = 5  # tokens
_PARTIES = frozenset(key for key, body in ORGANIZATIONS.items() if body.kind == "party")
_PARTY_OPENERS = frozenset(ORGANIZATIONS[key].name.lower().replace("’", "'").split()[0] for key in _PARTIES)
_AHEAD_OF_VERB = frozenset({"y", "ne", "n'", "se", "s'", "lui", "leur", "qui", "que", "qu'", "dont"})
_LINKS_INSIDE = frozenset({"sans", "en", "pour", "contre", "et"})
_LONGEST_WORDED = 6  # tokens of "Mieux vivre en val de Brume"


def worded_name(tokens: Sequence[Token], at: int) -> int:
    """The end of a body's name that begins with a word of every day: "l'association | Bien vivre en Caux"."""
    stops = opens_slogan(tokens, at) or tokens[at].low in PREPOSITIONS  # "l'association | En bonne santé"
    end = at + 1
    while end < min(len(tokens), at + _LONGEST_WORDED) and tokens[end].kind is WORD:
        if tokens[end].low in _AHEAD_OF_VERB:
            break
        if tokens[end].low == "et" and end + 1 < len(tokens) and tokens[end + 1].low in DETERMINERS:
            break
        stops = (
            stops or tokens[end].low in _LINKS_INSIDE
        )  # "l'association Plongeurs sans frontières | dénonce"
        clitic = tokens[end].low in DEFINITE and end + 1 < len(tokens)
        if is_finite_form(tokens[end + clitic].low):
            break  # "… | dénonce", "… | le conteste"
        end += 1
        if tokens[end - 1].capital:
            return end
    # "le collectif Agir enfin | dénonce"
    speaks = end > at + 1 and end < len(tokens) and _says_at_once(tokens, end)
    # "le collectif Stop au béton | dénonce", but "… au projet de marche"
    stops = stops and tokens[end - 1].low not in _NEVER_LAST
    closed = end >= len(tokens) or tokens[end].kind is not WORD or speaks
    return end if closed or stops else at + 1


def _says_at_once(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of saying that is no noun stands at ``at``, and no small word leads up to it."""
    low = tokens[at].low
    says = any(f.mood == "indicative" and f.person == 3 and f.number == "s" for f in FORMS.get(low, ()))
    return says and not noun(low) and tokens[at - 1].low not in _BEFORE_NOUN


def opens_slogan(tokens: Sequence[Token], at: int) -> bool:
    """Whether a body's name that is a slogan begins at ``at``: "Vivre à Brume", "Sauvons nos plages"."""
    token = tokens[at]
    if not token.capital or token.low in _SLOGAN_OPENERS:
        return token.capital
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return token.low.endswith("ons") and following in OF_AN_OBJECT


def numbered_name(tokens: Sequence[Token], at: int) -> int:
    """The end of a body's name that begins with a number: "l'association | 40 millions de piétons"."""
    end = at
    while end < len(tokens) and tokens[end].kind is NUMBER:
        end += 1
    if end + 1 < len(tokens) and tokens[end].low in _MILLIONS and tokens[end + 1].low in ("de", "d'"):
        end += 2
    named = end < len(tokens) and tokens[end].kind is WORD and tokens[end].low not in FUNCTION_WORDS
    return end + 1 if named and end > at and not FORMS.get(tokens[end].low) else at


_MILLIONS = frozenset({"million", "millions", "milliard", "milliards"})


def party_end(tokens: Sequence[Token], at: int) -> int:
    """Where a party's name that begins at ``at`` ends; 0 where none begins."""
    if not tokens[at].capital or tokens[at].low not in _PARTY_OPENERS:
        return 0
    for end in range(min(at + _LONGEST_PARTY, len(tokens)), at, -1):
        if fold(spelt(tokens, at, end)) in _PARTIES:
            return end
    return 0


def is_aim(tokens: Sequence[Token], at: int, entry: Noun) -> bool:
    """Whether a body's aim begins at ``at``: "le collectif | contre la fermeture de la maternité"."""
    return entry.lemma in _WITH_AIMS and aim_follows(tokens, at)


def aim_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether what a body is for or against begins at ``at``: "la Marche | pour tous"."""
    if at + 1 < len(tokens) and tokens[at].low == "pour" and tokens[at + 1].low in EVERYBODY:
        return True  # "la Marche pour tous"
    return (
        at + 2 < len(tokens)
        and tokens[at].low in ("pour", "contre")
        and tokens[at + 1].low in _OF_AN_AIM
        and tokens[at + 2].kind is WORD
        and tokens[at + 2].low not in FUNCTION_WORDS
        and not (
            tokens[at + 2].capital and fold(tokens[at + 2].text) in ORGANIZATIONS
        )  # "Sondaria pour l'Unesco"
    )
