"""A corpus asked as it lies, through DuckDB: counts, as ``quotes stats`` has them of an archive.

Nothing is loaded: a billion quotes need no database. As in an archive, an article that is there several times
counts once (``duplicates/copies-*``; what is only like another one counts), and a name that says who it is in
its article only (a bare surname, "un habitant") is somebody of that article.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from quotes.archive.search.counts import Count, Cross, Share, shares
from quotes.archive.search.query import date_bound
from quotes.archive.speakers.names import fold_name, name_key, role_key, role_words
from quotes.archive.values import Filters
from quotes.corpus import addresses
from quotes.corpus.folder import Folder
from quotes.errors import CorpusError
from quotes.extras import how_to_add
from quotes.reading.pieces import is_address

_VALUES = {
    "outlet": "outlet",
    "month": "substr(date, 1, 7)",
    "year": "substr(date, 1, 4)",
    "type": "speaker_type",
    "gender": "gender",
    "kind": "kind",
    "speaker": "speaker",
    "role": "role",
}
# Two of one name are one speaker if the name tells who it is.
_WHOSE = "speaker_type || if(everywhere, '', article)"
_IN_TIME = ("month", "year")
# Names and words are compared as the program folds them: those that differ, asked for once.
_DISTINCT = "SELECT DISTINCT {column} FROM {quotes} WHERE {column} IS NOT NULL"


@dataclass(slots=True)
class _Conditions:
    """The conditions of a question, and their parameters."""

    sql: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, sql: str, *values: Any) -> None:
        self.sql.append(sql)
        self.values += values

    def where(self) -> str:
        return f"WHERE {' AND '.join(self.sql)}" if self.sql else ""


class Corpus:
    """A corpus that is complete, to be counted. Use it as a context manager."""

    def __init__(self, folder: Folder) -> None:
        """Open it.

        Raises:
            CorpusError: where there is none, or DuckDB is missing.
        """
        self._folder = folder
        header = folder.header()
        self._totals = {name: int(header[name]) for name in ("articles", "quotes")}
        try:
            import duckdb
        except ImportError:
            command = how_to_add("duckdb")
            raise CorpusError(f"asking a corpus needs DuckDB: {command}") from None
        self._connection = duckdb.connect()
        if is_address(folder.place):
            files, _ = addresses.file_system(folder.place)
            self._connection.register_filesystem(files)
        quotes, copies = map(self._files, ("quotes/*.parquet", "duplicates/copies-*.parquet"))
        self._quotes = f"(SELECT * FROM {quotes} ANTI JOIN {copies} AS copies USING (article))"

    def _files(self, pattern: str) -> str:
        path = self._folder.path(pattern).replace("'", "''")
        return f"read_parquet('{path}')"

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def counts(self) -> dict[str, int]:
        """Give the number of articles and quotes."""
        return self._totals

    def count_by(self, dimension: str, query: str, filters: Filters) -> list[Count]:
        """Count by a dimension: most first, time in its order; the unknown, too."""
        found = self._conditions(query, filters)
        whose = _WHOSE if dimension == "speaker" else "NULL"
        sql = (
            f"SELECT {_VALUES[dimension]}, {whose}, count(*), sum(words) FROM {self._quotes} {found.where()}"
            " GROUP BY 1, 2 ORDER BY 3 DESC, 1 NULLS FIRST, 2 NULLS FIRST"
        )
        rows = self._rows(sql, found)
        counts = _as_one(
            [((_key(row[0], dimension), row[1]), row[0], int(row[2]), int(row[3])) for row in rows]
        )
        if dimension in _IN_TIME:
            return sorted(counts, key=lambda one: (one.value is not None, one.value or ""))
        return counts

    def count_by_two(self, dimensions: tuple[str, str], query: str, filters: Filters) -> list[Cross]:
        """Count by two dimensions, most first; the unknown, too. Speakers of one name are one value."""
        found = self._conditions(query, filters)
        first, second = (_VALUES[one] for one in dimensions)
        sql = (
            f"SELECT {first}, {second}, count(*), sum(words) FROM {self._quotes} {found.where()}"
            " GROUP BY 1, 2 ORDER BY 3 DESC, 1 NULLS FIRST, 2 NULLS FIRST"
        )
        return [Cross(row[0], row[1], int(row[2]), int(row[3])) for row in self._rows(sql, found)]

    def gender_shares(self, query: str, filters: Filters) -> list[Share]:
        """Give each gender's share of the quotes and words of persons, women first, unknown last."""
        found = self._conditions(query, filters)
        found.add("speaker_type = 'person'")
        sql = (
            f"SELECT substr(md5(article), 1, 3), gender, count(*), sum(words) FROM {self._quotes}"
            f" {found.where()} GROUP BY 1, 2 ORDER BY 1, 2"
        )
        bundles: dict[str, dict[str | None, tuple[int, int]]] = {}
        for bundle, gender, quotes, words in self._rows(sql, found):
            bundles.setdefault(bundle, {})[gender] = int(quotes), int(words)
        return shares(list(bundles.values()))

    def _rows(self, sql: str, found: _Conditions) -> list[Any]:
        import duckdb

        try:
            rows: list[Any] = self._connection.execute(sql, found.values).fetchall()
        except duckdb.Error as error:
            said = " ".join(str(error).split())[:200]
            raise CorpusError(f"{self._folder.place} can't be asked ({said})") from error
        return rows

    def _conditions(self, query: str, filters: Filters) -> _Conditions:
        if query.strip():
            raise CorpusError(
                "a corpus is counted without searching it: `quotes load` makes an archive of it"
            )
        found = _Conditions()
        if filters.speaker is not None:
            self._add_speaker(found, name_key(filters.speaker))
        self._add_words(found, filters)
        for column, value in (("kind", filters.kind), ("speaker_type", filters.type)):
            if value is not None:
                found.add(f"{column} = ?", value)
        if filters.gender == "unknown":
            found.add("gender IS NULL")
        elif filters.gender is not None:
            found.add("gender = ?", filters.gender)
        if not filters.within_told:
            found.add("NOT within_told")
        return found

    def _add_words(self, found: _Conditions, filters: Filters) -> None:
        if filters.role is not None:
            words = set(role_words(filters.role))
            self._among(found, "role", lambda role: words <= set(fold_name(role).split()))
        if filters.outlet is not None:
            outlet = f" {fold_name(filters.outlet)} "
            self._among(found, "outlet", lambda name: outlet in f" {fold_name(name)} ")
        if filters.since is not None:
            found.add("date >= ?", date_bound(filters.since))
        if filters.until is not None:
            # "~" comes after every digit: the whole of the day, month or year is in.
            found.add("date <= ?", f"{date_bound(filters.until)}~")

    def _add_speaker(self, found: _Conditions, key: str) -> None:
        """Those of this very name if it is there, else those who have its words in theirs."""
        names = {name: name_key(name) for name in self._values("speaker")}
        words = set(key.split())
        chosen = [name for name, theirs in names.items() if " " in key and theirs == key]
        found.add(
            "list_contains(?, speaker)",
            chosen or [name for name, theirs in names.items() if words and words <= set(theirs.split())],
        )

    def _among(self, found: _Conditions, column: str, fits: Callable[[str], bool]) -> None:
        found.add(f"list_contains(?, {column})", [name for name in self._values(column) if fits(name)])

    def _values(self, column: str) -> list[str]:
        rows = self._rows(_DISTINCT.format(column=column, quotes=self._quotes), _Conditions())
        return [name for (name,) in rows]


def _key(value: str | None, dimension: str) -> str | None:
    if value is None:
        return None
    if dimension == "speaker":
        return name_key(value)
    return role_key(fold_name(value)) if dimension == "role" else value


def _as_one(rows: Sequence[tuple[Hashable, str | None, int, int]]) -> list[Count]:
    """Count wordings of one value together, under the commonest, which comes first."""
    found: dict[Hashable, Count] = {}
    for key, value, quotes, words in rows:
        same = found.get(key)
        found[key] = (
            Count(value, quotes, words)
            if same is None
            else Count(same.value, same.quotes + quotes, same.words + words)
        )
    return sorted(found.values(), key=lambda one: -one.quotes)
