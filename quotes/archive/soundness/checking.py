"""What is wrong in an archive, row by row: each is read as the program reads it, and held against the rest.

What can be told from something else that is stored (a folded name from the name, terms from words, what
quotes repeat of their article and speaker) is *derived*: ``repairing`` makes it anew. Damage of what is
told nowhere else is named and left alone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.archive.articles.bodies import body_of_text, content_hash
from quotes.archive.corrections.overlay import correction_of, quote_from_json
from quotes.archive.search.terms import index_columns
from quotes.archive.soundness import values
from quotes.archive.soundness.values import WrongError
from quotes.archive.speakers.names import fold_name, name_key
from quotes.archive.store.asking import Reader, ask, from_json
from quotes.archive.store.dialects import dialect_of
from quotes.archive.wordings.likeness import sketch
from quotes.model import Gender, NotQuote, QuoteKind, SpeakerType, Zone, ZoneKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KINDS = frozenset(QuoteKind)
_TYPES = frozenset(SpeakerType)
_GENDERS = frozenset(Gender)
_AT_ONCE = 200
# A number of a sketch is kept with the first forty quotes that have it: where so few have it, all do.
_FEW_HOLDERS = 8
_MOST_OF_A_SORT = 20

_QUOTES = """SELECT q.*, t.exact, t.stems, t.quote_id AS indexed, a.outlet AS of_outlet,
 coalesce(a.published, '') AS of_published, s.type AS of_type, s.gender AS of_gender,
 l.speaker_id AS of_alias
 FROM quotes q JOIN articles a ON a.id = q.article_id
 LEFT JOIN quote_terms t ON t.quote_id = q.id
 LEFT JOIN speakers s ON s.id = q.speaker_id
 LEFT JOIN speaker_aliases l ON l.id = q.alias_id
 WHERE q.article_id IN ({ids}) ORDER BY q.id"""
_HOLDERS = """SELECT k.hash, k.quote_id FROM ({hashes}) h JOIN quote_sketches k ON k.hash = h.value"""


class Flaw(NamedTuple):
    """Something wrong: a sentence, and whether it can be made anew from what is told elsewhere."""

    sentence: str
    derived: bool = False


def flaws(connection: Reader | Connection) -> Iterator[Flaw]:
    """Read all rows of an archive; give what is wrong, a sentence each, and of one sort not too many."""
    told: Counter[tuple[str, Flaw]] = Counter()
    for what, number, found in _everything(connection):
        told[what, found] += 1
        if told[what, found] <= _MOST_OF_A_SORT:
            yield Flaw(f"{what} {number}: {found.sentence}", found.derived)
    for (what, found), count in told.items():
        if count > _MOST_OF_A_SORT:
            more = f"{what}: {found.sentence}, in {count - _MOST_OF_A_SORT} more"
            yield Flaw(more, found.derived)


_Found = Iterator[tuple[str, object, Flaw]]


def _everything(connection: Reader | Connection) -> _Found:
    yield from _articles(connection)
    yield from _each(connection, "speaker", _SPEAKERS, _speaker)
    yield from _each(connection, "name", _NAMES.format(joined=dialect_of(connection).joined), _alias)
    yield from _each(connection, "role", "SELECT * FROM roles ORDER BY id", _role)
    yield from _each(connection, "copy", "SELECT * FROM article_copies ORDER BY id", _copy)
    yield from _each(connection, "earlier version", "SELECT * FROM article_revisions ORDER BY id", _revision)
    yield from _each(connection, "likeness of article", _LIKENESSES, _likeness)
    yield from _each(connection, "correction", _CORRECTIONS, _correction)
    yield from _each(connection, "what was found in article", _FOUND, _found_before)
    yield from _each(connection, "change", "SELECT * FROM journal ORDER BY id", _journal)
    yield from _each(connection, "failure", "SELECT * FROM failures ORDER BY id", _failure)
    yield from _each(connection, "sketch of article", _LOOSE_ARTICLE_SKETCHES, _loose)
    yield from _each(connection, "number", _NUMBERS_TWICE, _number_twice)


_SPEAKERS = """SELECT s.*, (SELECT count(*) FROM speaker_aliases l WHERE l.speaker_id = s.id) AS names,
 (SELECT min(q.told_gender) FROM quotes q WHERE q.speaker_id = s.id) AS least,
 (SELECT max(q.told_gender) FROM quotes q WHERE q.speaker_id = s.id) AS most,
 EXISTS (SELECT 1 FROM quotes q WHERE q.speaker_id = s.id) AS speaks
 FROM speakers s ORDER BY s.id"""
_NAMES = """SELECT l.*, (SELECT {joined}(n.word, ' ') FROM name_words n WHERE n.alias_id = l.id) AS listed
 FROM speaker_aliases l ORDER BY l.id"""
_LIKENESSES = "SELECT article_id AS id, other_id, likeness FROM article_likenesses ORDER BY 1, 2"
_CORRECTIONS = """SELECT c.*, EXISTS (SELECT 1 FROM articles WHERE content_hash = c.content_hash)
 OR EXISTS (SELECT 1 FROM article_revisions WHERE content_hash = c.content_hash)
 OR EXISTS (SELECT 1 FROM article_copies WHERE content_hash = c.content_hash) AS placed
 FROM corrections c ORDER BY c.id"""
_FOUND = "SELECT article_id AS id, quotes, not_quotes FROM found_extractions ORDER BY 1"
_LOOSE_ARTICLE_SKETCHES = """SELECT DISTINCT article_id AS id FROM article_sketches
 WHERE article_id NOT IN (SELECT id FROM articles) ORDER BY 1"""
_NUMBERS_TWICE = "SELECT id FROM gone_quotes WHERE id IN (SELECT id FROM quotes) ORDER BY 1"


def _each(
    connection: Reader | Connection, what: str, sql: str, flaws_of: Callable[[Any], Iterable[Flaw]]
) -> _Found:
    for row in ask(connection, sql):
        for flaw in _read(flaws_of, row):
            yield what, row.id, flaw


def _read(flaws_of: Callable[..., Iterable[Flaw]], *arguments: Any) -> Iterator[Flaw]:
    """Give what is wrong with a row; the first value that can't be read ends it."""
    try:
        yield from flaws_of(*arguments)
    except WrongError as wrong:
        yield Flaw(str(wrong))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        yield Flaw(f"it can't be read ({type(error).__name__})")


