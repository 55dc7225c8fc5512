"""What people say of quotes, kept apart from what was found and laid over it again and again.

A correction is anchored by the article's hash and the quote's exact words with what stands before and
after, never by a row's number: it holds after newer rules have found other quotes. One whose words
are no more in the text is reported, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from quotes.archive import identities, journal, store
from quotes.archive.identity import name_key
from quotes.archive.load import load
from quotes.archive.schema import CorrectionRecord, table_of
from quotes.errors import ArchiveError
from quotes.model import (
    Cue,
    Extraction,
    Gender,
    Mention,
    NotQuote,
    Quote,
    QuoteKind,
    Role,
    Span,
    Speaker,
    SpeakerType,
)

_CORRECTIONS = table_of(CorrectionRecord)
_CONTEXT = 32
RULE = "corrected"
"""The rule of quotes that a person has confirmed or changed; their confidence is 1."""
REASON = "corrected"
"""The reason of what a person has said to be no quote."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a person says: the right speaker or none, the right role or none, that it is no quote.

    A change that says nothing accepts what was found.
    """

    speaker: Speaker | None = None
    no_speaker: bool = False
    role: str | None = None
    no_role: bool = False
    not_a_quote: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write what is said, nothing else."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as stored; ``lost_at`` is set when its words are not in the text any more."""

    id: int
    at: str
    who: str
    content_hash: str
    exact: str
    prefix: str
    suffix: str
    start: int
    change: Change
    instead: Quote
    lost_at: str | None


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


def quote_from_json(value: Mapping[str, Any]) -> Quote:
    """Read a quote as ``dataclasses.asdict`` writes it."""
    speaker, mention, cue, role = (value[name] for name in ("speaker", "mention", "cue", "role"))
    return Quote(
        start=value["start"],
        end=value["end"],
        text=value["text"],
        kind=QuoteKind(value["kind"]),
        display=value["display"],
        speaker=_speaker_from_json(speaker) if speaker else None,
        mention=Mention(**mention) if mention else None,
        cue=Cue(**cue) if cue else None,
        role=Role(**role) if role else None,
        rule=value["rule"],
        confidence=value["confidence"],
        incises=tuple(Span(**span) for span in value["incises"]),
    )


def _speaker_from_json(value: Mapping[str, Any]) -> Speaker:
    gender = Gender(value["gender"]) if value["gender"] else None
    return Speaker(value["name"], SpeakerType(value["type"]), gender)


def _change_from_json(value: Mapping[str, Any]) -> Change:
    speaker = value.get("speaker")
    return Change(**{**value, "speaker": _speaker_from_json(speaker) if speaker else None})


def _correction(row: Any) -> Correction:
    return Correction(
        id=row.id,
        at=row.at,
        who=row.who,
        content_hash=row.content_hash,
        exact=row.exact,
        prefix=row.prefix,
        suffix=row.suffix,
        start=row.start,
        change=_change_from_json(row.change),
        instead=quote_from_json(row.instead),
        lost_at=row.lost_at,
    )


def of_article(connection: Connection, content_hash: str) -> list[Correction]:
    """Give the corrections of an article, in the order in which they were made."""
    rows = connection.execute(
        select(_CORRECTIONS).where(_CORRECTIONS.c.content_hash == content_hash).order_by(_CORRECTIONS.c.id)
    )
    return [_correction(row) for row in rows]


def everyone(connection: Connection) -> list[Correction]:
    """Give all corrections, in the order in which they were made."""
    return [_correction(row) for row in connection.execute(select(_CORRECTIONS).order_by(_CORRECTIONS.c.id))]


def place_of(correction: Correction, article_text: str) -> int | None:
    """Find the words at the old place, else with what stood around them, else where they stand once."""
    exact = correction.exact
    if article_text.startswith(exact, correction.start):
        return correction.start
    around = article_text.find(correction.prefix + exact + correction.suffix)
    if around >= 0:
        return around + len(correction.prefix)
    alone = article_text.find(exact)
    return alone if alone >= 0 and article_text.find(exact, alone + 1) < 0 else None


