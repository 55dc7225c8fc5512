"""From what the user named to extractions, in order: in this process, or in several."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from quotes.reading import Columns, Piece, Read, Unread, read_all, read_piece, take_apart
from quotes.reading.language import is_french
from quotes.reading.pieces import Known as Stated
from quotes.reading.sources import Fetch, stated
from quotes.reading.workers import Failed, Pool, Worker

if TYPE_CHECKING:
    from quotes.model import Article, Extraction

# The longest articles take a second; what needs more than this is stuck.
ARTICLE_SECONDS = 20.0
# Pieces go to a worker by the handful: sending one costs as much as extracting a short article.
_BATCH_PIECES = 16
_BATCH_SIZE = 200_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with what is read.

    ``archive`` is the archive whose articles need no extraction (``None``: it has none yet).
    """

    archive: str | None = None
    any_language: bool = False
    stated: Stated = field(default=Stated())


@dataclass(frozen=True, slots=True)
class Found:
    """An article with its quotes; ``note`` is what the reader had to decide, one line."""

    extraction: Extraction
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A text that the archive has already, as this article."""

    source: str
    article_id: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """A text in another language than French."""

    source: str


Outcome = Found | Known | Foreign | Unread


def outcomes(
    arguments: list[str], columns: Columns, jobs: int, plan: Plan, fetch: Fetch | None = None
) -> Iterator[Outcome]:
    """Read and extract everything that is named; the answers and their order don't depend on ``jobs``."""
    if jobs == 1:
        for result in read_all(arguments, columns, fetch):
            yield result if isinstance(result, Unread) else outcome(result, plan)
        return
    work = partial(read_and_extract, plan=plan)
    alone: Worker[list[Piece | Unread], list[Outcome]] = Worker(work, 2 * ARTICLE_SECONDS)
    batches = _batches(take_apart(arguments, columns, fetch))
    try:
        pool = Pool(work, batches, jobs=jobs, seconds=2 * ARTICLE_SECONDS)
        for batch, answer in pool.answers():
            if not isinstance(answer, Failed):
                for one in answer:
                    yield one
                    # While one is stored, a worker may have become free.
                    pool.pump()
                continue
            # One of them killed the worker: the others are innocent.
            for piece in batch:
                again = alone.call([piece])
                yield from [Unread(piece.source, again.reason)] if isinstance(again, Failed) else again
    finally:
        alone.close()


def _batches(pieces: Iterable[Piece | Unread]) -> Iterator[list[Piece | Unread]]:
    batch: list[Piece | Unread] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece.data) if isinstance(piece, Piece) else 0
        if len(batch) == _BATCH_PIECES or size > _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def read_and_extract(pieces: list[Piece | Unread], plan: Plan) -> list[Outcome]:
    """What a worker does with a handful of pieces."""
    results: list[Outcome] = []
    for piece in pieces:
        if isinstance(piece, Unread):
            results.append(piece)
            continue
        try:
            with limited(ARTICLE_SECONDS):
                read = read_piece(piece)
        except TimeoutError as error:
            read = [Unread(piece.source, str(error))]
        results += (one if isinstance(one, Unread) else outcome(one, plan) for one in read)
    return results


def outcome(read: Read, plan: Plan) -> Outcome:
    """What becomes of an article; a text that the program trips over never stops the others."""
    import quotes

    article = read.article
    source = article.source or "-"
    article = stated(article, plan.stated)
    if not plan.any_language and not is_french(article.text):
        return Foreign(source)
    if plan.archive:
        known = _find(plan.archive, article)
        if known is not None:
            return Known(source, known)
    try:
        with limited(ARTICLE_SECONDS):
            return Found(quotes.extract(article), read.note)
    except TimeoutError as error:
        return Unread(source, str(error))
    except Exception as error:
        cause = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
        return Unread(source, f"could not be analysed ({cause}): report it with the text")


def _find(archive: str, article: Article) -> int | None:
    from quotes.archive import open_archive

    with open_archive(archive, create=False, readonly=True) as opened:
        return opened.find(article.text, article.source)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise ``TimeoutError``, with one line to say, when what is done here takes longer.

    Where the system has no alarm (Windows) or another thread asks, there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise TimeoutError(f"took longer than {seconds:g} seconds: split it into its articles")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
