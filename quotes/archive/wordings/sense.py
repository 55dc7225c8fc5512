"""Does a difference change the sense? A negation more or less, another figure, another name do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from quotes.archive.search.terms import Term


class Sense(StrEnum):
    """What makes a wording say something else."""

    NEGATION = "a negation more or less"
    FIGURE = "another figure"
    NAME = "another name"


# "ne" alone is none: spoken French drops it, written French has it after "avant que".
_NEGATIONS = frozenset(
    ["pas", "jamais", "rien", "aucun", "aucune", "guere", "nullement", "ni", "sans", "non", "nul", "nulle"]
)
# "plus" and "personne" deny only near a "ne": so many words before or after.
_WITH_NE = frozenset(["plus", "personne", "point"])
_NE = re.compile(r"(?i)(?<!\w)(?:ne(?!\w)|n['’ʼ′])")
_REACH = 40
_UNITS = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()  # noqa: SIM905
_NUMBERS = {word: str(number) for number, word in enumerate(_UNITS, 2)} | {
    "vingt": "20",
    "trente": "30",
    "quarante": "40",
    "cinquante": "50",
    "soixante": "60",
    "cent": "100",
    "cents": "100",
    "mille": "1000",
    "million": "1e6",
    "millions": "1e6",
    "milliard": "1e9",
    "milliards": "1e9",
    "moitie": "1/2",
    "tiers": "1/3",
    "quart": "1/4",
    "double": "x2",
    "triple": "x3",
}
# After these a capital is no name's.
_ELIDED_ON_IT = re.compile(r"(?<!\w)\w{1,2}['’ʼ′]$")
_BEFORE_SENTENCE = frozenset('.!?…:;«»"“”([—–')


def negations(text: str, words: Iterable[Term]) -> int:
    """Count what denies among some words of a text."""
    found = 0
    for word in words:
        if word.exact in _NEGATIONS:
            found += 1
        elif word.exact in _WITH_NE:
            found += bool(_NE.search(text[max(0, word.start - _REACH) : word.start])) or bool(
                word.exact == "personne" and _NE.match(text[word.end :].lstrip()[:3])
            )
    return found


def completes_negation(text: str, word: Term) -> bool:
    """Tell whether a word denies what stands before it: "ne rouvrira jamais", cut before its last word."""
    before = text[max(0, word.start - _REACH) : word.start]
    return word.exact in _NEGATIONS | _WITH_NE and bool(_NE.search(before))


def figures(words: Iterable[Term]) -> Counter[str]:
    """Count the figures among some words; "10 000" and "10.000" are one, "dix" is 10."""
    found: list[str] = []
    end = -2
    for word in words:
        if word.exact.isdigit():
            if found and word.start == end + 1 and len(word.exact) == 3:
                found[-1] += word.exact
            else:
                found.append(word.exact)
            end = word.end
        elif any(map(str.isdigit, word.exact)):
            found.append(word.exact)
        elif word.exact in _NUMBERS:
            found.append(_NUMBERS[word.exact])
    return Counter(found)


def names(text: str, words: Sequence[Term]) -> set[str]:
    """Give what is written with a capital among some words, where a sentence doesn't begin."""
    return {
        word.exact
        for word in words
        if text[word.start].isupper()
        and not text[word.start : word.end].isdigit()
        and len(word.exact) > 1
        and not _opens_sentence(_before(text, word.start))
    }


def _opens_sentence(before: str) -> bool:
    """Whether a word stands first after this: at the beginning, behind a stop or a mark, on a new line."""
    kept = before.rstrip()
    return not kept or kept[-1] in _BEFORE_SENTENCE or "\n" in before[len(kept) :]


def _before(text: str, start: int) -> str:
    """Give what stands before a word and the article elided on it."""
    return _ELIDED_ON_IT.sub("", text[max(0, start - _REACH) : start])
