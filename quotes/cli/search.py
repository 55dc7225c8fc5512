"""``quotes search`` and ``quotes speakers``: questions to the archive."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli.entries import confidence_in_words, print_entries
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
from quotes.cli.printing import Marked, counted, print_json, print_table, say
from quotes.cli.speakers import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.archive import Hit, QuoteRow, SpeakerRow
    from quotes.archive.search.counts import Count
    from quotes.archive.search.suggesting import Hints

Limit = Annotated[int, typer.Option("--limit", min=1, help="At most this many.")]


class Sort(StrEnum):
    """The order of what was found."""

    BEST = "best"
    DATE = "date"


class SpeakerSort(StrEnum):
    """The order of speakers."""

    COUNT = "count"
    LAST = "last"
    NAME = "name"


def search(
    query: Annotated[
        str, typer.Argument(help="Words to look for in the quotes; leave it out to filter only.")
    ] = "",
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    type_: TypeOption = None,
    gender: GenderOption = None,
    exact: Annotated[bool, typer.Option("--exact", help="The words as they are, not their stems.")] = False,
    sort: Annotated[Sort, typer.Option(help="Best match or newest first.")] = Sort.BEST,
    limit: Limit = 20,
    after: Annotated[
        str | None,
        typer.Option("--after", metavar="PLACE", help="Go on from a page before.", show_default=False),
    ] = None,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count what is found by speaker, outlet, year and type instead.")
    ] = False,
    output: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Find quotes by words, speaker, date …"""
    from quotes.archive import open_archive

    asked = filters(speaker, role, outlet, since, until, kind, type_, gender)
    if facets:
        with open_archive(db, create=False, readonly=True) as archive:
            counted = archive.facets(query, asked, limit=limit)
        _print_facets(counted, chosen_format(output))
        return
    with open_archive(db, create=False, readonly=True) as archive:
        found = archive.search(query, asked, exact=exact, sort=sort.value, limit=limit, after=after)
        meant = archive.hints(query, asked, found=bool(found.hits))
    form = chosen_format(output)
    if form is not OutputFormat.TABLE:
        from quotes.archive.export.tables import record

        _print_records([record(hit.row) for hit in found.hits], form)
    elif found.hits:
        _print_hits(found.hits)
    for note in found.notes:
        say(note)
    if not found.hits:
        say(f"nothing found{_what_next(query, speaker, outlet, meant)}")
    elif found.matches > len(found.hits):
        from quotes.archive.search.finding import how_many

        say(f"{len(found.hits)} of {how_many(found.matches)} shown: --limit shows more")
    for name in meant.named:
        say(f"a speaker has this name, {name}: `quotes search --speaker` finds what they say")
    if found.next:
        say(f"the next page: --after {found.next}")


def speakers(
    name: Annotated[str | None, typer.Argument(help="Only speakers with these words in their name.")] = None,
    type_: TypeOption = None,
    gender: GenderOption = None,
    sort: Annotated[
        SpeakerSort, typer.Option(help="Most quotes, last heard, or name first.")
    ] = SpeakerSort.COUNT,
    limit: Limit = 100,
    output: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """List who speaks, with roles and counts; `quotes speakers suggest` lists likely doubles."""
    from quotes.archive import open_archive

    if name == "suggest":
        suggest(chosen_format(output), limit, db)
        return
    with open_archive(db, create=False, readonly=True) as archive:
        rows = list(
            archive.speakers(
                name,
                type=type_ and type_.value,
                gender=gender and gender.value,
                sort=sort.value,
                limit=limit,
            )
        )
    form = chosen_format(output)
    if form is not OutputFormat.TABLE:
        _print_records([asdict(row) for row in rows], form)
    elif rows:
        print_entries(map(_speaker_entry, rows))
    if not rows:
        say("no speakers found")
    elif len(rows) == limit:
        say(f"the first {limit} shown: --limit shows more")


def _what_next(query: str, speaker: str | None, outlet: str | None, meant: Hints) -> str:
    """What may help where nothing was found."""
    near = [f"{' or '.join(words)} for {typed}" for typed, words in meant.words]
    near += [f"the speaker {name}" for name in meant.speakers]
    near += [f"the outlet {name}" for name in meant.outlets]
    if near:
        return f"; did you mean {', '.join(near)}?"
    if speaker:
        return ": `quotes speakers` lists who speaks"
    if outlet:
        return ": `quotes stats --by outlet` lists the outlets"
    return (
        ": try fewer words, one of several (climat OU météo), or a word's beginning (clim*)" if query else ""
    )


def _print_facets(counted: Mapping[str, Sequence[Count]], form: OutputFormat) -> None:
    if form is not OutputFormat.TABLE:
        rows = {name: [asdict(count) for count in counts] for name, counts in counted.items()}
        print_json(rows, indent=2 if form is OutputFormat.JSON else None)
        return
    print_table(
        ["by", "value", "quotes", "words"],
        [
            (name, count.value or "?", str(count.quotes), str(count.words))
            for name, counts in counted.items()
            for count in counts
        ],
    )


def _print_hits(hits: Iterable[Hit]) -> None:
    print_entries((Marked(hit.snippet.text, hit.snippet.marks), under_quote(hit.row)) for hit in hits)


def under_quote(row: QuoteRow) -> list[str]:
    """What is said of a quote in the line under it; `quotes fix` takes the number."""
    return [
        f"{row.speaker or '?'}{f', {row.role}' if row.role else ''}",
        row.outlet or "",
        (row.published or "")[:10],
        f"#{row.id} (art. {row.article_id})",
        confidence_in_words(row.confidence),
    ]


def _speaker_entry(row: SpeakerRow) -> tuple[str, list[str]]:
    roles = " · ".join(row.roles[:3])
    days = " – ".join(dict.fromkeys(filter(None, ((row.first or "")[:10], (row.last or "")[:10]))))
    kind = f"{row.type}, {row.gender}" if row.gender else row.type
    return f"{row.name}{f', {roles}' if roles else ''}", [
        kind,
        counted(row.quotes, "quote"),
        days,
        f"#{row.id}",
    ]


def _print_records(records: list[dict[str, Any]], form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        print_json(records, indent=2)
        return
    for record in records:
        print_json(record)
