"""Review: the least certain quotes one by one in their article, by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quotes.web.forms import Form, see
from quotes.web.pages.article import done_of, found, voices
from quotes.web.pages.desk import change_of
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.archive import QuoteRow
    from quotes.web.room import Room

# So many may be put off before the list begins again.
_AHEAD = 500
_AROUND = 450
_LATEST = 6


def review(request: Request) -> Response:
    """``/review?after=12``: the least certain quote, or the one that follows another in that order.

    ``/review?quote=12`` is that one itself.
    """
    room: Room = request.app.state.room
    if not room.editing:
        raise HTTPException(403, "Lecture seule : pour corriger, lancez `quotes serve --edit`.")
    archive = room.archive
    after = request.query_params.get("after", "")
    rows = archive.least_certain(limit=_AHEAD)
    wanted = request.query_params.get("quote", "")
    row = next((row for row in rows if str(row.id) == wanted), None) or _following(rows, after)
    values: dict[str, object] = {
        "row": row,
        "after": after if after.isascii() and after.isdigit() else "",
        "left": archive.unconfirmed(),
        "total": archive.counts()["quotes"],
        "entries": archive.history(limit=_LATEST),
        "done": done_of(request),
    }
    if row is not None:
        stored = found(archive, row.article_id)
        text = stored.article.text
        one = next(one for one in stored.quotes if one.id == row.id)
        values |= {
            "stored": stored,
            "one": one,
            "before": _before(text[: row.start]),
            "printed": text[row.start : row.end],
            "after_text": _after(text[row.end :]),
            "voices": voices(stored.quotes),
        }
    return page(request, "review.html", values)


def _following(rows: list[QuoteRow], after: str) -> QuoteRow | None:
    """The quote that comes after one in this order; the first where that one isn't there any more."""
    place = next((n for n, row in enumerate(rows) if str(row.id) == after), -1)
    return rows[place + 1] if place + 1 < len(rows) else (rows[0] if rows else None)


def _before(text: str) -> str:
    piece = text[-_AROUND:].lstrip()
    return piece if len(text) <= _AROUND else "…" + piece.partition(" ")[2]


def _after(text: str) -> str:
    piece = text[:_AROUND].rstrip()
    return piece if len(text) <= _AROUND else piece.rpartition(" ")[0] + "…"


def answered(request: Request, form: Form) -> Response:
    """Write an answer down, and on to the next quote."""
    room: Room = request.app.state.room
    assert room.desk is not None
    number, after = form.number("quote"), form.get("after")
    change = change_of(room.desk, form, form.get("verdict"))
    done = room.desk.fix(number, change, who=room.who)
    place = f"&after={after}" if after.isascii() and after.isdigit() else ""
    return see(f"/review?done={done}{place}")
