"""Is somebody quoted, or is it a title, a term, a nickname, irony?"""

from __future__ import annotations

from quotes.extraction.attribute import Attribution, Carrier
from quotes.extraction.mentions import DETERMINERS
from quotes.extraction.tokens import Kind, Token, tokens_of
from quotes.french.grammar import word_class
from quotes.french.verbs import FORMS
from quotes.model import QuoteKind, ZoneKind

_NAMING_WORDS = word_class("naming_words")
_NAMING_NOUNS = word_class("naming_nouns")
_FIRST_PERSON = frozenset(
    "je j' nous me m' mon ma mes notre nos moi on c' ça tu vous votre vos ton ta".split()
)
_FINITE = frozenset(
    """est sont était étaient sera seront serait a ont avait avaient aura auront aurait fait font va vont peut peuvent
    doit doivent faut veut veulent sait ai suis sommes êtes avons avez es allons allez fallait pourrait devrait
    puisse soit fera feront vient viennent reste restent pense crois sais dois peux veux vais""".split()
)
_FINITE_ENDINGS = ("ait", "aient", "ons", "ez", "èrent", "era", "eront", "rait", "ront", "rons", "rez")
_OBJECT_PRONOUNS = frozenset({"ne", "n'", "se", "s'", "y", "il", "elle", "ils", "elles", "j'", "je", "on", "nous", "vous", "qui"})


def looks_said(tokens: list[Token]) -> bool:
    """Whether the words have a finite verb, as a sentence has (told without a parser)."""
    for i, token in enumerate(tokens):
        if token.kind is not Kind.WORD:
            continue
        low = token.low
        if low in _FINITE and not (i and tokens[i - 1].low in DETERMINERS):
            return True
        if low in ("j'", "je", "c'", "il", "elle", "ils", "elles", "on", "nous", "vous") and i + 1 < len(tokens) and tokens[i + 1].kind is Kind.WORD:
            return True
        if low.endswith(_FINITE_ENDINGS) and len(low) > 4 and not (i and tokens[i - 1].low in DETERMINERS) and low not in FORMS:
            return True
        if low in FORMS and any(f.mood == "indicative" for f in FORMS[low]) and not (i and tokens[i - 1].low in DETERMINERS | {"de", "d'", "à", "en"}):
            return True
        if low.startswith("-") and len(low) > 2:
            return True
    return False


_INFINITIVE = ("er", "ir", "oir", "dre", "tre", "aire", "ire")
_PARTICIPLE = ("é", "és", "ée", "ées")
_VERB_OPENERS = frozenset("ne n' se s' avoir être est sont a ont avait avaient était étaient sera va vont fait faire".split())
_BEFORE_VERB = frozenset("qui ne n' se s' a ont est sont avoir être avait était sera serait de d' à pour y en les le la lui leur il elle ils elles on".split())


def verbal(tokens: list[Token], before: str) -> bool:
    """Whether a fragment is a verb phrase ("interdire la chasse", "assuré l'essentiel"): no title is."""
    first = tokens[0]
    if first.kind is not Kind.WORD or first.capital or len(tokens) < 2:
        return False
    low = first.low
    if low in _VERB_OPENERS:
        return True
    if low.endswith(_INFINITIVE) and len(low) > 4 and before not in DETERMINERS - {"le", "la", "les", "l'"}:
        return True
    if low.endswith("ant") and len(low) > 5 and len(tokens) > 2 and before not in DETERMINERS:
        return True
    if low.endswith(_PARTICIPLE) and len(tokens) > 2 and before not in DETERMINERS:
        return True
    return before in ("qui", "ne", "n'", "se", "s'", "a", "ont", "il", "elle", "ils", "elles", "on") and len(tokens) > 1


def kind_of(text: str, start: int, end: int, carrier: Carrier, position: int) -> QuoteKind:
    """Whether what stands between the marks could stand alone as a sentence."""
    tokens = tokens_of(text, start, end)
    said = looks_said(tokens)
    carried = carrier.tokens
    before = carried[position - 1].low if position else ""
    capital = text[start].isupper()
    if before == ":":
        return QuoteKind.DIRECT
    if not said and not (capital and text[end - 1] in ".!?…"):
        return QuoteKind.MIXED
    if before in ("que", "qu'") or capital or (before in ("", ".", "!", "?")):
        return QuoteKind.DIRECT
    first = tokens[0].low if tokens else ""
    return QuoteKind.DIRECT if first in ("je", "j'", "nous", "on", "il", "elle", "c'", "ce", "ils", "elles", "vous", "tu") else QuoteKind.MIXED


def not_a_quote(text: str, start: int, end: int, carrier: Carrier, position: int, attribution: Attribution | None) -> str | None:
    """The reason for thinking that nobody says it; ``None`` where somebody may."""
    tokens = tokens_of(text, start, end)
    words = [t for t in tokens if t.kind is not Kind.MARK]
    if not words:
        return "nothing said"
    carried = carrier.tokens
    before = carried[position - 1] if position else None
    said = looks_said(tokens)
    count = len(words)
    personal = any(t.low in _FIRST_PERSON for t in words)
    incised = attribution is not None and attribution.rule in ("incise_inside", "colon", "that")
    if before is not None and not incised:
        if before.low in _NAMING_WORDS:
            return "a name after a naming word"
        named = _naming_noun(carried, position)
        if named and not personal and (count <= 6 or not said) and not (attribution is not None and attribution.rule == "incise" and said):
            return f"the name of a thing ({named})"
    linked = before is not None and before.kind is Kind.WORD and not incised
    if linked and before is not None and text[start].isupper() and not said and count <= 8 and not personal and before.low not in ("que", "qu'"):
        if attribution is None or attribution.rule != "fragment" or before.low in DETERMINERS:
            return "the name of a thing"
    if verbal(tokens, before.low if before else ""):
        return None
    if attribution is not None and not attribution.weak:
        far = attribution.cue is not None and attribution.rule in ("fragment", "participle") and position - attribution.cue[1] > 3
        if not (far and count <= 2 and not personal):
            return None
    if position and before is not None and before.text == "(" and count <= 6 and not said:
        return "a gloss"
    heading = carrier.sentence.zone in (ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.PULL_QUOTE)
    outer = before is None or before.text == ":" or (position + 1 < len(carried) and carried[position + 1].text == ":")
    if heading and outer and count >= 3:
        return None
    if said and count >= 5:
        return None
    if personal and count >= 3:
        return None
    if attribution is not None and (said or count >= 4):
        return None
    if carrier.sentence.quotes and count >= 9:
        return None
    return "no one is made to speak"


def _naming_noun(tokens: tuple[Token, ...], position: int) -> str:
    """The noun that what stands in marks is the name of: "le projet « … »", "le mot « … »"."""
    at = position - 1
    while at >= 0 and tokens[at].kind is Kind.WORD and position - at < 4:
        token = tokens[at]
        if token.low in _NAMING_NOUNS:
            return token.low
        if token.low in DETERMINERS or token.low in FORMS or token.low in ("de", "d'", "à", "que"):
            return ""
        at -= 1
    return ""
