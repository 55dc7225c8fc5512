"""Speakers: all of them, one over time, likely doubles, names while they are typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from quotes.archive.speakers.listing import BESIDE_IN
from quotes.archive.speakers.names import name_key
from quotes.errors import ArchiveError, TooSlowError
from quotes.web import wording
from quotes.web.asked import asked
from quotes.web.pages.article import done_of, number_of
from quotes.web.pages.search import PAGE, in_context
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.archive import Archive
    from quotes.archive.speakers.who_is_who import Suggestion
    from quotes.archive.values import Portrait
    from quotes.web.room import Room

_LISTED = 200
_DOUBLES = 100
_LARGEST_NUMBER = 2**63 - 1
_SORTS = {"count": "nombre de citations", "last": "dernière parole", "name": "nom"}


@dataclass(frozen=True, slots=True)
class Known:
    """What takes long to count of who has many quotes: who else is in their articles, who may be the same."""

    portrait: Portrait
    beside: list[tuple[int, str, int]]
    doubles: list[Suggestion]


def everybody(request: Request) -> Response:
    """``/speakers``: who speaks, with filters."""
    room: Room = request.app.state.room
    ask = request.query_params
    name = " ".join(ask.get("name", "").split())[:200]
    kind = ask.get("type") if ask.get("type") in wording.TYPES else None
    gender = ask.get("gender") if ask.get("gender") in wording.GENDERS else None
    sort = ask.get("sort", "count")
    sort = sort if sort in _SORTS else "count"
    rows = list(room.archive.speakers(name or None, type=kind, gender=gender, sort=sort, limit=_LISTED + 1))
    return page(
        request,
        "speakers.html",
        {
            "rows": rows[:_LISTED],
            "more": len(rows) > _LISTED,
            "name": name,
            "type": kind,
            "gender": gender,
            "sort": sort,
            "sorts": _SORTS,
            "alike": room.archive.names_like(name) if name and not rows else [],
            "most": max((row.quotes for row in rows), default=1),
        },
    )


def portrait(request: Request) -> Response:
    """``/speakers/4``: names, roles, years, outlets, company, all quotes with filters."""
    room: Room = request.app.state.room
    archive = room.archive
    number = request.path_params["number"]
    if number > _LARGEST_NUMBER:
        raise HTTPException(404)
    try:
        known = room.kept.get(("speaker", number), lambda: known_of(archive, number))
    except TooSlowError:
        raise
    except ArchiveError as error:
        raise HTTPException(404) from error
    wanted = replace(asked(request.query_params), sort="date")
    # Their quotes alone: the archive's number of the speaker filters, never a name in the address.
    wanted = wanted.without("speaker") if "speaker" in wanted.values else wanted
    filters = replace(wanted.filters, speaker_id=number)
    try:
        hits = archive.search(
            wanted.query, filters, exact=wanted.exact, sort="date", limit=PAGE,
            after=request.query_params.get("after") or None,
        )  # fmt: skip
    except TooSlowError:
        raise
    except ArchiveError as error:
        raise HTTPException(400, "Cette page de résultats n’existe plus : cherchez à nouveau.") from error
    return page(
        request,
        "speaker.html",
        {
            "portrait": known.portrait,
            "speaker": known.portrait.speaker,
            "beside": known.beside,
            "beside_in": BESIDE_IN,
            "doubles": known.doubles,
            "asked": wanted,
            "path": f"/speakers/{number}",
            "found": hits,
            "shown": in_context(archive, hits.hits),
            "done": done_of(request),
            "parted_from": number_of(request.query_params.get("of", "")),
        },
    )


def known_of(archive: Archive, number: int) -> Known:
    """Look up a speaker; ``ArchiveError`` for nobody."""
    portrait = archive.portrait(number)
    return Known(portrait, archive.heard_with(number), _doubles_of(archive, number, portrait.speaker.name))


def _doubles_of(archive: Archive, number: int, name: str) -> list[Suggestion]:
    """Who may be the same, among those of the same surname."""
    words = name_key(name).split()
    # Where nobody else has it, as is usual, nothing is counted.
    if not words or len(archive.bearing(words[-1], limit=2)) < 2:
        return []
    found = archive.suggest(words[-1])
    return [one for one in found if number in (one.speaker_id, one.other_id)][:5]


def doubles(request: Request) -> Response:
    """``/speakers/doubles``: speakers of the whole archive that may be one."""
    room: Room = request.app.state.room
    found = room.archive.suggest()
    return page(
        request, "doubles.html", {"found": found[:_DOUBLES], "all": len(found), "done": done_of(request)}
    )


def names(request: Request) -> Response:
    """``/names?q=``: names that begin like this, for a field in which one is typed."""
    room: Room = request.app.state.room
    typed = request.query_params.get("q", "")[:100]
    rows = room.archive.names_beginning(typed) if len(typed.strip()) > 1 else []
    return JSONResponse(
        [{"name": row.name, "role": row.roles[0] if row.roles else "", "quotes": row.quotes} for row in rows]
    )
