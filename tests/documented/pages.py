"""The pages, and the same pages as they would be if all that they show were run now.

A block marked ``console`` has commands behind ``$`` and beneath each what it prints. One marked ``python``
goes on where the one above it ended, and so does the README's main command, marked ``sh``; what they print
stands in the block marked ``text`` that follows. Blocks without a mark are not run: their commands are only
parsed (``commands.py``).
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.documented.terminal import ROOT, Terminal

PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in [ROOT / "README.md", ROOT / "README.fr.md", *sorted((ROOT / "docs").glob("*.md"))]
]
INSTALL = "python3 -m venv .venv && .venv/bin/pip install --quiet . && "
"""How the main command of a README begins: ``.ci/run`` runs it whole, the tests what follows."""
INSTALL_TO_TEST = "python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[dev]' && "
RUN = {"console", "python"}
_FENCE = re.compile(r"```(\S*)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: what it is marked as, and its lines in the page, those of the fences left out."""

    language: str
    start: int
    end: int

    def text(self, lines: list[str]) -> str:
        return "\n".join(lines[self.start : self.end])


def blocks(lines: list[str]) -> Iterator[Block]:
    """The fenced blocks of a page, in their order."""
    opened: tuple[str, int] | None = None
    for number, line in enumerate(lines):
        match = _FENCE.fullmatch(line)
        if opened and line == "```":
            yield Block(opened[0], opened[1], number)
            opened = None
        elif not opened and match:
            opened = match[1], number + 1
    if opened:
        raise ValueError(f"line {opened[1]}: this block is not closed")


def language_of(page: str) -> str:
    """The locale in which a page's commands are run."""
    return "fr_FR.UTF-8" if page.endswith(".fr.md") else "C.UTF-8"


def as_it_runs(page: str, folder: Path) -> str:
    """A page with what its commands print now, run one after the other in an empty folder."""
    written = (ROOT / page).read_text(encoding="utf-8")
    return _Running(page, written.split("\n"), Terminal(folder, language_of(page))).rewritten()


class _Running:
    def __init__(self, page: str, lines: list[str], terminal: Terminal) -> None:
        self._page = page
        self._lines = lines
        self._terminal = terminal
        self._names: dict[str, object] = {"__name__": "__main__"}

    def rewritten(self) -> str:
        found = list(blocks(self._lines))
        new: list[tuple[Block, str]] = []
        for block, after in pairwise([*found, None]):
            assert block
            printed = self._printed(block)
            if block.language == "console":
                new.append((block, printed))
            elif after and after.language == "text":
                new.append((after, printed))
            elif printed:
                raise ValueError(f"{self._where(block)}: prints, but no block marked text follows: {printed}")
        lines = self._lines[:]
        for block, printed in reversed(new):
            lines[block.start : block.end] = printed.split("\n") if printed else []
        return "\n".join(lines)

    def _printed(self, block: Block) -> str:
        text = block.text(self._lines)
        if block.language == "console":
            return self._session(text)
        if block.language == "python":
            return self._python(text, block)
        if block.language == "sh" and text.startswith(INSTALL):
            return self._terminal.shown(text.removeprefix(INSTALL))
        return ""

    def _session(self, text: str) -> str:
        new = ""
        for command in _commands(text):
            printed = self._terminal.shown(command.removeprefix("$ "))
            new += f"{command}\n{printed}\n\n" if printed else f"{command}\n"
        return new.rstrip("\n")

    def _python(self, text: str, block: Block) -> str:
        code = compile("\n" * block.start + text, self._page, "exec")
        before = os.environ.get("QUOTES_MODEL")
        os.environ["QUOTES_MODEL"] = "never"  # as in the terminal
        try:
            with chdir(self._terminal.folder), redirect_stdout(io.StringIO()) as printed:
                exec(code, self._names)
        finally:
            del os.environ["QUOTES_MODEL"]
            if before is not None:
                os.environ["QUOTES_MODEL"] = before
        return printed.getvalue().rstrip("\n")

    def _where(self, block: Block) -> str:
        return f"{self._page}:{block.start}"


def _commands(session: str) -> Iterator[str]:
    r"""The commands of a session, ``$ `` included; one that ends with ``\`` goes on in the next line."""
    lines = iter(session.split("\n"))
    for line in lines:
        if line.startswith("$ "):
            command = line
            while command.endswith("\\"):
                command += "\n" + next(lines)
            yield command
