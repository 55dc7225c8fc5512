"""Help and errors of usage in the language spoken: the commands in groups, each with examples.

The framework says part of it by itself, in English: what its errors are is told through the catalogue.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from quotes.archive.store.folding import fold
from quotes.cli.printing import harmless
from quotes.messages import DOMAIN, ENGLISH, FOLDER, _, in_context, spoken, told

METAVAR = "metavar"
"""The context, in the catalogue, of what stands for values in the help: ``NAME``, ``DATE`` …"""
# The framework's own classes, by the one of them that it shows.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]
_OF_FRAMEWORK = "Value error, "
# French words for values and options, by what they mean here; without accents, in lower case.
_FRENCH = {
    "personne": "person",
    "organisation": "organization",
    "groupe": "group",
    "anonyme": "unnamed",
    "femme": "f",
    "femmes": "f",
    "feminin": "f",
    "homme": "m",
    "hommes": "m",
    "masculin": "m",
    "inconnu": "unknown",
    "inconnue": "unknown",
    "directe": "direct",
    "fragment": "mixed",
    "mixte": "mixed",
    "indirecte": "indirect",
    "rapporte": "indirect",
    "rapportee": "indirect",
    "media": "outlet",
    "mois": "month",
    "annee": "year",
    "genre": "gender",
    "forme": "kind",
    "locuteur": "speaker",
    "locutrice": "speaker",
    "qualite": "role",
    "fonction": "role",
    "depuis": "since",
    "jusque": "until",
    "nombre": "count",
    "dernier": "last",
    "nom": "name",
    "tableau": "table",
    "par": "by",
    "limite": "limit",
    "tri": "sort",
    "langue": "lang",
    "titre": "title",
    "auteur": "author",
    "traducteur": "translator",
    "rubrique": "section",
    "adresse": "url",
    "jamais": "never",
    "toujours": "always",
}


def normalized(token: str) -> str:
    """Give what a French word for a value or an option means; any other stays as it is typed.

    >>> normalized("Personne"), normalized("média"), normalized("direct")
    ('person', 'outlet', 'direct')
    """
    return _FRENCH.get(fold(token).strip(), token)


class Command(TyperCommand):
    """A command whose help ends with examples."""

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option of help."""
        return _told_option(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how it is called."""
        _write_usage(self, ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples as they are to be typed."""
        if self.epilog:
            with formatter.section(_("Examples")):
                for line in self.epilog.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class Group(TyperGroup):
    """Commands, listed by what they are for (``rich_help_panel``), with the first sentence of their help."""

    command_class = Command

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option of help."""
        return _told_option(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how it is called."""
        _write_usage(self, ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples as they are to be typed."""
        Command.format_epilog(self, ctx, formatter)  # type: ignore[arg-type]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands of each group under its heading."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            panel = command.rich_help_panel
            heading = _(panel) if isinstance(panel, str) else _("Commands")
            groups.setdefault(heading, []).append((name, _first_sentence(command.help or "")))
        widest = max(len(name) for rows in groups.values() for name, _help in rows)
        for heading, rows in groups.items():
            with formatter.section(heading):
                # One column for all groups.
                formatter.write_dl([(name.ljust(widest), text) for name, text in rows])


def _told_option(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this message and exit.")
    return option


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: "))


def _first_sentence(text: str) -> str:
    paragraph = " ".join(text.split("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".")


def in_language(command: Any) -> Any:
    """Give a command, and all below it, with its help in the language spoken."""
    command.help = command.help and _(command.help)
    command.options_metavar = command.options_metavar and in_context(METAVAR, command.options_metavar)
    if getattr(command, "subcommand_metavar", None):
        command.subcommand_metavar = in_context(METAVAR, command.subcommand_metavar)
    for param in command.params:
        if getattr(param, "help", None):
            param.help = _(param.help)
        if param.metavar:
            param.metavar = in_context(METAVAR, param.metavar)
    for below in getattr(command, "commands", {}).values():
        in_language(below)
    return command


def tell_usage(error: Any) -> None:
    """Say what is wrong with a call, how it is made, and where help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.ctx.get_help(), file=sys.stderr)
        return
    if error.ctx is not None:
        print(error.ctx.get_usage(), file=sys.stderr)
        command = f"{error.ctx.command_path} {error.ctx.help_option_names[0]}"
        print(_("Try '{command}' for help.").format(command=command) + "\n", file=sys.stderr)
    said = " ".join(error.format_message().replace(_OF_FRAMEWORK, "").split())
    print(_("Error: {said}").format(said=harmless(told(said))), file=sys.stderr)


@contextmanager
def framework_in_language() -> Iterator[None]:
    """Let the framework, which asks gettext for the words of its own, find ours."""
    if spoken() == ENGLISH:
        yield
        return
    domain, kept = gettext.textdomain(), {name: os.environ.get(name) for name in ("LANGUAGE",)}
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = spoken()
    try:
        yield
    finally:
        gettext.textdomain(domain)
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def language_asked(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take ``--lang CODE`` out of a call, wherever it stands before ``--``; give it and what is left.

    >>> language_asked(["search", "--lang", "fr", "pont"])
    ('fr', ['search', 'pont'])
    """
    asked: str | None = None
    left: list[str] = []
    rest = iter(arguments)
    for one in rest:
        if one == "--":
            left += [one, *rest]
        elif one.startswith("--lang="):
            asked = one.removeprefix("--lang=")
        elif one == "--lang":
            asked = next(rest, "")
        else:
            left.append(one)
    return asked, left
