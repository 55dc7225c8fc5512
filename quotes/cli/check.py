"""``quotes check`` and ``quotes variants``: did anybody say this, and in which wordings?"""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli.entries import confidence_in_words, print_text
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
from quotes.messages import _, decimal, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotes.archive import QuoteRow
    from quotes.archive.wordings.checking import Printed
    from quotes.archive.wordings.comparing import Comparison, Edit
    from quotes.archive.wordings.utterances import Found, Utterance

Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many.")]


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

    In the difference, [-words-] are in the archive but not in the wording, {+words+} the other way round,
    […] is left out as the press does. What changes the sense is said: a negation more or less, another
    figure, another name. Where no quote says it the texts of the articles are looked through as well.
    """
    from quotes.archive import open_archive

    if not any(map(str.isalnum, wording)):
        raise typer.BadParameter(_("write the words that somebody is said to have said"))
    asked = filters(speaker, role, outlet, since, until, kind, type_, gender)
    with open_archive(db, create=False, readonly=True) as archive:
        found = archive.find_said(wording, asked, limit=limit)
        others = [] if found or not speaker else archive.find_said(wording, replace(asked, speaker=None))
        printed = [] if found or others else archive.find_printed(wording, asked, limit=limit)
        meant = archive.hints(None, asked)
    near = [*meant.speakers, *meant.outlets] if not found and not others else []
    unknown = _("; did you mean {near}?").format(near=", ".join(near)) if near else ""
    form = chosen_format(output)
    if form is not OutputFormat.TABLE:
        _print_records([_record(one) for one in found] + [_printed_record(one) for one in printed], form)
    else:
        for one in [*found, *others[:limit]]:
            _print_lines(_answer(one))
        for passage in printed:
            _print_lines(_passage(passage))
    if others:
        say(_("not {speaker}: {row}").format(speaker=speaker, row=_said_it(others[0].row)))
    elif printed:
        say(_("no quote says this, but it was printed: who said it was not found"))
    elif not found:
        say(_("nobody in the archive said this, or anything close to it") + unknown)


def _print_lines(lines: str) -> None:
    for line in lines.split("\n"):
        words = line.lstrip(" ")
        print_text(words, indent=line[: len(line) - len(words)])
    print()


def _said_it(row: QuoteRow) -> str:
    """Who said it, when and where."""
    day = _(", on {day}").format(day=row.published[:10]) if row.published else ""
    where = _(", in {outlet}").format(outlet=row.outlet) if row.outlet else ""
    said = _("{speaker} said it").format(speaker=row.speaker or _("somebody unknown"))
    return f"{said}{day}{where} " + _("(quote {quote})").format(quote=row.id)


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
            print(
                _("utterance {number}, {several} appearances").format(
                    number=one.id, several=len(one.appearances)
                )
            )
            for appearance in one.appearances:
                for line in _lines(appearance).splitlines():
                    print_text(line, indent="  ")
            print()
    if not found:
        say(
            _("nothing was printed twice")
            if quote is None
            else _("quote {quote} was printed once only").format(quote=quote)
        )


def _lines(found: Found) -> str:
    """How a quote stands to a wording, whose it is, and the difference."""
    row = found.row
    where = " · ".join(filter(None, (row.outlet, (row.published or "")[:10])))
    number = _("quote {quote} ({sure})").format(quote=row.id, sure=confidence_in_words(row.confidence))
    place = where or _("place and date unknown")
    head = f"{_verdict(found.comparison)} — {_who(row)} — {place} — {number}"
    return f"{one_line(head)}\n{' '.join(_difference(found.comparison.edits))}"


def _answer(found: Found) -> str:
    """A quote with all that is needed to judge it: the sentence around it, and where that was printed."""
    row = found.row
    lines = [_lines(found)]
    if found.around:
        lines.append(f"    {_('in: {passage}').format(passage=one_line(found.around))}")
    if row.printed and row.printed != row.speaker:
        lines.append(f"    {_('as printed: {words}').format(words=one_line(row.printed))}")
    lines.append("    " + _source(row.title, row.url, row.article_id))
    return "\n".join(lines)


def _passage(printed: Printed) -> str:
    """A passage that no quote was found to be."""
    where = " · ".join(filter(None, (printed.outlet, (printed.published or "")[:10])))
    return "\n".join(
        [
            one_line(f"{_('printed, not extracted as a quote')} — {where or _('place and date unknown')}"),
            f"    {_('in: {passage}').format(passage=one_line(printed.around))}",
            "    " + _source(printed.title, printed.url, printed.article_id),
        ]
    )


def _source(title: str | None, url: str | None, article_id: int) -> str:
    return one_line(" · ".join(filter(None, (title, url, _("article {number}").format(number=article_id)))))


def _who(row: QuoteRow) -> str:
    return f"{row.speaker or '?'}{f', {row.role}' if row.role else ''}"


def _verdict(how: Comparison) -> str:
    """How alike, and what changes the sense."""
    sense = ", ".join(told(one) for one in how.sense)
    changed = f" — {_('CHANGES THE SENSE: {how}').format(how=sense)}" if sense else ""
    return f"{told(how.likeness)} ({decimal(how.score)}){changed}"


def _difference(edits: Iterable[Edit]) -> Iterable[str]:
    """The words kept, with what was dropped and put in, coloured in a terminal."""
    red, green, plain = ("\x1b[31m", "\x1b[32m", "\x1b[0m") if sys.stdout.isatty() else ("", "", "")
    for edit in edits:
        if edit.kind == "same":
            yield harmless(edit.archived)
            continue
        if edit.kind == "left out":
            yield "[…]"
            continue
        if edit.archived:
            yield f"{red}[-{harmless(edit.archived)}-]{plain}"
        if edit.asked:
            yield f"{green}{{+{harmless(edit.asked)}+}}{plain}"


def _record(found: Found) -> dict[str, Any]:
    from quotes.archive.export.tables import record

    around = {} if found.around is None else {"around": found.around}
    return record(found.row) | asdict(found.comparison) | around | {"extracted": True}


def _printed_record(printed: Printed) -> dict[str, Any]:
    """The fields of a quote as far as they are known, and that it is none."""
    passage = {
        "quote": printed.text,
        "title": printed.title,
        "outlet": printed.outlet,
        "date": printed.published,
        "url": printed.url,
        "start": printed.start,
        "end": printed.end,
        "article_id": printed.article_id,
    }
    return passage | asdict(printed.comparison) | {"around": printed.around, "extracted": False}


def _utterance_record(utterance: Utterance) -> dict[str, Any]:
    return {"utterance_id": utterance.id, "appearances": [_record(one) for one in utterance.appearances]}


def _print_records(records: list[dict[str, Any]], form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        print_json(records, indent=2)
        return
    for record in records:
        print_json(record)
