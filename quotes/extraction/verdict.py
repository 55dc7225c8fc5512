"""What is decided of each stretch: is it somebody's words, and whose? Rules proposed, the judge decides."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.clues.marked import marked_clues, marked_of, surroundings_of
from quotes.extraction.clues.question import Question
from quotes.extraction.clues.speaker import nobody_clues, order_of, speaker_clues
from quotes.extraction.entities import PERSON, Entity
from quotes.extraction.flow import DISPLAY, SILENT, Placed, is_nobodys
from quotes.extraction.hearing import Heard, cue_of, learn_gender, mention_of
from quotes.extraction.holders import ORDINALS
from quotes.extraction.judge import (
    Evidence,
    add_up,
    calibrated,
    in_context,
    probabilities,
    probability,
    scores,
    strongest,
    threshold,
    weigh,
    weights_of,
)
from quotes.extraction.opinion import SecondOpinion
from quotes.extraction.phrases import DESCRIPTION
from quotes.extraction.posts import Role
from quotes.extraction.propose import Docket
from quotes.extraction.repeated import REPEATED
from quotes.extraction.value import value
from quotes.extraction.wording import without_article, words_of_phrase

_POSTS = frozenset({"office", "trade"})
_PRONOUNS = {"elle": "f", "elles": "f", "il": "m", "ils": "m"}


def sift(text: str, placed: Sequence[Placed], opinion: SecondOpinion | None = None) -> None:
    """Mark what nobody says, with the reason; tell of the rest how likely somebody does."""
    weights = weights_of("quote")
    for item, around in zip(placed, surroundings_of(text, placed), strict=True):
        zone = item.carrier.sentence.zone
        if zone in SILENT:
            item.reason = f"in a {zone}"
            continue
        item.display = zone in DISPLAY
        clues = marked_clues(marked_of(text, item), around)
        item.likely = probability(add_up(weights, clues))
        used, least = weights, threshold("quote")
        if opinion is not None and opinion.is_wanted("quote", item.likely):
            clues.append(opinion.on_quote(item.start, item.end))
            used, least = weights_of("quote", "encoder"), threshold("quote", "encoder")
            item.likely = probability(add_up(used, clues))
        if item.likely < least:
            against = [(clue, weight) for clue, weight in weigh(used, clues) if weight < 0]
            item.reason = min(against, key=lambda c: c[1])[0] if against else "no one is made to speak"


def name_speakers(
    docket: Docket,
    placed: Sequence[Placed],
    told: Sequence[Heard],
    opinion: SecondOpinion | None = None,
) -> None:
    """Give each stretch of speech to the source that most speaks for, or to nobody."""
    # All are asked before anything is changed: what the rules proposed is what the questions look at.
    answers = [
        (item, q, _answer(docket, q, opinion, item.reason is None) if _is_open(item, q) else _NOBODY)
        for item, q in zip(placed, docket.quotations(), strict=True)
    ]
    heard = [
        (item, _answer(docket, q, opinion)) for item, q in zip(told, docket.told_stretches(), strict=True)
    ]
    for item, question, answer in answers:
        _settle(item, question, answer.entity)
        _take_post(question, answer.entity)
        item.certainty, item.clues, item.evidence = answer.certainty, answer.clues, answer.evidence
    for item in placed:
        if item.repeats is not None:
            _take_over(item, item.repeats)
    for stretch, answer in heard:
        stretch.entity = answer.entity
        stretch.certainty, stretch.clues = answer.certainty, answer.clues
        stretch.evidence = answer.evidence


def _take_over(item: Placed, passage: Placed) -> None:
    """A heading has the speaker of the passage that it repeats."""
    if passage.entity is None or passage.reason is not None or passage.entity is item.entity:
        return
    item.entity, item.rule, item.mention, item.cue = passage.entity, REPEATED, None, None
    item.certainty, item.clues, item.evidence = passage.certainty, passage.clues, passage.evidence


def _is_open(item: Placed, question: Question) -> bool:
    """Whether it matters who said it. Of what nobody says, only a pronoun tells anything: a gender."""
    return not is_nobodys(item) and (item.reason is None or bool(question.pronoun))


@value
class _Answer:
    """Who said it, how surely, and by which clues of which evidence."""

    entity: Entity | None
    certainty: float
    evidence: Evidence
    clues: tuple[tuple[str, float], ...] = ()


_NOBODY = _Answer(None, 1.0, "rules")
"""The answer where nobody says it, or the words are their own speaker's alone: « Oui, pensai-je, … »"""


