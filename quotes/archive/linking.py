"""Linking quotes that say the same when they come in: through sketches that near-duplicates share."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, text

from quotes.archive.likeness import same_utterance, sketch

# Of quotes that share a hash, this many are compared: a pair of words in more is a phrase of everybody.
_CANDIDATES = 40
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
