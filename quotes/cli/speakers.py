"""``quotes speaker``, ``merge``, ``split`` …: who is who across articles, and the journal of changes."""

from __future__ import annotations

import getpass
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.options import DEFAULT_DATABASE, Database, Format, OutputFormat, chosen_format
from quotes.cli.printing import counted, one_line, print_json, print_table, say
from quotes.cli.wording import in_words
from quotes.messages import _, told

if TYPE_CHECKING:
    from quotes.archive import Portrait
    from quotes.archive.store.journal import Recorded

Who = Annotated[str, typer.Argument(metavar="SPEAKER", help="A name, or a number from `quotes speakers`.")]
OtherWho = Annotated[
    list[str], typer.Argument(metavar="OTHER…", help="Who is the same: names or numbers.", show_default=False)
]
NewName = Annotated[str, typer.Argument(metavar="NAME", help="The name.")]


def author() -> str:
    """Who makes the changes: the user's name on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def speaker(
    who: Who,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Show one speaker: names, roles over time, quotes by year, outlets."""
    from quotes.archive import open_archive

    with open_archive(db, create=False, readonly=True) as archive:
        portrait = archive.portrait(archive.speaker(who).id)
    if json:
        print_json(asdict(portrait), indent=2)
    else:
        _print_portrait(portrait)


def _print_portrait(portrait: Portrait) -> None:
    row = portrait.speaker
    what = [in_words(word) for word in (row.type, row.gender) if word]
    if row.incomplete:
        what.append(_("known by a surname only"))
    number = _("speaker {number}").format(number=row.id)
    quotes = counted(row.quotes, "quote", "quotes")
    print(one_line(f"{row.name} ({', '.join(what)}), {number}{_(': ')}{quotes}"))
    if row.aliases:
        print(one_line(_("also: {names}").format(names=", ".join(row.aliases))))
    for role, first, last, count in portrait.roles:
        dates = " – ".join(dict.fromkeys(date[:10] for date in (first, last) if date)) or _("no date")
        print(one_line(_("role: {role} ({dates}; {count})").format(role=role, dates=dates, count=count)))
    years = ", ".join(f"{year or _('no date')} {count}" for year, count in portrait.years)
    print(one_line(_("years: {years}").format(years=years)))
    outlets = ", ".join(f"{outlet or _('unknown')} {count}" for outlet, count in portrait.outlets)
    print(one_line(_("outlets: {outlets}").format(outlets=outlets)))


def suggest(output: OutputFormat, limit: int, db: Database) -> None:
    """``quotes speakers suggest``: list speakers that may be one, with the reason."""
    from quotes.archive import open_archive

    with open_archive(db, create=False, readonly=True) as archive:
        found = archive.suggest()
    shown = found[:limit]
    if output is OutputFormat.JSON:
        print_json([asdict(one) for one in shown], indent=2)
    elif output is OutputFormat.JSONL:
        for one in shown:
            print_json(asdict(one))
    elif shown:
        print_table(
            [_("speaker"), _("may be"), _("reason"), _("to join them")],
            [
                (one.name, one.other, told(one.reason), f"quotes merge {one.other_id} {one.speaker_id}")
                for one in shown
            ],
        )
    if not found:
        say(_("no likely doubles"))
    elif len(found) > limit:
        say(_("{limit} of {found} shown: --limit shows more").format(limit=limit, found=len(found)))


def merge(who: Who, others: OtherWho, db: Database = DEFAULT_DATABASE) -> None:
    """Make several speakers one, who keeps the first one's name."""
    from quotes.archive import open_archive

    with open_archive(db, create=False) as archive:
        target = archive.speaker(who)
        entry = archive.merge(target.id, [archive.speaker(other).id for other in others], who=author())
        merged = archive.speaker(str(target.id))
    say(
        _("{name} now has {quotes} (`quotes undo {entry}` takes it back)").format(
            name=merged.name, quotes=counted(merged.quotes, "quote", "quotes"), entry=entry
        )
    )


def split(
    who: Who,
    article: Annotated[
        list[int] | None,
        typer.Option("--article", metavar="ID", help="An article in which it is somebody else (repeatable).",
                     show_default=False),
    ] = None,
    quote: Annotated[
        list[int] | None,
        typer.Option("--quote", metavar="ID", help="A quote that is somebody else's (repeatable).",
                     show_default=False),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help='What to call the other one (default: "NAME (2)").', show_default=False),
    ] = None,
    db: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Part two people of one name: in the articles or quotes given it is somebody else."""
    from quotes.archive import open_archive

    if bool(article) == bool(quote):
        raise typer.BadParameter(_("say where it is somebody else: with --article or with --quote"))
    with open_archive(db, create=False) as archive:
        row = archive.speaker(who)
        entry, added = archive.split(row.id, article or (), quote_ids=quote or (), name=name, who=author())
        other = archive.speaker(str(added))
    say(
        _("{name} is speaker {number}, {quotes} (`quotes undo {entry}` takes it back)").format(
            name=other.name, number=other.id, quotes=counted(other.quotes, "quote", "quotes"), entry=entry
        )
    )


def rename(who: Who, name: NewName, db: Database = DEFAULT_DATABASE) -> None:
    """Give a speaker another name; the old one still leads to them."""
    from quotes.archive import open_archive

    with open_archive(db, create=False) as archive:
        row = archive.speaker(who)
        entry = archive.rename(row.id, name, who=author())
    say(
        _("{name} is now {new} (`quotes undo {entry}` takes it back)").format(
            name=row.name, new=name, entry=entry
        )
    )


def alias(who: Who, name: NewName, db: Database = DEFAULT_DATABASE) -> None:
    """Let another name lead to a speaker in the articles to come."""
    from quotes.archive import open_archive

    with open_archive(db, create=False) as archive:
        row = archive.speaker(who)
        entry = archive.add_alias(row.id, name, who=author())
    say(
        _("{name} is {speaker} (`quotes undo {entry}` takes it back)").format(
            name=name, speaker=row.name, entry=entry
        )
    )


def history(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many.")] = 20,
    output: Format = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """List what was changed by hand, last change first."""
    from quotes.archive import open_archive
    from quotes.archive.corrections.telling import summary_of

    with open_archive(db, create=False, readonly=True) as archive:
        entries = archive.history(limit=limit)
    form = chosen_format(output)
    if form is OutputFormat.JSON:
        print_json([_as_json(entry) for entry in entries], indent=2)
    elif form is OutputFormat.JSONL:
        for entry in entries:
            print_json(_as_json(entry))
    elif entries:
        print_table(
            [_("change"), _("when (UTC)"), _("who"), _("what"), "", ""],
            [
                (
                    str(entry.id),
                    entry.at[:16],
                    entry.who,
                    in_words(entry.action),
                    summary_of(entry),
                    _("undone") if entry.undone_at else "",
                )
                for entry in entries
            ],
        )
    if not entries:
        say(_("nothing was changed by hand"))


def _as_json(entry: Recorded) -> dict[str, object]:
    """Give what is told of a change, without the rows that it touched."""
    from quotes.archive.store.journal import Entry

    return {field.name: getattr(entry, field.name) for field in fields(Entry)}


def undo(
    change: Annotated[
        int | None,
        typer.Argument(metavar="CHANGE", help="Its number in `quotes history`; default: the last."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Undo a change made by hand."""
    from quotes.archive import open_archive
    from quotes.archive.corrections.telling import summary_of

    with open_archive(db, create=False) as archive:
        entry = archive.undo(change)
    say(_("undone: {action} {summary}").format(action=in_words(entry.action), summary=summary_of(entry)))
