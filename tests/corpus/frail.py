"""File systems that fail as machines do: whoever opens a file there dies, or finds no room to write.

They are addresses for ``fsspec`` (``mortel:///folder/file``), on the disk of the test. Workers learn of them
by importing this module (``distributed.worker.preload``).
"""

from __future__ import annotations

import errno
import os
import signal
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem


class OnDisk(LocalFileSystem):  # type: ignore[misc]
    """The disk, under an address that is none of the program's own."""

    protocol: Any = "loin"

    @classmethod
    def _strip_protocol(cls, path: Any) -> Any:
        if isinstance(path, str) and "://" in path:
            path = path.partition("://")[2]
        return super()._strip_protocol(path)

    def unstrip_protocol(self, name: str) -> str:
        return f"{self.protocol}://{self._strip_protocol(name)}"


class Mortal(OnDisk):
    """Whoever opens a file with "mort" in its name dies, until somebody makes a file "sauf" beside it."""

    protocol = "mortel"

    def _open(self, path: str, mode: str = "rb", *arguments: Any, **named: Any) -> Any:
        if "mort" in path.rpartition("/")[2] and not os.path.exists(f"{path.rpartition('/')[0]}/sauf"):  # noqa: PTH110
            with open(f"{path}.essais", "a") as tries:  # noqa: PTH123
                tries.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._open(path, mode, *arguments, **named)


class Full(OnDisk):
    """A store without room."""

    protocol = "plein"

    def put_file(self, *_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


for one in (OnDisk, Mortal, Full):
    fsspec.register_implementation(one.protocol, one, clobber=True)
