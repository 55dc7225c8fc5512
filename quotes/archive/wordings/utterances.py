"""One utterance, several appearances: quotes that say the same.

They were linked when they came in (``linking``): nothing is compared with all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.archive.search import finding
from quotes.archive.store.asking import Reader, ask
from quotes.archive.values import Filters, QuoteRow
from quotes.archive.wordings.comparing import Comparison, compare
from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Found:
    """A quote that is like a wording, how, and (where it was asked for) the sentence around it."""

    row: QuoteRow
    comparison: Comparison
    around: str | None = None


@dataclass(frozen=True, slots=True)
class Utterance:
    """Quotes that say the same, the first published first, each compared with the longest."""

    id: int
    appearances: tuple[Found, ...]


def appearances(connection: Reader | Connection, utterance_id: int) -> Utterance:
    """Give the quotes of an utterance."""
    rows = finding.rows_where(
        connection,
        "q.utterance_id = :id",
        {"id": utterance_id},
        order="nullif(q.published, '') NULLS FIRST, q.id",
    )
    longest = max(rows, key=lambda row: len(row.text))
    found = [(row, compare(row.text, longest.text)) for row in rows]
    return Utterance(utterance_id, tuple(Found(row, how) for row, how in found if how is not None))


def utterances(connection: Reader | Connection, filters: Filters, limit: int) -> list[Utterance]:
    """Give the utterances that appear more than once, newest first."""
    found = finding.conditions(connection, filters, after_match=False)
    found.add("q.utterance_id IS NOT NULL")
    sql = f"""SELECT q.utterance_id FROM quotes q {found.where()} GROUP BY q.utterance_id
 HAVING (SELECT count(*) FROM quotes o WHERE o.utterance_id = q.utterance_id) > 1
 ORDER BY max(q.published) DESC, q.utterance_id DESC LIMIT :limit"""
    labels = [row.utterance_id for row in ask(connection, sql, {**found.parameters, "limit": limit})]
    return [appearances(connection, label) for label in labels]


def of_quote(connection: Reader | Connection, quote_id: int) -> Utterance | None:
    """Give the utterance of a quote; ``None`` when nothing else says the same.

    Raises :class:`ArchiveError` when there is no such quote.
    """
    row = next(ask(connection, "SELECT utterance_id FROM quotes WHERE id = :id", {"id": quote_id}), None)
    if row is None:
        raise ArchiveError(f"there is no quote {quote_id}: `quotes search` gives their numbers")
    return None if row.utterance_id is None else appearances(connection, row.utterance_id)
