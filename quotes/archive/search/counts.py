"""Numbers: how many quotes and words by outlet, time, type, gender, speaker, role — of all or of a search."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.archive.search import finding
from quotes.archive.speakers.names import fold_name, role_key
from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.dialects import EVERYTHING
from quotes.archive.values import Filters
from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection

VALUES = {
    "outlet": "q.outlet",
    "month": "nullif(substr(q.published, 1, 7), '')",
    "year": "nullif(substr(q.published, 1, 4), '')",
    "type": "q.speaker_type",
    "gender": "q.gender",
    "kind": "q.kind",
    "speaker": "q.speaker_id",
    "role": "q.role_id",
}
"""What is counted by, as columns of ``quotes q``; speakers and roles by their number."""
_NAMES = {
    "speaker": "(SELECT name FROM speakers WHERE id = value)",
    "role": "(SELECT text FROM roles WHERE id = value)",
}
DIMENSIONS = tuple(VALUES)
"""What can be counted by."""

IN_TIME = ("month", "year")
"""Of these, what runs in time."""
_RESAMPLES = 500
# Articles are drawn in at most so many bundles: enough for an interval, and quick at any size.
_BUNDLES = 1_000
_DRAWN = 16_384
_SEED = 20_240_517


@dataclass(frozen=True, slots=True)
class Count:
    """Quotes and words of one value; ``None`` is unknown."""

    value: str | None
    quotes: int
    words: int


@dataclass(frozen=True, slots=True)
class Cross:
    """Quotes and words of one value of a dimension and one of another; ``None`` is unknown."""

    first: str | None
    second: str | None
    quotes: int
    words: int


@dataclass(frozen=True, slots=True)
class Share:
    """A gender's part (0–1) of what persons say, each with its 95 % interval.

    The intervals come from drawing articles again (bootstrap): quotes of one article are not
    independent. ``gender`` is ``f``, ``m`` or ``None`` (unknown).
    """

    gender: str | None
    quotes: int
    words: int
    of_quotes: float
    of_quotes_interval: tuple[float, float]
    of_words: float
    of_words_interval: tuple[float, float]


def count_by(
    connection: Reader | Connection, dimension: str, typed: str | None, filters: Filters, limit: int | None
) -> list[Count]:
    """Count by a dimension: most first, time in its order. Unknown values are counted too."""
    if dimension not in VALUES:
        raise ArchiveError(f"can't count by {dimension!r}: use {', '.join(DIMENSIONS)}")
    selected = finding.selection(connection, typed, filters)
    if selected is None:
        return []
    source, found = selected
    order = "value NULLS FIRST" if dimension in IN_TIME else "quotes DESC, value NULLS FIRST"
    name = _NAMES.get(dimension, "value")
    sql = f"""SELECT {name} AS value, quotes, words FROM (
 SELECT {VALUES[dimension]} AS value, count(*) AS quotes, sum(q.words) AS words
 FROM {source} {found.where()} GROUP BY 1 ORDER BY {order} LIMIT :limit) AS counted"""
    # Wordings of one role are counted together, so that none may be left out before.
    everything = limit is None or dimension == "role"
    rows = ask(connection, sql, {**found.parameters, "limit": EVERYTHING if everything else limit})
    counts = [Count(*row) for row in rows]
    return _by_role(counts)[:limit] if dimension == "role" else counts


def _by_role(counts: Iterable[Count]) -> list[Count]:
    """Count roles that differ in apostrophe, case, accents or article as one, by their usual wording."""
    found: dict[str | None, Count] = {}
    for one in counts:
        key = None if one.value is None else role_key(fold_name(one.value))
        same = found.get(key)
        found[key] = (
            one if same is None else Count(same.value, same.quotes + one.quotes, same.words + one.words)
        )
    return sorted(found.values(), key=lambda count: -count.quotes)


def count_by_two(
    connection: Reader | Connection, dimensions: tuple[str, str], typed: str | None, filters: Filters
) -> list[Cross]:
    """Count by two dimensions, most first (time in its order). Unknown values are counted too."""
    for dimension in dimensions:
        if dimension not in VALUES:
            raise ArchiveError(f"can't count by {dimension!r}: use {', '.join(DIMENSIONS)}")
    if dimensions[0] == dimensions[1]:
        raise ArchiveError(f"can't count by {dimensions[0]} twice: name two of {', '.join(DIMENSIONS)}")
    selected = finding.selection(connection, typed, filters)
    if selected is None:
        return []
    source, found = selected
    first, second = dimensions
    names = [_NAMES.get(one, "value").replace("value", f"{place}_value") for one, place in
             ((first, "first"), (second, "second"))]  # fmt: skip
    sql = f"""SELECT {names[0]}, {names[1]}, quotes, words FROM (
 SELECT {VALUES[first]} AS first_value, {VALUES[second]} AS second_value, count(*) AS quotes,
 sum(q.words) AS words FROM {source} {found.where()} GROUP BY 1, 2) AS counted ORDER BY 3 DESC"""
    # Speakers of one name, and wordings of one role, are one value.
    cells: dict[tuple[str | None, str | None], tuple[int, int]] = {}
    spelt: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for row in ask(connection, sql, found.parameters):
        key = _value(row[0], first, spelt[0]), _value(row[1], second, spelt[1])
        quotes, words = cells.get(key, (0, 0))
        cells[key] = quotes + row[2], words + row[3]
    ranks = [_ranks(cells, place, dimension) for place, dimension in enumerate(dimensions)]
    ordered = sorted(cells, key=lambda key: (ranks[0][key[0]], ranks[1][key[1]]))
    return [Cross(*key, *cells[key]) for key in ordered]


def _value(value: str | None, dimension: str, spelt: dict[str, str]) -> str | None:
    if value is None or dimension != "role":
        return value
    return spelt.setdefault(role_key(fold_name(value)), value)


def _ranks(
    cells: Mapping[tuple[str | None, str | None], tuple[int, int]], place: int, dimension: str
) -> dict[str | None, int]:
    """Number the values of a dimension: time in its order, the rest by quotes; unknown last."""
    totals: dict[str | None, int] = defaultdict(int)
    for key, (quotes, _) in cells.items():
        totals[key[place]] += quotes
    in_time = dimension in IN_TIME
    values = sorted(totals, key=lambda one: (one is None, 0 if in_time else -totals[one], one or ""))
    return {value: rank for rank, value in enumerate(values)}


def gender_shares(connection: Reader | Connection, typed: str | None, filters: Filters) -> list[Share]:
    """Give each gender's share of the quotes and words of persons, women first, unknown last."""
    selected = finding.selection(connection, typed, filters)
    if selected is None:
        return []
    source, found = selected
    found.add("q.speaker_type = 'person'")
    # Of an archive of more articles, some are drawn together: their rows would take the longest.
    sql = f"""SELECT q.article_id % {_DRAWN} AS bundle, q.gender, count(*) AS quotes, sum(q.words) AS words
 FROM {source} {found.where()} GROUP BY 1, 2 ORDER BY 1"""
    articles: dict[int, dict[str | None, tuple[int, int]]] = defaultdict(dict)
    for row in ask(connection, sql, found.parameters):
        articles[row.bundle][row.gender] = row.quotes, row.words
    return shares(list(articles.values()))


