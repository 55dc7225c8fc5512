"""The figures by which two sets of weights are compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import quotes
from quotes.evaluation import GoldArticle, evaluate
from quotes.extraction.opinion import Model


class Measured(NamedTuple):
    """F1 of what is found, of who speaks and of what is told, and the share of spans rightly left out."""

    quotes: float
    speaker: float
    told: float
    not_quotes: float


def measure(articles: Sequence[GoldArticle], model: Model) -> Measured:
    """Extract from each of these articles, with the weights that the judge reads now."""
    figures = evaluate(articles, partial(quotes.extract, model=model)).figures
    rejected = figures["not_quotes_rejected"]["accuracy"]
    return Measured(
        float(figures["quotes"]["f1"] or 0),
        float(figures["speaker"]["f1"] or 0),
        float(figures["indirect_speaker"]["f1"] or 0),
        float(rejected or 0),
    )
