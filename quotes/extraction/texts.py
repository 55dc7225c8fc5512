"""Texts that go on to speak as a pronoun: "La circulaire est parue jeudi. Elle prévoit « … »".

"Il" rather means somebody than something, so a text is taken up only where a sentence was about it and
the next one tells, first of all, what a text does: it provides, notes, lists; it does not regret.
"""

from __future__ import annotations

from quotes.extraction.carrier import Carrier
from quotes.extraction.phrases import Phrase, PhraseKind
from quotes.extraction.proper_names import PREPOSITIONS
from quotes.extraction.subjects import bare
from quotes.french.grammar import word_class

_DONE_BY_TEXTS = word_class("verbs_of_texts")
_BROUGHT_IN = frozenset({"un", "une"})
_OWN_OR_NEW = _BROUGHT_IN | {"son", "sa", "leur"}
_BEFORE_VERB = 3  # tokens between the pronoun and its verb: "Il | ne lui | recommande"


def text_spoken_of(carrier: Carrier) -> Phrase | None:
    """The text that a sentence is about: its subject, or what its subject brings in."""
    phrases = carrier.phrases
    if not phrases:
        return None
    first = phrases[0]
    if _is_text(first) and first.first == 0 and bare(first, carrier.tokens):
        return first
    brought = [p for p in phrases[1:] if _is_text(p) and p.determiner in _BROUGHT_IN and _is_object(p)]
    if len(brought) != 1 or first.kind is PhraseKind.PRONOUN:
        return None
    text = brought[0]
    return text if first.gender not in (None, text.gender) else None  # who signs it isn't "elle"


def text_brought_in(carrier: Carrier) -> Phrase | None:
    """The one text of a sentence, in which the next one reads: "Elle a reçu | une lettre de la mairie"."""
    texts = [p for p in carrier.phrases if _is_text(p)]
    return texts[0] if len(texts) == 1 else None


def text_taken_up(carrier: Carrier, text: Phrase) -> Phrase | None:
    """The pronoun at the head of a sentence by which the text goes on, if it does what texts do."""
    pronoun = carrier.phrases[0] if carrier.phrases else None
    if pronoun is None or pronoun.head not in ("il", "elle") or pronoun.first:
        return None
    if text.gender != ("f" if pronoun.head == "elle" else "m"):
        return None
    verb = next((g for g in carrier.verbs if g.first >= pronoun.last), None)
    if verb is None or verb.verb is None or verb.first - pronoun.last > _BEFORE_VERB:
        return None
    there = any(t.low == "y" for t in carrier.tokens[pronoun.last : verb.first])  # "Il y relève": somebody
    return pronoun if verb.verb.lemma in _DONE_BY_TEXTS and not there else None


def brings_out_text(carrier: Carrier) -> bool:
    """Whether somebody brings a text out: "dans un communiqué, X regrette", "X a publié un tract"."""
    return any(_is_text(p) and p.first and p.determiner in _OWN_OR_NEW for p in carrier.phrases)


def _is_text(phrase: Phrase) -> bool:
    entry = phrase.noun
    return entry is not None and entry.kind == "document" and phrase.number == "s" and bool(phrase.determiner)


def _is_object(phrase: Phrase) -> bool:
    """Whether no preposition leads up to a phrase: "a signé en juin | une convention"."""
    return bool(phrase.before) and phrase.before != "," and phrase.before not in PREPOSITIONS
