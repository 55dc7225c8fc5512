"""What the user named (files, folders, standard input), turned into articles one by one, in order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.pieces import COSTLY, SUFFIXES, Columns, Form, Known, Piece, Unread, pieces_of
from quotes.reading.text import article_of, checked, decode, shown
from quotes.reading.workers import Failed, Worker

# A page of a newspaper takes a tenth of a second.
READING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Read:
    """An article that was read, with what the reader had to decide (one line, or ``None``)."""

    article: Article
    note: str | None = None


def read_all(
    arguments: Iterable[str],
    columns: Columns = Columns(),  # noqa: B008
) -> Iterator[Read | Unread]:
    """The articles of files, folders and standard input (``-``), in the order they are named.

    Folders are walked in the order of their names; hidden entries and links that lead out of the
    folder are passed over. A source that can't be read gives one :class:`Unread`, and the rest goes
    on. Web pages, PDF and Word files are read in a process of their own, with a time limit.
    """
    worker: Worker[Piece, list[Read | Unread]] = Worker(read_piece, READING_SECONDS)
    try:
        for piece in take_apart(arguments, columns):
            if isinstance(piece, Unread):
                yield piece
            elif piece.form in COSTLY:
                answer = worker.call(piece)
                yield from [Unread(piece.source, answer.reason)] if isinstance(answer, Failed) else answer
            else:
                yield from read_piece(piece)
    finally:
        worker.close()


def take_apart(arguments: Iterable[str], columns: Columns = Columns()) -> Iterator[Piece | Unread]:  # noqa: B008
    """The pieces of all that the arguments name: cheap, streamed, in order."""
    for path in _files(arguments):
        if isinstance(path, Unread):
            yield path
        else:
            yield from pieces_of(path, columns)


def count_files(arguments: Iterable[str]) -> int:
    """How many files the arguments name, folders opened: quick, nothing is read."""
    return sum(1 for _ in _files(arguments))


def _files(arguments: Iterable[str]) -> Iterator[str | Unread]:
    """The files that the arguments name, folders opened."""
    for argument in arguments:
        if argument != "-" and Path(argument).is_dir():
            found = False
            for path in _files_in(argument):
                found = True
                yield path
            if not found:
                kinds = ", ".join(sorted(SUFFIXES))
                yield Unread(shown(argument), f"no texts in this folder: it needs files in {kinds}")
        else:
            yield argument


def _files_in(folder: str) -> Iterator[str]:
    inside = Path(folder).resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                continue
            if path.is_file():
                yield str(path)


def read_piece(piece: Piece) -> list[Read | Unread]:
    """The articles of one piece: one, for a feed as many as it has entries."""
    try:
        note = None
        articles: list[Article] = []
        if piece.form is Form.TEXT:
            text, note = _text(piece.data)
            articles = [article_of(text, piece.source)]
        else:
            data = piece.data if isinstance(piece.data, bytes) else piece.data.encode()
            articles = _formatted(piece.form, data, piece.source)
    except ReadingError as error:
        return [Unread(piece.source, str(error))]
    several = len(articles) > 1
    return [
        Read(_stated(article, piece.known, f"{piece.source}:{number}" if several else piece.source), note)
        for number, article in enumerate(articles, 1)
    ]


def _text(data: bytes | str) -> tuple[str, str | None]:
    if isinstance(data, str):
        return checked(data), None
    decoded = decode(data)
    cp1252 = decoded.encoding == "cp1252"
    return decoded.text, "read as Windows-1252, since it is no UTF-8" if cp1252 else None


def _formatted(form: Form, data: bytes, source: str) -> list[Article]:
    # Each reader brings its library: only those who need it wait for it.
    if form is Form.PAGE:
        from quotes.reading.pages import read_page

        return [read_page(data)]
    if form is Form.FEED:
        from quotes.reading.feeds import read_feed

        return list(read_feed(data))
    if form is Form.MAIL:
        from quotes.reading.mail import read_mail

        return [read_mail(data)]
    from quotes.reading.documents import read_docx, read_pdf

    return [article_of(checked(read_pdf(data) if form is Form.PDF else read_docx(data)), source)]


def _stated(article: Article, known: Known, source: str) -> Article:
    """The article with what its table or the user states, which outranks what the text says."""
    return replace(
        article,
        title=known.title or article.title,
        authors=known.authors or article.authors,
        outlet=known.outlet or article.outlet,
        published=known.published or article.published,
        url=known.url or article.url,
        source=source,
    )
