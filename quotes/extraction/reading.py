"""From a text to what is put before the judge: its parts, with what was placed, told and proposed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extraction.carrier import Carrier, read_carrier
from quotes.extraction.detect import Quotation, find_quotations
from quotes.extraction.embedded import POST, find_embedded, with_second_printings
from quotes.extraction.flow import (
    SILENT,
    Answered,
    Placed,
    answer,
    fill_by_flow,
    repeat_display,
    tell_others_apart,
)
from quotes.extraction.hearing import Heard, read_through
from quotes.extraction.incise import InnerIncise, find_incise
from quotes.extraction.interview import find_replies
from quotes.extraction.opinion import SecondOpinion
from quotes.extraction.proper_names import Vocabulary
from quotes.extraction.propose import Docket, mentions_in
from quotes.extraction.repeated import find_repeated
from quotes.extraction.resolve import Cast
from quotes.extraction.roles import collect_roles
from quotes.extraction.sentences import LONGEST_SENTENCE, sentences_of
from quotes.extraction.signatures import with_names
from quotes.extraction.tokens import QUOTE, Sentence
from quotes.extraction.typography import View
from quotes.extraction.unmarked import Unmarked, outside_marks
from quotes.model import Zone

if TYPE_CHECKING:
    from quotes.extraction.encoder.reader import Encoder, Reading

_MOST_BETWEEN = 4  # sentences of a page between a colon and the words
_LONGEST_PART = 8_000  # tokens; the longest articles of newspapers have half as many


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article with a cast of its own, and what the rules made of it."""

    carriers: Sequence[Carrier]
    read: Sequence[Carrier]  # with the incises inside marks
    placed: Sequence[Placed]
    told: Sequence[Heard]
    answered: Sequence[Answered]
    docket: Docket


@dataclass(frozen=True, slots=True)
class Proposed:
    """An article as the judge is shown it."""

    quotations: Sequence[Quotation]
    sentences: Sequence[Sentence]
    parts: Sequence[Part]
    opinion: SecondOpinion | None


def zones_in(view: View, zones: Sequence[Zone]) -> list[Zone]:
    """The zones of a text as they stand in its typographic view, which may have parted one into two lines."""
    found: list[Zone] = []
    for zone in zones:
        at, end = view.forth(zone.start), view.forth(zone.end)
        while (line_end := view.text.find("\n", at, end)) > at:
            found.append(Zone(zone.kind, at, line_end))
            at = line_end + 1
        found.append(Zone(zone.kind, at, end))
    return found


def propose(
    text: str, zones: Sequence[Zone], encoder: Encoder | None = None, always: bool = False
) -> Proposed:
    """Find the quotations of a text and what the rules propose for each; nothing is decided.

    An ``encoder`` gives a second opinion on what is left in doubt, or ``always``.
    """
    zones = with_second_printings(text, zones)
    quotations = find_quotations(text)
    replies = find_replies(text, zones)
    embedded = [*find_embedded(text, zones), *find_repeated(text, zones, quotations)]
    unmarked = outside_marks([*replies, *embedded], quotations)
    sentences = sentences_of(text, zones, quotations)
    words = Vocabulary([s.tokens for s in sentences])
    carriers = with_names([read_carrier(s, words) for s in _joined(sentences)], words)
    begins = replies[0].start if replies else 0
    inner = _inner_incises(text, carriers, quotations, words)
    opinion = None
    if encoder is not None:
        opinion = SecondOpinion(_read_by(encoder, text, carriers, inner, quotations), always)
    parts = [
        _part(text, part, quotations, _of(part, inner), _within(unmarked, part), begins, words)
        for part in _parts(carriers)
    ]
    return Proposed(quotations, sentences, parts, opinion)


def _read_by(
    encoder: Encoder,
    text: str,
    carriers: Sequence[Carrier],
    inner: Mapping[int, InnerIncise],
    quotations: Sequence[Quotation],
) -> Reading:
    """The text as the encoder reads it: it is shown what stands in marks, and where mentions begin."""
    marked = [(quotations[quote].start, quotations[quote].end) for quote in _quoted(_speaking(carriers))]
    mentions = mentions_in([*carriers, *(incise.carrier for incise in inner.values())])
    return encoder.read(text, marked, sorted({start for start, _ in mentions}))


def _of(part: Sequence[Carrier], inner: Mapping[int, InnerIncise]) -> dict[int, InnerIncise]:
    """The incises inside the quotations of these carriers."""
    return {quote: inner[quote] for quote in _quoted(part) if quote in inner} if inner else {}


def _quoted(carriers: Iterable[Carrier]) -> Iterator[int]:
    """The indices of the quotations that these carriers hold, in order."""
    for carrier in carriers:
        for at in carrier.marked:
            yield carrier.tokens[at].quote


