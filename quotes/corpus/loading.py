"""A corpus into an archive, which is then the one that ``quotes add`` would have made of the same sources.

What takes the time of ``add`` is done already: articles come as rows ready to be stored, in the order of
their sources, many in one transaction. A call that was stopped may be made again; what is there stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.corpus import addresses
from quotes.corpus.finishing import SOURCES
from quotes.corpus.folder import PARTS, Folder, source_of
from quotes.corpus.rows import Row, found_in
from quotes.errors import CorpusError
from quotes.ingest.outcomes import Found, Outcome, finished
from quotes.ingest.storing import Options, Storing
from quotes.reading import Columns, Unread
from quotes.reading.forms import Known

if TYPE_CHECKING:
    from quotes.archive import Added

_ARTICLES_AT_ONCE = 2_000
_ROWS_AT_ONCE = 1_000


def load(folder: Folder, archive: str, tell: Callable[[Outcome, Added | None], None]) -> None:
    """Store all articles of a corpus in an archive (a file or an address), and what could not be read.

    ``tell`` hears of each source as it does of ``storing.add``. Ctrl-C waits for the transaction in hand.

    Raises:
        CorpusError: where there is no complete corpus, or one made by other rules.
    """
    from quotes.extraction.extract import RULES_VERSION

    header = folder.header()
    if header["rules"] != RULES_VERSION:
        raise CorpusError(
            f"{folder.place} was made by the rules {header['rules']}, these are {RULES_VERSION}:"
            " make it anew, or load it with the version that made it"
        )
    with Storing(archive, _options(header["options"]), tell, at_once=_ARTICLES_AT_ONCE) as storing:
        for outcome in outcomes_in(folder):
            with finished():
                storing.take(outcome)


def _options(said: dict[str, Any]) -> Options:
    stated = {**said["stated"]}
    for names in ("authors", "translators"):
        stated[names] = tuple(stated[names])
    return Options(Columns(**said["columns"]), Known(**stated), said["any_language"])


def outcomes_in(folder: Folder) -> Iterator[Outcome]:
    """Give what became of the sources of a corpus, in their order."""
    given: set[str] = set()
    for part in _rows(folder, PARTS):
        before: int | None = part["before"]
        yield from _articles(folder, part["part"], before)
        if part["failures"]:
            yield from _once(_failures(folder, part["part"], before), given)
    if f"{SOURCES}.parquet" in folder.names("failures"):
        yield from _once(_failures(folder, SOURCES, 0), given)


def _once(failures: Iterator[Unread], given: set[str]) -> Iterator[Unread]:
    """What each slice of a source says of the whole is told once."""
    for one in failures:
        if one.source not in given:
            given.add(one.source)
            yield one


def _articles(folder: Folder, part: str, before: int | None) -> Iterator[Found]:
    quotes = _rows(folder, f"quotes/{part}.parquet")
    for article in _rows(folder, f"articles/{part}.parquet"):
        said = list(islice(quotes, article["quotes"]))
        if len(said) != article["quotes"] or any(one["article"] != article["article"] for one in said):
            raise CorpusError(f"part {part} of {folder.place} is damaged: delete it there, distribute again")
        yield found_in(article, said, source_of(article["source"], article["number"], before))


def _failures(folder: Folder, part: str, before: int | None) -> Iterator[Unread]:
    for row in _rows(folder, f"failures/{part}.parquet"):
        source = source_of(row["source"], row["number"], before)
        yield Unread(source or "-", row["reason"])


def _rows(folder: Folder, name: str) -> Iterator[Row]:
    """The rows of a file of a corpus, streamed."""
    from pyarrow import ArrowException, parquet

    try:
        with addresses.opened(folder.path(name)) as stream:
            for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_ROWS_AT_ONCE):
                names = batch.schema.names
                columns = [column.to_pylist() for column in batch.columns]
                for values in zip(*columns, strict=True):
                    yield dict(zip(names, values, strict=True))
    except (OSError, ArrowException) as error:
        said = " ".join((getattr(error, "strerror", None) or str(error)).split())[:200]
        raise CorpusError(f"{folder.path(name)} can't be read ({said}): distribute again") from error
