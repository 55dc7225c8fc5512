"""Drawings of counts for a page: SVG by pygal, narrow or wide, for light or dark paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from quotes.archive.export.drawings import without_gaps, without_scripts
from quotes.web.language import Language

MOST_BARS = 20
_LONGEST_LABEL = {"wide": 34, "narrow": 18}
_MOST_LABELS = {"wide": 12, "narrow": 5}
_WIDTHS = {"wide": 820, "narrow": 380}
# Above the longest bar there is room for its number.
_HEADROOM = 1.1
_FONT = "Inter, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """How a drawing is made: ``width`` wide or narrow, ``paper`` light or dark, with its title or without."""

    width: str = "wide"
    paper: str = "light"
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Inks:
    paper: str
    ink: str
    faint: str
    guide: str
    nobody: str
    series: tuple[str, ...]


_INKS = {
    "light": _Inks(
        "#fffdf9", "#1d1a16", "#5c564d", "#e3dccf", "#b9b0a2",
        ("#9c1c2e", "#2f5d86", "#6f8f5a", "#b07a1e", "#6d4c8c", "#3f7f86"),
    ),
    "dark": _Inks(
        "#1c1a17", "#eee8de", "#aea698", "#37332d", "#6b655b",
        ("#f0868f", "#7fb2de", "#9cc07f", "#e0b35c", "#bb9ade", "#7cc4cb"),
    ),
}  # fmt: skip


def bars(
    title: str, values: Sequence[tuple[str, int]], look: Look, lang: Language, *, in_time: bool = False
) -> bytes:
    """Draw one number for each label; ``in_time``: the labels are years or months, gaps are filled."""
    import pygal

    if in_time:
        known = dict(values)
        labels = list(without_gaps(sorted(known)))
        chart = pygal.Bar(**_settings(pygal, title, look, 300, 1, lang))
        _label_time(chart, labels, look)
        numbers = [known.get(label, 0) for label in labels]
        if len(labels) <= _MOST_LABELS[look.width]:
            # Few enough to have their numbers above them.
            chart.config.print_values = True
            chart.config.range = 0, _HEADROOM * max(numbers, default=0) or 1
        chart.add("", numbers)
    else:
        shown = list(values[:MOST_BARS])
        chart = pygal.HorizontalBar(**_settings(pygal, title, look, 60 + 30 * len(shown), 1, lang))
        chart.x_labels = [_counted(label, value, look, lang) for label, value in reversed(shown)]
        chart.add("", [value for _, value in reversed(shown)])
    return _drawn(chart, title)


def stacked(
    title: str,
    series: Mapping[str, Mapping[str, int]],
    labels: Sequence[str],
    look: Look,
    lang: Language,
    *,
    in_time: bool = False,
    grey: Collection[str] = (),
) -> bytes:
    """Draw several numbers for each label, one on the other; ``grey`` are series that are nobody's."""
    import pygal

    inks = _INKS[look.paper]
    coloured = cycle(inks.series)
    colours = tuple(inks.nobody if name in grey else next(coloured) for name in series)

    if in_time:
        labels = list(without_gaps(sorted(labels)))
        chart = pygal.StackedBar(**_settings(pygal, title, look, 340, len(series), lang, colours))
        _label_time(chart, labels, look)
    else:
        labels = list(reversed(labels[:MOST_BARS]))
        chart = pygal.HorizontalStackedBar(
            **_settings(pygal, title, look, 110 + 30 * len(labels), len(series), lang, colours)
        )
        totals = {label: sum(values.get(label, 0) for values in series.values()) for label in labels}
        chart.x_labels = [_counted(label, totals[label], look, lang) for label in labels]
    for name, values in series.items():
        chart.add(_shortened(name, look), [values.get(label, 0) for label in labels])
    return _drawn(chart, title)


