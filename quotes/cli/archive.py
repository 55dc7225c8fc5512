"""``quotes db``: the archive's file itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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


@app.command()
def check(db: Database = DEFAULT_DATABASE) -> None:
    """Look for damage: the file, its keys, the full-text index, the offsets against the texts."""
    from quotes.archive import open_archive

    with open_archive(db, create=False) as opened:
        wrong = opened.check()
    for sentence in wrong:
        print(sentence)
    if wrong:
        say(f"{db} is damaged: restore it from a backup")
        raise typer.Exit(1)
    say(f"{db} is sound")


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; it must not exist yet.")],
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Copy the archive, also while it is being written to."""
    from quotes.archive import open_archive

    with open_archive(db, create=False) as opened:
        opened.backup(target)
    say(f"{db} copied to {target}")
