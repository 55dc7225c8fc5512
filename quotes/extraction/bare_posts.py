"""What leads to a post without an article: "est aussi | maire", ", tout juste élue | maire"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.proper_names import TIMES
from quotes.extraction.tokens import NUMBER, WORD, Token
from quotes.french.grammar import word_class

BEFORE_POST = word_class("adverbs_before_post")
APPOINTED = word_class("appointed")
WORKING = word_class("verbs_of_working")
_TAKEN_ON = word_class("taken_on")
_COPULAS = word_class("copulas_before_post") - APPOINTED
_HOLDING = word_class("verbs_of_holding")
_LINKED = _HOLDING | WORKING | _TAKEN_ON  # verbs that "comme" or "de" links to a post
_NOUNS = word_class("nouns_of_posts")
_BEFORE_NOUN = word_class("before_nouns_of_posts")
_BESIDE_VERB = word_class("adverbs_beside_copula") | TIMES | BEFORE_POST
_DATES = word_class("words_of_dates")
_AUXILIARIES = word_class("auxiliaries_of_posts")
# In what capacity somebody acts: "en tant que | maire", "en sa qualité de | maire".
_AS = (["en", "tant", "que"], ["en", "tant", "qu'"], ["qualité", "de"], ["qualité", "d'"])
_SETS = (
    ["par", "ailleurs"],
    ["à", "la", "fois"],
    ["entre", "autres"],
    ["tout", "nouveau"],
    ["toute", "nouvelle"],
)
_FINITE = (_COPULAS | _HOLDING | WORKING | _AUXILIARIES) - word_class("not_finite_before_posts")
# The last word of what may lead to a post: nearly all nouns stand behind another.
_ENDS = (
    frozenset({"comme", "que", "qu'", "de", "d'", ","})
    | frozenset(words[-1] for words in _SETS)
    | _COPULAS
    | APPOINTED
    | _BESIDE_VERB
    | _DATES
)
_FURTHEST = 12  # tokens
# Where a word tells that a post follows; an auxiliary only belongs to a verb that does.
_NEVER, _HELPING, _OPENING, _ALWAYS = range(4)


def lead_of_post(tokens: Sequence[Token], post: int) -> int:
    """Where that begins which leads to a post at ``post``, or ``post`` if nothing does.

    "Léa Roy, | récemment nommée au poste de directrice", "Léa Roy | est depuis 2014 directrice". It is a verb
    that tells of posts, a participle, an adverb; with "comme" or "au poste de" between.
    """
    if not post or (tokens[post - 1].low not in _ENDS and tokens[post - 1].kind is not NUMBER):
        return post
    at, licensed = _past_link(tokens, post)
    if at < 0:
        return post
    linked, opened = (
        at < post,
        False,
    )  # whether it tells so only where a comma or the sentence's head is before it
    lowest = max(0, post - _FURTHEST)
    while at > lowest:
        step, tells = _one_back(tokens, at, linked=linked)
        if not step or (tells == _HELPING and not licensed):
            break
        licensed, opened = licensed or tells == _ALWAYS, opened or tells == _OPENING
        at -= step
    return at if licensed or (opened and opens(tokens, at)) else post


def opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma, a bracket or the sentence's head is before what stands at ``at``."""
    return not at or tokens[at - 1].kind is not WORD


def opening_lead(tokens: Sequence[Token], post: int) -> int:
    """Where what leads to a post begins, if a comma or the sentence's head is before it, else ``post``."""
    lead = lead_of_post(tokens, post)
    return lead if lead < post and opens(tokens, lead) and not is_predicated(tokens, lead) else post


def is_predicated(tokens: Sequence[Token], lead: int) -> bool:
    """Whether what begins at ``lead`` has a finite verb: "| est aussi maire", not ", | aussi maire"."""
    return tokens[lead].low in _FINITE


def _past_link(tokens: Sequence[Token], post: int) -> tuple[int, bool]:
    """Where "comme", "en tant que", "au poste de" begins, and whether it tells of a post by itself.

    -1 where "de" or "que" stands that belongs to something else.
    """
    before = [t.low for t in tokens[max(0, post - 4) : post]]
    if before[-1] in ("de", "d'") and before[-2:-1] and before[-2] in _NOUNS:
        at = post - 2
        while at and tokens[at - 1].low in _BEFORE_NOUN:
            at -= 1
        return at, False
    if before[-3:] in _AS or before[-2:] in _AS:
        at = post - 3
        while at and tokens[at].low != "en":
            at -= 1
        return (at, True) if post - at < 5 and tokens[at].low == "en" else (-1, False)
    if before[-1] == "comme":
        return post - 1, False
    return (-1, False) if before[-1] in ("de", "d'", "que", "qu'") else (post, False)


def _one_back(tokens: Sequence[Token], at: int, *, linked: bool) -> tuple[int, int]:
    """How many tokens before ``at`` lead to a post as well, and whether they alone tell that one follows."""
    low = tokens[at - 1].low
    before = [t.low for t in tokens[max(0, at - 3) : at]]
    several = next((len(words) for words in _SETS if before[-len(words) :] == words), 0)
    if several:
        return several, _OPENING
    if low in _COPULAS or low in APPOINTED or (linked and (low in _LINKED)):
        return 1, _ALWAYS
    if low in BEFORE_POST:
        return 1, _OPENING
    if low in _AUXILIARIES:
        return 1, _HELPING
    if low in _DATES or tokens[at - 1].kind is NUMBER or low in _BESIDE_VERB:
        return 1, _NEVER
    return (_aside(tokens, at - 1) if low == "," else 0), _NEVER


def _aside(tokens: Sequence[Token], comma: int) -> int:
    """How many tokens ", depuis 2014," has behind a verb: "est, depuis 2014, | maire"; 0 if none."""
    at = comma - 1
    while at > 0 and comma - at < _FURTHEST // 2 and (
        tokens[at].low in _DATES or tokens[at].low in _BESIDE_VERB or tokens[at].kind is NUMBER
    ):  # fmt: skip
        at -= 1
    opened = at > 0 and comma - at > 1 and tokens[at].text == "," and tokens[at - 1].low in _COPULAS
    return comma + 1 - at if opened else 0
