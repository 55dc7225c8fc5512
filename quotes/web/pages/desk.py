"""The desk: a quote corrected, speakers merged, parted, renamed; what was changed, and undoing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quotes.archive import Change
from quotes.archive.export.marking import around, tones
from quotes.model import Gender, SpeakerType
from quotes.web.forms import Form, back_to, see
from quotes.web.pages.article import found, voices
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.archive import Archive
    from quotes.web.room import Room

_ENTRIES = 100
_REVIEW = "/review"
_OF_QUOTE = re.compile(r"quote (\d+) ")


def _desk(request: Request) -> Archive:
    room: Room = request.app.state.room
    if room.desk is None:
        raise HTTPException(403, "Lecture seule : pour corriger, lancez `quotes serve --edit`.")
    return room.desk


def quote(request: Request) -> Response:
    """``/articles/3/quotes/12``: one quote, to be corrected."""
    room: Room = request.app.state.room
    stored = found(room.archive, request.path_params["number"])
    wanted = request.path_params["quote"]
    one = next((one for one in stored.quotes if one.id == wanted), None)
    if one is None:
        raise HTTPException(404)
    text = stored.article.text
    before, after = around(text, one.quote.start, one.quote.end, 400)
    return page(
        request,
        "quote.html",
        {
            "stored": stored,
            "one": one,
            "before": before,
            "printed": text[one.quote.start : one.quote.end],
            "after": after,
            "voices": voices(stored.quotes),
            "tones": tones(stored.quotes),
            "utterance": room.archive.utterance_of(one.id),
        },
    )


def change_of(archive: Archive, form: Form, verdict: str) -> Change:
    """Give what a form says of a quote: ``right``, ``none`` (no quote), ``speaker``, ``role`` or ``both``."""
    if verdict == "right":
        return Change()
    if verdict == "none":
        return Change(not_a_quote=True)
    if verdict not in ("speaker", "role", "both"):
        raise HTTPException(400, "Dites ce qui est à corriger.")
    name, role = form.get("speaker")[:300], form.get("role")[:500]
    kind, gender = form.get("type"), form.get("gender")
    of_speaker, of_role = verdict in ("speaker", "both"), verdict in ("role", "both")
    # What is as it was before is not said again: it may be wrong after all.
    of_speaker = of_speaker and not (verdict == "both" and name == form.get("speaker_before"))
    of_role = of_role and not (verdict == "both" and role == form.get("role_before"))
    return Change(
        speaker=archive.named(
            name,
            SpeakerType(kind) if kind in set(SpeakerType) else None,
            Gender(gender) if gender in set(Gender) else None,
        )
        if of_speaker and name
        else None,
        no_speaker=of_speaker and not name,
        role=role or None if of_role else None,
        no_role=of_role and not role,
    )


def fix(request: Request, form: Form) -> Response:
    """Correct a quote; back to its article."""
    room: Room = request.app.state.room
    archive = _desk(request)
    number, article = form.number("quote"), form.number("article")
    done = archive.fix(number, change_of(archive, form, form.get("verdict")), who=room.who)
    return see(f"/articles/{article}?quote={number}&done={done}#q{number}")


def merge(request: Request, form: Form) -> Response:
    """Make two speakers one, who keeps the first one's name."""
    room: Room = request.app.state.room
    archive = _desk(request)
    target, other = form.number("target"), form.get("other")
    if not other:
        raise HTTPException(400, "Dites qui est la même personne.")
    done = archive.merge(target, [archive.speaker(other).id], who=room.who)
    return see(_with(form.get("back") or f"/speakers/{target}", done))


def rename(request: Request, form: Form) -> Response:
    """Give a speaker another name."""
    room: Room = request.app.state.room
    number = form.number("speaker")
    done = _desk(request).rename(number, _name(form), who=room.who)
    return see(_with(f"/speakers/{number}", done))


def alias(request: Request, form: Form) -> Response:
    """Let another name lead to a speaker."""
    room: Room = request.app.state.room
    number = form.number("speaker")
    done = _desk(request).add_alias(number, _name(form), who=room.who)
    return see(_with(f"/speakers/{number}", done))


def split(request: Request, form: Form) -> Response:
    """In one article, or in the quotes that are ticked, a name is somebody else's."""
    room: Room = request.app.state.room
    number, name = form.number("speaker"), form.get("name")[:300] or None
    if form.get("by") == "quotes":
        quotes = form.numbers("quotes")
        if not quotes:
            raise HTTPException(400, "Cochez les citations qui sont de quelqu’un d’autre.")
        done, added = _desk(request).split(number, quote_ids=quotes, name=name, who=room.who)
    else:
        done, added = _desk(request).split(number, [form.number("article")], name=name, who=room.who)
    # Undone, there is nobody of that number any more.
    return see(_with(f"/speakers/{added}?of={number}", done))


def _name(form: Form) -> str:
    name = " ".join(form.get("name").split())[:300]
    if not any(map(str.isalpha, name)):
        raise HTTPException(400, "Écrivez un nom.")
    return name


def undo(request: Request, form: Form) -> Response:
    """Undo a change: this one, or the last."""
    entry = form.number("change") if form.get("change") else None
    undone = _desk(request).undo(entry)
    back = form.get("back") or "/history"
    if back == _REVIEW and (quote := _OF_QUOTE.match(undone.summary)):
        # It is asked about once more, whatever has been put off meanwhile.
        back = f"{_REVIEW}?quote={quote[1]}"
    return see(back)


def history(request: Request) -> Response:
    """``/history``: what was changed by hand."""
    room: Room = request.app.state.room
    return page(request, "history.html", {"entries": room.archive.history(limit=_ENTRIES), "most": _ENTRIES})


def _with(address: str, done: int) -> str:
    """Give an address on which the change can be undone."""
    address = back_to(address).partition("#")[0]
    return f"{address}{'&' if '?' in address else '?'}done={done}"
