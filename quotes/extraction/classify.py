"""Is somebody quoted, or is it a title, a term, a nickname, irony?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.proper_names import BEFORE_NOUN, CONTRACTED, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS
from quotes.extraction.tokens import WORD, Token, tokens_inside
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS, is_finite_form, is_indicative
from quotes.model import QuoteKind

_FINITE = word_class("common_finite_verbs")
_FINITE_ENDINGS = ("ait", "aient", "ons", "ez", "èrent", "era", "ira", "eront", "rait", "ront", "rons", "rez")


_NOT_BEFORE_FORM = DETERMINERS | {"de", "d'", "à", "en"}
_SUBJECTS = frozenset({"j'", "je", "c'", "il", "elle", "ils", "elles", "on", "nous", "vous"})


def looks_said(tokens: Sequence[Token]) -> bool:
    """Whether the words have a finite verb, as a sentence has (told without a parser)."""
    last = len(tokens)
    return any(acts_in(tokens, i, 0, last) for i, token in enumerate(tokens) if may_act(token.low))


@lru_cache(maxsize=1 << 10)
def said_inside(text: str, start: int, end: int) -> bool:
    """Whether the words of a quotation have a finite verb, as far as looked at; kept, as those are."""
    return looks_said(tokens_inside(text, start, end))


def acts_in(tokens: Sequence[Token], i: int, first: int, last: int) -> bool:
    """Whether the token at ``i`` shows a finite verb, as far as the tokens ``first``–``last`` tell."""
    token = tokens[i]
    if token.kind is not WORD:
        return False
    low = token.low
    if not may_act(low):
        return False
    before = tokens[i - 1].low if i > first else ""
    if low in _FINITE and before not in DETERMINERS:
        return True
    if low in _SUBJECTS and i + 1 < last and tokens[i + 1].kind is WORD:
        return True
    if low in FORMS:
        if before not in _NOT_BEFORE_FORM and is_indicative(low):
            return True
    elif low.endswith(_FINITE_ENDINGS) and len(low) > 4 and before not in DETERMINERS:
        return True
    if low[0] == "-" and len(low) > 2:
        return True
    return (
        low.endswith("ent")
        and before.endswith(("s", "x"))
        and not low.endswith("ment")
        and before not in FUNCTION_WORDS
    )  # "les travaux coûtent": an adjective would end in s


@lru_cache(maxsize=1 << 14)
def may_act(low: str) -> bool:
    """Whether a word shows a finite verb anywhere."""
    return (
        low in _FINITE
        or low in _SUBJECTS
        or low[0] == "-"
        or (is_indicative(low) if low in FORMS else low.endswith(_FINITE_ENDINGS))
        or (low.endswith("ent") and not low.endswith("ment"))
    )


_INFINITIVE = ("er", "ir", "oir", "dre", "tre", "aire", "ire")
_PARTICIPLE = ("é", "és", "ée", "ées")
_NOT_BEFORE_INFINITIVE = DETERMINERS - {"le", "la", "les", "l'"}
_VERB_OPENERS = word_class("verb_phrase_openers")


def verbal(tokens: Sequence[Token], before: str) -> bool:
    """Whether a fragment is a verb phrase ("interdire la chasse", "assuré l'essentiel"): no title is."""
    first = tokens[0]
    if first.kind is not WORD or first.capital or len(tokens) < 2:
        return False
    low = first.low
    if low in ("à", "de", "d'") and tokens[1].low.endswith(_INFINITIVE) and len(tokens[1].low) > 4:
        return True
    if low in _VERB_OPENERS:
        return True
    if low in BEFORE_NOUN or noun(low):
        return False  # "dernier kilomètre", "conseiller du soir"
    if low.endswith(_INFINITIVE) and len(low) > 4 and before not in _NOT_BEFORE_INFINITIVE:
        return True
    if low.endswith("ant") and len(low) > 5 and len(tokens) > 2 and before not in DETERMINERS:
        return True
    if low.endswith(_PARTICIPLE) and len(tokens) > 2 and before not in DETERMINERS:
        return True
    return (
        before in ("qui", "ne", "n'", "se", "s'", "a", "ont", "il", "elle", "ils", "elles", "on")
        and len(tokens) > 1
    )


_CLITICS = frozenset({"ne", "n'", "se", "s'", "en", "y"})
_PRESENT = word_class("present_verbs")
_NOUNS_LIKE_VERBS = word_class("nouns_like_verbs")
_SURE_OBJECTS = (DETERMINERS - CONTRACTED - {"de", "d'"}) | {"à", "que", "qu'", "pas", "plus"}


def predicates(words: Sequence[Token]) -> bool:
    """Whether a fragment is what the subject before it does: "n'a pas de mots", "appelle à la prudence"."""
    at = 0
    while at < len(words) and words[at].low in _CLITICS:
        at += 1
    if at == len(words) or words[0].capital:
        return False
    low = words[at].low
    if low in _FINITE or (at and (words[0].low in ("ne", "n'", "se", "s'"))):
        return True
    if at:
        return False
    following = words[1].low if len(words) > 1 else ""
    sure = following in _SURE_OBJECTS or following.endswith("ment") or not following
    return sure and (
        (low in _PRESENT and bool(following)) or (is_finite_form(low) and low not in _NOUNS_LIKE_VERBS)
    )


_DEGREES = word_class("adverbs_of_degree")
_QUALITIES = word_class("adjectives_of_feeling")
_LIKE_QUALITIES = tuple(word_class("endings_of_qualities"))
_UNLIKE_QUALITIES = ("ité", "rté", "nté", "eté", "auté")
_BEHIND_QUALITY = PREPOSITIONS | {"et", "mais", "ou", "voire"}
_LONGEST_NOUN = 9  # letters of a noun in "ment" that stands at the head: "événement"
_LONGEST_QUALITY = 4  # words: "très fière et émue"


def qualifies(words: Sequence[Token]) -> bool:
    """Whether a fragment is an adjective, as judgements are: "prudente", "très fière", "inacceptable"."""
    if len(words) > _LONGEST_QUALITY:
        return False
    first, second = words[0].low, words[1].low if len(words) > 1 else ""
    if first in _DEGREES or (first.endswith("ment") and len(first) > _LONGEST_NOUN):
        return bool(second)
    return _is_quality(first) and (not second or second in _BEHIND_QUALITY or _is_quality(second))


def _is_quality(low: str) -> bool:
    return low in _QUALITIES or (
        low.endswith(_LIKE_QUALITIES) and not low.endswith(_UNLIKE_QUALITIES) and not noun(low)
    )


def kind_of(
    text: str, start: int, end: int, carrier: Carrier, position: int, attribution: Attribution | None
) -> QuoteKind:
    """Whether what stands between the marks could stand alone as a sentence."""
    tokens = tokens_inside(text, start, end)
    said = said_inside(text, start, end)
    carried = carrier.tokens
    before = carried[position - 1].low if position else ""
    capital = text[start].isupper()
    if before == ":":
        return QuoteKind.DIRECT
    if capital and before in ("", ".", "!", "?", "—", "–") and attribution is not None:
        # « La vase gagne », dit X: a capital at the head of its own sentence; but: « Ravie », X a …
        fronted = attribution.rule == "apposed" and not said
        return QuoteKind.MIXED if fronted else QuoteKind.DIRECT
    if not said and not (capital and text[end - 1] in ".!?…"):
        return QuoteKind.MIXED
    if before in ("que", "qu'") or capital or (before in ("", ".", "!", "?")):
        return QuoteKind.DIRECT
    first = tokens[0].low if tokens else ""
    according = attribution is not None and attribution.rule == "according"
    whom = position > 1 and before == "qui" and carried[position - 2].low in ("pour", "selon")
    if according and (whom or (before == "," and not verbal(tokens, before))):
        return QuoteKind.DIRECT  # "Selon X, « la falaise recule »", "X, pour qui « la langue vit »"
    return (
        QuoteKind.DIRECT
        if first in ("je", "j'", "nous", "on", "il", "elle", "c'", "ce", "ils", "elles", "vous", "tu")
        else QuoteKind.MIXED
    )