def intervals(
    title: str,
    shares: Sequence[tuple[str, float, tuple[float, float]]],
    look: Look,
    lang: Language,
    *,
    grey: Collection[str] = (),
) -> bytes:
    """Draw shares (0–1) with their intervals; ``grey`` are those of nobody in particular."""
    import pygal

    settings = _settings(pygal, title, look, 320, 1, lang)
    # The colours of the drawings in which genders are parts; who isn't known is nobody's.
    inks = _INKS[look.paper]
    coloured = cycle(inks.series)
    colours = [inks.nobody if label in grey else next(coloured) for label, _, _ in shares]
    chart = pygal.Bar(**{**settings, "range": (0, 100), "value_formatter": lambda value: f"{value:.0f} %"})
    # Fewer lines are read sooner.
    chart.y_labels = list(range(0, 101, 25))
    chart.x_labels = [f"{label} · {lang.percent(share)}" for label, share, _ in shares]
    chart.add(
        "",
        [
            {"value": 100 * share, "ci": {"low": 100 * low, "high": 100 * high}, "color": colour}
            for (_, share, (low, high)), colour in zip(shares, colours, strict=True)
        ],
    )
    return _drawn(chart, title)


def _settings(
    pygal: Any,
    title: str,
    look: Look,
    height: int,
    series: int,
    lang: Language,
    colours: tuple[str, ...] = (),
) -> dict[str, Any]:
    inks = _INKS[look.paper]
    style = pygal.style.Style(
        background=inks.paper,
        plot_background=inks.paper,
        foreground=inks.faint,
        foreground_strong=inks.ink,
        foreground_subtle=inks.faint,
        font_family=_FONT,
        title_font_size=15,
        label_font_size=12,
        major_label_font_size=12,
        legend_font_size=12,
        value_font_size=12,
        value_colors=(inks.ink,) * series,
        no_data_font_size=15,
        colors=colours or inks.series,
        opacity="1",
        opacity_hover="1",
        guide_stroke_color=inks.guide,
        major_guide_stroke_color=inks.guide,
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
        stroke_width="1",
        ci_colors=(inks.ink,),
    )
    return {
        "style": style,
        "title": _printable(title) if look.titled else None,
        "width": _WIDTHS[look.width],
        "height": height,
        "explicit_size": True,
        "truncate_label": -1,
        "truncate_legend": -1,
        "show_legend": series > 1,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": 3 if look.width == "wide" else 2,
        "legend_box_size": 11,
        "js": [],
        "margin": 10,
        "spacing": 8,
        "rounded_bars": 1,
        "show_y_guides": True,
        "print_values_position": "top",
        "value_formatter": lambda value: lang.number(round(value or 0)),
        "order_min": 0,
        "no_data_text": lang.text("rien à dessiner"),
        "pretty_print": False,
    }


def _label_time(chart: Any, labels: Sequence[str], look: Look) -> None:
    chart.x_labels = labels
    most = _MOST_LABELS[look.width]
    chart.x_labels_major = labels[:: -(-len(labels) // most) or 1]
    chart.show_minor_x_labels = False


def _counted(label: str, number: int, look: Look, lang: Language) -> str:
    """Write a bar's label with its number: read at once, where an axis is measured by."""
    return f"{_shortened(label, look)} · {lang.number(number)}"


def _shortened(label: str, look: Look) -> str:
    longest = _LONGEST_LABEL[look.width]
    text = _printable(label)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _printable(text: str) -> str:
    """A line without what XML can't hold, or what turns its direction."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _drawn(chart: Any, title: str) -> bytes:
    def entitled(root: Any) -> Any:
        # Read out where the picture isn't seen; pygal would say its own name.
        for element in root.iter():
            if str(element.tag).endswith("title"):
                element.text = _printable(title)
                break
        root.set("role", "img")
        return root

    chart.add_xml_filter(without_scripts)
    chart.add_xml_filter(entitled)
    drawn: bytes = chart.render()
    return drawn
