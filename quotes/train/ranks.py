"""A calibration carried over to other weights: an answer is as sure as the one that had its rank before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from quotes import extract
from quotes.evaluation import GoldArticle
from quotes.extraction import judge
from quotes.extraction.opinion import Model
from quotes.model import QuoteKind
from quotes.train.learn import Learnt, reading_weights

_FEWEST = 90  # answers of which ranks tell anything
_AS_SAID = {"0.0": 0.0, "1.0": 1.0}


def probabilities_of(learnt: Learnt, articles: Iterable[GoldArticle]) -> list[float]:
    """How likely the answers that name somebody are by some weights, uncalibrated, ascending."""
    model: Model = "always" if learnt.evidence == "encoder" else "never"
    with TemporaryDirectory() as name:
        judge.copy_rules(Path(name))
        replace(learnt, calibration=_AS_SAID).write(Path(name))
        with reading_weights(Path(name)):
            found = [quote for article in articles for quote in extract(article.text, model=model).quotes]
    told = (q for q in found if q.kind is not QuoteKind.INDIRECT and q.speaker is not None)
    return sorted(quote.confidence for quote in told)


def carried_by_rank(
    points: Mapping[str, float], before: Sequence[float], after: Sequence[float]
) -> dict[str, float]:
    """Where the points of a calibration lie among other probabilities: as many are below each as before.

    How many answers of a rank are right was measured out of fold, and weights that lie near those in place
    rank them nearly alike.
    """
    if min(len(before), len(after)) < _FEWEST:
        return dict(points)
    carried = {}
    for said, right in sorted((float(said), right) for said, right in points.items()):
        rank = bisect_left(before, said) * len(after) // len(before)
        carried[f"{after[min(rank, len(after) - 1)]:.3f}"] = right
    return carried
