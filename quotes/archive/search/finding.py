"""Finding quotes: filters as SQL, full text, snippets, pages without OFFSET.

The SQL is written out, since its order of joins matters: the full-text index leads and the filters
are tried on what it finds (``+column`` keeps SQLite from starting at the column's index instead, which
takes half a minute where this takes half a second).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.archive.search.query import Query, Words, date_bound, parse
from quotes.archive.search.terms import terms
from quotes.archive.speakers.listing import speaker_condition
from quotes.archive.speakers.names import fold_name, is_whole, role_key, role_words
from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.conditions import Conditions, like_words
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.matching import Match
from quotes.archive.store.public_ids import public_id
from quotes.archive.store.reading_rows import load_all
from quotes.archive.values import Filters, Hit, Hits, QuoteRow, Snippet, StoredArticle
from quotes.errors import ArchiveError

if TYPE_CHECKING:
    from sqlalchemy import Connection

COUNTED_AT_MOST = 100_000
"""So many matches are counted; from there on it is "more than"."""
# Ranking half a million matches takes a second, and a single word that is in so many quotes says little of
# any: above this, newest first.
RANKED_AT_MOST = 20_000
# From here on it is quicker to look for the newest matches among the newest quotes: so many for each that
# is wanted, then more.
_WALKED_FROM = 20_000
_LOOKED_AT = (15, 75, 500)
_SNIPPET_WORDS = 36
_ARTICLES_AT_ONCE = 50
_NO_PLACE = "this is not a place to go on from: leave --after out to start again"

_COLUMNS = """q.id, q.article_id, q.text, s.name AS speaker, q.speaker_id, q.speaker_type, q.gender,
 r.text AS role, q.mention_text AS printed, q.kind, q.display, a.title, a.outlet, a.published, a.url,
 q.start, q."end", q.rule, q.cue_text AS cue, q.confidence, b.body_hash"""
# They stand in the order of a ``QuoteRow``; the last one makes the public identifier.
_WIDTH = len(fields(QuoteRow))
_DISPLAY, _START, _END = (
    [field.name for field in fields(QuoteRow)].index(name) for name in ("display", "start", "end")
)
_JOINS = """JOIN articles a ON a.id = q.article_id LEFT JOIN article_bodies b ON b.article_id = q.article_id
 LEFT JOIN speakers s ON s.id = q.speaker_id LEFT JOIN roles r ON r.id = q.role_id"""

# Filters that a column of the quotes answers as it is.
_SAME = {
    "speaker_id": "{plus}q.speaker_id = :speaker_id",
    "kind": "q.kind = :kind",
    "type": "q.speaker_type = :type",
    "article_id": "{plus}q.article_id = :article_id",
    "min_confidence": "q.confidence >= :min_confidence",
}
# What somebody is told to have said has quotes of the same person in it: one utterance.
_NOT_WITHIN_TOLD = """(q.kind = 'indirect' OR NOT EXISTS (SELECT 1 FROM quotes told
 WHERE told.article_id = q.article_id AND told.kind = 'indirect' AND told.start <= q.start
 AND told."end" >= q."end" AND (told.speaker_id = q.speaker_id OR q.speaker_id IS NULL)))"""
# From one outlet to the next one in the index: DISTINCT reads all articles.
_OUTLETS = """WITH RECURSIVE outlets(name) AS (SELECT min(outlet) FROM articles
 UNION ALL SELECT (SELECT min(outlet) FROM articles WHERE outlet > outlets.name)
 FROM outlets WHERE outlets.name IS NOT NULL)
