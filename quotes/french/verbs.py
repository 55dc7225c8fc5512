"""The verbs that introduce speech, and every form in which they can stand in a text.

``VERBS`` says what a verb can do (stand in an incise, take a que-clause …), ``FORMS`` what a word
can be the form of. Keys are lower case, with accents and straight apostrophes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from quotes.french.conjugation import Slot, conjugate
from quotes.french.lexicon import entries


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech, or a fixed phrase that begins with one ("mettre en garde").

    ``head`` is the infinitive of the conjugated word, ``tail`` the fixed words after it, split at
    spaces and after apostrophes (("la", "sonnette", "d'", "alarme")). ``constructions`` are those
    explained in ``data/verbs.txt``; ``preposition`` is the one that "de" in them stands for.
    """

    lemma: str
    constructions: frozenset[str]
    reflexive: bool
    head: str
    tail: tuple[str, ...]
    preposition: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word as a verb.

    ``lemma`` is the infinitive without a pronoun. ``mood`` is "indicative" for any finite tense
    (subjunctive and conditional too, which ``tense`` tells apart), "infinitive",
    "present_participle" or "past_participle". ``person`` is 0 and ``number`` "" where there is none.
    """

    lemma: str
    mood: str
    person: int
    number: str
    gender: str
    tense: str


# Verbs that are no speech but carry it: a dit, vient d'annoncer, a fait savoir, peut-on lire.
_CARRIERS = {
    "être": 3,
    "avoir": 3,
    "aller": 3,
    "venir": 3,
    "vouloir": 3,
    "tenir": 3,
    "faire": 3,
    "laisser": 1,
    "pouvoir": 3,
    "devoir": 3,
    "falloir": 3,
    "savoir": 3,
    "sembler": 1,
    "paraître": 3,
}


def _parse(lemma: str, constructions: str) -> Verb:
    bare = lemma.removeprefix("se ").removeprefix("s'")
    head, *tail = bare.replace("'", "' ").split()
    names = constructions.split()
    preposition = next((name.partition(":")[2] or "de" for name in names if name.startswith("de")), None)
    return Verb(
        lemma=lemma,
        constructions=frozenset(name.partition(":")[0] for name in names),
        reflexive=bare != lemma,
        head=head,
        tail=tuple(tail),
        preposition=preposition,
    )


def _read() -> tuple[dict[str, tuple[Verb, ...]], dict[str, int]]:
    by_head: dict[str, list[Verb]] = {}
    groups = dict(_CARRIERS)
    for lemma, group, constructions, _note in entries("verbs"):
        verb = _parse(lemma, constructions)
        by_head.setdefault(verb.head, []).append(verb)
        groups[verb.head] = int(group)
    verbs = {head: tuple(sorted(group, key=lambda verb: -len(verb.tail))) for head, group in by_head.items()}
    return verbs, groups


_VERBS, _GROUPS = _read()

VERBS: Mapping[str, tuple[Verb, ...]] = _VERBS
"""The verbs that begin with a word, by its infinitive, those with the longest tail first."""


@cache
def _readings() -> dict[str, list[tuple[str, Slot]]]:
    readings: dict[str, list[tuple[str, Slot]]] = {}
    for head, group in _GROUPS.items():
        for form, slot in conjugate(head, group):
            readings.setdefault(form, []).append((head, slot))
            if "aît" in form:  # the spelling of 1990: reconnait, parait
                readings.setdefault(form.replace("aît", "ait"), []).append((head, slot))
    return readings


class _Forms(Mapping[str, tuple[Form, ...]]):
    """Conjugates all verbs at the first look-up, and builds the readings of a form when asked for it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Form, ...]] = {}

    def __getitem__(self, form: str) -> tuple[Form, ...]:
        known: tuple[Form, ...] | None = self.get(form)
        if not known:
            raise KeyError(form)
        return known

    def get(self, form: str, default: Any = None) -> Any:
        """The readings of a form; most words have none, so that no exception may be raised for them."""
        known = self._known.get(form)
        if known is not None:
            return known
        readings = _readings().get(form)
        if readings is None:
            return default
        known = self._known[form] = tuple(
            Form(lemma, slot.mood, slot.person, slot.number, slot.gender, slot.tense)
            for lemma, slot in dict.fromkeys(readings)
        )
        return known

    def __contains__(self, form: object) -> bool:
        return form in _readings()

    def __iter__(self) -> Iterator[str]:
        return iter(_readings())

    def __len__(self) -> int:
        return len(_readings())


FORMS: Mapping[str, tuple[Form, ...]] = _Forms()
"""What each form can be: readings in the order of the table, none twice."""

AUXILIARIES: frozenset[str] = frozenset(
    form
    for head in ("avoir", "être")
    for form, slot in conjugate(head, _GROUPS[head])
    if slot.mood != "past_participle"
)
"""The forms of avoir and être that can begin a compound tense: a, ont, était, ayant …"""
