"""The entrance: where a room is open to more than this machine, the token is asked for once."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quotes.web.forms import Form, see
from quotes.web.protection import KEY, key_of
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.web.room import Room

_A_MONTH = 2_592_000


def door(request: Request) -> Response:
    """``/enter``: a field for the token."""
    room: Room = request.app.state.room
    if room.token is None:
        return see("/")
    return page(request, "enter.html", {"wrong": False})


def enter(request: Request, form: Form) -> Response:
    """Let in who knows the token: a cookie stands for it from now on."""
    room: Room = request.app.state.room
    if room.token is None:
        raise HTTPException(404)
    if not hmac.compare_digest(form.get("token").encode(), room.token.encode()):
        return page(request, "enter.html", {"wrong": True}, status=403)
    answer = see("/")
    answer.set_cookie(KEY, key_of(room), max_age=_A_MONTH, httponly=True, samesite="lax")
    return answer
