"""``quotes check`` and ``quotes variants``: did anybody say this, and in which wordings?"""

from __future__ import annotations

import sys
from dataclasses import asdict
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
from quotes.cli.printing import harmless, one_line, print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.archive.wordings.likeness import Edit
    from quotes.archive.wordings.utterances import Found, Utterance

Limit = Annotated[int, typer.Option("--limit", min=1, help="At most this many.")]


def check(
    wording: Annotated[str, typer.Argument(metavar="WORDING", help="What somebody is said to have said.")],
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    type_: TypeOption = None,
    gender: GenderOption = None,
    limit: Limit = 5,
    output: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Did anybody say this? Finds it exactly, shortened or altered, with the difference word by word.

    In the difference, [-words-] are in the archive but not in the wording, {+words+} the other way round.
    """
    from quotes.archive import open_archive

    if not any(map(str.isalnum, wording)):
        raise typer.BadParameter("write the words that somebody is said to have said")
    asked = filters(speaker, role, outlet, since, until, kind, type_, gender)
    with open_archive(db, create=False, readonly=True) as archive:
        found = archive.find_said(wording, asked, limit=limit)
    form = chosen_format(output)
    if form is not OutputFormat.TABLE:
        _print_records([_record(one) for one in found], form)
    else:
        for one in found:
            print(_lines(one) + "\n")
    if not found:
        say("nobody in the archive said this, or anything close to it")


def variants(
    quote: Annotated[
        int | None, typer.Argument(metavar="QUOTE", help="Only the variants of this quote.", min=1)
    ] = None,
    speaker: SpeakerOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: Limit = 20,
    output: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """List what was printed more than once, each appearance with its difference from the longest."""
    from quotes.archive import open_archive

    asked = filters(speaker, None, outlet, since, until, None, None, None)
    with open_archive(db, create=False, readonly=True) as archive:
        if quote is None:
            found = archive.utterances(asked, limit=limit)
        else:
            one = archive.utterance_of(quote)
            found = [one] if one else []
    form = chosen_format(output)
    if form is not OutputFormat.TABLE:
        _print_records([_utterance_record(one) for one in found], form)
    else:
        for one in found:
            print(f"utterance {one.id}, {len(one.appearances)} appearances")
            for appearance in one.appearances:
                print("  " + _lines(appearance).replace("\n", "\n  "))
            print()
    if not found:
        say("nothing was printed twice" if quote is None else f"quote {quote} was printed once only")


def _lines(found: Found) -> str:
    row, how = found.row, found.comparison
    who = f"{row.speaker or '?'}{f', {row.role}' if row.role else ''}"
    where = " · ".join(filter(None, (row.title, row.outlet, (row.published or "")[:10])))
    head = f"{how.likeness} ({how.score:.2f}) — {who} — {where} — article {row.article_id}, quote {row.id}"
    return f"{one_line(head)}\n{' '.join(_difference(how.edits))}"


def _difference(edits: Iterable[Edit]) -> Iterable[str]:
    """The words kept, with what was dropped and put in, coloured in a terminal."""
    red, green, plain = ("\x1b[31m", "\x1b[32m", "\x1b[0m") if sys.stdout.isatty() else ("", "", "")
    for edit in edits:
        if edit.kind == "same":
            yield harmless(edit.archived)
            continue
        if edit.archived:
            yield f"{red}[-{harmless(edit.archived)}-]{plain}"
        if edit.asked:
            yield f"{green}{{+{harmless(edit.asked)}+}}{plain}"


def _record(found: Found) -> dict[str, Any]:
    from quotes.archive.export.tables import record

    return record(found.row) | asdict(found.comparison)


def _utterance_record(utterance: Utterance) -> dict[str, Any]:
    return {"utterance_id": utterance.id, "appearances": [_record(one) for one in utterance.appearances]}


def _print_records(records: list[dict[str, Any]], form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        print_json(records, indent=2)
        return
    for record in records:
        print_json(record)
