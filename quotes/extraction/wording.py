"""How a description is worded: its article, its complement, what its words leave open."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.phrases import Phrase
from quotes.extraction.tokens import NUMBER, Token, printed
from quotes.french.grammar import word_class

_MEN = word_class("of_one_sex")


# Descriptions that any man or woman may be given: "l'homme", "la quinquagénaire", "l'élu".
GENERIC = word_class("generic_people")
SEXLESS = word_class("sexless_people")
GENERIC_BODIES = word_class("generic_bodies")


def words_of_phrase(tokens: Sequence[Token], phrase: Phrase) -> str:
    """A phrase as printed, or what it says of that."""
    return phrase.worded or printed(tokens, phrase.first, phrase.last)


def without_article(text: str, phrase: Phrase) -> str:
    """What a phrase says behind its article: the role that it words."""
    if phrase.determiner and phrase.determiner not in ("son", "sa", "ses", "leur", "leurs"):
        low = text.lower().replace("’", "'")
        one_of = phrase.post is not None and phrase.post[0] == phrase.first  # "un des organisateurs"
        if low.startswith(phrase.determiner) and not one_of:
            rest = text[len(phrase.determiner) :]
            return (rest.partition(" ")[2] if rest[:1] in "·." else rest).lstrip()  # "un·e élève"
    return text


def is_complemented(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a description says more than its noun and an adjective: "le patron | de X"."""
    head = phrase.first
    while head < phrase.last and tokens[head].low != phrase.head:
        head += 1
    rest = tokens[head + 1 : phrase.last]
    if len(rest) >= 3 and rest[0].low == "de" and rest[1].kind is NUMBER and rest[2].low == "ans":
        rest = rest[3:]
    return any(t.capital or t.low in ("de", "du", "des", "d'", "à", "au", "chez", "en") for t in rest)


def is_of_a_body(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a description names no more than a body spoken of: "la numéro un de la centrale"."""
    rest = [t.low for t in tokens[phrase.first : phrase.last]][-3:]
    last = rest[-1]
    return (rest[-2:-1] == ["du"] or rest[-3:-1] in (["de", "la"], ["de", "l'"])) and (
        last in GENERIC_BODIES or last in ("centrale", "formation")
    )


def plain_gender(phrase: Phrase) -> str | None:
    """The gender of an unnamed man or woman; the masculine of a post may hide either."""
    return (
        "f"
        if phrase.gender == "f"
        else "m"
        if phrase.noun is not None
        and phrase.gender == "m"
        and (phrase.noun.kind == "relation" or phrase.head in _MEN)
        else None
    )
