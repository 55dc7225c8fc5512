"""What somebody is by what is said of him: "Léa Roy a été arrêtée" (a suspect), "Paul Roy, 34 ans".

Nothing of it is a role that is printed; it tells whom "la suspecte", "le trentenaire" may mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.phrases import Phrase
from quotes.extraction.proper_names import is_aged
from quotes.extraction.subjects import bare
from quotes.extraction.tokens import Token
from quotes.french.lexicon import entries

_POSTS: dict[tuple[str, str], str] = {(how, word): post for word, post, how in entries("implied")}
_OF = frozenset({"de", "d'"})
_HAVING = frozenset({"a", "avait", "aurait"})
_DOING = frozenset({"a", "ont", "avait", "avaient", "avoir"})  # "ont | arrêté Paul Roy"
_BEING = frozenset({"est", "était", "sera", "fut", "serait", "été"})
_TWO_DIGITS = 2
_INSERTED = 12  # tokens of an insertion behind a name
_FAR_FROM_VERB = 5  # tokens


def implied_by_noun(tokens: Sequence[Token], start: int) -> str:
    """What the noun before "de" makes of whose name begins at ``start``: "le procès de |"; else ""."""
    if start < 2 or tokens[start - 1].low not in _OF:
        return ""
    return _POSTS.get(("of", tokens[start - 2].low), "")


def implied_posts(tokens: Sequence[Token], phrase: Phrase) -> Iterator[str]:
    """What a mention of somebody implies that he is, in the masculine."""
    if is_aged(tokens, phrase.last):
        age = tokens[phrase.last + 1].text
        decade = _POSTS.get(("aged", age[0])) if len(age) == _TWO_DIGITS else None
        if decade:
            yield decade
    said = _said_of(tokens, phrase)
    if said:
        yield said


def _said_of(tokens: Sequence[Token], phrase: Phrase) -> str:
    """What befalls somebody, or what he does, makes of him; "" for nothing."""
    at = phrase.last
    if at + 1 < len(tokens) and tokens[at].text == ",":
        fate = _POSTS.get(("befalls", tokens[at + 1].low))
        if fate:
            return fate  # "un hommage à Léa Roy, | morte lundi"
    if not bare(phrase, tokens):
        done = phrase.first > 1 and tokens[phrase.first - 2].low in _DOING
        return _POSTS.get(("befalls", tokens[phrase.first - 1].low), "") if done else ""
    if at < len(tokens) and tokens[at].text == ",":
        # "Léa Roy, 34 ans, est jugée"
        until = min(at + _INSERTED, len(tokens))
        at = next((k + 1 for k in range(at + 1, until) if tokens[k].text == ","), at)
    following = [t.low for t in tokens[at : at + _FAR_FROM_VERB]]
    if following[:1] and following[0] in _HAVING:
        del following[0]  # "a | été arrêtée"
    if following[:1] and following[0] in _BEING:
        found = (_POSTS.get(("befalls", word)) for word in following[1:])
        return next((post for post in found if post), "")
    return _POSTS.get(("does", following[0]), "") if following else ""
