"""One part of a corpus: read, extracted, and written as files that appear whole or not at all.

Articles are read and extracted in a process beside this one, which may be killed: a page that hangs or eats
memory costs itself, not its part. What Dask limits is the memory of its worker, and the time of nothing.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from quotes.corpus import addresses
from quotes.corpus.folder import Folder, Written, reason_of
from quotes.corpus.parts import Part, Source
from quotes.corpus.rows import Laid, Rows, read_and_lay_out, schemas
from quotes.errors import CorpusError, ReadingError
from quotes.extraction.opinion import Model, has_encoder, settled
from quotes.ingest.outcomes import Foreign, Plan, done_apart, worker_for
from quotes.reading import Columns, Piece, Unread
from quotes.reading.pieces import pieces_of
from quotes.reading.slices import SliceReader
from quotes.reading.text import shown
from quotes.reading.workers import Worker

# So many characters of texts are one row group: what a process has in hand, and what a reader has to unpack.
_GROUP_CHARACTERS = 8_000_000
_LEVEL = 3
# What hardly ever says the same twice.
_PLAIN = {
    "articles": ["text", "content_hash", "body_hash", "url", "article"],
    "quotes": ["quote", "exact", "stems", "public_id"],
    "failures": ["reason"],
}
_NESTED = ("authors.list.element", "translators.list.element", "zones.list.element.kind")
_Worker = Worker[list[Piece | Unread], list[Laid | Unread | Foreign]]
# A process that extracts lives as long as the one that gives it work, if its task stays the same.
_extracting: tuple[Plan, _Worker] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with each part."""

    folder: Folder
    plan: Plan = field(default=Plan())
    columns: Columns = field(default=Columns())


def write_part(part: Part, task: Task) -> Written:
    """Do a part, unless it is done; give what became of it.

    Raises:
        CorpusError: where the folder can't be written to, or the encoder is asked otherwise on this machine.
        OSError: where a source breaks off while it is read: it may be there another time.
    """
    folder = task.folder
    before = folder.written(part.name)
    if before is not None and not before.given_up:
        return before
    _must_ask_as(task.plan.model)
    with folder.workplace() as place, _Files(place, task.plan) as files:
        written = _filled(part, task, files)
        files.close()
        paths = files.paths()
        written = replace(written, files={table: _checksum(path) for table, path in paths.items()})
        if "failures" not in paths:
            # Of a try before this one, which was given up.
            folder.remove(f"failures/{part.name}.parquet")
        for table, path in paths.items():
            folder.put(path, f"{table}/{part.name}.parquet")
    folder.write(f"parts/{part.name}.json", written.as_json())
    return written


def give_up(part: Part, task: Task, reason: str) -> Written:
    """Write of a part that can't be done why that is; the rest goes on."""
    folder = task.folder
    rows = Rows(part.name, None)
    for source in part.sources:
        where = part.title if part.slice else shown(source.name)
        rows.fail(Unread(where, reason))
    with folder.workplace() as place, _Files(place, task.plan) as files:
        files.write(rows, whole=True)
        files.close()
        paths = files.paths()
        checksums = {table: _checksum(path) for table, path in paths.items()}
        for table, path in paths.items():
            folder.put(path, f"{table}/{part.name}.parquet")
    written = Written(part.name, failures=len(part.sources), given_up=True, files=checksums)
    folder.write(f"parts/{part.name}.json", written.as_json())
    return written


def _filled(part: Part, task: Task, files: _Files) -> Written:
    rows = Rows(part.name, part.sliced)
    reading = _Reading(part, task.columns)
    foreign = characters = pending = 0
    for outcome in done_apart(reading, _worker(task.plan)):
        if isinstance(outcome, Laid):
            rows.take(outcome)
            characters += outcome.length
            pending += outcome.length
            if pending > _GROUP_CHARACTERS:
                files.write(rows)
                pending = 0
        elif isinstance(outcome, Unread):
            rows.fail(outcome)
        else:
            foreign += 1
    files.write(rows, whole=True)
    return Written(
        part.name,
        rows.counts["articles"],
        rows.counts["quotes"],
        rows.counts["failures"],
        foreign=foreign,
        records=reading.records,
        characters=characters,
        nothing=reading.nothing,
    )


