"""Verify: did anybody say this? What the archive has, with the difference word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from quotes.archive import Filters
from quotes.archive.export.marking import around
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.archive import Archive
    from quotes.archive.wordings.utterances import Found
    from quotes.web.room import Room

_LONGEST = 3_000
_MOST = 8


def verify(request: Request) -> Response:
    """``/verify?wording=…&speaker=…``."""
    room: Room = request.app.state.room
    wording = " ".join(request.query_params.get("wording", "").split())[:_LONGEST]
    speaker = " ".join(request.query_params.get("speaker", "").split())[:200]
    asks = any(map(str.isalnum, wording))
    found: list[Found] = []
    others: list[Found] = []
    if asks:
        archive = room.archive
        found = archive.find_said(wording, Filters(speaker=speaker or None), limit=_MOST)
        if speaker:
            ours = {one.row.id for one in found}
            everybody = archive.find_said(wording, limit=_MOST)
            others = [one for one in everybody if one.row.id not in ours]
            if found:
                # Who is asked about said it: somebody else is of interest only where the words fit better.
                others = [one for one in others if one.comparison.score > found[0].comparison.score]
    unknown = bool(asks and speaker and not found) and not list(room.archive.speakers(speaker, limit=1))
    return page(
        request,
        "verify.html",
        {
            "wording_asked": wording,
            "speaker_asked": speaker,
            "asks": asks,
            "found": _in_sentences(room.archive, found),
            "others": _in_sentences(room.archive, others),
            "unknown_name": unknown,
            "alike": room.archive.names_like(speaker) if unknown else [],
        },
    )


def _in_sentences(archive: Archive, found: list[Found]) -> list[tuple[Found, str, str, str]]:
    shown: list[tuple[Found, str, str, str]] = []
    texts = archive.texts_of({one.row.article_id for one in found})
    for one in found:
        text = texts[one.row.article_id]
        before, after = around(text, one.row.start, one.row.end, 140)
        shown.append((one, before, text[one.row.start : one.row.end], after))
    return shown
