"""One utterance, several appearances: quotes that say the same, and the search for who said something.

Neither compares all with all. Quotes were linked when they came in (``linking``); a wording that is
asked for is looked up by its rarest words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.archive.search import finding
from quotes.archive.search.terms import terms
from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.matching import Joined, Match, Phrase
from quotes.archive.values import Filters, QuoteRow
from quotes.archive.wordings.likeness import Comparison, compare
from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RARE_WORDS = 30
_RANKED = 20_000
_COMPARED = 200
_CLOSE = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """A quote that is like a wording, and how."""

    row: QuoteRow
    comparison: Comparison


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


def check(connection: Reader | Connection, asked: str, filters: Filters, limit: int) -> list[Found]:
    """Find who said something like this: the closest quotes first, none that isn't close."""
    rare = _rarest(connection, list(dict.fromkeys(term.stem for term in terms(asked))))
    if rare is None:
        return []
    dialect = dialect_of(connection)
    found = finding.conditions(connection, filters, after_match=True)
    found.add(dialect.matches, match=dialect.expression(rare))
    score, parameters = dialect.score(connection, rare, exact=1.0, stems=1.0)
    sql = f"""SELECT {dialect.indexed} AS id FROM {dialect.index_first} {dialect.scored}
 {found.where()} ORDER BY {score}, {dialect.indexed} LIMIT {_COMPARED}"""
    ids = [row.id for row in ask(connection, sql, {**found.parameters, **parameters})]
    rows = finding.rows_where(
        connection, f"q.id IN ({dialect.numbers('ids')})", {"ids": json.dumps(ids)}, order="q.id"
    )
    close = [
        Found(row, how)
        for row in rows
        if (how := compare(asked, row.text)) is not None and how.score >= _CLOSE
    ]
    close.sort(key=lambda one: (-one.comparison.score, one.row.published or "", one.row.id))
    return close[:limit]


def _rarest(connection: Reader | Connection, stems: Sequence[str]) -> Match | None:
    """Look for one of the rarest words; where all are common, they must stand together."""
    found = dialect_of(connection).quotes_with(connection, stems, most=_RANKED + 1)
    counts = {stem: count for stem, count in zip(stems, found, strict=True) if count}
    if not counts:
        return None
    by_rarity = sorted(counts, key=lambda stem: counts[stem])
    rare: list[str] = []
    total = 0
    for stem in by_rarity[:_RARE_WORDS]:
        total += counts[stem]
        if total > _RANKED and rare:
            break
        rare.append(stem)
    if counts[rare[0]] > _RANKED:
        return Joined("AND", tuple(Phrase("stems", (stem,)) for stem in by_rarity))
    return Joined("OR", tuple(Phrase("stems", (stem,)) for stem in rare))
