"""What is to be found in the full-text index, before it is written in the language of a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that stand in a row in a column of the index; ``prefix`` opens the last one's end."""

    column: Literal["exact", "stems"]
    terms: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """What must match all, or of which one must match."""

    operator: Literal["AND", "OR"]
    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What must match, and what must not."""

    wanted: Match
    unwanted: Match


Match = Phrase | Joined | Without
"""What is to be found in the index; each store writes it in its own full-text language."""


def phrases(match: Match, *, within: tuple[Match, ...] = ()) -> Iterator[tuple[Phrase, tuple[Match, ...]]]:
    """Give the phrases that are wanted, in their order, each with the alternatives that it is a part of.

    In "climat neige OU pluie" *climat* counts only where *neige* is, too.
    """
    if isinstance(match, Phrase):
        yield match, within
    elif isinstance(match, Without):
        yield from phrases(match.wanted, within=within)
    else:
        for part in match.parts:
            joins = isinstance(part, Without) or (isinstance(part, Joined) and part.operator == "AND")
            yield from phrases(part, within=(*within, part) if joins and match.operator == "OR" else within)
