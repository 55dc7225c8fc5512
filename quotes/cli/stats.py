"""``quotes stats``: who speaks how much, where and when."""

from __future__ import annotations

import csv
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.cross_tables import of_each, print_cross, print_cross_csv, unknown_shares
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
from quotes.cli.printing import ForStdout, counted, print_json, print_table, say
from quotes.cli.wording import counted_in_words, of_dimension, value_in_words
from quotes.messages import _, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.archive import Archive, Filters
    from quotes.archive.search.counts import Count, Share
    from quotes.corpus.asking import Corpus


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
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="Count only what a search for these words finds.")
    ] = "",
    by: Annotated[
        list[Dimension] | None,
        typer.Option(
            "--by", help="Count by this only, all values; given twice: by both at once.", show_default=False
        ),
    ] = None,
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    type_: TypeOption = None,
    gender: GenderOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Count quotes inside told words of the same speaker by themselves.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV (with --by).")] = False,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw it instead (with --by): .svg, .html or .png.",
                     show_default=False),
    ] = None,
    output: Format = None,
    corpus: Annotated[
        str | None,
        typer.Option("--corpus", metavar="FOLDER", show_default=False,
                     help="Count a corpus of `quotes distribute` as it lies, not an archive."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Count quotes and words by outlet, time, type, gender, speaker, role.

    Shares by gender are of the quotes of persons; their intervals (95 %) come from drawing the
    articles again. A quote inside told words of the same speaker is one utterance with them.
    """
    if as_csv and not by:
        raise typer.BadParameter(_("--csv needs --by"))
    if plot and (not by or as_csv or output):
        raise typer.BadParameter(_("--plot needs --by, and prints nothing"))
    if by and (len(by) > 2 or len(set(by)) < len(by)):
        raise typer.BadParameter(_("--by takes one thing to count by, or two different ones"))
    asked = filters(speaker, role, outlet, since, until, kind, type_, gender)
    # Where one kind alone is asked for, nothing is counted twice.
    asked = replace(asked, within_told=everything or kind is not None)
    opened = _opened(db, corpus)
    if not asked.within_told:
        say(_("a quote inside told words of the same speaker is counted with them: --all counts each"))
    if by and len(by) > 1:
        _by_two(by, query, asked, plot, as_csv, output, opened)
    else:
        _by_one(by[0] if by else None, query, asked, plot, as_csv, output, opened, in_archive=corpus is None)


def _opened(db: str, corpus: str | None) -> AbstractContextManager[Archive | Corpus]:
    if corpus is None:
        from quotes.archive import open_archive

        return open_archive(db, create=False, readonly=True)
    from quotes.corpus.asking import Corpus
    from quotes.corpus.folder import Folder

    return Corpus(Folder.at(corpus))


def _by_one(
    by: Dimension | None,
    query: str,
    asked: Filters,
    plot: Path | None,
    as_csv: bool,
    output: OutputFormat | None,
    counted_in: AbstractContextManager[Archive | Corpus],
    *,
    in_archive: bool,
) -> None:
    dimensions = [by] if by else list(Dimension)
    with counted_in as archive:
        totals = archive.counts()
        counts = {one.value: archive.count_by(one.value, query, asked) for one in dimensions}
        shares = archive.gender_shares(query, asked) if by in (None, Dimension.GENDER) else []
    unknown = ", ".join(unknown_shares(counts))
    odd = _odd(counts)
    if not by:
        counts = {name: found[:_OVERVIEW] for name, found in counts.items()}
    form = chosen_format(output)
    if plot and by:
        counts[by.value] = [one for one in counts[by.value] if one not in odd]
        _draw(by, counts[by.value], shares, plot, _in_words(query, asked))
        say(_("drawn to {plot}").format(plot=plot))
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
    _say_odd(odd, drawn=plot is not None)
    if unknown:
        say(_("unknown is the {unknown} of these quotes").format(unknown=unknown))
    held = ", ".join(counted_in_words(name, count) for name, count in totals.items())
    has = _("the archive has {held}") if in_archive else _("the corpus has {held}")
    say(has.format(held=held))


def _by_two(
    by: Sequence[Dimension],
    query: str,
    asked: Filters,
    plot: Path | None,
    as_csv: bool,
    output: OutputFormat | None,
    counted_in: AbstractContextManager[Archive | Corpus],
) -> None:
    """Count by two dimensions: a table of shares, CSV of pairs, or a chart."""
    both = by[0].value, by[1].value
    with counted_in as archive:
        crosses = archive.count_by_two(both, query, asked)
    each = of_each(crosses, both)
    odd = _odd(each)
    form = chosen_format(output)
    if plot:
        from quotes.archive.export.drawings import plot_crosses

        odd_values = {one.value for one in odd}
        drawn = [one for one in crosses if one.first not in odd_values and one.second not in odd_values]
        plot_crosses(drawn, both, plot, of=_in_words(query, asked))
        say(_("drawn to {plot}").format(plot=plot))
    elif as_csv:
        print_cross_csv(crosses, both)
    elif form is OutputFormat.TABLE:
        print_cross(crosses, both)
    else:
        records = [
            {both[0]: one.first, both[1]: one.second, "quotes": one.quotes, "words": one.words}
            for one in crosses
        ]
        for value in [records] if form is OutputFormat.JSON else records:
            print_json(value, indent=2 if form is OutputFormat.JSON else None)
    _say_odd(odd, drawn=plot is not None)
    if crosses:
        say(_("unknown is the {each} of these quotes").format(each=", ".join(unknown_shares(each))))


def _odd(counts: dict[str, list[Count]]) -> list[Count]:
    """Dates among what was counted that can't be those of articles."""
    from quotes.archive.search.odd_dates import odd_dates

    finest = next((name for name in ("month", "year") if name in counts), None)
    if finest is None:
        return []
    added: dict[str | None, Count] = {}
    for one in counts[finest]:
        same = added.get(one.value)
        added[one.value] = (
            one
            if same is None
            else replace(one, quotes=same.quotes + one.quotes, words=same.words + one.words)
        )
    return odd_dates(list(added.values()), date.today())


def _say_odd(odd: Sequence[Count], *, drawn: bool) -> None:
    if odd:
        listed = ", ".join(f"{one.value} ({counted(one.quotes, 'quote', 'quotes')})" for one in odd)
        left = _("; they are not drawn") if drawn else ""
        say(
            _("dates that can hardly be: {listed}{left} (`quotes articles edit` mends one)").format(
                listed=listed, left=left
            )
        )


def _draw(by: Dimension, counts: Sequence[Count], shares: Sequence[Share], path: Path, of: str) -> None:
    from quotes.archive.export.drawings import plot_counts, plot_shares

    if by is Dimension.GENDER:
        plot_shares(shares, path, of=of)
    else:
        plot_counts(counts, by.value, path, of=of)


def _in_words(query: str, asked: Filters) -> str:
    """What was searched and filtered, for the title of a drawing."""
    said = [query] if query.strip() else []
    said += [
        f"{name} {value}"
        for name, value in asdict(asked).items()
        if value is not None and name != "within_told"
    ]
    return ", ".join(said)


def _print_csv(by: Dimension, counts: Sequence[Count]) -> None:
    from quotes.archive.export.tables import guarded

    writer = csv.writer(ForStdout(), lineterminator="\r\n")
    writer.writerow([by.value, "quotes", "words"])
    writer.writerows([guarded(count.value or ""), count.quotes, count.words] for count in counts)


def _print_tables(counts: dict[str, list[Count]], shares: Sequence[Share]) -> None:
    for name, found in counts.items():
        rows = [(value_in_words(name, count.value), str(count.quotes), str(count.words)) for count in found]
        if rows:
            print_table([of_dimension(name), _("quotes"), _("words")], rows)
    if shares:
        print_table(
            [_("gender"), _("of persons' quotes"), "95 %", _("of their words"), "95 %"],
            [
                (
                    value_in_words("gender", share.gender),
                    percent(share.of_quotes, 1),
                    " – ".join(percent(one, 1) for one in share.of_quotes_interval),
                    percent(share.of_words, 1),
                    " – ".join(percent(one, 1) for one in share.of_words_interval),
                )
                for share in shares
            ],
        )
