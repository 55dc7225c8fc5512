"""What a reading room is made of: the archive it asks, whom it lets in, what may be written."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.archive import open_archive
from quotes.ingest.trying import Trial
from quotes.web.keeping import Kept

if TYPE_CHECKING:
    from quotes.archive import Archive

LONGEST_QUESTION = 5.0
"""Seconds after which a question of a page is ended."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Room:
    """An open archive with how it is served.

    ``archive`` is asked by pages and ends long questions, ``whole`` gives exports, which may take long,
    ``desk`` is written to (``None``: reading only). ``hosts`` are the names under which the room answers
    (``*`` any: only behind a token). ``token`` is the secret that visitors have to give (``None``: none),
    ``who`` signs what is changed.
    """

    archive: Archive
    whole: Archive
    desk: Archive | None
    trial: Trial
    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    who: str = "unknown"
    kept: Kept = field(default_factory=Kept)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def editing(self) -> bool:
        """Tell whether anything may be changed."""
        return self.desk is not None


@contextmanager
def open_room(
    place: str,
    *,
    edit: bool = False,
    hosts: frozenset[str] = LOOPBACK,
    token: str | None = None,
    who: str = "unknown",
) -> Iterator[Room]:
    """Open an archive as a reading room; with ``edit`` a missing one is made.

    Raises ``ArchiveError`` as ``quotes.archive.open_archive`` does.
    """
    with ExitStack() as stack:
        desk = stack.enter_context(open_archive(place)) if edit else None
        archive = open_archive(place, create=False, readonly=True, longest=LONGEST_QUESTION)
        stack.enter_context(archive)
        whole = stack.enter_context(open_archive(place, create=False, readonly=True))
        trial = stack.enter_context(Trial())
        kept = Kept(archive.changes)
        stack.callback(kept.close)
        yield Room(archive, whole, desk, trial, hosts, token, who, kept)
