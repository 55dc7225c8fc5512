"""Files that appear when they are whole, or not at all; what is no file is written to, never replaced."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotes.errors import ArchiveError

_PREFIX, _SUFFIX = ".quotes-", ".unfinished"
# Where the system can't tell whether somebody still writes, what is older than this (seconds) is left over.
_LEFT_OVER = 7 * 86_400
_DESCRIPTOR = re.compile(r"/dev/(?:fd/|std(?:in|out|err)$)|/proc/[^/]+/(?:task/[^/]+/)?fd/")


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a path to write to, which becomes ``target`` at the end and disappears on any error.

    A file is replaced at once, so that no reader sees half of it; of a link, the file that it leads to. A
    device or a pipe, and a file in a folder where nothing may be made, gets the bytes at the end.
    """
    try:
        place = _place_of(target)
        with unfinished_beside(place) if place else _elsewhere() as folder:
            unfinished = folder / "whole"
            yield unfinished
            if place:
                _replace(unfinished, place)
            else:
                _pour(unfinished, target)
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ArchiveError(f"{target} can't be written ({reason}): choose another place") from error


@contextmanager
def unfinished_beside(target: Path) -> Iterator[Path]:
    """Give a private folder beside ``target``, which goes at the end, with those that killed calls left.

    Whoever works in one holds a lock on it, which ends with the process.
    """
    sweep(target.parent)
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent))
    lock = _locked(made)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        if lock is not None:
            os.close(lock)


@contextmanager
def _elsewhere() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="quotes-") as made:
        yield Path(made)


def _place_of(target: Path) -> Path | None:
    """The file that a target is or leads to; ``None`` for what must be written to as it stands."""
    if _is_a_descriptor(target):
        return None
    place = Path(os.path.realpath(target))
    if not os.path.lexists(place):
        return place
    if not stat.S_ISREG(place.stat().st_mode):
        if place.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        return None
    alone = not os.access(place.parent, os.W_OK) and os.access(place, os.W_OK)
    return None if alone else place


def _is_a_descriptor(target: Path) -> bool:
    """Whether a path is what a process has open (``/dev/stdout``), whatever that is, or leads there."""
    path = os.path.abspath(target)  # noqa: PTH100
    for _ in range(40):
        if _DESCRIPTOR.match(path):
            return True
        if not os.path.islink(path):  # noqa: PTH114
            return False
        path = os.path.join(os.path.dirname(path), os.readlink(path))  # noqa: PTH115, PTH118, PTH120
    return False


def _replace(unfinished: Path, place: Path) -> None:
    if place.exists():
        unfinished.chmod(place.stat().st_mode & 0o777)
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(place)


def _pour(unfinished: Path, target: Path) -> None:
    # Not "wb": of what is open already, nothing is cut off and nothing overwritten.
    how = os.O_WRONLY | (os.O_APPEND if _is_a_descriptor(target) else os.O_TRUNC)
    with unfinished.open("rb") as written, os.fdopen(os.open(target, how), "wb") as poured:
        shutil.copyfileobj(written, poured)


def _locked(folder: Path) -> int | None:
    """Lock a folder; ``None`` where somebody else has it, or where that can't be told."""
    try:
        import fcntl
    except ImportError:
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def sweep(folder: Path, younger: bool = False) -> None:
    """Take away what calls that were killed have left in a folder.

    ``younger``: also what they left just now, where the caller knows that nobody begins to write.
    """
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                old = time.time() - left.stat().st_mtime
                lock = _locked(left)
                # A moment passes between making one and locking it.
                if (lock is not None and (old > 60 or younger)) or old > _LEFT_OVER:
                    shutil.rmtree(left, ignore_errors=True)
                if lock is not None:
                    os.close(lock)
