"""``quotes fix``, ``review``, ``reextract``: what people say of quotes, and newer rules under it."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.options import (
    DEFAULT_DATABASE,
    Database,
    ModelOption,
    ModelUse,
    chosen_model,
    number_or_public_id,
)
from quotes.cli.printing import INTERRUPTED, counted, harmless, one_line, print_json, say, shorten
from quotes.cli.speakers import author
from quotes.messages import _, decimal, in_context, told
from quotes.messages.rules import rule_in_words
from quotes.model import Gender, Speaker, SpeakerType

if TYPE_CHECKING:
    from quotes.archive import Archive, Change, QuoteRow
    from quotes.archive.corrections.corrections import Difference
    from quotes.reading import Unread


def fix(
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE", help="The quote's number (`quote_id`), or its `public_id`.")
    ],
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Who said it; '' for nobody known.",
                                 show_default=False)
    ] = None,
    type_: Annotated[
        SpeakerType | None, typer.Option("--type", help="What a new speaker is (default: a person).",
                                         show_default=False)
    ] = None,
    gender: Annotated[
        Gender | None, typer.Option("--gender", help="A new speaker's gender.", show_default=False)
    ] = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="TEXT", help="In what role; '' for none.",
                                 show_default=False)
    ] = None,
    not_a_quote: Annotated[bool, typer.Option("--not-a-quote", help="Nobody says this.")] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Correct a quote by hand; with no option, confirm it. Corrections outlive re-extraction."""
    from quotes.archive import Change, open_archive

    if not_a_quote and (speaker is not None or role is not None):
        raise typer.BadParameter(_("what is no quote has neither speaker nor role"))
    asked = number_or_public_id(quote)
    with open_archive(db, create=False) as archive:
        number = archive.place_of(asked).quote_id if isinstance(asked, str) else asked
        change = Change(
            speaker=_named(archive, speaker, type_, gender) if speaker else None,
            no_speaker=speaker == "",
            role=role or None,
            no_role=role == "",
            not_a_quote=not_a_quote,
        )
        entry = archive.fix(number, change, who=author())
    say(_("quote {quote} corrected (`quotes undo {entry}` takes it back)").format(quote=quote, entry=entry))


def _named(archive: Archive, name: str, kind: SpeakerType | None, gender: Gender | None) -> Speaker:
    """The archive's speaker of this very name, or a new one."""
    from quotes.archive.speakers.names import name_key

    if not name_key(name):
        raise typer.BadParameter(_("{name!r} is no name").format(name=name))
    speaker = archive.named(name, kind, gender)
    if kind is None:
        alike = archive.names_like(name)
        if alike and name_key(name) not in map(name_key, alike):
            say(
                _("{name} is new to the archive; did you mean {alike}?").format(
                    name=name, alike=", ".join(alike)
                )
            )
    return speaker


