"""``quotes stats``: who speaks how much, where and when."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from enum import StrEnum
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
from quotes.cli.printing import print_json, print_table, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.archive.counts import Count, Share


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
    output: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Count quotes and words by outlet, time, type, gender, speaker, role.

    Shares by gender are of the quotes of persons; their intervals (95 %) come from drawing the
    articles again.
    """
    from quotes.archive import open_archive

    if as_csv and by is None:
        raise typer.BadParameter("--csv needs --by")
    asked = filters(speaker, role, outlet, since, until, kind, type_, gender)
    dimensions = [by] if by else list(Dimension)
    with open_archive(db, create=False, readonly=True) as archive:
        totals = archive.counts()
        limit = None if by else _OVERVIEW
        counts = {one.value: archive.count_by(one.value, query, asked, limit=limit) for one in dimensions}
        shares = archive.gender_shares(query, asked) if by in (None, Dimension.GENDER) else []
    form = chosen_format(output)
    if as_csv and by:
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


def _print_csv(by: Dimension, counts: Sequence[Count]) -> None:
    from quotes.archive.export import guarded

    writer = csv.writer(sys.stdout, lineterminator="\r\n")
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
