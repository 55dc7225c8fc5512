"""Who is who across articles: joining, parting, renaming speakers by hand, and guessing doubles.

All of it changes names, that is rows of ``speaker_aliases``: the quotes follow the name under which
they were extracted, today and after each later extraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from quotes.archive.speakers import genders, resolving
from quotes.archive.speakers.names import crosses_articles, fold_name, name_key
from quotes.archive.store import journal
from quotes.archive.store.schema import AliasRecord, SpeakerRecord, table_of
from quotes.archive.values import SpeakerRow
from quotes.errors import ArchiveError
from quotes.messages import ENGLISH, _, speaking
from quotes.model import Speaker, SpeakerType

MERGE = "merge"
"""The action of a merge in the journal."""
SPLIT = "split"
"""The action of a split, which may be made of corrections."""
_SPEAKERS = table_of(SpeakerRecord)
_ALIASES = table_of(AliasRecord)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two speakers that may be one, and why; ``likelihood`` (0–1) is an estimate, for sorting."""

    speaker_id: int
    name: str
    other_id: int
    other: str
    reason: str
    likelihood: float


def _speaker(connection: Connection, speaker_id: int) -> Any:
    row = connection.execute(select(_SPEAKERS).where(_SPEAKERS.c.id == speaker_id)).first()
    if row is None:
        raise ArchiveError(f"there is no speaker {speaker_id}: `quotes speakers` lists them")
    return row


def _alias_ids(connection: Connection, speaker_ids: Iterable[int]) -> list[int]:
    rows = connection.execute(select(_ALIASES.c.id).where(_ALIASES.c.speaker_id.in_(list(speaker_ids))))
    return [row.id for row in rows]


class ChangeOfSpeakers:
    """A change of some speakers with their names: images before, and the journal's entry after."""

    def __init__(self, connection: Connection, speaker_ids: Iterable[int]) -> None:
        self.connection = connection
        self.speaker_ids = set(speaker_ids)
        self.alias_ids = set(_alias_ids(connection, self.speaker_ids))
        self.before = self._images()

    def _images(self) -> journal.Images:
        ids = {"speakers": self.speaker_ids, "speaker_aliases": self.alias_ids}
        return journal.images(self.connection, ids)

    def done(
        self, who: str, action: str, summary: str, *added_speakers: int, also: journal.Images | None = None
    ) -> int:
        """Write the change down; ``also`` are rows of other tables that it has added."""
        self.speaker_ids.update(added_speakers)
        self.alias_ids.update(_alias_ids(self.connection, self.speaker_ids))
        before, after = self.before, self._images()
        for name in before:
            # What has not changed need not be kept, nor stand in the way of undoing.
            same = [key for key, row in before[name].items() if after[name].get(key) == row]
            for key in same:
                del before[name][key]
                del after[name][key]
        after |= also or {}
        return journal.record(
            self.connection, who=who, action=action, summary=summary, before=before, after=after
        )


def merge(connection: Connection, target_id: int, other_ids: Sequence[int], who: str) -> int:
    """Make several speakers one, who keeps the target's name; give the journal's number."""
    others = [other for other in dict.fromkeys(other_ids) if other != target_id]
    if not others:
        raise ArchiveError("a merge needs two speakers: `quotes speakers` lists them")
    target = _speaker(connection, target_id)
    rows = [_speaker(connection, other) for other in others]
    change = ChangeOfSpeakers(connection, [target_id, *others])
    moved = _alias_ids(connection, others)
    connection.execute(update(_ALIASES).where(_ALIASES.c.id.in_(moved)).values(speaker_id=target_id))
    scope = target.article_id if all(row.article_id == target.article_id for row in rows) else None
    connection.execute(update(_SPEAKERS).where(_SPEAKERS.c.id == target_id).values(article_id=scope))
    resolving.settle(connection, _alias_ids(connection, [target_id]))
    genders.settle(connection, [target_id])
    connection.execute(delete(_SPEAKERS).where(_SPEAKERS.c.id.in_(others)))
    names = ", ".join(row.name for row in rows)
    return change.done(who, MERGE, f"{names} → {target.name}")


def rename(connection: Connection, speaker_id: int, name: str, who: str) -> int:
    """Give a speaker another name; the old one still leads to them."""
    speaker = _speaker(connection, speaker_id)
    if speaker.name == name:
        raise ArchiveError(f"speaker {speaker_id} is called {name!r} already")
    change = ChangeOfSpeakers(connection, [speaker_id])
    _lead(connection, speaker, name, scope=speaker.article_id)
    named = Speaker(name, SpeakerType(speaker.type))
    incomplete = speaker.incomplete and not crosses_articles(named)
    connection.execute(
        update(_SPEAKERS).where(_SPEAKERS.c.id == speaker_id).values(name=name, incomplete=incomplete)
    )
    return change.done(who, "rename", f"{speaker.name} → {name}")


def alias(connection: Connection, speaker_id: int, name: str, who: str) -> int:
    """Let another name lead to a speaker, in every article to come."""
    speaker = _speaker(connection, speaker_id)
    change = ChangeOfSpeakers(connection, [speaker_id])
    if not _lead(connection, speaker, name, scope=None):
        raise ArchiveError(f"{name!r} is a name of {speaker.name} already")
    return change.done(who, "alias", f"{name} = {speaker.name}")


