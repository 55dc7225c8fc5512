"""Quotations that their own sentence leaves open: continuation, focus, repetition in headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.detect import Quotation
from quotes.extraction.entities import ORGANIZATION, PERSON, Entity
from quotes.extraction.interview import RULE as INTERVIEW
from quotes.extraction.judge import Evidence
from quotes.extraction.phrases import NAME
from quotes.extraction.proper_names import (
    CLITICS,
    CONJUNCTIONS,
    DETERMINERS,
    PEOPLE,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)
from quotes.extraction.resolve import Cast
from quotes.extraction.signatures import INTERVIEWS
from quotes.extraction.subjects import stands_as_subject
from quotes.extraction.tokens import QUOTE, WORD
from quotes.extraction.unmarked import Unmarked
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.verbs import AUXILIARIES, FORMS, is_indicative
from quotes.model import Cue, Mention, Span, ZoneKind

SILENT = frozenset({ZoneKind.TEASER, ZoneKind.BOILERPLATE, ZoneKind.COMMENTS})
"""Zones in which nobody of the article speaks."""
DISPLAY = frozenset({ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.PULL_QUOTE, ZoneKind.CAPTION})
"""Zones that show words beside the running text."""
_HEADINGS = frozenset(
    {ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.QUESTION, ZoneKind.PULL_QUOTE, ZoneKind.CAPTION}
)


# Words that any two sentences may share.
_LITTLE = frozenset(
    map(fold, DETERMINERS | PREPOSITIONS | CONJUNCTIONS | RELATIVES | SUBJECT_PRONOUNS | CLITICS)
)
_FROM = frozenset({"de", "d'", "du", "chez", "côté"})
_LONGEST_LINE = 20  # tokens
_REPEATED = 0.7  # of the words of a heading
_OPENING = 10  # tokens: "Dans la cour de sa ferme, Jean Roy a le regard las."
_ONE_PERSON = frozenset({"il", "elle"})
_OTHERS = frozenset({"il", "elle", "ils", "elles", "lui"})


@dataclass(slots=True)
class Placed:
    """A quotation in its carrier with what is known of its source so far."""

    quotation: Quotation
    sentence: int
    position: int
    carrier: Carrier
    attribution: Attribution | None
    entity: Entity | None
    mention: Mention | None
    cue: Cue | None
    incises: tuple[Span, ...]
    proposed: tuple[Attribution, ...] = ()
    """What the rules propose, the first of them first; nothing where an incise inside the marks tells it."""
    rule: str = field(default="")
    display: bool = False
    reason: str | None = None
    heard_at_first: Entity | None = None
    """Whom the sentence itself gives, before the course of the article is asked."""
    likely: float = 0.0
    """How likely somebody says it."""
    certainty: float = 0.0
    """How likely it is this source, if somebody says it."""
    evidence: Evidence = "rules"
    """On what the certainty rests."""
    clues: tuple[tuple[str, float], ...] = ()
    """What weighed most for this source."""
    told_in: Carrier | None = None
    """The sentence after it that tells whose the words are: « … » Ces mots sont de Jeanne Roy."""
    repeats: Placed | None = None
    """The passage whose words a heading, a headline or a pull quote repeats."""
    start: int = field(init=False)
    """Where the words begin."""
    end: int = field(init=False)
    """Where they end."""

    def __post_init__(self) -> None:
        self.start, self.end = self.quotation.start, self.quotation.end
        self.heard_at_first = self.entity
        if not self.rule:
            self.rule = self.attribution.rule if self.attribution else "none"


Answered = tuple[Unmarked, Entity | None]
"""Words without marks, and who says them."""


def answer(
    placed: list[Placed], said: Sequence[Unmarked], cast: Cast, carriers: Sequence[Carrier], first: int
) -> list[Answered]:
    """Who says what stands without marks: whom its label names, or who is interviewed.

    Quotations inside it that no words of their own give to somebody are the same person's. ``first``
    is the offset where the interview begins.
    """
    interviewed = None
    if any(item.rule == INTERVIEW for item in said):
        bylines = {n for n, c in enumerate(carriers) if c.sentence.zone is ZoneKind.BYLINE}
        interviewed = _announced_as_interviewed(carriers, cast, first) or cast.interviewed(first, bylines)
    answered: list[Answered] = []
    for words in said:
        named = cast.labelled(words.label, words.rule != INTERVIEW) if words.label else None
        answered.append((words, interviewed if named is None and words.rule == INTERVIEW else named))
    for item, (around, entity) in _inside(placed, answered):
        if item.attribution is None and item.entity is None and not around.parts(item.quotation):
            item.entity = entity
            item.rule = around.rule
    return answered


def _announced_as_interviewed(carriers: Sequence[Carrier], cast: Cast, first: int) -> Entity | None:
    """Whom the nearest line before ``first`` says to be asked: "Trois questions à Jeanne Roy"."""
    heads = [n for n, c in enumerate(carriers) if c.tokens[0].start < first and _announces(c)]
    for number in reversed(heads):
        carrier = carriers[number]
        for phrase in carrier.phrases:
            named = None
            if phrase.kind is NAME:
                named = cast.known_as(carrier.tokens, phrase, number, carrier.sentence.paragraph)
            if named is not None and named.type is PERSON:
                return named
    return None


def _announces(carrier: Carrier) -> bool:
    return carrier.sentence.zone is not ZoneKind.BYLINE and not INTERVIEWS.isdisjoint(carrier.words)


def tell_others_apart(placed: list[Placed], answered: Sequence[Answered]) -> None:
    """Nobody calls himself "il": what somebody says of another in a reply is not taken for his own."""
    for item, (_, entity) in _inside(placed, answered):
        told = item.attribution
        if (
            told is not None
            and item.entity is entity
            and (told.phrase is not None or told.pronoun in _OTHERS)
        ):
            item.entity = None


def give_repeated(placed: Sequence[Placed], answered: Sequence[Answered]) -> list[Answered]:
    """What repeats a quotation is of who says that; what repeats nobody's words is none."""
    said = {item.quotation.start: item.entity for item in placed if item.reason is None}
    return [
        (item, said[item.of] if item.of >= 0 else entity)
        for item, entity in answered
        if item.of < 0 or said.get(item.of) is not None
    ]