def lay_over(
    extraction: Extraction, corrections: Iterable[Correction]
) -> tuple[Extraction, tuple[Correction, ...]]:
    """Put what people said over what was found; give the result and the corrections without a place."""
    quotes = list(extraction.quotes)
    not_quotes = list(extraction.not_quotes)
    lost: list[Correction] = []
    for correction in corrections:
        start = place_of(correction, extraction.article.text)
        if start is None:
            lost.append(correction)
            continue
        end = start + len(correction.exact)
        at = _overlapping(quotes, start, end)
        if correction.change.not_a_quote:
            if at is not None:
                del quotes[at]
            not_quotes = [one for one in not_quotes if (one.start, one.end) != (start, end)]
            not_quotes.append(NotQuote(start, end, correction.exact, REASON))
            continue
        not_quotes = [one for one in not_quotes if (one.start, one.end) != (start, end)]
        if at is None:
            # The rules don't see it any more, but a person has said that it is a quote.
            quotes.append(_changed(_moved(correction.instead, start), correction.change))
        else:
            quotes[at] = _changed(quotes[at], correction.change)
    quotes.sort(key=lambda quote: (quote.start, quote.end))
    not_quotes.sort(key=lambda one: (one.start, one.end))
    return replace(extraction, quotes=tuple(quotes), not_quotes=tuple(not_quotes)), tuple(lost)


def _overlapping(quotes: Sequence[Quote], start: int, end: int) -> int | None:
    """Give the index of the quote that shares most with this stretch, at least half of both together."""
    best, most = None, 0.5
    for index, quote in enumerate(quotes):
        shared = min(end, quote.end) - max(start, quote.start)
        whole = max(end, quote.end) - min(start, quote.start)
        if whole and shared / whole >= most:
            best, most = index, shared / whole
    return best


def _moved(quote: Quote, start: int) -> Quote:
    """Give a quote as it stands elsewhere; what was said outside of it has no place there."""
    by = start - quote.start
    if not by:
        return quote
    return replace(
        quote,
        start=start,
        end=quote.end + by,
        mention=None,
        cue=None,
        incises=tuple(Span(span.start + by, span.end + by) for span in quote.incises),
    )


def _changed(quote: Quote, change: Change) -> Quote:
    speaker = quote.speaker
    if change.no_speaker:
        speaker = None
    elif change.speaker is not None:
        speaker = change.speaker
    role = quote.role
    if change.no_role:
        role = None
    elif change.role is not None:
        role = Role(change.role)
    # A mention of somebody else explains nothing any more.
    same = speaker == quote.speaker
    return replace(
        quote,
        speaker=speaker,
        role=role,
        mention=quote.mention if same else None,
        rule=RULE,
        confidence=1.0,
    )


def fix(connection: Connection, quote_id: int, change: Change, who: str) -> int:
    """Write a correction down and lay it over; give the journal's number."""
    quote, correction_id = _correct(connection, quote_id, change, who)
    words = " ".join(quote.text.split())
    return journal.record(
        connection,
        who=who,
        action="fix",
        summary=f"quote {quote_id} « {words[:40]}{'…' if len(words) > 40 else ''} »: {_said(change)}",
        before={"corrections": {}},
        after=journal.images(connection, {"corrections": [correction_id]}),
    )


def split_quotes(
    connection: Connection, speaker_id: int, quote_ids: Sequence[int], name: str | None, who: str
) -> tuple[int, int]:
    """Part a speaker: these quotes are somebody else's. Give the entry's number and the new id."""
    theirs = {
        row.id
        for row in connection.execute(
            text("SELECT id FROM quotes WHERE speaker_id = :speaker_id"), {"speaker_id": speaker_id}
        )
    }
    wrong = sorted(set(quote_ids) - theirs)
    if wrong or not quote_ids:
        listed = ", ".join(map(str, wrong)) or "given"
        raise ArchiveError(f"speaker {speaker_id} didn't say the quote {listed}: nothing was split")
    added, change = identities.part(connection, speaker_id, name)
    named = Change(speaker=Speaker(added.name, SpeakerType(added.type)))
    made = [_correct(connection, quote_id, named, who)[1] for quote_id in dict.fromkeys(quote_ids)]
    summary = f"{added.from_name} → {added.name} in quote {', '.join(map(str, sorted(set(quote_ids))))}"
    images = journal.images(connection, {"corrections": made})
    return change.done(who, "split", summary, added.id, also=images), added.id


