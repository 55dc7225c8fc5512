"""How answers look: lines of talk, tables in a terminal, marks in a text."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from quotes.messages import in_number

# A terminal obeys these: control characters of both sorts, and those that turn the direction of a line or end
# it.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]"
)
_PIPED_WIDTH = 160
INTERRUPTED = 130
"""The exit code of a call that was stopped by Ctrl-C."""


def say(message: str) -> None:
    """One line of talk on standard error."""
    # In one piece: Ctrl-C must not come between the words and the end of the line. Where nobody can hear
    # it (a full disk, a closed terminal), the work goes on.
    with suppress(OSError):
        print(f"quotes: {one_line(message)}\n", end="", file=sys.stderr)


def one_line(text: str) -> str:
    """The text as one harmless line."""
    return harmless(" ".join(text.split()))


def harmless(text: str) -> str:
    """The text without the characters that would steer a terminal."""
    return _UNSAFE.sub("", text)


def print_json(value: Any, *, indent: int | None = None) -> None:
    """One JSON value; French stays readable, and a terminal unharmed."""
    print(for_stdout(json.dumps(value, ensure_ascii=False, indent=indent), escaped=True))


def for_stdout(text: str, *, escaped: bool = False) -> str:
    """The text as it may go to standard output: to a program as it is, to a terminal without what steers it.

    ``escaped``: it is JSON, where such characters can be told instead of left out.
    """
    if not sys.stdout.isatty():
        return text
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) if escaped else harmless(text)


class ForStdout(io.TextIOBase):
    """Standard output for who writes to a stream: see :func:`for_stdout`."""

    def __init__(self, *, escaped: bool = False) -> None:
        self._escaped = escaped

    def write(self, text: str) -> int:
        """Write it as it may go there."""
        sys.stdout.write(for_stdout(text, escaped=self._escaped))
        return len(text)


@dataclass(frozen=True, slots=True)
class Marked:
    """A table's cell with passages to set in bold (half-open offsets, in order)."""

    text: str
    marks: tuple[tuple[int, int], ...]


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str | Marked]], *, title: str | None = None
) -> None:
    """A table as wide as the terminal, or of a fixed width when piped."""
    # rich takes a tenth of a second: only tables pay for it.
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    table = Table(*columns, title=title and one_line(title), title_justify="left", box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text.assemble(*_pieces(cell)) for cell in row))
    width = shutil.get_terminal_size().columns if terminal else _PIPED_WIDTH
    Console(width=width, soft_wrap=False).print(table)


def _pieces(cell: str | Marked) -> Iterator[tuple[str, str]]:
    """The parts of a cell, each with its style."""
    if isinstance(cell, str):
        yield one_line(cell), ""
        return
    done = 0
    for start, end in cell.marks:
        yield _flat(cell.text[done:start]), ""
        yield _flat(cell.text[start:end]), "bold"
        done = end
    yield _flat(cell.text[done:]), ""


def _flat(text: str) -> str:
    return harmless(re.sub(r"\s+", " ", text))


def shorten(text: str, length: int) -> str:
    """The text as one line of at most ``length`` characters."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def counted(number: int, noun: str, several: str) -> str:
    """The number with its noun: "1 quote", "2 quotes", "2 copies"; in French "0 citation", "2 citations"."""
    return f"{number} {in_number(noun, several, number)}"
