"""Is somebody quoted, or is it a title, a term, a nickname, irony?"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.proper_names import BEFORE_NOUN, DETERMINERS, FUNCTION_WORDS
from quotes.extraction.tokens import LONGEST_LOOK, Kind, Token, tokens_of
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS
from quotes.model import QuoteKind

_FINITE = word_class("common_finite_verbs")
_FINITE_ENDINGS = ("ait", "aient", "ons", "ez", "èrent", "era", "ira", "eront", "rait", "ront", "rons", "rez")


def looks_said(tokens: Sequence[Token]) -> bool:
    """Whether the words have a finite verb, as a sentence has (told without a parser)."""
    for i, token in enumerate(tokens):
        if token.kind is not Kind.WORD:
            continue
        low = token.low
        if low in _FINITE and not (i and tokens[i - 1].low in DETERMINERS):
            return True
        if (
            low in ("j'", "je", "c'", "il", "elle", "ils", "elles", "on", "nous", "vous")
            and i + 1 < len(tokens)
            and tokens[i + 1].kind is Kind.WORD
        ):
            return True
        if (
            low.endswith(_FINITE_ENDINGS)
            and len(low) > 4
            and not (i and tokens[i - 1].low in DETERMINERS)
            and low not in FORMS
        ):
            return True
        if (
            low in FORMS
            and any(f.mood == "indicative" for f in FORMS[low])
            and not (i and tokens[i - 1].low in DETERMINERS | {"de", "d'", "à", "en"})
        ):
            return True
        if low.startswith("-") and len(low) > 2:
            return True
        if (
            i
            and low.endswith("ent")
            and not low.endswith("ment")
            and tokens[i - 1].low.endswith(("s", "x"))
            and tokens[i - 1].low not in FUNCTION_WORDS
        ):
            return True  # "les travaux coûtent": an adjective would end in s
    return False


_INFINITIVE = ("er", "ir", "oir", "dre", "tre", "aire", "ire")
_PARTICIPLE = ("é", "és", "ée", "ées")
_VERB_OPENERS = word_class("verb_phrase_openers")


def verbal(tokens: list[Token], before: str) -> bool:
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
    tokens = tokens_of(text, start, min(end, start + LONGEST_LOOK))
    said = looks_said(tokens)
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
