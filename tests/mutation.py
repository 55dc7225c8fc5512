"""What happens to texts on their way, and worse: mutations of articles, each drawn by chance."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

from tests.invariants import PIECES

_LONGEST = 3_000
_STRAY = (
    *"«»“”„\"‹›‘’'´`ʼ‛<>()[]–—-·.,:;!?…",
    *("\n", "\n\n", "\t", "\x00", "\x92", "\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff", "\u0301"),
    *("\u2028", "\u00a0", "\u202f", "\ud800", "\udfff", "🙂", "İ", "ǅ", "ﬁ", "<<", ">>", "''", "``"),
)
_WIDE = (
    "«",
    "»",
    "« ",
    " »",
    "\n« ",
    "e",
    "a-t-il ",
    "de la ",
    "du même avis ",
    "et ",
    "( ",
    "Roy, ",
    "\u0301",
)


def stretch(article: str, chance: random.Random, longest: int = _LONGEST) -> str:
    """Some lines in a row of an article, of at most so many code points."""
    lines = article.split("\n")
    begin = chance.randrange(len(lines))
    return "\n".join(lines[begin : begin + chance.randint(1, 14)])[:longest]


def mutated(text: str, others: Sequence[str], chance: random.Random) -> str:
    """The text after one to six mutations; ``others`` lend what is spliced in."""
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_MUTATIONS)(text, others, chance)
    return text


def _span(text: str, chance: random.Random, longest: int = 200) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.randint(0, longest))


def _drop(text: str, others: Sequence[str], chance: random.Random) -> str:
    start, end = _span(text, chance, 40)
    return text[:start] + text[end:]


def _double(text: str, others: Sequence[str], chance: random.Random) -> str:
    start, end = _span(text, chance)
    return text[:end] + text[start:end] + text[end:]


def _move(text: str, others: Sequence[str], chance: random.Random) -> str:
    start, end = _span(text, chance)
    rest = text[:start] + text[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + text[start:end] + rest[at:]


def _splice(text: str, others: Sequence[str], chance: random.Random) -> str:
    other = chance.choice(others)
    start, end = _span(other, chance)
    at = chance.randint(0, len(text))
    return text[:at] + other[start:end] + text[at:]


def _stray(text: str, others: Sequence[str], chance: random.Random) -> str:
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(_STRAY) + text[at:]
    return text


def _piece(text: str, others: Sequence[str], chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        at = text.find(" ", chance.randint(0, len(text)))
        at = len(text) if at < 0 else at
        text = text[:at] + " " + chance.choice(PIECES) + text[at:]
    return text


def _repeat(text: str, others: Sequence[str], chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(_WIDE) * chance.randint(2, 300) + text[at:]


def _swap_words(text: str, others: Sequence[str], chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(chance.randint(1, 5)):
        i, j = chance.randrange(len(words)), chance.randrange(len(words))
        words[i], words[j] = words[j], words[i]
    return " ".join(words)


def _without(text: str, others: Sequence[str], chance: random.Random) -> str:
    """One sort of character is lost, everywhere or here and there."""
    lost = chance.choice(["«", "»", ",", ".", ":", "\n", " ", "'", "’", "-", '"', "e"])
    kept = chance.choice([0.0, 0.5, 0.9])
    return "".join(c for c in text if c != lost or chance.random() < kept)


def _another(text: str, others: Sequence[str], chance: random.Random) -> str:
    """Another form of the same: composed otherwise, in capitals, read in a wrong encoding."""
    return chance.choice(_FORMS)(text)


_MARKS = str.maketrans({"«": "<<", "»": ">>", "“": "‘", "”": "’", "’": "´", "'": "`", "-": "\u2011"})
_FORMS: tuple[Callable[[str], str], ...] = (
    str.upper,
    str.lower,
    str.title,
    str.swapcase,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKD", text),
    lambda text: text.translate(_MARKS),
    lambda text: text.encode("utf-8", "replace").decode("cp1252", "replace"),
    lambda text: text.encode("cp1252", "replace").decode("latin-1"),
    lambda text: text[::-1],
    lambda text: "\u00ad".join(text),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("\n", " "),
    lambda text: text.replace("\n", "\r\n"),
)
_MUTATIONS: tuple[Callable[[str, Sequence[str], random.Random], str], ...] = (
    _drop,
    _double,
    _move,
    _splice,
    _stray,
    _piece,
    _repeat,
    _swap_words,
    _without,
    _another,
)