def _inside(placed: Sequence[Placed], answered: Sequence[Answered]) -> Iterator[tuple[Placed, Answered]]:
    """The quotations that stand in a reply or a post, each with it."""
    at = 0
    for item in placed:
        while at < len(answered) and answered[at][0].end <= item.quotation.start:
            at += 1
        if at == len(answered):
            return
        if item.quotation.start >= answered[at][0].start:
            yield item, answered[at]


def fill_by_flow(text: str, placed: list[Placed], carriers: list[Carrier], cast: Cast) -> None:
    """Give a source to what stands alone, and to a pronoun before any name, where the neighbours tell it.

    Who went on, acted last or is named next is left to the judge, which sees it all as clues.
    """
    for index, item in enumerate(placed):
        zone = item.carrier.sentence.zone
        heading = zone in _HEADINGS and zone is not ZoneKind.PULL_QUOTE
        if heading or is_nobodys(item) or not (item.entity is None or _may_be_somebody_else(item)):
            continue
        if item.attribution is not None and item.attribution.pronoun in _ONE_PERSON:
            named = next_subject(item, carriers, cast)
            if named is not None and (item.entity is None or _is_new(named, item, cast)):
                _take(item, named, "next_sentence")  # « … », a-t-elle dit. Jeanne Roy travaille ici.
        elif stands_alone(item):
            _take_from_neighbours(text, placed, index, carriers, cast)


def _may_be_somebody_else(item: Placed) -> bool:
    """Whether a pronoun was given to a body, for want of a person: "La ville … « … », dit-elle"."""
    told = item.attribution
    return (
        item.entity is not None
        and item.entity.type is ORGANIZATION
        and told is not None
        and told.pronoun in _ONE_PERSON
    )


def _is_new(person: Entity, item: Placed, cast: Cast) -> bool:
    """Whether a pronoun may mean a person who is named only after it."""
    told = item.attribution
    return (
        told is not None
        and person.agrees(told.pronoun)
        and all(s.entity is not person for s in cast.seen if s.position < item.start)
    )


def _take_from_neighbours(
    text: str, placed: list[Placed], index: int, carriers: list[Carrier], cast: Cast
) -> None:
    item, previous = placed[index], placed[index - 1] if index else None
    told = _told_beside(item, carriers, cast)
    if told is not None:
        _take(item, *told)
    elif previous is not None and _replies(text, item, previous):
        other = _other_party(placed, index, previous, cast)
        _take(item, other, "repartee" if other is not None else _UNTOLD)


def _told_beside(item: Placed, carriers: list[Carrier], cast: Cast) -> tuple[Entity | None, str] | None:
    """Whose words these are as the sentence before tells; with the rule's name."""
    sender = _announced(item, carriers, cast)
    if sender is not None:
        return sender, "announced"
    joining = _joining(item, carriers, cast)
    return (joining, "announced") if joining is not None else None


_JOINING = word_class("verbs_of_joining_in")
_SHARED = word_class("what_is_shared")
_ALIKE = frozenset({"même", "mêmes", "autre"})
_OF_WHOM = frozenset({"chez", "pour", "côté"})
_SHARING = frozenset({"partage", "partagent", "partagé", "partagée"})
_WHO_JOIN = PEOPLE | {"group", "organization"}
_UNTOLD = "untold"  # a reply of whom the text leaves open
_LONGEST_ASKED = 120  # code points: a longer question is no line of a dialogue
_GAP = 4  # code points between two lines of a dialogue: marks and spaces


