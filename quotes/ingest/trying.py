"""Trying a text: read and extracted in a process that may be killed, and stored nowhere."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from quotes.errors import QuotesError
from quotes.reading import Columns, Piece, Read, Unread, read_piece, take_apart
from quotes.reading.forms import Form
from quotes.reading.workers import Failed, Worker

if TYPE_CHECKING:
    from quotes.model import Article, Extraction

MOST_ARTICLES = 20
"""Of what holds several articles, so many are tried."""
_SECONDS = 20.0
_SOMETHING_SAID = "« Nous partons demain », a déclaré Anne Roy, la maire. Selon elle, tout est prêt."
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8}){1,2}$", re.IGNORECASE)


class Trial:
    """One process for all who try something: they wait for one another. Use it as a context manager."""

    def __init__(self) -> None:
        self._worker: Worker[Piece | Article, list[Extraction | Unread]] = Worker(_tried, _SECONDS)
        self._turn = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it does."""
        self._closed = True
        self._worker.kill()
        with self._turn:
            self._worker.close()

    def make_ready(self) -> None:
        """Start the process and have it load the rules, so that nobody waits for that."""
        threading.Thread(target=self._load, name="loading rules", daemon=True).start()

    def _load(self) -> None:
        with self._turn:
            if not self._closed:
                self._worker.call(Piece("-", Form.TEXT, _SOMETHING_SAID))

    def text(self, text: str, name: str = "-") -> list[Extraction | Unread]:
        """Extract a pasted text."""
        return self._call(Piece(name, Form.TEXT, text), name)

    def article(self, article: Article) -> list[Extraction | Unread]:
        """Extract an article of which all is known."""
        return self._call(article, article.source or "-")

    def file(self, data: bytes, name: str) -> list[Extraction | Unread]:
        """Read and extract a file with this content; its name tells its form, and is its source."""
        found: list[Extraction | Unread] = []
        with _as_file(data, name) as path:
            try:
                for piece in islice(take_apart([str(path)], Columns()), MOST_ARTICLES):
                    inner = piece.source.removeprefix(str(path))
                    if isinstance(piece, Unread):
                        found.append(Unread(name + inner, piece.reason.replace(str(path), name)))
                    else:
                        found += self._call(replace(piece, source=name + inner), name + inner)
            except QuotesError as error:
                found.append(Unread(name, str(error).replace(str(path), name)))
        return found

    def _call(self, task: Piece | Article, source: str) -> list[Extraction | Unread]:
        with self._turn:
            answer = self._worker.call(task)
        return [Unread(source, answer.reason)] if isinstance(answer, Failed) else answer


@contextmanager
def _as_file(data: bytes, name: str) -> Iterator[Path]:
    """A file with this content, for as long as it is read; of the name only its suffix is used."""
    suffix = _SUFFIX.search(name)
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        path = Path(folder) / f"file{suffix[0].lower() if suffix else '.txt'}"
        path.write_bytes(data)
        yield path


def _tried(task: Piece | Article) -> list[Extraction | Unread]:
    """In the worker: what a piece holds, with its quotes."""
    from quotes import extract

    if not isinstance(task, Piece):
        return [extract(task)]
    read: list[Read | Unread] = read_piece(task)
    return [one if isinstance(one, Unread) else extract(one.article) for one in islice(read, MOST_ARTICLES)]
