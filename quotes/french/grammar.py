"""The closed classes of French, read from ``data/grammar.txt``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def data_lines(name: str) -> Iterator[str]:
    """The lines of a data file that hold something, comments and blank lines left out."""
    text = files("quotes.french").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        content = line.split("#", 1)[0].strip()
        if content:
            yield content


def _sections() -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in data_lines("grammar.txt"):
        if line.startswith("["):
            current = words.setdefault(line.strip("[]"), set())
        else:
            current.update(word.replace("_", " ") for word in line.split())
    return {name: frozenset(entries) for name, entries in words.items()}


_GRAMMAR = _sections()


def word_class(name: str) -> frozenset[str]:
    """The words of one section of ``grammar.txt``; ``KeyError`` if there is none of that name."""
    return _GRAMMAR[name]
