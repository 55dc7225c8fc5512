"""Counts by two dimensions, as a table and as CSV; and what of any count is unknown."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotes.cli.printing import print_table
from quotes.cli.wording import of_dimension, value_in_words
from quotes.messages import _, percent

if TYPE_CHECKING:
    from quotes.archive.search.counts import Count, Cross

# More columns than these are no table for a terminal: the rest is one column.
MOST_COLUMNS = 6


def print_cross(crosses: Sequence[Cross], by: tuple[str, str]) -> None:
    """Print a row for each value of the dimension that has more, with its shares of the other's values."""
    firsts = list(dict.fromkeys(one.first for one in crosses))
    seconds = list(dict.fromkeys(one.second for one in crosses))
    across = len(firsts) <= len(seconds)
    heads, rows = (firsts, seconds) if across else (seconds, firsts)
    cells = {(one.second, one.first) if across else (one.first, one.second): one.quotes for one in crosses}
    shown = heads if len(heads) <= MOST_COLUMNS else heads[: MOST_COLUMNS - 1]
    names = [value_in_words(by[0] if across else by[1], name) for name in shown]
    if len(shown) < len(heads):
        names.append(_("other ({number})").format(number=len(heads) - len(shown)))
    of_rows = by[1] if across else by[0]
    lines = []
    for row in rows:
        numbers = [cells.get((row, head), 0) for head in shown]
        total = sum(cells.get((row, head), 0) for head in heads)
        if len(shown) < len(heads):
            numbers.append(total - sum(numbers))
        shares = (f"{n} ({percent(n / total)})" for n in numbers)
        lines.append((value_in_words(of_rows, row), *shares, str(total)))
    print_table([of_dimension(of_rows), *names, _("quotes")], lines)


def print_cross_csv(crosses: Sequence[Cross], by: tuple[str, str]) -> None:
    """Write a line for each pair of values."""
    from quotes.archive.export.tables import guarded

    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow([*by, "quotes", "words"])
    writer.writerows(
        [guarded(one.first or ""), guarded(one.second or ""), one.quotes, one.words] for one in crosses
    )


def unknown_shares(counts: dict[str, list[Count]]) -> Iterator[str]:
    """Say of each dimension of which share of the quotes its value isn't known: "gender of 12 %"."""
    for name, found in counts.items():
        total = sum(one.quotes for one in found)
        unknown = sum(one.quotes for one in found if one.value is None)
        if total:
            yield _("{dimension} of {share}").format(
                dimension=of_dimension(name), share=percent(unknown / total)
            )


def of_each(crosses: Sequence[Cross], by: tuple[str, str]) -> dict[str, list[Count]]:
    """Give the counts of each of the two dimensions."""
    from quotes.archive.search.counts import Count

    sides = {
        by[0]: [(one.first, one) for one in crosses],
        by[1]: [(one.second, one) for one in crosses],
    }
    return {
        name: [Count(value, one.quotes, one.words) for value, one in side] for name, side in sides.items()
    }
