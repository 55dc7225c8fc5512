"""What people say of quotes, kept apart from what was found and laid over it again and again.

One whose words are no more in the text is reported, never dropped (see ``overlay``).

An article that was corrected has what the program found kept beside it, so that its quotes are always
that, with the present corrections laid over it in their order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, String, bindparam, delete, insert, select, text, update

from quotes.archive.articles import storing
from quotes.archive.corrections import telling
from quotes.archive.corrections.overlay import (
    Change,
    Correction,
    correction_of,
    found_before,
    lay_over,
    quote_from_json,
    without,
)
from quotes.archive.speakers import resolving, who_is_who
from quotes.archive.speakers.names import name_key
from quotes.archive.speakers.who_is_who import SPLIT
from quotes.archive.store import clock, journal
from quotes.archive.store.reading_rows import load
from quotes.archive.store.schema import CorrectionRecord, FoundRecord, table_of
from quotes.archive.values import StoredArticle
from quotes.errors import ArchiveError
from quotes.messages import ENGLISH, speaking
from quotes.model import (
    Extraction,
    Gender,
    NotQuote,
    Quote,
    Speaker,
    SpeakerType,
)

_CORRECTIONS = table_of(CorrectionRecord)
_FOUND = table_of(FoundRecord)
# A correction was made on the text as it was then: of an earlier version, of a copy with another footer.
_HASHES_OF = text(
    "SELECT content_hash FROM articles WHERE id = :article_id"
    " UNION SELECT content_hash FROM article_revisions WHERE article_id = :article_id"
    " UNION SELECT content_hash FROM article_copies WHERE article_id = :article_id"
)
_ARTICLES_OF = text(
    "SELECT id FROM articles WHERE content_hash IN :hashes"
    " UNION SELECT article_id FROM article_revisions WHERE content_hash IN :hashes"
    " UNION SELECT article_id FROM article_copies WHERE content_hash IN :hashes ORDER BY 1"
).bindparams(bindparam("hashes", type_=String(), expanding=True))
_CONTEXT = 32
FIX = "fix"
"""The action of a correction in the journal."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a newer extraction changes in an article: quotes added, gone, or given to another speaker."""

    article_id: int
    added: tuple[Quote, ...]
    gone: tuple[Quote, ...]
    other_speaker: tuple[tuple[Quote, Quote], ...]
    lost: tuple[Correction, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing would change, nothing is lost."""
        return not (self.added or self.gone or self.other_speaker or self.lost)


def of_article(connection: Connection, article_id: int) -> list[Correction]:
    """Give the corrections of an article, in the order in which they were made."""
    return _on(connection, connection.execute(_HASHES_OF, {"article_id": article_id}).scalars().all())


def _on(connection: Connection, hashes: Sequence[str]) -> list[Correction]:
    rows = connection.execute(
        select(_CORRECTIONS).where(_CORRECTIONS.c.content_hash.in_(hashes)).order_by(_CORRECTIONS.c.id)
    )
    return [correction_of(row._asdict()) for row in rows]


def everyone(connection: Connection) -> list[Correction]:
    """Give all corrections, in the order in which they were made."""
    return [
        correction_of(row._asdict())
        for row in connection.execute(select(_CORRECTIONS).order_by(_CORRECTIONS.c.id))
    ]


def fix(connection: Connection, quote_id: int, change: Change, who: str) -> int:
    """Write a correction down and lay it over; give the journal's number."""
    article_id = _article_of_quote(connection, quote_id)
    named = change.speaker
    known = named and resolving.led_to(connection, named, article_id)
    before = journal.images(connection, {"speakers": [known.speaker_id]} if known else {})
    quote, correction_id = _correct(connection, quote_id, change, who)
    after = journal.images(connection, {"corrections": [correction_id]})
    if known and (same := journal.images(connection, {"speakers": [known.speaker_id]})) != before:
        # A gender that was given here.
        after |= same
    elif known:
        before = {}
    elif named and (added := resolving.led_to(connection, named, article_id)):
        ids = {"speakers": [added.speaker_id], "speaker_aliases": [added.alias_id]}
        after |= journal.images(connection, ids)
    words = " ".join(quote.text.split())
    with speaking(ENGLISH):
        summary = telling.corrected(quote_id, f"{words[:40]}{'…' if len(words) > 40 else ''}", change)
    return journal.record(
        connection,
        who=who,
        action=FIX,
        summary=summary,
        before={"corrections": {}, **before},
        after=after,
    )


def split_quotes(
    connection: Connection, speaker_id: int, quote_ids: Sequence[int], name: str | None, who: str
) -> tuple[int, int]:
    """Part a speaker: these quotes are somebody else's. Give the entry's number and the new id."""
    theirs = {
        row.id: row.told_gender
        for row in connection.execute(
            text("SELECT id, told_gender FROM quotes WHERE speaker_id = :speaker_id"),
            {"speaker_id": speaker_id},
        )
    }
    wrong = sorted(set(quote_ids) - theirs.keys())
    if wrong or not quote_ids:
        listed = ", ".join(map(str, wrong)) or "given"
        raise ArchiveError(f"speaker {speaker_id} didn't say the quote {listed}: nothing was split")
    added, change = who_is_who.part(connection, speaker_id, name)
    made = []
    for quote_id in dict.fromkeys(quote_ids):
        told = theirs[quote_id]
        named = Speaker(added.name, SpeakerType(added.type), Gender(told) if told else None)
        made.append(_correct(connection, quote_id, Change(speaker=named), who)[1])
    listed = ", ".join(map(str, sorted(set(quote_ids))))
    with speaking(ENGLISH):
        summary = who_is_who.parted(f"{added.from_name} → {added.name}", "quote", listed)
    images = journal.images(connection, {"corrections": made})
    return change.done(who, SPLIT, summary, added.id, also=images), added.id


def _article_of_quote(connection: Connection, quote_id: int) -> int:
    found = connection.execute(
        text("SELECT article_id FROM quotes WHERE id = :id"), {"id": quote_id}
    ).scalar_one_or_none()
    if found is None:
        raise ArchiveError(f"there is no quote {quote_id}: `quotes search` gives their numbers")
    return int(found)


def _correct(connection: Connection, quote_id: int, change: Change, who: str) -> tuple[Quote, int]:
    """Store a correction and lay it over; give the quote as it was and the correction's id."""
    stored = load(connection, _article_of_quote(connection, quote_id), as_found=True)
    assert stored is not None
    quote = next(one.quote for one in stored.quotes if one.id == quote_id)
    article_text = stored.article.text
    earlier = of_article(connection, stored.id)
    found = found_in(connection, stored)
    if found is None:
        found = stored.extraction
        keep_found(connection, stored.id, found)
    correction_id: int = connection.execute(
        insert(_CORRECTIONS).returning(_CORRECTIONS.c.id),
        {
            "at": clock.now(),
            "who": who,
            "content_hash": stored.content_hash,
            "exact": article_text[quote.start : quote.end],
            "prefix": article_text[max(0, quote.start - _CONTEXT) : quote.start],
            "suffix": article_text[quote.end : quote.end + _CONTEXT],
            "start": quote.start,
            "change": change.to_json(),
            "instead": asdict(found_before(quote, found, earlier, article_text)),
            "lost_at": None,
        },
    ).scalar_one()
    lay_again(connection, stored.id)
    return quote, correction_id


def found_in(connection: Connection, stored: StoredArticle) -> Extraction | None:
    """Give what the program found in a corrected article; ``None`` where nothing was corrected."""
    row = connection.execute(select(_FOUND).where(_FOUND.c.article_id == stored.id)).first()
    if row is None:
        return None
    return Extraction(
        stored.article,
        tuple(quote_from_json(one) for one in row.quotes),
        tuple(NotQuote(**one) for one in row.not_quotes),
    )


def keep_found(connection: Connection, article_id: int, found: Extraction | None) -> None:
    """Keep what the program found in an article, to lay corrections over it; ``None``: no need any more."""
    connection.execute(delete(_FOUND).where(_FOUND.c.article_id == article_id))
    if found is not None:
        quotes, not_quotes = ([asdict(one) for one in some] for some in (found.quotes, found.not_quotes))
        row = {"article_id": article_id, "quotes": quotes, "not_quotes": not_quotes}
        connection.execute(insert(_FOUND), row)


def lay_again(connection: Connection, article_id: int) -> None:
    """Lay the present corrections of an article over what was found in it."""
    stored = load(connection, article_id, as_found=True)
    assert stored is not None
    found = found_in(connection, stored)
    if found is None:
        return
    corrections = of_article(connection, article_id)
    result, _ = lay_over(found, corrections)
    storing.replace_found(connection, article_id, result)
    if not corrections:
        keep_found(connection, article_id, None)


def take_away(connection: Connection, correction_ids: Collection[int]) -> None:
    """Forget corrections: their articles are again as found, under the corrections that are left."""
    rows = connection.execute(select(_CORRECTIONS).where(_CORRECTIONS.c.id.in_(correction_ids)))
    hashes = {row.content_hash for row in rows}
    connection.execute(delete(_CORRECTIONS).where(_CORRECTIONS.c.id.in_(correction_ids)))
    for article_id in connection.execute(_ARTICLES_OF, {"hashes": list(hashes)}).scalars().all():
        lay_again(connection, article_id)


def article_of(connection: Connection, content_hash: str) -> int | None:
    """Give the article that has the text with this hash, or had it."""
    found = connection.execute(_ARTICLES_OF, {"hashes": [content_hash]}).first()
    return int(found[0]) if found else None


def find_again(connection: Connection) -> None:
    """Keep what was found in the articles of an archive that didn't: undone, the corrections tell it."""
    articles = connection.execute(text("SELECT id, content_hash FROM articles ORDER BY id")).all()
    for article_id, content_hash in articles:
        corrections = _on(connection, [content_hash])
        stored = load(connection, article_id, as_found=True, told=False) if corrections else None
        if stored is None:
            continue
        found = stored.extraction
        for correction in reversed(corrections):
            found = without(found, correction)
        keep_found(connection, article_id, found)


def reextract(
    connection: Connection, article_id: int, found: Extraction, extractor_version: str, *, dry_run: bool
) -> Difference:
    """Put a newer extraction, with the corrections laid over it, in the place of the older one."""
    stored = load(connection, article_id, as_found=True)
    if stored is None:
        raise ArchiveError(f"there is no article {article_id}: `quotes articles` lists them")
    corrections = of_article(connection, article_id)
    result, lost = lay_over(found, corrections)
    old = {(quote.start, quote.end): quote for quote in stored.extraction.quotes}
    new = {(quote.start, quote.end): quote for quote in result.quotes}
    difference = Difference(
        article_id,
        added=tuple(quote for place, quote in new.items() if place not in old),
        gone=tuple(quote for place, quote in old.items() if place not in new),
        other_speaker=tuple(
            (old[place], quote)
            for place, quote in new.items()
            if place in old and _who(old[place]) != _who(quote)
        ),
        lost=lost,
    )
    if not dry_run:
        if not _is_stored(result, stored.extraction):
            storing.replace_found(connection, article_id, replace(result, article=stored.article))
        connection.execute(
            text("UPDATE articles SET extractor_version = :version WHERE id = :id"),
            {"version": extractor_version, "id": article_id},
        )
        if corrections:
            keep_found(connection, article_id, found)
            note_lost(connection, corrections, lost)
    return difference


def _is_stored(found: Extraction, stored: Extraction) -> bool:
    """Tell whether storing this would change nothing: most articles are as they were under newer rules."""
    # Clues are not stored: whoever wants them asks the rules again.
    quotes = tuple(replace(one, clues=()) for one in found.quotes)
    return quotes == stored.quotes and found.not_quotes == stored.not_quotes


def note_lost(connection: Connection, corrections: Iterable[Correction], lost: Iterable[Correction]) -> None:
    """Write down which corrections have lost their place, and which have it again."""
    gone = {one.id for one in lost}
    for one in corrections:
        if (one.lost_at is not None) != (one.id in gone):
            lost_at = clock.now() if one.id in gone else None
            connection.execute(
                update(_CORRECTIONS).where(_CORRECTIONS.c.id == one.id).values(lost_at=lost_at)
            )


def _who(quote: Quote) -> tuple[str, str] | None:
    return (name_key(quote.speaker.name), quote.speaker.type.value) if quote.speaker else None