SELECT name FROM outlets WHERE name IS NOT NULL"""


def conditions(connection: Reader | Connection, filters: Filters, *, after_match: bool) -> Conditions:
    """Write the filters as conditions on ``quotes q``; ``after_match``: the full-text index leads."""
    plus = dialect_of(connection).plus if after_match else ""
    found = Conditions()
    if filters.speaker is not None:
        sql, parameters = speaker_condition(connection, filters.speaker)
        found.add(f"{plus}q.speaker_id IN (SELECT speaker_id FROM speaker_aliases WHERE {sql})", **parameters)
    if filters.role is not None:
        _add_role(connection, found, filters.role, plus)
    if filters.outlet is not None:
        _add_outlet(connection, found, filters.outlet, plus)
    _add_dates(found, filters, plus)
    for name, sql in _SAME.items():
        if (value := getattr(filters, name)) is not None:
            found.add(sql.format(plus=plus), **{name: value})
    if not filters.within_told:
        found.add(_NOT_WITHIN_TOLD)
    if filters.gender == "unknown":
        found.add("q.gender IS NULL")
    elif filters.gender is not None:
        found.add("q.gender = :gender", gender=filters.gender)
    return found


def _add_role(connection: Reader | Connection, found: Conditions, role: str, plus: str) -> None:
    words = like_words(" ".join(role_words(role)))
    sql = " AND ".join(f"' ' || folded || ' ' LIKE :role_{n}" for n in range(len(words))) or "1 = 0"
    parameters = {f"role_{n}": word for n, word in enumerate(words)}
    if is_whole(role):
        # As roles are counted together: whatever their article and apostrophe.
        key = role_key(fold_name(role))
        rows = ask(connection, f"SELECT id, folded FROM roles WHERE {sql}", parameters)
        ids = [row.id for row in rows if role_key(row.folded) == key]
        sql, parameters = f"id IN ({dialect_of(connection).numbers('roles')})", {"roles": json.dumps(ids)}
    found.add(f"{plus}q.role_id IN (SELECT id FROM roles WHERE {sql})", **parameters)


def _add_outlet(connection: Reader | Connection, found: Conditions, outlet: str, plus: str) -> None:
    asked = f" {fold_name(outlet)} "
    folded = ((name, f" {fold_name(name)} ") for name in outlets(connection))
    whole = is_whole(outlet)
    names = [name for name, known in folded if (asked == known if whole else asked in known)]
    if len(names) == 1:
        found.add(f"{plus}q.outlet = :outlet", outlet=names[0])
    else:
        listed = dialect_of(connection).texts("outlets")
        found.add(f"{plus}q.outlet IN ({listed})", outlets=json.dumps(names))


def outlets(connection: Reader | Connection) -> list[str]:
    """Give the names of all outlets, in the order of the alphabet."""
    return [name for (name,) in ask(connection, _OUTLETS)]


def _add_dates(found: Conditions, filters: Filters, plus: str) -> None:
    if filters.since is not None:
        found.add(f"{plus}q.published >= :since", since=_date(filters.since))
    if filters.until is not None:
        # "~" comes after every digit, "-" and "T": the whole of the day, month or year is in.
        found.add(f"{plus}q.published <= :until", until=_date(filters.until) + "~")
    if filters.before is not None:
        found.add(f"{plus}q.published < :before", before=_date(filters.before))
    if filters.until is not None or filters.before is not None:
        found.add(f"{plus}q.published != ''")


def _date(value: str) -> str:
    known = date_bound(value)
    if known is None:
        raise ArchiveError(f"not a date: {value!r}; write 2024, 2024-05 or 2024-05-17")
    return known


def merged(filters: Filters, query: Query) -> Filters:
    """Give the filters with those typed in the query: these win."""
    return replace(filters, **query.filters)  # type: ignore[arg-type]


def search(
    connection: Reader | Connection,
    typed: str | None,
    filters: Filters,
    *,
    exact: bool,
    sort: str,
    limit: int,
    after: str | None,
) -> Hits:
    """Find a page of quotes, best first or newest first (``sort``: ``best`` or ``date``)."""
    query = parse(typed or "", exact=exact)
    notes = list(query.notes)
    if (typed or "").strip() and query.is_empty:
        return Hits((), 0, notes=(*notes, "no word to look for in this query"))
    filters = merged(filters, query)
    found = _matching(connection, query, filters)
    going_on = _read_cursor(after)
    by_date = sort == "date" or query.match is None
    matches = None
    if query.match is not None and _are_plenty(connection, query.match):
        # Filters may leave fewer of them.
        matches = _count(connection, query, found)
    elif by_date or (going_on is not None and going_on[0] == "date"):
        matches = _count(connection, query, found)
    rows: list[tuple[QuoteRow, float]] = []
    if not by_date and (matches is None or matches <= RANKED_AT_MOST):
        assert query.match is not None
        rows, matches = _best(connection, query, query.match, found, limit + 1, _place(going_on, "best"))
        if matches > RANKED_AT_MOST:
            matches = _count(connection, query, found)
    if matches is None:
        matches = _count(connection, query, found)
    if not by_date and matches > RANKED_AT_MOST:
        by_date = True
        notes.append(f"{how_many(matches)} matches: newest first, not best first")
    if by_date:
        rows = _newest(connection, query, found, matches, limit + 1, _place(going_on, "date"))
    hits = [Hit(row, snippet(row.text, query.words), score) for row, score in rows[:limit]]
    following = None
    if len(rows) > limit and hits:
        last = hits[-1]
        key = (last.row.published or "") if by_date else -last.score
        following = _make_cursor("date" if by_date else "best", key, last.row.id)
    return Hits(tuple(hits), matches, following, tuple(notes))


def _matching(connection: Reader | Connection, query: Query, filters: Filters) -> Conditions:
    """Write what is looked for, and the filters, as conditions."""
    dialect = dialect_of(connection)
    found = conditions(connection, filters, after_match=query.match is not None)
    if query.match is not None:
        found.add(dialect.matches, match=dialect.unscored(query.match))
    elif query.without is not None:
        found.add(
            f"q.id NOT IN (SELECT {dialect.indexed} FROM {dialect.index} WHERE {dialect.matches})",
            match=dialect.unscored(query.without),
        )
    return found


def _asks_quotes(found: Conditions) -> bool:
    """Tell whether some condition needs the quotes, not the index alone."""
    return any("q." in sql for sql in found.sql)


def source_of(connection: Reader | Connection, found: Conditions, query_leads: bool) -> str:
    """Give the FROM clause: the index alone when no condition needs the quotes."""
    if not query_leads:
        return "quotes q"
    dialect = dialect_of(connection)
    return dialect.index_first if _asks_quotes(found) else dialect.index


def how_many(matches: int) -> str:
    """Write how many match: beyond 100,000 they are not counted.

    >>> how_many(99_000), how_many(100_001)
    ('99 000', 'more than 100 000')
    """
    if matches > COUNTED_AT_MOST:
        return f"more than {how_many(COUNTED_AT_MOST)}"
    return f"{matches:,}".replace(",", " ")


def _are_plenty(connection: Reader | Connection, match: Match) -> bool:
    """Tell whether, filters aside, certainly more match than are ranked; at times there are, unseen."""
    quotes = next(ask(connection, "SELECT max(id) FROM quotes"))[0] or 0
    if quotes <= RANKED_AT_MOST:
        return False
    dialect = dialect_of(connection)
    sql = f"SELECT 1 FROM {dialect.index} WHERE {dialect.matches} LIMIT 1 OFFSET {RANKED_AT_MOST}"
    return next(ask(connection, sql, {"match": dialect.surely(match)}), None) is not None


def _count(connection: Reader | Connection, query: Query, found: Conditions) -> int:
    source = source_of(connection, found, query.match is not None)
    sql = f"""SELECT count(*) FROM
 (SELECT 1 FROM {source} {found.where()} LIMIT {COUNTED_AT_MOST + 1}) AS counted"""
    return int(next(ask(connection, sql, found.parameters))[0])


def _best(
    connection: Reader | Connection,
    query: Query,
    match: Match,
    found: Conditions,
    limit: int,
    after: tuple[Any, int] | None,
) -> tuple[list[tuple[QuoteRow, float]], int]:
    """Give the best ones and how many match: these are looked up once for both.

    Where there turn out to be too many to rank, the best ones are those of some.
    """
    dialect = dialect_of(connection)
    score, parameters = dialect.score(connection, match, exact=10.0, stems=1.0)
    parameters |= {**found.parameters, "match": dialect.expression(match), "limit": limit}
    page = ""
    if after is not None:
        page = "WHERE (score, id) > (:after_score, :after_id)"
        parameters |= {"after_score": after[0], "after_id": after[1]}
    sql = f"""WITH matching AS MATERIALIZED (SELECT {dialect.indexed} AS id, {score} AS score
 FROM {source_of(connection, found, True)} {dialect.scored} {found.where()} LIMIT {RANKED_AT_MOST + 1}),
 best AS (SELECT * FROM matching {page} ORDER BY score, id LIMIT :limit)
 SELECT {_COLUMNS}, best.score, (SELECT count(*) FROM matching) AS matches
 FROM best JOIN quotes q ON q.id = best.id {_JOINS} ORDER BY best.score, q.id"""
    rows = list(ask(connection, sql, parameters))
    matches = rows[0].matches if rows else _count(connection, query, found)
    return [(_row(row), -float(row.score)) for row in rows], matches


def _newest(
    connection: Reader | Connection,
    query: Query,
    found: Conditions,
    matches: int,
    limit: int,
    after: tuple[Any, int] | None,
) -> list[tuple[QuoteRow, float]]:
    where = Conditions()
    where.sql, where.parameters = list(found.sql), dict(found.parameters)
    if after is not None:
        where.add("(q.published, q.id) < (:after_date, :after_id)", after_date=after[0], after_id=after[1])
    ids: list[int] | None = None
    if query.match is not None and matches >= _WALKED_FROM:
        ids = _walk(connection, query.match, where, limit)
    if ids is None:
        source = "quotes q" if query.match is None else dialect_of(connection).index_first
        sql = f"""SELECT q.id FROM {source} {where.where()}
 ORDER BY q.published DESC, q.id DESC LIMIT :limit"""
        ids = [row.id for row in ask(connection, sql, {**where.parameters, "limit": limit})]
    sql = f"""SELECT {_COLUMNS} FROM quotes q {_JOINS}
 WHERE q.id IN ({dialect_of(connection).numbers("ids")}) ORDER BY q.published DESC, q.id DESC"""
    return [(_row(row), 0.0) for row in ask(connection, sql, {"ids": json.dumps(ids)})]


def _walk(connection: Reader | Connection, match: Match, where: Conditions, limit: int) -> list[int] | None:
    """Give the newest quotes of many that match, of the newest of all; ``None`` if too few are among these.

    Where one in fifty matches they need not be asked for far back. Their words are read instead of asking
    the index, which would go through all of its own when quotes were not added by their date.
    """
    held, parameters = dialect_of(connection).held(match)
    others = [sql for sql in where.sql if sql != dialect_of(connection).matches]
    newest = f"WHERE {' AND '.join(others)}" if others else ""
    sql = f"""WITH newest AS MATERIALIZED (SELECT q.id, q.published FROM quotes q {newest}
 ORDER BY q.published DESC, q.id DESC LIMIT :looked_at)
 SELECT newest.id FROM newest CROSS JOIN quote_terms t WHERE t.quote_id = newest.id AND {held}
 ORDER BY newest.published DESC, newest.id DESC LIMIT :limit"""
    for each in _LOOKED_AT:
        asked = {**where.parameters, **parameters, "limit": limit, "looked_at": each * limit}
        ids = [row.id for row in ask(connection, sql, asked)]
        if len(ids) == limit:
            return ids
    return None


def selection(
    connection: Reader | Connection, typed: str | None, filters: Filters, *, exact: bool = False
) -> tuple[str, Conditions] | None:
    """Give where the quotes of a search come from; ``None`` when it asks for nothing that can be."""
    query = parse(typed or "", exact=exact)
    if (typed or "").strip() and query.is_empty:
        return None
    found = _matching(connection, query, merged(filters, query))
    return ("quotes q" if query.match is None else dialect_of(connection).index_first), found


def stream(
    connection: Reader | Connection, typed: str | None, filters: Filters, *, exact: bool
) -> Iterator[QuoteRow]:
    """Give all quotes that match, in the order in which they were added, a thousand at a time."""
    selected = selection(connection, typed, filters, exact=exact)
    if selected is None:
        return
    source, found = selected
    # The index gives its rows in their order, when it leads.
    order = "q.id" if source == "quotes q" else dialect_of(connection).indexed
    sql = f"SELECT {_COLUMNS} FROM {source} {_JOINS} {found.where()} ORDER BY {order}"
    for row in ask(connection, sql, found.parameters):
        yield _row(row)


def by_article(
    connection: Reader | Connection, typed: str | None, filters: Filters, *, exact: bool = False
) -> Iterator[tuple[int, frozenset[int]]]:
    """Give the articles that have quotes that match, in their order, each with the ids of these."""
    selected = selection(connection, typed, filters, exact=exact)
    if selected is None:
        return
    source, found = selected
    sql = f"""SELECT q.article_id, {dialect_of(connection).joined}(CAST(q.id AS text), ' ') AS ids
 FROM {source} {found.where()} GROUP BY q.article_id ORDER BY q.article_id"""
    for row in ask(connection, sql, found.parameters):
        yield row.article_id, frozenset(map(int, row.ids.split()))


def quoted(
    connection: Reader | Connection, typed: str | None, filters: Filters, *, exact: bool = False
) -> Iterator[StoredArticle]:
    """Give the articles that have quotes that match, in their order, each with these quotes alone."""
    found = by_article(connection, typed, filters, exact=exact)
    while some := dict(islice(found, _ARTICLES_AT_ONCE)):
        for stored in load_all(connection, list(some)):
            ids = some[stored.id]
            if len(ids) < len(stored.quotes):
                stored = replace(stored, quotes=tuple(one for one in stored.quotes if one.id in ids))
            yield stored


def rows_where(
    connection: Reader | Connection, condition: str, parameters: Mapping[str, Any], *, order: str
) -> list[QuoteRow]:
    """Give the quotes under a condition that the program (not the reader) has written."""
    sql = f"SELECT {_COLUMNS} FROM quotes q {_JOINS} WHERE {condition} ORDER BY {order}"
    return [_row(row) for row in ask(connection, sql, dict(parameters))]


def least_certain(connection: Reader | Connection, limit: int) -> list[QuoteRow]:
    """Give the quotes that nobody has confirmed, least certain first."""
    sql = f"""WITH open AS (
 SELECT id FROM quotes WHERE rule != 'corrected' ORDER BY confidence, id LIMIT :limit)
 SELECT {_COLUMNS} FROM open JOIN quotes q ON q.id = open.id {_JOINS} ORDER BY q.confidence, q.id"""
    return [_row(row) for row in ask(connection, sql, {"limit": limit})]


def unconfirmed(connection: Reader | Connection) -> int:
    """Give how many quotes nobody has confirmed or corrected."""
    return int(next(ask(connection, "SELECT count(*) FROM quotes WHERE rule != 'corrected'"))[0])


def _row(row: Any) -> QuoteRow:
    """Give the row of ``_COLUMNS``; SQLite has numbers for yes and no."""
    values = list(row[:_WIDTH])
    values[_DISPLAY] = bool(values[_DISPLAY])
    values[-1] = public_id(values[-1] or "", values[_START], values[_END])
    return QuoteRow(*values)


def _make_cursor(sort: str, key: str | float, quote_id: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, key, quote_id]).encode()).decode()


_Cursor = tuple[str, Any, int]


def _read_cursor(after: str | None) -> _Cursor | None:
    """Read a cursor of an earlier page: the sorting, and the key and the number of the last quote."""
    if after is None:
        return None
    try:
        made_for, key, quote_id = json.loads(base64.urlsafe_b64decode(after.encode()))
        if not isinstance(key, {"date": str, "best": float}[made_for]):
            raise ValueError(made_for)
        if not isinstance(quote_id, int) or abs(quote_id) >= 2**63:
            raise ValueError(quote_id)
        return made_for, key, quote_id
    except (KeyError, ValueError, TypeError) as error:
        raise ArchiveError(_NO_PLACE) from error


def _place(cursor: _Cursor | None, sort: str) -> tuple[Any, int] | None:
    """Give where a page goes on; that of another sorting can't be gone on from."""
    if cursor is None:
        return None
    if cursor[0] != sort:
        raise ArchiveError(_NO_PLACE)
    return cursor[1:]


