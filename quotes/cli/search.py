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
from quotes.cli.wording import in_words, of_dimension, value_in_words
from quotes.messages import _, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.archive import Hit, QuoteRow, SpeakerRow
    from quotes.archive.search.counts import Count
    from quotes.archive.search.suggesting import Hints

Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many.")]


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
        str,
        typer.Argument(metavar="QUERY", help="Words to look for in the quotes; leave it out to filter only."),
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
        say(told(note))
    if not found.hits:
        say(_("nothing found") + _what_next(query, speaker, outlet, meant))
    elif found.matches > len(found.hits):
        from quotes.archive.search.finding import how_many

        say(
            _("{hits} of {matches} shown: --limit shows more").format(
                hits=len(found.hits), matches=told(how_many(found.matches))
            )
        )
    for name in meant.named:
        say(
            _("a speaker has this name, {name}: `quotes search --speaker` finds what they say").format(
                name=name
            )
        )
    if found.next:
        say(_("the next page: --after {next}").format(next=found.next))


def speakers(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Only speakers with these words in their name.")
    ] = None,
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
        say(_("no speakers found"))
    elif len(rows) == limit:
        say(_("the first {limit} shown: --limit shows more").format(limit=limit))


def _what_next(query: str, speaker: str | None, outlet: str | None, meant: Hints) -> str:
    """What may help where nothing was found."""
    near = [
        _("{words} for {typed}").format(words=_(" or ").join(words), typed=typed)
        for typed, words in meant.words
    ]
    near += [_("the speaker {name}").format(name=name) for name in meant.speakers]
    near += [_("the outlet {name}").format(name=name) for name in meant.outlets]
    if near:
        return _("; did you mean {near}?").format(near=", ".join(near))
    if speaker:
        return _(": `quotes speakers` lists who speaks")
    if outlet:
        return _(": `quotes stats --by outlet` lists the outlets")
    if query:
        return _(": try fewer words, one of several (climat OU météo), or a word's beginning (clim*)")
    return ""


def _print_facets(counted: Mapping[str, Sequence[Count]], form: OutputFormat) -> None:
    if form is not OutputFormat.TABLE:
        rows = {name: [asdict(count) for count in counts] for name, counts in counted.items()}
        print_json(rows, indent=2 if form is OutputFormat.JSON else None)
        return
    print_table(
        [_("by"), _("value"), _("quotes"), _("words")],
        [
            (of_dimension(name), value_in_words(name, count.value), str(count.quotes), str(count.words))
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
        _("#{quote} (art. {article})").format(quote=row.id, article=row.article_id),
        confidence_in_words(row.confidence),
    ]


def _speaker_entry(row: SpeakerRow) -> tuple[str, list[str]]:
    roles = " · ".join(row.roles[:3])
    days = " – ".join(dict.fromkeys(filter(None, ((row.first or "")[:10], (row.last or "")[:10]))))
    kind = ", ".join(in_words(word) for word in (row.type, row.gender) if word)
    return f"{row.name}{f', {roles}' if roles else ''}", [
        kind,
        counted(row.quotes, "quote", "quotes"),
        days,
        f"#{row.id}",
    ]


def _print_records(records: list[dict[str, Any]], form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        print_json(records, indent=2)
        return
    for record in records:
        print_json(record)