def _speaking(carriers: Iterable[Carrier]) -> Iterator[Carrier]:
    """The carriers in which words may be somebody's: no teaser, no comment of a reader."""
    return (carrier for carrier in carriers if carrier.sentence.zone not in SILENT)


def _part(
    text: str,
    carriers: list[Carrier],
    quotations: list[Quotation],
    inner: dict[int, InnerIncise],
    unmarked: Sequence[Unmarked],
    begins: int,
    words: Vocabulary,
) -> Part:
    read = [*carriers, *(incise.carrier for incise in inner.values())]
    cast = Cast(read, words)
    collect_roles(read, cast)
    cast.name_bodies(carriers)
    cast.name_posts(carriers)
    posts = [item for item in unmarked if item.rule == POST]
    placed, told = read_through(text, quotations, carriers, inner, cast, posts)
    answered = answer(placed, unmarked, cast, carriers, begins)
    fill_by_flow(text, placed, carriers, cast)
    tell_others_apart(placed, answered)
    told = [heard for heard in told if not _is_posted(heard, answered)]
    _name_holder(placed, told, cast)
    repeat_display(text, placed, carriers, cast)
    within = {index: incise.carrier for index, incise in inner.items()}
    return Part(carriers, read, placed, told, answered, Docket(text, carriers, placed, told, within, cast))


def _name_holder(placed: Sequence[Placed], told: Sequence[Heard], cast: Cast) -> None:
    """Give what a post without a name says to the one speaker who has no post, if they fit."""
    holder = cast.name_holder(p.entity for p in placed if p.entity is not None)
    if holder is None:
        return
    unnamed, person = holder
    said: list[Placed | Heard] = [*placed, *told]
    for item in said:
        if item.entity is unnamed:
            item.entity = person


def _parts(carriers: list[Carrier]) -> Iterator[list[Carrier]]:
    """A text as long as a book is resolved in parts, each with a cast of its own.

    Resolving looks back at all that a part has named, which costs the square of its length.
    """
    part: list[Carrier] = []
    length = 0
    for carrier in carriers:
        if length >= _LONGEST_PART and (
            carrier.sentence.paragraph != part[-1].sentence.paragraph or length >= 2 * _LONGEST_PART
        ):
            yield part
            part, length = [], 0
        part.append(carrier)
        length += len(carrier.tokens)
    if part:
        yield part


def _within(unmarked: Sequence[Unmarked], part: Sequence[Carrier]) -> list[Unmarked]:
    """What stands without marks and begins in this part of the text."""
    start, end = part[0].tokens[0].start, part[-1].tokens[-1].end
    return [item for item in unmarked if start <= item.start < end]


def _is_posted(heard: Heard, answered: Sequence[Answered]) -> bool:
    """Whether a clause stands wholly in a post, which is a quotation already."""
    tokens, stretch = heard.carrier.tokens, heard.stretch
    start, end = tokens[stretch.first].start, tokens[stretch.last - 1].end
    at = bisect_right(answered, start, key=lambda pair: pair[0].start) - 1
    return at >= 0 and answered[at][0].rule == POST and end <= answered[at][0].end


def _inner_incises(
    text: str, carriers: list[Carrier], quotations: list[Quotation], words: Vocabulary
) -> dict[int, InnerIncise]:
    """The incises inside the quotations of these carriers, by quotation index."""
    return {
        quote: incise
        for quote in _quoted(_speaking(carriers))
        if (incise := find_incise(text, quotations[quote], words)) is not None
    }


def _joined(sentences: list[Sentence]) -> list[Sentence]:
    """Join a sentence that ends in a colon with the quotation that opens the next paragraph.

    What a page puts between the two is passed over: "Paul Roy a répondu : ¶ Lire aussi … ¶ « … »"
    """
    found: list[Sentence] = []
    for sentence in sentences:
        at = _lead(found) if sentence.tokens[0].kind is QUOTE and sentence.zone not in SILENT else -1
        if at >= 0:
            last = found[at]
            found[at] = Sentence(last.tokens + sentence.tokens, last.zone, last.paragraph)
        else:
            found.append(sentence)
    return found


def _lead(found: Sequence[Sentence]) -> int:
    """The number of the sentence that leads up to the next one by its colon; −1 for none."""
    for at in range(len(found) - 1, max(-1, len(found) - _MOST_BETWEEN), -1):
        sentence = found[at]
        if sentence.zone not in SILENT:
            leads = len(sentence.tokens) < LONGEST_SENTENCE and sentence.tokens[-1].text == ":"
            return at if leads else -1
    return -1
