"""The arguments and options that several commands share."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.messages import _
from quotes.model import QuoteKind, SpeakerType

if TYPE_CHECKING:
    from quotes.archive import Filters
    from quotes.extraction.opinion import Model
    from quotes.reading.sources import Fetch


class OutputFormat(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def chosen_format(asked: OutputFormat | None) -> OutputFormat:
    """The format asked for; otherwise a table for eyes and JSON lines for programs."""
    if asked:
        return asked
    return OutputFormat.TABLE if sys.stdout.isatty() else OutputFormat.JSONL


class ModelUse(StrEnum):
    """Whether the encoder is asked: the values of ``--model``."""

    NEVER = "never"
    AUTO = "auto"
    ALWAYS = "always"


_LONGEST_NUMBER = 100  # digits


def number_or_public_id(typed: str) -> int | str:
    """The number of an article or a quote, or the public identifier of a quote."""
    if typed.isascii() and typed.isdigit() and len(typed) < _LONGEST_NUMBER and int(typed):
        return int(typed)
    from quotes.archive.store.public_ids import is_public_id

    if is_public_id(typed):
        return typed
    raise typer.BadParameter(
        _("{typed!r} is neither a number (from 1 on) nor a `public_id` of an export").format(typed=typed)
    )


class GenderFilter(StrEnum):
    """Whose quotes: women's, men's, or those of speakers whose gender isn't known."""

    FEMALE = "f"
    MALE = "m"
    UNKNOWN = "unknown"


def _date(text: str) -> str:
    from quotes.archive.search.query import date_bound

    known = date_bound(text)
    if known is None:
        raise typer.BadParameter(
            _("{text!r} is no date: write 2024, 2024-05, 2024-05-17 or 17/05/2024").format(text=text)
        )
    return known


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…", help="Files, folders, patterns, or - for standard input.", show_default=False
    ),
]
Fetched = Annotated[
    bool, typer.Option("--fetch", help="Read addresses (https://…) from the network.", show_default=False)
]
Database = Annotated[
    str,
    typer.Option("--db", metavar="PATH", envvar="QUOTES_DB",
                 help="The archive: an SQLite file, or postgresql+psycopg://USER@HOST/NAME."),
]  # fmt: skip
DEFAULT_DATABASE = "quotes.db"
ModelOption = Annotated[
    ModelUse,
    typer.Option(
        "--model",
        help="Whether the encoder is asked: never, auto (of what the rules leave in doubt, where it is"
        " installed) or always.",
    ),
]

Format = Annotated[
    OutputFormat | None,
    typer.Option("--format", help="Default: table in a terminal, otherwise jsonl.", show_default=False),
]
SpeakerOption = Annotated[
    str | None,
    typer.Option("--speaker", metavar="NAME", help="Only this speaker: a name, or whole words of one.",
                 show_default=False),
]  # fmt: skip
RoleOption = Annotated[
    str | None,
    typer.Option("--role", metavar="WORDS", help="Only in a role with these words.", show_default=False),
]
OutletOption = Annotated[
    str | None, typer.Option("--outlet", metavar="NAME", help="Only from this outlet.", show_default=False)
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", parser=_date, show_default=False,
                 help="Published on this date or later (2024, 2024-05, 2024-05-17, 17/05/2024)."),
]  # fmt: skip
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", parser=_date, help="Published on this date or before.",
                 show_default=False),
]  # fmt: skip
KindOption = Annotated[
    QuoteKind | None, typer.Option("--kind", help="Only this kind of quote.", show_default=False)
]
TypeOption = Annotated[
    SpeakerType | None, typer.Option("--type", help="Only this type of speaker.", show_default=False)
]
GenderOption = Annotated[
    GenderFilter | None, typer.Option("--gender", help="Only speakers of this gender.", show_default=False)
]


def day(value: str) -> str:
    """A date as the user types it, in ISO 8601; the empty string stays."""
    from quotes.reading.dates import iso_date

    if not value:
        return ""
    found = iso_date(value)
    if found is None:
        raise typer.BadParameter(_("{value!r} is no date: write 2024-05-17").format(value=value))
    return found


def fetcher(files: list[str], asked: bool) -> Fetch | None:
    """What asks the network, when the user asks for it; addresses without ``--fetch`` are wrong usage."""
    from quotes.reading.pieces import is_address

    address = next((file for file in files if is_address(file)), None)
    if address is None:
        return None
    if not asked:
        raise typer.BadParameter(
            _("{address} is an address: add --fetch to read it from the network").format(address=address)
        )
    from quotes.reading.fetch import fetch

    return fetch


def chosen_model(asked: ModelUse) -> Model:
    """What was asked for, once it is known that it can be had: nothing is read before.

    Raises:
        QuotesError: the encoder isn't installed, or the environment names no such choice.
    """
    from quotes.extraction.opinion import require

    require(asked.value)
    return asked.value


def filters(
    speaker: str | None,
    role: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    kind: QuoteKind | None,
    type_: SpeakerType | None,
    gender: GenderFilter | None,
) -> Filters:
    """What the options above ask of the archive."""
    from quotes.archive import Filters

    return Filters(
        speaker=speaker,
        role=role,
        outlet=outlet,
        since=since,
        until=until,
        kind=kind and kind.value,
        type=type_ and type_.value,
        gender=gender and gender.value,
    )
