"""Forms that change something: sealed for a visitor, read with limits, and done off the event loop."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quotes.web.room import Room

SESSION = "session"
SEAL = "seal"
_LONGEST_PART = 20_000_000


@dataclass(frozen=True, slots=True)
class Form:
    """What a visitor has sent: fields by name, without spaces around, and a file (name, content).

    ``every`` has all values of a field that stands several times, in their order.
    """

    fields: Mapping[str, str]
    file: tuple[str, bytes] | None = None
    every: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Give a field; an absent one is empty."""
        return self.fields.get(name, "")

    def number(self, name: str) -> int:
        """Give a field that is a row's number; 400 for anything else."""
        return _number(self.get(name))

    def numbers(self, name: str) -> list[int]:
        """Give the rows' numbers of a field that stands several times, or not at all."""
        return [_number(value) for value in self.every.get(name, ())]


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value[:20]) < 2**63):
        raise HTTPException(400, "Il manque un numéro.")
    return int(value)


def new_session() -> str:
    """Give a name for a visitor whom nobody knows yet."""
    return secrets.token_urlsafe(18)


def session_of(request: Request) -> str:
    """Give the visitor's session, which ``protection.Sessions`` has put there."""
    return str(request.scope["session_name"])


def seal(request: Request) -> str:
    """Give what a form of this visitor must carry: another page can neither read nor make it."""
    room: Room = request.app.state.room
    return hmac.new(room.secret, session_of(request).encode(), hashlib.sha256).hexdigest()


def posted(
    answer: Callable[[Request, Form], Response], *, edits: bool = True
) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint of what answers a form: it is checked, read, and answered in a thread.

    ``edits``: only in a room where things may be changed.
    """

    async def endpoint(request: Request) -> Response:
        room: Room = request.app.state.room
        if edits and not room.editing:
            raise HTTPException(403, "Lecture seule : pour corriger, lancez `quotes serve --edit`.")
        _require_same_origin(request)
        form = await _form(request)
        if not hmac.compare_digest(form.get(SEAL).encode(), seal(request).encode()):
            raise HTTPException(
                403, "Ce formulaire est trop ancien : revenez en arrière et rechargez la page."
            )
        try:
            return await run_in_threadpool(answer, request, form)
        finally:
            if edits:
                room.kept.clear()

    return endpoint


def _require_same_origin(request: Request) -> None:
    """Browsers say where a form comes from; those of other pages are refused."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "Ce formulaire vient d’une autre page.")


async def _form(request: Request) -> Form:
    fields: dict[str, str] = {}
    every: dict[str, tuple[str, ...]] = {}
    file: tuple[str, bytes] | None = None
    async with request.form(max_files=2, max_fields=40, max_part_size=_LONGEST_PART) as sent:
        for name, value in sent.multi_items():
            if isinstance(value, UploadFile):
                data = await value.read()
                if value.filename and data:
                    file = value.filename[-200:], data
            else:
                fields[name] = value.strip()
                every[name] = (*every.get(name, ()), fields[name])
    return Form(fields, file, every)


def see(address: str) -> Response:
    """Go to a page of ours after a form was done."""
    return RedirectResponse(back_to(address), status_code=303)


def back_to(address: str) -> str:
    """Give an address of ours; the home page for anything that could lead elsewhere."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours else "/"