def _worker(plan: Plan) -> _Worker:
    global _extracting
    if _extracting is None or _extracting[0] != plan:
        if _extracting is not None:
            _extracting[1].close()
        _extracting = plan, worker_for(partial(read_and_lay_out, plan=plan))
    return _extracting[1]


def _must_ask_as(model: Model) -> None:
    """See that the encoder is asked here as it is everywhere.

    Raises:
        CorpusError: where this machine lacks it, or its environment says otherwise.
    """
    if settled(model) != model or (model != "never" and not has_encoder()):
        raise CorpusError(
            f"a worker can't extract with --model {model}: install the same extras on every machine, and set"
            " QUOTES_MODEL alike"
        )


class _Reading:
    """The pieces of a part, under the names that its sources were given."""

    def __init__(self, part: Part, columns: Columns) -> None:
        self._part = part
        self._columns = columns
        self.records = 0
        self.nothing: str | None = None

    def __iter__(self) -> Iterator[Piece | Unread]:
        if self._part.slice is None:
            for source in self._part.sources:
                yield from _whole(source, self._columns)
            return
        (source,) = self._part.sources
        with addresses.opened(source.place) as stream:
            watched = _Watched(stream)
            name = shown(source.name)
            reader = SliceReader(watched, name, source.size, self._part.slice, self._columns)  # type: ignore[arg-type]
            yield from reader
            if watched.broken is not None:
                raise watched.broken
        self.records, self.nothing = reader.records, reader.nothing


def _whole(source: Source, columns: Columns) -> Iterator[Piece | Unread]:
    name = shown(source.name)
    try:
        with addresses.on_disk(source.place) as path:
            for piece in pieces_of(path, columns):
                inner = name + piece.source.removeprefix(shown(path))
                if isinstance(piece, Unread):
                    yield Unread(inner, piece.reason.replace(path, name))
                else:
                    yield replace(piece, source=inner)
    except ReadingError as error:
        yield Unread(name, str(error))


class _Watched(io.RawIOBase):
    """A stream of which is known whether reading it failed, which readers take for damage of the file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.broken: OSError | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        return self._stream.seek(place, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except OSError as error:
            self.broken = error
            raise

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Files:
    """The unfinished files of a part, opened when something is to be written.

    Each says in its own header by which rules it was made, and whether the encoder was asked.
    """

    def __init__(self, place: Path, plan: Plan) -> None:
        from quotes.extraction.extract import RULES_VERSION

        self._place = place
        self._made_by = {"quotes.rules": RULES_VERSION, "quotes.model": plan.model}
        self._open = ExitStack()
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        with self._told():
            self.close()

    def write(self, rows: Rows, *, whole: bool = False) -> None:
        """Write the rows that have come in; ``whole``: they are the last ones."""
        with self._told():
            for table, content in rows.taken():
                self._writer(table).write_table(content)
            if whole:
                # Who asks a corpus finds the columns of a part that has nothing, too.
                self._writer("articles")
                self._writer("quotes")

    def close(self) -> None:
        """End the files."""
        with self._told():
            self._open.close()

    def paths(self) -> dict[str, Path]:
        """Give the files, by table."""
        return {table: self._path(table) for table in schemas() if table in self._writers}

    def _path(self, table: str) -> Path:
        return self._place / f"{table}.parquet"

    def _writer(self, table: str) -> Any:
        from pyarrow import parquet

        if table not in self._writers:
            schema = schemas()[table]
            repeated = [name for name in schema.names if name not in _PLAIN[table]]
            repeated += [name for name in _NESTED if name.partition(".")[0] in schema.names]
            self._writers[table] = self._open.enter_context(
                parquet.ParquetWriter(
                    self._path(table),
                    schema.with_metadata(self._made_by),
                    compression="zstd",
                    compression_level=_LEVEL,
                    use_dictionary=repeated,
                )
            )
        return self._writers[table]

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = reason_of(error)
            raise CorpusError(
                f"{self._place.parent} can't be written ({reason}): make room;"
                " the same call then goes on from here"
            ) from error


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
