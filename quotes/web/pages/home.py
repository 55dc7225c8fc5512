"""The home page: what the archive holds, who speaks, when; for an empty one, how to fill it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from quotes.archive import Filters
from quotes.web.rendering import page
from quotes.web.room import Room

_SPEAKERS = 10
_ARTICLES = 6


def home(request: Request) -> Response:
    """``/``."""
    room: Room = request.app.state.room
    archive = room.archive
    totals = archive.counts()
    if not totals["articles"]:
        return page(request, "empty.html")
    people = Filters(type="person")
    years = [count for count in archive.count_by("year") if count.value]
    return page(
        request,
        "home.html",
        {
            "totals": totals,
            "speakers": list(archive.speakers(limit=_SPEAKERS)),
            "shares": archive.gender_shares(None, people),
            "latest": archive.latest(limit=_ARTICLES),
            "dated": sum(count.quotes for count in years),
            "several_years": len(years) > 1,
        },
    )
