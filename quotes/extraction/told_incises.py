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
from quotes.extraction.tokens import WORD, Token
from quotes.extraction.told_bounds import (
    LONGEST_INCISE,
    Told,
    comma_in,
    ends,
    goes_on,
    is_broken_off,
    only_leads,
    starts,
    tells,
)
from quotes.extraction.told_limits import relays

_LONG_REST = 3  # words told after an incise
_OBJECTS = DETERMINERS | {"d'", "de"}  # that begin what an inverted verb asks of


def incises(carrier: Carrier) -> Iterator[Told]:
    """What may be told around each incise of a carrier, with every start and end that it may have."""
    tokens = carrier.tokens
    for group in carrier.verbs:
        if not group.first or (group.verb is None and not group.clitic):
            continue
        subject = (read_in(carrier, group), "") if is_written(group) else incise_subject(carrier, group)
        if subject is None or _asks(tokens, group) or relays(carrier, group):
            continue
        phrase, pronoun = subject
        attribution = attributed(carrier, "told_incise", group, phrase, pronoun)
        how = "clitic" if phrase is None else "inverted"
        end = group.first
        while end and tokens[end - 1].kind is WORD:
            end -= 1  # clitics and adverbs of the incise
        end -= bool(end) and tokens[end - 1].text == ","
        after = max(group.last, phrase.last if phrase is not None else 0)
        announces = tokens[end].low in ("comme", "ainsi") or tokens[end + 1].low in ("comme", "ainsi")
        if announces and only_leads(tokens, 0, end):
            yield from _announced(carrier, attribution, after, how)
        parted = _closed(carrier, attribution, after) >= 0
        for start in starts(carrier, end):
            if tells(carrier, start.at, end) and not (parted and is_broken_off(tokens, start.at, end)):
                yield Told(start.at, end, attribution, start.name, "incise", how)
        yield from _through(carrier, attribution, end, after, how)


def _asks(tokens: Sequence[Token], group: VerbGroup) -> bool:
    """Whether an inverted verb asks: "le froid menace-t-il les vignes ?", but "a-t-on appris de source …"."""
    if not group.clitic or group.last + 1 >= len(tokens):
        return False
    after = tokens[group.last].low
    return after in _OBJECTS and tokens[group.last + 1].low not in SOURCES


def _announced(carrier: Carrier, attribution: Attribution, after: int, how: str) -> Iterator[Told]:
    """What follows "Comme le souligne X,"."""
    closed = _closed(carrier, attribution, after)
    if closed >= 0:
        yield from _behind(carrier, attribution, closed, how)


def _behind(carrier: Carrier, attribution: Attribution, closed: int, how: str) -> Iterator[Told]:
    """What is told behind the comma of an incise."""
    for stop in ends(carrier, closed + 1):
        if tells(carrier, closed + 1, stop.at):
            yield Told(closed + 1, stop.at, attribution, "as", stop.name, how)


def _through(carrier: Carrier, attribution: Attribution, end: int, after: int, how: str) -> Iterator[Told]:
    """The told words on both sides of an incise: "Au Québec, a-t-il dit, c'est …"."""
    tokens = carrier.tokens
    closed = _closed(carrier, attribution, after)
    if closed < 0 or closed + _LONG_REST >= len(tokens):
        return
    led, named = False, attribution.phrase
    for start in starts(carrier, end):
        if only_leads(tokens, start.at, end):
            led = led or start.name == "sentence"
            continue
        for stop in ends(carrier, closed + 1):
            if (
                stop.at - closed > _LONG_REST
                and tells(carrier, start.at, stop.at)
                and (named is None or goes_on(carrier, start.at, end, closed + 1, stop.at))
            ):
                yield Told(start.at, stop.at, attribution, start.name, f"through {stop.name}", how)
    if led:
        yield from _behind(carrier, attribution, closed, how)


def _closed(carrier: Carrier, attribution: Attribution, after: int) -> int:
    """The comma that closes an incise, behind what is apposed to its subject; −1 where there is none."""
    phrase, cue = attribution.phrase, attribution.cue
    apposed = [carrier.phrases[d] for d, n in carrier.appositions.items() if carrier.phrases[n] is phrase]
    if phrase is not None and cue is not None:
        subject = min([phrase.first, *[p.first for p in apposed if p.first >= cue[1]]])
        if comma_in(carrier, cue[1], subject) >= 0:
            return -1
    closed = comma_in(carrier, after, after + LONGEST_INCISE)
    for other in apposed:
        if closed >= 0 and other.first == closed + 1:
            closed = comma_in(carrier, other.last, other.last + LONGEST_INCISE)
    return closed
