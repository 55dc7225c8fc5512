"""Where quotes stand: the sentences next to them, their paragraph, what is known of their article."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.reading_rows import names_in
from quotes.archive.values import PlacedQuote, QuoteRow
from quotes.archive.wordings.surroundings import surroundings

if TYPE_CHECKING:
    from sqlalchemy import Connection

# An article is read once for so many of its quotes; not more, since it may be long.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's text with the offsets at which its paragraphs begin."""

    text: str
    paragraphs: tuple[int, ...]
    authors: tuple[str, ...]
    section: str | None


def placed(connection: Reader | Connection, rows: Iterable[QuoteRow]) -> Iterator[PlacedQuote]:
    """Give quotes, in their order, each with where it stands."""
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        ids = json.dumps(sorted({row.article_id for row in some}))
        sql = f"""SELECT id, text, authors, section FROM articles
 WHERE id IN ({dialect_of(connection).numbers("ids")})"""
        texts = {row.id: _text(row) for row in ask(connection, sql, {"ids": ids})}
        for row in some:
            yield _placed(row, texts[row.article_id])


def _text(row: Any) -> _Text:
    starts: list[int] = []
    at = 0
    for line in row.text.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    return _Text(row.text, tuple(starts), names_in(row.authors), row.section)


def _placed(row: QuoteRow, of: _Text) -> PlacedQuote:
    before, sentence, after = surroundings(of.text, row.start, row.end)
    return PlacedQuote(
        **{name: getattr(row, name) for name in QuoteRow.__dataclass_fields__},
        authors=of.authors,
        section=of.section,
        paragraph=max(bisect_right(of.paragraphs, row.start), 1),
        before=before,
        sentence=sentence,
        after=after,
    )
