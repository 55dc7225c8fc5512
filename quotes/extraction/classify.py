"""Is somebody quoted, or is it a title, a term, a nickname, irony?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.proper_names import BEFORE_NOUN, DETERMINERS, FUNCTION_WORDS
from quotes.extraction.tokens import Kind, Token, tokens_inside
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS, is_indicative
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
    if token.kind is not Kind.WORD:
        return False
    low = token.low
    if not may_act(low):
        return False
    before = tokens[i - 1].low if i > first else ""
    if low in _FINITE and before not in DETERMINERS:
        return True
    if low in _SUBJECTS and i + 1 < last and tokens[i + 1].kind is Kind.WORD:
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
        or low in FORMS
        or low.endswith((*_FINITE_ENDINGS, "ent"))
        or low[0] == "-"
    )


_INFINITIVE = ("er", "ir", "oir", "dre", "tre", "aire", "ire")
_PARTICIPLE = ("é", "és", "ée", "ées")
_VERB_OPENERS = word_class("verb_phrase_openers")


def verbal(tokens: Sequence[Token], before: str) -> bool:
    """Whether a fragment is a verb phrase ("interdire la chasse", "assuré l'essentiel"): no title is."""
    first = tokens[0]
    if first.kind is not Kind.WORD or first.capital or len(tokens) < 2:
        return False
    low = first.low
    if low in ("à", "de", "d'") and tokens[1].low.endswith(_INFINITIVE) and len(tokens[1].low) > 4:
        return True
    if low in _VERB_OPENERS:
        return True
    if low in BEFORE_NOUN or noun(low):
        return False  # "dernier kilomètre", "conseiller du soir"
    if low.endswith(_INFINITIVE) and len(low) > 4 and before not in DETERMINERS - {"le", "la", "les", "l'"}:
        return True
    if low.endswith("ant") and len(low) > 5 and len(tokens) > 2 and before not in DETERMINERS:
        return True
    if low.endswith(_PARTICIPLE) and len(tokens) > 2 and before not in DETERMINERS:
        return True
    return (
        before in ("qui", "ne", "n'", "se", "s'", "a", "ont", "il", "elle", "ils", "elles", "on")
        and len(tokens) > 1
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
        # « La vase gagne », dit X: a capital at the head of its own sentence
        return QuoteKind.DIRECT
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
