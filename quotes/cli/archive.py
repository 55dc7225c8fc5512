"""``quotes db``: the archive's file itself."""

from __future__ import annotations

import typer

from quotes.cli.options import DEFAULT_DATABASE, Database
from quotes.cli.printing import say

app = typer.Typer(help="Look after the archive's file.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def archive() -> None:
    """Look after the archive's file."""


@app.command()
def upgrade(db: Database = DEFAULT_DATABASE) -> None:
    """Bring an archive that an older version made to the newest schema."""
    from quotes.archive import upgrade as upgrade_archive

    before, after = upgrade_archive(db)
    say(f"{db} is up to date" if before == after else f"{db} upgraded from {before} to {after}")
