"""What the user named (files, folders, standard input), turned into articles one by one, in order."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.dates import date_in_address
from quotes.reading.encoding import without_c1
from quotes.reading.forms import Answer, Columns, Form, Known, Piece, Unread
from quotes.reading.limits import READING_SECONDS, limited
from quotes.reading.markup import plain_line
from quotes.reading.pieces import FETCH_SECONDS, SUFFIXES, is_address, pieces_of, pieces_of_answer
from quotes.reading.text import article_of, checked, decode, read_text, shown
from quotes.reading.workers import Failed, Worker

# In bytes. A plain text takes up some ten times its size while it is read: above this it is read in a
# process that may not have more than its share of the memory.
_LONG_TEXT = 1_000_000
# Control characters and halves of characters.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_OUTSIDE = "leads out of the folder: name it itself if you want it"


@dataclass(frozen=True, slots=True)
class Read:
    """An article that was read, with what the reader had to decide (one line, or ``None``)."""

    article: Article
    note: str | None = None


Fetch = Callable[[str], Answer]


def read_all(
    arguments: Iterable[str],
    columns: Columns = Columns(),  # noqa: B008
    fetch: Fetch | None = None,
) -> Iterator[Read | Unread]:
    """The articles of files, folders, patterns and standard input (``-``), in the order they are named.

    Folders are walked in the order of their names, hidden entries passed over. A source that can't be
    read gives one :class:`Unread`, and the rest goes on. All but short plain texts are read in a process
    of their own; for all there are the same limits of time and memory. ``fetch`` asks the network for
    addresses (see :func:`quotes.reading.fetch.fetch`); without it they are not read.
    """
    worker: Worker[Piece, list[Read | Unread]] = Worker(read_piece, READING_SECONDS)
    try:
        for piece in take_apart(arguments, columns, fetch):
            if isinstance(piece, Unread):
                yield piece
            elif piece.form is Form.TEXT and len(piece.data) < _LONG_TEXT:
                yield from read_piece(piece)
            else:
                answer = worker.call(piece)
                yield from [Unread(piece.source, answer.reason)] if isinstance(answer, Failed) else answer
    finally:
        worker.close()


def take_apart(
    arguments: Iterable[str],
    columns: Columns = Columns(),  # noqa: B008
    fetch: Fetch | None = None,
) -> Iterator[Piece | Unread]:
    """The pieces of all that the arguments name: cheap, streamed, in order."""
    for path in named_files(arguments):
        if isinstance(path, Unread):
            yield path
        elif is_address(path):
            yield from _fetched(path, columns, fetch)
        else:
            yield from pieces_of(path, columns)


def count_files(arguments: Iterable[str]) -> int:
    """How many files the arguments name, folders opened: quick, nothing is read."""
    return sum(1 for _ in named_files(arguments))


def _fetched(url: str, columns: Columns, fetch: Fetch | None) -> Iterator[Piece | Unread]:
    if fetch is None:
        yield Unread(shown(url), "is an address: give --fetch to read it from the network")
        return
    # A server may let its answer drip: only from outside can that be ended in time.
    worker: Worker[str, Answer | str] = Worker(partial(_asked, fetch=fetch), FETCH_SECONDS, by_clock=True)
    try:
        answer = worker.call(url)
    finally:
        worker.close()
    if isinstance(answer, Answer):
        yield from pieces_of_answer(answer, columns)
    else:
        yield Unread(shown(url), answer.reason if isinstance(answer, Failed) else answer)


def _asked(url: str, fetch: Fetch) -> Answer | str:
    """What the network gives, or why it gives nothing."""
    try:
        return fetch(url)
    except ReadingError as error:
        return str(error)


def named_files(arguments: Iterable[str]) -> Iterator[str | Unread]:
    """The files that the arguments name, folders and patterns opened; addresses as they are."""
    for argument in arguments:
        if argument == "-" or is_address(argument):
            yield argument
        elif os.path.isdir(argument):  # noqa: PTH112
            found = False
            for path in _files_in(argument):
                found = True
                yield path
            if not found:
                kinds = ", ".join(sorted(SUFFIXES))
                yield Unread(shown(argument), f"no texts in this folder: it needs files in {kinds}")
        elif glob.has_magic(argument) and not os.path.lexists(argument):
            yield from sorted(glob.glob(argument, recursive=True)) or [argument]  # noqa: PTH207
        else:
            yield argument


def _files_in(folder: str) -> Iterator[str | Unread]:
    """The files in a folder: what leads out of it, or is no file, is told and not followed."""
    inside = Path(folder).resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            # Links to folders are not followed: those that stay inside are met there.
            if (path := Path(place, name)).is_symlink() and not _leads_inside(path, inside):
                yield Unread(shown(path), _OUTSIDE)
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if path.is_symlink() and not _leads_inside(path, inside):
                yield Unread(shown(path), _OUTSIDE)
            elif path.is_file():
                yield str(path)
            else:
                yield Unread(shown(path), "is no file (a pipe, a device, a broken link?): take it away")


def _leads_inside(link: Path, folder: Path) -> bool:
    try:
        return link.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # links that lead around in a ring
        return True


def read_piece(piece: Piece) -> list[Read | Unread]:
    """The articles of one piece: one, for a feed as many as it has entries."""
    try:
        note = None
        articles: list[Article] = []
        with limited(READING_SECONDS):
            if piece.form is Form.TEXT:
                text, note = _text(piece)
                articles = [article_of(text, piece.source)]
            else:
                articles, note = _formatted(piece)
    except (ReadingError, TimeoutError) as error:
        return [Unread(piece.source, str(error))]
    except MemoryError:
        return [Unread(piece.source, "needs too much memory: split it into its articles")]
    except RecursionError:
        return [Unread(piece.source, "is nested deeper than any article: save its text as .txt")]
    results: list[Read | Unread] = []
    for number, article in enumerate(articles, 1):
        source = f"{piece.source}:{number}" if len(articles) > 1 else piece.source
        try:
            if piece.form is not Form.TEXT:
                checked(article.text)
        except ReadingError as error:
            results.append(Unread(source, str(error)))
        else:
            # As long as it was: the zones stay.
            sound = replace(article, text=without_c1(article.text), source=source)
            results.append(Read(_plain(stated(sound, piece.known)), note))
    return results


def _text(piece: Piece) -> tuple[str, str | None]:
    if isinstance(piece.data, str):
        return read_text(checked(without_c1(piece.data))), None
    decoded = decode(piece.data, piece.charset)
    return read_text(decoded.text), decoded.note


def _formatted(piece: Piece) -> tuple[list[Article], str | None]:
    """The articles of a piece that is no plain text, and what its reader had to decide."""
    # Each reader brings its library: only those who need it wait for it.
    form = piece.form
    if form in (Form.EUROPRESSE, Form.FACTIVA):
        from quotes.reading.exports import read_europresse, read_factiva

        part = piece.data if isinstance(piece.data, str) else piece.data.decode()
        return [read_europresse(part) if form is Form.EUROPRESSE else read_factiva(part)], None
    data = piece.data if isinstance(piece.data, bytes) else piece.data.encode("utf-8", "replace")
    if form is Form.PAGE:
        from quotes.reading.pages import read_page

        return [read_page(data, piece.charset, piece.known.url)], None
    if form is Form.FEED:
        from quotes.reading.feeds import read_feed

        return read_feed(data, piece.charset)
    if form is Form.MAIL:
        from quotes.reading.mail import read_mail

        return [read_mail(data)], None
    text, note = _document(form, data)
    return [article_of(checked(text), piece.source)], note


def _document(form: Form, data: bytes) -> tuple[str, str | None]:
    """The text of a document, and what of it was not read."""
    if form is Form.DOCX:
        from quotes.reading.word import read_docx

        return read_docx(data)
    from quotes.reading.documents import read_pdf, read_rtf

    return read_pdf(data) if form is Form.PDF else read_rtf(data)


def stated(article: Article, known: Known) -> Article:
    """The article with what its table or the user states, which outranks what the text says."""
    url = known.url or article.url
    in_address = date_in_address(url) if url else None
    return replace(
        article,
        title=known.title or article.title,
        authors=known.authors or article.authors,
        outlet=known.outlet or article.outlet,
        published=known.published or article.published or in_address or known.seen,
        url=url,
        translators=known.translators or article.translators,
        section=known.section or article.section,
    )


def _plain(article: Article) -> Article:
    """The article with what is known of it on one line each, in characters that any archive can keep."""

    def plain(known: str | None) -> str | None:
        return None if known is None else plain_line(_ODD.sub("", without_c1(known))) or None

    def plain_all(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for stated in names if (name := plain(stated)))

    return replace(
        article,
        title=plain(article.title),
        authors=plain_all(article.authors),
        outlet=plain(article.outlet),
        published=plain(article.published),
        url=plain(article.url),
        translators=plain_all(article.translators),
        section=plain(article.section),
    )
