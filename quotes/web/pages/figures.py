"""Figures: who gets to speak, by one thing or by two; each a drawing, a table and a CSV."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from quotes.archive.export.tables import guarded
from quotes.archive.search.counts import IN_TIME, Count
from quotes.archive.search.odd_dates import odd_dates
from quotes.web import charts, wording
from quotes.web.asked import Asked, asked
from quotes.web.language import Language, language_of
from quotes.web.protection import DRAWING_POLICY
from quotes.web.rendering import page

if TYPE_CHECKING:
    from quotes.archive import Archive
    from quotes.archive.search.counts import Share
    from quotes.web.room import Room

_MOST_ROWS = 50
_MOST_COLUMNS = 6
_NO_VALUE = "—"


_Row = tuple[str, str | None, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts by ``by`` and perhaps ``over``: rows of (label, value, total, one number a column).

    ``hidden`` is how many values have no row; ``shares`` are there when persons are counted by gender.
    """

    by: str
    over: str | None
    measure: str
    columns: tuple[str, ...]
    rows: tuple[_Row, ...]
    total: int
    hidden: int = 0
    shares: tuple[Share, ...] = field(default=())

    @property
    def odd(self) -> tuple[tuple[str, int], ...]:
        """Give the months or years that can hardly be those of articles, with their numbers: not drawn."""
        if self.by not in IN_TIME:
            return ()
        counts = [Count(value, total, 0) for _, value, total, _ in self.rows]
        return tuple((one.value or "", one.quotes) for one in odd_dates(counts, date.today()))

    @property
    def left_out(self) -> frozenset[str | None]:
        """Give the values that have no bar: those without a date would dwarf the years."""
        return frozenset({None, *(value for value, _ in self.odd)}) if self.by in IN_TIME else frozenset()

    @property
    def undated(self) -> int:
        """Give the total of what has no date, where time is counted by."""
        return sum(row[2] for row in self.rows if row[1] is None) if self.by in IN_TIME else 0

    @property
    def most(self) -> int:
        """Give the largest total of a row that has a bar."""
        left_out = self.left_out
        return max((row[2] for row in self.rows if row[1] not in left_out), default=0) or 1


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be counted, as an address has it."""

    asked: Asked
    by: str
    over: str | None
    measure: str

    def parameters(self, **more: str) -> dict[str, str]:
        """Give the parameters of an address."""
        own = {"by": self.by, "measure": self.measure} | ({"over": self.over} if self.over else {})
        return {**self.asked.parameters(), **own, **more}

    def address(self, path: str, **more: str) -> str:
        """Give an address for this question."""
        return f"{path}?{urlencode(self.parameters(**more), errors='replace')}"


def question_of(request: Request) -> Question:
    """Read a question; what is unknown is asked in the usual way."""
    ask = request.query_params
    by = ask.get("by", "gender")
    by = by if by in wording.DIMENSIONS else "gender"
    over = ask.get("over", "")
    measure = "words" if ask.get("measure") == "words" else "quotes"
    crossed = over if over in wording.DIMENSIONS and over != by else None
    return Question(asked(ask), by, crossed, measure)


def figure_of(room: Room, question: Question, lang: Language) -> Figure:
    """Count by one thing, or by two."""
    asked_for = "figure", lang.code, *sorted(question.parameters().items())
    return room.kept.get(asked_for, lambda: _figure_of(room.archive, question, lang))


def _figure_of(archive: Archive, question: Question, lang: Language) -> Figure:
    if question.over is not None:
        return _crossed(archive, question, question.over, lang)
    query, filters = question.asked.query, question.asked.filters
    counts = archive.count_by(question.by, query, filters)
    if question.measure == "words" and question.by not in IN_TIME:
        counts.sort(key=lambda count: -count.words)
    rows: list[_Row] = [
        (_label(question.by, count.value, lang), count.value, int(getattr(count, question.measure)), ())
        for count in counts
    ]
    shares = archive.gender_shares(query, filters) if question.by == "gender" else []
    return _figure(question, (), rows, tuple(shares))


def _label(dimension: str, value: str | None, lang: Language) -> str:
    known = wording.value_of(dimension, value)
    return lang.text(known) if known else value or _NO_VALUE


def _figure(
    question: Question, columns: tuple[str, ...], rows: list[_Row], shares: tuple[Share, ...] = ()
) -> Figure:
    """Keep the rows that a page has room for; time is never cut."""
    if question.by in IN_TIME:
        # What has no date stands below, as on a speaker's page.
        rows = sorted(rows, key=lambda row: row[1] is None)
    shown = rows if question.by in IN_TIME else rows[:_MOST_ROWS]
    total = sum(row[2] for row in rows)
    hidden = len(rows) - len(shown)
    return Figure(question.by, question.over, question.measure, columns, tuple(shown), total, hidden, shares)


def _crossed(archive: Archive, question: Question, over: str, lang: Language) -> Figure:
    cells: dict[str | None, dict[str | None, int]] = defaultdict(lambda: defaultdict(int))
    columns: dict[str | None, int] = defaultdict(int)
    for pair in archive.count_by_two((question.by, over), question.asked.query, question.asked.filters):
        number = getattr(pair, question.measure)
        cells[pair.first][pair.second] += number
        columns[pair.second] += number
    kept = _kept_columns(columns, over)
    rest = len(columns) > len(kept)
    rows: list[_Row] = []
    for value, row in cells.items():
        numbers = [row.get(column, 0) for column in kept]
        total = sum(row.values())
        numbers += [total - sum(numbers)] if rest else []
        rows.append((_label(question.by, value, lang), value, total, tuple(numbers)))
    if question.by in IN_TIME:
        rows.sort(key=lambda row: row[1] or "")
    else:
        rows.sort(key=lambda row: -row[2])
    names = [_label(over, column, lang) for column in kept] + ([lang.text("autres")] if rest else [])
    return _figure(question, tuple(names), rows)


def _kept_columns(columns: Mapping[str | None, int], over: str) -> list[str | None]:
    """The columns that there is room for: the largest, or the latest where they run in time."""
    if over in IN_TIME:
        latest = sorted(columns, key=lambda value: value or "", reverse=True)[:_MOST_COLUMNS]
        return latest[::-1]
    if over == "gender":
        # Always in this order, and so always in the same colours.
        return [value for value in ("f", "m", None) if value in columns]
    # Types of source are few: none of them is among the others. What isn't known comes last.
    kept = sorted(columns, key=lambda value: (-columns[value], value or ""))[:_MOST_COLUMNS]
    return sorted(kept, key=lambda value: value is None)


def title_of(question: Question, lang: Language) -> str:
    """Give a figure's title in words."""
    measure = lang.text("Mots cités" if question.measure == "words" else "Citations")
    by = lang.text(wording.DIMENSIONS[question.by])
    words = lang.text("{measure} par {by}", measure=measure, by=by)
    if question.over:
        words += lang.text(" et par {over}", over=lang.text(wording.DIMENSIONS[question.over]))
    said = [question.asked.query] if question.asked.query else []
    for name, value, _ in question.asked.chips():
        known = wording.value_of(name, value)
        said.append(lang.text(known) if known else value)
    return f"{words} ({', '.join(said)})" if said else words


