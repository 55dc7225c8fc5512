"""Did you mean …? Words, speakers and outlets that the archive has, near those that it hasn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.archive.search import finding
from quotes.archive.search.query import parse
from quotes.archive.speakers.listing import names_like, speaker_condition
from quotes.archive.speakers.names import fold_name
from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.dialects import dialect_of
from quotes.archive.store.folding import fold
from quotes.archive.values import Filters

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NEAR = 0.75
# A word of five letters with one of them changed is near, "lors" and "loyers" are not.
_NEAR_WORD, _NEAR_SHORT, _SHORT = 0.83, 0.8, 5
_WORDS_OF_NAME = 3
_MOST = 3
_WORDS = 5
_SHORTEST = 4
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Hints:
    """What may have been meant: near words (by the word typed), speakers, outlets.

    ``named`` are speakers who have the words looked for as their name.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def hints(connection: Reader | Connection, typed: str | None, filters: Filters, *, found: bool) -> Hints:
    """Give what may have been meant by a search that found something, or nothing."""
    query = parse(typed or "", exact=False)
    words = [term.exact for one in query.words for term in one.terms]
    filters = finding.merged(filters, query)
    named: tuple[str, ...] = ()
    if words and filters.speaker is None:
        named = _named(connection, words)
    if found:
        return Hints(named=named)
    speakers = outlets = ()  # type: tuple[str, ...]
    if filters.speaker is not None and not _named(connection, filters.speaker.split()):
        speakers = tuple(names_like(connection, filters.speaker, _MOST))
    elif filters.speaker is None and not named and 0 < len(words) <= _WORDS_OF_NAME:
        speakers = tuple(names_like(connection, " ".join(words), _MOST))
    if filters.outlet is not None:
        outlets = outlets_like(connection, filters.outlet)
    return Hints(_words_like(connection, words), speakers, outlets, named)


def with_word(query: str, typed: str, word: str) -> str:
    """Give a query with another word in the place of one of ``Hints.words``, which are told folded.

    >>> with_word('Atendu "ce soir"', "atendu", "attendu")
    'attendu "ce soir"'
    """
    return " ".join(word if fold(part.strip('"*()«»')) == typed else part for part in query.split())


def _named(connection: Reader | Connection, words: Sequence[str]) -> tuple[str, ...]:
    """Give speakers who have these words in their name; who has most quotes isn't asked."""
    condition, parameters = speaker_condition(connection, " ".join(words))
    sql = f"""SELECT DISTINCT s.name FROM speaker_aliases l JOIN speakers s ON s.id = l.speaker_id
 WHERE l.id IN (SELECT id FROM speaker_aliases WHERE {condition}) AND s.type != 'unnamed'
 ORDER BY s.name LIMIT {_MOST}"""
    return tuple(row.name for row in ask(connection, sql, parameters))


def outlets_like(connection: Reader | Connection, outlet: str) -> tuple[str, ...]:
    """Give outlets whose name resembles one that isn't there; none where it is."""
    import difflib

    names = {fold_name(name): name for name in finding.outlets(connection)}
    folded = fold_name(outlet)
    if any(f" {folded} " in f" {name} " for name in names):
        return ()
    close = difflib.get_close_matches(folded, names, n=_MOST, cutoff=_NEAR)
    return tuple(names[name] for name in close)


def _words_like(
    connection: Reader | Connection, words: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give for each word that no quote has those that are nearly it."""
    import difflib

    found = []
    for word in dict.fromkeys(word for word in words[:_WORDS] if _SHORTEST <= len(word) <= _LONGEST):
        # A slip in the first letter is rare, and looking for it would read all words.
        known = dialect_of(connection).words_from(connection, word[:1], len(word) - 2, len(word) + 2)
        near = _NEAR_SHORT if len(word) <= _SHORT else _NEAR_WORD
        close = difflib.get_close_matches(word, sorted(known), n=_MOST, cutoff=near)
        if close and word not in known:
            found.append((word, tuple(close)))
    return tuple(found)
