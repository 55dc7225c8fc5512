"""A text cut into the encoder's word pieces, and these into windows that it reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

WINDOW = 510
"""How many pieces the encoder reads at once; with the two marks around them it has places for 512."""
_SHARED = 96  # pieces that two neighbouring windows have in common, so that each has some context

# What the pretrained vocabulary has no piece for, as what it has; one for one, so that offsets stay.
_AS_KNOWN = str.maketrans({"…": ".", "’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text in order: ids, offsets (code points, half-open), and the line of each from 0."""

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    lines: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The pieces of a stretch of the text, half-open and at least one; only if there are any pieces."""
        first = int(np.searchsorted(self.ends, start, "right"))
        first = min(first, len(self.ids) - 1)
        last = int(np.searchsorted(self.starts, end, "left"))
        return first, max(first + 1, last)

    def windows(self) -> Iterator[tuple[int, int]]:
        """The stretches of pieces that are read at once; each piece stands in one or two of them."""
        total = len(self.ids)
        count = max(1, -(-(total - _SHARED) // (WINDOW - _SHARED)))
        size = -(-(total + (count - 1) * _SHARED) // count)
        for number in range(count):
            start = min(number * (size - _SHARED), max(0, total - size))
            yield start, min(total, start + size)


def middles(windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of each window the pieces that are taken from it: those nearer to its middle than to another's."""
    bounds = [0, *((after[0] + before[1]) // 2 for before, after in pairwise(windows))]
    return list(pairwise([*bounds, windows[-1][1]])) if windows else []


_in_use: list[Any] = []


def use(tokenizer: Any) -> None:
    """Cut texts with this tokenizer from now on: a new encoder is trained."""
    _in_use[:] = [tokenizer]


def use_own() -> None:
    """Cut texts again as the encoder wants them that comes with the program."""
    _in_use.clear()


def _tokenizer() -> Any:
    """The tokenizer with the vocabulary that the encoder was trained with."""
    if not _in_use:
        from tokenizers import Tokenizer

        data = files("quotes.extraction.encoder").joinpath("data", "pieces.json")
        use(Tokenizer.from_str(data.read_text(encoding="utf-8")))
    return _in_use[0]


def as_known(text: str) -> str:
    """The text with signs that the vocabulary has; of the same length."""
    return text.translate(_AS_KNOWN)


def pieces_of(text: str) -> Pieces:
    """Cut a text into pieces, line by line. Linear in the text."""
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    lines: list[int] = []
    offset = 0
    printed = as_known(text).split("\n")
    for number, encoding in enumerate(_tokenizer().encode_batch(printed, add_special_tokens=False)):
        line = printed[number]
        ids += encoding.ids
        for start, end in encoding.offsets:
            if start < end and line[start] == " ":
                start += 1
            starts.append(offset + start)
            ends.append(offset + end)
        lines += [number] * len(encoding.ids)
        offset += len(line) + 1
    as_array = [np.array(column, dtype=np.int64) for column in (ids, starts, ends, lines)]
    return Pieces(*as_array)
