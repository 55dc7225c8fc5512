"""The commands of ``quotes``, in the order in which ``quotes --help`` lists them."""

from __future__ import annotations

from collections.abc import Callable
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
from quotes.cli.examples import EXAMPLES
from quotes.cli.reports import show_traces
from quotes.cli.usage import Command, Group, normalized
from quotes.messages import LANGUAGES, _, later

app = typer.Typer(
    name="quotes",
    cls=Group,
    help="Who said what, in what capacity, where: attributed quotations from French news articles.",
    no_args_is_help=True,
    # Plain help: rich would double the time that `quotes --help` takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={
        "help_option_names": ["-h", "--help"],
        # What is typed in French is taken as well.
        "token_normalize_func": normalized,
    },
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
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="CODE",
            envvar="QUOTES_LANG",
            help="The language of help and messages: fr or en. Default: that of the locale.",
            show_default=False,
        ),
    ] = None,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Where something unforeseen goes wrong, print its trace."),
    ] = False,
) -> None:
    """Who said what, in what capacity, where: attributed quotations from French news articles."""
    if lang is not None and lang not in LANGUAGES:
        raise typer.BadParameter(
            _("{lang!r} is no language of this program: write fr or en").format(lang=lang)
        )
    show_traces(debug)


_READ, _ASK, _MEND = later("Read"), later("Ask"), later("Mend")
_MEASURE, _LOOK_AFTER = later("Measure"), later("Look after")


def _add(name: str, panel: str, function: Callable[..., None]) -> None:
    app.command(name, cls=Command, rich_help_panel=panel, epilog=EXAMPLES[name])(function)


_add("add", _READ, add.add)
_add("distribute", _READ, distribute.distribute)
_add("load", _READ, distribute.load)
_add("failures", _READ, add.failures)
_add("extract", _READ, extract.extract)
_add("search", _ASK, search.search)
_add("check", _ASK, check.check)
_add("variants", _ASK, check.variants)
_add("show", _ASK, show.show)
_add("speakers", _ASK, search.speakers)
_add("speaker", _ASK, speakers.speaker)
app.add_typer(articles.app, name="articles", rich_help_panel=_ASK, epilog=EXAMPLES["articles"])
_add("stats", _ASK, stats.stats)
_add("export", _ASK, export.export)
_add("serve", _ASK, serve.serve)
_add("fix", _MEND, corrections.fix)
_add("review", _MEND, corrections.review)
_add("merge", _MEND, speakers.merge)
_add("split", _MEND, speakers.split)
_add("rename", _MEND, speakers.rename)
_add("alias", _MEND, speakers.alias)
_add("undo", _MEND, speakers.undo)
_add("history", _MEND, speakers.history)
_add("evaluate", _MEASURE, evaluation.evaluate)
_add("reextract", _LOOK_AFTER, corrections.reextract)
app.add_typer(archive.app, name="db", rich_help_panel=_LOOK_AFTER, epilog=EXAMPLES["db"])
