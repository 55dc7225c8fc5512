"""Did anybody say this? A wording is looked up by its rarest words, and compared with what has them.

What nobody is known to have said may have been printed all the same, outside of any quote that was found:
for that the texts themselves are read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from quotes.archive.search import finding
from quotes.archive.search.terms import terms
from quotes.archive.store.asking import Reader, ask, from_json
from quotes.archive.store.conditions import Conditions
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.matching import Joined, Match, Phrase
from quotes.archive.store.reading_rows import texts_of
from quotes.archive.values import Filters, QuoteRow
from quotes.archive.wordings.comparing import Comparison, Likeness, compare
from quotes.archive.wordings.cutting import cut
from quotes.archive.wordings.surroundings import sentence_around
from quotes.archive.wordings.utterances import Found
from quotes.archive.wordings.weights import Weights, is_content

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RARE_WORDS = 12
_RANKED = 20_000
# Where few of the words are rare, pairs of neighbours are looked for as well.
_ENOUGH_RARE = 4
_PAIRS = 4
_RETRIEVED = 300
_COMPARED = 40
# Less of the wording's weight (to which slips of the pen don't count here) is never close: most that were
# found share words of grammar only.
_WORTH_COMPARING = 0.15
_PER_WORD = 0.002
_CLOSE = 0.6
# So much of what was asked for the quote has; and so many words that say something.
_SHARED = 0.65
_SHARED_BY_A_PART = 0.35
_CONTENT_WORDS = 2
_CONTENT_WORDS_OF_A_PART = 3
_AS_PRINTED = 0.9
_WORDS_IN_TEXT = 3
_SHORTEST_IN_TEXT = 4


@dataclass(frozen=True, slots=True)
class Printed:
    """A passage of an article that has a wording, though no quote there was found to be it.

    ``start`` and ``end`` are its place in the article's text (code points, half-open).
    """

    article_id: int
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    text: str
    around: str
    comparison: Comparison


def check(connection: Reader | Connection, asked: str, filters: Filters, limit: int) -> list[Found]:
    """Find who said something like this: the closest quotes first, none that isn't close."""
    words = list(dict.fromkeys(term.stem for term in cut(asked).terms))
    if not words:
        return []
    counts = _counts(connection, words)
    weights = Weights(counts, _quotes(connection))
    match = _match(words, counts)
    if match is None:
        return []
    rows = _candidates(connection, match, words, weights, filters)
    compared = ((row, compare(asked, row.text, weights)) for row in rows)
    content = len([word for word in words if is_content(word)])
    close = [Found(row, how) for row, how in compared if how is not None and _is_close(how, content)]
    close.sort(key=lambda one: (-one.comparison.score, one.row.published or "", one.row.id))
    return _with_sentences(connection, close[:limit])


def _is_close(how: Comparison, content: int) -> bool:
    """Tell whether a wording with so many words that say something is like a quote."""
    if content < _CONTENT_WORDS:
        # "ce n'est pas possible" is nearly every other sentence: it is that one or none.
        return how.likeness in (Likeness.EXACT, Likeness.PART, Likeness.CUT)
    if how.score < _CLOSE:
        return False
    if how.shared >= _SHARED and how.content >= _CONTENT_WORDS:
        return True
    return how.shared >= _SHARED_BY_A_PART and how.content >= _CONTENT_WORDS_OF_A_PART


def _counts(connection: Reader | Connection, stems: Sequence[str]) -> dict[str, int]:
    """Count the quotes that have each of the words that say something."""
    content = [stem for stem in stems if is_content(stem)]
    found = dialect_of(connection).quotes_with(connection, content, most=_RANKED + 1)
    return dict(zip(content, found, strict=True))


def _quotes(connection: Reader | Connection) -> int:
    # Counting them would read an index of all.
    return next(ask(connection, "SELECT max(id) FROM quotes"))[0] or 0


def _match(stems: Sequence[str], counts: Mapping[str, int]) -> Match | None:
    """Look for one of the rarest words, or for common ones that stand in one quote."""
    held = {stem: count for stem, count in counts.items() if count}
    if not held:
        return None if counts else Joined("AND", tuple(Phrase("stems", (stem,)) for stem in stems))
    by_rarity = sorted(held, key=lambda stem: held[stem])
    parts: list[Match] = []
    total = 0
    for stem in by_rarity[:_RARE_WORDS]:
        total += held[stem]
        if total > _RANKED:
            break
        parts.append(Phrase("stems", (stem,)))
    if len(parts) < _ENOUGH_RARE:
        rest = by_rarity[len(parts) :]
        pairs = sorted(pairwise(rest), key=lambda pair: held[pair[0]])[:_PAIRS]
        parts += [Joined("AND", (Phrase("stems", (one,)), Phrase("stems", (other,)))) for one, other in pairs]
        if len(rest) == 1 and not parts:
            parts.append(Joined("AND", tuple(Phrase("stems", (stem,)) for stem in stems)))
    return parts[0] if len(parts) == 1 else Joined("OR", tuple(parts))


