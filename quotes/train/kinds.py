"""What goes wrong, by kind and with counts, so that work begins with the biggest kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotes.evaluation import SAME_QUOTE, GoldArticle, closest, same_speaker
from quotes.extraction.clues.question import Question
from quotes.extraction.reading import Part, propose
from quotes.extraction.verdict import name_speakers, sift
from quotes.train.cases import as_read, right_ones

_OF_SOURCE = {
    "name": "another name than the one that is printed",
    "description": "a description given to somebody else, or left without a name",
    "pronoun": "the antecedent of a pronoun",
    "alone": "who goes on speaking",
    "part": "the source of a fragment",
    "display": "the speaker of a heading or a caption",
}


@dataclass(slots=True)
class Kinds:
    """Errors by kind; quotes with a speaker, those found, those with the speaker in the cast, those right."""

    errors: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    found: int = 0
    in_cast: int = 0
    right: int = 0

    @property
    def of_ceiling(self) -> float:
        """The share right of the quotes that were found and whose speaker was among the candidates."""
        return self.right / self.in_cast if self.in_cast else 0.0


def kinds_of(articles: Iterable[GoldArticle]) -> Kinds:
    """Extract from these articles and sort what is wrong."""
    kinds = Kinds()
    for gold in articles:
        _count(gold, kinds)
    return kinds


def _count(gold: GoldArticle, kinds: Kinds) -> None:
    gold, zones = as_read(gold)
    left = dict(enumerate(gold.units))
    for part in propose(gold.text, zones).parts:
        _count_part(gold, part, kinds, left)
    for unit in left.values():
        if unit["label"] == "quote" and unit.get("speaker"):
            kinds.quotes += 1
            kinds.errors["not found: no marks, or marks that don't pair"] += 1


def _count_part(gold: GoldArticle, part: Part, kinds: Kinds, left: dict[int, dict[str, object]]) -> None:
    sift(gold.text, part.placed)
    docket = part.docket
    questions = list(docket.quotations())
    name_speakers(docket, part.placed, part.told)
    free = dict(enumerate(part.placed))
    for answered, _ in part.answered:
        for number, unit in list(left.items()):
            if closest(unit, {0: answered}, SAME_QUOTE) is not None and not answered.marked:
                del left[number]  # what stands without marks is not the judge's
    for number, unit in list(left.items()):
        index = closest(unit, free, SAME_QUOTE)
        if index is None:
            continue
        item = free.pop(index)
        del left[number]
        if unit["label"] == "not_quote" and item.reason is None:
            kinds.errors["no quote, taken for one"] += 1
        if unit["label"] != "quote" or not isinstance(speaker := unit.get("speaker"), dict):
            continue
        kinds.quotes += 1
        if item.reason is not None:
            kinds.errors["not found: judged to be no quote"] += 1
            continue
        kinds.found += 1
        among = any(right_ones(docket.candidates(questions[index]), speaker))
        kinds.in_cast += among
        right = item.entity is not None and same_speaker(item.entity.speaker().name, speaker)
        kinds.right += right
        if not right:
            kinds.errors[_kind(questions[index], item.entity is None, among)] += 1


def _kind(question: Question, nobody: bool, among: bool) -> str:
    if not among:
        return "nobody of that name in the cast"
    if nobody:
        return "no answer where there is one"
    return _OF_SOURCE.get(question.kind, question.kind)
