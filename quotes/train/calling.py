"""A training called from a shell: parsed as the program's own commands are, and wrong in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from quotes.errors import QuotesError


def run(name: str, command: Callable[..., None]) -> None:
    """Run a command by what the shell gave it; ``name`` is said before what is wrong."""
    app = typer.Typer(add_completion=False)
    app.command()(command)
    try:
        app()
    except QuotesError as error:
        typer.echo(f"{name}: {error}", err=True)
        sys.exit(1)
