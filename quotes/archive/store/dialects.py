"""What SQLite and PostgreSQL say differently: full text, ranking, lists in parameters.

Everything else is written once, in SQL that both understand. Full text is that of FTS5 in the one; in
the other, of a ``tsvector`` beside the terms of each quote, in which a stem begins with ``~``. Both
index the terms of the program's own analyser, and the score is the same number in both (BM25 as FTS5
computes it), so that a search has the same results in the same order.
"""

from __future__ import annotations

import json
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.matching import Joined, Match, Phrase, Without, phrases

if TYPE_CHECKING:
    from sqlalchemy import Connection

EVERYTHING = 2**62
"""A LIMIT that is none: -1 is not understood by PostgreSQL, nor NULL by SQLite."""

# The constants of BM25, as FTS5 has them.
_K1 = 1.2
_B = 0.75
_LEAST_RARITY = 1e-6
# What ts_rank gives a word that stands once, twice … in a quote, halfway from the step before: it adds
# 1, 1/4, 1/9 … and its scale is 0.1 of 6/π². So it tells how often, ten times as quickly as to count.
_STEPS = list(accumulate(1 / n**2 for n in range(1, 256)))
_RANKS = [0.1 / 1.64493406685 * (step - 0.5 / n**2) for n, step in enumerate(_STEPS, 1)]
# As the function quote_document of the migrations has them: PostgreSQL takes no lexeme over 2 kB.
_LONGEST_TERM = 500
_STEM_MARK = "~"


class Dialect(ABC):
    """The fragments of SQL in which the two differ, for ``quotes q`` and the index ``quote_fts``."""

    index: str
    """The index as it is named in FROM."""
    indexed: str
    """The id of the quote in the index."""
    index_first: str
    """FROM: what the index has found, with its quotes."""
    matches: str
    """The condition that the index has ``:match``."""
    plus: str
    """Put before a column, it keeps the planner from starting there."""
    joined: str
    """The aggregate that joins text; it has a separator as well."""
    listed: str
    """The aggregate that makes a JSON list: one row instead of thousands, each of which Python waits for."""
    indexed_by_hand: bool
    """Whether the index has to be told of terms that come and go."""
    scored: str
    """Put after the index in FROM where ``score`` is asked for."""

    @abstractmethod
    def texts(self, parameter: str) -> str:
        """Select the strings of a JSON list."""

    @abstractmethod
    def numbers(self, parameter: str) -> str:
        """Select the whole numbers of a JSON list."""

    @abstractmethod
    def expression(self, match: Match) -> str:
        """Write what is to be found, as the value of ``:match``; the score is asked for by this one."""

    def unscored(self, match: Match) -> str:
        """Write an expression that finds the same, and perhaps quicker."""
        return self.expression(match)

    def surely(self, match: Match) -> str:
        """Write an expression that finds these or some of them, and perhaps quicker."""
        return self.unscored(match)

    @abstractmethod
    def held(self, match: Match) -> tuple[str, dict[str, Any]]:
        """Write the condition that the quote of ``quote_terms t`` has this, without asking the index."""

    @abstractmethod
    def score(
        self, connection: Reader | Connection, match: Match, *, exact: float, stems: float
    ) -> tuple[str, dict[str, Any]]:
        """Write the score (BM25 with these weights, lower is better) with its parameters."""

    @abstractmethod
    def new_ids(self, connection: Connection, table: str, number: int) -> list[int]:
        """Give ids for rows to come, rising, as the table itself would give them; nobody else writes."""

    @abstractmethod
    def quotes_with(self, connection: Reader | Connection, stems: Sequence[str], *, most: int) -> list[int]:
        """Count the quotes that have each of these stems; those that have more may be ``most``."""

    @abstractmethod
    def words_from(
        self, connection: Reader | Connection, first: str, shortest: int, longest: int
    ) -> set[str]:
        """Give the words (folded) of all quotes that begin so, of these lengths."""


_SCORED, _UNSCORED, _SURELY = range(3)


def _fts5(match: Match, use: int) -> str:
    """Write a query of FTS5. Terms hold letters and digits only, so quoting them is safe.

    Many words are their own stems: one look into both columns finds the same as two. Other words are
    mostly found by their stems, too.
    """
    if isinstance(match, Phrase):
        return f'{match.column} : "{" ".join(match.terms)}"' + ("*" if match.prefix else "")
    if isinstance(match, Without):
        unwanted = _fts5(match.unwanted, min(use, _UNSCORED))
        return f"({_fts5(match.wanted, use)} NOT {unwanted})"
    if use != _SCORED and match.operator == "OR" and len(match.parts) == 2:
        exact, stems = match.parts
        if isinstance(exact, Phrase) and isinstance(stems, Phrase) and not exact.prefix:
            if exact.terms == stems.terms and {exact.column, stems.column} == {"exact", "stems"}:
                return f'"{" ".join(exact.terms)}"'
            if use == _SURELY:
                return _fts5(stems, use)
    return f"({f' {match.operator} '.join(_fts5(part, use) for part in match.parts)})"


_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.quote_vocabulary USING fts5vocab(main, quote_fts, 'col')"
)


class _Sqlite(Dialect):
    index = "quote_fts"
    indexed = "quote_fts.rowid"
    # CROSS JOIN: SQLite takes the tables in the order in which they are written.
    index_first = "quote_fts CROSS JOIN quotes q ON q.id = quote_fts.rowid"
    matches = "quote_fts MATCH :match"
    plus = "+"
    joined = "group_concat"
    listed = "json_group_array"
    indexed_by_hand = True
    scored = ""

    def texts(self, parameter: str) -> str:
        return f"SELECT value FROM json_each(:{parameter})"

    def numbers(self, parameter: str) -> str:
        return self.texts(parameter)

    def expression(self, match: Match) -> str:
        return _fts5(match, _SCORED)

    def unscored(self, match: Match) -> str:
        return _fts5(match, _UNSCORED)

    def surely(self, match: Match) -> str:
        return _fts5(match, _SURELY)

    def held(self, match: Match) -> tuple[str, dict[str, Any]]:
        parameters: dict[str, Any] = {}

        def written(match: Match) -> str:
            if isinstance(match, Phrase):
                name = f"held_{len(parameters)}"
                parameters[name] = f" {' '.join(match.terms)}{'' if match.prefix else ' '}"
                return f"instr(' ' || t.{match.column} || ' ', :{name}) > 0"
            if isinstance(match, Without):
                return f"({written(match.wanted)} AND NOT {written(match.unwanted)})"
            return f"({f' {match.operator} '.join(map(written, match.parts))})"

        return written(match), parameters

    def score(
        self, connection: Reader | Connection, match: Match, *, exact: float, stems: float
    ) -> tuple[str, dict[str, Any]]:
        return f"bm25(quote_fts, {exact}, {stems})", {}

    def new_ids(self, connection: Connection, table: str, number: int) -> list[int]:
        # AUTOINCREMENT, where a table has it, remembers ids that are gone.
        last = f"""SELECT max((SELECT coalesce(max(id), 0) FROM {table}),
 coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0))"""
        first: int = 1 + connection.exec_driver_sql(last).scalar_one()
        return list(range(first, first + number))

    def words_from(
        self, connection: Reader | Connection, first: str, shortest: int, longest: int
    ) -> set[str]:
        ask(connection, _VOCABULARY)
        # What comes after all that begins so.
        sql = """SELECT term FROM temp.quote_vocabulary WHERE term >= :first AND term < :past
 AND col = 'exact' AND length(term) BETWEEN :shortest AND :longest"""
        asked = {"first": first, "past": first + chr(0x10FFFF), "shortest": shortest, "longest": longest}
        return {row.term for row in ask(connection, sql, asked)}

    def quotes_with(self, connection: Reader | Connection, stems: Sequence[str], *, most: int) -> list[int]:
        ask(connection, _VOCABULARY)
        sql = f"""SELECT term, doc FROM temp.quote_vocabulary
 WHERE term IN ({self.texts("stems")}) AND col = 'stems'"""
        found = {row.term: int(row.doc) for row in ask(connection, sql, {"stems": json.dumps(list(stems))})}
        return [found.get(stem, 0) for stem in stems]