def _lead(connection: Connection, speaker: Any, name: str, *, scope: int | None) -> bool:
    """Let a name lead to a speaker; false when it does so already."""
    key = name_key(name)
    if not key:
        raise ArchiveError(f"{name!r} is no name: it has no letter in it")
    holder = connection.execute(
        select(_ALIASES.c.speaker_id, _SPEAKERS.c.name)
        .join(_SPEAKERS, _SPEAKERS.c.id == _ALIASES.c.speaker_id)
        .where(
            _ALIASES.c.folded == key,
            _ALIASES.c.type == speaker.type,
            _ALIASES.c.article_id.is_(None) if scope is None else _ALIASES.c.article_id == scope,
        )
    ).first()
    if holder is None:
        resolving.add_alias(connection, speaker.id, name, speaker.type, scope)
        return True
    if holder.speaker_id != speaker.id:
        raise ArchiveError(
            f"{name!r} is speaker {holder.speaker_id} already:"
            f" `quotes merge {speaker.id} {holder.speaker_id}` makes them one"
        )
    return False


@dataclass(frozen=True, slots=True)
class Parted:
    """A speaker who was parted from another one."""

    id: int
    name: str
    type: str
    from_name: str


def part(connection: Connection, speaker_id: int, name: str | None) -> tuple[Parted, ChangeOfSpeakers]:
    """Add a speaker who is not the one of the same name; the caller moves quotes and ends the change."""
    speaker = _speaker(connection, speaker_id)
    change = ChangeOfSpeakers(connection, [speaker_id])
    new_name = name or free_name(connection, speaker.name, speaker.type)
    added = connection.execute(
        insert(_SPEAKERS).returning(_SPEAKERS.c.id),
        {
            "name": new_name,
            "type": speaker.type,
            "gender": None,
            "incomplete": speaker.incomplete,
            "article_id": None,
            "kept_from": speaker_id,
        },
    ).scalar_one()
    _lead(connection, _speaker(connection, added), new_name, scope=None)
    return Parted(added, new_name, speaker.type, speaker.name), change


def split(
    connection: Connection, speaker_id: int, article_ids: Sequence[int], name: str | None, who: str
) -> tuple[int, int]:
    """Part a speaker: in these articles it is somebody else. Give the entry's number and the new id."""
    speaker = _speaker(connection, speaker_id)
    rows = connection.execute(
        text(
            "SELECT DISTINCT q.article_id, l.id, l.name, l.folded, l.type, l.article_id AS scope"
            " FROM quotes q JOIN speaker_aliases l ON l.id = q.alias_id WHERE q.speaker_id = :speaker_id"
        ),
        {"speaker_id": speaker_id},
    ).all()
    moving = [row for row in rows if row.article_id in set(article_ids)]
    missing = set(article_ids) - {row.article_id for row in moving}
    if missing or not moving:
        listed = ", ".join(map(str, sorted(missing))) or "given"
        raise ArchiveError(f"{speaker.name} has no quote in the article {listed}: nothing was split")
    if len(moving) == len(rows):
        raise ArchiveError(f"these are all articles with {speaker.name}: nothing would be left, use rename")
    other, change = part(connection, speaker_id, name)
    added = other.id
    for row in moving:
        if row.scope is None:
            alias_id = resolving.add_alias(connection, added, row.name, row.type, row.article_id)
            connection.execute(
                text("UPDATE quotes SET alias_id = :new WHERE alias_id = :old AND article_id = :article_id"),
                {"new": alias_id, "old": row.id, "article_id": row.article_id},
            )
        else:
            connection.execute(update(_ALIASES).where(_ALIASES.c.id == row.id).values(speaker_id=added))
    resolving.settle(connection, _alias_ids(connection, [added]))
    genders.settle(connection, [speaker_id, added])
    listed = ", ".join(map(str, sorted(set(article_ids))))
    with speaking(ENGLISH):
        summary = parted(f"{speaker.name} → {other.name}", "article", listed)
    return change.done(who, SPLIT, summary, added), added


def parted(names: str, where: str, numbers: str) -> str:
    """Say in the language spoken that a speaker was parted from another, in a ``quote`` or an ``article``."""
    if where == "quote":
        return _("{names} in quote {numbers}").format(names=names, numbers=numbers)
    return _("{names} in article {numbers}").format(names=names, numbers=numbers)


def free_name(connection: Connection, name: str, kind: str) -> str:
    """Give the name with the first number that nobody bears yet: "Jean Roy (2)"."""
    number = 2
    while True:
        candidate = f"{name} ({number})"
        taken = connection.execute(
            select(_ALIASES.c.id).where(
                _ALIASES.c.folded == name_key(candidate),
                _ALIASES.c.type == kind,
                _ALIASES.c.article_id.is_(None),
            )
        ).first()
        if taken is None:
            return candidate
        number += 1


