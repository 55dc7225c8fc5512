"""Two halves of the articles: the judge learns from what an encoder says of the half that it didn't see."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from quotes.extraction.encoder.reader import Encoder, encoder_in

HALVES = ("first", "second")
"""The folders of the encoders that were trained on one half each."""


def half_of(article: str) -> int:
    """0 or 1, by the article's name, so that a run more gives the same."""
    return int(hashlib.sha256(f"half {article}".encode()).hexdigest(), 16) % len(HALVES)


def unbiased(folder: Path) -> Callable[[str], Encoder]:
    """For each article, by its name, the encoder that was trained on the other half of them."""
    encoders = [encoder_in(folder / name, Remembering) for name in HALVES]
    return lambda article: encoders[1 - half_of(article)]


class Remembering(Encoder):
    """Reads each window once, however often its article is asked about while the judge learns."""

    def __init__(self, graph: Path, heads: dict[str, np.ndarray]) -> None:
        super().__init__(graph, heads)
        self._known: dict[bytes, np.ndarray] = {}

    def states(self, ids: np.ndarray, marks: np.ndarray) -> np.ndarray:
        """The states of one window's pieces."""
        key = ids.tobytes() + marks.tobytes()
        if key not in self._known:
            self._known[key] = super().states(ids, marks)
        return self._known[key]
