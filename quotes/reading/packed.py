"""Packed files opened without being unpacked: gzip streams and the members of a ZIP archive, bounded."""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from quotes.errors import ReadingError
from quotes.reading.encoding import legacy_codec

_MOST_MEMBERS = 100_000
# Text packs to a third or a tenth of its size; a bomb to a thousandth.
_LARGEST_RATIO = 300
_BOMB = 10_000_000
# The flag of a member whose name is UTF-8; Python reads all others as DOS wrote them in America.
_UTF_8 = 0x800
_TOO_TIGHT = "is packed too tightly for a text: unpack it if you trust it"
LARGEST_RATIO, LEAST_BOMB, TOO_TIGHT = _LARGEST_RATIO, _BOMB, _TOO_TIGHT

_DAMAGED = "is damaged in its archive, or packed in a way that is not known: pack it again"
# What unpacking raises.
DAMAGE = (
    zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError,
    ValueError, RuntimeError,
)  # fmt: skip


class _Bounded(io.RawIOBase):
    """What a packed stream gives, up to a number of bytes."""

    def __init__(self, stream: gzip.GzipFile, most: int) -> None:
        self._stream = stream
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # Not read(): of a file that breaks off it would give nothing.
        data = self._stream.read1(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise ReadingError(_TOO_TIGHT)
        buffer[: len(data)] = data
        return len(data)


class _Member(io.RawIOBase):
    """What a member of an archive gives; its damage is its own, not the archive's."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = cast(io.BufferedIOBase, stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read1(len(buffer))
        except DAMAGE as error:
            raise ReadingError(_DAMAGED) from error
        buffer[: len(data)] = data
        return len(data)


class _Unopened(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        raise ReadingError(_DAMAGED)


class _Archive(zipfile.ZipFile):
    """An archive whose members tell of their damage when they are read."""

    def open(self, *arguments: Any, **named: Any) -> IO[bytes]:
        try:
            return io.BufferedReader(_Member(super().open(*arguments, **named)))
        except DAMAGE:
            return io.BufferedReader(_Unopened())


@contextmanager
def unpacked(path: str) -> Iterator[IO[bytes]]:
    """What a gzip file holds; reading raises :class:`ReadingError` when that is far too much."""
    with gzip.open(path) as stream:
        yield _bounded(stream, Path(path).stat().st_size)


def unpacked_stream(packed: IO[bytes], size: int) -> IO[bytes]:
    """What a stream of so many gzipped bytes holds, bounded as that of a file."""
    return _bounded(gzip.GzipFile(fileobj=packed), size)


def _bounded(stream: gzip.GzipFile, size: int) -> IO[bytes]:
    return io.BufferedReader(_Bounded(stream, max(_BOMB, size * _LARGEST_RATIO)))


def members(path: str, suffixes: Collection[str]) -> Iterator[tuple[str, IO[bytes] | str]]:
    """The members of a ZIP archive that have one of the suffixes, in the order of their names.

    Each comes with its bytes, or with what is wrong with it. An archive that declares far more than
    it can hold raises :class:`ReadingError`.
    """
    with _Archive(path) as archive:
        infos = sorted(
            ((_name(info), info) for info in archive.infolist() if _is_wanted(info, suffixes)),
            key=lambda named: named[0],
        )
        if not infos:
            raise ReadingError(f"no texts in this archive: it needs files in {', '.join(sorted(suffixes))}")
        if len(infos) > _MOST_MEMBERS:
            raise ReadingError(f"more than {_MOST_MEMBERS} files in one archive: unpack it first")
        # Members that share their packed bytes each look harmless.
        if sum(info.file_size for _, info in infos) > max(_BOMB, Path(path).stat().st_size * _LARGEST_RATIO):
            raise ReadingError(_TOO_TIGHT)
        for name, info in infos:
            if ".." in PurePosixPath(name).parts or name.startswith("/"):
                # Told as it is, it would be tried again under a path that is not in the archive.
                inside = "/".join("__" if part == ".." else part for part in name.split("/") if part)
                yield inside, "its name leads out of the archive: rename it"
            elif info.flag_bits & 1:
                yield name, "is encrypted: unpack it first"
            elif info.file_size > max(_BOMB, info.compress_size * _LARGEST_RATIO):
                yield name, _TOO_TIGHT
            else:
                with archive.open(info) as stream:
                    yield name, stream


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; few programs write it as the standard asks: in DOS's letters or flagged UTF-8."""
    if info.flag_bits & _UTF_8 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(legacy_codec(raw) or "cp437", "replace")


def _is_wanted(info: zipfile.ZipInfo, suffixes: Collection[str]) -> bool:
    path = PurePosixPath(info.filename)
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)
    # A link has the path that it leads to for its text.
    link = stat.S_ISLNK(info.external_attr >> 16)
    return not (info.is_dir() or link or hidden) and path.suffix.lower() in suffixes
