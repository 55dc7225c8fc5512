"""What is asked of an archive about wordings and numbers: did anybody say this, who says how much?"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from quotes.archive.store.asking import Reader
from quotes.archive.values import Filters

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from quotes.archive.search.counts import Count, Cross, Share
    from quotes.archive.search.narrowing import Narrowings
    from quotes.archive.search.suggesting import Hints
    from quotes.archive.wordings.checking import Printed
    from quotes.archive.wordings.utterances import Found, Utterance


class Answers(ABC):
    """The questions of an :class:`~quotes.archive.Archive` that compare and count."""

    @abstractmethod
    def asking(self) -> AbstractContextManager[Reader | Connection]:
        """Give a light connection for plain questions, on which everything is seen as at one moment."""

    def find_said(self, asked: str, filters: Filters | None = None, *, limit: int = 10) -> list[Found]:
        """Give the quotes that say this, exactly, shortened or altered, closest first."""
        from quotes.archive.wordings import checking

        with self.asking() as connection:
            return checking.check(connection, asked, filters or Filters(), limit)

    def find_printed(self, asked: str, filters: Filters | None = None, *, limit: int = 10) -> list[Printed]:
        """Give the passages of articles that have these words outside of what was found to be a quote.

        Of the filters those of the article count: outlet and date. Reads through all texts.
        """
        from quotes.archive.wordings import checking

        with self.asking() as connection:
            return checking.printed(connection, asked, filters or Filters(), limit)

    def utterances(self, filters: Filters | None = None, *, limit: int = 20) -> list[Utterance]:
        """Give what was printed more than once, newest first, with all its appearances."""
        from quotes.archive.wordings import utterances

        with self.asking() as connection:
            return utterances.utterances(connection, filters or Filters(), limit)

    def utterance_of(self, quote_id: int) -> Utterance | None:
        """Give all appearances of what a quote says; ``None`` when it is the only one."""
        from quotes.archive.wordings import utterances

        with self.asking() as connection:
            return utterances.of_quote(connection, quote_id)

    def hints(self, query: str | None, filters: Filters | None = None, *, found: bool = False) -> Hints:
        """Give what may have been meant by a search: near words, speakers, outlets ("did you mean …")."""
        from quotes.archive.search import suggesting

        with self.asking() as connection:
            return suggesting.hints(connection, query, filters or Filters(), found=found)

    def count_by(
        self,
        dimension: str,
        query: str | None = None,
        filters: Filters | None = None,
        *,
        limit: int | None = None,
    ) -> list[Count]:
        """Count quotes and words by ``counts.DIMENSIONS``, of all or of a search; most first."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return counts.count_by(connection, dimension, query, filters or Filters(), limit)

    def count_by_two(
        self, dimensions: tuple[str, str], query: str | None = None, filters: Filters | None = None
    ) -> list[Cross]:
        """Count quotes and words by two of ``counts.DIMENSIONS`` at once."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return counts.count_by_two(connection, dimensions, query, filters or Filters())

    def gender_shares(self, query: str | None = None, filters: Filters | None = None) -> list[Share]:
        """Give each gender's share of the quotes and words of persons, with intervals."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return counts.gender_shares(connection, query, filters or Filters())

    def narrowings(
        self,
        dimensions: Sequence[str],
        query: str | None = None,
        filters: Filters | None = None,
        *,
        exact: bool = False,
        limit: int,
        matches: int | None = None,
    ) -> Narrowings:
        """Count a search by several of ``counts.DIMENSIONS`` at once; of many quotes it is an estimate.

        ``matches`` is how many quotes it has, where that is known already.
        """
        from quotes.archive.search import narrowing

        with self.asking() as connection:
            return narrowing.narrowings(
                connection, query, filters or Filters(), dimensions, limit, exact=exact, matches=matches
            )

    def facets(
        self, query: str | None = None, filters: Filters | None = None, *, limit: int = 10
    ) -> dict[str, list[Count]]:
        """Count a search by speaker, outlet, year and type."""
        from quotes.archive.search import counts

        with self.asking() as connection:
            return dict(counts.facets(connection, query, filters or Filters(), limit))
