"""Adds up what the clues are worth: the one place where anything is decided, with a probability.

A question (is it a quote? who speaks?) has a table of weights in ``data/``: lines of ``clue;weight``,
learnt from annotated articles by :mod:`quotes.train`; ``QUOTES_WEIGHTS`` names another folder with such
files. Beside them, in ``data/encoder``, stand the weights that hold where the encoder was asked as well:
its answers are clues, and the others are then worth something else. The model is log-linear: one
answer's score is the sum of the weights of its clues, so that each decision can be told by the clues
that weighed most.
"""

from __future__ import annotations

import os
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import compress
from math import exp
from pathlib import Path
from typing import Literal

from quotes.errors import QuotesError


class Weights(dict[str, float]):
    """What the clues of a question are worth; one without a weight is worth nothing."""

    __slots__ = ()

    def __missing__(self, clue: str) -> float:
        return 0.0


Evidence = Literal["rules", "encoder"]
"""Which clues there are: those of the rules alone, or the encoder's besides."""

QUESTIONS: Mapping[Evidence, Sequence[str]] = {
    "rules": ("quote", "speaker", "told"),
    "encoder": ("quote", "speaker"),
}
"""What is decided by which evidence: each has a table of weights. What is told stays with the rules."""


@cache
def weights_of(question: str, evidence: Evidence = "rules") -> Weights:
    """The weights of one question, from ``data/<question>.txt``."""
    return Weights(_read(question, evidence))


def has_weights(evidence: Evidence) -> bool:
    """Whether weights were learnt for this evidence."""
    return folder_of(evidence).joinpath("decisions.txt").is_file()


def folder_of(evidence: Evidence) -> Traversable:
    """Give the folder of the weights for this evidence, whether or not they are there."""
    own = os.environ.get("QUOTES_WEIGHTS")
    folder: Traversable = Path(own) if own else files("quotes.extraction").joinpath("data")
    return folder if evidence == "rules" else folder.joinpath(evidence)


def _read(name: str, evidence: Evidence) -> dict[str, float]:
    folder = folder_of(evidence)
    try:
        text = folder.joinpath(f"{name}.txt").read_text(encoding="utf-8")
        rows = (line.rpartition(";") for line in text.splitlines() if line and not line.startswith("#"))
        return {clue: float(weight) for clue, _, weight in rows}
    except (OSError, ValueError) as error:
        raise QuotesError(
            f"{folder}: no weights as quotes.train writes them ({name}.txt): {error}"
        ) from error


@cache
def _contexts(question: str, evidence: Evidence) -> dict[str, Weights]:
    """The weights of a question for each context that has some of its own ("pronoun|rank:0;0.2")."""
    plain = Weights()
    special: dict[str, dict[str, float]] = {}
    for clue, weight in weights_of(question, evidence).items():
        context, bar, rest = clue.partition("|")
        if bar:
            special.setdefault(context, {})[rest] = weight
        else:
            plain[clue] = weight
    merged: dict[str, Weights] = {"": plain}
    for context, own in special.items():
        both = Weights(plain)
        for clue, weight in own.items():
            both[clue] = both.get(clue, 0.0) + weight
        merged[context] = both
    return merged


def in_context(question: str, context: str, evidence: Evidence = "rules") -> Weights:
    """What the clues of a question are worth in a context: their weight everywhere and their own there."""
    contexts = _contexts(question, evidence)
    return contexts.get(context, contexts[""])


@cache
def _decisions(evidence: Evidence) -> Mapping[str, float]:
    return _read("decisions", evidence)


@cache
def threshold(question: str, evidence: Evidence = "rules", sort: str = "") -> float:
    """From which probability on a question is answered, by an answer of this sort if that has its own.

    The sort of a source is its type: who has no name is named sooner, since that harms nobody.
    """
    return threshold_in(_decisions(evidence), question, sort)


def threshold_in(decisions: Mapping[str, float], question: str, sort: str) -> float:
    """The same by these decisions: those of a sort are under ``sort|question``."""
    return decisions.get(f"{sort}|{question}", decisions[question])


def decided(evidence: Evidence = "rules") -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The thresholds, and the points of the calibration, as they stand in their files."""
    return _decisions(evidence), _read("calibration", evidence)


@cache
def _calibration(evidence: Evidence) -> tuple[list[float], list[float]]:
    rows = sorted((float(said), right) for said, right in _read("calibration", evidence).items())
    return [said for said, _ in rows], [right for _, right in rows]


def calibrated(said: float, evidence: Evidence = "rules") -> float:
    """What share of answers as sure as this is right, on articles from which nothing was learnt."""
    points, shares = _calibration(evidence)
    at = bisect(points, said)
    if at == 0:
        return shares[0]
    if at == len(points):
        return shares[-1]
    low, high = points[at - 1], points[at]
    part = (said - low) / (high - low)
    return round(shares[at - 1] + part * (shares[at] - shares[at - 1]), 3)


def add_up(weights: Weights, clues: Iterable[str]) -> float:
    """The score of an answer."""
    return sum(map(weights.__getitem__, clues))


def scores(weights: Weights, answers: Iterable[Iterable[str]]) -> list[float]:
    """The scores of several answers to one question."""
    worth = weights.__getitem__  # asked in one go, for each source of each quotation
    return [sum(map(worth, clues)) for clues in answers]


def weigh(weights: Weights, clues: Iterable[str]) -> list[tuple[str, float]]:
    """The clues that weigh something, each with what it is worth."""
    return [(clue, weights[clue]) for clue in clues if clue in weights]


def strongest(weights: Weights, clues: Sequence[str], count: int = 3) -> tuple[tuple[str, float], ...]:
    """The clues that weighed most for or against, the heaviest first: the reasons, for ``--explain``."""
    amounts = list(map(abs, map(weights.__getitem__, clues)))
    least = sorted(amounts)[-count] if count < len(amounts) else 0.0
    heavy = compress(clues, map(least.__le__, amounts))
    return tuple(sorted(weigh(weights, heavy), key=lambda c: (-abs(c[1]), c[0]))[:count])


def probability(score: float) -> float:
    """What a score means for a yes-or-no question."""
    if score < 0:
        return exp(score) / (1 + exp(score))
    return 1 / (1 + exp(-score))


def probabilities(scores: Sequence[float]) -> list[float]:
    """What scores mean for a question with several answers; they add up to one."""
    most = max(scores)
    parts = [exp(score - most) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]


def copy_rules(folder: Path) -> None:
    """Write the weights in place into a folder, so that others may stand beside them."""
    folder.mkdir(exist_ok=True)
    for name in (*QUESTIONS["rules"], "decisions", "calibration"):
        text = folder_of("rules").joinpath(f"{name}.txt").read_text(encoding="utf-8")
        folder.joinpath(f"{name}.txt").write_text(text, encoding="utf-8")


def forget() -> None:
    """Read the weights anew when they are next asked for."""
    for known in (weights_of, _contexts, _decisions, _calibration, threshold):
        known.cache_clear()