def shares(articles: Sequence[dict[str | None, tuple[int, int]]]) -> list[Share]:
    """Give the shares of quotes and words by gender from (quotes, words) by gender of each article."""
    genders = sorted(
        {gender for article in articles for gender in article}, key=lambda g: (g is None, g or "")
    )
    chance = random.Random(_SEED)
    bundles: list[list[tuple[int, int]]] = [
        [(0, 0)] * len(genders) for _ in range(min(len(articles), _BUNDLES))
    ]
    shuffled = list(articles)
    chance.shuffle(shuffled)
    for number, article in enumerate(shuffled):
        bundle = bundles[number % len(bundles)]
        for place, gender in enumerate(genders):
            quotes, words = article.get(gender, (0, 0))
            bundle[place] = bundle[place][0] + quotes, bundle[place][1] + words
    columns = [
        ([quotes for quotes, _ in column], [words for _, words in column])
        for column in zip(*bundles, strict=True)
    ]
    drawn: list[list[tuple[float, float]]] = []
    for _ in range(_RESAMPLES if bundles else 0):
        chosen = chance.choices(range(len(bundles)), k=len(bundles))
        drawn.append(
            _parts(
                [
                    (map(quotes.__getitem__, chosen), map(words.__getitem__, chosen))
                    for quotes, words in columns
                ]
            )
        )
    found: list[Share] = []
    for place, (gender, (of_each, words_of_each)) in enumerate(zip(genders, columns, strict=True)):
        of_quotes, of_words = _parts(columns)[place]
        found.append(
            Share(
                gender,
                sum(of_each),
                sum(words_of_each),
                of_quotes,
                _middle([draw[place][0] for draw in drawn]),
                of_words,
                _middle([draw[place][1] for draw in drawn]),
            )
        )
    return found


def _parts(columns: Iterable[tuple[Iterable[int], Iterable[int]]]) -> list[tuple[float, float]]:
    """Give each gender's part of all quotes and of all words."""
    sums = [(sum(quotes), sum(words)) for quotes, words in columns]
    all_quotes = sum(quotes for quotes, _ in sums) or 1
    all_words = sum(words for _, words in sums) or 1
    return [(quotes / all_quotes, words / all_words) for quotes, words in sums]


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Give the bounds of the middle 95 % of some values."""
    ordered = sorted(values)
    cut = round(len(ordered) * 0.025)
    return ordered[cut], ordered[-1 - cut]


def facets(
    connection: Reader | Connection, typed: str | None, filters: Filters, limit: int
) -> Iterator[tuple[str, list[Count]]]:
    """Count a search by speaker, outlet, year and type, each with its first ``limit`` values."""
    for dimension in ("speaker", "outlet", "year", "type"):
        yield dimension, count_by(connection, dimension, typed, filters, limit)


def totals(connection: Reader | Connection) -> dict[str, int]:
    """Give the number of articles, of speakers who have quotes, and of quotes in the archive."""
    row = next(
        ask(
            connection,
            "SELECT (SELECT count(*) FROM articles) AS articles,"
            " (SELECT count(DISTINCT speaker_id) FROM quotes) AS speakers,"
            " (SELECT count(*) FROM quotes) AS quotes",
        )
    )
    return {"articles": row.articles, "speakers": row.speakers, "quotes": row.quotes}
