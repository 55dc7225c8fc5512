"""The commands of ``quotes``, in the order in which ``quotes --help`` lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.cli import (
    add,
    archive,
    articles,
    check,
    corrections,
    distribute,
    evaluation,
    export,
    extract,
    search,
    serve,
    show,
    speakers,
    stats,
)
from quotes.cli.reports import show_traces

app = typer.Typer(
    name="quotes",
    help="Who said what, in what capacity, where: attributed quotations from French news articles.",
    no_args_is_help=True,
    add_completion=False,
    # Plain help: rich would double the time that `quotes --help` takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from quotes import __version__

        print(f"quotes {__version__}")
        raise typer.Exit


@app.callback()
def quotes(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version."),
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Where something unforeseen goes wrong, print its trace."),
    ] = False,
) -> None:
    """Who said what, in what capacity, where: attributed quotations from French news articles."""
    show_traces(debug)


app.command("add")(add.add)
app.command("distribute")(distribute.distribute)
app.command("load")(distribute.load)
app.command("failures")(add.failures)
app.command("extract")(extract.extract)
app.command("search")(search.search)
app.command("speakers")(search.speakers)
app.add_typer(articles.app, name="articles")
app.command("show")(show.show)
app.command("export")(export.export)
app.command("check")(check.check)
app.command("variants")(check.variants)
app.command("stats")(stats.stats)
app.command("serve")(serve.serve)
app.command("speaker")(speakers.speaker)
app.command("merge")(speakers.merge)
app.command("split")(speakers.split)
app.command("rename")(speakers.rename)
app.command("alias")(speakers.alias)
app.command("fix")(corrections.fix)
app.command("review")(corrections.review)
app.command("reextract")(corrections.reextract)
app.command("history")(speakers.history)
app.command("undo")(speakers.undo)
app.command("evaluate")(evaluation.evaluate)
app.add_typer(archive.app, name="db")
