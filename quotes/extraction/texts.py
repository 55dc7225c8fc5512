"""Texts that go on to speak as a pronoun: "La circulaire est parue jeudi. Elle prévoit « … »".

"Il" rather means somebody than something, so a text is taken up only where a sentence was about it and
the next one tells, first of all, what a text does: it provides, notes, lists; it does not regret.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Carrier
from quotes.extraction.phrases import PRONOUN, Phrase
from quotes.extraction.proper_names import PREPOSITIONS, SPEECH_NOUNS
from quotes.extraction.subjects import bare, main_subject
from quotes.extraction.tokens import Token
from quotes.french.grammar import word_class

VERBS_OF_TEXTS = word_class("verbs_of_texts")
COME_BY = word_class("how_texts_are_come_by")
WITHOUT_AUTHOR = word_class("texts_without_author")
_DRAFTS = frozenset({"projet", "proposition", "avant-projet"})
_OF_AUTHORS = word_class("texts_that_bodies_bring_out") | SPEECH_NOUNS
_RESOLVED = frozenset({"résolution", "motion", "déclaration"})
_VOTED = WITHOUT_AUTHOR | _RESOLVED
_BROUGHT_FORTH = word_class("how_texts_are_brought_forth")
_BRINGING = 4  # tokens before "a | déposé | mardi à Brume | une motion"
_SIZES = frozenset({"page", "feuille"})
_BROUGHT_IN = frozenset({"un", "une"})
_OWN_OR_NEW = _BROUGHT_IN | {"son", "sa", "leur"}
_BEFORE_VERB = 3  # tokens between the pronoun and its verb: "Il | ne lui | recommande"


def texts_in(carrier: Carrier) -> list[Phrase]:
    """The texts of which a sentence speaks, each of them one."""
    return [
        p
        for p in carrier.phrases
        if p.noun is not None and p.noun.kind == "document" and p.number == "s" and p.determiner
    ]


def is_law(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a text speaks for itself, whoever wrote it: "un arrêté", "ont rejeté | un projet de motion".

    What somebody brings to the vote or adopts is his: "ont adopté | une motion demandant".
    """
    if phrase.head in WITHOUT_AUTHOR:
        return True
    before = [t.low for t in tokens[max(0, phrase.first - _BRINGING) : phrase.first]]
    if not _BROUGHT_FORTH.isdisjoint(before) and "contre" not in before:
        return False
    drafted = phrase.head in _DRAFTS and any(t.low in _VOTED for t in tokens[phrase.first : phrase.last])
    return drafted or phrase.head in _RESOLVED


def text_spoken_of(carrier: Carrier, texts: Sequence[Phrase]) -> Phrase | None:
    """The one of a sentence's texts that it is about: its subject, or what its subject brings in."""
    if not texts:
        return None
    first = carrier.phrases[0]
    if texts[0] is first and first.first == 0 and bare(first, carrier.tokens):
        return first
    brought = [p for p in texts if p is not first and p.determiner in _BROUGHT_IN and _is_object(p)]
    if len(brought) != 1 or first.kind is PRONOUN:
        return None
    text = brought[0]
    return text if first.gender not in (None, text.gender) else None  # who signs it isn't "elle"


def text_brought_in(carrier: Carrier) -> Phrase | None:
    """The one text of a sentence, in which the next one reads: "Elle a reçu | une lettre de la mairie"."""
    texts = texts_in(carrier)
    return texts[0] if len(texts) == 1 else None


def text_at_hand(carrier: Carrier) -> Phrase | None:
    """The text that a sentence is about, or that somebody has who didn't write it: "Elle a lu | le bail"."""
    texts = texts_in(carrier)
    if not texts:
        return None
    first, text = carrier.phrases[0], texts[0]
    if text is not first:
        text = texts[-1]
        between = carrier.lows[first.last : text.first]
        if text.first < first.last or COME_BY.isdisjoint(between) or not bare(first, carrier.tokens):
            return None
    elif first.first or first.head in _SIZES:
        return None
    # "La lettre fait dix pages.": who wrote it was told before
    return text if text.determiner in _BROUGHT_IN or text.head not in _OF_AUTHORS else None


def author_of_text(carrier: Carrier) -> Phrase | None:
    """Who brings out a text in a sentence, in which the next one reads: "| Léa Roy | a écrit une lettre"."""
    author = main_subject(carrier, len(carrier.tokens))
    texts = [p for p in texts_in(carrier) if p.determiner in _OWN_OR_NEW and p.head in _OF_AUTHORS]
    if author is None or author.kind is PRONOUN or len(texts) != 1 or texts[0].first < author.last:
        return None
    between = carrier.lows[author.last : texts[0].first]
    return author if COME_BY.isdisjoint(between) and _is_object(texts[0]) else None


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
    return pronoun if verb.verb.lemma in VERBS_OF_TEXTS and not there else None


def is_brought_out(text: Phrase) -> bool:
    """Whether somebody brings a text out: "dans un communiqué, X regrette", "X a publié un tract"."""
    return text.first > 0 and text.determiner in _OWN_OR_NEW


def _is_object(phrase: Phrase) -> bool:
    """Whether no preposition leads up to a phrase: "a signé en juin | une convention"."""
    return bool(phrase.before) and phrase.before != "," and phrase.before not in PREPOSITIONS
