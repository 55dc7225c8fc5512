"""``quotes serve``: the archive in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.options import DEFAULT_DATABASE, Database
from quotes.cli.printing import say
from quotes.cli.speakers import author
from quotes.errors import QuotesError
from quotes.extras import how_to_add
from quotes.messages import _

_SHORTEST_TOKEN = 16


def serve(
    host: Annotated[
        str, typer.Option("--host", help="Where to answer; others than this machine need --token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=1, max=65_535, help="The port to answer at.")
    ] = 8765,
    edit: Annotated[
        bool, typer.Option("--edit", help="Let quotes be corrected, speakers merged, texts added.")
    ] = False,
    token: Annotated[
        Path | None,
        typer.Option("--token", metavar="FILE", help="A file with a secret that visitors have to give.",
                     show_default=False),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser at once.")] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Show the archive in a browser: search, articles, speakers, figures, checking a wording.

    Reading only, unless --edit. Nothing is loaded from elsewhere. Ctrl-C stops it.
    """
    try:
        import uvicorn

        from quotes.web.application import reading_room
        from quotes.web.pages.home import make_ready
    except ModuleNotFoundError as error:
        raise QuotesError(
            _("the reading room needs {name}: {command}").format(name=error.name, command=how_to_add("web"))
        ) from error
    from quotes.web.room import LOOPBACK, open_room

    local = host in LOOPBACK
    if not local and token is None:
        raise typer.BadParameter(
            _(
                "{host} can be reached by others: write a secret to a file and give it with --token FILE"
            ).format(host=host)
        )
    secret = None if token is None else _secret(token)
    # Behind a token the name doesn't matter: another page has no cookie of ours.
    hosts = LOOPBACK if local else frozenset({"*"})
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    with open_room(db, edit=edit, hosts=hosts, token=secret, who=author()) as room:
        way = _("editing") if edit else _("reading only")
        say(
            _("{name} is open at {address} ({way}; Ctrl-C stops it)").format(
                name=room.archive.name, address=address, way=way
            )
        )
        make_ready(room)
        if open_:
            typer.launch(address)
        uvicorn.run(
            reading_room(room),
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            limit_concurrency=200,
            timeout_keep_alive=5,
        )


def _secret(file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(
            _("{file} can't be read: give a text file with the secret").format(file=file)
        ) from error
    if len(secret) < _SHORTEST_TOKEN:
        raise typer.BadParameter(
            _("{file}: a secret of at least {shortest_token} characters is needed").format(
                file=file, shortest_token=_SHORTEST_TOKEN
            )
        )
    return secret