def review(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most this many.")] = 50,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Go through the least certain quotes in the terminal and correct or confirm each."""
    from quotes.archive import open_archive

    if not sys.stdin.isatty():
        raise typer.BadParameter(_("review needs a terminal: `quotes fix` corrects without a dialogue"))
    done = 0
    with open_archive(db, create=False) as archive:
        rows = archive.least_certain(limit=limit)
        for number, row in enumerate(rows, 1):
            _show(archive, row, f"{number}/{len(rows)}")
            change = _ask(archive, row)
            if change == "stop":
                break
            if not isinstance(change, str):
                archive.fix(row.id, change, who=author())
                done += 1
    say(
        _("{quotes} corrected or confirmed (`quotes history` lists them)").format(
            quotes=counted(done, "quote", "quotes")
        )
    )


def _show(archive: Archive, row: QuoteRow, place: str) -> None:
    text = archive.article(row.article_id).article.text
    before = " ".join(text[max(0, row.start - 160) : row.start].split())
    after = " ".join(text[row.end : row.end + 160].split())
    quoted = " ".join(text[row.start : row.end].split())
    print(f"\n{place} · {one_line(row.title or '')} · {_('quote {quote}').format(quote=row.id)}")
    print(harmless(f"…{before} ▶{quoted}◀ {after}…"))
    role = f", {row.role}" if row.role else ""
    print(one_line(f"→ {row.speaker or '?'}{role} ({rule_in_words(row.rule)}, {decimal(row.confidence)})"))


def _ask(archive: Archive, row: QuoteRow) -> Change | str:
    """The reader's answer: a change, "skip" or "stop"."""
    from quotes.archive import Change

    while True:
        print(_("[Enter] right · s speaker · r role · n not a quote · k skip · q stop"))
        try:
            answer = input("? ").strip().lower()
        except EOFError:
            return "stop"
        # The French keys are those of the French words; the English ones go on working.
        if answer == "":
            return Change()
        if answer in ("n", in_context("key", "n")):
            return Change(not_a_quote=True)
        if answer in ("k", in_context("key", "k")):
            return "skip"
        if answer in ("q", in_context("key", "q")):
            return "stop"
        if answer in ("s", in_context("key", "s")):
            name = _completed(archive, row)
            return Change(speaker=_named(archive, name, None, None)) if name else Change(no_speaker=True)
        if answer in ("r", in_context("key", "r")):
            role = input(_("role (empty: none) ")).strip()
            return Change(role=role) if role else Change(no_role=True)


def _completed(archive: Archive, row: QuoteRow) -> str:
    """A name, with completion over the article's speakers and mentions and the archive's speakers."""
    here = [one.quote for one in archive.article(row.article_id).quotes]
    names = dict.fromkeys(quote.speaker.name for quote in here if quote.speaker)
    names |= dict.fromkeys(quote.mention.text for quote in here if quote.mention)
    names |= dict.fromkeys(one.name for one in archive.speakers(limit=5_000))
    try:
        import readline
    except ImportError:  # Windows has none: the name is typed in full.
        return input(_("speaker (empty: unknown) ")).strip()

    def complete(typed: str, state: int) -> str | None:
        fitting = [name for name in names if name.casefold().startswith(typed.casefold())]
        return fitting[state] if state < len(fitting) else None

    readline.set_completer_delims("")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
    try:
        return input(_("speaker (Tab completes; empty: unknown) ")).strip()
    finally:
        readline.set_completer(None)


def reextract(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, change nothing.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object for each article that changes.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, max=64, help="Processes that extract.")
    ] = 1,
    model: ModelOption = ModelUse.AUTO,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Run this version's rules over the stored articles; corrections are laid over the result."""
    from quotes.archive import open_archive
    from quotes.ingest.again import reextract as extract_all_again

    asked = chosen_model(model)
    result = _Reextracted(json)
    try:
        with open_archive(db, create=False, readonly=dry_run) as archive:
            extract_all_again(archive, jobs=jobs, dry_run=dry_run, tell=result.tell, model=asked)
    except KeyboardInterrupt:
        say(
            _("stopped after {total}: what was extracted stays").format(
                total=counted(result.total, "article", "articles")
            )
        )
        raise typer.Exit(INTERRUPTED) from None
    changed = (
        _("{changed} of {total} articles would change")
        if dry_run
        else _("{changed} of {total} articles changed")
    )
    say(changed.format(changed=result.changed, total=result.total))
    if result.lost:
        say(
            _("{lost} corrections have lost their place: they are kept, and listed above").format(
                lost=result.lost
            )
        )
    if result.failed:
        say(
            _("{failed} could not be analysed: what was found before stays").format(
                failed=counted(result.failed, "article", "articles")
            )
        )
        raise typer.Exit(1)


@dataclass
class _Reextracted:
    """Counts what became of each article, and prints what changes."""

    json: bool
    total: int = 0
    changed: int = 0
    lost: int = 0
    failed: int = 0

    def tell(self, number: int, result: Difference | Unread) -> None:
        from quotes.reading import Unread

        self.total += 1
        if isinstance(result, Unread):
            self.failed += 1
            say(_("article {number}: {reason}").format(number=number, reason=told(result.reason)))
            return
        self.lost += len(result.lost)
        if not result.is_empty:
            self.changed += 1
            if self.json:
                print_json(asdict(result))
            else:
                _print_difference(result)


def _print_difference(difference: Difference) -> None:
    article = _("article {number}").format(number=difference.article_id) + _(": ")
    for quote in difference.added:
        print(f"{article}+ « {shorten(quote.text, 70)} » {_name(quote.speaker)}")
    for quote in difference.gone:
        print(f"{article}- « {shorten(quote.text, 70)} » {_name(quote.speaker)}")
    for old, new in difference.other_speaker:
        print(f"{article}~ « {shorten(new.text, 70)} » {_name(old.speaker)} → {_name(new.speaker)}")
    for correction in difference.lost:
        words = shorten(correction.exact, 70)
        print(f"{article}! {_('correction without a place: « {words} »').format(words=words)}")


def _name(speaker: Speaker | None) -> str:
    return one_line(speaker.name) if speaker else "?"