def _correct(connection: Connection, quote_id: int, change: Change, who: str) -> tuple[Quote, int]:
    """Store a correction and lay it over; give the quote as it was and the correction's id."""
    row = connection.execute(text("SELECT article_id FROM quotes WHERE id = :id"), {"id": quote_id}).first()
    if row is None:
        raise ArchiveError(f"there is no quote {quote_id}: `quotes search` gives their numbers")
    stored = load(connection, row.article_id, as_found=True)
    assert stored is not None
    quote = next(one.quote for one in stored.quotes if one.id == quote_id)
    article_text = stored.article.text
    correction_id = connection.execute(
        insert(_CORRECTIONS).returning(_CORRECTIONS.c.id),
        {
            "at": store.now(),
            "who": who,
            "content_hash": stored.content_hash,
            "exact": article_text[quote.start : quote.end],
            "prefix": article_text[max(0, quote.start - _CONTEXT) : quote.start],
            "suffix": article_text[quote.end : quote.end + _CONTEXT],
            "start": quote.start,
            "change": change.to_json(),
            "instead": asdict(quote),
            "lost_at": None,
        },
    ).scalar_one()
    made = connection.execute(select(_CORRECTIONS).where(_CORRECTIONS.c.id == correction_id)).one()
    corrected, _ = lay_over(stored.extraction, [_correction(made)])
    store.replace_found(connection, stored.id, corrected)
    return quote, correction_id


def _said(change: Change) -> str:
    said = []
    if change.not_a_quote:
        said.append("not a quote")
    if change.speaker or change.no_speaker:
        said.append(f"speaker {change.speaker.name if change.speaker else 'unknown'}")
    if change.role or change.no_role:
        said.append(f"role {change.role or 'none'}")
    return ", ".join(said) or "accepted"


def put_back(connection: Connection, image: Mapping[str, Any]) -> None:
    """Put a quote back as it was before a correction that is undone."""
    article_id = connection.execute(
        text("SELECT id FROM articles WHERE content_hash = :hash"), {"hash": image["content_hash"]}
    ).scalar()
    if article_id is None:
        return
    stored = load(connection, article_id, as_found=True)
    assert stored is not None
    undone = Correction(
        **{
            **image,
            "change": _change_from_json(image["change"]),
            "instead": quote_from_json(image["instead"]),
        }
    )
    start = place_of(undone, stored.article.text)
    if start is None:
        return
    end = start + len(undone.exact)
    at = _overlapping(stored.extraction.quotes, start, end)
    others = [quote for index, quote in enumerate(stored.extraction.quotes) if index != at]
    before = replace(
        stored.extraction,
        quotes=(*others, _moved(undone.instead, start)),
        not_quotes=tuple(
            one for one in stored.not_quotes if (one.start, one.end, one.reason) != (start, end, REASON)
        ),
    )
    left = [one for one in of_article(connection, stored.content_hash) if one.id != undone.id]
    result, _ = lay_over(before, left)
    store.replace_found(connection, stored.id, result)


def reextract(
    connection: Connection, article_id: int, found: Extraction, extractor_version: str, *, dry_run: bool
) -> Difference:
    """Put a newer extraction, with the corrections laid over it, in the place of the older one."""
    stored = load(connection, article_id, as_found=True)
    if stored is None:
        raise ArchiveError(f"there is no article {article_id}: `quotes articles` lists them")
    result, lost = lay_over(found, of_article(connection, stored.content_hash))
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
        store.replace_found(connection, article_id, replace(result, article=stored.article))
        connection.execute(
            text("UPDATE articles SET extractor_version = :version WHERE id = :id"),
            {"version": extractor_version, "id": article_id},
        )
        for correction in lost:
            connection.execute(
                update(_CORRECTIONS)
                .where(_CORRECTIONS.c.id == correction.id, _CORRECTIONS.c.lost_at.is_(None))
                .values(lost_at=store.now())
            )
    return difference


def _who(quote: Quote) -> tuple[str, str] | None:
    return (name_key(quote.speaker.name), quote.speaker.type.value) if quote.speaker else None
