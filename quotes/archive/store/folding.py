"""Text as it is compared, in names and in the index: without case, accents and what is invisible."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)


def fold(text: str) -> str:
    """Fold case, accents, œ and æ and compatibility forms; drop invisible characters."""
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS).casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
