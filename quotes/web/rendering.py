"""Templates into answers: everything is escaped, and the directions of scripts are kept apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from quotes.archive.corrections.telling import summary_of
from quotes.messages import told
from quotes.messages.rules import rule_in_words
from quotes.web import wording
from quotes.web.forms import seal
from quotes.web.language import COOKIE, language_of
from quotes.web.room import Room

_HERE = Path(__file__).parent
FILES = _HERE / "files"
# Characters that turn the direction of a line, and others that are seen by nobody.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_A_YEAR = 31_536_000


def said(text: object) -> Markup:
    """Set somebody else's words apart, so that the direction of their script ends with them."""
    return Markup("<bdi>{}</bdi>").format(text)


def plain(text: object) -> str:
    """Give somebody else's words without steering characters: for titles and attributes."""
    return _STEERING.sub("", " ".join(str(text).split()))


def outward(address: str | None) -> str | None:
    """Give an address of the web that may become a link; ``None`` for any other.

    >>> outward("https://courrier.example/pont"), outward("javascript:alert(1)")
    ('https://courrier.example/pont', None)
    """
    if not address or _STEERING.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def host_of(address: str) -> str:
    """Give the server's name in an address, without ``www.``."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@cache
def _version(name: str) -> str:
    return hashlib.sha256((FILES / name).read_bytes()).hexdigest()[:12]


def file_address(name: str) -> str:
    """Give the address of one of our files; it changes with what is in it."""
    return f"/files/{name}?v={_version(name)}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"said": said, "plain": plain, "outward": outward, "host": host_of}
    environment.globals |= {"told": told, "summary_of": summary_of, "rule_in_words": rule_in_words}
    environment.globals |= {"file": file_address, "wording": wording, "urlencode": urlencode}
    return environment


def page(
    request: Request, template: str, values: Mapping[str, object] | None = None, *, status: int = 200
) -> HTMLResponse:
    """Print a template; it knows ``_`` (texts), ``n`` (counted nouns), ``lang``, ``room``, ``seal``."""
    lang = language_of(request)
    room: Room = request.app.state.room
    text = _environment().get_template(template).render(
        {
            "_": lang.text,
            "n": lang.counted,
            "lang": lang,
            "room": room,
            "here": request.url.path,
            "other_language": _elsewhere(request, "en" if lang.code == "fr" else "fr"),
            "seal": lambda: seal(request),
            **(values or {}),
        }
    )  # fmt: skip
    # A question may hold halves of characters, which no answer can.
    answer = HTMLResponse(text.encode("utf-8", "replace"), status_code=status)
    if request.query_params.get("lang") in ("fr", "en"):
        answer.set_cookie(COOKIE, lang.code, max_age=_A_YEAR, samesite="lax", httponly=True)
    return answer


def _elsewhere(request: Request, code: str) -> str:
    """Give the address of this page in the other language."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    path = request.url.path if request.method == "GET" else "/"
    return f"{path}?{urlencode([*asked, ('lang', code)], errors='replace')}"
