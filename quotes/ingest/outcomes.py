"""From what was named to articles ready to be stored, in order: in this process, or in several."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from quotes.archive import prepare
from quotes.errors import ArchiveError
from quotes.ingest.beside import of_pieces, of_reads
from quotes.model import Article
from quotes.reading import Columns, Piece, Read, Unread, read_all, read_piece, take_apart
from quotes.reading.forms import Known as Stated
from quotes.reading.language import is_french
from quotes.reading.limits import ARTICLE_SECONDS, limited
from quotes.reading.sources import Fetch, stated
from quotes.reading.workers import Failed, Pool, Worker, in_order

if TYPE_CHECKING:
    from quotes.archive import PreparedArticle
    from quotes.extraction.opinion import Model
    from quotes.model import Extraction

Thing = TypeVar("Thing")
Numbered = list[tuple[int, Article]]

# Pieces go to a worker by the handful: sending one costs as much as extracting a short article.
_BATCH_PIECES = 16
_BATCH_SIZE = 200_000
# So many handfuls for each process are read ahead.
_AHEAD = 4
# Extraction takes some 200 bytes for each character: below this it can't eat much.
_LONG = 500_000
# What is told of an article without a title.
_TITLE = 500
_NO_ARTICLE = Article("")
_NO_MEMORY = "needs too much memory: split it into its articles"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with what is read.

    ``archive`` is the archive whose articles need no extraction (``None``: it has none yet), ``beside`` what
    a table states of files, by ``file_key``; ``model`` whether the encoder is asked.
    """

    archive: str | None = None
    any_language: bool = False
    stated: Stated = field(default=Stated())
    beside: Mapping[str, Stated] = field(default_factory=dict)
    model: Model = "auto"


@dataclass(frozen=True, slots=True)
class Found:
    """An article with its quotes, ready to be stored, with what is told of it: numbers, title or beginning.

    ``note`` is what the reader had to decide, one line.
    """

    prepared: PreparedArticle
    source: str
    quotes: int
    speakers: int
    title: str
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
        yield from _in_turn(of_reads(read_all(arguments, columns, fetch), plan.beside), plan)
        return
    work = partial(read_and_extract, plan=plan)
    alone: Worker[list[Piece | Unread], list[Outcome]] = Worker(work, 2 * ARTICLE_SECONDS)
    batches = _handfuls(of_pieces(take_apart(arguments, columns, fetch), plan.beside), _size)
    pool = Pool(jobs, 2 * ARTICLE_SECONDS)
    try:
        for batch, answer in in_order(pool, work, batches, _AHEAD * jobs):
            yield from _one_by_one(batch, alone) if isinstance(answer, Failed) else answer
    finally:
        pool.shutdown(cancel_futures=True)
        alone.close()


def done_apart(
    pieces: Iterable[Piece | Unread], worker: Worker[list[Piece | Unread], list[Thing]]
) -> Iterator[Thing | Unread]:
    """Have pieces done in a process that may be killed (see ``worker_for``), in their order.

    That process lives on between calls: whoever has many parts to do keeps it.
    """
    for batch in _handfuls(pieces, _size):
        answer = worker.call(batch)
        if isinstance(answer, Failed):
            yield from _one_by_one(batch, worker)
        else:
            yield from answer


def worker_for(
    work: Callable[[list[Piece | Unread]], list[Thing]],
) -> Worker[list[Piece | Unread], list[Thing]]:
    """Give a process for ``done_apart``, with the limits that all articles have."""
    return Worker(work, 2 * ARTICLE_SECONDS)


def _one_by_one(
    batch: list[Piece | Unread], alone: Worker[list[Piece | Unread], list[Thing]]
) -> Iterator[Thing | Unread]:
    """Do a handful again of which one has killed its worker: the others are innocent."""
    for piece in batch:
        again = alone.call([piece])
        yield from [Unread(piece.source, again.reason)] if isinstance(again, Failed) else again


def _in_turn(results: Iterable[Read | Unread], plan: Plan) -> Iterator[Outcome]:
    """Extract in this process; what is long enough to eat its memory, in another one."""
    alone: Worker[Read, Outcome] = Worker(partial(outcome, plan=plan), 2 * ARTICLE_SECONDS)
    try:
        for result in results:
            if isinstance(result, Unread):
                yield result
            elif len(result.article.text) < _LONG:
                yield outcome(result, plan)
            else:
                answer = alone.call(result)
                source = result.article.source or "-"
                yield Unread(source, answer.reason) if isinstance(answer, Failed) else answer
    finally:
        alone.close()


def extract_again(
    articles: Iterable[tuple[int, Article]], jobs: int, model: Model = "auto"
) -> Iterator[tuple[int, Extraction | Unread]]:
    """Extract articles whose text is there, in their order; what is found doesn't depend on ``jobs``."""
    if jobs == 1:
        for number, article in articles:
            yield number, extracted(article, model)
        return
    work = partial(_extract_batch, model=model)
    alone: Worker[Numbered, list[Extraction | Unread]] = Worker(work, 2 * ARTICLE_SECONDS)
    batches = _handfuls(articles, lambda numbered: len(numbered[1].text))
    pool = Pool(jobs, 2 * ARTICLE_SECONDS)
    try:
        for batch, answer in in_order(pool, work, batches, _AHEAD * jobs):
            if isinstance(answer, Failed):
                # One of them killed the worker: the others are innocent.
                answer = [one for numbered in batch for one in _alone(alone, numbered)]
            for (number, article), found in zip(batch, answer, strict=True):
                yield number, found if isinstance(found, Unread) else replace(found, article=article)
    finally:
        pool.shutdown(cancel_futures=True)
        alone.close()


