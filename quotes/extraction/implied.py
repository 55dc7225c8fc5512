"""What somebody is by what is said of him: "Léa Roy a été arrêtée" (a suspect), "Paul Roy, 34 ans".

Nothing of it is a role that is printed; it tells whom "la suspecte", "le trentenaire" may mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.phrases import Phrase
from quotes.extraction.proper_names import is_aged
from quotes.extraction.tokens import Token
from quotes.french.lexicon import entries

_OF = frozenset({"de", "d'"})
_HAVING = frozenset({"a", "avait", "aurait"})
_DOING = frozenset({"a", "ont", "avait", "avaient", "avoir"})  # "ont | arrêté Paul Roy"
_BEING = frozenset({"est", "était", "sera", "fut", "serait", "été"})
_TWO_DIGITS = 2
_INSERTED = 12  # tokens of an insertion behind a name
_FAR_FROM_VERB = 5  # tokens


def _implied_by(how: str) -> dict[str, str]:
    """What a word implies that stands so beside a name, by the word."""
    return {word: post for word, post, listed in entries("implied") if listed == how}


_NOUNS_OF, _AGED, _BEFALLS, _DOES = map(_implied_by, ("of", "aged", "befalls", "does"))


def implied_by_noun(tokens: Sequence[Token], start: int) -> str:
    """What the noun before "de" makes of whose name begins at ``start``: "le procès de |"; else ""."""
    if start < 2 or tokens[start - 1].low not in _OF:
        return ""
    return _NOUNS_OF.get(tokens[start - 2].low, "")


def implied_posts(tokens: Sequence[Token], phrase: Phrase, subject: bool) -> tuple[str, str]:
    """What a mention of somebody implies that he is, in the masculine: by his age, by what is said of him.

    ``subject`` tells whether he stands where a subject does.
    """
    age = tokens[phrase.last + 1].text if is_aged(tokens, phrase.last) else ""
    decade = _AGED.get(age[0], "") if len(age) == _TWO_DIGITS else ""
    return decade, _said_of(tokens, phrase, subject)


def _said_of(tokens: Sequence[Token], phrase: Phrase, subject: bool) -> str:
    """What befalls somebody, or what he does, makes of him; "" for nothing."""
    at, count = phrase.last, len(tokens)
    parted = at + 1 < count and tokens[at].text == ","
    fate = _BEFALLS.get(tokens[at + 1].low) if parted else None
    if fate:
        return fate  # "un hommage à Léa Roy, | morte lundi"
    if not subject:
        done = phrase.first > 1 and tokens[phrase.first - 2].low in _DOING
        return _BEFALLS.get(tokens[phrase.first - 1].low, "") if done else ""
    if parted:
        # "Léa Roy, 34 ans, est jugée"
        at = next((k + 1 for k in range(at + 1, min(at + _INSERTED, count)) if tokens[k].text == ","), at)
    until = min(at + _FAR_FROM_VERB, count)
    at += at < until and tokens[at].low in _HAVING  # "a | été arrêtée"
    if at >= until:
        return ""
    if tokens[at].low in _BEING:
        return next((post for t in tokens[at + 1 : until] if (post := _BEFALLS.get(t.low))), "")
    return _DOES.get(tokens[at].low, "")
