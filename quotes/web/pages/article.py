"""An article: its text with the quotes in it, who says them beside it, its other forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quotes.archive.export.marking import speaker_key, tones, with_title
from quotes.errors import ArchiveError, TooSlowError
from quotes.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.archive import Archive, StoredArticle, StoredQuote
    from quotes.web.room import Room


_MOST_VERSIONS = 1_000_000


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in an article: number (``None``: not of the archive), name, tone, quotes."""

    number: int | None
    name: str
    tone: int
    quotes: int
    role: str | None


def found(archive: Archive, number: int) -> StoredArticle:
    """Give an article; 404 where there is none."""
    try:
        return archive.article(number)
    except TooSlowError:
        raise
    except ArchiveError as error:
        raise HTTPException(404) from error


def article(request: Request) -> Response:
    """``/articles/3``; ``?quote=12`` shows why that quote is whose it is."""
    room: Room = request.app.state.room
    stored = found(room.archive, request.path_params["number"])
    versions = room.archive.versions(stored.id)
    title, blocks = with_title(stored.article, stored.quotes)
    like = [(found(room.archive, number), share) for number, share in versions.like[:5]]
    return page(
        request,
        "article.html",
        {
            "stored": stored,
            "article": stored.article,
            "title": title,
            "blocks": blocks,
            "voices": voices(stored.quotes),
            "nobody": sum(one.quote.speaker is None for one in stored.quotes),
            "tones": tones(stored.quotes),
            "key": speaker_key,
            "picked": number_of(request.query_params.get("quote", "")),
            "versions": versions,
            "like": like,
            "done": done_of(request),
        },
    )


def voices(quotes: Sequence[StoredQuote]) -> list[Voice]:
    """Give who speaks in an article, in the order of the text."""
    counts: dict[int | str | None, int] = {}
    first: dict[int | str | None, StoredQuote] = {}
    for stored in quotes:
        if stored.quote.speaker is not None:
            key = speaker_key(stored)
            counts[key] = counts.get(key, 0) + 1
            if key not in first or (first[key].quote.role is None and stored.quote.role is not None):
                first[key] = stored
    toned = tones(quotes)
    return [
        Voice(
            first[key].speaker_id,
            first[key].quote.speaker.name,  # type: ignore[union-attr]
            toned[key],
            count,
            first[key].quote.role.text if first[key].quote.role else None,  # type: ignore[union-attr]
        )
        for key, count in counts.items()
    ]


def revision(request: Request) -> Response:
    """``/articles/3/revisions/1``: an earlier version, as it was stored."""
    room: Room = request.app.state.room
    stored = found(room.archive, request.path_params["number"])
    try:
        earlier = room.archive.revision(stored.id, min(request.path_params["version"], _MOST_VERSIONS))
    except TooSlowError:
        raise
    except ArchiveError as error:
        raise HTTPException(404) from error
    values = {"stored": stored, "article": earlier, "version": request.path_params["version"]}
    return page(request, "revision.html", {**values, "blocks": with_title(earlier, ())[1]})


def done_of(request: Request) -> int | None:
    """Give the journal's number of the change that led to this page, which may be undone on it."""
    return number_of(request.query_params.get("done", ""))


def number_of(typed: str) -> int | None:
    """Give the number that an address has; ``None`` for what is none, or too large to be one of ours."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
