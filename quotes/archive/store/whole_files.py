"""Files that appear when they are whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotes.errors import ArchiveError


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a path to write to, which replaces ``target`` at the end and disappears on any error."""
    try:
        # Made as any new file would be, not with the private mode of temporary ones.
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as made:
            unfinished = Path(made.name)
        _usual_mode(unfinished, target)
    except OSError as error:
        raise ArchiveError(f"{target} can't be written ({error.strerror}): choose another place") from error
    try:
        yield unfinished
        _flush(unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise ArchiveError(f"{target} was not written ({error.strerror})") from error
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _usual_mode(unfinished: Path, target: Path) -> None:
    if target.exists():
        unfinished.chmod(target.stat().st_mode & 0o777)
    else:
        mask = os.umask(0)
        os.umask(mask)
        unfinished.chmod(0o666 & ~mask)


def _flush(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())
