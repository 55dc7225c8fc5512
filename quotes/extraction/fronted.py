"""A clause in front of the main one, which points forward to its subject: "Estimant que P, X a dit"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Carrier, whole
from quotes.extraction.phrases import DESCRIPTION, PRONOUN, Phrase
from quotes.extraction.proper_names import TAKING_UP
from quotes.extraction.subjects import AHEAD_OF_VERB
from quotes.extraction.tokens import Token
from quotes.french.grammar import word_class
from quotes.french.verbs import is_indicative

_FRONTING = word_class("fronting_conjunctions")
_SURE = word_class("participles_of_belief")
_SUBORDINATORS = word_class("subordinators") | {"parce", "dès", "avant", "après"}
_ACTING = TAKING_UP | {"on"}
_LONGEST_INSERTION = 16  # tokens


def is_fronted(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb stands in a clause before the main one: "Si X | admet que P, …", "Estimant que P, …"."""
    first = tokens[0].low
    opens = (
        first in _FRONTING
        or (verb < 2 and first.endswith("ant"))
        or (verb < 2 and first in _SURE)
        or (verb < 3 and first == "en" and tokens[verb].low.endswith("ant"))
    )
    return opens and all(token.text != "," for token in tokens[:verb])


def subject_ahead(carrier: Carrier, at: int) -> tuple[int, Phrase] | None:
    """The comma behind a fronted clause, and the subject of the main one: "Estimant que P|, X a dit"."""
    tokens = carrier.tokens
    inner = at < len(tokens) and tokens[at].low in _SUBORDINATORS  # "Estimant que si P, Q, | X a dit"
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first <= at or phrase.before != ",":
            continue
        if phrase.kind is PRONOUN:
            if phrase.head not in _ACTING:
                continue
        elif phrase.kind is DESCRIPTION and not phrase.determiner:
            continue
        elif any(carrier.appositions.get(d) == k for d in range(k)):
            continue  # "Estimant que le maire, | Paul Roy, a menti, …"
        verb = _behind_subject(carrier, k)
        while verb < len(tokens) - 1 and tokens[verb].low in AHEAD_OF_VERB:
            verb += 1
        if verb < len(tokens) and is_indicative(tokens[verb].low):
            if not inner:
                return phrase.first - 1, whole(carrier, k)
            inner = False
    return None


def _behind_subject(carrier: Carrier, k: int) -> int:
    """Behind a subject and what stands between commas after it: "X, maire, | a", "Le maire, X, | a"."""
    tokens = carrier.tokens
    apposed = carrier.appositions.get(k)
    at = carrier.phrases[k if apposed is None else apposed].last
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    if apposed is not None and apposed > k:
        return at + 1
    closed = range(at + 1, min(len(tokens), at + _LONGEST_INSERTION))
    return next((j + 1 for j in closed if tokens[j].text == ","), at)
