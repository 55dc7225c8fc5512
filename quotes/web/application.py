"""The application: addresses, what stands before them, and what is said when something is refused."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from quotes.errors import ArchiveError, TooSlowError
from quotes.messages import told
from quotes.web.forms import posted
from quotes.web.language import english, language_of
from quotes.web.pages import (
    article,
    clues,
    desk,
    entrance,
    figures,
    home,
    review,
    search,
    speakers,
    trial,
    verify,
)
from quotes.web.protection import Bounded, Entrance, Headed, KnownHosts, Sessions
from quotes.web.rendering import FILES, page
from quotes.web.room import Room


def reading_room(room: Room) -> Starlette:
    """Give the application over an open archive."""
    application = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(Headed),
            Middleware(KnownHosts, hosts=room.hosts),
            Middleware(Bounded),
            Middleware(Entrance, room=room),
            Middleware(Sessions),
        ],
        exception_handlers={
            HTTPException: _refused,
            TooSlowError: _too_slow,
            ArchiveError: _archive_error,
            Exception: _failed,
        },
    )
    application.state.room = room
    return application


def _routes() -> list[BaseRoute]:
    return [
        Route("/", home.home),
        Route("/search", search.search),
        Route("/export", search.export),
        Route("/articles/{number:int}", article.article),
        Route("/articles/{number:int}/revisions/{version:int}", article.revision),
        Route("/articles/{number:int}/quotes/{quote:int}", desk.quote),
        Route("/articles/{number:int}/quotes/{quote:int}/clues", clues.clues),
        Route("/speakers", speakers.everybody),
        Route("/speakers/doubles", speakers.doubles),
        Route("/speakers/{number:int}", speakers.portrait),
        Route("/names", speakers.names),
        Route("/verify", verify.verify),
        Route("/figures", figures.figures),
        Route("/figures.csv", figures.table),
        Route("/figures.svg", figures.drawing),
        Route("/try", trial.paper, methods=["GET"]),
        Route("/try", posted(trial.tried, edits=False), methods=["POST"]),
        Route("/add", posted(trial.add), methods=["POST"]),
        Route("/review", review.review, methods=["GET"]),
        Route("/review", posted(review.answered), methods=["POST"]),
        Route("/fix", posted(desk.fix), methods=["POST"]),
        Route("/merge", posted(desk.merge), methods=["POST"]),
        Route("/rename", posted(desk.rename), methods=["POST"]),
        Route("/alias", posted(desk.alias), methods=["POST"]),
        Route("/split", posted(desk.split), methods=["POST"]),
        Route("/undo", posted(desk.undo), methods=["POST"]),
        Route("/history", desk.history),
        Route("/enter", entrance.door, methods=["GET"]),
        Route("/enter", posted(entrance.enter, edits=False), methods=["POST"]),
        Mount("/files", StaticFiles(directory=FILES)),
    ]


# What a text could not be read for, said by who read it.
_UNREAD = 422
_TITLES = {
    400: "Cette demande n’est pas compréhensible",
    403: "C’est refusé",
    404: "Cette page n’existe pas",
    405: "C’est refusé",
    409: "Ce n’est pas possible",
    413: "C’est trop grand",
    503: "Cette question est trop longue",
}


def _told(request: Request, status: int, said: str) -> Response:
    title = _TITLES.get(status, "Quelque chose n’a pas marché")
    return page(request, "refused.html", {"refusal": title, "said": said}, status=status)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    language = language_of(request)
    said = language.text(error.detail) if error.detail in english() else ""
    if error.status_code == _UNREAD:
        said = said or told(error.detail, language.code)
    answer = _told(request, error.status_code, said)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _too_slow(request: Request, error: Exception) -> Response:
    return _told(request, 503, language_of(request).text("Demandez moins, ou un temps plus court."))


def _archive_error(request: Request, error: Exception) -> Response:
    return _told(request, 409, told(str(error), language_of(request).code))


def _failed(request: Request, error: Exception) -> Response:
    return _told(request, 500, "")
