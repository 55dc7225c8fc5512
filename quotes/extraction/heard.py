"""Voices and the places of crowds, which are people where they are heard: "a crié une voix"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.proper_names import PREPOSITIONS
from quotes.extraction.tokens import WORD, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import Noun, noun
from quotes.french.verbs import AUXILIARIES, FORMS

MAY_BE_HEARD = word_class("places_of_crowds") | {"voix"}
_OUTCRY = word_class("verbs_of_crying") | word_class("verbs_of_outcry")
_UNKNOWN = frozenset({"une", "des", "plusieurs", "quelques", "d'", "de", "deux", "trois"})
_CARRYING = frozenset({"avoir", "être"})
_LONGEST_SUBJECT = 9  # tokens of a crowd and its complement before the verb


def heard(tokens: Sequence[Token], i: int, at: int) -> Noun | None:
    """Who is heard in a place, or as a voice: "a crié une | voix", "scandent les | bancs de la gauche"."""
    low, determiner = tokens[at].low, tokens[i].low
    if i == at:
        return None
    said = _lemmas_of_verb(tokens, i - 1)
    if low == "voix":
        led = tokens[i - 1].low in PREPOSITIONS if i else False  # "d'une seule voix"
        if led or determiner not in _UNKNOWN or not (said or _says_soon(tokens, at + 1, None)):
            return None
        return Noun(low, "description", "f", "s" if determiner == "une" else "p")
    cried = not said.isdisjoint(_OUTCRY) or (bool(said) and not noun(low))  # "dit la | tribune": a text
    if not cried and not _says_soon(tokens, at + 1, _OUTCRY):
        return None
    return Noun(low, "group", None, "p" if low.endswith("s") else "s")


def _lemmas_of_verb(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The verbs of saying that may stand at ``at`` with who speaks behind: "crient |", "a crié |"."""
    done = at > 0 and tokens[at - 1].low in AUXILIARIES
    forms = FORMS.get(tokens[at].low, ()) if at >= 0 else ()
    return frozenset(
        f.lemma
        for f in forms
        if (f.mood == "indicative" and f.person == 3) or (done and f.mood == "past_participle")
    )


def _says_soon(tokens: Sequence[Token], at: int, verbs: frozenset[str] | None) -> bool:
    """Whether a verb of saying (or one of ``verbs``) follows in the same clause: "une voix | suave a dit"."""
    for k in range(at, min(at + _LONGEST_SUBJECT, len(tokens))):
        if tokens[k].kind is not WORD:
            return False
        lemmas = _lemmas_of_verb(tokens, k) - _CARRYING
        if lemmas and (verbs is None or not lemmas.isdisjoint(verbs)):
            return True
    return False
