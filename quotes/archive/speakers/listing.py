"""The speakers of an archive as they are listed, each with names, roles, and when they were heard."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from quotes.archive.speakers.names import fold_name, is_whole, name_key, role_key
from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.conditions import Conditions
from quotes.archive.store.dialects import EVERYTHING, dialect_of
from quotes.archive.values import Portrait, SpeakerRow
from quotes.errors import ArchiveError
from quotes.model import Gender, Speaker, SpeakerType

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ORDER = {
    "count": "quotes DESC, s.name, s.id",
    "last": "last DESC NULLS LAST, quotes DESC, s.name, s.id",
    "name": "s.name, s.id",
}
_SEPARATOR = "\x1f"
_ALIASES = """(SELECT {joined}(name, :separator) FROM (SELECT DISTINCT name FROM speaker_aliases l
 WHERE l.speaker_id = s.id AND l.name != s.name ORDER BY name) AS others) AS aliases"""
_WITH_WORD = "SELECT alias_id FROM name_words WHERE word"
_LAST_LETTER = chr(0x10FFFF)
# Of a name that more bear, nobody in particular is meant.
_MOST_BEARERS = 50
_COMPLETED = 200
# Who speaks every day stands beside everybody: these are looked at, the latest.
BESIDE_IN = 1_000
"""In the articles of so many quotes of a speaker it is looked who else is heard; the newest ones."""

# A shorter word resembles too many.
_SHORTEST_ALIKE = 4


def speaker_condition(connection: Reader | Connection, name: str) -> tuple[str, dict[str, Any]]:
    """Give a condition on ``speaker_aliases``: this very name if it is there, else its words.

    A name in quotation marks is that name alone.
    """
    key = name_key(name)
    if not key:
        return "1 = 0", {}
    if is_whole(name):
        return "folded = :speaker_key", {"speaker_key": key}
    if " " in key:
        known = ask(connection, "SELECT 1 FROM speaker_aliases WHERE folded = :key", {"key": key})
        if next(known, None) is not None:
            return "folded = :speaker_key", {"speaker_key": key}
    words = dict.fromkeys(key.split())
    sql = " AND ".join(f"id IN ({_WITH_WORD} = :speaker_{n})" for n in range(len(words)))
    return sql, {f"speaker_{n}": word for n, word in enumerate(words)}


def speakers(
    connection: Reader | Connection,
    name: str | None = None,
    *,
    speaker_ids: Iterable[int] | None = None,
    type: str | None = None,
    gender: str | None = None,
    sort: str = "count",
    limit: int | None = None,
) -> Iterator[SpeakerRow]:
    """Give who has quotes, of ``speaker_ids`` alone if there are any; see ``Archive.speakers``."""
    if sort not in _ORDER:
        raise ArchiveError(f"can't sort by {sort!r}: use {', '.join(_ORDER)}")
    found = Conditions()
    # Of an archive of a million quotes, those of all others would take the longest to count.
    counted = ""
    if name is not None:
        sql, parameters = speaker_condition(connection, name)
        bearers = f"IN (SELECT speaker_id FROM speaker_aliases WHERE {sql})"
        found.add(f"s.id {bearers}", **parameters)
        counted += f" AND speaker_id {bearers}"
    if speaker_ids is not None:
        numbers = dialect_of(connection).numbers("speaker_ids")
        found.add(f"s.id IN ({numbers})", speaker_ids=json.dumps(sorted(speaker_ids)))
        counted += f" AND speaker_id IN ({numbers})"
    if type is not None:
        found.add("s.type = :type", type=type)
    if gender == "unknown":
        found.add("s.gender IS NULL")
    elif gender is not None:
        found.add("s.gender = :gender", gender=gender)
    joined = dialect_of(connection).joined
    sql = f"""WITH counted AS (
SELECT speaker_id, count(*) AS quotes, min(nullif(published, '')) AS first, max(published) AS last
FROM quotes WHERE speaker_id IS NOT NULL{counted} GROUP BY speaker_id),
listed AS (SELECT s.id, s.name, s.type, s.gender, s.incomplete, c.quotes, c.first,
nullif(c.last, '') AS last FROM speakers s JOIN counted c ON c.speaker_id = s.id {found.where()}
ORDER BY {_ORDER[sort]} LIMIT :limit)
SELECT s.*,
(SELECT {joined}(text, :separator) FROM (SELECT r.text FROM quotes q JOIN roles r ON r.id = q.role_id
 WHERE q.speaker_id = s.id GROUP BY r.id, r.text ORDER BY count(*) DESC, min(q.id)) AS of_speaker) AS roles,
{_ALIASES.format(joined=joined)}
FROM listed s ORDER BY {_ORDER[sort]}"""
    parameters = {
        **found.parameters,
        "separator": _SEPARATOR,
        "limit": EVERYTHING if limit is None else limit,
    }
    for row in ask(connection, sql, parameters):
        yield SpeakerRow(
            id=row.id,
            name=row.name,
            type=row.type,
            gender=row.gender,
            incomplete=bool(row.incomplete),
            quotes=row.quotes,
            first=row.first,
            last=row.last,
            roles=_one_each(row.roles.split(_SEPARATOR)) if row.roles else (),
            aliases=_apart(row.aliases),
        )


def _apart(aliases: str | None) -> tuple[str, ...]:
    return tuple(aliases.split(_SEPARATOR)) if aliases else ()


def speaker(connection: Reader | Connection, name_or_id: str) -> SpeakerRow:
    """Give the one speaker with this number or name; an error lists them when there are several."""
    numbered = name_or_id.isascii() and name_or_id.isdigit() and len(name_or_id) < 20
    number = int(name_or_id) if numbered else None
    if number is not None and number < 2**63:
        found = list(speakers(connection, speaker_ids=[number]))
    else:
        found = list(speakers(connection, name_or_id))
        same = [row for row in found if name_key(row.name) == name_key(name_or_id)]
        found = same or found
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{row.id} {row.name}" for row in found[:8])
        more = " …" if len(found) > 8 else ""
        raise ArchiveError(f"{name_or_id!r} may be {listed}{more}: give the number")
    alike = names_like(connection, name_or_id)
    hint = f" (like it: {', '.join(alike)})" if alike else ": `quotes speakers` lists them"
    raise ArchiveError(f"there is no speaker {name_or_id!r} in the archive{hint}")


def portrait(connection: Reader | Connection, speaker_id: int) -> Portrait:
    """Give what the archive knows of a speaker: names, roles over time, years, outlets.

    Somebody may have every fifth quote of a million: each question reads their part of one index once.
    """
    joined = dialect_of(connection).joined
    sql = f"""SELECT s.id, s.name, s.type, s.gender, s.incomplete, {_ALIASES.format(joined=joined)}
 FROM speakers s WHERE s.id = :id"""
    known = next(ask(connection, sql, {"id": speaker_id, "separator": _SEPARATOR}), None)

    def rows(sql: str) -> list[Any]:
        return [tuple(row) for row in ask(connection, sql, {"id": speaker_id})]

    # In the order of the index: nothing is sorted.
    days: list[tuple[str, int]] = rows(
        "SELECT published, count(*) FROM quotes WHERE speaker_id = :id GROUP BY published ORDER BY published"
    )
    if known is None or not days:
        raise ArchiveError(f"there is no speaker {speaker_id}: `quotes speakers` lists them")
    roles = rows(
        "SELECT r.text, held.first, held.last, held.quotes FROM (SELECT role_id, count(*) AS quotes,"
        " min(nullif(published, '')) AS first, nullif(max(published), '') AS last, min(id) AS earliest"
        " FROM quotes WHERE speaker_id = :id GROUP BY role_id) AS held"
        " JOIN roles r ON r.id = held.role_id ORDER BY held.quotes DESC, held.earliest"
    )
    years: Counter[str] = Counter()
    for day, quotes in days:
        years[day[:4]] += quotes
    dated = [day for day, _ in days if day]
    row = SpeakerRow(
        id=known.id,
        name=known.name,
        type=known.type,
        gender=known.gender,
        incomplete=bool(known.incomplete),
        quotes=years.total(),
        first=dated[0] if dated else None,
        last=dated[-1] if dated else None,
        roles=_one_each(text for text, *_ in roles),
        aliases=_apart(known.aliases),
    )
    latest_first = sorted(roles, key=lambda role: (-role[3], role[0]))
    latest_first.sort(key=lambda role: role[2] or "", reverse=True)
    return Portrait(
        speaker=row,
        roles=_joined_roles(latest_first),
        years=tuple((year or None, quotes) for year, quotes in years.items()),
        outlets=tuple(
            rows(
                "SELECT outlet, count(*) FROM quotes WHERE speaker_id = :id"
                " GROUP BY outlet ORDER BY count(*) DESC, outlet NULLS FIRST"
            )
        ),
    )


def _one_each(roles: Iterable[str]) -> tuple[str, ...]:
    """Give of roles that differ in apostrophe, case, accents or article the first wording."""
    found: dict[str, str] = {}
    for role in roles:
        found.setdefault(role_key(fold_name(role)), role)
    return tuple(found.values())


Held = tuple[str, str | None, str | None, int]


def _joined_roles(roles: Iterable[Held]) -> tuple[Held, ...]:
    """Make wordings of one role one, under the most frequent: first and last date, and all quotes."""
    found: dict[str, list[Held]] = {}
    for role in roles:
        found.setdefault(role_key(fold_name(role[0])), []).append(role)
    return tuple(
        (
            max(same, key=lambda role: role[3])[0],
            min(filter(None, (role[1] for role in same)), default=None),
            max(filter(None, (role[2] for role in same)), default=None),
            sum(role[3] for role in same),
        )
        for same in found.values()
    )


def names_like(connection: Reader | Connection, name: str, limit: int = 3) -> list[str]:
    """Give names of the archive that resemble one that isn't in it ("did you mean …").

    Where none does as a whole, those with a word that resembles one of its words: a surname alone, mistyped.
    """
    # Only who has mistyped a name waits for it.
    import difflib

    rows = list(ask(connection, "SELECT folded, name FROM speaker_aliases ORDER BY id"))
    names = {row.folded: row.name for row in rows}
    close = difflib.get_close_matches(name_key(name), names, n=limit, cutoff=0.7)
    if not close:
        holders: dict[str, list[str]] = {}
        for folded in names:
            for word in folded.split():
                holders.setdefault(word, []).append(folded)
        typed = [word for word in name_key(name).split() if len(word) >= _SHORTEST_ALIKE]
        alike = [
            one for word in typed for one in difflib.get_close_matches(word, holders, n=limit, cutoff=0.8)
        ]
        close = list(dict.fromkeys(folded for word in alike for folded in holders[word]))[:limit]
    return list(dict.fromkeys(names[folded] for folded in close))


def names_beginning(connection: Reader | Connection, typed: str, limit: int) -> list[SpeakerRow]:
    """Give who has a name of which some word begins like this, most quotes first: to complete a name."""
    key = name_key(typed)
    if not key:
        return []
    *whole, begun = key.split()
    parameters: dict[str, Any] = {f"word_{n}": word for n, word in enumerate(whole)}
    conditions = [f"id IN ({_WITH_WORD} = :{name})" for name in parameters]
    conditions.append(f"id IN ({_WITH_WORD} >= :begun AND word < :past)")
    sql = f"""SELECT DISTINCT speaker_id FROM speaker_aliases
 WHERE {" AND ".join(conditions)} LIMIT {_COMPLETED}"""
    asked = {**parameters, "begun": begun, "past": begun + _LAST_LETTER}
    ids = [row.speaker_id for row in ask(connection, sql, asked)]
    return list(speakers(connection, speaker_ids=ids, limit=limit))


def bearing(connection: Reader | Connection, name: str, limit: int) -> list[int]:
    """Give the numbers of some who bear this name, or have these words in their name."""
    sql, parameters = speaker_condition(connection, name)
    of_name = f"SELECT DISTINCT speaker_id FROM speaker_aliases WHERE {sql} LIMIT :most"
    return [row.speaker_id for row in ask(connection, of_name, {**parameters, "most": limit})]


def bearers(connection: Reader | Connection, name: str, limit: int) -> list[SpeakerRow]:
    """Give who bears this name, or has these words in their name; nobody where too many do."""
    ids = bearing(connection, name, _MOST_BEARERS + 1)
    return list(speakers(connection, speaker_ids=ids, limit=limit)) if len(ids) <= _MOST_BEARERS else []


def heard_with(connection: Reader | Connection, speaker_id: int, limit: int) -> list[tuple[int, str, int]]:
    """Give who is quoted in the same articles (number, name, articles), most articles first.

    Of somebody with many quotes, in the articles of the newest ``BESIDE_IN`` of them.
    """
    sql = """SELECT s.id, s.name, beside.articles FROM (
 SELECT o.speaker_id, count(DISTINCT o.article_id) AS articles FROM quotes o
 WHERE o.article_id IN (SELECT article_id FROM
 (SELECT article_id FROM quotes WHERE speaker_id = :id ORDER BY published DESC LIMIT :looked_at) AS latest)
 AND o.speaker_id IS NOT NULL AND o.speaker_id != :id GROUP BY o.speaker_id) AS beside
 JOIN speakers s ON s.id = beside.speaker_id ORDER BY beside.articles DESC, s.name, s.id LIMIT :limit"""
    asked = {"id": speaker_id, "limit": limit, "looked_at": BESIDE_IN}
    return [(row.id, row.name, row.articles) for row in ask(connection, sql, asked)]


def named(
    connection: Reader | Connection, name: str, kind: SpeakerType | None, gender: Gender | None
) -> Speaker:
    """Give the archive's speaker of this very name, or a new one: what a person types into a correction."""
    if not name_key(name):
        raise ArchiveError(f"{name!r} is no name")
    for row in speakers(connection, name, type=kind and kind.value):
        if name_key(row.name) == name_key(name):
            return Speaker(row.name, SpeakerType(row.type), gender)
    return Speaker(name, kind or SpeakerType.PERSON, gender)
