"""What a search can be narrowed by: its quotes counted by everything at once, or some of many.

Counting all quotes with a word that every tenth one has takes longer than finding any. Of many, those with
numbers in some stretches of the archive are counted, spread over all of it, and the numbers are estimates.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.archive.search import finding
from quotes.archive.search.counts import IN_TIME, VALUES
from quotes.archive.speakers.names import fold_name, role_key
from quotes.archive.store.asking import Reader, ask, from_json
from quotes.archive.store.conditions import Conditions
from quotes.archive.store.dialects import EVERYTHING, dialect_of
from quotes.archive.values import Filters
from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection

COUNTED = 4_000
"""Quotes that are counted at least, before the rest is estimated."""
_STRETCHES = 64
# Of fewer than so many, one more or less changes the second digit of what they stand for.
_TELLING = 100
# Wordings of one role are one: so many more are looked at than are shown.
_MERGED = 12
_NAMES = {
    "speaker": "SELECT id, name FROM speakers WHERE id IN ({ids})",
    "role": "SELECT id, text FROM roles WHERE id IN ({ids})",
}


@dataclass(frozen=True, slots=True)
class Narrowings:
    """The values of each dimension with the number of quotes, most first (time: latest first).

    ``None`` is unknown. ``estimated``: the numbers are those of some quotes, multiplied.
    """

    values: Mapping[str, tuple[tuple[str | None, int], ...]]
    estimated: bool = False


def narrowings(
    connection: Reader | Connection,
    typed: str | None,
    filters: Filters,
    dimensions: Sequence[str],
    limit: int,
    *,
    exact: bool = False,
    matches: int | None = None,
) -> Narrowings:
    """Count a search by each dimension, each with its first ``limit`` values.

    ``matches`` is how many quotes it has; where nobody knows, it is found out.
    """
    if unknown := [one for one in dimensions if one not in VALUES]:
        raise ArchiveError(f"can't count by {unknown[0]!r}: use {', '.join(VALUES)}")
    selected = finding.selection(connection, typed, filters, exact=exact)
    if selected is None or not dimensions:
        return Narrowings(dict.fromkeys(dimensions, ()))
    columns, part = _columns(connection, selected, [VALUES[one] for one in dimensions], matches or 0)
    counted = [Counter(column) for column in columns]
    found = {
        dimension: tuple(_largest(connection, dimension, counter, part, limit))
        for dimension, counter in zip(dimensions, counted, strict=True)
    }
    return Narrowings(found, estimated=part < 1)


def _columns(
    connection: Reader | Connection, selected: tuple[str, Conditions], values: Sequence[str], matches: int
) -> tuple[list[list[Any]], float]:
    """Give these values of the quotes of a search, or of some stretches of the archive.

    Each is a list, and beside them is which part of the archive was looked at. The database makes the lists:
    row by row, a reader would wait thousands of times until other readers' pages let go of the interpreter.
    """
    source, found = selected
    if matches <= COUNTED:
        columns = _listed(connection, source, found, values, COUNTED + 1)
        if len(columns[0]) <= COUNTED:
            return columns, 1.0
    number = "q.id" if source == "quotes q" else dialect_of(connection).indexed
    last: int = next(ask(connection, "SELECT max(id) FROM quotes"))[0] or 0
    within = Conditions()
    within.sql = [*found.sql, f"{number} > :after", f"{number} <= :upto"]
    columns = [[] for _ in values]
    looked_at = 0
    for stretch in _spread(_STRETCHES):
        looked_at += 1
        bounds = {"after": last * stretch // _STRETCHES, "upto": last * (stretch + 1) // _STRETCHES}
        within.parameters = {**found.parameters, **bounds}
        for column, more in zip(columns, _listed(connection, source, within, values), strict=True):
            column += more
        if len(columns[0]) >= COUNTED:
            break
    return columns, looked_at / _STRETCHES


def _listed(
    connection: Reader | Connection,
    source: str,
    found: Conditions,
    values: Sequence[str],
    most: int = EVERYTHING,
) -> list[list[Any]]:
    listed = dialect_of(connection).listed
    lists = ", ".join(f"{listed}(value_{n})" for n in range(len(values)))
    named = ", ".join(f"{value} AS value_{n}" for n, value in enumerate(values))
    sql = f"SELECT {lists} FROM (SELECT {named} FROM {source} {found.where()} LIMIT :most) AS listed"
    # Of nothing at all, one of the two databases makes no list.
    return [
        from_json(column) or [] for column in next(ask(connection, sql, {**found.parameters, "most": most}))
    ]


def _spread(count: int) -> Iterator[int]:
    """Give the numbers below a power of two, each far from those before it.

    >>> list(_spread(8))
    [0, 4, 2, 6, 1, 5, 3, 7]
    """
    width = count.bit_length() - 1
    return (int(f"{number:0{width}b}"[::-1], 2) for number in range(count))


def _largest(
    connection: Reader | Connection, dimension: str, counter: Counter[Any], part: float, limit: int
) -> Iterator[tuple[str | None, int]]:
    """Give the first values by their names, with the number that the whole has of them."""
    if dimension in IN_TIME:
        ordered = sorted(counter.items(), key=lambda one: (one[0] is not None, one[0] or ""), reverse=True)
    else:
        ordered = sorted(counter.items(), key=lambda one: (-one[1], one[0] is not None, one[0] or 0))
    if dimension in _NAMES:
        ordered = _named(connection, dimension, ordered[: _MERGED * limit])
    for value, count in ordered[:limit]:
        yield value, count if part == 1 else _round(count / part, digits=2 if count >= _TELLING else 1)


def _named(
    connection: Reader | Connection, dimension: str, counts: Sequence[tuple[Any, int]]
) -> list[tuple[Any, int]]:
    """Give names instead of numbers; wordings of one role, and speakers of one name, are one value."""
    ids = json.dumps([number for number, _ in counts if number is not None])
    sql = _NAMES[dimension].format(ids=dialect_of(connection).numbers("ids"))
    names = {row[0]: row[1] for row in ask(connection, sql, {"ids": ids})}
    spelt: dict[str, str] = {}
    found: Counter[str | None] = Counter()
    for number, count in counts:
        name = names.get(number)
        if name is not None and dimension == "role":
            name = spelt.setdefault(role_key(fold_name(name)), name)
        found[name] += count
    return sorted(found.items(), key=lambda one: (-one[1], one[0] is not None, one[0] or ""))


def _round(number: float, digits: int) -> int:
    """Give an estimate to one digit or two.

    >>> _round(12_345.6, 2), _round(87.2, 2), _round(87.2, 1)
    (12000, 87, 90)
    """
    whole = round(number)
    return round(whole, -max(0, len(str(whole)) - digits))
