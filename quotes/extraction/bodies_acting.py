"""Which body does "selon elle", "pour lui" mean? The one that the sentence before lets take a stand.

"Léa Blanc a annoncé la fermeture. La CGT s'y oppose. Selon elle, « … »": where a body reacts, who was spoken
of before it is not meant; where it only does something ("La ville compte trois ponts"), he may be.
"""

from __future__ import annotations

from quotes.extraction.carrier import Carrier, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import CONTRACTED, PEOPLE
from quotes.extraction.subjects import bare, stands_as_subject, subject_before
from quotes.french.grammar import word_class
from quotes.french.verbs import forms_of

_STANDS = word_class("verbs_of_taking_a_stand")
_FEELINGS = word_class("feelings_of_somebody")
_BODIES = frozenset({"organization", "group"})
_CREDITING = frozenset({"selon", "pour", "après"})
_TONIC = {"lui": "m", "elle": "f"}
_FARTHEST_CUE = 4  # tokens: "Mais pour | elle,"
_MOVING = forms_of(word_class("verbs_of_moving"))
_NEGATIONS = word_class("negations")
_INVERTING = frozenset({"que", "qu'"})
_LONGEST_INSERTION = 6  # tokens between a body and its verb: "La CGT, elle, | réclame"


def crediting_pronoun(carrier: Carrier) -> tuple[int, str]:
    """Where a sentence opens with "selon elle", "pour lui", and its gender; −1 where it doesn't."""
    lows = carrier.lows[: _FARTHEST_CUE + 1]
    if _CREDITING.isdisjoint(lows):
        return -1, ""
    for at, low in enumerate(lows[:-1]):
        if low in _CREDITING and lows[at + 1] in _TONIC:
            return at - (low == "après" and at > 0), _TONIC[lows[at + 1]]
    return -1, ""


def body_taking_a_stand(carrier: Carrier, gender: str) -> Phrase | None:
    """The body of a gender that reacts in a sentence in which nobody of that gender acts."""
    bodies = [k for k, p in enumerate(carrier.phrases) if _is_body(p, gender)]
    if not bodies or any(_is_person(carrier, p, gender) for p in carrier.phrases):
        return None
    return next((whole(carrier, k) for k in bodies if _takes_a_stand(carrier, k)), None)


def _is_body(phrase: Phrase, gender: str) -> bool:
    if phrase.number != "s" or phrase.gender not in (None, gender) or phrase.kind is PRONOUN:
        return False
    named = phrase.kind is NAME and phrase.noun is None and bool(phrase.determiner)
    return named or (phrase.noun is not None and phrase.noun.kind in _BODIES)


def _is_person(carrier: Carrier, phrase: Phrase, gender: str) -> bool:
    """Whether somebody of a gender acts in the sentence, who may be meant rather than a body."""
    if phrase.number != "s" or phrase.gender not in (None, gender) or not bare(phrase, carrier.tokens):
        return False
    if phrase.kind is PRONOUN:
        return phrase.head in ("il", "elle")
    return (phrase.kind is NAME and not phrase.determiner) or (
        phrase.noun is not None and phrase.noun.kind in PEOPLE
    )


def _takes_a_stand(carrier: Carrier, k: int) -> bool:
    """Whether a body reacts, or is moved: "La CGT proteste", "que dénonce la CGT", "la colère de la CGT"."""
    phrase, tokens = carrier.phrases[k], carrier.tokens
    if stands_as_subject(carrier, k):
        return any(
            0 <= g.first - phrase.last <= _LONGEST_INSERTION
            and _reacts(g)
            and subject_before(carrier, g) in (phrase, whole(carrier, k))
            for g in carrier.verbs
        )
    negated = tokens[phrase.first - 1].low in _NEGATIONS  # "que ne partage | pas | la CGT"
    inverted = (g for g in carrier.verbs if g.last == phrase.first - negated and _reacts(g))
    if any(not _INVERTING.isdisjoint(carrier.lows[max(0, g.first - 3) : g.first]) for g in inverted):
        return True
    link = phrase.first - (phrase.determiner not in CONTRACTED)
    felt = tokens[link].low in ("de", "d'", "du") and tokens[link - 1].low in _FEELINGS
    return felt or tokens[phrase.first - 1].low in _MOVING


def _reacts(group: VerbGroup) -> bool:
    if not group.finite or group.passive or group.verb is None:
        return False
    return group.verb.head in _STANDS
