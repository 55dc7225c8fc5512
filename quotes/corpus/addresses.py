"""Files wherever they lie: on a disk, or at an address that ``fsspec`` knows (``s3://…``, ``hdfs://…``)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from quotes.errors import ReadingError
from quotes.extras import how_to_add
from quotes.reading.pieces import SUFFIXES, is_address
from quotes.reading.text import shown


def file_system(address: str) -> tuple[Any, str]:
    """Give the file system (``fsspec``) of an address, and the path in it.

    Raises:
        ReadingError: where nothing here knows such addresses, with what to install.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        command = how_to_add("cluster")
        raise ReadingError(f"{shown(address)} is an address: to read it, {command}") from None
    try:
        found: tuple[Any, str] = url_to_fs(address)
    except (ImportError, ValueError) as error:
        said = " ".join(str(error).split())
        raise ReadingError(f"{shown(address)} can't be opened ({said})") from None
    return found


@contextmanager
def opened(place: str) -> Iterator[IO[bytes]]:
    """Open a file or an address to be read from any byte on."""
    if not is_address(place):
        with Path(place).open("rb") as file:
            yield file
        return
    files, path = file_system(place)
    with files.open(path, "rb") as remote:
        yield cast("IO[bytes]", remote)


@contextmanager
def on_disk(place: str) -> Iterator[str]:
    """Give a path under which a file lies: its own, or that of a copy as long as it is read."""
    if not is_address(place):
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        copy = Path(folder, _file_name(place))
        with opened(place) as remote, copy.open("wb") as local:
            shutil.copyfileobj(remote, local, 1 << 20)
        yield str(copy)


def _file_name(address: str) -> str:
    """The name of the file at an address: its suffixes tell what it is."""
    return PurePosixPath(address.partition("?")[0]).name or "file"


def files_at(address: str) -> list[tuple[str, int]]:
    """Give the addresses and sizes (-1: nobody says) of what an address names, in their order.

    A folder's files are those that the program reads, by their names; a pattern's all that it matches.
    """
    files, path = file_system(address)
    scheme = address.partition("://")[0]
    try:
        if any(mark in path for mark in "*[") and scheme not in ("http", "https"):
            found = files.glob(path, detail=True)
            listed = {name: about for name, about in found.items() if about["type"] == "file"}
        elif scheme not in ("http", "https") and files.isdir(path):
            listed = {
                name: about
                for name, about in files.find(path, detail=True).items()
                if PurePosixPath(name).suffix.lower() in SUFFIXES and not _is_hidden(name[len(path) :])
            }
        else:
            about = files.info(path)
            return [(address, -1 if about.get("size") is None else int(about["size"]))]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ReadingError(f"{shown(address)} can't be read ({' '.join(str(error).split())})") from error
    return [
        (files.unstrip_protocol(name), int(about.get("size") or 0)) for name, about in sorted(listed.items())
    ]


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(path).parts)
