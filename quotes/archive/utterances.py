"""One utterance, several appearances: quotes that say the same, and the search for who said something.

Neither compares all with all. Quotes are linked when they come in, through sketches that
near-duplicates share; a wording that is asked for is looked up by its rarest words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from quotes.archive import search
from quotes.archive.likeness import Comparison, compare, same_utterance, sketch
from quotes.archive.rows import Filters, QuoteRow
from quotes.archive.terms import terms

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Of quotes that share a hash, this many are compared: a pair of words in more is a phrase of everybody.
_CANDIDATES = 40
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


def link(
    connection: Connection, stems_by_quote: Mapping[int, str], places: Mapping[int, tuple[int, int]]
) -> None:
    """Write the sketches of an article's quotes and link them with those that say the same.

    ``places`` are their bounds: a quote inside another one is no second appearance.
    """
    sketches = {quote_id: sketch(stems.split()) for quote_id, stems in stems_by_quote.items()}
    rows = [{"hash": value, "quote_id": quote_id} for quote_id, found in sketches.items() for value in found]
    if not rows:
        return
    connection.execute(_ADD_SKETCHES, rows)
    shared: dict[int, set[int]] = defaultdict(set)
    hashes = json.dumps(sorted({row["hash"] for row in rows}))
    for row in connection.execute(_FIND_SKETCHES, {"hashes": hashes}):
        if len(shared[row.hash]) < _CANDIDATES:
            shared[row.hash].add(row.quote_id)
    pairs = {
        (quote_id, other)
        for quote_id, found in sketches.items()
        for value in found
        for other in shared[value]
        if other != quote_id and not (other in sketches and other > quote_id)
    }
    if not pairs:
        return
    ids = json.dumps(sorted({other for _, other in pairs}))
    found_before = list(connection.execute(_STEMS_OF, {"ids": ids}))
    known = {row.quote_id: row.stems.split() for row in found_before}
    labels = {row.quote_id: row.utterance_id for row in found_before}
    joined: set[tuple[int, int]] = set()
    for quote_id, other in sorted(pairs):
        if other in places and _overlap(places[quote_id], places[other]):
            continue
        # Of what was printed often, one appearance stands for all: they have one label already.
        label = labels[other]
        if label is not None and (quote_id, label) in joined:
            continue
        if same_utterance(stems_by_quote[quote_id].split(), known[other]):
            _join(connection, quote_id, other)
            if label is not None:
                joined.add((quote_id, label))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def unlink(connection: Connection, stems_by_quote: Mapping[int, str]) -> None:
    """Take the sketches of quotes away that are about to be deleted."""
    rows = [
        {"hash": value, "quote_id": quote_id}
        for quote_id, stems in stems_by_quote.items()
        for value in sketch(stems.split())
    ]
    if rows:
        connection.execute(_DROP_SKETCHES, rows)


def _join(connection: Connection, quote_id: int, other: int) -> None:
    labels = {
        row.id: row.utterance_id for row in connection.execute(_LABELS, {"one": quote_id, "other": other})
    }
    known = sorted({label for label in labels.values() if label is not None})
    if not known:
        label = (connection.execute(_LAST_LABEL).scalar() or 0) + 1
    else:
        label = known[0]
        for absorbed in known[1:]:
            connection.execute(_ABSORB, {"label": label, "absorbed": absorbed})
    connection.execute(_LABEL, {"label": label, "one": quote_id, "other": other})


_ADD_SKETCHES = text("INSERT OR IGNORE INTO quote_sketches(hash, quote_id) VALUES (:hash, :quote_id)")
_DROP_SKETCHES = text("DELETE FROM quote_sketches WHERE hash = :hash AND quote_id = :quote_id")
_FIND_SKETCHES = text(
    "SELECT k.hash, k.quote_id FROM json_each(:hashes) h JOIN quote_sketches k ON k.hash = h.value"
)
_STEMS_OF = text(
    "SELECT t.quote_id, t.stems, q.utterance_id FROM json_each(:ids) i"
    " JOIN quote_terms t ON t.quote_id = i.value JOIN quotes q ON q.id = i.value"
)
_ANALYSED = text(
    'SELECT t.quote_id, t.stems, q.start, q."end" FROM quotes q JOIN quote_terms t ON t.quote_id = q.id'
    " WHERE q.article_id = :article_id ORDER BY q.id"
)
_LABELS = text("SELECT id, utterance_id FROM quotes WHERE id IN (:one, :other)")
_LABEL = text("UPDATE quotes SET utterance_id = :label WHERE id IN (:one, :other)")
_ABSORB = text("UPDATE quotes SET utterance_id = :label WHERE utterance_id = :absorbed")
_LAST_LABEL = text("SELECT max(utterance_id) FROM quotes")


def appearances(connection: Connection, utterance_id: int) -> Utterance:
    """Give the quotes of an utterance."""
    rows = search.rows_where(
        connection, "q.utterance_id = :id", {"id": utterance_id}, order="nullif(q.published, ''), q.id"
    )
    longest = max(rows, key=lambda row: len(row.text))
    found = [(row, compare(row.text, longest.text)) for row in rows]
    return Utterance(utterance_id, tuple(Found(row, how) for row, how in found if how is not None))


def utterances(connection: Connection, filters: Filters, limit: int) -> list[Utterance]:
    """Give the utterances that appear more than once, newest first."""
    found = search.conditions(connection, filters, after_match=False)
    found.add("q.utterance_id IS NOT NULL")
    sql = f"""SELECT q.utterance_id FROM quotes q {found.where()} GROUP BY q.utterance_id
 HAVING (SELECT count(*) FROM quotes o WHERE o.utterance_id = q.utterance_id) > 1
 ORDER BY max(q.published) DESC, q.utterance_id DESC LIMIT :limit"""
    labels = [row.utterance_id for row in connection.execute(text(sql), {**found.parameters, "limit": limit})]
    return [appearances(connection, label) for label in labels]


def of_quote(connection: Connection, quote_id: int) -> Utterance | None:
    """Give the utterance of a quote; ``None`` when nothing else says the same."""
    label = connection.execute(
        text("SELECT utterance_id FROM quotes WHERE id = :id"), {"id": quote_id}
    ).scalar()
    return None if label is None else appearances(connection, label)


def check(connection: Connection, asked: str, filters: Filters, limit: int) -> list[Found]:
    """Find who said something like this: the closest quotes first, none that isn't close."""
    stems = list(dict.fromkeys(term.stem for term in terms(asked)))
    expression = _rarest(connection, stems)
    if expression is None:
        return []
    found = search.conditions(connection, filters, after_match=True)
    found.add("quote_fts MATCH :match", match=expression)
    sql = f"""SELECT quote_fts.rowid AS id FROM quote_fts CROSS JOIN quotes q ON q.id = quote_fts.rowid
 {found.where()} ORDER BY bm25(quote_fts, 1.0, 1.0) LIMIT {_COMPARED}"""
    ids = [row.id for row in connection.execute(text(sql), found.parameters)]
    rows = search.rows_where(
        connection, "q.id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(ids)}, order="q.id"
    )
    close = [
        Found(row, how)
        for row in rows
        if (how := compare(asked, row.text)) is not None and how.score >= _CLOSE
    ]
    close.sort(key=lambda one: (-one.comparison.score, one.row.published or "", one.row.id))
    return close[:limit]


def _rarest(connection: Connection, stems: Iterable[str]) -> str | None:
    """Write a full-text expression of the rarest words; where all are common, they must stand together."""
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.quote_vocabulary USING fts5vocab(main, quote_fts, 'col')"
        )
    )
    counts: dict[str, int] = {}
    for stem in stems:
        count = connection.execute(
            text("SELECT doc FROM temp.quote_vocabulary WHERE term = :term AND col = 'stems'"), {"term": stem}
        ).scalar()
        if count:
            counts[stem] = count
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
        return " AND ".join(f'stems : "{stem}"' for stem in by_rarity)
    return " OR ".join(f'stems : "{stem}"' for stem in rare)


def link_everything(connection: Connection) -> None:
    """Link all quotes of an archive that knows no utterances yet, article by article."""
    articles = connection.execute(text("SELECT DISTINCT article_id FROM quotes ORDER BY article_id")).all()
    for (article_id,) in articles:
        rows = connection.execute(_ANALYSED, {"article_id": article_id}).all()
        link(
            connection,
            {row.quote_id: row.stems for row in rows},
            {row.quote_id: (row.start, row.end) for row in rows},
        )
