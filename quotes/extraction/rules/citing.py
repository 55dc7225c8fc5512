"""Another's words: *Jeanne Roy a conclu sur ce mot de Paul Morel :* « … », which he said and not she."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.pairs import together
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    ADVERBS,
    CLITICS,
    DEMONSTRATIVE,
    DETERMINERS,
    PEOPLE,
    SPEECH_NOUNS,
)
from quotes.extraction.subjects import is_thing
from quotes.extraction.tokens import WORD, Token
from quotes.french.grammar import word_class
from quotes.french.verbs import forms_of, is_finite_form

_WORDS = word_class("nouns_of_quoted_words")
_THESE_WORDS = _WORDS | SPEECH_NOUNS
_CITING = forms_of(word_class("verbs_of_citing"))
_CITES = forms_of(["citer"])
_RECEIVING = word_class("receiving")
_KEPT = frozenset({"sien", "sienne", "siens", "siennes", "tête", "mémoire", "esprit"})
_LEADING = frozenset({",", "que", "qu'"})
_GENITIVE = frozenset({"de", "d'", "du", "des"})
_BY_HIM = ("signé", "emprunté", "attribué", "prêté")  # "une phrase | empruntée à X"
_BEFORE_WORDS = frozenset({"par", "avec", "sur"})  # "commence par", "conclut sur"
_SLIGHT = ADVERBS | CLITICS | frozenset({"de", "d'", "à", "volontiers", "abord"})
_SOMEBODY = PEOPLE | {"group", "organization"}
_LONGEST_STEP = 3  # tokens from the verb to its object: "a repris | à son compte | la formule"
_LONGEST_DATE = 6  # tokens from the owner to the colon: "| , prononcée en mai 2010, | :"


def words_of_another(carrier: Carrier, q: int) -> Attribution | None:
    """X a conclu sur ce mot de Y : « … » / X aime à citer Y : « … » — Y's words, whoever brings them in."""
    tokens = carrier.tokens
    if q < 4 or tokens[q - 1].text != ":":
        return _cited_in_passing(carrier, q)
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.last >= q:
            continue
        owner = whole(carrier, k)
        end = max(phrase.last, owner.last)
        if q - 1 - end > _LONGEST_DATE or any(is_finite_form(t.low) for t in tokens[end : q - 1]):
            return None
        at = _words_owned_by(tokens, owner) or _words_before(tokens, phrase)
        if at:
            return Attribution("speech_noun", together(carrier, owner), "", (at, at + 1), tokens[at].low)
    return None


def _words_owned_by(tokens: Sequence[Token], phrase: Phrase) -> int:
    """Where words stand in a phrase that tells whose they are: "ce | vers du poète Paul Roy"; 0 for none."""
    if phrase.kind is DESCRIPTION and tokens[phrase.first - 1].low in _CITES and is_thing(phrase):
        return phrase.first - 1  # "a cité | une étude de l'Institut Brume"
    if phrase.kind is NAME or phrase.head not in _WORDS:
        return 0
    at = next((k for k in range(phrase.first, phrase.last) if tokens[k].low == phrase.head), 0)
    owned = at and any(t.low in _GENITIVE for t in tokens[at + 1 : phrase.last])
    return at if owned and _brings_in(tokens, at) else 0


def _words_before(tokens: Sequence[Token], owner: Phrase) -> int:
    """What tells that somebody's words follow: "ce | mot de X", "a | cité X"; 0 for nothing."""
    named = owner.kind is NAME or owner.kind is PRONOUN
    if not named and (owner.noun is None or owner.noun.kind not in _SOMEBODY or owner.head in SPEECH_NOUNS):
        return 0  # "ce conseil"
    contracted = owner.determiner in ("du", "des")
    at = owner.first - (not contracted)
    if tokens[at].low in _CITES:
        return at
    signed = at - (tokens[at].low == "à")
    if tokens[signed].low.startswith(_BY_HIM):
        at = signed
    elif tokens[at].low not in _GENITIVE:
        return 0
    noun = at - 1
    if noun > 1 and tokens[noun].low not in _THESE_WORDS and tokens[noun].kind is WORD:
        noun -= 1  # "ce mot célèbre | de X"
    return noun if _brings_in(tokens, noun) else 0


def _brings_in(tokens: Sequence[Token], noun: int) -> bool:
    """Whether words are brought in as such: "ces | mots", "par un | mot", "a lu la | lettre"."""
    at = noun - 1
    while at > 0 and noun - at < 3 and tokens[at].low not in DETERMINERS and tokens[at].kind is WORD:
        at -= 1  # "cette belle | phrase"
    if at < 1 or tokens[at].low not in DETERMINERS:
        return False
    if tokens[at].low in DEMONSTRATIVE:
        return tokens[noun].low in _THESE_WORDS
    if tokens[noun].low not in _WORDS:
        return False
    if tokens[at - 1].low in _BEFORE_WORDS:
        return True
    step = at - 1
    while step > max(0, at - 1 - _LONGEST_STEP) and tokens[step].low in _SLIGHT:
        step -= 1
    return any(tokens[step].low in words for words in (_CITING, _RECEIVING, _KEPT))


def is_received(carrier: Carrier, q: int) -> bool:
    """Whether who acts before the colon has got the words: "a reçu cette réponse de la mairie :"."""
    tokens = carrier.tokens
    if not q or tokens[q - 1].text != ":" or carrier.words.isdisjoint(_RECEIVING):
        return False
    at = next((k for k in range(q - 1, 0, -1) if tokens[k].low in _RECEIVING), q)
    return any(
        t.low in _THESE_WORDS and tokens[k - 1].low in DETERMINERS
        for k, t in enumerate(tokens[at + 1 : min(q, at + 1 + _LONGEST_STEP)], at + 1)
    )


def _cited_in_passing(carrier: Carrier, q: int) -> Attribution | None:
    """X affirme, citant Y, que « … » / En citant le poète Y, « … », X a quitté la salle."""
    tokens = carrier.tokens
    if "citant" not in carrier.words:
        return None
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        end = max(phrase.last, whole(carrier, k).last)
        if end > q or tokens[phrase.first - 1].low != "citant":
            continue
        if end < q and tokens[end].text == "," and all(t.low in _LEADING for t in tokens[end:q]):
            return Attribution(
                "speech_noun", whole(carrier, k), "", (phrase.first - 1, phrase.first), "citer"
            )
        return None
    return None
