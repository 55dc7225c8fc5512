"""``quotes articles``: what is in the archive, and mending what is known of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.entries import print_entries
from quotes.cli.examples import EXAMPLES
from quotes.cli.options import DEFAULT_DATABASE, Database, Format, OutputFormat, chosen_format, day
from quotes.cli.printing import counted, print_json, say
from quotes.cli.speakers import author as author_of_changes
from quotes.cli.usage import Command, Group
from quotes.messages import _

if TYPE_CHECKING:
    from quotes.archive import ArticleRow

app = typer.Typer(cls=Group, invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def articles(
    context: typer.Context,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="At most this many.")
    ] = None,
    output: Format = None,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json: an array.")] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """List the articles, in the order added; `quotes articles edit` mends one."""
    if context.invoked_subcommand is not None:
        return
    from quotes.archive import open_archive

    with open_archive(db, create=False, readonly=True) as archive:
        rows = list(archive.articles(limit=limit))
    form = OutputFormat.JSON if json else chosen_format(output)
    if form is OutputFormat.JSON:
        print_json([asdict(row) for row in rows], indent=2)
    elif form is OutputFormat.JSONL:
        for row in rows:
            print_json(asdict(row))
    elif rows:
        print_entries(map(_entry, rows))
    if not rows:
        say(_("no articles yet: `quotes add FILE` adds some"))


def _entry(row: ArticleRow) -> tuple[str, list[str]]:
    under = [row.outlet or row.source or _("unknown outlet"), (row.published or "")[:10]]
    source = row.source or "" if row.outlet else ""
    return row.title or _("(without title)"), [
        *under, counted(row.quotes, "quote", "quotes"), f"#{row.id}", source, _other_forms(row)
    ]  # fmt: skip


def _other_forms(row: ArticleRow) -> str:
    forms = [counted(row.copies, "copy", "copies")] if row.copies else []
    if row.revisions:
        forms.append(counted(row.revisions, "earlier version", "earlier versions"))
    if row.like:
        forms.append(_("like {articles}").format(articles=", ".join(map(str, row.like))))
    return ", ".join(forms)


@app.command(cls=Command, epilog=EXAMPLES["articles edit"])
def edit(
    article: Annotated[int, typer.Argument(metavar="ID", help="The article's number.", min=1)],
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Its title.", show_default=False)
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", metavar="NAME", help="Who wrote it (repeatable).", show_default=False),
    ] = None,
    translator: Annotated[
        list[str] | None,
        typer.Option(
            "--translator", metavar="NAME", help="Who translated it (repeatable).", show_default=False
        ),
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Where it appeared.", show_default=False)
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", parser=day, help="When it appeared (2024-05-17).", show_default=False
        ),
    ] = None,
    section: Annotated[
        str | None,
        typer.Option("--section", metavar="NAME", help="In which section it appeared.", show_default=False),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Its address.", show_default=False)
    ] = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Mend what is known of an article, for it and its quotes; '' makes it unknown."""
    from quotes.archive import ArticleChange, open_archive

    change = ArticleChange(title, _names(author), outlet, date, url, _names(translator), section)
    if change == ArticleChange():
        raise typer.BadParameter(
            _("say what to change: --title, --author, --translator, --outlet, --date, --section or --url")
        )
    with open_archive(db, create=False) as archive:
        entry = archive.edit(article, change, who=author_of_changes())
    say(
        _("article {article} changed (`quotes undo {entry}` takes it back)").format(
            article=article, entry=entry
        )
    )


def _names(given: list[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(name for name in given if name.strip())
