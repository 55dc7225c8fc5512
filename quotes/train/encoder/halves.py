"""Two halves of the articles: the judge learns from what an encoder says of the half that it didn't see."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from quotes.extraction.encoder import pieces
from quotes.extraction.encoder.reader import Encoder, encoder_in

HALVES = ("first", "second")
"""The folders of the encoders that were trained on one half each."""


def half_of(article: str) -> int:
    """0 or 1, by the article's name, so that a run more gives the same."""
    return int(hashlib.sha256(f"half {article}".encode()).hexdigest(), 16) % len(HALVES)


SEEN = "seen_by_both.txt"
"""Beside them: the names of the articles on which both were trained, one on each line."""


def unbiased(folder: Path) -> Callable[[str], Encoder | None]:
    """For each article, by its name, the encoder that was trained on the other half of them.

    None for those on which both were trained. From here on texts are cut into the pieces of these encoders.
    """
    pieces.use(Tokenizer.from_file(str(folder / "pieces.json")))
    encoders = [encoder_in(folder / name, Remembering) for name in HALVES]
    seen = frozenset((folder / SEEN).read_text(encoding="utf-8").splitlines())
    return lambda article: None if article in seen else encoders[1 - half_of(article)]


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