def _candidates(
    connection: Reader | Connection, match: Match, stems: Sequence[str], weights: Weights, filters: Filters
) -> list[QuoteRow]:
    """Give the quotes that have most of these words, by weight."""
    dialect = dialect_of(connection)
    found = finding.conditions(connection, filters, after_match=True)
    found.add(dialect.matches, match=dialect.expression(match))
    score, parameters = dialect.score(connection, match, exact=1.0, stems=1.0)
    source = finding.source_of(connection, found, True)
    sql = f"""WITH best AS (SELECT {dialect.indexed} AS id, {score} AS score
 FROM {source} {dialect.scored} {found.where()} ORDER BY 2, 1 LIMIT {_RETRIEVED})
 SELECT {dialect.listed}(t.quote_id), {dialect.listed}(t.stems)
 FROM best JOIN quote_terms t ON t.quote_id = best.id"""
    wanted = {stem: weights.of(stem) for stem in stems}
    least = _WORTH_COMPARING * sum(wanted.values())
    ranked: list[tuple[float, int]] = []
    # Two lists in one row: hundreds of rows would each be waited for while others have the interpreter.
    ids_there, terms_there = next(ask(connection, sql, {**found.parameters, **parameters}))
    for quote_id, held_terms in zip(from_json(ids_there) or [], from_json(terms_there) or [], strict=True):
        stems_there = held_terms.split()
        held = sum(wanted[stem] for stem in wanted.keys() & set(stems_there))
        if held >= least:
            # A long quote has some by chance.
            ranked.append((_PER_WORD * len(stems_there) - held, quote_id))
    ids = [quote_id for _, quote_id in sorted(ranked)[:_COMPARED]]
    return finding.rows_where(
        connection, f"q.id IN ({dialect.numbers('ids')})", {"ids": json.dumps(ids)}, order="q.id"
    )


def _with_sentences(connection: Reader | Connection, found: Sequence[Found]) -> list[Found]:
    stored = texts_of(connection, {one.row.article_id for one in found})
    return [
        replace(one, around=sentence_around(stored[one.row.article_id], one.row.start, one.row.end))
        for one in found
    ]


def printed(connection: Reader | Connection, asked: str, filters: Filters, limit: int) -> list[Printed]:
    """Find the wording in the texts of the articles, where no quote has it; the first published first.

    The texts have no index: all are read through.
    """
    patterns = _patterns(connection, asked)
    if not patterns:
        return []
    found: list[Printed] = []
    for row in _texts_with(connection, patterns, filters):
        if passage := _passage(asked, row):
            found.append(passage)
            if len(found) == limit:
                break
    return found


def _patterns(connection: Reader | Connection, asked: str) -> list[str]:
    """Write the longest words as patterns in which accents make no difference."""
    words = {term.exact: term.stem for term in terms(asked) if is_content(term.stem)}
    longest = [
        word
        for word in sorted(words, key=len, reverse=True)[:_WORDS_IN_TEXT]
        if len(word) >= _SHORTEST_IN_TEXT
    ]
    return [f"%{_pattern(word)}%" for word in longest]


def _pattern(word: str) -> str:
    """Write a folded word as a pattern for how it may be printed."""
    pattern = word.replace("oe", "%").replace("ae", "%")
    # The letters that may have an accent; LIKE knows the case of the others only.
    return "".join("_" if letter in "aeiouyc" else letter for letter in pattern)


def _texts_with(connection: Reader | Connection, patterns: Sequence[str], filters: Filters) -> Iterator[Any]:
    where = Conditions()
    like = "ILIKE" if dialect_of(connection).plus == "" else "LIKE"
    for n, pattern in enumerate(patterns):
        where.add(f"a.text {like} :word_{n}", **{f"word_{n}": pattern})
    of_quotes = finding.conditions(connection, filters, after_match=False)
    of_articles = [sql for sql in of_quotes.sql if "q.outlet" in sql or "q.published" in sql]
    for sql in of_articles:
        where.add(sql.replace("q.outlet", "a.outlet").replace("q.published", "coalesce(a.published, '')"))
    where.parameters |= of_quotes.parameters
    sql = f"""SELECT a.id, a.title, a.outlet, a.published, a.url, a.text FROM articles a {where.where()}
 ORDER BY coalesce(a.published, ''), a.id"""
    return islice(ask(connection, sql, where.parameters), _RETRIEVED)


def _passage(asked: str, row: Any) -> Printed | None:
    """Find a wording in a text, a paragraph at a time."""
    wanted = Counter(term.stem for term in terms(asked))
    at = 0
    for line in row.text.split("\n"):
        start, at = at, at + len(line) + 1
        held = list(terms(line))
        if (wanted & Counter(term.stem for term in held)).total() < _AS_PRINTED * wanted.total():
            continue
        how = compare(asked, line)
        if how is None or how.score < _AS_PRINTED or how.sense or how.likeness is Likeness.ALTERED:
            continue
        return Printed(
            row.id, row.title, row.outlet, row.published, row.url, start, start + len(line), line.strip(),
            sentence_around(row.text, start, start + len(line)), how,
        )  # fmt: skip
    return None