def _replies(text: str, item: Placed, previous: Placed) -> bool:
    """Whether a quotation answers the one right before it: « Où étiez-vous ? » « Chez moi ! »

    A question is answered by somebody else, and so is each line that follows in the same breath.
    """
    if item.attribution is not None or item.quotation.mark == "—":
        return False
    beside = item.quotation.outer_start - previous.quotation.outer_end <= _GAP
    asked = previous.quotation
    question = (
        text[asked.start : asked.end].rstrip()[-1:] == "?" and asked.end - asked.start <= _LONGEST_ASKED
    )
    told = previous.cue is not None  # otherwise it may be the speaker who asks himself
    if question and told and previous.carrier.sentence.paragraph == item.carrier.sentence.paragraph:
        return beside or item.sentence - previous.sentence <= 1
    return beside and previous.rule in ("repartee", _UNTOLD)


def _other_party(placed: list[Placed], index: int, previous: Placed, cast: Cast) -> Entity | None:
    """Who answers: the other one of two who talk, if the article has named two just before."""
    if previous.entity is None:
        return None
    if index > 1 and previous.rule == "repartee":
        return placed[index - 2].entity
    return cast.only_other(previous.entity, previous.sentence, placed[index].quotation.start)


def is_nobodys(item: Placed) -> bool:
    """Whether the words say themselves that nobody in particular speaks: « Oui, dit-on, … »"""
    return (
        item.attribution is not None
        and item.attribution.rule == "incise_inside"
        and item.attribution.pronoun == "on"
    )


def _after(item: Placed, carriers: Sequence[Carrier]) -> Carrier | None:
    """The sentence after that of a quotation."""
    return carriers[item.sentence + 1] if item.sentence + 1 < len(carriers) else None


def next_subject(item: Placed, carriers: Sequence[Carrier], cast: Cast) -> Entity | None:
    """« … » Jeanne Roy n'en revient pas: who the sentence after a paragraph's first quotation is about."""
    following = _after(item, carriers)
    if (
        following is None
        or following.sentence.paragraph != item.carrier.sentence.paragraph
        or not following.phrases
        or not following.tokens
    ):
        return None
    for k, phrase in enumerate(following.phrases):
        if phrase.first > _OPENING:
            return None
        if phrase.kind is not NAME or not stands_as_subject(following, k):
            continue
        entity = cast.of_phrase(following.tokens, phrase, item.sentence + 1)
        if entity is not None and entity.type is PERSON:
            return entity
    return None


def _announced(item: Placed, carriers: Sequence[Carrier], cast: Cast) -> Entity | None:
    """Whom a line of its own says these words come from: "Du cabinet de Jeanne Roy, la trésorière."."""
    if item.position or not item.sentence:
        return None
    line, paragraph = carriers[item.sentence - 1], item.carrier.sentence.paragraph
    if (
        line.sentence.paragraph == paragraph
        or line.sentence.zone in _HEADINGS
        or line.tokens[0].low not in _FROM
        or len(line.tokens) > _LONGEST_LINE
        or _says_more(line)
    ):
        return None
    named = (cast.known_as(line.tokens, p, item.sentence - 1, paragraph) for p in line.phrases)
    return next((e for e in named if e is not None and e.type is PERSON), None)


def _joining(item: Placed, carriers: Sequence[Carrier], cast: Cast) -> Entity | None:
    """Whom a short sentence brings in: "Jeanne Roy renchérit.", "Même avis pour Jeanne Roy."."""
    if item.position or not item.sentence:
        return None
    line, paragraph = carriers[item.sentence - 1], item.carrier.sentence.paragraph
    tokens = line.tokens
    if (
        line.sentence.paragraph != paragraph
        or len(tokens) > _LONGEST_LINE
        or line.marked
        or not (_agrees(line) or _is_shared(line))
    ):
        return None
    named = (cast.known_as(tokens, p, item.sentence - 1, paragraph) for p in line.phrases)
    persons = {id(e): e for e in named if e is not None and e.type is PERSON}
    if persons:
        return next(iter(persons.values())) if len(persons) == 1 else None
    described = [p for p in line.phrases if p.determiner and p.noun is not None and p.noun.kind in _WHO_JOIN]
    return cast.of_phrase(tokens, described[0], item.sentence - 1) if len(described) == 1 else None


def _agrees(line: Carrier) -> bool:
    """ "Jeanne Roy renchérit.", "Les voisins acquiescent." """
    return any(f.lemma in _JOINING and f.person == 3 for low in line.words for f in FORMS.get(low, ()))


