"""Dates as papers, pages, feeds and tables write them, found and made ISO 8601. None is ever completed.

Day before month, as in French, unless there is no such month; month before day where it is named in
English. Two-digit years are those of the last hundred years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

# Each month by all its names and abbreviations, French ones first; compared without their point.
_FRENCH = (
    "janvier janv jan", "février fevrier févr fevr fév fev", "mars mar", "avril avr", "mai", "juin",
    "juillet juil", "août aout", "septembre sept sep", "octobre oct", "novembre nov",
    "décembre decembre déc dec",
)  # fmt: skip
_ENGLISH = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip


def _numbered(months: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, names in enumerate(months, 1) for name in names.split()}


def _one_of(months: dict[str, int]) -> str:
    longest_first = sorted(months, key=len, reverse=True)
    return rf"(?:{'|'.join(longest_first)})(?![^\W_])\.?"


_MONTHS = {**_numbered(_ENGLISH), **_numbered(_FRENCH)}
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# "1er févr. 2024", "23 sept 2021", "1 er avril 2024", "5-mars-2024"
_DAY = (
    r"(?<!\d)(?P<day>\d{1,2})(?:\s?er\b|st\b|nd\b|rd\b|th\b)?[\s-]+"
    rf"(?P<month>{_one_of(_MONTHS)}),?[\s-]*{_YEAR}"
)
# "September 20, 2021"
_MONTH_FIRST = (
    rf"\b(?P<month>{_one_of(_numbered(_ENGLISH))})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}"
)
# "05/03/2024", "5.3.2024", "05-03-2024"; "05/03/24"
_NUMERIC = (
    rf"(?<![\d/.-])(?P<day>\d{{1,2}})(?P<between>[/.-])(?P<month>\d{{1,2}})(?P=between){_YEAR}(?![/.-]?\d)"
)
_SHORT = (
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<between>[/.])(?P<month>\d{1,2})(?P=between)"
    r"(?P<year>\d\d)(?![\w/])(?!\.\d)"
)
# "2024-03-05", "2024/03/05"
_ISO = (
    r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?P<between>[-/.])(?P<month>\d{1,2})(?P=between)"
    r"(?P<day>\d{1,2})(?!\d)"
)
_WRITTEN = (_DAY, _MONTH_FIRST, _NUMERIC, _SHORT, _ISO)
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _WRITTEN)


def _unnamed(pattern: str) -> str:
    """A pattern that may stand several times in another: without its names."""
    pattern = pattern.replace("(?P<between>[/.-])", "[/.-]").replace("(?P<between>[-/.])", "[/.-]")
    pattern = pattern.replace("(?P<between>[/.])", "[/.]").replace("(?P=between)", "[/.-]")
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


# Any date, as part of other patterns.
ANY_DATE = rf"(?:{'|'.join(map(_unnamed, _WRITTEN))})"

# In names of files and in addresses: "2024-03-05", "20240305", "/2024/03/05/", "05-03-2024".
_IN_NAMES = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<between>[-_./]?)(?P<month>\d\d)(?P=between)(?P<day>\d\d)(?!\d)"
    ),
    re.compile(
        r"(?<!\d)(?P<day>\d\d)(?P<between>[-_])(?P<month>\d\d)(?P=between)(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
)
# 20240305, 202403051015, 20240305101500
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:\d{4}|\d{6})?")
# Seconds since 1970 have ten digits from 2001 on; then thousandths, millionths, and so on.
_SINCE_1970 = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
_MAIL = re.compile(r"(?:[a-z]{3},?\s+)?\d{1,2}\s+[a-z]{3}\s+\d{2,4}\s+\d{1,2}:\d\d", re.IGNORECASE)
_LONGEST = 200


def iso_date(stated: str) -> str | None:
    """A date that a page, feed or table states, as ISO 8601 (a date, or a date-time as it stands)."""
    stated = normalize("NFC", stated[:_LONGEST]).strip()
    if stated.isdecimal() and stated.isascii():
        return _in_digits(stated)
    try:
        datetime.fromisoformat(stated)
    except ValueError:
        pass
    else:
        # 20230503T10 is ISO too, but sorts and filters apart from 2023-05-03.
        return stated if "-" in stated else date.fromisoformat(stated[:8]).isoformat()
    if _MAIL.match(stated):
        try:
            return parsedate_to_datetime(stated).isoformat()
        except (ValueError, OverflowError):
            pass
    return first_date(stated)


def first_date(line: str) -> str | None:
    """The first date in a line that the calendar has."""
    return next((found for _, found in dates_in(line)), None)


def dates_in(line: str) -> Iterator[tuple[int, str]]:
    """The dates in a line, each with where it begins, in order; what the calendar doesn't have is none."""
    matches = [match for pattern in _PATTERNS for match in pattern.finditer(line)]
    for match in sorted(matches, key=re.Match.start):
        if found := _iso(match):
            yield match.start(), found


def date_in_name(name: str) -> str | None:
    """The date that the name of a file states."""
    matches = (match for pattern in _IN_NAMES for match in pattern.finditer(name))
    return next((found for match in matches if (found := _iso(match))), None)


def date_in_address(url: str) -> str | None:
    """The day that an address states in its path; a month alone is none."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    return date_in_name(path)


def _in_digits(digits: str) -> str | None:
    if (compact := _COMPACT.fullmatch(digits)) and (found := _iso(compact)):
        return found
    unit = _SINCE_1970.get(len(digits))
    if unit is None:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(digits) // unit)
    # A day without a time is midnight there.
    return moment.date().isoformat() if moment.time() == moment.time().min else moment.isoformat()


def _iso(match: re.Match[str]) -> str | None:
    """The date that a match names as ``2023-05-03``; ``None`` when the calendar has no such day."""
    named = match["month"].lower().rstrip(".")
    day, year = int(match["day"]), int(match["year"])
    if year < 100:
        year += 2000 if year <= date.today().year % 100 else 1900
    month = _MONTHS.get(named) or int(named)
    if month > 12 >= day and not named.isalpha():
        day, month = month, day
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
