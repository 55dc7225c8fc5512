"""Annotated articles as the judge's questions, with the answers that are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.evaluation import SAME_INDIRECT, SAME_QUOTE, GoldArticle, closest, overlap_share, same_speaker
from quotes.extraction.carrier import Carrier
from quotes.extraction.clues.marked import marked_clues, marked_of, surroundings_of
from quotes.extraction.clues.question import Question, Record
from quotes.extraction.clues.speaker import nobody_clues, order_of, speaker_clues
from quotes.extraction.clues.told import told_clues
from quotes.extraction.flow import SILENT, Placed
from quotes.extraction.hearing import Heard
from quotes.extraction.indirect import propose_told, stretch_of
from quotes.extraction.opinion import SecondOpinion
from quotes.extraction.reading import Part, propose, zones_in
from quotes.extraction.told_bounds import Told
from quotes.extraction.typography import view_of
from quotes.model import Zone
from quotes.reading.zones import zones_of

if TYPE_CHECKING:
    from quotes.extraction.encoder.reader import Encoder

Clues = tuple[str, ...]
Annotation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its possible answers: the clues of each, and which of them are right.

    A yes-or-no question has the clues of *yes* first, and none for *no*. ``context`` is where some
    clues may be worth something else ("" everywhere the same). ``weight`` is what it counts beside others.
    ``sorts`` are the types of the sources that a question about speakers has for answers.
    """

    article: str
    context: str
    answers: tuple[Clues, ...]
    right: tuple[bool, ...]
    weight: float = 1.0
    sorts: tuple[str, ...] = ()


class Worth(NamedTuple):
    """What the cases of an article count beside those of a newspaper: its spans, and its speakers.

    What counts nothing is left out.
    """

    spans: float = 1.0
    speakers: float = 1.0


_FULL = Worth()


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """The stretches of one sentence that may be told, a case for each, and the unit that each matches.

    ``units`` has the number of the annotated stretch, or −1; a case is right where there is one.
    """

    proposed: tuple[Told, ...]
    cases: tuple[Case, ...]
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """What one article teaches; ``speakers`` of marked spans begin where ``marked`` says somebody speaks.

    ``owners`` has, for each marked span that the rules found, the number of its case in ``marked`` and
    in ``speakers``, so that both probabilities can be put together. ``sentences`` are those in which
    something may be told; ``told_units`` is how many told stretches the annotation has.
    """

    name: str
    marked: tuple[Case, ...]
    speakers: tuple[Case, ...]
    told: tuple[Case, ...]
    owners: tuple[tuple[int, int], ...]
    sentences: tuple[ToldSentence, ...]
    told_units: int


def cases_of(gold: GoldArticle, worth: Worth = _FULL, encoder: Encoder | None = None) -> Cases:
    """The questions of one article that its annotation answers, each counting what it is ``worth``.

    Where there is an ``encoder``, its opinion on everything is among the clues; it must not have been
    trained on the article.
    """
    found = _cases_of(gold, encoder)
    if worth == _FULL:
        return found
    return replace(
        found,
        marked=_counting(found.marked, worth.spans),
        speakers=_counting(found.speakers, worth.speakers),
        told=_counting(found.told, worth.speakers),
        sentences=tuple(replace(s, cases=_counting(s.cases, worth.spans)) for s in found.sentences),
    )


def _counting(cases: Sequence[Case], weight: float) -> tuple[Case, ...]:
    if not weight:
        return ()
    return tuple(replace(case, weight=weight) for case in cases)


def _cases_of(gold: GoldArticle, encoder: Encoder | None) -> Cases:
    gold, zones = as_read(gold)
    marked: list[Case] = []
    speakers: list[Case] = []
    told: list[Case] = []
    owners: list[tuple[int, int]] = []
    sentences: list[ToldSentence] = []
    proposed = propose(gold.text, zones, encoder, always=True)
    for part in proposed.parts:
        for mark, speaker in _marked(gold, part, proposed.opinion):
            if mark is not None and speaker is not None:
                owners.append((len(marked), len(speakers)))
            if mark is not None:
                marked.append(mark)
            if speaker is not None:
                speakers.append(speaker)
        told.extend(_told(gold, part, proposed.opinion))
        sentences.extend(_told_sentences(gold, part))
    return Cases(
        gold.name,
        tuple(marked),
        tuple(speakers),
        tuple(told),
        tuple(owners),
        tuple(sentences),
        len(gold.indirect),
    )


def _told_sentences(gold: GoldArticle, part: Part) -> Iterator[ToldSentence]:
    for carrier in part.carriers:
        proposed = () if carrier.sentence.zone in SILENT else tuple(propose_told(gold.text, carrier))
        if not proposed:
            continue
        units = tuple(told_unit(gold, carrier, told) for told in proposed)
        cases = tuple(
            Case(gold.name, "", (tuple(told_clues(gold.text, carrier, told)), ()), (unit >= 0, unit < 0))
            for told, unit in zip(proposed, units, strict=True)
        )
        yield ToldSentence(proposed, cases, units)


