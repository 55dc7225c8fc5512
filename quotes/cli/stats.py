"""``quotes stats``: who speaks how much, where and when."""

from __future__ import annotations

import csv
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.options import (
    DEFAULT_DATABASE,
    Database,
    Format,
    GenderOption,
    KindOption,
    OutletOption,
    OutputFormat,
    RoleOption,
    SinceOption,
    SpeakerOption,
    TypeOption,
    UntilOption,
    chosen_format,
    filters,
)
from quotes.cli.printing import ForStdout, print_json, print_table, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.archive import Filters
    from quotes.archive.search.counts import Count, Share


class Dimension(StrEnum):
    """What quotes are counted by."""

    OUTLET = "outlet"
    MONTH = "month"
    YEAR = "year"
    TYPE = "type"
    GENDER = "gender"
    KIND = "kind"
    SPEAKER = "speaker"
    ROLE = "role"


_OVERVIEW = 10


def stats(
    query: Annotated[str, typer.Argument(help="Count only what a search for these words finds.")] = "",
    by: Annotated[
        Dimension | None, typer.Option("--by", help="Count by this only, all values.", show_default=False)
    ] = None,
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    type_: TypeOption = None,
    gender: GenderOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV (with --by).")] = False,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw it instead (with --by): .svg, .html or .png.",
                     show_default=False),
    ] = None,
    output: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Count quotes and words by outlet, time, type, gender, speaker, role.

    Shares by gender are of the quotes of persons; their intervals (95 %) come from drawing the
    articles again.
    """
    from quotes.archive import open_archive

    if as_csv and by is None:
        raise typer.BadParameter("--csv needs --by")
    if plot and (by is None or as_csv or output):
        raise typer.BadParameter("--plot needs --by, and prints nothing")
    asked = filters(speaker, role, outlet, since, until, kind, type_, gender)
    dimensions = [by] if by else list(Dimension)
    with open_archive(db, create=False, readonly=True) as archive:
        totals = archive.counts()
        limit = None if by else _OVERVIEW
        counts = {one.value: archive.count_by(one.value, query, asked, limit=limit) for one in dimensions}
        shares = archive.gender_shares(query, asked) if by in (None, Dimension.GENDER) else []
    form = chosen_format(output)
    if plot and by:
        _draw(by, counts[by.value], shares, plot, _in_words(query, asked))
        say(f"drawn to {plot}")
    elif as_csv and by:
        _print_csv(by, counts[by.value])
    elif form is OutputFormat.TABLE:
        _print_tables(counts, shares)
    elif form is OutputFormat.JSONL and by:
        for count in counts[by.value]:
            print_json(asdict(count))
    else:
        print_json(
            {
                "archive": totals,
                "by": {name: [asdict(count) for count in found] for name, found in counts.items()},
                "gender_shares": [asdict(share) for share in shares],
            },
            indent=2 if form is OutputFormat.JSON else None,
        )
    held = ", ".join(f"{count} {name}" for name, count in totals.items())
    say(f"the archive has {held}")


def _draw(by: Dimension, counts: Sequence[Count], shares: Sequence[Share], path: Path, of: str) -> None:
    from quotes.archive.export.drawings import plot_counts, plot_shares

    if by is Dimension.GENDER:
        plot_shares(shares, path, of=of)
    else:
        plot_counts(counts, by.value, path, of=of)


def _in_words(query: str, asked: Filters) -> str:
    """What was searched and filtered, for the title of a drawing."""
    said = [query] if query.strip() else []
    said += [f"{name} {value}" for name, value in asdict(asked).items() if value is not None]
    return ", ".join(said)


def _print_csv(by: Dimension, counts: Sequence[Count]) -> None:
    from quotes.archive.export.tables import guarded

    writer = csv.writer(ForStdout(), lineterminator="\r\n")
    writer.writerow([by.value, "quotes", "words"])
    writer.writerows([guarded(count.value or ""), count.quotes, count.words] for count in counts)


def _print_tables(counts: dict[str, list[Count]], shares: Sequence[Share]) -> None:
    for name, found in counts.items():
        rows = [(count.value or "unknown", str(count.quotes), str(count.words)) for count in found]
        if rows:
            print_table([name, "quotes", "words"], rows)
    if shares:
        print_table(
            ["gender", "of persons' quotes", "95 %", "of their words", "95 %"],
            [
                (
                    share.gender or "unknown",
                    f"{share.of_quotes:.1%}",
                    "{:.1%} – {:.1%}".format(*share.of_quotes_interval),
                    f"{share.of_words:.1%}",
                    "{:.1%} – {:.1%}".format(*share.of_words_interval),
                )
                for share in shares
            ],
        )
