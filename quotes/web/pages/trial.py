"""Try: the quotes of a pasted text or a file at once, nothing stored; with editing, a button to add it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quotes.archive import StoredQuote
from quotes.archive.export.marking import speaker_key, tones, with_title
from quotes.model import Article
from quotes.reading import Unread
from quotes.reading.dates import iso_date
from quotes.reading.language import is_french
from quotes.web.forms import Form, see
from quotes.web.pages.article import voices
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.model import Extraction
    from quotes.web.room import Room


def paper(request: Request) -> Response:
    """``/try``: an empty sheet."""
    return page(request, "try.html", {"text": "", "results": None, "refusals": []})


def tried(request: Request, form: Form) -> Response:
    """What was pasted or dropped, with its quotes."""
    room: Room = request.app.state.room
    text = form.get("text").replace("\r\n", "\n")
    if form.file is not None:
        name, data = form.file
        found = room.trial.file(data, name)
    elif text:
        found = room.trial.text(text)
    else:
        raise HTTPException(400, "Collez un texte, ou choisissez un fichier.")
    results: list[dict[str, object]] = []
    numbered = 0
    for one in found:
        if not isinstance(one, Unread):
            results.append(_shown(one, numbered))
            numbered += len(one.quotes)
    refusals = [one for one in found if isinstance(one, Unread)]
    return page(
        request,
        "try.html",
        {"text": text, "results": results, "refusals": refusals, "key": speaker_key},
        status=200 if results else 422,
    )


def _shown(extraction: Extraction, before: int) -> dict[str, object]:
    # Numbered through: several articles may stand on one page.
    quotes = tuple(StoredQuote(n, quote, None) for n, quote in enumerate(extraction.quotes, before + 1))
    title, blocks = with_title(extraction.article, quotes)
    return {
        "article": extraction.article,
        "quotes": quotes,
        "title": title,
        "blocks": blocks,
        "voices": voices(quotes),
        "tones": tones(quotes),
        "french": is_french(extraction.article.text),
    }


def add(request: Request, form: Form) -> Response:
    """Add a text that was tried, with what is known of it."""
    from quotes.extraction.extract import RULES_VERSION

    room: Room = request.app.state.room
    assert room.desk is not None
    text = form.fields.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise HTTPException(400, "Collez un texte, ou choisissez un fichier.")
    if form.get("any_language") != "1" and not is_french(text):
        raise HTTPException(
            422, "Ce texte ne semble pas être en français : cochez qu’il est à ajouter tout de même."
        )
    published = form.get("published")
    date = iso_date(published) if published else None
    if published and date is None:
        raise HTTPException(400, "Ce n’est pas une date : écrivez 2024-05-17.")
    source = form.get("source")
    if source in ("", "-"):
        # The same text pasted twice is the same article.
        source = f"pasted:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"
    (found,) = room.trial.text(text, source) or [Unread(source, "Rien n’a pu être lu.")]
    if isinstance(found, Unread):
        raise HTTPException(422, found.reason)
    article: Article = replace(
        found.article,
        title=form.get("title") or found.article.title,
        outlet=form.get("outlet") or found.article.outlet,
        published=date or found.article.published,
        url=form.get("url") or found.article.url,
    )
    added = room.desk.add(replace(found, article=article), extractor_version=RULES_VERSION)
    return see(f"/articles/{added.article_id}")
