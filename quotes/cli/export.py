"""``quotes export``: quotes as a table for other programs."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.add import counted
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
from quotes.cli.printing import say


class ExportFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


def export(
    speaker: SpeakerOption = None,
    role: RoleOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    kind: KindOption = None,
    type_: TypeOption = None,
    gender: GenderOption = None,
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
        bool, typer.Option("--excel", help="CSV that a French Excel opens rightly (BOM, semicolons).")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells that a spreadsheet would run as a formula as they are.")
    ] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Write quotes as CSV, JSON lines or XLSX.

    One row a quote. A file appears whole or not at all.
    """
    from quotes.archive import open_archive
    from quotes.archive.export import export_quotes

    to_stdout = output is None or str(output) == "-"
    chosen = form or _format_of(output)
    if chosen is ExportFormat.XLSX and to_stdout:
        raise typer.BadParameter("a workbook needs a file: give -o FILE.xlsx")
    if excel and chosen is not ExportFormat.CSV:
        raise typer.BadParameter("--excel is for CSV; --format xlsx writes a workbook")
    with open_archive(db, create=False, readonly=True) as archive:
        rows = archive.quotes(filters(speaker, role, outlet, since, until, kind, type_, gender))
        if output is None or to_stdout:
            # CSV ends its lines itself, and is UTF-8 wherever it is written.
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", newline="")
            count = export_quotes(rows, sys.stdout, format=chosen.value, excel=excel, raw=raw)
        else:
            count = export_quotes(rows, output, format=chosen.value, excel=excel, raw=raw)
    say(f"{counted(count, 'quote')} exported" + ("" if to_stdout else f" to {output}"))


def _format_of(output: Path | None) -> ExportFormat:
    """The format that a file's suffix tells; CSV for any other, and for standard output."""
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if suffix in ("jsonl", "ndjson"):
        return ExportFormat.JSONL
    return ExportFormat.XLSX if suffix == "xlsx" else ExportFormat.CSV