def _is_shared(line: Carrier) -> bool:
    """ "Même inquiétude du côté de Jeanne Roy.", "Un avis que partage Jeanne Roy." """
    words = line.lows
    if _SHARED.isdisjoint(line.words):
        return False
    if not _SHARING.isdisjoint(line.words):
        return True
    return not _OF_WHOM.isdisjoint(line.words) and any(
        word in _SHARED and not _ALIKE.isdisjoint(words[max(0, at - 3) : at + 4])
        for at, word in enumerate(words)
    )


def _says_more(line: Carrier) -> bool:
    """Whether a line is a sentence, or has words in marks of its own."""
    return any(g.finite for g in line.verbs) or any(
        t.kind is QUOTE or t.low in AUXILIARIES or is_indicative(t.low) for t in line.tokens
    )


def _take(item: Placed, entity: Entity | None, rule: str) -> None:
    item.entity = entity
    item.rule = rule
    if item.attribution is None:
        item.attribution = Attribution(rule, None, weak=True)


def same_sentence(placed: Sequence[Placed], index: int) -> Placed | None:
    """The quotation of the same sentence whose source is known."""
    item = placed[index]
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(placed) and placed[other].sentence == item.sentence:
            if placed[other].entity is not None and placed[other].rule not in ("same_sentence",):
                return placed[other]
            other += step
    return None


def stands_alone(item: Placed) -> bool:
    """Whether the quotation is all that its sentence holds, but for marks and small words."""
    return is_alone(item.carrier, item.position)


def is_alone(carrier: Carrier, position: int) -> bool:
    """Whether a sentence holds nothing but the quotation at a token of it."""
    return all(t.kind is not WORD or len(t.text) < 3 for t in carrier.tokens if t.kind is not QUOTE) or (
        position == 0 and not any(t.kind is WORD for t in carrier.tokens[1:3])
    )


@lru_cache(maxsize=1 << 8)
def content_words(text: str) -> frozenset[str]:
    """The folded words of a quotation that tell something; all words where none does."""
    words = [w.strip(".,;:!?…()[]«»\"“”'") for w in fold(text).replace("'", " ").split()]
    telling = [w for w in words if len(w) > 2 and w not in _LITTLE]
    return frozenset(telling or filter(None, words))


def most_alike(own: frozenset[str], others: Sequence[frozenset[str]]) -> tuple[float, int]:
    """The share of some words that the likest of other passages has, too, and the number of that passage.

    The first of several that are as like; (0, −1) where none shares a word.
    """
    common = [
        (len(own & theirs), -number) for number, theirs in enumerate(others) if not own.isdisjoint(theirs)
    ]
    if not common:
        return 0.0, -1
    most, first = max(common)
    return most / len(own), -first


def repeat_display(text: str, placed: list[Placed], carriers: list[Carrier], cast: Cast) -> None:
    """A heading, headline or pull quote takes the speaker of the passage that it repeats.

    One that repeats nothing takes the first speaker after it; a heading none of another section's.
    """
    passages = [p for p in placed if p.carrier.sentence.zone not in _HEADINGS]
    _find_repeated(text, placed, passages)
    bodies = [p for p in passages if p.entity is not None]
    if not bodies or len(bodies) == len(placed):
        return
    words = [content_words(text[b.quotation.start : b.quotation.end]) for b in bodies]
    for item in placed:
        heading = item.carrier.sentence.zone in _HEADINGS
        if not heading and item.entity is not None:
            continue
        own = content_words(text[item.quotation.start : item.quotation.end])
        share, likest = most_alike(own, words)
        if share >= (0.6 if heading else 0.85) and (heading or len(own) > 2):
            item.entity = bodies[likest].entity
            item.rule = "repeated"
            item.mention = None
        elif heading and item.entity is None and item.carrier.sentence.zone is not ZoneKind.PULL_QUOTE:
            start, end = item.quotation.end, _section_end(item, carriers)
            after = next((b.entity for b in bodies if start < b.quotation.start < end), None)
            found = after or cast.first_person(start, end)
            if found is not None:
                item.entity = found
                item.rule = "focus"


def _find_repeated(text: str, placed: Sequence[Placed], passages: Sequence[Placed]) -> None:
    """Tell of each heading whose words it repeats, nearly all of them."""
    if len(passages) == len(placed):
        return
    words = [content_words(text[p.start : p.end]) for p in passages]
    for item in placed:
        if item.carrier.sentence.zone not in _HEADINGS:
            continue
        share, likest = most_alike(content_words(text[item.start : item.end]), words)
        if share >= _REPEATED:
            item.repeats = passages[likest]


def _section_end(item: Placed, carriers: list[Carrier]) -> float:
    """The offset of the heading after this one."""
    following = (c for c in carriers[item.sentence + 1 :] if c.sentence.zone is ZoneKind.HEADING)
    heading = next(following, None)
    return heading.tokens[0].start if heading is not None else inf
