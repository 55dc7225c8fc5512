"""What somebody asks who leafs through an archive page by page: names to complete, who stands beside whom.

A part of the facade (``archive.Archive``), kept apart for its length.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from quotes.archive.store.asking import Reader
from quotes.archive.values import ArticleRow, SpeakerRow
from quotes.model import Gender, Speaker, SpeakerType

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Browsing(ABC):
    """The questions of pages; each sees what was committed."""

    @abstractmethod
    def asking(self) -> AbstractContextManager[Reader | Connection]:
        """Give a light connection for plain questions, on which everything is seen as at one moment."""

    def names_beginning(self, typed: str, *, limit: int = 8) -> list[SpeakerRow]:
        """Give who has a name of which some word begins like this, to complete a name that is typed."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.names_beginning(connection, typed, limit)

    def bearers(self, name: str, *, limit: int) -> list[SpeakerRow]:
        """Give who bears this name, or has these words in their name; nobody where too many do."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.bearers(connection, name, limit)

    def bearing(self, name: str, *, limit: int) -> list[int]:
        """Give the numbers of some who bear this name, or have these words in their name."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.bearing(connection, name, limit)

    def heard_with(self, speaker_id: int, *, limit: int = 10) -> list[tuple[int, str, int]]:
        """Give who is quoted in the same articles as a speaker: number, name, number of articles."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.heard_with(connection, speaker_id, limit)

    def named(self, name: str, kind: SpeakerType | None = None, gender: Gender | None = None) -> Speaker:
        """Give the speaker of this very name, or a new one (a person, unless ``kind`` says otherwise)."""
        from quotes.archive.speakers import listing

        with self.asking() as connection:
            return listing.named(connection, name, kind, gender)

    def unconfirmed(self) -> int:
        """Give how many quotes nobody has confirmed or corrected."""
        from quotes.archive.search import finding

        with self.asking() as connection:
            return finding.unconfirmed(connection)

    def texts_of(self, article_ids: Collection[int]) -> dict[int, str]:
        """Give the texts of articles by their numbers, without their quotes."""
        from quotes.archive.store import reading_rows

        with self.asking() as connection:
            return reading_rows.texts_of(connection, article_ids)

    def latest(self, *, limit: int) -> list[ArticleRow]:
        """Give the articles that were added last, the last one first."""
        from quotes.archive.versions import forms

        with self.asking() as connection:
            return forms.latest(connection, limit)
