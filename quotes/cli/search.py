"""``quotes search`` and ``quotes speakers``: questions to the archive."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

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
from quotes.cli.printing import Marked, print_json, print_table, say
from quotes.cli.speakers import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.archive import Hit, SpeakerRow
    from quotes.archive.search.counts import Count

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
        alike = archive.names_like(speaker) if speaker and not found.hits else []
    form = chosen_format(output)
    if form is not OutputFormat.TABLE:
        from quotes.archive.export.tables import record

        _print_records([record(hit.row) for hit in found.hits], form)
    elif found.hits:
        _print_hits(found.hits)
    for note in found.notes:
        say(note)
    if not found.hits:
        say(f"nothing found{_what_next(query, speaker, outlet, alike)}")
    elif found.matches > len(found.hits):
        from quotes.archive.search.finding import how_many

        say(f"{len(found.hits)} of {how_many(found.matches)} shown: --limit shows more")
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
        print_table(
            ["id", "speaker", "type", "gender", "quotes", "roles", "first", "last"],
            [_speaker_cells(row) for row in rows],
        )
    if not rows:
        say("no speakers found")
    elif len(rows) == limit:
        say(f"the first {limit} shown: --limit shows more")


def _what_next(query: str, speaker: str | None, outlet: str | None, alike: Sequence[str]) -> str:
    """What may help where nothing was found."""
    if alike:
        return f"; speakers with a like name: {', '.join(alike)}"
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
    print_table(
        ["article", "quote", "speaker", "role", "outlet", "date"],
        [
            (
                str(hit.row.article_id),
                Marked(hit.snippet.text, hit.snippet.marks),
                hit.row.speaker or "?",
                hit.row.role or "",
                hit.row.outlet or hit.row.title or "",
                (hit.row.published or "")[:10],
            )
            for hit in hits
        ],
    )


def _speaker_cells(row: SpeakerRow) -> tuple[str, ...]:
    return (
        str(row.id),
        row.name,
        row.type,
        row.gender or "",
        str(row.quotes),
        " · ".join(row.roles[:3]),
        (row.first or "")[:10],
        (row.last or "")[:10],
    )


def _print_records(records: list[dict[str, Any]], form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        print_json(records, indent=2)
        return
    for record in records:
        print_json(record)
