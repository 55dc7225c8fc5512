"""Why a quote is whose it is: the clues that decided, as the rules see them when they are asked again.

They are not stored, which would take more room than the quotes: what is found in a text depends on nothing
but the text and the rules. Where newer rules see it otherwise, that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quotes.archive.corrections.overlay import RULE as CORRECTED
from quotes.reading import Unread
from quotes.web.pages.article import found
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.archive import StoredArticle
    from quotes.model import Quote
    from quotes.web.room import Room


@dataclass(frozen=True, slots=True)
class Decided:
    """What the rules say of a quote now.

    ``state``: they say the *same*, something *other*, don't find it any more (*gone*), a person has decided
    (*checked*), or the text took too long (*unread*). ``now`` is the quote as they find it.
    """

    state: Literal["same", "other", "gone", "checked", "unread"]
    now: Quote | None = None


def clues(request: Request) -> Response:
    """``/articles/3/quotes/12/clues``."""
    room: Room = request.app.state.room
    stored = found(room.archive, request.path_params["number"])
    one = next((one for one in stored.quotes if one.id == request.path_params["quote"]), None)
    if one is None:
        raise HTTPException(404)
    values = {"stored": stored, "one": one, "decided": decided(room, stored, one.quote)}
    return page(request, "clues.html", values)


def decided(room: Room, stored: StoredArticle, quote: Quote) -> Decided:
    """Ask the rules again about an article, and give what they say of one of its quotes."""
    if quote.rule == CORRECTED:
        return Decided("checked")
    again = room.kept.get(("clues", stored.content_hash), lambda: _again(room, stored))
    if again is None:
        return Decided("unread")
    now = next((one for one in again if (one.start, one.end) == (quote.start, quote.end)), None)
    if now is None:
        return Decided("gone")
    # Names may have been merged or changed by hand: what the rules have pointed at is compared.
    same = (now.rule, now.mention, now.speaker is None) == (quote.rule, quote.mention, quote.speaker is None)
    return Decided("same" if same else "other", now)


def _again(room: Room, stored: StoredArticle) -> tuple[Quote, ...] | None:
    answers = room.trial.article(stored.article)
    return next((one.quotes for one in answers if not isinstance(one, Unread)), None)
