"""The two languages of the pages: French as it is written in the templates, English from a list."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from starlette.requests import Request

Code = Literal["fr", "en"]
COOKIE = "language"
_ENGLISH = Path(__file__).with_name("english.tsv")
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


@cache
def english() -> Mapping[str, str]:
    """Give the English of each French text: a line each, a tab between the two."""
    with _ENGLISH.open(encoding="utf-8", newline="") as lines:
        return dict(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages.

    >>> Language("en").day("2024-05-03T10:00"), Language("fr").number(12_500)
    ('3 May 2024', '12\\u202f500')
    """

    code: Code

    def text(self, french: str, **values: object) -> str:
        """Give a text of the pages, with values put into its braces."""
        words = french if self.code == "fr" else english()[french]
        return words.format(**values) if values else words

    def counted(self, count: int, one: str, several: str) -> str:
        """Give a number with its noun: 0 and 1 are singular in French, 1 alone is in English."""
        singular = count < 2 if self.code == "fr" else count == 1
        return f"{self.number(count)} {self.text(one if singular else several)}"

    def number(self, value: int) -> str:
        """Write a number with spaces (French) or commas between thousands."""
        return f"{value:,}".replace(",", "\u202f") if self.code == "fr" else f"{value:,}"

    def percent(self, share: float) -> str:
        """Write a share (0–1) in percent."""
        return f"{100 * share:.0f}\u202f%" if self.code == "fr" else f"{100 * share:.0f}%"

    def day(self, date: str | None) -> str:
        """Write an ISO 8601 date, or the part of one that is known; empty for none."""
        parts = (date or "")[:10].split("-")
        if not all(part.isdigit() for part in parts):
            return date or ""
        month = int(parts[1]) if len(parts) > 1 else 0
        if not 1 <= month <= 12:
            return parts[0]
        words = [_MONTHS[self.code][month - 1], parts[0]]
        if len(parts) > 2:
            number = str(int(parts[2]))
            words.insert(0, "1er" if number == "1" and self.code == "fr" else number)
        return " ".join(words)


def language_of(request: Request) -> Language:
    """Give the language of an answer: by the address, the cookie, or what the browser prefers."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in ("fr", "en"):
            return Language(cast(Code, asked))
    return Language(_preferred(request.headers.get("accept-language", "")))


def _preferred(header: str) -> Code:
    """French, unless English is preferred to it."""
    weights: dict[str, float] = {}
    for part in header[:500].split(","):
        name, _, weight = part.partition(";q=")
        try:
            value = float(weight) if weight else 1.0
        except ValueError:
            value = 0.0
        code = name.strip().lower()[:2]
        weights[code] = max(weights.get(code, 0.0), value)
    return "en" if weights.get("en", 0.0) > weights.get("fr", 0.0) else "fr"
