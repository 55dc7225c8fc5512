"""Which body is "la chaîne", "le syndicat"? The one named before that the word may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from quotes.extraction.entities import ORGANIZATION, Entity, Seen
from quotes.french.grammar import word_class
from quotes.french.lexicon import entries, fold
from quotes.french.names import ORGANIZATIONS


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The kinds of bodies that a word may stand for, and words of names that show one of them."""

    kinds: frozenset[str]
    words: frozenset[str]


def _read() -> dict[str, _Meaning]:
    return {
        word: _Meaning(frozenset(kinds.split()), frozenset(fold(words).split()))
        for word, kinds, words in entries("bodies")
    }


_MEANINGS = _read()
STAND_FOR_BODIES = frozenset(_MEANINGS)
"""Words that stand for a body named before."""
_OF_MARKETS = frozenset({"company", "media"})
_PRIVATE = _OF_MARKETS | {"union", "party", "club"}
_PUBLIC = frozenset(map(fold, word_class("public_bodies")))
_OFFICES = frozenset(map(fold, word_class("public_offices")))
STATES_AND_TOWNS = word_class("states_and_towns")
_OF_ANY_SORT = word_class("bodies_of_any_sort")
_ONE_OF_MANY = frozenset({"ong"})  # papers speak of several: "l'ONG" is one that is known for such
_REMEMBERED = 15  # sentences after which a body that fits may still be meant
_IN_FOCUS = 8  # sentences after which one of which nothing tells that it fits may be
_FITS, _ACTS, _SPOKE = 4.0, 2.0, 1.0  # what a mention is worth more, in sentences


def body_meant(seen: Sequence[Seen], word: str, before: int, here: int) -> Entity | None:
    """The body that a word stands for at an offset of sentence ``here``, among those mentioned before it."""
    meaning = _MEANINGS.get(word)
    if meaning is None:
        return None
    best, meant = -inf, None
    begins = fold(word)
    for mention in reversed(seen):
        distance = here - mention.sentence
        if distance > _REMEMBERED:
            break
        entity = mention.entity
        if entity.type is not ORGANIZATION or mention.position >= before:
            continue
        score = _ACTS * mention.subject + _SPOKE * mention.speaks - distance
        if score + _FITS <= best:
            continue  # not even if it fits
        if (entity.is_place and word not in STATES_AND_TOWNS) or fold(entity.name).startswith(begins):
            continue
        fits = _fits(entity, meaning)
        in_focus = distance <= _IN_FOCUS and mention.subject and word not in _ONE_OF_MANY
        if fits is False or (fits is None and not in_focus):
            continue
        score += _FITS * (fits is True)
        if score > best:
            best, meant = score, entity
    return meant


def may_stand_for(word: str, named: str, *, apposed: bool) -> bool:
    """Whether a noun may stand for a body whose name another introduced: "l'instance", "la Haute autorité X".

    A company's name is ``apposed`` to its noun: "le prestataire Noxia" is "l'entreprise", and no "Société X".
    """
    if word == named:
        return True
    meaning, other = _MEANINGS.get(word), _MEANINGS.get(named)
    if meaning is None or (word not in _OF_ANY_SORT and named not in meaning.words):
        return False
    kinds = other.kinds if other is not None else frozenset()
    return not meaning.kinds.isdisjoint(kinds if apposed else kinds - _OF_MARKETS)


def _fits(entity: Entity, meaning: _Meaning) -> bool | None:
    """Whether a body is of a kind that is meant; ``None`` where nothing tells."""
    name = fold(entity.name)
    head = name.partition(" ")[0]
    if meaning.kinds and meaning.kinds <= _OF_MARKETS and head in _PUBLIC:
        return False  # "le quotidien" is no court
    if head in _OFFICES and meaning.kinds and meaning.kinds <= _PRIVATE:
        return False  # "le syndicat" neither
    if meaning.words.intersection(name.replace("-", " ").replace("'", " ").split()):
        return True
    known = ORGANIZATIONS.get(name)
    sort = _MEANINGS.get(head) if known is None and not entity.name[:1].isupper() else None
    if sort is not None and sort.kinds and meaning.kinds and meaning.kinds.isdisjoint(sort.kinds):
        return False  # "le syndicat" is no "compagnie"
    return None if known is None and meaning.kinds else known is not None and known.kind in meaning.kinds
