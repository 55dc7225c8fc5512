"""``quotes show``: one article of the archive, its quotes marked and their speakers under them."""

from __future__ import annotations

import sys
from bisect import bisect_left
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.entries import confidence_in_words, print_text
from quotes.cli.options import DEFAULT_DATABASE, Database, number_or_public_id
from quotes.cli.printing import harmless, one_line, print_json
from quotes.cli.wording import in_words
from quotes.contract import Json, article_json, quote_json
from quotes.messages import _, percent
from quotes.messages.rules import rule_in_words
from quotes.model import ZoneKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.archive import StoredArticle, StoredQuote, Version, Versions
    from quotes.model import Article, Quote


def show(
    article: Annotated[
        str, typer.Argument(metavar="ID", help="The article's number, or a quote's `public_id`.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print the article and its quotes as JSON.")] = False,
    revision: Annotated[
        int | None,
        typer.Option("--revision", metavar="N", min=1, show_default=False,
                     help="Its text as it was in an earlier version, without quotes."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
) -> None:  # fmt: skip
    """Show an article with its quotes marked.

    Under each paragraph stand the speakers of its quotes, in what role, and the rule that told. Before
    it stand its copies, its earlier versions and the articles that are near-identical.
    """
    from quotes.archive import open_archive

    asked = number_or_public_id(article)
    with open_archive(db, create=False, readonly=True) as archive:
        number = archive.place_of(asked).article_id if isinstance(asked, str) else asked
        stored = archive.article(number)
        versions = archive.versions(number)
        earlier = archive.revision(number, revision) if revision else None
    if earlier and json:
        print_json({"id": number, "revision": revision, "article": _article_record(earlier)}, indent=2)
    elif earlier:
        _print_article(earlier, [], [])
    elif json:
        _print_record(stored, versions)
    else:
        _print_article(stored.article, stored.quotes, _forms(number, versions))


def _forms(article_id: int, versions: Versions) -> list[str]:
    """The lines that tell of an article's other forms."""
    lines = [
        _("{field} known from: {origin}").format(field=in_words(field), origin=origin)
        for field, origin in versions.origins.items()
    ]
    lines += [_("copy: {place}").format(place=_where(one)) for one in versions.copies]
    lines += [
        _("earlier version {number}: {place} (`quotes show {article} --revision {number}`)").format(
            number=one.number, place=_where(one), article=article_id
        )
        for one in versions.revisions
    ]
    return lines + [
        _("near-identical to article {article} ({share} of their runs of five words)").format(
            article=other, share=percent(likeness)
        )
        for other, likeness in versions.like
    ]


def _where(one: Version) -> str:
    place = (one.outlet, (one.published or "")[:10], one.url, one.source)
    return " · ".join(part for part in place if part) or _("from an unknown place")


def _article_record(article: Article) -> Json:
    return article_json(article) | {
        "translators": list(article.translators),
        "section": article.section,
        "source": article.source,
        "text": article.text,
        "zones": [asdict(zone) for zone in article.zones],
    }


def _print_record(stored: StoredArticle, versions: Versions) -> None:
    from quotes.archive.store.public_ids import public_id

    print_json(
        {
            "id": stored.id,
            "article": _article_record(stored.article),
            "quotes": [
                {
                    "id": one.id,
                    "public_id": public_id(stored.body_hash, one.quote.start, one.quote.end),
                    **quote_json(one.quote),
                }
                for one in stored.quotes
            ],
            "copies": [asdict(one) for one in versions.copies],
            "revisions": [asdict(one) for one in versions.revisions],
            "like": [{"id": other, "likeness": likeness} for other, likeness in versions.like],
            "origins": dict(versions.origins),
        },
        indent=2,
    )


class _Style:
    """The marks around things: colours in a terminal, brackets in a pipe."""

    def __init__(self, terminal: bool) -> None:
        self.quote = ("\033[1;36m", "\033[0m") if terminal else ("⟦", "⟧")
        self.faint = ("\033[2m", "\033[0m") if terminal else ("", "")


def _print_article(article: Article, quotes: Sequence[StoredQuote], forms: list[str]) -> None:
    style = _Style(sys.stdout.isatty())
    head = " · ".join(
        part
        for part in (
            article.outlet,
            article.section,
            ", ".join(article.authors),
            _("translated by {names}").format(names=", ".join(article.translators))
            if article.translators
            else None,
            article.published,
            article.url,
            article.source,
        )
        if part
    )
    if head:
        print(style.faint[0] + one_line(head) + style.faint[1])
    for line in forms:
        print(style.faint[0] + one_line(line) + style.faint[1])
    if head or forms:
        print()
    starts = [zone.start for zone in article.zones]
    at = 0
    for line in article.text.split("\n"):
        end = at + len(line)
        if not line.strip():
            at = end + 1
            continue
        # The last zone that begins before the line's end is the one that the line stands in.
        zone = bisect_left(starts, end) - 1
        kind = article.zones[zone].kind if zone >= 0 else ZoneKind.BODY
        label = "" if kind is ZoneKind.BODY else f"{style.faint[0]}[{in_words(kind.value)}]{style.faint[1]} "
        here = [(n, one) for n, one in enumerate(quotes, 1) if one.quote.start < end and one.quote.end > at]
        print_text(label + _marked(line, at, [(n, one.quote) for n, one in here], style))
        for number, one in here:
            # A quote of several paragraphs is signed under its last one.
            if one.quote.end <= end:
                print_text(f"[{number}] {_speaker(one)}", indent="    ")
        print()
        at = end + 1


def _marked(line: str, at: int, here: list[tuple[int, Quote]], style: _Style) -> str:
    """The line with each quote in marks and its number behind it."""
    points: list[tuple[int, int, str]] = []
    for number, quote in here:
        start, end = max(quote.start - at, 0), min(quote.end - at, len(line))
        points.append((start, 1, style.quote[0]))
        points.append((end, 0, f"{style.quote[1]}[{number}]"))
    pieces: list[str] = []
    done = 0
    for point, _first, mark in sorted(points, key=lambda point: point[:2]):
        pieces += [harmless(line[done:point]), mark]
        done = point
    return "".join([*pieces, harmless(line[done:])])


def _speaker(stored: StoredQuote) -> str:
    quote = stored.quote
    if quote.speaker is None:
        return _("speaker unknown (#{quote})").format(quote=stored.id)
    who = quote.speaker.name
    if quote.role:
        who += f", {quote.role.text}"
    return one_line(
        f"{who} ({rule_in_words(quote.rule)}, {confidence_in_words(quote.confidence)}, #{stored.id})"
    )