def _articles(connection: Reader | Connection) -> _Found:
    last = -1
    kept = 0
    while rows := list(ask(connection, _SOME_ARTICLES, {"after": last, "limit": _AT_ONCE})):
        last = rows[-1].id
        ids = json.dumps([row.id for row in rows])
        sketches = _by_article(connection, _ARTICLE_SKETCHES, ids)
        texts: dict[int, str] = {}
        for row in rows:
            texts[row.id] = row.text if isinstance(row.text, str) else ""
            numbers = {one.hash for one in sketches[row.id]}
            for flaw in _read(_article, row, numbers):
                yield "article", row.id, flaw
        for row in ask(connection, _NOT_QUOTES.format(ids=_numbers(connection)), {"ids": ids}):
            for flaw in _read(_not_quote, row, texts[row.article_id]):
                yield "passage that is no quote", row.id, flaw
        quotes = list(ask(connection, _QUOTES.format(ids=_numbers(connection)), {"ids": ids}))
        wanted = {
            row.id: set(sketch(index_columns(row.text)[1].split())) if isinstance(row.text, str) else set()
            for row in quotes
        }
        held, holders = _sketches(connection, wanted)
        kept += sum(len(held[row.id] & wanted[row.id]) for row in quotes)
        for row in quotes:
            for flaw in _read(_quote, row, texts[row.article_id]):
                yield "quote", row.id, flaw
            if any(holders[number] < _FEW_HOLDERS for number in wanted[row.id] - held[row.id]):
                yield "quote", row.id, Flaw("quotes like it can't be found", derived=True)
    more = next(ask(connection, "SELECT count(*) FROM quote_sketches"))[0] - kept
    if more:
        yield "sketches", more, Flaw("they are of no quote's words", derived=True)


_SOME_ARTICLES = """SELECT a.*, b.body_hash FROM articles a LEFT JOIN article_bodies b ON b.article_id = a.id
 WHERE a.id > :after ORDER BY a.id LIMIT :limit"""
_ARTICLE_SKETCHES = "SELECT article_id, hash FROM article_sketches WHERE article_id IN ({ids})"
_NOT_QUOTES = "SELECT * FROM not_quotes WHERE article_id IN ({ids}) ORDER BY id"


def _numbers(connection: Reader | Connection) -> str:
    return dialect_of(connection).numbers("ids")


