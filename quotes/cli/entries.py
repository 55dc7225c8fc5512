"""Lists of quotes, speakers and articles: each entry at the terminal's full width, one line under it.

A table of many columns is no reading for eighty columns: the quote gets them all.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence

from quotes.cli.printing import Marked, harmless, one_line, shorten
from quotes.messages import _, decimal

# What a pipe or a page without a known width gets.
USUAL_WIDTH = 80
_WIDEST = 120
# A line breaks at spaces, but not at those that French sets inside its marks, whatever space that is.
_BREAK = re.compile(r"(?<!«)[^\S\u00a0\u202f]+(?!»)")
_SPACES = re.compile(r"\s+")
_STYLE = re.compile("\x1b\\[[0-9;]*m")
_SURE = 0.9
_LIKELY = 0.6
_INDENT = "    "
# What gives way in a line that is too long, in this order: which part of it, down to how many characters.
_GIVES_WAY = ((0, 28), (1, 8), (0, 14))


def confidence_in_words(confidence: float) -> str:
    """Say how sure an attribution is; what is doubtful is marked.

    >>> confidence_in_words(0.95), confidence_in_words(0.7), confidence_in_words(0.3)
    ('sure 0.95', 'likely 0.70', '? doubtful 0.30')
    """
    word = _("sure") if confidence >= _SURE else _("likely") if confidence >= _LIKELY else _("? doubtful")
    return f"{word} {decimal(confidence)}"


def width() -> int:
    """Give the number of columns that lists are set in."""
    if not sys.stdout.isatty():
        return USUAL_WIDTH
    return min(shutil.get_terminal_size((USUAL_WIDTH, 24)).columns, _WIDEST)


def print_text(text: str, *, indent: str = "") -> None:
    """Print a line of text, in a terminal broken between words; styles in it take no room.

    A program that reads gets the line as it is.
    """
    if not sys.stdout.isatty():
        print(indent + text)
        return
    room = width() - len(indent)
    line, used = "", 0
    for word in _BREAK.split(text):
        taken = len(_STYLE.sub("", word))
        if line and used + 1 + taken > room:
            print(indent + line)
            line, used = word, taken
        else:
            line, used = (f"{line} {word}", used + 1 + taken) if line else (word, taken)
    print(indent + line)


def print_entries(entries: Iterable[tuple[Marked | str, Sequence[str]]]) -> None:
    """Print each entry, and under it its line, of which the first part gives way.

    A text with marks is wrapped whole; a name or a title is cut at the end of its line.
    """
    for text, under in entries:
        whole = text if isinstance(text, Marked) else Marked(shorten(text, width()), ())
        for line in wrapped(whole, width()):
            print(line)
        print(_INDENT + _under(under, width() - len(_INDENT)))


def _under(parts: Sequence[str], room: int) -> str:
    """Join the parts of a line by dots; the first one gives way, then the second: who, where."""
    cells = [one_line(part) for part in parts if part]
    for place, least in _GIVES_WAY:
        over = len(" · ".join(cells)) - room
        if over > 0 and place < len(cells):
            cells[place] = shorten(cells[place], max(len(cells[place]) - over, least))
    return shorten(" · ".join(cells), max(room, 20))


def wrapped(text: Marked, columns: int) -> Iterator[str]:
    """Give the lines of a text, broken between words, its marked passages in bold in a terminal."""
    bold, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    marked = [False] * len(text.text)
    for start, end in text.marks:
        marked[start:end] = [True] * (end - start)
    line, used, at = "", 0, 0
    for word in filter(None, _BREAK.split(text.text.strip())):
        start = text.text.index(word, at)
        at = start + len(word)
        shown = harmless(_SPACES.sub(" ", word))
        styled = f"{bold}{shown}{plain}" if bold and any(marked[start:at]) else shown
        if line and used + 1 + len(shown) > columns:
            yield line
            line, used = "", 0
        line, used = (f"{line} {styled}", used + 1 + len(shown)) if line else (styled, len(shown))
    if line:
        yield line
