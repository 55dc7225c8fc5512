"""Reading the word lists under ``data/``: one entry a line, fields between semicolons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

_COMBINING = re.compile("[\u0300-\u036f]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i", "’": "'", "ʼ": "'"})
# The accented letters of the Latin alphabets, so that few words need to be decomposed.
_PLAIN = _LIGATURES | {
    code: base
    for code in range(0xE0, 0x180)
    if (base := unicodedata.normalize("NFD", chr(code))[0]).isascii() and base.islower()
}
_ODD = re.compile(r"[^\x00-\x7f]")


def entries(name: str) -> Iterator[list[str]]:
    """Yield the fields of each entry of ``data/<name>.txt``; blank lines and ``#`` comments are skipped."""
    text = (files("quotes.french") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split(";")


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, ligatures or curly apostrophes, to compare names.

    "Œuvre" → "oeuvre", "L’Hôpital" → "l'hopital". The length may change.
    """
    return _folded(text) if len(text) < _LONG else _fold(text)


def _fold(text: str) -> str:
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    if len(lowered) < _LONG:
        plain = lowered.translate(_PLAIN)
    else:
        plain = lowered  # a long text has few letters that are odd, each of them often
        for letter in set(_ODD.findall(lowered)):
            plain = plain.replace(letter, _PLAIN.get(ord(letter), letter))
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return unicodedata.normalize("NFC", _COMBINING.sub("", decomposed))


_LONG = 40  # characters: names and words are shorter, and an article asks for each many times
_folded = lru_cache(maxsize=1 << 14)(_fold)
