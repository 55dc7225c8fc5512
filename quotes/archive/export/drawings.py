"""Counts as a drawing: SVG, an HTML page with it, or PNG.

Time runs from left to right with its empty months and years; everything else is a list of bars, the
longest on top. Shares by gender have their 95 % intervals as whiskers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.archive.search.counts import IN_TIME
from quotes.archive.store.whole_files import whole_file
from quotes.errors import ArchiveError
from quotes.extras import how_to_add
from quotes.messages import _, in_context, spoken

if TYPE_CHECKING:
    from quotes.archive.search.counts import Count, Cross, Share

SUFFIXES = (".svg", ".html", ".png")
"""What a drawing's file may end with."""

_TIME = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_MOST_BARS = 25
_MOST_PARTS = 6
_LONGEST_LABEL = 40
_MOST_LABELS = 12
_WIDTH = 900
_BAR = 26
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body>
{drawing}
</body></html>
"""


def plot_counts(counts: Sequence[Count], by: str, path: Path, *, of: str = "") -> None:
    """Draw the number of quotes by a dimension; ``of`` says in words which quotes.

    Of many values those with most quotes are drawn; what is left out is said in the title.
    """
    pygal = _pygal()
    name = _name(by)
    title = _("Quotes by {dimension}").format(dimension=name) + _of(of)
    if by in IN_TIME:
        found = {
            count.value: count.quotes for count in counts if count.value and _TIME.fullmatch(count.value)
        }
        undated = sum(count.quotes for count in counts) - sum(found.values())
        labels = list(without_gaps(sorted(found)))
        if undated:
            title += " " + _("({number} without a date left out)").format(number=_number(undated))
        chart = pygal.Bar(
            **_look(pygal, 480),
            title=title,
            x_title=_("{dimension} of publication").format(dimension=name),
            y_title=_("number of quotes"),
        )
        chart.x_labels = labels
        # Every n-th label, so that they can be read.
        chart.x_labels_major = labels[:: -(-len(labels) // _MOST_LABELS) or 1]
        chart.show_minor_x_labels = False
        chart.add(_("quotes"), [found.get(label, 0) for label in labels])
    else:
        shown = sorted(counts, key=lambda count: -count.quotes)[:_MOST_BARS]
        if len(counts) > len(shown):
            title += " " + _("(the {number} with most of {all})").format(
                number=len(shown), all=_number(len(counts))
            )
        chart = pygal.HorizontalBar(
            **_look(pygal, 170 + _BAR * len(shown)),
            title=title,
            x_title=_("number of quotes"),
        )
        # Drawn from the bottom upwards.
        chart.x_labels = [f"{_value(by, count.value)} · {_number(count.quotes)}" for count in reversed(shown)]
        chart.add(_("quotes"), [count.quotes for count in reversed(shown)])
    _write(chart, path, title)


def plot_crosses(crosses: Sequence[Cross], by: tuple[str, str], path: Path, *, of: str = "") -> None:
    """Draw the number of quotes by two dimensions: a bar for each value of the one that has more, parted by
    the other's values.
    """
    pygal = _pygal()
    firsts = list(dict.fromkeys(one.first for one in crosses))
    seconds = list(dict.fromkeys(one.second for one in crosses))
    cells = {(one.first, one.second): one.quotes for one in crosses}
    bars_first = (len(firsts), by[0] in IN_TIME) > (len(seconds), by[1] in IN_TIME)
    if not bars_first:
        firsts, seconds = seconds, firsts
        cells = {(second, first): quotes for (first, second), quotes in cells.items()}
    name, parts = by if bars_first else (by[1], by[0])
    bars, parted = firsts[:_MOST_BARS], seconds[:_MOST_PARTS]
    title = _("Quotes by {dimension} and {other}").format(dimension=_name(name), other=_name(parts)) + _of(of)
    left_out = sum(cells.values()) - sum(cells.get((bar, part), 0) for bar in bars for part in parted)
    if left_out:
        title += " " + _("({number} of smaller values left out)").format(number=_number(left_out))
    if name in IN_TIME:
        chart = pygal.StackedBar(**{**_look(pygal, 480), "show_legend": True}, title=title)
        chart.x_labels_major = [_value(name, bar) for bar in bars[:: -(-len(bars) // _MOST_LABELS) or 1]]
        chart.show_minor_x_labels = False
    else:
        chart = pygal.HorizontalStackedBar(
            **{**_look(pygal, 200 + _BAR * len(bars)), "show_legend": True}, title=title
        )
        bars.reverse()
    chart.x_labels = [_value(name, bar) for bar in bars]
    for part in parted:
        chart.add(_value(parts, part), [cells.get((bar, part), 0) for bar in bars])
    _write(chart, path, title)


def plot_shares(shares: Sequence[Share], path: Path, *, of: str = "") -> None:
    """Draw each gender's share of the quotes and words of persons, with 95 % intervals."""
    pygal = _pygal()
    title = _("Whose words are quoted? Shares of persons' quotes and words") + _of(of)
    chart = pygal.Bar(
        **{**_look(pygal, 480), "show_legend": True},
        title=title,
        x_title=_("gender of the speaker (lines: 95 % intervals)"),
        y_title=_("share of what persons say"),
        range=(0, 100),
    )
    chart.value_formatter = lambda value: f"{value:.0f} %"
    chart.x_labels = [_value("gender", share.gender) for share in shares]
    chart.add(_("quotes"), [_bar(share.of_quotes, share.of_quotes_interval) for share in shares])
    chart.add(_("words"), [_bar(share.of_words, share.of_words_interval) for share in shares])
    _write(chart, path, title)


