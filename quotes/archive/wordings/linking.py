"""Linking quotes that say the same when they come in: through sketches that near-duplicates share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, text

from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.writing_rows import insert_rows
from quotes.archive.wordings.likeness import Wording, same_utterance, sketch

# Of quotes that share a hash, the first so many are compared, and kept with it: a pair of words in more
# is a phrase of everybody.
_CANDIDATES = 40
# A pair that so many have already says nothing alone.
_MANY = 8
_DROP_SKETCHES = text("DELETE FROM quote_sketches WHERE hash = :hash AND quote_id = :quote_id")
_FIND_SKETCHES = (
    "SELECT k.hash, k.quote_id FROM ({hashes}) h JOIN quote_sketches k ON k.hash = h.value"
    " ORDER BY k.hash, k.quote_id"
)
_STEMS_OF = (
    "SELECT t.quote_id, t.stems, q.utterance_id FROM ({ids}) i"
    " JOIN quote_terms t ON t.quote_id = i.value JOIN quotes q ON q.id = i.value"
)
_ANALYSED = text(
    'SELECT t.quote_id, q.article_id, q.start, q."end", t.stems'
    " FROM quotes q JOIN quote_terms t ON t.quote_id = q.id"
    " WHERE q.article_id > :after AND q.article_id <= :last ORDER BY q.article_id, q.id"
)
_LAST_ARTICLE = text("SELECT max(article_id) FROM quotes")
_AT_ONCE = 500
_LABEL = text("UPDATE quotes SET utterance_id = :label WHERE id = :quote_id")
_ABSORB = text("UPDATE quotes SET utterance_id = :label WHERE utterance_id = :absorbed")
_LAST_LABEL = text("SELECT max(utterance_id) FROM quotes")


class Analysed(NamedTuple):
    """A quote as linking sees it: where it stands (a quote inside another one is no second appearance)
    and its stems, separated by spaces.
    """

    quote_id: int
    article_id: int
    start: int
    end: int
    stems: str
    sketch: Sequence[int]


def link(connection: Connection, quotes: Sequence[Analysed]) -> dict[int, int]:
    """Write the sketches of quotes and link them with those that say the same; give their utterances.

    The quotes come in the order of their articles; whether several articles come at once or each by
    itself makes no difference. The caller writes the utterances of these quotes, those of earlier ones
    are written here.
    """
    holders = _Holders(connection, quotes)
    candidates = [holders.take(one) for one in quotes]
    links = _Links(connection, quotes, set().union(*candidates))
    for one, others in zip(quotes, candidates, strict=True):
        for other in sorted(others):
            links.compare(one, other)
    holders.write()
    links.write()
    return {one.quote_id: label for one in quotes if (label := links.labels[one.quote_id]) is not None}


class _Holders:
    """The quotes that are kept with each of the hashes of some quotes: earlier ones, and these in turn."""

    def __init__(self, connection: Connection, quotes: Iterable[Analysed]) -> None:
        self._connection = connection
        self._several: dict[int, list[int]] = {}
        # Most hashes have one holder: a list for each would be a million of them.
        self._first: dict[int, int] = {}
        self._rows: list[tuple[int, int]] = []
        if hashes := sorted({value for one in quotes for value in one.sketch}):
            find = text(_FIND_SKETCHES.format(hashes=dialect_of(connection).numbers("hashes")))
            for value, quote_id in connection.execute(find, {"hashes": json.dumps(hashes)}).all():
                self._several.setdefault(value, []).append(quote_id)

    def take(self, one: Analysed) -> set[int]:
        """Keep a quote with its hashes where there is room; give those there before that may say the same.

        One hash in common is enough while few have it; of a pair of words that is on many lips it takes
        two, so that comparing doesn't grow with the archive.
        """
        others: set[int] = set()
        common: set[int] = set()
        for value in one.sketch:
            held = self._several.get(value)
            if held is None:
                first = self._first.setdefault(value, one.quote_id)
                if first != one.quote_id:
                    others.add(first)
                    self._several[value] = [first, one.quote_id]
            else:
                if len(held) < _MANY or len(one.sketch) == 1:
                    others.update(held)
                else:
                    others.update(common.intersection(held))
                    common.update(held)
                if len(held) == _CANDIDATES:
                    continue
                held.append(one.quote_id)
            self._rows.append((value, one.quote_id))
        return others

    def write(self) -> None:
        """Write what was taken."""
        # In the order of the index, which is many times larger than what the writer keeps in memory.
        insert_rows(self._connection, "quote_sketches", ("hash", "quote_id"), sorted(self._rows))


class _Links:
    """Which quotes say the same: labels of those at hand, new (not written yet) and earlier ones."""

    def __init__(self, connection: Connection, quotes: Sequence[Analysed], earlier: Iterable[int]) -> None:
        self._connection = connection
        self._new = {one.quote_id: one for one in quotes}
        self._stems = {one.quote_id: one.stems for one in quotes}
        self._wordings: dict[int, Wording] = {}
        self.labels: dict[int, int | None] = dict.fromkeys(self._new)
        self._written: dict[int, int | None] = {}
        self._last: int | None = None
        if ids := sorted(set(earlier) - self._new.keys()):
            stems_of = text(_STEMS_OF.format(ids=dialect_of(connection).numbers("ids")))
            for quote_id, stems, label in connection.execute(stems_of, {"ids": json.dumps(ids)}).all():
                self._stems[quote_id] = stems
                self.labels[quote_id] = self._written[quote_id] = label

    def compare(self, one: Analysed, other: int) -> None:
        """Link two quotes if they say the same."""
        label, known = self.labels[one.quote_id], self.labels[other]
        if label is not None and label == known:
            return
        there = self._new.get(other)
        if (
            there is not None
            and there.article_id == one.article_id
            and there.start < one.end
            and one.start < there.end
        ):
            return
        if not same_utterance(self._wording(one.quote_id), self._wording(other)):
            return
        if label is None and known is None:
            label = self._next_label()
        elif label is not None and known is not None:
            label, absorbed = min(label, known), max(label, known)
            self._absorb(label, absorbed)
        else:
            label = known if label is None else label
        self.labels[one.quote_id] = self.labels[other] = label

    def _wording(self, quote_id: int) -> Wording:
        found = self._wordings.get(quote_id)
        if found is None:
            found = self._wordings[quote_id] = Wording(self._stems[quote_id].split())
        return found

    def _next_label(self) -> int:
        if self._last is None:
            written = self._connection.execute(_LAST_LABEL).scalar() or 0
            self._last = max(written, *(label or 0 for label in self.labels.values()))
        self._last += 1
        return self._last

    def _absorb(self, label: int, absorbed: int) -> None:
        self._connection.execute(_ABSORB, {"label": label, "absorbed": absorbed})
        for labels in (self.labels, self._written):
            for quote_id, known in labels.items():
                if known == absorbed:
                    labels[quote_id] = label
        # The highest label may be gone.
        self.write()
        self._last = None

    def write(self) -> None:
        """Write the labels of earlier quotes that have changed."""
        changed = [
            {"quote_id": quote_id, "label": self.labels[quote_id]}
            for quote_id, known in self._written.items()
            if self.labels[quote_id] != known
        ]
        if changed:
            self._connection.execute(_LABEL, changed)
            self._written |= {quote_id: self.labels[quote_id] for quote_id in self._written}


def unlink(connection: Connection, stems_by_quote: Mapping[int, str]) -> None:
    """Take the sketches of quotes away that are about to be deleted."""
    rows = [
        {"hash": value, "quote_id": quote_id}
        for quote_id, stems in stems_by_quote.items()
        for value in sketch(stems.split())
    ]
    if rows:
        connection.execute(_DROP_SKETCHES, rows)


def link_everything(connection: Connection) -> None:
    """Link all quotes of an archive that knows no utterances yet."""
    for quotes in _by_articles(connection):
        labels = link(connection, quotes)
        if labels:
            connection.execute(_LABEL, [{"quote_id": one, "label": label} for one, label in labels.items()])


def sketch_everything(connection: Connection) -> None:
    """Write the sketches of all quotes anew; what is linked stays linked."""
    connection.execute(text("DELETE FROM quote_sketches"))
    for quotes in _by_articles(connection):
        holders = _Holders(connection, quotes)
        for one in quotes:
            holders.take(one)
        holders.write()


def _by_articles(connection: Connection) -> Iterator[list[Analysed]]:
    """Give the quotes of the archive by the hundred articles."""
    last = connection.execute(_LAST_ARTICLE).scalar() or 0
    for after in range(0, last, _AT_ONCE):
        rows = connection.execute(_ANALYSED, {"after": after, "last": after + _AT_ONCE})
        if found := [_analysed(row) for row in rows]:
            yield found


def _analysed(row: Row[Any]) -> Analysed:
    stems: str = row.stems
    return Analysed(row.quote_id, row.article_id, row.start, row.end, stems, sketch(stems.split()))
