"""``quotes db``: the archive itself, a file or a database on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.examples import EXAMPLES
from quotes.cli.options import DEFAULT_DATABASE, Database
from quotes.cli.printing import counted, for_stdout, one_line, say
from quotes.cli.usage import Command, Group
from quotes.messages import _, told

app = typer.Typer(
    cls=Group, help="Look after the archive itself.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def archive() -> None:
    """Look after the archive itself."""


@app.command(cls=Command, epilog=EXAMPLES["db upgrade"])
def upgrade(db: Database = DEFAULT_DATABASE) -> None:
    """Bring an archive that an older version made to the newest schema."""
    from quotes.archive import name_of
    from quotes.archive import upgrade as upgrade_archive

    before, after = upgrade_archive(db)
    if before == after:
        say(_("{db} is up to date").format(db=name_of(db)))
    else:
        say(
            _("{db} upgraded from {before} to {after}").format(
                db=name_of(db), before=before or _("nothing"), after=after
            )
        )


@app.command(cls=Command, epilog=EXAMPLES["db check"])
def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Make anew what can be derived: indexes, terms, sketches, names.")
    ] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Look for damage: the file, its keys and indexes, every row as it is read, against the texts."""
    from quotes.archive import open_archive
    from quotes.archive.store.opening import may_be_written

    readonly = not repair and not may_be_written(db)
    with open_archive(db, create=False, readonly=readonly) as opened:
        name = opened.name
        done, wrong = opened.repair() if repair else ([], opened.check())
    for sentence in done:
        say(_("made anew: {sentence}").format(sentence=told(sentence)))
    for sentence in wrong:
        print(for_stdout(one_line(told(sentence))))
    if wrong and repair:
        say(_("{name} is damaged: restore from a backup what can't be made anew").format(name=name))
    elif wrong:
        say(
            _(
                "{name} is damaged: try `quotes db check --repair` (on a copy), or restore it from a backup"
            ).format(name=name)
        )
    if wrong:
        raise typer.Exit(1)
    say(_("{name} is sound").format(name=name))


@app.command(cls=Command, epilog=EXAMPLES["db backup"])
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The copy; it must not exist yet.")],
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Copy the archive to a new file, also while it is being written to."""
    from quotes.archive import open_archive

    with open_archive(db, create=False, readonly=True) as opened:
        opened.backup(target)
        say(_("{name} copied to {target}").format(name=opened.name, target=target))


@app.command(cls=Command, epilog=EXAMPLES["db copy"])
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The archive to copy.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new file, or an empty database.")],
) -> None:
    """Copy an archive with all that is in it from a file to a PostgreSQL database, or back."""
    from quotes.archive import name_of, open_archive

    with open_archive(source, create=False, readonly=True) as opened:
        rows = opened.copy(target)
    said = ", ".join(
        (
            counted(rows["articles"], "article", "articles"),
            counted(rows["quotes"], "quote", "quotes"),
            counted(rows["speakers"], "speaker", "speakers"),
            counted(rows["corrections"], "correction", "corrections"),
        )
    )
    say(_("{name} copied to {target}: {said}").format(name=opened.name, target=name_of(target), said=said))
