"""What a quote is called outside of one archive: by the body of its article and its place in the text.

Numbers are given in the order in which articles came; another archive, or a new one of the same articles,
gives others. A public identifier is the same wherever the same text is: the first 16 hexadecimal digits
of the SHA-256 of the article's body, and the quote's offsets (code points, half-open).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quotes.archive.store.asking import Reader, ask
from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_DIGITS = 16
_WRITTEN = re.compile(rf"([0-9a-f]{{{_DIGITS}}})\.(\d{{1,9}})-(\d{{1,9}})", re.ASCII)
# The index on the hash finds a beginning of it as a range: "g" comes after every digit.
_PRESENT = """SELECT b.article_id, q.id FROM article_bodies b
 LEFT JOIN quotes q ON q.article_id = b.article_id AND q.start = :start AND q."end" = :stop
 WHERE b.body_hash >= :first AND b.body_hash < :past ORDER BY q.id IS NULL, b.article_id"""
_EARLIER = """SELECT article_id FROM article_revisions
 WHERE body_hash >= :first AND body_hash < :past ORDER BY article_id"""


class Place(NamedTuple):
    """A quote in an archive: the numbers of its article and of itself."""

    article_id: int
    quote_id: int


def public_id(body_hash: str, start: int, end: int) -> str:
    """Give what a quote is called outside.

    >>> public_id("3f9c2a7be01d4c55" + 48 * "0", 120, 187)
    '3f9c2a7be01d4c55.120-187'
    """
    return f"{body_hash[:_DIGITS]}.{start}-{end}"


def is_public_id(written: str) -> bool:
    """Tell whether this is written as public identifiers are."""
    return _WRITTEN.fullmatch(written) is not None


def place_of(connection: Reader | Connection, written: str) -> Place:
    """Give the quote with a public identifier.

    Raises:
        ArchiveError: where the archive hasn't it, with what became of it.
    """
    parts = _WRITTEN.fullmatch(written)
    if parts is None:
        raise ArchiveError(f"{written!r} is no public identifier of a quote: they end the rows of an export")
    digits, start, stop = parts[1], int(parts[2]), int(parts[3])
    asked = {"first": digits, "past": f"{digits}g"}
    found = next(ask(connection, _PRESENT, {**asked, "start": start, "stop": stop}), None)
    if found is None:
        earlier = next(ask(connection, _EARLIER, asked), None)
        if earlier is None:
            raise ArchiveError(f"the article of quote {written} is not in this archive")
        raise ArchiveError(
            f"quote {written} is in an earlier version of article {earlier.article_id}:"
            f" `quotes show {earlier.article_id}` tells which"
        )
    if found.id is None:
        raise ArchiveError(
            f"article {found.article_id} has no quote at {start}-{stop} any more:"
            f" `quotes show {found.article_id}` shows those that it has"
        )
    return Place(int(found.article_id), int(found.id))
