"""One training from end to end: the vocabulary, the lessons, the halves, the whole; each written as used."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from quotes.evaluation import GoldArticle
from quotes.extraction.encoder import pieces
from quotes.extraction.typography import view_of
from quotes.train.encoder.base import Base, tokenizer_with
from quotes.train.encoder.export import write
from quotes.train.encoder.halves import HALVES, SEEN, half_of
from quotes.train.encoder.learn import Lowered, Pace, Say, lowered, train
from quotes.train.encoder.net import Lower
from quotes.train.encoder.sheets import Lesson, lesson_of
from quotes.train.encoder.vocabulary import kept_pieces


def is_among(article: str, share: float) -> bool:
    """Whether an article is of a share of all, by its name; who is of a share is of every larger one."""
    return int(hashlib.sha256(f"share {article}".encode()).hexdigest()[:8], 16) < share * 16**8


class Run:
    """A training on these articles; ``others`` are learnt from in each half."""

    def __init__(
        self,
        base: Base,
        articles: Sequence[GoldArticle],
        others: Sequence[GoldArticle],
        folder: Path,
        say: Say,
    ) -> None:
        self._base, self._articles, self._others = base, articles, others
        self._folder, self._say = folder, say

    @cached_property
    def _words(self) -> np.ndarray:
        """The base's number of each piece; the tokenizer is written, and used from here on."""
        base = self._base
        texts = [view_of(a.text).text for a in (*self._articles, *self._others)]
        whole = tokenizer_with(base, range(len(base.special), len(base.pieces)))
        kept = kept_pieces(base, whole, texts)
        tokenizer: Any = tokenizer_with(base, kept)
        self._folder.mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(self._folder / "pieces.json"), pretty=False)
        pieces.use(tokenizer)
        return np.array([*base.special, *kept])

    @cached_property
    def _lower(self) -> Lower:
        return Lower(self._base, self._words)

    @cached_property
    def _lessons(self) -> list[Lesson]:
        assert len(self._words)  # the lessons are cut with the new vocabulary
        found = (lesson_of(article) for article in (*self._articles, *self._others))
        return [lesson for lesson in found if lesson is not None]

    @cached_property
    def _read(self) -> Lowered:
        return lowered(self._lower, self._lessons)

    def halves(self, passes: int) -> None:
        """Train on each half, and write what came of it."""
        others = {article.name for article in self._others}
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / SEEN).write_text("".join(f"{name}\n" for name in sorted(others)), encoding="utf-8")
        for half, name in enumerate(HALVES):
            own = [x for x in self._lessons if x.name in others or half_of(x.name) == half]
            self._train(own, passes, name)

    def all(self, passes: int) -> None:
        """Train on all, and write what came of it."""
        self._train(self._lessons, passes, "")

    def _train(self, lessons: Sequence[Lesson], passes: int, name: str) -> None:
        self._say(f"{name or 'all'}: {len(lessons)} articles")
        upper = train(self._base, lessons, self._read, Pace(passes=passes), self._say)
        write(self._folder / name, self._lower, upper)
