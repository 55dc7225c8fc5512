"""``quotes export``: quotes as a table, in their texts, or as notes."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from quotes.cli.options import (
    DEFAULT_DATABASE,
    Database,
    GenderOption,
    KindOption,
    OutletOption,
    RoleOption,
    SinceOption,
    SpeakerOption,
    TypeOption,
    UntilOption,
    filters,
)
from quotes.cli.printing import ForStdout, counted, say
from quotes.messages import _, later


class ExportFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"
    MARKDOWN = "markdown"
    HTML = "html"
    TEI = "tei"
    ANNOTATIONS = "annotations"
    GOLD = "gold"


_SUFFIXES = {
    "": ExportFormat.CSV,
    "csv": ExportFormat.CSV,
    "txt": ExportFormat.CSV,
    "jsonl": ExportFormat.JSONL,
    "ndjson": ExportFormat.JSONL,
    "xlsx": ExportFormat.XLSX,
    "parquet": ExportFormat.PARQUET,
    "md": ExportFormat.MARKDOWN,
    "xml": ExportFormat.TEI,
    "html": ExportFormat.HTML,
    "htm": ExportFormat.HTML,
}


def export(
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help="Words to look for in the quotes, as in `quotes search`; all without."
        ),
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
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write; its suffix gives the format."
        ),
    ] = None,
    form: Annotated[
        ExportFormat | None,
        typer.Option("--format", help="Default: by the suffix of FILE, otherwise csv.", show_default=False),
    ] = None,
    excel: Annotated[
        bool,
        typer.Option(
            "--excel", help="CSV that a French Excel opens rightly (BOM, semicolons, decimal commas)."
        ),
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells that a spreadsheet would run as a formula as they are.")
    ] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Write quotes for other programs, or for a reporter's notes.

    csv, jsonl, xlsx, parquet: one row a quote, with its sentence and those next to it. markdown: quotes
    with citations. html: one page to send, the articles with their quotes marked. tei: the same for
    corpora. annotations: W3C Web Annotations, one a line. gold: a folder with what was confirmed or
    corrected, for `quotes evaluate`. A file appears whole or not at all.
    """
    from quotes.archive import open_archive
    from quotes.archive.export.tables import ARTICLE_FORMATS, export_articles, export_quotes

    to_stdout = output is None or str(output) == "-"
    chosen = form or _format_of(output)
    if to_stdout and chosen in _NEED_A_FILE:
        raise typer.BadParameter(f"{chosen} {_(_NEED_A_FILE[chosen])}")
    if excel and chosen is not ExportFormat.CSV:
        raise typer.BadParameter(_("--excel is for CSV; --format xlsx writes a workbook"))
    asked = filters(speaker, role, outlet, since, until, kind, type_, gender)
    with open_archive(db, create=False, readonly=True) as archive:
        if chosen is ExportFormat.GOLD and output is not None:
            from quotes.archive.corrections.gold import write_gold

            if query:
                raise typer.BadParameter(_("what was corrected is exported whole: leave the words out"))
            articles = write_gold(archive.checked(asked), output)
            say(
                _("{articles} with corrections exported to {output}").format(
                    articles=counted(articles, "article", "articles"), output=output
                )
            )
            return
        if output is None or to_stdout:
            # CSV ends its lines itself, and is UTF-8 wherever it is written.
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", newline="")
            target: Path | TextIO = ForStdout(escaped=chosen.value in _JSON)  # type: ignore[assignment]
        else:
            target = output
        if chosen.value in ARTICLE_FORMATS:
            count = export_articles(
                archive.quoted(asked, query=query, exact=exact), target, format=chosen.value
            )
        else:
            rows = archive.placed(asked, query=query, exact=exact)
            count = export_quotes(rows, target, format=chosen.value, excel=excel, raw=raw)
    if to_stdout:
        # Only what has arrived is told.
        sys.stdout.flush()
    exported = counted(count, "quote", "quotes")
    if to_stdout:
        say(_("{quotes} exported").format(quotes=exported))
    else:
        say(_("{quotes} exported to {output}").format(quotes=exported, output=output))


_JSON = (ExportFormat.JSONL.value, ExportFormat.ANNOTATIONS.value)
_NEED_A_FILE = {
    ExportFormat.XLSX: later("is a workbook, which needs a file: give -o FILE.xlsx"),
    ExportFormat.PARQUET: later("needs a file: give -o FILE.parquet"),
    ExportFormat.GOLD: later("is written to a folder: give -o FOLDER"),
}


def _format_of(output: Path | None) -> ExportFormat:
    """The format that a file's suffix tells; CSV without one, and for standard output."""
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if suffix not in _SUFFIXES:
        raise typer.BadParameter(
            _("no format is told by .{suffix}: name it .csv or .xlsx, or give --format").format(suffix=suffix)
        )
    return _SUFFIXES[suffix]