def figures(request: Request) -> Response:
    """``/figures?by=gender&over=year``."""
    room: Room = request.app.state.room
    lang = language_of(request)
    question = question_of(request)
    figure = figure_of(room, question, lang)
    return page(
        request,
        "figures.html",
        {
            "question": question,
            "asked": question.asked,
            "figure": figure,
            "heading": title_of(question, lang),
        },
    )


def table(request: Request) -> Response:
    """``/figures.csv``: the same as a table."""
    room: Room = request.app.state.room
    lang = language_of(request)
    question = question_of(request)
    figure = figure_of(room, question, lang)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    shares = {share.gender: share for share in figure.shares}
    more = ["share_of_quotes", "low", "high"] if shares else []
    writer.writerow([question.by, *map(guarded, figure.columns), question.measure, *more])
    for label, value, total, numbers in figure.rows:
        share = shares.get(value)
        interval = [f"{x:.4f}" for x in (share.of_quotes, *share.of_quotes_interval)] if share else []
        writer.writerow([guarded(label), *numbers, total, *interval])
    headers = {"Content-Disposition": f'attachment; filename="{question.by}.csv"'}
    return Response(
        stream.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers
    )


def drawing(request: Request) -> Response:
    """``/figures.svg``: the same as a picture, for narrow or wide, light or dark pages."""
    room: Room = request.app.state.room
    lang = language_of(request)
    question = question_of(request)
    ask = request.query_params
    width = "narrow" if ask.get("width") == "narrow" else "wide"
    paper = "dark" if ask.get("paper") == "dark" else "light"
    look = charts.Look(width, paper, titled=ask.get("save") == "1")
    figure = figure_of(room, question, lang)
    drawn = draw(figure, title_of(question, lang), look, lang)
    headers = {"Content-Security-Policy": DRAWING_POLICY}
    if ask.get("save") == "1":
        headers["Content-Disposition"] = f'attachment; filename="{question.by}.svg"'
    return Response(drawn, media_type="image/svg+xml", headers=headers)


def draw(figure: Figure, title: str, look: charts.Look, lang: Language) -> bytes:
    """Draw a figure in the way that fits what it counts."""
    in_time = figure.by in IN_TIME
    left_out = figure.left_out
    rows = [row for row in figure.rows if row[1] not in left_out]
    if figure.shares:
        shown = [
            (_label("gender", share.gender, lang), share.of_quotes, share.of_quotes_interval)
            for share in figure.shares
        ]
        return charts.intervals(title, shown, look, lang, grey={_label("gender", None, lang)})
    if figure.columns:
        series = {
            name: {label: numbers[place] for label, _, _, numbers in rows}
            for place, name in enumerate(figure.columns)
        }
        labels = [row[0] for row in rows]
        # What isn't known, and the others together, are no colour of their own.
        grey = {_label(figure.over or "", None, lang), lang.text("autres")}
        return charts.stacked(title, series, labels, look, lang, in_time=in_time, grey=grey)
    return charts.bars(title, [(label, total) for label, _, total, _ in rows], look, lang, in_time=in_time)
