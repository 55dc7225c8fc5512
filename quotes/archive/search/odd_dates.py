"""Dates that can't be those of the articles: in the future, or long before all the others.

A page without a date may have given that of a founding year, an archive a clock that was never set. They are
listed, so that somebody mends them, and are not drawn: a bar of 1900 squeezes all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from quotes.archive.search.counts import Count

# Earlier than the rest by so many years, and no more than so many of all.
_YEARS_BEFORE = 20
_FEW = 0.02


def odd_dates(counts: Sequence[Count], today: date) -> list[Count]:
    """Give the months or years of ``counts`` that are hardly dates of publication, earliest first."""
    dated = sorted((one for one in counts if one.value), key=lambda one: one.value or "")
    if not dated:
        return []
    # Tomorrow's paper is sold today.
    last = (today + timedelta(days=1)).isoformat()
    future = [one for one in dated if (one.value or "") > last[: len(one.value or "")]]
    rest = [one for one in dated if one not in future]
    few = _FEW * sum(one.quotes for one in dated)
    before = 0
    first = 0
    for place, (one, following) in enumerate(pairwise(rest), 1):
        before += one.quotes
        if before > few:
            break
        if _year(following) - _year(one) > _YEARS_BEFORE:
            first = place
    return rest[:first] + future


def _year(count: Count) -> int:
    digits = (count.value or "")[:4]
    return int(digits) if digits.isdecimal() else 0
