"""Fits the log-linear model: weights for clues under which the right answers are likely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from quotes.train.cases import Case

_ROUNDS = 200
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Strictness:
    """How far the weights may follow the examples.

    ``penalty`` is that of a weight's square; a clue counts from ``articles`` different articles on; what a
    context adds to a clue's weight is penalised by ``context`` (0–1) the more.
    """

    penalty: float = 5.0
    articles: int = 5
    context: float = 0.5


def clues_in(case: Case, answer: int) -> Iterator[tuple[str, bool]]:
    """The clues of an answer, each as it is everywhere and as it is in the case's context."""
    for clue in dict.fromkeys(case.answers[answer]):
        yield clue, False
        if case.context:
            yield f"{case.context}|{clue}", True


def fit(
    cases: Sequence[Case],
    how: Strictness,
    prior: Mapping[str, float] | None = None,
    only: Sequence[str] = (),
) -> dict[str, float]:
    """The weights that make the right answers of these cases likely; deterministic.

    ``prior`` are weights from which they may only go away as far as the cases ask for it: what was learnt
    from many articles holds for a paper of which few are annotated. Where clues are told by how they begin
    (``only``), theirs are learnt from nothing, and all others stay as they are.
    """
    known = {clue: weight for clue, weight in (prior or {}).items() if not only or not _begins(clue, only)}
    names = _worth_a_weight(cases, how, known)
    if only:
        names = [name for name in names if name in known or _begins(name, only)]
    held = np.array([bool(only) and name in known for name in names])
    index = {name: number for number, name in enumerate(names)}
    matrix, right, group, starts = _as_arrays(cases, index, how)
    back = matrix.T.tocsr()
    counts = np.array([case.weight for case in cases])
    scale = np.array([how.context if "|" in name else 1.0 for name in names])
    origin = np.array([known.get(name, 0.0) for name in names]) / scale

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        parts = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total = np.add.reduceat(parts, starts)
        good = np.add.reduceat(parts * right, starts)
        away = weights - origin
        value = counts @ (np.log(total) - np.log(good + 1e-12)) + 0.5 * how.penalty * (away @ away)
        slope = counts[group] * (parts / total[group] - parts * right / (good[group] + 1e-12))
        return float(value), np.where(held, 0.0, back @ slope + how.penalty * away)

    found = minimize(loss, origin.copy(), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x * scale
    return {
        name: weight
        for name, value in zip(names, found, strict=True)
        if (weight := round(float(value), _DECIMALS))
    }


def _begins(clue: str, beginnings: Sequence[str]) -> bool:
    """Whether a clue, in whatever context, begins so."""
    return clue.rpartition("|")[2].startswith(tuple(beginnings))


def _worth_a_weight(cases: Iterable[Case], how: Strictness, known: Mapping[str, float]) -> list[str]:
    """The clues that enough articles have, and those that have a weight already."""
    articles: dict[str, set[str]] = {}
    for case in cases:
        for answer in range(len(case.answers)):
            for clue, _ in clues_in(case, answer):
                seen = articles.setdefault(clue, set())
                if len(seen) < how.articles:
                    seen.add(case.article)
    return sorted({clue for clue, seen in articles.items() if len(seen) >= how.articles} | set(known))


def _as_arrays(
    cases: Sequence[Case], index: Mapping[str, int], how: Strictness
) -> tuple[csr_matrix, np.ndarray, np.ndarray, np.ndarray]:
    """All answers as rows of clues; which are right; the case of each; where each case begins."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    starts: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for number, case in enumerate(cases):
        starts.append(len(right))
        for answer in range(len(case.answers)):
            for clue, special in clues_in(case, answer):
                at = index.get(clue)
                if at is not None:
                    columns.append(at)
                    values.append(how.context if special else 1.0)
            ends.append(len(columns))
            group.append(number)
            right.append(case.right[answer])
    matrix = csr_matrix((values, columns, ends), shape=(len(right), len(index)))
    return matrix, np.array(right, dtype=float), np.array(group), np.array(starts)


def shares(weights: Mapping[str, float], case: Case) -> list[float]:
    """The probability of each answer of a case."""
    scores = np.array(
        [sum(weights.get(clue, 0.0) for clue, _ in clues_in(case, k)) for k in range(len(case.answers))]
    )
    parts = np.exp(scores - scores.max())
    return list(map(float, parts / parts.sum()))