def snippet(text: str, words: Sequence[Words]) -> Snippet:
    """Cut the part of a quote that holds most of the words looked for, and mark them."""
    found = list(terms(text))
    marked: set[int] = set()
    for asked in words:
        for place in asked.places(found):
            marked.update(range(place, place + len(asked.terms)))
    if len(found) <= _SNIPPET_WORDS:
        first, last = 0, len(found)
    else:
        first = _densest(sorted(marked), len(found))
        last = first + _SNIPPET_WORDS
    start = found[first].start if first else 0
    end = found[last - 1].end if last < len(found) else len(text)
    shift = (1 if first else 0) - start
    piece = ("…" if first else "") + text[start:end] + ("…" if last < len(found) else "")
    marks = tuple((found[n].start + shift, found[n].end + shift) for n in sorted(marked) if first <= n < last)
    return Snippet(piece, marks)


def _densest(marked: Sequence[int], count: int) -> int:
    """Give the first word of the window with most marked words, with some words before them."""
    best_start, best = 0, 0
    low = 0
    for high, place in enumerate(marked):
        while place - marked[low] >= _SNIPPET_WORDS:
            low += 1
        if high - low + 1 > best:
            best, best_start = high - low + 1, marked[low]
    return max(0, min(best_start - 6, count - _SNIPPET_WORDS))
