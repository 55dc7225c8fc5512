"""The home page: what the archive holds, who speaks, when; for an empty one, how to fill it."""

from __future__ import annotations

from functools import partial
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from quotes.archive import Archive, Filters, SpeakerRow
from quotes.web.pages.speakers import known_of
from quotes.web.rendering import page
from quotes.web.room import Room

_SPEAKERS = 10
_ARTICLES = 6


def make_ready(room: Room) -> None:
    """Do what the first readers would wait for before they come.

    The rules are loaded that give the clues; this page is counted, and who speaks most.
    """
    room.trial.make_ready()

    def find() -> dict[str, object]:
        values = _values(room.archive)
        for row in cast(list[SpeakerRow], values.get("speakers", [])):
            room.kept.ready(("speaker", row.id), partial(known_of, room.archive, row.id))
        return values

    room.kept.ready("home", find)


def home(request: Request) -> Response:
    """``/``."""
    room: Room = request.app.state.room
    values = room.kept.get("home", lambda: _values(room.archive))
    return page(request, "home.html" if values else "empty.html", values)


def _values(archive: Archive) -> dict[str, object]:
    """What the page shows; nothing for an empty archive."""
    totals = archive.counts()
    if not totals["articles"]:
        return {}
    years = [count for count in archive.count_by("year") if count.value]
    return {
        "totals": totals,
        "speakers": list(archive.speakers(limit=_SPEAKERS)),
        "shares": archive.gender_shares(None, Filters(type="person")),
        "latest": archive.latest(limit=_ARTICLES),
        "several_years": len(years) > 1,
    }
