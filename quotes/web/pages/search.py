"""Search: words, facets that narrow and can be taken back, pages; and exports of what is shown."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from quotes.archive import Hit, export_quotes
from quotes.archive.export.marking import around
from quotes.archive.search.finding import COUNTED_AT_MOST
from quotes.archive.search.suggesting import with_word
from quotes.errors import ArchiveError, TooSlowError
from quotes.web.asked import FACETS, Asked, asked
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.archive import Archive, QuoteRow, SpeakerRow
    from quotes.web.room import Room

PAGE = 20
_VALUES = 8
_LONGEST_TYPED = 60
_FORMATS = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "jsonl": ("jsonl", "application/x-ndjson; charset=utf-8"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A result with the words around it in its line."""

    hit: Hit
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow a search by; ``value`` is ``None`` where it can't be asked for."""

    value: str | None
    quotes: int
    address: str | None


@dataclass(frozen=True, slots=True)
class Facets:
    """What a search can be narrowed by, by dimension; ``estimated``: of some of its quotes."""

    values: Mapping[str, list[FacetValue]]
    estimated: bool = False


def search(request: Request) -> Response:
    """``/search``."""
    room: Room = request.app.state.room
    archive = room.archive
    wanted = asked(request.query_params)
    try:
        found = archive.search(
            wanted.query, wanted.filters, exact=wanted.exact, sort=wanted.sort, limit=PAGE, after=wanted.after
        )
    except TooSlowError:
        raise
    except ArchiveError as error:
        if wanted.after is None:
            raise
        raise HTTPException(400, "Cette page de résultats n’existe plus : cherchez à nouveau.") from error
    return page(
        request,
        "search.html",
        {
            "asked": wanted,
            "found": found,
            "shown": in_context(archive, found.hits),
            "more_than_counted": found.matches > COUNTED_AT_MOST,
            "facets": facets(room, wanted, found.matches) if found.hits else Facets({}),
            "people": _named(archive, wanted) if wanted.after is None else [],
            "alike": [] if found.hits else _alike(archive, wanted),
            "formats": list(_FORMATS),
        },
    )


def in_context(archive: Archive, hits: Sequence[Hit]) -> list[Shown]:
    """Give results with what stands around them."""
    texts = archive.texts_of({hit.row.article_id for hit in hits})
    return [Shown(hit, *around(texts[hit.row.article_id], hit.row.start, hit.row.end)) for hit in hits]


def facets(room: Room, wanted: Asked, matches: int) -> Facets:
    """Count a search by everything by which it isn't filtered yet."""
    dimensions = tuple(one for one in FACETS if not wanted.narrows(one))
    asked_of = dimensions, wanted.query, wanted.filters
    try:
        counted = room.kept.get(
            ("facets", *asked_of, wanted.exact),
            lambda: room.archive.narrowings(*asked_of, exact=wanted.exact, limit=_VALUES, matches=matches),
        )
    except TooSlowError:
        # What was found is worth showing without what it could be narrowed by.
        return Facets({})
    found: dict[str, list[FacetValue]] = {}
    for dimension, counts in counted.values.items():
        values = [_facet(wanted, dimension, value, quotes) for value, quotes in counts]
        if len(values) > 1 or (len(values) == 1 and values[0].value is not None):
            found[dimension] = values
    return Facets(found, counted.estimated)


def _facet(wanted: Asked, dimension: str, value: str | None, quotes: int) -> FacetValue:
    if value is None and dimension == "gender":
        value = "unknown"
    address = None if value is None else wanted.narrowed(dimension, value).address()
    return FacetValue(value, quotes, address)


def _named(archive: Archive, wanted: Asked) -> list[SpeakerRow]:
    """Who bears the name that is searched for."""
    if not wanted.query or wanted.values or len(wanted.query) > 60:
        return []
    return archive.bearers(wanted.query, limit=3)


def _alike(archive: Archive, wanted: Asked) -> list[tuple[str, Asked]]:
    """Searches that may have been meant, each with the words to show for it."""
    if len(wanted.query) > _LONGEST_TYPED:
        return []
    meant = archive.hints(wanted.query, wanted.filters)
    found = [
        (word, replace(wanted, query=with_word(wanted.query, typed, word), after=None))
        for typed, words in meant.words
        for word in words
    ]
    # Who was looked for among the words is looked for by name.
    by_name = wanted if wanted.values.get("speaker") else replace(wanted, query="", after=None)
    found += [(name, by_name.narrowed("speaker", name)) for name in meant.speakers]
    return found + [(name, wanted.narrowed("outlet", name)) for name in meant.outlets]


def export(request: Request) -> Response:
    """``/export``: all that a search finds, as a file."""
    room: Room = request.app.state.room
    name = request.query_params.get("format", "csv")
    if name not in _FORMATS:
        raise HTTPException(404)
    wanted = asked(request.query_params)
    suffix, media_type = _FORMATS[name]
    filters = wanted.filters
    if number := request.query_params.get("speaker_id"):
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise HTTPException(400, "Il manque un numéro.")
        filters = replace(filters, speaker_id=int(number))
    rows = room.whole.placed(filters, query=wanted.query, exact=wanted.exact)
    return as_file(rows, suffix, media_type)


def as_file(rows: Iterable[QuoteRow], suffix: str, media_type: str) -> Response:
    """Write quotes to a file that is sent and then removed: it is whole, and never held in memory."""
    folder = Path(tempfile.mkdtemp(prefix="quotes-"))
    try:
        path = folder / f"citations.{suffix}"
        export_quotes(rows, path, format=suffix)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        path,
        media_type=media_type,
        filename=path.name,
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )
