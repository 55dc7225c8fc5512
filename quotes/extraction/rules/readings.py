"""Readings: *Dans le rapport, on peut lire* « … », where it was read or heard and nobody says it."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.cues import VerbGroup
from quotes.extraction.inversion import is_written
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import PEOPLE
from quotes.extraction.subjects import BREAKS, THAT, attributed, whole
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import Noun

_LEADING_ON = THAT | {":"}
_READ = frozenset({"lire", "entendre", "voir"})
_WHERE = frozenset({"dans", "sur"})
_WHERE_READ = frozenset({"document", "thing", "organization"})
_WORKS = word_class("works_cited")
_WORKS_AND_PARTS = _WORKS | word_class("parts_of_works")
_NUMERALS = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"])
_LONGEST_PLACE = 12  # tokens of "article 12 de la loi du 3 mai sur l'eau"
_LONGEST_SHOWING = 4  # tokens of "brandies lundi | par", "fait auprès | de"
_LONGEST_LEAD = 3  # tokens between the verb and the marks: "lire ceci :"
_OPENING = 4  # tokens before the place: "Mais plus loin, dans le rapport, on lit"


def read_in(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Where it was read or heard: "peut-on lire dans le rapport", "est-il écrit sur l'affiche"."""
    if group.verb is None or not (is_written(group) or group.verb.head in _READ):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= group.last and phrase.before in _WHERE:
            return _shown_by(carrier, k) or whole(carrier, k)
    return None


def _shown_by(carrier: Carrier, k: int) -> Phrase | None:
    """Who shows what is read, or is heard there: "sur des pancartes brandies | par des élus"."""
    if k + 1 == len(carrier.phrases):
        return None
    place, people = carrier.phrases[k], carrier.phrases[k + 1]
    between = carrier.lows[place.last : people.first]
    entry = people.noun
    shown = len(between) <= _LONGEST_SHOWING and between[-1:] == ("par",)
    heard = len(between) <= _LONGEST_SHOWING and "auprès" in between
    several = entry is not None and (entry.kind == "group" or (entry.kind in PEOPLE and people.number == "p"))
    return people if (shown or heard) and several else None


def reading(carrier: Carrier, q: int) -> Attribution | None:
    """Dans le rapport, on peut lire : « … » / Sur la pancarte, il est écrit que « … »"""
    for group in reversed(carrier.verbs):
        if group.last > q:
            continue
        if q - group.last > _LONGEST_LEAD or not _leads(carrier.lows[group.last : q]):
            return None
        reader = next((p for p in carrier.phrases if p.last == group.first), None)
        if reader is None or not _is_read(group, reader):
            return None
        k = _place_before(carrier, reader)
        return (
            None
            if k is None
            else attributed(carrier, "read_in", group, _shown_by(carrier, k) or whole(carrier, k))
        )
    return None


def _leads(lead: Sequence[str]) -> bool:
    """Whether words lead up to the marks: "lire | :", "écrit | que"."""
    return bool(lead) and lead[-1] not in BREAKS and not _LEADING_ON.isdisjoint(lead)


def _is_read(group: VerbGroup, subject: Phrase) -> bool:
    """Whether nobody in particular reads it or wrote it: "on lit", "il est écrit"."""
    if subject.kind is not PRONOUN or group.verb is None:
        return False
    return (subject.head == "on" and group.verb.head == "lire") or (subject.head == "il" and group.passive)


def _place_before(carrier: Carrier, reader: Phrase) -> int | None:
    """Where it is read, put in front of the clause, by its number: "Dans la notice, | on peut lire"."""
    tokens = carrier.tokens
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= reader.first:
            return None
        if phrase.before not in _WHERE or phrase.first > _OPENING + 1:
            continue
        described = phrase.noun is not None and phrase.noun.kind in _WHERE_READ
        named = phrase.kind is NAME and phrase.noun is None
        parted = all(t.kind is not QUOTE for t in tokens[phrase.last : reader.first])
        return k if parted and (described or named) else None
    return None


def cited(carrier: Carrier, q: int) -> Attribution | None:
    """« … » (Coran, sourate 2) / « … » Psaume 23, verset 4. / « … » (article 12 du code rural): its place."""
    tokens = carrier.tokens
    at = q + 1
    at += at < len(tokens) and tokens[at].text in (".", ",")
    bracket = at < len(tokens) and tokens[at].text == "("
    start = at + bracket
    if start >= len(tokens) or tokens[start].low not in (_WORKS_AND_PARTS if bracket else _WORKS):
        return None
    if not bracket and not tokens[start].capital:
        return None
    end = _end_of_place(tokens, start)
    numbered = any(_is_number(t) for t in tokens[start + 1 : min(end + 3, len(tokens))])
    if not numbered and not (bracket and end == start + 1):
        return None
    entry = Noun(tokens[start].low, "document", "m", "s")
    place = Phrase(
        start,
        end,
        DESCRIPTION,
        entry.lemma,
        entry,
        before=tokens[start - 1].low,
    )
    return Attribution("cited", place, "", (at, end), entry.lemma)


def _end_of_place(tokens: Sequence[Token], start: int) -> int:
    """Where the name of a text and of its part ends: before a comma, a bracket, the end of the sentence."""
    end = min(start + _LONGEST_PLACE, len(tokens))
    parted = (k for k in range(start + 1, end) if tokens[k].kind not in (WORD, NUMBER))
    return next(parted, end)


def _is_number(token: Token) -> bool:
    return token.kind is NUMBER or (token.capital and token.low in _NUMERALS)
