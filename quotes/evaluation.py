"""How right is an extractor on articles that people annotated? Figures, calibration, errors.

A gold folder holds ``NAME.txt`` with ``NAME.json`` beside it (``docs/evaluation.md`` describes the
format and how each figure is made).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from quotes.errors import QuotesError
from quotes.model import Extraction, Quote, QuoteKind, SpeakerType

Figures = dict[str, dict[str, float | int | None]]

# How much of a gold unit's stretch and a found one's must be shared for them to be the same.
SAME_QUOTE = 0.8
SAME_INDIRECT = 0.5
# How many of their words two descriptions, or two wordings of a role, must share.
_SAME_WORDS = 0.5
_SURE = 0.9
_DESCRIBED = frozenset({SpeakerType.GROUP, SpeakerType.UNNAMED, SpeakerType.DOCUMENT})

# A name is compared without its title and its small words.
_TITLES = frozenset(
    {"m", "mr", "mme", "mmes", "mm", "mlle", "me", "dr", "pr", "monsieur", "madame", "maitre"}
    | {"docteur", "professeur", "sir", "lord"}
)
_SMALL_WORDS = frozenset(
    {
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "et",
        "a",
        "au",
        "aux",
        "en",
        "chez",
        "pour",
    }
    | {"dans", "sur", "ce", "cette", "son", "sa", "ses", "qui", "est", "the", "of", "par"}
)
_ONE_FOR_OTHER = str.maketrans({"œ": "oe", "æ": "ae", "·": "", "’": "'"})


class HeldBack(StrEnum):
    """Which part of the articles to look at: all but the held-back third, or only that third."""

    OUT = "out"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with its annotation: ``units`` and ``indirect`` as they stand in the JSON.

    ``partial``: somebody has looked at these alone, and what is found elsewhere is not counted.
    """

    name: str
    text: str
    units: tuple[dict[str, Any], ...]
    indirect: tuple[dict[str, Any], ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class EvaluationError:
    """One thing that is wrong: what sort, in which article, where, and what was got and expected."""

    kind: str
    article: str
    start: int
    passage: str
    note: str = ""

    def __str__(self) -> str:
        where = f"{self.article}:{self.start} «{self.passage}»"
        return f"{self.kind:13} {where}" + (f": {self.note}" if self.note else "")


@dataclass(frozen=True, slots=True)
class Answer:
    """One quote that was given a speaker: by which rule, for which printed mention, and whether rightly."""

    article: str
    rule: str
    mention: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The attributed answers with a confidence from ``low`` up to ``high``, and how many are right."""

    low: float
    high: float
    answers: int
    right: int
    mean: float | None

    @property
    def share(self) -> float | None:
        """The share of the answers that are right; ``None`` when there are none."""
        return self.right / self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures over all articles, the confidence table, and every error."""

    articles: int
    figures: Figures
    calibration: tuple[Bin, ...]
    errors: tuple[EvaluationError, ...]
    answers: tuple[Answer, ...] = ()


def held_back(name: str) -> bool:
    """Whether the article of this name (its file's stem) belongs to the third that is held back."""
    return int(hashlib.sha256(name.encode("utf-8")).hexdigest(), 16) % 3 == 0


def read_gold(folder: Path, part: HeldBack | None = None) -> Iterator[GoldArticle]:
    """The annotated articles of a folder, by name; ``part`` chooses those held back, or the others."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise QuotesError(f"{folder}: no annotated articles: it needs NAME.txt with NAME.json beside it")
    for path in paths:
        if part is not None and held_back(path.stem) != (part is HeldBack.ONLY):
            continue
        yield _read(path)


def _read(path: Path) -> GoldArticle:
    try:
        # As bytes, so that line ends stay as they are and offsets hold.
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        return gold_article(path.stem, text, json.loads(path.read_bytes()))
    except OSError as error:
        raise QuotesError(f"{error.filename}: {error.strerror}: each annotation needs its text") from error
    except (ValueError, KeyError, TypeError) as error:
        raise QuotesError(f"{path}: no annotation as docs/evaluation.md describes it: {error!r}") from error


def gold_article(name: str, text: str, annotation: dict[str, Any]) -> GoldArticle:
    """Read an annotation as JSON has it; raises ``ValueError`` or ``KeyError`` for what is none."""
    units, indirect = tuple(annotation["units"]), tuple(annotation.get("indirect", ()))
    for unit in (*units, *indirect):
        if not 0 <= unit["start"] <= unit["end"] <= len(text):
            raise ValueError(f"{unit['start']}–{unit['end']} is outside the text")
    for unit in units:
        if unit["label"] not in ("quote", "not_quote", "unsure"):
            raise ValueError(f"unknown label {unit['label']!r}")
        if unit.get("incises") and "text" not in unit:
            raise ValueError(f'the quote at {unit["start"]} has incises and no "text" without them')
    return GoldArticle(name, text, units, indirect, bool(annotation.get("partial", False)))


def evaluate(
    gold: Path | Iterable[GoldArticle],
    extract: Callable[[str], Extraction],
    part: HeldBack | None = None,
) -> Evaluation:
    """Extract from every article of ``gold`` (a folder, or articles already read) and compare."""
    articles = read_gold(gold, part) if isinstance(gold, Path) else gold
    count = _Counts()
    number = 0
    for article in articles:
        number += 1
        count.article(article, extract(article.text).quotes)
    bins = calibration((answer.confidence, answer.right) for answer in count.answers)
    return Evaluation(number, count.figures(), bins, tuple(count.errors), tuple(count.answers))


class _Counts:
    """What is counted over all articles; each figure is made of two or three of these numbers."""

    def __init__(self) -> None:
        self.number: Counter[str] = Counter()
        self.errors: list[EvaluationError] = []
        self.answers: list[Answer] = []
        self.marked_answers: list[Answer] = []

    def article(self, gold: GoldArticle, quotes: Sequence[Quote]) -> None:
        self._marked(gold, [quote for quote in quotes if quote.kind is not QuoteKind.INDIRECT])
        self._indirect(gold, [quote for quote in quotes if quote.kind is QuoteKind.INDIRECT])

    def _marked(self, gold: GoldArticle, quotes: list[Quote]) -> None:
        number = self.number
        free = dict(enumerate(quotes))
        for unit in gold.units:
            index = closest(unit, free, SAME_QUOTE)
            quote = free.pop(index) if index is not None else None
            if unit["label"] == "unsure":
                continue
            number["predicted"] += quote is not None
            if unit["label"] == "not_quote":
                number["not_quotes"] += 1
                number["rejected"] += quote is None
                if quote:
                    self._answered(gold, quote, False)
                    self._wrong("not a quote", gold, unit["start"], unit["end"])
                continue
            number["gold"] += 1
            number["found"] += quote is not None
            if quote is None:
                self._wrong("missed", gold, unit["start"], unit["end"])
            self._text(gold, unit, quote)
            self._speaker(gold, unit, quote)
        for quote in () if gold.partial else free.values():
            number["predicted"] += 1
            number["attributed"] += quote.speaker is not None
            self._answered(gold, quote, False)
            self._wrong("invented", gold, quote.start, quote.end)

    def _answered(self, gold: GoldArticle, quote: Quote, right: bool) -> None:
        if quote.speaker:
            mention = quote.mention.text if quote.mention else ""
            answer = Answer(gold.name, quote.rule, mention, quote.confidence, right)
            self.answers.append(answer)
            if quote.kind is not QuoteKind.INDIRECT:
                self.marked_answers.append(answer)

    def _text(self, gold: GoldArticle, unit: dict[str, Any], quote: Quote | None) -> None:
        if not unit.get("incises"):
            return
        self.number["incises"] += 1
        if quote and _words(quote.text) == _words(unit["text"]):
            self.number["incises_right"] += 1
        elif quote:
            self._wrong("text", gold, unit["start"], unit["end"], f"got «{_one_line(quote.text)[:90]}»")

    def _speaker(self, gold: GoldArticle, unit: dict[str, Any], quote: Quote | None) -> None:
        number = self.number
        answer = quote.speaker if quote else None
        expected = unit.get("speaker")
        right = bool(answer and expected and same_speaker(answer.name, expected))
        number["attributed"] += answer is not None
        if quote:
            self._answered(gold, quote, right)
        if not expected:
            if answer:
                note = f"got {answer.name!r}, gold has none"
                self._wrong("speaker", gold, unit["start"], unit["end"], note)
            return
        number["with_speaker"] += 1
        number[f"with_{expected['type']}"] += 1
        number["speaker_right"] += right
        number[f"right_{expected['type']}"] += right
        if quote and not right:
            note = f"got {answer.name if answer else None!r}, gold {expected['names'][0]!r}"
            self._wrong("speaker", gold, unit["start"], unit["end"], note)
        if unit.get("gender"):
            number["gendered"] += 1
            number["gender_right"] += bool(right and answer and answer.gender == unit["gender"])
        self._role(gold, unit, quote, right)

    def _role(self, gold: GoldArticle, unit: dict[str, Any], quote: Quote | None, right: bool) -> None:
        number = self.number
        answer = quote.role.text if quote and quote.role else ""
        if roles := unit.get("roles"):
            number["with_role"] += 1
            number["roles_given"] += bool(answer)
            if right and answer and max(_overlap(answer, role) for role in roles) >= _SAME_WORDS:
                number["role_right"] += 1
            elif right:
                self._wrong("role", gold, unit["start"], unit["end"], f"got {answer!r}, gold {roles[0]!r}")
        elif answer and unit["speaker"]["type"] == SpeakerType.PERSON:
            number["roles_given"] += 1
            self._wrong("role", gold, unit["start"], unit["end"], f"got {answer!r}, gold has none")

    def _indirect(self, gold: GoldArticle, quotes: list[Quote]) -> None:
        number = self.number
        number["indirect_gold"] += len(gold.indirect)
        free = dict(enumerate(quotes))
        for unit in gold.indirect:
            index = closest(unit, free, SAME_INDIRECT)
            if index is None:
                self._wrong("said missed", gold, unit["start"], unit["end"])
                continue
            quote = free.pop(index)
            answer = quote.speaker
            number["indirect_predicted"] += 1
            number["indirect_found"] += 1
            expected = unit.get("speaker")
            right = bool(expected and answer and same_speaker(answer.name, expected))
            self._answered(gold, quote, right)
            if right:
                number["indirect_right"] += 1
            elif expected:
                note = f"got {answer.name if answer else None!r}, gold {expected['names'][0]!r}"
                self._wrong("said speaker", gold, unit["start"], unit["end"], note)
        for quote in () if gold.partial else free.values():
            number["indirect_predicted"] += 1
            self._answered(gold, quote, False)
            self._wrong("said invented", gold, quote.start, quote.end)

    def _wrong(self, kind: str, gold: GoldArticle, start: int, end: int, note: str = "") -> None:
        passage = _one_line(gold.text[start:end])[:70]
        self.errors.append(EvaluationError(kind, gold.name, start, passage, note))

    def figures(self) -> Figures:
        made: Figures = {
            "quotes": self._f1("found", "predicted", "gold"),
            "not_quotes_rejected": self._rate("rejected", "not_quotes"),
            "speaker": self._f1("speaker_right", "attributed", "with_speaker"),
            "role": self._f1("role_right", "roles_given", "with_role"),
            "gender": self._rate("gender_right", "gendered"),
            "incises": self._rate("incises_right", "incises"),
            "indirect": self._f1("indirect_found", "indirect_predicted", "indirect_gold"),
            "indirect_speaker": self._f1("indirect_right", "indirect_predicted", "indirect_gold"),
        }
        made["confidence"] = self._confidence()
        for kind in SpeakerType:
            made[f"speaker_{kind}"] = self._rate(f"right_{kind}", f"with_{kind}")
        return made

    def _confidence(self) -> dict[str, float | int | None]:
        """The mean gap of said and right over ten bins; how many are sure, and how many of these right."""
        if not self.marked_answers:
            return {"error": None, "sure": None, "sure_right": None, "n": 0}
        bins: dict[int, list[Answer]] = {}
        for answer in self.marked_answers:
            bins.setdefault(min(9, int(answer.confidence * 10)), []).append(answer)
        gap = sum(abs(sum(a.confidence for a in b) - sum(a.right for a in b)) for b in bins.values())
        sure = [a.right for a in self.marked_answers if a.confidence >= _SURE]
        count = len(self.marked_answers)
        return {
            "error": round(gap / count, 4),
            "sure": round(len(sure) / count, 4),
            "sure_right": round(sum(sure) / len(sure), 4) if sure else None,
            "n": count,
        }

    def _f1(self, right: str, predicted: str, gold: str) -> dict[str, float | int | None]:
        number = self.number
        precision = number[right] / number[predicted] if number[predicted] else 0.0
        recall = number[right] / number[gold] if number[gold] else 0.0
        both = precision + recall
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / both, 4) if both else 0.0,
            "n": number[gold],
        }

    def _rate(self, right: str, total: str) -> dict[str, float | int | None]:
        number = self.number
        accuracy = round(number[right] / number[total], 4) if number[total] else None
        return {"accuracy": accuracy, "n": number[total]}


_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


def calibration(answers: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Sort attributed answers (confidence, right or not) into bins; the last holds 1.0 as well."""
    known = list(answers)
    bins = []
    for low, high in pairwise(_EDGES):
        inside = [(c, right) for c, right in known if low <= c < high or (high == 1.0 and c >= 1.0)]
        mean = sum(c for c, _ in inside) / len(inside) if inside else None
        bins.append(Bin(low, high, len(inside), sum(right for _, right in inside), mean))
    return tuple(bins)


def same_speaker(name: str, gold: Mapping[str, Any]) -> bool:
    """Whether a name is one of the gold names; a description may share half of its words with one."""
    if not name:
        return False
    names = gold["names"]
    if _name_key(name) in {_name_key(other) for other in names}:
        return True
    return gold["type"] in _DESCRIBED and max(_overlap(name, other) for other in names) >= _SAME_WORDS


class Stretch(Protocol):
    """Anything with a beginning and an end, in code points."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""


def closest(unit: Mapping[str, Any], free: Mapping[int, Stretch], least: float) -> int | None:
    """The found stretch that shares most with a gold unit, at least ``least``; of equal ones the last."""
    best = max(((_shared(unit, quote), index) for index, quote in free.items()), default=(0.0, 0))
    return best[1] if best[0] >= least else None


def _shared(unit: Mapping[str, Any], found: Stretch) -> float:
    return overlap_share(int(unit["start"]), int(unit["end"]), found.start, found.end)


def overlap_share(start: int, end: int, other_start: int, other_end: int) -> float:
    """What two stretches have in common, as a share of what they cover together."""
    inside = min(end, other_end) - max(start, other_start)
    return inside / (max(end, other_end) - min(start, other_start)) if inside > 0 else 0.0


def _words(text: str) -> list[str]:
    """The words of a text in lower case, without accents and marks."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_ONE_FOR_OTHER))
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def _name_key(name: str) -> str:
    words = _words(name)
    return " ".join(w for w in words if w not in _TITLES and w not in _SMALL_WORDS) or " ".join(words)


def _overlap(one: str, other: str) -> float:
    """The words that two phrases share, as a share of both (Dice), small words aside."""
    a, b = (Counter(w for w in _words(text) if w not in _SMALL_WORDS) for text in (one, other))
    common = sum((a & b).values())
    return 2 * common / (a.total() + b.total()) if common else 0.0


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