class _Postgres(Dialect):
    index = "quote_terms quote_fts"
    indexed = "quote_fts.quote_id"
    index_first = "quote_terms quote_fts JOIN quotes q ON q.id = quote_fts.quote_id"
    matches = "quote_fts.document @@ CAST(:match AS tsquery)"
    plus = ""
    joined = "string_agg"
    listed = "json_agg"
    indexed_by_hand = False
    # OFFSET 0 keeps the planner from counting once for each use.
    scored = """CROSS JOIN LATERAL (SELECT
 length(quote_fts.exact) - length(replace(quote_fts.exact, ' ', '')) + 1 AS words OFFSET 0) AS counted"""

    def texts(self, parameter: str) -> str:
        return f"SELECT value FROM json_array_elements_text(CAST(:{parameter} AS json)) AS listed(value)"

    def numbers(self, parameter: str) -> str:
        return f"SELECT CAST(value AS bigint) AS value FROM ({self.texts(parameter)}) AS numbers"

    def expression(self, match: Match) -> str:
        if isinstance(match, Phrase):
            mark = _STEM_MARK if match.column == "stems" else ""
            terms = " <-> ".join(f"'{mark}{term[:_LONGEST_TERM]}'" for term in match.terms)
            return f"({terms}{':*' if match.prefix else ''})"
        if isinstance(match, Without):
            return f"({self.expression(match.wanted)} & !{self.expression(match.unwanted)})"
        operator = " & " if match.operator == "AND" else " | "
        return f"({operator.join(self.expression(part) for part in match.parts)})"

    def held(self, match: Match) -> tuple[str, dict[str, Any]]:
        return "t.document @@ CAST(:held AS tsquery)", {"held": self.expression(match)}

    def score(
        self, connection: Reader | Connection, match: Match, *, exact: float, stems: float
    ) -> tuple[str, dict[str, Any]]:
        """Write out what FTS5 computes, step by step in its order, so as to have the same number."""
        whole = next(ask(connection, "SELECT count(*) AS quotes, sum(words) AS words FROM quotes"))
        quotes, words = int(whole.quotes), int(whole.words or 0)
        # The length of a quote is that of both columns.
        parameters: dict[str, Any] = {"k1": _K1, "k1_more": _K1 + 1.0, "b": _B, "b_rest": 1.0 - _B}
        parameters["ranks"] = _RANKS
        parameters["mean_length"] = 2.0 * words / max(quotes, 1) or 1.0
        length = ":k1 * (:b_rest + :b * (2 * counted.words) / :mean_length)"
        steps = []
        wanted = list(phrases(match))
        counts = self._count(connection, [phrase for phrase, _ in wanted])
        for n, ((phrase, within), found) in enumerate(zip(wanted, counts, strict=True)):
            rarity = math.log((quotes - found + 0.5) / (found + 0.5))
            parameters |= {
                f"rarity_{n}": rarity if rarity > 0 else _LEAST_RARITY,
                f"weight_{n}": float(exact if phrase.column == "exact" else stems),
                f"phrase_{n}": self.expression(phrase) if _is_word(phrase) else _pattern(phrase),
            }
            times = _times(phrase, n)
            if within:
                parameters[f"within_{n}"] = self.expression(Joined("AND", within))
                there = f"quote_fts.document @@ CAST(:within_{n} AS tsquery)"
                times = f"CASE WHEN {there} THEN {times} ELSE 0 END"
            often = f":weight_{n} * {times}"
            steps.append(f":rarity_{n} * (({often} * :k1_more) / ({often} + {length}))")
        return f"-({' + '.join(steps)})", parameters

    def new_ids(self, connection: Connection, table: str, number: int) -> list[int]:
        sql = f"""SELECT nextval(pg_get_serial_sequence('{table}', 'id'))
 FROM generate_series(1, {number})"""
        return sorted(connection.exec_driver_sql(sql).scalars())

    def words_from(
        self, connection: Reader | Connection, first: str, shortest: int, longest: int
    ) -> set[str]:
        sql = """SELECT word FROM ts_stat('SELECT document FROM quote_terms')
 WHERE left(word, 1) = :first AND length(word) BETWEEN :shortest AND :longest"""
        asked = {"first": first, "shortest": shortest, "longest": longest}
        return {row.word for row in ask(connection, sql, asked)}

    def quotes_with(self, connection: Reader | Connection, stems: Sequence[str], *, most: int) -> list[int]:
        return self._count(connection, [Phrase("stems", (stem,)) for stem in stems], most=most)

    def _count(
        self, connection: Reader | Connection, wanted: Sequence[Phrase], *, most: int = EVERYTHING
    ) -> list[int]:
        """Count the quotes that have each of these phrases, in one question."""
        each = [
            f"(SELECT count(*) FROM (SELECT 1 FROM {self.index}"
            f" WHERE quote_fts.document @@ CAST(:match_{n} AS tsquery) LIMIT {most}) AS found)"
            for n in range(len(wanted))
        ]
        if not each:
            return []
        matches = {f"match_{n}": self.expression(phrase) for n, phrase in enumerate(wanted)}
        return [int(count) for count in next(ask(connection, f"SELECT {', '.join(each)}", matches))]


def _is_word(phrase: Phrase) -> bool:
    return len(phrase.terms) == 1 and not phrase.prefix


def _times(phrase: Phrase, n: int) -> str:
    """Write how often a quote has a phrase."""
    if _is_word(phrase):
        rank = f"ts_rank(quote_fts.document, CAST(:phrase_{n} AS tsquery))"
        return f"width_bucket(CAST({rank} AS double precision), :ranks)"
    return f"regexp_count(quote_fts.{phrase.column}, :phrase_{n})"


def _pattern(phrase: Phrase) -> str:
    """Write a phrase as a regular expression that takes its first word only: phrases may overlap."""
    first, *others = phrase.terms
    rest = "".join(f" {term}" for term in others)
    return f"(^| ){first}(?={rest}{'' if phrase.prefix else '( |$)'})"


SQLITE = _Sqlite()
POSTGRES = _Postgres()


def dialect_of(connection: Reader | Connection) -> Dialect:
    """Give the dialect that a connection understands."""
    if isinstance(connection, Reader) or connection.dialect.name == "sqlite":
        return SQLITE
    return POSTGRES
