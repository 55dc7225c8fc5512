"""Told speech that an incise closes or cuts: "P, a indiqué X.", "P, selon lui, P'", "Comme le dit X, P"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.cues import VerbGroup
from quotes.extraction.impersonal import SOURCES
from quotes.extraction.inversion import incise_subject, is_written
from quotes.extraction.proper_names import DETERMINERS
from quotes.extraction.rules.readings import read_in
from quotes.extraction.subjects import attributed
from quotes.extraction.tokens import Kind, Token
from quotes.extraction.told_bounds import Told, ends, starts, tells

_LONG_REST = 3  # words told after an incise


def incises(carrier: Carrier) -> Iterator[Told]:
    """What may be told around each incise of a carrier, with every start and end that it may have."""
    tokens = carrier.tokens
    for group in carrier.verbs:
        if group.verb is None and not group.clitic:
            continue
        if _asks(tokens, group):
            continue
        subject = (read_in(carrier, group), "") if is_written(group) else incise_subject(carrier, group)
        if subject is None or not group.first:
            continue
        phrase, pronoun = subject
        attribution = attributed(carrier, "told_incise", group, phrase, pronoun)
        how = "clitic" if phrase is None else "inverted"
        end = group.first
        while end and tokens[end - 1].kind is Kind.WORD:
            end -= 1  # clitics and adverbs of the incise
        end -= bool(end) and tokens[end - 1].text == ","
        after = max(group.last, phrase.last if phrase is not None else 0)
        if tokens[end].low in ("comme", "ainsi") or tokens[end + 1].low in ("comme", "ainsi"):
            yield from _announced(carrier, attribution, after, how)
        for start in starts(carrier, end):
            if tells(tokens, start.at, end):
                yield Told(start.at, end, attribution, start.name, "incise", how)
        yield from _through(carrier, attribution, end, after, how)


def _asks(tokens: Sequence[Token], group: VerbGroup) -> bool:
    """Whether an inverted verb asks: "le froid menace-t-il les vignes ?", but "a-t-on appris de source …"."""
    if not group.clitic or group.last + 1 >= len(tokens):
        return False
    after = tokens[group.last].low
    return after in DETERMINERS | {"d'", "de"} and tokens[group.last + 1].low not in SOURCES


def _announced(carrier: Carrier, attribution: Attribution, after: int, how: str) -> Iterator[Told]:
    """What follows "Comme le souligne X,"."""
    tokens = carrier.tokens
    comma = next((j for j in range(after, min(len(tokens), after + 12)) if tokens[j].text == ","), -1)
    if comma >= 0:
        for stop in ends(carrier, comma + 1):
            if tells(tokens, comma + 1, stop.at):
                yield Told(comma + 1, stop.at, attribution, "as", stop.name, how)


def _through(carrier: Carrier, attribution: Attribution, end: int, after: int, how: str) -> Iterator[Told]:
    """The told words on both sides of an incise: "Au Québec, a-t-il dit, c'est …"."""
    tokens = carrier.tokens
    closed = next((j for j in range(after, min(len(tokens), after + 12)) if tokens[j].text == ","), -1)
    if closed < 0 or closed + _LONG_REST >= len(tokens):
        return
    for start in starts(carrier, end):
        for stop in ends(carrier, closed + 1):
            if stop.at - closed > _LONG_REST and tells(tokens, start.at, stop.at):
                yield Told(start.at, stop.at, attribution, start.name, f"through {stop.name}", how)