def _name(dimension: str) -> str:
    """Give what quotes are counted by as a title has it."""
    if dimension == "type":
        return _("type of speaker")
    return _("kind of quote") if dimension == "kind" else in_context("value", dimension)


def _value(dimension: str, value: str | None) -> str:
    """Give a value as a label has it; genders are called as in a sentence."""
    if dimension == "gender":
        return {"f": _("women"), "m": _("men"), None: _("gender unknown")}[value]
    return _label(in_context("value", value) if value and dimension in ("type", "kind") else value)


def _pygal() -> Any:
    try:
        import pygal
    except ImportError as error:
        command = how_to_add("plot")
        raise ArchiveError(f"a drawing needs pygal: {command}") from error
    return pygal


def _look(pygal: Any, height: int) -> dict[str, Any]:
    """The settings of every drawing: plain, readable in print, and without anything from the network."""
    style = pygal.style.Style(
        background="white",
        plot_background="white",
        font_family="sans-serif",
        title_font_size=18,
        label_font_size=13,
        major_label_font_size=13,
        legend_font_size=13,
        no_data_font_size=20,
        colors=("#2b5c8a", "#d08a2e", "#8a8a8a", "#5f8f4e", "#a04f6a", "#6a5f9c"),
        opacity="1",
        guide_stroke_color="#cccccc",
        major_guide_stroke_color="#cccccc",
    )
    return {
        "style": style,
        "width": _WIDTH,
        "height": height,
        "explicit_size": True,
        "truncate_label": -1,
        "show_legend": False,
        "legend_at_bottom": True,
        "js": [],
        "pretty_print": True,
        "include_x_axis": True,
        "value_formatter": _number,
        # No halves of quotes on the axis.
        "order_min": 0,
        "no_data_text": _("no quotes"),
    }


def _number(value: float) -> str:
    # A narrow space between thousands; half a quote is never counted.
    return f"{value:,.0f}".replace(",", "\u202f")


def _of(words: str) -> str:
    return f"{_(': ')}{_label(words, 200)}" if words else ""


def _label(value: str | None, longest: int = _LONGEST_LABEL) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in value or _("unknown")).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _bar(share: float, interval: tuple[float, float]) -> dict[str, Any]:
    low, high = interval
    return {"value": 100 * share, "ci": {"low": 100 * low, "high": 100 * high}}


def without_gaps(times: Sequence[str]) -> Iterator[str]:
    """Give all months (``2024-05``) or years from the first one to the last."""
    if not times:
        return
    step = times[0]
    while step < times[-1]:
        yield step
        year, _, month = step.partition("-")
        if not month:
            step = f"{int(year) + 1:04}"
        elif month == "12":
            step = f"{int(year) + 1:04}-01"
        else:
            step = f"{year}-{int(month) + 1:02}"
    yield times[-1]


def without_scripts(root: Any) -> Any:
    """Take the scripts out of a drawing: pygal's own would only repeat all settings in it."""
    for parent in list(root.iter()):
        for child in list(parent):
            if str(child.tag).endswith("script"):
                parent.remove(child)
    return root


def _write(chart: Any, path: Path, title: str) -> None:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ArchiveError(f"{path}: a drawing's file ends with {', '.join(SUFFIXES)}")
    chart.add_xml_filter(without_scripts)
    if suffix == ".html":
        drawing = chart.render(is_unicode=True, disable_xml_declaration=True)
        data = _PAGE.format(language=spoken(), title=escape(title), drawing=drawing).encode()
    elif suffix == ".svg":
        data = chart.render()
    else:
        try:
            data = chart.render_to_png()
        except (ImportError, OSError) as error:
            command = how_to_add("plot-png")
            raise ArchiveError(
                f"PNG needs cairosvg and the cairo library: {command}, or draw to .svg"
            ) from error
    with whole_file(path) as unfinished:
        unfinished.write_bytes(data)
