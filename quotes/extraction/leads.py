"""What stands before the noun of a description: "plusieurs anciens |", "la plupart des |", "l'un des |"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    CONTRACTED,
    DEMONSTRATIVE,
    DETERMINERS,
    FUNCTION_WORDS,
    INDEFINITE,
    POSSESSIVE,
    PREPOSITIONS,
    TIMES,
    person_noun,
)
from quotes.extraction.tokens import NUMBER, WORD, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS

_TENS = word_class("tens")
QUANTIFIERS = word_class("group_quantifiers")


def compound_length(tokens: Sequence[Token], i: int) -> int:
    """How many words at ``i`` are one word for a person or a body ("tête de liste"); 0 where none is."""
    for rest in COMPOUNDS.get(tokens[i].low, ()):
        if [t.low for t in tokens[i + 1 : i + 1 + len(rest)]] == rest:
            return 1 + len(rest)
    return 0


COMPOUND_BODIES = word_class("compound_bodies")
COMPOUND_GROUPS = word_class("compound_groups")
COMPOUNDS: dict[str, list[list[str]]] = {}  # what follows their first word, which may have "ex-"
for _words in (
    COMPOUND_BODIES
    | COMPOUND_GROUPS
    | word_class("compound_people")
    | {w for w in word_class("people_in_marks") if " " in w}
):
    _first, *_rest = _words.split()
    for _spelt in (_first, f"ex-{_first}"):
        COMPOUNDS.setdefault(_spelt, []).append(_rest)


_MOST_BEFORE = 7  # words between a determiner and its noun


def lead_to_noun(tokens: Sequence[Token], i: int) -> tuple[str, int, int, bool] | None:
    """Read "plusieurs anciens |", "la plupart des |", "l'un des |" up to the noun; ``None`` at no noun.

    The determiner, where it goes on after that, where the noun stands, and whether it is quantified.
    """
    low, count = tokens[i].low, len(tokens)
    determiner = low if low in _LEADING else ""
    begin = at = _past_units(tokens, i) if determiner in _TENS else i + bool(determiner)
    quantified = False
    for _ in range(_MOST_BEFORE):
        if at >= count:
            return None
        token = tokens[at]
        if token.low in MAY_PRECEDE:
            step = _quantity(tokens, at, determiner)
            quantified = quantified or step > 0
            step = step or _before_noun(tokens, at, determiner, opens=at == begin)
            if not step:
                break
            at += step
        elif token.kind is NUMBER and determiner:
            at = after_range(tokens, at)
        else:
            break
    if at >= count or tokens[at].kind is not WORD:
        return None
    return determiner, begin, at, quantified


def _past_units(tokens: Sequence[Token], i: int) -> int:
    """The token after the tens at ``i`` and the one that is joined to them: "soixante | et onze | élèves"."""
    joined = [t.low for t in tokens[i + 1 : i + 3]]
    return i + 3 if joined[:1] == ["et"] and joined[-1] in ("un", "une", "onze") else i + 1


def after_range(tokens: Sequence[Token], at: int) -> int:
    """The token after a number, or after two that are the bounds of one: "30 à 40"."""
    between = at + 2 < len(tokens) and tokens[at + 1].low in ("à", "ou")
    return at + 3 if between and tokens[at + 2].kind is NUMBER else at + 1


def _quantity(tokens: Sequence[Token], at: int, determiner: str) -> int:
    """How many words of "une dizaine de", "la plupart des" stand at ``at``."""
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low not in QUANTIFIERS or following not in ("de", "des", "d'", "du"):
        return 0
    if (
        determiner not in ("un", "une", "des", "quelques", "plusieurs", "")
        and low not in _DEFINITE_QUANTITIES
    ):
        return 0
    return 2 + (at + 2 < len(tokens) and tokens[at + 2].low in DETERMINERS)


def _before_noun(tokens: Sequence[Token], at: int, determiner: str, *, opens: bool) -> int:
    """How many words at ``at`` may stand before a noun: "ancien", "de" of "beaucoup de", "un des"."""
    low = tokens[at].low
    if low in _DEGREES and at + 2 < len(tokens) and person_noun(tokens[at + 2].low):
        return 2  # "le très discret | patron"
    if low in ("plus", "moins") and (determiner == "les" if opens else tokens[at - 1].low == "des"):
        return 1  # "les plus optimistes", "l'un des plus anciens pêcheurs"
    heads = person_noun(low) and _is_head(tokens, at)
    if low in BEFORE_NOUN and not (heads or compound_length(tokens, at)):
        return 1
    if opens and low in ("de", "des", "d'") and determiner in _TAKE_DE:
        owned = at + 1 < len(tokens) and low != "des" and tokens[at + 1].low in _OWNING
        return 1 + owned  # "deux de | ses collègues"
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    one = low in ("l'un", "un", "une") and determiner == "l'" and following in ("des", "de", "d'")
    return 2 if one else 0  # "l'un des avocats"


_DEFINITE_QUANTITIES = frozenset(
    {"plupart", "majorité", "moitié", "ensemble", "reste", "totalité", "quasi-totalité"}
)
_OWNING = POSSESSIVE | DEMONSTRATIVE
_LEADING = DETERMINERS | {"beaucoup"}
MAY_PRECEDE = QUANTIFIERS | BEFORE_NOUN | {"plus", "moins", "de", "des", "d'", "l'un", "un", "une"}
_DEGREES = frozenset({"très", "si", "trop"})
_TAKE_DE = frozenset(
    {"beaucoup", "d'", "certains", "certaines", "un", "une", "plusieurs", "aucun", "aucune"}
) | (
    INDEFINITE & BEFORE_NOUN - {"chaque"}  # "deux des organisateurs"
)


_DONE = ("és", "ées")
_BEHIND_DONE = PREPOSITIONS | CONTRACTED | TIMES


def _is_head(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that may be adjective or noun ("premier", "jeune") stands as the noun here."""
    if at + 1 >= len(tokens):
        return True
    following = tokens[at + 1]
    post = person_noun(following.low) or following.low in BEFORE_NOUN  # "l'ancien | Premier ministre X"
    if following.kind is not WORD or (following.capital and not post):
        return True
    if noun(following.low) or following.low in BEFORE_NOUN:
        return False
    if at + 2 < len(tokens) and following.low.endswith(_DONE) and tokens[at + 2].low in _BEHIND_DONE:
        return True  # "des jeunes | rencontrés à Brume"
    # "une première action": a word that no list knows is rather the noun
    return following.low in FUNCTION_WORDS or following.low in FORMS or following.low.startswith("-")