def told_unit(gold: GoldArticle, carrier: Carrier, told: Told) -> int:
    """The annotated stretch that a proposed one matches, by its number; −1 for none."""
    start, end = stretch_of(carrier, told)
    shares = [
        (overlap_share(start, end, unit["start"], unit["end"]), n) for n, unit in enumerate(gold.indirect)
    ]
    share, number = max(shares, default=(0.0, -1))
    return number if share >= SAME_INDIRECT else -1


def as_read(gold: GoldArticle) -> tuple[GoldArticle, Sequence[Zone]]:
    """The article with its annotation as the rules read it, and its zones."""
    view, zones = view_of(gold.text), zones_of(gold.text)
    if not view.changed:
        return gold, zones

    def moved(units: Sequence[Annotation]) -> tuple[dict[str, Any], ...]:
        return tuple({**u, "start": view.forth(u["start"]), "end": view.forth(u["end"])} for u in units)

    moved_gold = replace(gold, text=view.text, units=moved(gold.units), indirect=moved(gold.indirect))
    return moved_gold, zones_in(view, zones)


def labelled_spans(gold: GoldArticle, part: Part) -> Iterator[tuple[int, Placed, Question, Annotation]]:
    """Each marked span of a part that has a label, with its number, its question and its annotation."""
    units = _matched(gold.units, part.placed, SAME_QUOTE)
    for number, (item, question) in enumerate(zip(part.placed, part.docket.quotations(), strict=True)):
        unit = units.get(number)
        if unit is not None and unit["label"] != "unsure":
            yield number, item, question, unit


def is_silent(item: Placed) -> bool:
    """Whether a marked span stands where nobody of the article speaks: a teaser, a comment."""
    return item.carrier.sentence.zone in SILENT


def told_speakers(gold: GoldArticle, part: Part) -> Iterator[tuple[Question, Annotation]]:
    """Each stretch of told speech whose speaker is annotated, as a question, with that speaker."""
    units = _matched(gold.indirect, part.told, SAME_INDIRECT)
    for number, question in enumerate(part.docket.told_stretches()):
        if number in units and (speaker := units[number].get("speaker")):
            yield question, speaker


def right_ones(records: Sequence[Record], expected: Annotation | None) -> list[bool]:
    """Which of the candidates is the annotated speaker."""
    return [
        bool(expected) and same_speaker(record.entity.speaker().name, expected or {}) for record in records
    ]


def _marked(
    gold: GoldArticle, part: Part, opinion: SecondOpinion | None
) -> Iterator[tuple[Case | None, Case | None]]:
    """Each marked span with a label: is it a quote, and whose?"""
    around = surroundings_of(gold.text, part.placed)
    for number, item, question, unit in labelled_spans(gold, part):
        said = unit["label"] == "quote"
        mark = None
        if item.carrier.sentence.zone not in SILENT:
            clues = list(marked_clues(marked_of(gold.text, item), around[number]))
            if opinion is not None:
                clues.append(opinion.on_quote(item.start, item.end))
            mark = Case(gold.name, "", (tuple(clues), ()), (said, not said))
        yield mark, _speaker(gold, part, question, unit.get("speaker"), opinion) if said else None


def _told(gold: GoldArticle, part: Part, opinion: SecondOpinion | None) -> Iterator[Case]:
    for question, speaker in told_speakers(gold, part):
        yield _speaker(gold, part, question, speaker, opinion)


def _speaker(
    gold: GoldArticle,
    part: Part,
    question: Question,
    expected: Annotation | None,
    opinion: SecondOpinion | None,
) -> Case:
    records = part.docket.candidates(question)
    order = order_of(question, records)
    answers = [tuple(speaker_clues(question, record, order)) for record in records]
    answers.append(tuple(nobody_clues(question)))
    if opinion is not None and records:
        said = opinion.on_speakers(part.docket.speech(question, records), question, records)
        answers = [(*own, *more) for own, more in zip(answers, said, strict=True)]
    right = right_ones(records, expected)
    sorts = tuple(str(record.entity.type) for record in records)
    return Case(gold.name, question.kind, tuple(answers), (*right, not any(right)), sorts=sorts)


def _matched(
    units: Sequence[Annotation], found: Sequence[Placed] | Sequence[Heard], least: float
) -> dict[int, Annotation]:
    """The unit of each found stretch that has one, by the stretch's number."""
    free: dict[int, Placed | Heard] = dict(enumerate(found))
    matched = {}
    for unit in units:
        number = closest(unit, free, least)
        if number is not None:
            del free[number]
            matched[number] = unit
    return matched
