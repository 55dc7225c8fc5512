"""Taking back what people changed by hand, in any order, so that what is left is as if it had never been.

Corrections and edits are laid anew over what was found and stated, without the one that is undone. A
change of speakers is images of rows, which are put back. What a later change stands on stays, and the
later one is named: it has to be undone first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from quotes.archive.articles import edits
from quotes.archive.corrections import corrections, overlay, telling
from quotes.archive.corrections.corrections import FIX
from quotes.archive.corrections.overlay import Correction
from quotes.archive.speakers import genders, resolving
from quotes.archive.speakers.names import name_key
from quotes.archive.speakers.who_is_who import MERGE, SPLIT
from quotes.archive.store import journal
from quotes.archive.store.journal import Images, Recorded
from quotes.archive.store.schema import AliasRecord, SpeakerRecord, table_of
from quotes.errors import ArchiveError

_SPEAKERS = table_of(SpeakerRecord)
_ALIASES = table_of(AliasRecord)
# Parents first: rows are put back in this order and taken away in the other one.
_TABLES = {"speakers": _SPEAKERS, "speaker_aliases": _ALIASES}
_FREE = text(
    "UPDATE quotes SET alias_id = coalesce((SELECT e.id FROM speaker_aliases e"
    " JOIN speaker_aliases l ON l.folded = e.folded AND l.type = e.type"
    " WHERE l.id = quotes.alias_id AND e.article_id IS NULL AND e.id != l.id), alias_id)"
    " WHERE alias_id IN :gone RETURNING alias_id"
).bindparams(bindparam("gone", expanding=True))


def undo(connection: Connection, entry_id: int | None) -> Recorded:
    """Undo a change: the one named, or the last that isn't undone."""
    entries = journal.everything(connection)
    live = [one for one in entries if one.undone_at is None]
    if entry_id is None and not live:
        raise ArchiveError("there is nothing to undo")
    entry = live[-1] if entry_id is None else next((one for one in entries if one.id == entry_id), None)
    if entry is None:
        raise ArchiveError(f"there is no change {entry_id}: `quotes history` lists them")
    if entry.undone_at is not None:
        raise ArchiveError(f"change {entry.id} is undone already")
    later = [one for one in live if one.id > entry.id]
    _refuse_if_stood_upon(connection, entry, later)
    # Corrections go first: their quotes may hang on names that go away next.
    taken = entry.after.get("corrections", {})
    corrections.take_away(connection, [int(key) for key in taken])
    journal.mark_undone(connection, entry.id)
    if entry.action == FIX:
        for image in taken.values():
            _settle_named(connection, overlay.correction_of(image))
    else:
        _put_back(connection, entry, later)
    for article_id in entry.after.get("articles", {}):
        edits.lay_over(connection, int(article_id))
    return entry


def _refuse_if_stood_upon(connection: Connection, entry: Recorded, later: Iterable[Recorded]) -> None:
    for one in later:
        if _stands_on(connection, one, entry):
            raise _stands_upon(entry, one)
    for name in _TABLES:
        now = journal.images(connection, {name: map(int, _keys(entry, name))})[name]
        if not _same(now, entry.after.get(name, {})):
            raise ArchiveError(
                f"change {entry.id} can't be undone: its speakers have changed since, by articles that were"
                " added; use `quotes split`, `merge` or `rename`"
            )


def _stands_on(connection: Connection, later: Recorded, entry: Recorded) -> bool:
    """Tell whether a later change would have been another one, or none, without this one."""
    before, after = (images.get("speakers", {}) for images in (entry.before, entry.after))
    added = {int(key) for key in after.keys() - before.keys()}
    changed = {int(key) for key in after.keys() & before.keys()}
    # A merge takes over what is known of those whom it joins.
    if (
        _rows(entry) & _rows(later)
        or (later.action != FIX and added & _speakers(later))
        or (later.action == MERGE and changed & _speakers(later))
    ):
        return True
    # A speaker took a name that leads to them since this change only.
    if later.action != FIX and _names_taken(later) & _names_touched(entry):
        return True
    of_fix = FIX in (entry.action, later.action) and entry.action != later.action
    if (of_fix or later.action == SPLIT) and _speakers(entry) & _speakers(later):
        return True
    if entry.action == FIX:
        return later.action == SPLIT and bool(_articles(connection, entry) & _articles(connection, later))
    # A gender that was given to a name belongs to whomever the name led to then.
    for one in _corrections(later):
        if one.change.speaker and one.change.speaker.gender:
            article_id = corrections.article_of(connection, one.content_hash)
            led = resolving.led_to(connection, one.change.speaker, article_id)
            if led and led.speaker_id in _speakers(entry):
                return True
    return False


def _stands_upon(entry: Recorded, later: Recorded) -> ArchiveError:
    action, what = later.action, telling.what_of(later)
    return ArchiveError(
        f"change {entry.id} can't be undone, change {later.id} ({action} {what}) stands on it:"
        f" `quotes undo {later.id}` first"
    )


def _keys(entry: Recorded, table: str) -> set[str]:
    return {key for images in (entry.before, entry.after) for key in images.get(table, {})}


def _rows(entry: Recorded) -> set[tuple[str, str]]:
    """The rows of speakers and names that a change has touched; a fix only gives genders and new names."""
    if entry.action == FIX:
        return set()
    return {(name, key) for name in _TABLES for key in _keys(entry, name)}


