"""From what the user named to extractions, in order: in this process, or in several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.reading import Columns, Piece, Read, Unread, read_all, read_piece, take_apart
from quotes.reading.workers import Failed, in_order

if TYPE_CHECKING:
    from quotes.model import Extraction

# The longest articles take a second; a worker that needs a minute is stuck.
ARTICLE_SECONDS = 60.0

Extracted = tuple[Read, "Extraction"]


def extractions(arguments: list[str], columns: Columns, jobs: int) -> Iterator[Extracted | Unread]:
    """Read and extract everything that is named; the answers and their order don't depend on ``jobs``."""
    if jobs == 1:
        for result in read_all(arguments, columns):
            yield result if isinstance(result, Unread) else extracted(result)
        return
    answers = in_order(read_and_extract, take_apart(arguments, columns), jobs=jobs, seconds=ARTICLE_SECONDS)
    for piece, answer in answers:
        if isinstance(answer, Failed):
            yield Unread(piece.source, answer.reason)
        else:
            yield from answer


def read_and_extract(piece: Piece | Unread) -> list[Extracted | Unread]:
    """What a worker does with a piece."""
    if isinstance(piece, Unread):
        return [piece]
    return [read if isinstance(read, Unread) else extracted(read) for read in read_piece(piece)]


def extracted(read: Read) -> Extracted | Unread:
    """The quotes of an article; a text that the program trips over never stops the others."""
    import quotes

    try:
        return read, quotes.extract(read.article)
    except Exception as error:
        cause = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
        return Unread(read.article.source or "-", f"could not be analysed ({cause}): report it with the text")
