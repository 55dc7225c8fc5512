"""Single values of rows: is this what the program would have written there?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from quotes.archive.store.asking import from_json
from quotes.errors import ArchiveError
from quotes.model import ZoneKind

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ZONES = frozenset(ZoneKind)


class WrongError(ValueError):
    """A value that the program can't have written; the message says which and why."""


def text_of(row: Any, name: str, *, optional: bool = False) -> str | None:
    """Give a column that holds text, whole characters all of them."""
    value = getattr(row, name)
    if value is None and optional:
        return None
    if not isinstance(value, str):
        raise WrongError(f"its {name} is no text but {_sort(value)}")
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise WrongError(f"its {name} has bytes that are no text (UTF-8)")
    return value


def number_of(row: Any, name: str, *, optional: bool = False) -> int | None:
    """Give a column that holds a whole number."""
    value = getattr(row, name)
    if value is None and optional:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongError(f"its {name} is no whole number but {_sort(value)}")
    return value


def one_of(row: Any, name: str, allowed: frozenset[str], *, optional: bool = False) -> None:
    """See that a column has one of the values that the program knows."""
    value = text_of(row, name, optional=optional)
    if value is not None and value not in allowed:
        raise WrongError(f"its {name} {value!r} is none that this version knows")


def hash_of(row: Any, name: str) -> str:
    """Give a column that holds a SHA-256 in hexadecimal digits."""
    value = text_of(row, name) or ""
    if not _HASH.fullmatch(value):
        raise WrongError(f"its {name} is no SHA-256")
    return value


def date_of(row: Any, name: str, *, optional: bool = True) -> None:
    """See that a column has a year, a month, a day, or a day with its time (ISO 8601)."""
    value = text_of(row, name, optional=optional)
    # Beside a quote an unknown date is the empty string.
    if not value:
        return
    try:
        if _DATE.fullmatch(value):
            date.fromisoformat(f"{value}-01-01"[:10])
        else:
            datetime.fromisoformat(value)
    except ValueError:
        raise WrongError(f"its {name} {value[:40]!r} is no date") from None


def json_of(row: Any, name: str, kind: type, *, optional: bool = False) -> Any:
    """Give the value of a JSON column, a list or an object."""
    try:
        value = from_json(getattr(row, name))
    except (ValueError, ArchiveError):
        raise WrongError(f"its {name} is no JSON") from None
    if value is None and optional:
        return None
    if not isinstance(value, kind):
        raise WrongError(f"its {name} is no {'list' if kind is list else 'object'} but {_sort(value)}")
    return value


def names_of(row: Any, name: str) -> None:
    """See that a JSON column has a list of names."""
    if not all(isinstance(one, str) for one in json_of(row, name, list)):
        raise WrongError(f"its {name} are not all text")


def spans_of(row: Any, name: str, length: int) -> list[tuple[int, int]]:
    """Give a JSON column's spans, in order and inside a text of this length."""
    spans = json_of(row, name, list)
    _check_spans(name, spans, length)
    return [(start, end) for start, end in spans]


def zones_of(row: Any, length: int) -> list[tuple[str, int, int]]:
    """Give an article's zones, of kinds that are known, in order and inside its text."""
    zones = json_of(row, "zones", list)
    if not all(isinstance(zone, list) and len(zone) == 3 and zone[0] in _ZONES for zone in zones):
        raise WrongError("its zones are of no kind that this version knows")
    _check_spans("zones", [zone[1:] for zone in zones], length)
    return [(kind, start, end) for kind, start, end in zones]


def _check_spans(name: str, spans: list[Any], length: int) -> None:
    for span in spans:
        if not (isinstance(span, list) and len(span) == 2 and all(type(one) is int for one in span)):
            raise WrongError(f"its {name} are no spans")
        if not 0 <= span[0] <= span[1] <= length:
            raise WrongError(f"its {name} lie outside of its text")
    if any(before[1] > after[0] for before, after in pairwise(spans)):
        raise WrongError(f"its {name} are not in order")


def passage_of(row: Any, name: str, article_text: str) -> None:
    """See that a mention or cue is whole, or not there, and what its article has at its place."""
    start, end, words = (getattr(row, f"{name}_{part}") for part in ("start", "end", "text"))
    if words is None and start is None and end is None:
        return
    number_of(row, f"{name}_start")
    number_of(row, f"{name}_end")
    text_of(row, f"{name}_text")
    if not 0 <= start <= end <= len(article_text):
        raise WrongError(f"its {name} lies outside of its article")
    if _letters(words) != _letters(article_text[start:end]):
        raise WrongError(f"its {name} is not what its article has at that place")


def _letters(words: str) -> str:
    """What of some words white space and marks make no difference to."""
    return "".join(char for char in words if char.isalnum())


def same_letters(one: str, other: str) -> bool:
    """Tell whether two wordings differ in white space only."""
    return one == other or "".join(one.split()) == "".join(other.split())


def _sort(value: object) -> str:
    sorts: Mapping[type, str] = {bytes: "bytes", int: "a number", float: "a number", type(None): "nothing"}
    return sorts.get(type(value), type(value).__name__)
