"""What a reader asks for, as an address has it: words, filters, order, place; and addresses made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from quotes.archive import Filters
from quotes.archive.search.query import date_bound
from quotes.archive.speakers.names import is_whole, name_key
from quotes.web import wording

FACETS = ("speaker", "role", "outlet", "year", "type", "gender", "kind")
"""What a search is counted by beside its results."""
_FIXED: Mapping[str, Mapping[str, str]] = {
    "kind": wording.KINDS,
    "type": wording.TYPES,
    "gender": wording.GENDERS,
}
_WORDS = ("speaker", "role", "outlet")
_DATES = ("since", "until")
FIELDS = (*_WORDS, *_DATES, *_FIXED)
"""The filters of an address, in the order in which they are shown."""
_YEAR = 4
_LONGEST = 300
_LONGEST_QUERY = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A search. ``left_out`` are the filters (name, value) that can't be understood."""

    query: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    sort: str = "best"
    after: str | None = None
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def filters(self) -> Filters:
        """Give the filters as the archive takes them."""
        return Filters(**self.values)  # type: ignore[arg-type]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked for: everything is shown."""
        return not self.query and not self.values

    def parameters(self) -> dict[str, str]:
        """Give the parameters of an address, those alone that say something."""
        found = {"q": self.query} if self.query else {}
        found |= {name: self.values[name] for name in FIELDS if name in self.values}
        if self.exact:
            found["exact"] = "1"
        if self.sort != "best":
            found["sort"] = self.sort
        if self.after:
            found["after"] = self.after
        return found

    def address(self, path: str = "/search", **more: str | int) -> str:
        """Give an address for this search, with more parameters."""
        parameters: dict[str, str | int] = {**self.parameters(), **more}
        return f"{path}?{urlencode(parameters, errors='replace')}" if parameters else path

    def narrowed(self, dimension: str, value: str) -> Asked:
        """Give the search with one more filter, from its beginning; a year is a span of dates.

        What is narrowed by is the value that was counted, not others that have its words, too.
        """
        # A name of several words is found as a whole anyway.
        if dimension in ("role", "outlet") or (dimension == "speaker" and " " not in name_key(value)):
            value = f'"{value}"'
        more = {"since": value, "until": value} if dimension == "year" else {dimension: value}
        return replace(self, values={**self.values, **more}, after=None)

    def chips(self) -> Iterator[tuple[str, str, Asked]]:
        """Give each filter in place as it is shown, and the search without it; a year is one."""
        year = self.values.get("since", "")
        if len(year) != _YEAR or self.values.get("until") != year:
            year = ""
        for name, value in self.values.items():
            if name in _DATES and year:
                if name == "since":
                    yield "year", value, self.without("since").without("until")
            else:
                whole = name in _WORDS and is_whole(value)
                yield name, value[1:-1] if whole else value, self.without(name)

    def without(self, name: str) -> Asked:
        """Give the search without a filter (or ``q``), from its beginning."""
        if name == "q":
            return replace(self, query="", after=None)
        return replace(self, values={k: v for k, v in self.values.items() if k != name}, after=None)

    def with_exact(self, exact: bool) -> Asked:
        """Give the search for the words as they are, or for all their forms, from its beginning."""
        return replace(self, exact=exact, after=None)

    def narrows(self, dimension: str) -> bool:
        """Tell whether a dimension is filtered by already."""
        return ("since" in self.values and "until" in self.values) if dimension == "year" else (
            dimension in self.values
        )  # fmt: skip


def asked(parameters: QueryParams) -> Asked:
    """Read a search from an address; what can't be understood is left out, and told."""
    values: dict[str, str] = {}
    left_out: list[tuple[str, str]] = []
    for name in FIELDS:
        value = " ".join(parameters.get(name, "").split())[:_LONGEST]
        if not value:
            continue
        known: str | None = value
        if name in _DATES:
            known = date_bound(value)
        elif name in _FIXED:
            known = value if value in _FIXED[name] else None
        if known is None:
            left_out.append((name, value))
        else:
            values[name] = known
    return Asked(
        query=" ".join(parameters.get("q", "").split())[:_LONGEST_QUERY],
        values=values,
        exact=parameters.get("exact") == "1",
        sort="date" if parameters.get("sort") == "date" else "best",
        after=parameters.get("after") or None,
        left_out=tuple(left_out),
    )