def _answer(docket: Docket, question: Question, opinion: SecondOpinion | None, asked: bool = True) -> _Answer:
    """Who said it; the encoder isn't troubled where it isn't ``asked``."""
    evidence: Evidence = "rules"
    weights = in_context("speaker", question.kind)
    records = docket.candidates(question)
    order = order_of(question, records)
    clues = [speaker_clues(question, record, order) for record in records]
    clues.append(nobody_clues(question))
    shares = probabilities(scores(weights, clues))
    if opinion is not None and asked and records and opinion.is_wanted("speaker", max(shares)):
        evidence = "encoder"
        weights = in_context("speaker", question.kind, evidence)
        said = opinion.on_speakers(docket.speech(question, records), question, records)
        clues = [[*own, *more] for own, more in zip(clues, said, strict=True)]
        shares = probabilities(scores(weights, clues))
    best = max(range(len(records)), key=shares.__getitem__, default=-1)  # the first of equals
    if not records or shares[best] < threshold("speaker", evidence, records[best].entity.type):
        return _Answer(None, shares[-1], evidence)
    reasons = strongest(weights, clues[best])
    return _Answer(records[best].entity, shares[best], evidence, reasons)


def _settle(item: Placed, question: Question, entity: Entity | None) -> None:
    """Take over an answer, with the rule, the mention and the cue that belong to it."""
    if entity is item.entity:
        return
    item.entity = entity
    if entity is None:
        item.rule = "none"
        return
    for rule, (proposed, attribution) in question.proposals.items():
        if proposed is entity:
            item.rule, item.attribution = rule, attribution
            item.mention = mention_of(item.carrier, attribution.phrase) if attribution.phrase else None
            item.cue = cue_of(attribution, item.carrier.tokens) or item.cue
            break
    else:
        if question.phrase is None and not question.pronoun:
            item.rule = next((reason for reason, meant in question.flow.items() if meant is entity), "judged")
            item.mention = None
    learn_gender(entity, _PRONOUNS.get(question.pronoun, ""))


def _take_post(question: Question, entity: Entity | None) -> None:
    """Let a person of whom nothing is told be what the words call him that mean him: "la ministre"."""
    phrase = question.phrase
    if entity is None or entity.type is not PERSON or entity.roles or phrase is None:
        return
    if phrase.kind is not DESCRIPTION or phrase.head in ORDINALS:
        return
    if phrase.noun is not None and phrase.noun.kind in _POSTS:
        tokens = question.carrier.tokens
        words = without_article(words_of_phrase(tokens, phrase), phrase)
        start = tokens[phrase.first].start
        entity.roles.append(Role(words, phrase.head, start, phrase.gender, inferred=True))


# How many of those whose marks don't tell their bounds were bounded right on annotated articles.
_BOUNDED = 0.6


def certainty_of(item: Placed | Heard) -> float:
    """How sure the answer is as a whole: that somebody says or tells just this, and that this source does."""
    certainty = calibrated(item.likely * item.certainty, item.evidence)
    guessed = isinstance(item, Placed) and item.quotation.guessed
    return round(certainty * _BOUNDED, 3) if guessed else certainty


# How many of them were right on annotated articles, by the rule that found them; as if one more were right
# and one more wrong (the rule of succession), since few could be counted: 128 of 134 replies, 39 of 43 posts.
_UNMARKED = {"interview": 0.95, "post": 0.89, "repeated": 0.88, "signed": 0.83}


def unmarked_certainty(rule: str) -> float:
    """How sure it is who says what stands without marks."""
    return _UNMARKED.get(rule, 0.8)
