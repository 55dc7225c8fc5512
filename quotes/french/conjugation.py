"""French conjugation by rule: every form of a verb from its infinitive.

The regular groups follow their endings and the spelling changes of the stem (lancer → lançait,
rappeler → rappelle, répéter → répète, balayer → balaie or balaye). The others are read from
``data/irregular.txt`` by the longest listed ending of the infinitive, so that "redire" is
conjugated like "dire" and "contredire" has its own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from quotes.french.lexicon import entries


class Slot(NamedTuple):
    """A cell of the table of a verb; ``person`` is 0 outside the finite moods."""

    mood: str
    tense: str
    person: int = 0
    number: str = ""
    gender: str = ""


Cells = Iterator[tuple[str, Slot]]


def _row(tense: str) -> tuple[Slot, ...]:
    return tuple(Slot("indicative", tense, person, number) for number in ("s", "p") for person in (1, 2, 3))


_PRESENT = _row("present")
_IMPERFECT = _row("imperfect")
_PAST = _row("past")
_FUTURE = _row("future")
_CONDITIONAL = _row("conditional")
_SUBJUNCTIVE = _row("subjunctive")
_SUBJUNCTIVE_IMPERFECT = _row("subjunctive_imperfect")
_INFINITIVE = Slot("infinitive", "present")
_PRESENT_PARTICIPLE = Slot("present_participle", "present")
_PAST_PARTICIPLES = tuple(
    Slot("past_participle", "past", 0, number, gender) for number in ("s", "p") for gender in ("m", "f")
)

_IMPERFECT_ENDINGS = ("ais", "ais", "ait", "ions", "iez", "aient")
_FUTURE_ENDINGS = ("ai", "as", "a", "ons", "ez", "ont")
_PAST_ENDINGS = {
    "a": ("ai", "as", "a", "âmes", "âtes", "èrent"),
    "it": ("is", "is", "it", "îmes", "îtes", "irent"),
    "ut": ("us", "us", "ut", "ûmes", "ûtes", "urent"),
    "int": ("ins", "ins", "int", "înmes", "întes", "inrent"),
}
# The press has no other persons of it than the third: "fût", "qu'ils eussent".
_SUBJUNCTIVE_IMPERFECT_ENDINGS = {
    "a": ("", "", "ât", "", "", "assent"),
    "it": ("", "", "ît", "", "", "issent"),
    "ut": ("", "", "ût", "", "", "ussent"),
    "int": ("", "", "înt", "", "", "inssent"),
}

# Verbs in -eler and -eter that double their consonant; the others take è (martèle, achète).
_DOUBLING = ("appeler", "jeter", "épeler", "grommeler", "ficeler", "renouveler", "trompeter")
# The e of the stem is sounded, so it never changes: tweete.
_UNCHANGING = ("tweeter",)
_MUTE_E = re.compile(r"e([bcdfglmnprstv])$")
_ACUTE_E = re.compile(r"é([bcdfgptv][lr]|ch|gn|gu|qu|[bcdfgjlmnprstv])$")
_INVARIABLE_PARTICIPLES = frozenset({"été", "pu", "fallu", "ri", "souri", "menti"})


def conjugate(infinitive: str, group: int) -> Cells:
    """Yield every form of a verb with its place in the table.

    ``group`` is the school's: 1 for -er, 2 for -ir with -iss-, 3 for the rest. Two accepted
    spellings both come ("balaie", "balaye"; "répétera", "répètera").
    """
    if group == 1:
        return _first(infinitive)
    if group == 2:
        return _second(infinitive)
    return _third(infinitive)


def _cells(row: tuple[Slot, ...], stem: str, endings: Sequence[str]) -> Cells:
    for slot, ending in zip(row, endings, strict=True):
        if ending:
            yield stem + ending, slot


def _futures(stem: str) -> Cells:
    yield from _cells(_FUTURE, stem, _FUTURE_ENDINGS)
    yield from _cells(_CONDITIONAL, stem, _IMPERFECT_ENDINGS)


def _pasts(third_person: str) -> Cells:
    """The simple past and its subjunctive, from the third person singular ("dit", "tint", "lança")."""
    kind = next(kind for kind in ("int", "it", "ut", "a") if third_person.endswith(kind))
    stem = third_person[: -len(kind)]
    yield from _cells(_PAST, stem, _PAST_ENDINGS[kind])
    yield from _cells(_SUBJUNCTIVE_IMPERFECT, stem, _SUBJUNCTIVE_IMPERFECT_ENDINGS[kind])


def _participles(masculine: str) -> Cells:
    if masculine in _INVARIABLE_PARTICIPLES:
        yield masculine, _PAST_PARTICIPLES[0]
        return
    stem = masculine.removesuffix("û") + "u" if masculine.endswith("û") else masculine
    plural = stem if stem.endswith("s") else stem + "s"
    yield from zip((masculine, stem + "e", plural, stem + "es"), _PAST_PARTICIPLES, strict=True)


def _mute_stems(infinitive: str) -> Iterator[tuple[str, str]]:
    """The stems of a verb in -er before a mute e (rappell-) and in the future (rappeller-)."""
    stem = infinitive[:-2]
    if infinitive.endswith("envoyer"):
        yield stem[:-1] + "i", infinitive.removesuffix("oyer") + "err"
    elif stem.endswith(("oy", "uy")):
        yield stem[:-1] + "i", stem[:-1] + "ier"
    elif stem.endswith("ay"):
        yield stem[:-1] + "i", stem[:-1] + "ier"
        yield stem, infinitive
    elif infinitive.endswith(_DOUBLING):
        yield stem + stem[-1], stem + stem[-1] + "er"
    elif _MUTE_E.search(stem) and not infinitive.endswith(_UNCHANGING):
        grave = _MUTE_E.sub(r"è\1", stem)
        yield grave, grave + "er"
    elif _ACUTE_E.search(stem):
        grave = _ACUTE_E.sub(r"è\1", stem)
        yield grave, infinitive
        yield grave, grave + "er"
    else:
        yield stem, infinitive


def _first(infinitive: str) -> Cells:
    stem = infinitive[:-2]
    hard = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    for mute, future in _mute_stems(infinitive):
        yield from _cells(_PRESENT, mute, ("e", "es", "e", "", "", "ent"))
        yield from _cells(_SUBJUNCTIVE, mute, ("e", "es", "e", "", "", "ent"))
        yield from _futures(future)
    yield from _cells(_PRESENT, "", ("", "", "", hard + "ons", stem + "ez", ""))
    yield from _cells(_SUBJUNCTIVE, stem, ("", "", "", "ions", "iez", ""))
    yield from _cells(_IMPERFECT, hard, ("ais", "ais", "ait", "", "", "aient"))
    yield from _cells(_IMPERFECT, stem, ("", "", "", "ions", "iez", ""))
    for form, slot in _pasts(hard + "a"):
        yield (stem + "èrent" if form.endswith("èrent") else form), slot
    yield infinitive, _INFINITIVE
    yield hard + "ant", _PRESENT_PARTICIPLE
    yield from _participles(stem + "é")


def _second(infinitive: str) -> Cells:
    stem = infinitive[:-1]
    yield from _cells(_PRESENT, stem, ("s", "s", "t", "ssons", "ssez", "ssent"))
    yield from _cells(_SUBJUNCTIVE, stem, ("sse", "sses", "sse", "ssions", "ssiez", "ssent"))
    yield from _cells(_IMPERFECT, stem + "ss", _IMPERFECT_ENDINGS)
    yield from _futures(infinitive)
    yield from _pasts(stem + "t")
    yield infinitive, _INFINITIVE
    yield stem + "ssant", _PRESENT_PARTICIPLE
    yield from _participles(stem)


@dataclass(frozen=True, slots=True)
class _Model:
    present: list[str]
    past: str
    future: str
    participle: str
    subjunctive: list[str]
    imperfect: str
    present_participle: str


@cache
def _models() -> dict[str, _Model]:
    models = {}
    for ending, present, past, future, participle, subjunctive, imperfect, gerund in entries("irregular"):
        persons = ["" if form == "-" else form for form in present.split()]
        plural = imperfect or persons[3].removesuffix("ons")
        if subjunctive:
            moods = ["" if form == "-" else form for form in subjunctive.split()]
        else:
            strong = persons[5].removesuffix("ent")
            moods = [strong + "e", strong + "es", strong + "e"]
            moods += [plural + "ions", plural + "iez", strong + "ent"]
        models[ending] = _Model(persons, past, future, participle, moods, plural, gerund or plural + "ant")
    return models


def _third(infinitive: str) -> Cells:
    models = _models()
    ending = next((infinitive[i:] for i in range(len(infinitive)) if infinitive[i:] in models), None)
    if ending is None:
        raise ValueError(f"no model in data/irregular.txt conjugates {infinitive!r}")
    model = models[ending]
    prefix = infinitive.removesuffix(ending)
    impersonal = not model.present[0]
    for form, slot in _third_cells(model, infinitive[len(prefix) :]):
        if not (impersonal and slot.person and (slot.person, slot.number) != (3, "s")):
            yield prefix + form, slot


def _third_cells(model: _Model, infinitive: str) -> Cells:
    yield from _cells(_PRESENT, "", model.present)
    yield from _cells(_SUBJUNCTIVE, "", model.subjunctive)
    yield from _cells(_IMPERFECT, model.imperfect, _IMPERFECT_ENDINGS)
    yield from _futures(model.future)
    yield from _pasts(model.past)
    yield infinitive, _INFINITIVE
    yield model.present_participle, _PRESENT_PARTICIPLE
    yield from _participles(model.participle)