# Words that don't count in the initials of an organisation.
_SMALL_WORDS = frozenset(
    {"de", "du", "des", "la", "le", "les", "l", "d", "et", "pour", "en", "a", "au", "aux"}
)
# A group of equal surnames larger than this says nothing.
_MOST_OF_A_NAME = 50


def suggest(speakers: Iterable[SpeakerRow], kept_apart: frozenset[tuple[int, int]]) -> list[Suggestion]:
    """Give likely doubles, likeliest first. Compares only who shares a key, never all with all."""
    found: dict[tuple[int, int], Suggestion] = {}
    for suggestion in _candidates(list(speakers)):
        pair = (
            min(suggestion.speaker_id, suggestion.other_id),
            max(suggestion.speaker_id, suggestion.other_id),
        )
        if pair not in kept_apart and (pair not in found or found[pair].likelihood < suggestion.likelihood):
            found[pair] = suggestion
    return sorted(found.values(), key=lambda s: (-s.likelihood, s.name, s.other_id))


def _candidates(speakers: list[SpeakerRow]) -> Iterator[Suggestion]:
    people = [(name_key(row.name).split(), row) for row in speakers if row.type == SpeakerType.PERSON]
    by_surname: dict[str, list[tuple[list[str], SpeakerRow]]] = defaultdict(list)
    by_words: dict[tuple[str, ...], list[SpeakerRow]] = defaultdict(list)
    by_near: dict[str, list[tuple[str, SpeakerRow]]] = defaultdict(list)
    for words, row in people:
        if not words:
            continue
        by_surname[words[-1]].append((words, row))
        if len(words) > 1:
            by_words[tuple(sorted(words))].append(row)
            key = " ".join(words)
            for near in {key, *(key[:n] + key[n + 1 :] for n in range(len(key)))}:
                by_near[near].append((key, row))
    for group in by_surname.values():
        yield from _same_surname(group)
    for rows in by_words.values():
        yield from _pairs(rows, "the same words in another order", 0.8)
    for near_rows in by_near.values():
        if 1 < len(near_rows) <= _MOST_OF_A_NAME:
            for number, (key, row) in enumerate(near_rows):
                others = [other for other_key, other in near_rows[number + 1 :] if other_key != key]
                for other in others:
                    yield from _pairs([row, other], "the names differ in one letter", 0.75)
    yield from _acronyms([row for row in speakers if row.type == SpeakerType.ORGANIZATION])


def _pairs(rows: Sequence[SpeakerRow], reason: str, likelihood: float) -> Iterator[Suggestion]:
    for number, row in enumerate(rows[:_MOST_OF_A_NAME]):
        for other in rows[number + 1 : _MOST_OF_A_NAME]:
            if row.id == other.id or not _may_be_one(row, other):
                continue
            shorter, longer = sorted((row, other), key=lambda one: (len(one.name), one.id))
            yield Suggestion(shorter.id, shorter.name, longer.id, longer.name, reason, likelihood)


def _may_be_one(row: SpeakerRow, other: SpeakerRow) -> bool:
    """Two genders are two people."""
    return not (row.gender and other.gender and row.gender != other.gender)


def _same_surname(group: Sequence[tuple[list[str], SpeakerRow]]) -> Iterator[Suggestion]:
    full = [(words, row) for words, row in group if len(words) > 1][:_MOST_OF_A_NAME]
    for words, row in group[: _MOST_OF_A_NAME * 4]:
        for other_words, other in full:
            if row.id == other.id:
                continue
            if len(words) == 1:
                fitting = [
                    one for _, one in full if not (row.gender and one.gender and row.gender != one.gender)
                ]
                likelihood = 0.6 if len(fitting) == 1 else 0.3
                yield from _pairs([row, other], "a bare surname, and a full name with it", likelihood)
            elif _is_initial(words[0], other_words[0]):
                yield from _pairs([row, other], "an initial, and a first name with it", 0.9)
            elif len(words) < len(other_words) and set(words) < set(other_words):
                yield from _pairs([row, other], "the same name with more words", 0.5)


def _is_initial(short: str, long: str) -> bool:
    return len(short) == 1 and len(long) > 1 and long.startswith(short)


def _acronyms(organizations: Sequence[SpeakerRow]) -> Iterator[Suggestion]:
    by_name: dict[str, list[SpeakerRow]] = defaultdict(list)
    for row in organizations:
        by_name[fold_name(row.name).replace(" ", "")].append(row)
    for row in organizations:
        words = [word for word in fold_name(row.name).split() if word not in _SMALL_WORDS]
        if len(words) > 2:
            initials = "".join(word[0] for word in words)
            for other in by_name.get(initials, []):
                yield from _pairs([row, other], "an acronym, and a name with its initials", 0.7)


def kept_apart(connection: Connection) -> frozenset[tuple[int, int]]:
    """Give the pairs (lower id first) that somebody has parted."""
    rows = connection.execute(
        select(_SPEAKERS.c.id, _SPEAKERS.c.kept_from).where(_SPEAKERS.c.kept_from.is_not(None))
    )
    return frozenset((min(pair), max(pair)) for pair in (tuple(row) for row in rows))