def _by_article(connection: Reader | Connection, sql: str, ids: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in ask(connection, sql.format(ids=_numbers(connection)), {"ids": ids}):
        found[row.article_id].append(row)
    return found


def _article(row: Any, sketch_numbers: set[int]) -> Iterator[Flaw]:
    text = values.text_of(row, "text") or ""
    if content_hash(text) != values.hash_of(row, "content_hash"):
        yield Flaw("its text is not the one that was stored (content_hash)")
    for name in ("title", "outlet", "url", "source", "section"):
        values.text_of(row, name, optional=True)
    values.text_of(row, "extractor_version")
    values.date_of(row, "published")
    values.date_of(row, "added_at", optional=False)
    for name in ("authors", "translators"):
        values.names_of(row, name)
    values.json_of(row, "stated", dict, optional=True)
    zones = [Zone(ZoneKind(kind), start, end) for kind, start, end in values.zones_of(row, len(text))]
    body = body_of_text(text, zones)
    if row.body_hash != body.hash:
        yield Flaw("it can't be known again by its body", derived=True)
    if sketch_numbers != set(body.sketch):
        yield Flaw("articles like it can't be found", derived=True)


def _not_quote(row: Any, article_text: str) -> Iterator[Flaw]:
    start, end = values.number_of(row, "start") or 0, values.number_of(row, "end") or 0
    values.text_of(row, "reason")
    words = values.text_of(row, "text") or ""
    if end > len(article_text):
        yield Flaw("it ends beyond its article")
    elif not values.same_letters(words, article_text[start:end]):
        yield Flaw("it is not what its article has at that place")


def _quote(row: Any, article_text: str) -> Iterator[Flaw]:
    words = values.text_of(row, "text") or ""
    yield from _derived(row, words)
    start, end = values.number_of(row, "start") or 0, values.number_of(row, "end") or 0
    values.one_of(row, "kind", _KINDS)
    if row.display not in (0, 1):
        raise WrongError("its display is neither yes nor no")
    if not isinstance(row.confidence, int | float):
        raise WrongError("its confidence is no number")
    values.text_of(row, "rule")
    values.text_of(row, "cue_lemma", optional=True)
    values.one_of(row, "told_gender", _GENDERS, optional=True)
    values.number_of(row, "utterance_id", optional=True)
    incises = values.spans_of(row, "incises", len(article_text))
    if end > len(article_text):
        yield Flaw("it ends beyond its article")
        return
    if row.kind != QuoteKind.INDIRECT and not _stands(words, article_text, start, end, incises):
        yield Flaw("it is not what its article has at that place")
    for name in ("mention", "cue"):
        values.passage_of(row, name, article_text)
    if (row.speaker_id is None) != (row.alias_id is None):
        yield Flaw("it has a speaker without a name, or a name without a speaker")


def _stands(words: str, article_text: str, start: int, end: int, incises: Sequence[tuple[int, int]]) -> bool:
    kept, at = "", start
    for first, last in incises:
        kept, at = kept + article_text[at:first], last
    return values.same_letters(words, kept + article_text[at:end])


def _derived(row: Any, words: str) -> Iterator[Flaw]:
    """What a quote repeats of its words, its article and its speaker."""
    exact, stems = index_columns(words)
    if row.indexed is None:
        yield Flaw("it can't be found by its words", derived=True)
    elif (row.exact, row.stems) != (exact, stems):
        yield Flaw("its terms are not those of its words", derived=True)
    if row.words != (exact.count(" ") + 1 if exact else 0):
        yield Flaw("its number of words is wrong", derived=True)
    if row.outlet != row.of_outlet or row.published != row.of_published:
        yield Flaw("its outlet or date is not that of its article", derived=True)
    if row.speaker_id is not None and row.alias_id is not None and row.of_alias != row.speaker_id:
        yield Flaw("its speaker is not the one to whom its name leads", derived=True)
    elif row.speaker_type != row.of_type or row.gender != row.of_gender:
        yield Flaw("its speaker's type or gender is not that of the speaker", derived=True)


def _sketches(
    connection: Reader | Connection, wanted: dict[int, set[int]]
) -> tuple[dict[int, set[int]], Counter[int]]:
    """Give the numbers that are kept with each of some quotes, and with how many quotes each of these is."""
    held: dict[int, set[int]] = defaultdict(set)
    holders: Counter[int] = Counter()
    hashes = json.dumps(sorted({number for numbers in wanted.values() for number in numbers}))
    sql = _HOLDERS.format(hashes=dialect_of(connection).numbers("hashes"))
    for row in ask(connection, sql, {"hashes": hashes}):
        held[row.quote_id].add(row.hash)
        holders[row.hash] += 1
    return held, holders


def _speaker(row: Any) -> Iterator[Flaw]:
    values.text_of(row, "name")
    values.one_of(row, "type", _TYPES)
    if row.gender is not None and row.gender not in _GENDERS:
        yield Flaw(f"its gender {row.gender!r} is none", derived=True)
    elif row.speaks and row.gender not in (row.least, row.most):
        yield Flaw("its gender is told by none of its quotes", derived=True)
    if row.incomplete not in (0, 1):
        raise WrongError("its incomplete is neither yes nor no")
    if not row.names:
        yield Flaw("no name leads to them", derived=True)


def _alias(row: Any) -> Iterator[Flaw]:
    name = values.text_of(row, "name") or ""
    values.one_of(row, "type", _TYPES)
    if row.folded != name_key(name):
        yield Flaw("it can't be found as it is written", derived=True)
    if set((row.listed or "").split()) != set(row.folded.split()):
        yield Flaw("it can't be found by its words", derived=True)


def _role(row: Any) -> Iterator[Flaw]:
    if row.folded != fold_name(values.text_of(row, "text") or ""):
        yield Flaw("it can't be found as it is written", derived=True)


def _copy(row: Any) -> Iterator[Flaw]:
    values.hash_of(row, "content_hash")
    values.date_of(row, "published")
    values.date_of(row, "added_at", optional=False)
    for name in ("title", "outlet", "url", "source"):
        values.text_of(row, name, optional=True)
    return iter(())


def _revision(row: Any) -> Iterator[Flaw]:
    text = values.text_of(row, "text") or ""
    if content_hash(text) != values.hash_of(row, "content_hash"):
        yield Flaw("its text is not the one that was stored (content_hash)")
    yield from _copy(row)
    for name in ("authors", "translators"):
        values.names_of(row, name)
    zones = [Zone(ZoneKind(kind), start, end) for kind, start, end in values.zones_of(row, len(text))]
    if body_of_text(text, zones).hash != row.body_hash:
        yield Flaw("it can't be known again by its body", derived=True)


def _likeness(row: Any) -> Iterator[Flaw]:
    if not (row.id < row.other_id and 0 <= row.likeness <= 1):
        yield Flaw(f"that to {row.other_id} is none")


def _correction(row: Any) -> Iterator[Flaw]:
    values.hash_of(row, "content_hash")
    values.date_of(row, "at", optional=False)
    values.date_of(row, "lost_at")
    for name in ("who", "exact", "prefix", "suffix"):
        values.text_of(row, name)
    image = {**row._asdict(), "change": values.json_of(row, "change", dict)}
    image["instead"] = values.json_of(row, "instead", dict)
    placed = image.pop("placed")
    correction_of(image)
    if not placed:
        yield Flaw("it is of a text that is not in the archive")


def _found_before(row: Any) -> Iterator[Flaw]:
    for one in values.json_of(row, "quotes", list):
        quote_from_json(one)
    for one in values.json_of(row, "not_quotes", list):
        NotQuote(**one)
    return iter(())


def _journal(row: Any) -> Iterator[Flaw]:
    values.date_of(row, "at", optional=False)
    values.date_of(row, "undone_at")
    for name in ("who", "action", "summary"):
        values.text_of(row, name)
    for name in ("before", "after"):
        for table, images in values.json_of(row, name, dict).items():
            if not isinstance(images, dict) or not all(key.isdigit() for key in images):
                raise WrongError(f"what it keeps of {table} is no row")
    for image in from_json(row.after).get("corrections", {}).values():
        correction_of(image)
    return iter(())


def _failure(row: Any) -> Iterator[Flaw]:
    values.date_of(row, "at", optional=False)
    values.json_of(row, "options", dict)
    for name in ("source", "reason"):
        values.text_of(row, name)
    return iter(())


def _loose(row: Any) -> Iterator[Flaw]:
    yield Flaw("there is none of this number", derived=True)


def _number_twice(row: Any) -> Iterator[Flaw]:
    yield Flaw("it is a quote's, and that of one that went away", derived=True)
