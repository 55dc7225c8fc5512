"""Readings: *Dans le rapport, on peut lire* « … », where it was read or heard and nobody says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.inversion import is_written
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import CLITICS, PEOPLE, is_first_name
from quotes.extraction.subjects import BREAKS, THAT, attributed
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import Noun

_LEADING_ON = THAT | {":"}
_READ = frozenset({"lire", "entendre", "voir"})
_LEARNT = frozenset({"lire", "apprendre", "découvrir"})
_WHERE = frozenset({"dans", "sur"})
_WHICH = frozenset({"lequel", "laquelle", "lesquels", "lesquelles"})
_WHERE_READ = frozenset({"document", "thing", "organization"})
_WORKS = word_class("works_cited")
_WORKS_AND_PARTS = _WORKS | word_class("parts_of_works")
_BOOKS = word_class("books_in_short")
_PLACES_IN = word_class("places_in_works")
_SEE = frozenset({"cf", "cf.", "voir", "lire"})
_SHORTEST_PLACE = 2  # tokens of "Mc 1"
_NUMERALS = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"])
_LONGEST_PLACE = 12  # tokens of "article 12 de la loi du 3 mai sur l'eau"
_LONGEST_SHOWING = 4  # tokens of "brandies lundi | par", "fait auprès | de"
_LONGEST_LEAD = 3  # tokens between the verb and the marks: "lire ceci :"
_NEAR = 3  # tokens from the verb to "écrit noir sur blanc | dans le contrat"
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
    """Dans le rapport, on peut lire : « … » / Il est écrit dans le bail que « … » / …, où on lit que « … »"""
    group, reader = _reading_before(carrier, q)
    if group is None or reader is None:
        return None
    for k in _places(carrier, group, reader):
        phrase = carrier.phrases[k]
        lead = carrier.lows[max(group.last, phrase.last) : q]
        far = len(lead) > _LONGEST_LEAD
        leads = _leads(lead, far=far) or (lead == (",",) and _is_as(carrier, reader))
        if phrase.last <= q and leads and (not far or _is_text(phrase)):
            return attributed(carrier, "read_in", group, _shown_by(carrier, k) or whole(carrier, k))
    return None


def reads_above(carrier: Carrier, q: int) -> bool:
    """Whether it stands in a text that was named before: "Il y est précisé que « … »", "On y apprend que"."""
    if "y" not in carrier.words:
        return False
    group, reader = _reading_before(carrier, q)
    if group is None or reader is None:
        return False
    return "y" in carrier.lows[reader.last : group.last] and _leads(carrier.lows[group.last : q], far=True)


def _reading_before(carrier: Carrier, q: int) -> tuple[VerbGroup | None, Phrase | None]:
    """The nearest verb before the marks, if nobody in particular reads or writes, with its subject."""
    group = next((g for g in reversed(carrier.verbs) if g.last <= q), None)
    if group is None:
        return None, None
    reader = next((p for p in reversed(carrier.phrases) if p.last <= group.first), None)
    if reader is None or reader.kind is not PRONOUN or not _is_read(group, reader):
        return None, None
    beside = CLITICS.issuperset(carrier.lows[reader.last : group.first])
    return (group, reader) if beside else (None, None)


def _leads(lead: Sequence[str], *, far: bool) -> bool:
    """Whether words lead up to the marks: "lire | :", "écrit | que", and farther off "que la digue est"."""
    if not lead or not BREAKS.isdisjoint(lead):
        return False
    return lead[0] in THAT if far else not _LEADING_ON.isdisjoint(lead)


def _is_read(group: VerbGroup, subject: Phrase) -> bool:
    """Whether nobody in particular reads it or wrote it: "on lit", "il est écrit"."""
    if group.verb is None:
        return False
    return (subject.head == "on" and group.verb.head in _LEARNT) or (subject.head == "il" and group.passive)


def _places(carrier: Carrier, group: VerbGroup, reader: Phrase) -> Iterator[int]:
    """The phrases, by number, that may tell where it is read."""
    before = _place_before(carrier, reader)
    if before is not None:
        yield before
    for k, phrase in enumerate(carrier.phrases):
        if phrase.last <= reader.first and _goes_on_to(carrier, phrase, reader) and _is_readable(phrase):
            yield k  # "un document | dans lequel on lit"
        if phrase.first >= group.last and phrase.first - group.last <= _NEAR and phrase.before in _WHERE:
            yield k  # "il est écrit | dans le contrat"


def _goes_on_to(carrier: Carrier, phrase: Phrase, reader: Phrase) -> bool:
    """Whether a relative clause of place begins between both: "un document | dans lequel | on lit"."""
    between = tuple(w for w in carrier.lows[phrase.last : reader.first] if w not in (",", "l'"))
    return between == ("où",) or (len(between) == 2 and between[0] in _WHERE and between[1] in _WHICH)


def _is_as(carrier: Carrier, reader: Phrase) -> bool:
    """Whether what is read stands beside: "Comme | il est écrit dans le bail, « … »"."""
    before = carrier.lows[: reader.first]
    return before[-1:] == ("comme",) or before[-2:] in (("ainsi", "qu'"), ("ainsi", "que"))


def _is_text(phrase: Phrase) -> bool:
    return phrase.noun is not None and phrase.noun.kind == "document"


def _is_readable(phrase: Phrase) -> bool:
    """Whether something may be read in it or on it."""
    return phrase.noun is not None and phrase.noun.kind in _WHERE_READ


def _place_before(carrier: Carrier, reader: Phrase) -> int | None:
    """Where it is read, put in front of the clause, by its number: "Dans la notice, | on peut lire"."""
    tokens = carrier.tokens
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= reader.first:
            return None
        if phrase.before not in _WHERE or phrase.first > _OPENING + 1:
            continue
        named = phrase.kind is NAME and phrase.noun is None
        parted = all(t.kind is not QUOTE for t in tokens[phrase.last : reader.first])
        return k if parted and (_is_readable(phrase) or named) else None
    return None


def cited(carrier: Carrier, q: int) -> Attribution | None:
    """« … » (Coran, sourate 2) / « … » Psaume 23, verset 4. / « … » (article 12 du code rural): its place.

    Or a place in a text that bears a name: « … » (Mc 1, 17) / « … » (Lumen Gentium, n. 12)
    """
    tokens = carrier.tokens
    at = q + 1
    at += at < len(tokens) and tokens[at].text in (".", ",")
    bracket = at < len(tokens) and tokens[at].text == "("
    start = at + bracket
    while bracket and start + 1 < len(tokens) and (tokens[start].low in _SEE or tokens[start].text == "."):
        start += 1
    if start >= len(tokens):
        return None
    end = _end_of_named_place(tokens, start) if bracket else 0
    if not end:
        end = _end_of_known_place(tokens, start, bracket=bracket)
    if not end:
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


def _end_of_known_place(tokens: Sequence[Token], start: int, *, bracket: bool) -> int:
    """Where the place ends that is told of a text whose sort is known, else 0: "Psaume 23 |, verset 4"."""
    if tokens[start].low not in (_WORKS_AND_PARTS if bracket else _WORKS):
        return 0
    if not bracket and not tokens[start].capital:
        return 0
    end = _end_of_place(tokens, start)
    if is_first_name(tokens[start].text) and not any(map(_is_number, tokens[start + 1 : start + 2])):
        return 0  # « … » (Marc, 42 ans)
    numbered = any(_is_number(t) for t in tokens[start + 1 : min(end + 3, len(tokens))])
    return end if numbered or (bracket and end == start + 1) else 0


def _end_of_named_place(tokens: Sequence[Token], start: int) -> int:
    """Where the place ends that a bracket holds, else 0: "(1 Co 13, 4 |)", "(Lumen Gentium |, n. 25)"."""
    stop = min(start + _LONGEST_PLACE, len(tokens))
    close = next((k for k in range(start, stop) if tokens[k].text == ")"), 0)
    if close - start < _SHORTEST_PLACE:
        return 0
    book = start + (tokens[start].kind is NUMBER)
    if tokens[book].low in _BOOKS and tokens[book].capital and tokens[book + 1].kind is NUMBER:
        return close
    comma = next((k for k in range(start, close) if tokens[k].text == ","), 0)
    place = comma + 1
    if not comma or not tokens[start].capital or tokens[place].low not in _PLACES_IN:
        return 0
    return comma if tokens[close - 1].kind is NUMBER else 0


def _end_of_place(tokens: Sequence[Token], start: int) -> int:
    """Where the name of a text and of its part ends: before a comma, a bracket, the end of the sentence."""
    end = min(start + _LONGEST_PLACE, len(tokens))
    parted = (k for k in range(start + 1, end) if tokens[k].kind not in (WORD, NUMBER))
    return next(parted, end)


def _is_number(token: Token) -> bool:
    return token.kind is NUMBER or (token.capital and token.low in _NUMERALS)
