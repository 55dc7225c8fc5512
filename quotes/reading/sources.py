"""What the user named (files, folders, standard input), turned into articles one by one, in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.text import article_of, decode, read_bytes, shown

TEXTS = frozenset({".txt", ".text", ".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class Read:
    """An article that was read, with what the reader had to decide (one line, or ``None``)."""

    article: Article
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A source that gave no article. ``reason`` is one line: what is wrong, and what to do."""

    source: str
    reason: str


def read_all(arguments: Iterable[str]) -> Iterator[Read | Unread]:
    """The articles of files, folders and standard input (``-``), in the order they are named.

    Folders are walked in the order of their names; hidden entries and links that lead out of the
    folder are passed over. A source that can't be read gives one :class:`Unread`, and the rest goes on.
    """
    for path in expand(arguments):
        yield path if isinstance(path, Unread) else read_one(path)


def expand(arguments: Iterable[str]) -> Iterator[str | Unread]:
    """The files that the arguments name, folders opened."""
    for argument in arguments:
        if argument != "-" and Path(argument).is_dir():
            found = False
            for path in _texts_in(argument):
                found = True
                yield path
            if not found:
                kinds = ", ".join(sorted(TEXTS))
                yield Unread(shown(argument), f"no texts in this folder: it needs files in {kinds}")
        else:
            yield argument


def _texts_in(folder: str) -> Iterator[str]:
    inside = Path(folder).resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in TEXTS:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                continue
            if path.is_file():
                yield str(path)


def read_one(path: str) -> Read | Unread:
    """Read the article of one file or of standard input."""
    source = shown(path)
    try:
        decoded = decode(read_bytes(path))
    except ReadingError as error:
        return Unread(source, str(error))
    note = "read as Windows-1252, since it is no UTF-8" if decoded.encoding == "cp1252" else None
    return Read(article_of(decoded.text, source), note)
