"""The search language: what a reader types, as what to look for in the index and filters.

Words (all must be there), ``"exact phrases"``, ``prefix*``, ``ET``/``OU``/``SAUF`` or
``AND``/``OR``/``NOT`` in capitals, parentheses, and field words that filter the whole search::

    climat OU météo SAUF "il pleut"
    impôt* locuteur:"Jeanne Roy" media:courrier apres:2023 avant:2024-05 genre:f type:personne

``apres:2023`` is from 2023 on, ``avant:2024-05`` before May 2024 begins. Nothing that is typed is an
error: what can't be understood is left out, and said in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from quotes.archive.search.terms import Term, terms
from quotes.archive.speakers.names import fold_name
from quotes.archive.store.matching import Joined, Match, Phrase, Without

_LONGEST = 2_000
_DEEPEST = 20
_MOST_TERMS = 100

_OPERATORS = {"ET": "AND", "AND": "AND", "OU": "OR", "OR": "OR", "SAUF": "NOT", "NOT": "NOT"}

FIELDS = {
    "locuteur": "speaker",
    "locutrice": "speaker",
    "speaker": "speaker",
    "role": "role",
    "media": "outlet",
    "outlet": "outlet",
    "avant": "before",
    "before": "before",
    "apres": "since",
    "depuis": "since",
    "since": "since",
    "type": "type",
    "genre": "gender",
    "gender": "gender",
}
_TYPES = {
    "personne": "person",
    "person": "person",
    "organisation": "organization",
    "organization": "organization",
    "groupe": "group",
    "group": "group",
    "anonyme": "unnamed",
    "unnamed": "unnamed",
    "document": "document",
}
_KINDS = {
    "direct": "direct",
    "mixte": "mixed",
    "mixed": "mixed",
    "indirect": "indirect",
}
_GENDERS = {
    "f": "f",
    "femme": "f",
    "m": "m",
    "h": "m",
    "homme": "m",
    "inconnu": "unknown",
    "unknown": "unknown",
}
_MONTHS = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]

_YEAR = re.compile(r"[0-9]{4}")
_MONTH_OR_DAY = re.compile(r"[0-9]{1,2}")
_LEXEME = re.compile(
    r"""(?P<field>[^\W\d_]{2,12}):(?P<value>"[^"]*"|«[^»]*»|“[^”]*”|[^\s()"«»“”]+)
    | "(?P<straight>[^"]*)" | «(?P<guillemets>[^»]*)» | “(?P<curly>[^”]*)”
    | (?P<open>\() | (?P<close>\))
    | (?P<word>[^\s()"«»“”]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """One word or more in a row. ``exact`` leaves the stems out, ``prefix`` opens the last word's end."""

    terms: tuple[Term, ...]
    exact: bool = False
    prefix: bool = False

    def match(self) -> Match:
        """Give what to look for in the index."""
        exact = Phrase("exact", tuple(term.exact for term in self.terms), self.prefix)
        if self.exact or self.prefix:
            return exact
        return Joined("OR", (exact, Phrase("stems", tuple(term.stem for term in self.terms))))

    def places(self, found: Sequence[Term]) -> list[int]:
        """Give where in the terms of a text (by their number) these words begin."""
        last = len(self.terms) - 1
        places = list(range(len(found) - last))
        for n, (exact, stem, _, _) in enumerate(self.terms):
            if self.prefix and n == last:
                places = [place for place in places if found[place + n].exact.startswith(exact)]
            elif self.exact or self.prefix:
                places = [place for place in places if found[place + n].exact == exact]
            else:
                places = [
                    place
                    for place in places
                    if found[place + n].exact == exact or found[place + n].stem == stem
                ]
        return places


@dataclass(frozen=True, slots=True)
class Branch:
    """Parts joined by AND or OR, and for AND what must not be there."""

    operator: Literal["AND", "OR"]
    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


Node = Words | Branch


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    ``match`` is what to look for in the index (``None``: no word asked for), ``without`` what must not
    match when there is nothing else to match, ``filters`` fields of ``Filters``, ``words`` what to
    highlight.
    """

    match: Match | None
    without: Match | None = None
    filters: dict[str, str] = field(default_factory=dict)
    words: tuple[Words, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to look for, nothing to filter by."""
        return self.match is None and self.without is None and not self.filters


def parse(text: str, *, exact: bool = False) -> Query:
    """Read a query. ``exact`` leaves stems out: words count as printed (folded). Never raises."""
    return _Reader(text, exact).read()


def date_bound(value: str) -> str | None:
    """Give a date as a filter's value (``2024``, ``2024-05``, ``2024-05-17``), ``None`` if it is none.

    It may be typed as the French write it, the day first: 17/05/2024, 05/2024, mai 2024, 1er mai 2024.
    """
    parts = [re.sub(r"^1er$", "1", part) for part in fold_name(value).split()]
    if not parts or len(parts) > 3:
        return None
    if len(parts[0]) != 4:
        parts.reverse()
    numbers = [
        str(_MONTHS.index(part) + 1) if n == 1 and part in _MONTHS else part for n, part in enumerate(parts)
    ]
    if not (_YEAR.fullmatch(numbers[0]) and all(map(_MONTH_OR_DAY.fullmatch, numbers[1:]))):
        return None
    year, month, day = (int(part) for part in (*numbers, "1", "1")[:3])
    try:
        return date(year, month, day).isoformat()[: (4, 7, 10)[len(parts) - 1]]
    except ValueError:
        return None


class _Reader:
    """A recursive descent over the lexemes; deep parentheses are read as if they were not there."""

    def __init__(self, text: str, exact: bool) -> None:
        self.notes: list[str] = []
        self.filters: dict[str, str] = {}
        self.exact = exact
        self.terms_left = _MOST_TERMS
        if len(text) > _LONGEST:
            self.notes.append(f"only the first {_LONGEST} characters of the query were read")
        self.lexemes = list(_LEXEME.finditer(text[:_LONGEST]))
        self.position = 0

    def read(self) -> Query:
        parts: list[Node] = []
        while self.position < len(self.lexemes):
            node = self.alternatives(0)
            if node is not None:
                parts.append(node)
            # A closing parenthesis that closes nothing.
            self.position += 1
        if self.terms_left < 0:
            self.notes.append(f"only the first {_MOST_TERMS} words of the query were looked for")
        tree = _joined("AND", parts)
        match: Match | None = None
        without: Match | None = None
        if tree is not None:
            match, excluded = _looked_for(tree)
            without = _any(excluded) if excluded else None
        words = tuple(_highlighted(tree)) if tree is not None else ()
        return Query(match, without, self.filters, words, tuple(self.notes))

    def alternatives(self, depth: int) -> Node | None:
        """Read up to the closing parenthesis (left in place) or the end."""
        groups: list[Node] = []
        wanted: list[Node] = []
        unwanted: list[Node] = []
        negated = False
        while self.position < len(self.lexemes):
            lexeme = self.lexemes[self.position]
            if lexeme["close"]:
                break
            self.position += 1
            operator = _OPERATORS.get(lexeme["word"] or "")
            if operator == "OR":
                groups += _group(wanted, unwanted)
                wanted, unwanted, negated = [], [], False
                continue
            if operator is not None:
                negated = negated or operator == "NOT"
                continue
            if lexeme["open"]:
                if depth >= _DEEPEST:
                    continue
                node = self.alternatives(depth + 1)
                self.position += 1
            else:
                node = self.leaf(lexeme)
            if node is not None:
                (unwanted if negated else wanted).append(node)
            negated = False
        groups += _group(wanted, unwanted)
        return _joined("OR", groups)

    def leaf(self, lexeme: re.Match[str]) -> Node | None:
        if lexeme["field"] is not None:
            name = FIELDS.get(fold_name(lexeme["field"]))
            if name is not None:
                self.filter(name, lexeme["field"], lexeme["value"].strip('"«»“” '))
                return None
            self.notes.append(f"{lexeme['field']}: is no field word, and was looked for as a word")
            return self.words(lexeme[0])
        for phrase in (lexeme["straight"], lexeme["guillemets"], lexeme["curly"]):
            if phrase is not None:
                return self.words(phrase, exact=True)
        word = lexeme["word"]
        if word.endswith("*"):
            return self.words(word, prefix=True)
        return self.words(word)

    def words(self, text: str, *, exact: bool = False, prefix: bool = False) -> Words | None:
        found = tuple(terms(text))
        self.terms_left -= len(found)
        if not found or self.terms_left < 0:
            return None
        return Words(found, exact or self.exact, prefix)

    def filter(self, name: str, printed: str, value: str) -> None:
        known: str | None = value or None
        if name in ("since", "before"):
            known = date_bound(value)
        elif name == "gender":
            known = _GENDERS.get(fold_name(value))
        elif name == "type":
            kind = _KINDS.get(fold_name(value))
            if kind is not None:
                self.filters["kind"] = kind
                return
            known = _TYPES.get(fold_name(value))
        if known is None:
            self.notes.append(f"left out: {printed}:{value}")
        else:
            self.filters[name] = known


def _group(wanted: list[Node], unwanted: list[Node]) -> list[Node]:
    if unwanted:
        return [Branch("AND", tuple(wanted), tuple(unwanted))]
    joined = _joined("AND", wanted)
    return [] if joined is None else [joined]


def _joined(operator: Literal["AND", "OR"], parts: Sequence[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return Branch(operator, tuple(parts))


def _looked_for(node: Node) -> tuple[Match | None, list[Match]]:
    """Tell what must be there, or (only when nothing must) what must not."""
    if isinstance(node, Words):
        return node.match(), []
    looked_for = [_looked_for(part) for part in node.parts]
    wanted = [match for match, _ in looked_for if match is not None]
    unwanted = [match for part in node.without if (match := _looked_for(part)[0]) is not None]
    if node.operator == "AND" or not wanted:
        unwanted += [match for _, negatives in looked_for for match in negatives]
    if not wanted:
        return None, unwanted
    joined = Joined(node.operator, tuple(wanted))
    return (Without(joined, _any(unwanted)) if unwanted else joined), []


def _any(parts: Sequence[Match]) -> Match:
    return parts[0] if len(parts) == 1 else Joined("OR", tuple(parts))


def _highlighted(node: Node) -> Iterator[Words]:
    if isinstance(node, Words):
        yield node
    else:
        for part in node.parts:
            yield from _highlighted(part)