def _names_taken(entry: Recorded) -> set[str]:
    """The names, folded, that a change has given to speakers who were there before."""
    before, after = (images.get("speakers", {}) for images in (entry.before, entry.after))
    return {name_key(after[key]["name"]) for key in after.keys() & before.keys() if before[key] != after[key]}


def _names_touched(entry: Recorded) -> set[str]:
    """The names, folded, that a change has let lead to somebody."""
    return {
        image["folded"]
        for images in (entry.before, entry.after)
        for image in images.get("speaker_aliases", {}).values()
    }


def _speakers(entry: Recorded) -> set[int]:
    """The speakers that a change has touched: themselves, their names, who was parted from them."""
    found = {int(key) for key in _keys(entry, "speakers")}
    for images in (entry.before, entry.after):
        found |= {image["speaker_id"] for image in images.get("speaker_aliases", {}).values()}
        found |= {image["kept_from"] for image in images.get("speakers", {}).values() if image["kept_from"]}
    return found


def _corrections(entry: Recorded) -> list[Correction]:
    return [overlay.correction_of(one) for one in entry.after.get("corrections", {}).values()]


def _articles(connection: Connection, entry: Recorded) -> set[int]:
    """The articles in which a change corrects something, or gives a name another meaning."""
    names = entry.after.get("speaker_aliases", {}).values()
    corrected = {corrections.article_of(connection, one.content_hash) for one in _corrections(entry)}
    return {one for one in {image["article_id"] for image in names} | corrected if one is not None}


def _same(now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    """Compare images of rows; a gender is what quotes tell, whatever was changed."""

    def known(images: Mapping[str, Any]) -> dict[str, Any]:
        return {key: {**image, "gender": None} for key, image in images.items()}

    return known(now) == known(then)


def _settle_named(connection: Connection, undone: Correction) -> None:
    """Let a speaker go whom corrections have made, and whom none names any more."""
    named = undone.change.speaker
    if named is None:
        return
    article_id = corrections.article_of(connection, undone.content_hash)
    led = resolving.led_to(connection, named, article_id)
    if led is None:
        return
    fixes = [
        one
        for one in journal.everything(connection)
        if one.action == FIX and str(led.speaker_id) in one.after.get("speakers", {})
    ]
    if not fixes:
        return
    if any(str(led.speaker_id) in one.before.get("speakers", {}) for one in fixes):
        return
    if any(_leads(connection, one, led) for one in corrections.everyone(connection)):
        return
    if _is_idle(connection, led.speaker_id):
        connection.execute(delete(_ALIASES).where(_ALIASES.c.speaker_id == led.speaker_id))
        connection.execute(delete(_SPEAKERS).where(_SPEAKERS.c.id == led.speaker_id))


def _leads(connection: Connection, correction: Correction, led: resolving.Led) -> bool:
    """Tell whether a correction names this speaker."""
    if correction.change.speaker is None:
        return False
    article_id = corrections.article_of(connection, correction.content_hash)
    other = resolving.led_to(connection, correction.change.speaker, article_id)
    return other is not None and other.speaker_id == led.speaker_id


def _is_idle(connection: Connection, speaker_id: int) -> bool:
    used = text(
        "SELECT 1 FROM quotes WHERE speaker_id = :id"
        " OR alias_id IN (SELECT id FROM speaker_aliases WHERE speaker_id = :id) LIMIT 1"
    )
    return connection.execute(used, {"id": speaker_id}).first() is None


def _put_back(connection: Connection, entry: Recorded, later: Iterable[Recorded]) -> None:
    before, after = entry.before, entry.after
    for name, table in _TABLES.items():
        for key, image in before.get(name, {}).items():
            if key in after.get(name, {}):
                connection.execute(update(table).where(table.c.id == int(key)).values(image))
            else:
                connection.execute(insert(table).values(image))
    for name, table in reversed(_TABLES.items()):
        gone = [int(key) for key in after.get(name, {}).keys() - before.get(name, {}).keys()]
        if name == "speaker_aliases":
            _free_aliases(connection, entry, gone, later)
        if name == "speakers":
            changed = [int(key) for key in before.get("speakers", {})]
            names = select(_ALIASES.c.id).where(_ALIASES.c.speaker_id.in_(changed))
            moved = [int(key) for key in before.get("speaker_aliases", {})]
            resolving.settle(connection, {*connection.execute(names).scalars(), *moved})
        connection.execute(delete(table).where(table.c.id.in_(gone)))
    genders.settle(connection, _speakers(entry))


def _free_aliases(
    connection: Connection, entry: Recorded, alias_ids: Collection[int], later: Iterable[Recorded]
) -> None:
    """Let the quotes under names that go away follow the same name as it holds everywhere."""
    now = {row.alias_id for row in connection.execute(_FREE, {"gone": alias_ids})}
    if stuck := now & set(alias_ids):
        names = {(row["folded"], row["type"]) for row in _images(entry, stuck)}
        for one in later:
            named = [correction.change.speaker for correction in _corrections(one)]
            said = {(name_key(who.name), who.type.value) for who in named if who}
            if said & names:
                raise _stands_upon(entry, one)
        raise ArchiveError(
            f"change {entry.id} can't be undone, quotes were added under the name since:"
            " use `quotes split` or `merge`"
        )
    resolving.settle(connection, now)


def _images(entry: Recorded, alias_ids: Iterable[int]) -> Iterable[dict[str, Any]]:
    aliases: Images = entry.after
    return [aliases["speaker_aliases"][str(one)] for one in alias_ids]
