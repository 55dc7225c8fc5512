"""Quotes for a reporter's notes: Markdown, each quote with a line that says whose it is and whence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TextIO

from quotes.archive.values import QuoteRow

# What Markdown would take for a mark; a line's first "-", "+", "#" or "1." makes lists and headings.
_MARKS = re.compile(r"[\\`*_\[\]<>|~$&]")
_LINE_MARK = re.compile(r"(\d*)[-+#=.)]")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_QUOTED = {"direct": "« {} »", "mixed": "« … {} … »", "indirect": "{}"}


def write_markdown(rows: Iterable[QuoteRow], stream: TextIO) -> int:
    """Write each quote as a block quote with a citation under it; give their number.

    What was told in the journalist's words stands without guillemets and is called indirect.
    """
    count = 0
    for row in rows:
        count += 1
        lines = [plain(line) for line in row.text.splitlines() if line.strip()]
        said = _QUOTED.get(row.kind, "{}").format("\n".join(lines))
        quoted = "\n>\n".join(f"> {line}" for line in said.split("\n"))
        stream.write(f"{quoted}\n>\n> — {citation(row)}\n\n")
    return count


def citation(row: QuoteRow) -> str:
    """Say who, in what role, where and when, on one line of Markdown.

    Ends with the numbers, and the public identifier, by which ``quotes show`` and ``quotes fix`` find
    the article and the quote.
    """
    who = f"**{_name(row.speaker)}**" if row.speaker else "speaker unknown"
    parts = [f"{who}, {_name(row.role)}" if row.role else who]
    if row.kind == "indirect":
        parts.append("indirect speech")
    if row.title:
        # Titles often hold guillemets of their own.
        parts.append(f"“{_name(row.title)}”")
    if row.outlet:
        parts.append(f"*{_name(row.outlet)}*")
    if row.published:
        parts.append(row.published[:10])
    if row.url:
        # What runs when it is clicked on is no address.
        parts.append(f"<{_address(row.url)}>" if _WEB.match(row.url) else _name(row.url))
    known_as = f", {row.public_id}" if row.public_id else ""
    return f"{', '.join(parts)} (article {row.article_id}, quote {row.id}{known_as})"


def plain(text: str) -> str:
    """Give a text as one line in which Markdown finds no marks."""
    line = _MARKS.sub(_escaped, " ".join(text.replace("\0", "").split()))
    mark = _LINE_MARK.match(line)
    return f"{mark[1]}\\{line[mark.end(1) :]}" if mark else line


def _escaped(mark: re.Match[str]) -> str:
    return f"\\{mark[0]}"


# The quotes of an article stand together, and many are of the same speakers.
_name = lru_cache(maxsize=1 << 12)(plain)


def _address(url: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in "<> \t\r\n\\" else c for c in url)
