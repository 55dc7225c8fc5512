"""What weights are worth on articles that they were not learnt from: folds, thresholds, calibration."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from quotes.extraction.indirect import choose
from quotes.model import SpeakerType
from quotes.train.cases import Case, Cases, ToldSentence
from quotes.train.fit import Strictness, fit, shares

FOLDS = 8
FloatArray = NDArray[np.float64]
_SUREST = 0.001  # as sure as an answer counts

_CUTS = tuple(round(0.2 + 0.02 * step, 2) for step in range(26))
"""The thresholds that are tried."""

_NAMELESS = (SpeakerType.DOCUMENT, SpeakerType.GROUP, SpeakerType.UNNAMED)


def fold_of(article: str) -> int:
    """Which part an article belongs to; by its name, so that a run more gives the same."""
    return int(hashlib.sha256(f"fold {article}".encode()).hexdigest(), 16) % FOLDS


def out_of_fold(
    cases: Sequence[Case], also: Sequence[Case], how: Strictness, prior: Mapping[str, float] | None = None
) -> list[list[float]]:
    """The probabilities of each case's answers, by weights in which its article had no part.

    ``also`` are cases that are always learnt from and never asked.
    """
    found: list[list[float]] = [[] for _ in cases]
    for fold in range(FOLDS):
        weights = fit([*(c for c in cases if fold_of(c.article) != fold), *also], how, prior)
        for number, case in enumerate(cases):
            if fold_of(case.article) == fold:
                found[number] = shares(weights, case)
    return found


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer out of fold: how likely it is a quote, how likely its best source, whether all is right.

    ``sort`` is the type of that source.
    """

    said: float
    source: float
    right: bool
    quote: bool
    sort: str = ""


def answers(
    articles: Sequence[Cases], said: Sequence[Sequence[float]], sources: Sequence[Sequence[float]]
) -> Iterator[Answered]:
    """Put what was found of spans and of speakers together, over the articles in their order."""
    marks = speakers = 0
    for article in articles:
        owned = dict(article.owners)
        for number, case in enumerate(article.marked):
            likely = said[marks + number][0]
            if number in owned:
                options, truth = sources[speakers + owned[number]], article.speakers[owned[number]]
                best = int(np.argmax(options[:-1])) if len(options) > 1 else -1
                if best < 0:
                    yield Answered(likely, 0.0, False, True)
                else:
                    yield Answered(likely, options[best], truth.right[best], True, truth.sorts[best])
            else:
                yield Answered(likely, 1.0, False, case.right[0])
        marks += len(article.marked)
        speakers += len(article.speakers)


def best_threshold(likely: Sequence[float], right: Sequence[bool], yielding: float = 0.0) -> float:
    """The least probability at which to answer, for the best F1.

    ``yielding`` is what F1 may lose for fewer wrong answers: of those thresholds the highest is taken.
    """
    scores: list[tuple[float, float]] = []
    total = sum(right)
    for cut in _CUTS:
        given = [r for p, r in zip(likely, right, strict=True) if p >= cut]
        if given:
            precision, recall = sum(given) / len(given), sum(given) / total
            score = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            scores.append((score, cut))
    most = max((score for score, _ in scores), default=0.0)
    return max((cut for score, cut in scores if score >= most - yielding), default=0.5)


def source_thresholds(given: Sequence[Answered], names: float, nameless: float) -> dict[str, float]:
    """The least probability at which to name a source, for the best F1 over the quotations given.

    F1 is nearly the same over many thresholds: of those where it loses no more than ``names`` the highest is
    taken, since a wrong name harms. Who has none is told of from a lower one on ("group|speaker"), the lowest
    for which F1 loses no more than ``nameless``: to give words to "des riverains" who stand beside them harms
    nobody, and they are often left out where rivals have names.
    """
    likely, right = np.array([a.source for a in given]), np.array([a.right for a in given])
    sorts = np.array([a.sort for a in given])

    def score(cut: float, lower: float, sort: str) -> float:
        named = likely >= np.where(sorts == sort, lower, cut)
        return float(2 * (named & right).sum() / (named.sum() + len(given)))

    most = max(score(cut, cut, "") for cut in _CUTS)
    common = max(cut for cut in _CUTS if score(cut, cut, "") >= most - names)
    least = score(common, common, "") - nameless
    lower = {
        f"{sort}|speaker": next(cut for cut in _CUTS if score(common, cut, sort) >= least)
        for sort in _NAMELESS
    }
    return {"speaker": common, **lower}


def told_threshold(sentences: Sequence[ToldSentence], likely: Sequence[Sequence[float]], units: int) -> float:
    """The least probability of a told stretch, for the best F1 of what is then chosen in each sentence.

    ``likely`` are the probabilities of all stretches, in the order of the sentences; ``units`` is how many
    stretches are annotated in all.
    """
    best = (0.0, 0.5)
    for cut in np.arange(0.3, 0.61, 0.02):
        given, at = 0, 0
        right: set[tuple[str, int]] = set()
        for sentence in sentences:
            chances = [p[0] for p in likely[at : at + len(sentence.cases)]]
            at += len(sentence.cases)
            chosen = choose(sentence.proposed, chances, float(cut))
            given += len(chosen)
            article = sentence.cases[0].article
            right |= {(article, sentence.units[n]) for n in chosen if sentence.units[n] >= 0}
        score = 2 * len(right) / (given + units) if given else 0.0
        best = max(best, (round(score, 5), float(round(cut, 2))))
    return best[1]


def calibration(likely: Sequence[float], right: Sequence[bool]) -> dict[str, float]:
    """How many of the answers of a probability are right: points between which to draw lines, ascending.

    Three numbers are fitted (Kull, Silva Filho and Flach, *Beta calibration*, 2017): steps that follow the
    answers closer move by a point from one run to the next, and the surest tenth with them.
    """
    said = np.clip(np.array(likely), _SUREST, 1 - _SUREST)
    curve = LogisticRegression(C=np.inf).fit(_both_ends(said), np.array(right))
    # Some twenty points, as many answers between any two.
    middles = [float(np.mean(part)) for part in np.array_split(np.sort(said), 20)]
    found = curve.predict_proba(_both_ends(np.array(middles)))[:, 1]
    return {
        f"{middle:.3f}": min(0.99, max(0.02, float(share)))
        for middle, share in zip(middles, found, strict=True)
    }


def _both_ends(said: FloatArray) -> FloatArray:
    """What beta calibration sees of a probability: how near it is to one, and how near to nought."""
    return np.stack([np.log(said), -np.log1p(-said)], axis=1)
