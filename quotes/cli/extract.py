"""``quotes extract``: the quotes of texts, printed and not stored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.options import (
    Fetched,
    ModelOption,
    ModelUse,
    OutputFormat,
    Sources,
    chosen_format,
    chosen_model,
    fetcher,
)
from quotes.cli.printing import print_json, print_table, say
from quotes.contract import Json, extraction_json
from quotes.messages import _, told
from quotes.messages.rules import rule_in_words

if TYPE_CHECKING:
    from quotes.extraction.opinion import Model
    from quotes.model import Extraction, Quote
    from quotes.reading import Unread
    from quotes.reading.sources import Fetch


def extract(
    files: Sources,
    output: Annotated[
        OutputFormat | None,
        typer.Option(
            "--format",
            help="json: one object for a file with one article, an array for what may hold several; jsonl: "
            "one line for each article, in their order; table: to read. Default: table in a terminal, "
            "otherwise jsonl.",
        ),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Keep only quotes of at least this confidence.")
    ] = 0.0,
    model: ModelOption = ModelUse.AUTO,
    fetch: Fetched = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="In the table: also the rule, the cue and the mention as printed."),
    ] = False,
) -> None:
    """Print the quotes of texts, store nothing."""
    from quotes.reading.pieces import may_hold_several
    from quotes.reading.text import shown

    form = chosen_format(output)
    ask = fetcher(files, fetch)
    asked = chosen_model(model)
    # One object for what can hold but one article, otherwise an array, however many there are.
    alone = len(files) == 1 and not (os.path.isdir(files[0]) or may_hold_several(files[0]))  # noqa: PTH112
    records: list[Json] = []
    failed = False
    for result in _extractions(files, min_confidence, asked, ask):
        record: Json
        if isinstance(result, tuple):
            source, extraction = result
            alone = alone and source == shown(files[0])
            if form is OutputFormat.TABLE:
                _print_extraction(source, extraction, explain)
                continue
            record = extraction_json(extraction)
        else:
            failed = True
            alone = alone and result.source == shown(files[0])
            say(_("{source}: {reason}").format(source=result.source, reason=told(result.reason)))
            record = {"error": result.reason, "source": result.source}
        if form is OutputFormat.JSONL:
            print_json(record)
        elif form is OutputFormat.JSON:
            records.append(record)
    if form is OutputFormat.JSON and not (alone and failed):
        print_json(records[0] if alone else records, indent=2)
    if failed:
        raise typer.Exit(1)


def _extractions(
    files: list[str], min_confidence: float, model: Model, fetch: Fetch | None
) -> Iterator[tuple[str, Extraction] | Unread]:
    # Extraction brings its lexicons: only who extracts waits for them.
    from quotes.ingest.outcomes import extractions
    from quotes.reading import Unread, read_all

    for result in extractions(read_all(files, fetch=fetch), model):
        if isinstance(result, Unread):
            yield result
            continue
        read, found = result
        source = read.article.source or "-"
        if read.note:
            say(_("{source}: {note}").format(source=source, note=told(read.note)))
        yield found if isinstance(found, Unread) else (source, _above(found, min_confidence))


def _above(extraction: Extraction, least: float) -> Extraction:
    """The extraction without the quotes that are less sure than ``least``."""
    return replace(extraction, quotes=tuple(q for q in extraction.quotes if q.confidence >= least))


def _print_extraction(source: str, extraction: Extraction, explain: bool) -> None:
    columns = ["", _("quote"), _("speaker"), _("role"), _("rule")]
    if explain:
        columns += [_("confidence"), _("cue"), _("as printed"), _("offsets"), _("what weighed most")]
    rows = [_row(number, quote, explain) for number, quote in enumerate(extraction.quotes, 1)]
    print_table(columns, rows, title=extraction.article.title or source)
    if explain and extraction.not_quotes:
        print_table(
            [_("not a quote"), _("reason"), _("offsets")],
            [(other.text, other.reason, f"{other.start}–{other.end}") for other in extraction.not_quotes],
        )


def _row(number: int, quote: Quote, explain: bool) -> list[str]:
    row = [
        str(number),
        quote.text,
        quote.speaker.name if quote.speaker else "?",
        quote.role.text if quote.role else "",
        rule_in_words(quote.rule),
    ]
    if explain:
        row += [
            f"{quote.confidence:.2f}",
            f"{quote.cue.text} ({quote.cue.lemma})" if quote.cue else "",
            quote.mention.text if quote.mention else "",
            f"{quote.start}–{quote.end}",
            ", ".join(f"{clue} {weight:+.2f}" for clue, weight in quote.clues),
        ]
    return row