def _alone(
    worker: Worker[Numbered, list[Extraction | Unread]], numbered: tuple[int, Article]
) -> list[Extraction | Unread]:
    answer = worker.call([numbered])
    return [Unread(numbered[1].source or "-", answer.reason)] if isinstance(answer, Failed) else answer


def _extract_batch(articles: Numbered, model: Model) -> list[Extraction | Unread]:
    """What a worker does with a handful of articles: their texts stay behind."""
    found = (extracted(article, model) for _, article in articles)
    return [one if isinstance(one, Unread) else replace(one, article=_NO_ARTICLE) for one in found]


def extractions(
    results: Iterable[Read | Unread], model: Model = "auto"
) -> Iterator[tuple[Read, Extraction | Unread] | Unread]:
    """Extract what was read and is not to be stored, with the limits that all articles have."""
    alone: Worker[Article, Extraction | Unread] = Worker(partial(extracted, model=model), 2 * ARTICLE_SECONDS)
    try:
        for result in results:
            if isinstance(result, Unread):
                yield result
            elif len(result.article.text) < _LONG:
                yield result, extracted(result.article, model)
            else:
                answer = alone.call(result.article)
                source = result.article.source or "-"
                yield result, Unread(source, answer.reason) if isinstance(answer, Failed) else answer
    finally:
        alone.close()


def extracted(article: Article, model: Model = "auto") -> Extraction | Unread:
    """What is found in an article; one that the program trips over gives one line."""
    import quotes

    try:
        with limited(ARTICLE_SECONDS):
            return quotes.extract(article, model=model)
    except TimeoutError as error:
        return Unread(article.source or "-", str(error))
    except MemoryError:
        return Unread(article.source or "-", _NO_MEMORY)
    except Exception as error:
        cause = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
        return Unread(article.source or "-", f"could not be analysed ({cause}): report it with the text")


def _handfuls(things: Iterable[Thing], size_of: Callable[[Thing], int]) -> Iterator[list[Thing]]:
    batch: list[Thing] = []
    size = 0
    for thing in things:
        batch.append(thing)
        size += size_of(thing)
        if len(batch) == _BATCH_PIECES or size > _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(piece: Piece | Unread) -> int:
    return len(piece.data) if isinstance(piece, Piece) else 0


def read_and_extract(pieces: list[Piece | Unread], plan: Plan) -> list[Outcome]:
    """What a worker does with a handful of pieces."""
    # One step after the other for all of them: what a step needs then stays in the processor's caches.
    reads = [
        read for piece in pieces for read in ([piece] if isinstance(piece, Unread) else read_piece(piece))
    ]
    examined = [one if isinstance(one, Unread) else (one, _examined(one, plan)) for one in reads]
    return [one if isinstance(one, Unread) else _ready(*one) for one in examined]


def outcome(read: Read, plan: Plan) -> Outcome:
    """What becomes of an article; a text that the program trips over never stops the others."""
    return _ready(read, _examined(read, plan))


def _examined(read: Read, plan: Plan) -> Extraction | Known | Foreign | Unread:
    """Extract an article, unless the archive has it or it is in another language."""
    source = read.article.source or "-"
    try:
        with limited(ARTICLE_SECONDS):
            article = stated(read.article, plan.stated)
            if not plan.any_language and not is_french(article.text):
                return Foreign(source)
            if plan.archive:
                known = _find(plan.archive, article)
                if known is not None:
                    return Known(source, known)
            return extracted(article, plan.model)
    except TimeoutError as error:
        return Unread(source, str(error))
    except MemoryError:
        return Unread(source, _NO_MEMORY)


def _ready(read: Read, found: Extraction | Known | Foreign | Unread) -> Outcome:
    """Make ready to be stored what was found in an article."""
    if isinstance(found, Known | Foreign | Unread):
        return found
    source, article = read.article.source or "-", found.article
    try:
        with limited(ARTICLE_SECONDS):
            speakers = {quote.speaker for quote in found.quotes if quote.speaker}
            title = article.title or article.text.strip()[:_TITLE]
            return Found(prepare(found), source, len(found.quotes), len(speakers), title, read.note)
    except TimeoutError as error:
        return Unread(source, str(error))
    except MemoryError:
        return Unread(source, _NO_MEMORY)
    except ArchiveError as error:
        return Unread(source, str(error).removeprefix(f"{source} "))


def _find(archive: str, article: Article) -> int | None:
    from quotes.archive import open_archive

    with open_archive(archive, create=False, readonly=True) as opened:
        return opened.find(article.text, article.source)


@contextmanager
def finished() -> Iterator[None]:
    """Let Ctrl-C wait until what is done here is done: an article is stored with all that is said of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
