"""What stands before every page: the host's name, the secret, sizes and numbers of requests, headers."""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import SimpleCookie

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotes.web.forms import SESSION, new_session
from quotes.web.rendering import page
from quotes.web.room import Room

LARGEST_BODY = 20_000_000
"""Bytes that a request may have."""
AT_ONCE = 8
"""Requests that are answered at once; others wait."""
_WAITING = 56
_PATIENCE = 15.0
_LARGE = (
    "C’est trop grand",
    "Rien ne dépasse 20 Mo ici : séparez le fichier, ou ajoutez-le avec `quotes add`.",
)
_BUSY = "Trop de demandes à la fois", "Essayez encore dans un instant."
KEY = "key"
"""The cookie that stands for the token."""
ENTRANCE = "/enter"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For a drawing that is opened by itself: it brings its own style, and can do nothing."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Headed:
    """Puts the headers of safety on every answer; pages are not kept by caches on the way."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with more headers."""

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", POLICY)
                # The address of a file of ours changes with what is in it.
                lasting = (
                    message["status"] == 200 and scope["path"].startswith("/files/") and scope["query_string"]
                )
                kept = "public, max-age=31536000, immutable" if lasting else "private, no-cache"
                headers.setdefault("Cache-Control", kept)
                headers.add_vary_header("Cookie")
                headers.add_vary_header("Accept-Language")
            await send(message)

        await self._app(scope, receive, headed if scope["type"] == "http" else send)


class KnownHosts:
    """Refuses requests for a name that isn't ours: a page elsewhere may have had its name lead here."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer under our names only."""
        if scope["type"] == "http" and "*" not in self._hosts:
            name = host_name(Headers(scope=scope).get("host", ""))
            if name not in self._hosts:
                refusal = PlainTextResponse("this is not the name of this reading room\n", status_code=421)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def host_name(header: str) -> str:
    """Give the name in a ``Host`` header, without its port.

    >>> host_name("[::1]:8765"), host_name("Localhost:8765")
    ('::1', 'localhost')
    """
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.rpartition(":")[0].lower() if ":" in header else header.lower()


class Sessions:
    """Gives each visitor a name in a cookie, by which forms are sealed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a visitor who has a session."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        known = cookies_of(scope).get(SESSION, "")
        fits = 16 <= len(known) <= 64 and known.isascii()
        scope["session_name"] = known if fits else new_session()

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and not fits:
                MutableHeaders(scope=message).append(
                    "Set-Cookie", f"{SESSION}={scope['session_name']}; Path=/; HttpOnly; SameSite=Lax"
                )
            await send(message)

        await self._app(scope, receive, with_cookie)


def cookies_of(scope: Scope) -> dict[str, str]:
    """Give the cookies of a request; odd ones are left out."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(Headers(scope=scope).get("cookie", "")[:8_000])
    except Exception:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def key_of(room: Room) -> str:
    """Give what the cookie holds for a visitor who has given the token: not the token itself."""
    return hmac.new((room.token or "").encode(), b"quotes reading room", hashlib.sha256).hexdigest()


class Entrance:
    """Lets in only who has given the token, where there is one."""

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self._app = app
        self._key = key_of(room) if room.token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or send to the entrance."""
        if scope["type"] == "http" and self._key and not self._open_to_all(scope["path"]):
            given = cookies_of(scope).get(KEY, "")
            if not hmac.compare_digest(given.encode(), self._key.encode()):
                await RedirectResponse(ENTRANCE, status_code=303)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    @staticmethod
    def _open_to_all(path: str) -> bool:
        return path == ENTRANCE or path.startswith("/files/")


class Bounded:
    """Lets a few requests through at once; too many, and too large ones, are refused."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._places = anyio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in turn."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdigit() or int(length[:18]) > LARGEST_BODY:
            await _too_large(scope)(scope, receive, send)
            return
        if self._waiting >= _WAITING or not await self._seated():
            busy = page(Request(scope), "bare.html", {"large": False}, status=503)
            busy.headers["Retry-After"] = "5"
            await busy(scope, receive, send)
            return
        try:
            await self._within(scope, receive, send)
        finally:
            self._places.release()

    async def _seated(self) -> bool:
        self._waiting += 1
        try:
            with anyio.move_on_after(_PATIENCE):
                await self._places.acquire()
                return True
            return False
        finally:
            self._waiting -= 1

    async def _within(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A body without a length, or with a wrong one, is counted while it comes."""
        got = 0
        began = False

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > LARGEST_BODY:
                raise _TooLargeError
            return message

        async def noticed(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._app(scope, counted, noticed)
        except _TooLargeError:
            if began:
                raise
            await _too_large(scope)(scope, receive, send)


def _too_large(scope: Scope) -> Response:
    return page(Request(scope), "bare.html", {"large": True}, status=413)


class _TooLargeError(Exception):
    """A body has grown too large while it came."""
