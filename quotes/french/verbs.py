"""The verbs that introduce speech, and every form in which they can stand in a text.

``VERBS`` says what a verb can do (stand in an incise, take a que-clause …), ``FORMS`` what a word
can be the form of. Keys are lower case, with accents and straight apostrophes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from quotes.french.conjugation import Cells, conjugate
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


class Form(NamedTuple):
    """One reading of a word as a verb: the infinitive without a pronoun, and its cell of the table.

    ``mood`` is "indicative" for any finite tense (subjunctive and conditional too, which ``tense``
    tells apart), "infinitive", "present_participle" or "past_participle". ``person`` is 0 and
    ``number`` "" where there is none.
    """

    lemma: str
    mood: str
    tense: str
    person: int
    number: str
    gender: str


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


def _forms_of(head: str) -> Cells:
    for form, slot in conjugate(head, _GROUPS[head]):
        yield form, slot
        if "aît" in form:  # the spelling of 1990: reconnait, parait
            yield form.replace("aît", "ait"), slot


def _conjugated() -> dict[str, tuple[Form, ...]]:
    forms: dict[str, tuple[Form, ...]] = {}
    new = tuple.__new__  # what Form does, without a call for each of forty thousand

    def add(form: str, reading: Form) -> None:
        known = forms.get(form)
        if known is None:
            forms[form] = (reading,)
        elif reading not in known:
            forms[form] = (*known, reading)

    for head in _GROUPS:
        begin = (head,)
        for form, slot in _forms_of(head):
            add(form, new(Form, begin + slot))
    return forms


FORMS: Mapping[str, tuple[Form, ...]] = _conjugated()
"""What each form can be: readings in the order of the table, none twice. A plain dictionary, since it is
asked of every word many times."""


def forms_of(heads: Iterable[str]) -> frozenset[str]:
    """All forms of those of these infinitives that are verbs of the lists."""
    return frozenset([form for head in heads if head in _GROUPS for form, _ in _forms_of(head)])


AUXILIARIES: frozenset[str] = frozenset(
    form
    for head in ("avoir", "être")
    for form, slot in conjugate(head, _GROUPS[head])
    if slot.mood != "past_participle"
)
"""The forms of avoir and être that can begin a compound tense: a, ont, était, ayant …"""


@lru_cache(maxsize=1 << 14)
def is_indicative(word: str) -> bool:
    """Whether a word in lower case can be a finite form of a verb of the lists, of whatever person."""
    return any(f.mood == "indicative" for f in FORMS.get(word, ()))


def is_infinitive_form(word: str) -> bool:
    """Whether a word in lower case is an infinitive of a verb of the lists."""
    return any(f.mood == "infinitive" for f in FORMS.get(word, ()))


@lru_cache(maxsize=1 << 14)
def is_finite_form(word: str) -> bool:
    """Whether a word in lower case can be a verb of which he, she or they are the subject."""
    return any(f.mood == "indicative" and f.person == 3 for f in FORMS.get(word, ()))
