"""A terminal of eighty columns, as the reader of a page has one before him."""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import struct
import sys
import termios
from pathlib import Path

import pyte

ROOT = Path(__file__).parents[2]
COLUMNS, LINES = 80, 24
# What a bar is drawn with.
_BAR = ("━", "╸", "╺")
# Lines are as long as the program makes them: a page is not broken at the edge of a window.
_LONGEST_LINE, _MOST_LINES = 1000, 1000


class Terminal:
    """Commands run in a folder that has the articles of ``examples/`` and a ``.venv/bin/quotes``."""

    def __init__(self, folder: Path, language: str = "C.UTF-8") -> None:
        self.folder = folder
        shutil.copytree(ROOT / "examples", folder / "examples")
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        program = programs / "quotes"
        program.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -c '
            "'from quotes.cli import main; raise SystemExit(main())' \"$@\"\n",
            encoding="utf-8",
        )
        program.chmod(0o755)
        self._environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "USER": "ida",
            "TERM": "xterm",
            "LANG": language,
            # What a plain installation prints, also where the encoder is installed.
            "QUOTES_MODEL": "never",
            "LC_CTYPE": "C.UTF-8",
        }

    def shown(self, command: str) -> str:
        """What stands on the screen when a command is done, without the spaces that nobody sees.

        Raises ``ValueError`` when it fails: a page shows what works.
        """
        child, screen = pty.fork()
        if not child:
            os.chdir(self.folder)
            os.execvpe("bash", ["bash", "-c", command], self._environment)
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        written = bytearray()
        while part := _part(screen):
            written += part
        os.close(screen)
        _, status = os.waitpid(child, 0)
        seen = _as_seen(bytes(written))
        if status:
            raise ValueError(f"{command}: exit code {os.waitstatus_to_exitcode(status)}: {seen}")
        return seen


def _part(screen: int) -> bytes:
    try:
        return os.read(screen, 65536)
    except OSError:  # how Linux tells that nobody writes any more
        return b""


def _as_seen(written: bytes) -> str:
    """What is left on the screen, without bars: they tell how fast this machine was."""
    screen = pyte.Screen(_LONGEST_LINE, _MOST_LINES)
    pyte.ByteStream(screen).feed(written)
    # Read from the cells that were written to: the rest of so large a screen takes seconds to look at.
    rows = [screen.buffer[y] for y in range(screen.cursor.y + 1)]
    lines = ["".join(row[x].data for x in range(max(row, default=-1) + 1)).rstrip() for row in rows]
    return "\n".join(line for line in lines if not line.lstrip().startswith(_BAR)).strip("\n")
