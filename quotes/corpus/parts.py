"""The parts into which sources are cut: each is read by one process, and becomes files of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quotes.corpus import addresses
from quotes.errors import QuotesError
from quotes.reading import Unread
from quotes.reading.pieces import is_address
from quotes.reading.slices import Slice, cut
from quotes.reading.sources import named_files
from quotes.reading.text import shown

PART_BYTES = 32_000_000
"""About so many bytes of sources are one part, if nobody asks for others."""
# Reading a small file costs as much as so many bytes.
_FILE_BYTES = 2_000
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it was named, where every machine finds it, and its size in bytes (-1: nobody says)."""

    name: str
    place: str
    size: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some whole sources, or one slice of one."""

    sources: tuple[Source, ...]
    slice: Slice | None = None

    @property
    def name(self) -> str:
        """What its files are called: the same for the same sources and place in them, whoever cuts them."""
        told = [[one.name, one.size] for one in self.sources]
        bounds = [self.slice.start, self.slice.end] if self.slice else None
        return hashlib.sha256(json.dumps([told, bounds]).encode()).hexdigest()[:_DIGITS]

    @property
    def sliced(self) -> str | None:
        """The source of which it is a slice, if it is one."""
        return shown(self.sources[0].name) if self.slice else None

    @property
    def title(self) -> str:
        """What it is called in messages."""
        first = shown(self.sources[0].name)
        if self.slice:
            return f"{first} ({self.slice.start}–{self.slice.end})"
        return first if len(self.sources) == 1 else f"{first} … {shown(self.sources[-1].name)}"


def parts_of(arguments: Iterable[str], part_bytes: int) -> Iterator[Part | Unread]:
    """Cut what the arguments name into parts, in its order; what is not there is told.

    Files, folders, patterns and addresses (``s3://…``, whatever ``fsspec`` knows; patterns there, too).
    Nothing is read but what tells where to cut.
    """
    together: list[Source] = []
    taken = 0
    for source in _sources(arguments):
        if isinstance(source, Unread):
            yield source
            continue
        slices = _slices(source, part_bytes)
        cost = max(source.size, 0) + _FILE_BYTES
        if together and (slices or source.size < 0 or taken + cost > part_bytes):
            yield Part(tuple(together))
            together, taken = [], 0
        if slices:
            yield from (Part((source,), one) for one in slices)
        else:
            together.append(source)
            taken += cost if source.size >= 0 else part_bytes
    if together:
        yield Part(tuple(together))


def _slices(source: Source, part_bytes: int) -> list[Slice]:
    if source.size <= part_bytes:
        return []
    with addresses.opened(source.place) as stream:
        return cut(stream, source.name, source.size, part_bytes)


def _sources(arguments: Iterable[str]) -> Iterator[Source | Unread]:
    seen: set[str] = set()
    for argument in arguments:
        if argument == "-":
            raise QuotesError("standard input can't be cut and read elsewhere: save it as a file")
        found = _remote(argument) if is_address(argument) else _local(argument)
        for one in found:
            # Named twice, it is still one: its parts would have one name.
            if isinstance(one, Unread) or one.name not in seen:
                yield one
            if isinstance(one, Source):
                seen.add(one.name)


def _local(argument: str) -> Iterator[Source | Unread]:
    for path in named_files([argument]):
        if isinstance(path, Unread):
            yield path
            continue
        try:
            size = Path(path).stat().st_size
        except FileNotFoundError:
            yield Unread(shown(path), "no such file: check the path")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            yield Unread(shown(path), f"can't be read ({reason.lower()}): check the path and the disk")
        else:
            yield Source(path, str(Path(path).absolute()), size)


def _remote(address: str) -> Iterator[Source | Unread]:
    found = addresses.files_at(address)
    if not found:
        yield Unread(shown(address), "no such file: check the address")
    for name, size in found:
        yield Source(name, name, size)
