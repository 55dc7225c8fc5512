"""Sentence by sentence: take in who is mentioned, and hear what each sentence says of its quotations.

What is heard here is what the rules propose first; :mod:`quotes.extraction.verdict` decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.extraction.attribute import attributions
from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.conjectures import not_told_of, telling_inside
from quotes.extraction.descriptions import says_nothing
from quotes.extraction.detect import Quotation
from quotes.extraction.entities import ORGANIZATION, PERSON, Entity
from quotes.extraction.flow import SILENT, Placed, is_alone
from quotes.extraction.impersonal import is_on
from quotes.extraction.incise import InnerIncise
from quotes.extraction.indirect import Told, find_told
from quotes.extraction.judge import Evidence
from quotes.extraction.nominal import words_of
from quotes.extraction.phrases import Phrase
from quotes.extraction.proper_names import PLAIN_LINKS
from quotes.extraction.resolve import Cast
from quotes.extraction.rules.readings import reads_above
from quotes.extraction.texts import author_of_text, text_at_hand, text_brought_in
from quotes.extraction.tokens import Token, is_inclusive, printed, tokens_inside
from quotes.extraction.unmarked import Unmarked
from quotes.extraction.value import value
from quotes.model import Cue, Mention


@dataclass(slots=True)
class Heard:
    """A stretch of told speech in its carrier, with its source and how likely it is told at all."""

    stretch: Told
    carrier: Carrier
    entity: Entity | None
    mention: Mention | None
    cue: Cue | None
    sentence: int
    likely: float
    heard_at_first: Entity | None = None
    certainty: float = 0.0
    evidence: Evidence = "rules"  # on which the certainty rests
    clues: tuple[tuple[str, float], ...] = ()
    start: int = field(init=False)
    """Where its words begin."""
    end: int = field(init=False)
    """Where they end."""

    def __post_init__(self) -> None:
        tokens, stretch = self.carrier.tokens, self.stretch
        self.start, self.end = tokens[stretch.first].start, tokens[stretch.last - 1].end
        self.heard_at_first = self.entity

    @property
    def attribution(self) -> Attribution:
        """The source as the carrier gives it."""
        return self.stretch.attribution

    @property
    def rule(self) -> str:
        """The rule that proposed the source."""
        return self.stretch.attribution.rule

    @property
    def position(self) -> int:
        """The token of the carrier at which it begins."""
        return self.stretch.first


@value
class _Source:
    entity: Entity | None
    mention: Mention | None
    cue: Cue | None


def _proposed(text: str, carrier: Carrier, position: int, quotation: Quotation) -> tuple[Attribution, ...]:
    """What the rules propose; the words themselves are asked where nothing around them tells whose."""
    proposed = attributions(carrier, position)
    if position and any(a.phrase is not None for a in proposed):
        words = tokens_inside(text, quotation.start, quotation.end)
        proposed = tuple(not_told_of(carrier, position, words, proposed))
    if not all(a.weak for a in proposed):
        return proposed
    told = telling_inside(carrier, position, tokens_inside(text, quotation.start, quotation.end))
    return proposed if told is None else (told, *proposed)


@value
class _Beside:
    """Another sentence that tells whose the words are, and its source."""

    carrier: Carrier
    attribution: Attribution


def _told_after(carriers: Sequence[Carrier], number: int, position: int) -> _Beside | None:
    """« … » Ces mots sont de Jeanne Roy."""
    carrier, following = carriers[number], carriers[number + 1] if number + 1 < len(carriers) else None
    if following is None or following.sentence.paragraph != carrier.sentence.paragraph:
        return None
    if not is_alone(carrier, position):
        return None
    owner = words_of(following)
    return _Beside(following, Attribution("speech_noun", owner)) if owner is not None else None


def _read_before(
    carriers: Sequence[Carrier], number: int, position: int, attribution: Attribution | None, cast: Cast
) -> _Beside | None:
    """Elle a reçu une lettre de la mairie. « … », y est-il écrit. / Il y est précisé que « … »"""
    if not number or not _is_read_there(carriers[number], position, attribution):
        return None
    there = carriers[number - 1]
    above = "y" in carriers[number].words
    at_hand = (text_at_hand(there) or author_of_text(there)) if above else None
    text = at_hand or text_brought_in(there)
    if text is None or (at_hand is None and PLAIN_LINKS.isdisjoint(there.lows[text.first : text.last])):
        return None
    meant = cast.of_phrase(there.tokens, text, number - 1, there.sentence.paragraph)
    known = meant is not None and (at_hand is not None or meant.type is ORGANIZATION)
    return _Beside(there, Attribution("read_in", text)) if known else None


def _is_read_there(carrier: Carrier, position: int, attribution: Attribution | None) -> bool:
    """Whether nobody says it in the sentence itself: « … », y est-il écrit / peut-on y lire / On y lit que"""
    if reads_above(carrier, position):
        return True
    if attribution is None or attribution.cue is None:
        return False
    on = attribution.pronoun == "on" or is_on(attribution.phrase)
    if on:
        return "lire" in attribution.lemma
    written = attribution.phrase is None and not attribution.pronoun and attribution.rule == "incise"
    return written and not _IL.isdisjoint(carrier.lows[slice(*attribution.cue)])


_IL = frozenset({"-il", "-t-il"})


def read_through(
    text: str,
    quotations: list[Quotation],
    carriers: list[Carrier],
    inner_incises: dict[int, InnerIncise],
    cast: Cast,
    posts: Sequence[Unmarked] = (),
) -> tuple[list[Placed], list[Heard]]:
    """Sentence by sentence: take in who is mentioned, then attribute and resolve each quotation.

    Whom a teaser or one of the ``posts`` mentions isn't who "il" means in the sentence after it.
    """
    placed: list[Placed] = []
    told: list[Heard] = []
    for number, carrier in enumerate(carriers):
        tokens = carrier.tokens
        silent = carrier.sentence.zone in SILENT
        if not (silent or any(post.start <= tokens[0].start < post.end for post in posts)):
            cast.see(carrier, number)
        for position in carrier.marked:
            token = tokens[position]
            quotation = quotations[token.quote]
            inner = inner_incises.get(token.quote)
            proposed = () if inner else _proposed(text, carrier, position, quotation)
            heard = proposed[0] if proposed and not silent else None
            attribution = inner.attribution if inner else heard
            beside, cue = None, None
            if not (inner or silent):
                beside = _read_before(carriers, number, position, attribution, cast)
                if beside is None and attribution is None:
                    beside = _told_after(carriers, number, position)
            if beside is not None:
                cue = cue_of(attribution, carrier.tokens)
                attribution = beside.attribution
            source_carrier = inner.carrier if inner else beside.carrier if beside else carrier
            source = _resolve(attribution, source_carrier, carrier, cast, number, token.start)
            item = Placed(
                quotation,
                number,
                position,
                carrier,
                attribution,
                source.entity,
                source.mention,
                cue or source.cue,
                inner.spans if inner else (),
                proposed,
                told_in=beside.carrier if beside else None,
            )
            placed.append(item)
            if source.entity is not None:
                cast.note(
                    source.entity,
                    number,
                    carrier.sentence.paragraph,
                    True,
                    _where(source, token.end),
                    speaks=True,
                    printed=attribution is not None and attribution.phrase is not None,
                )
        if not silent:
            for stretch, likely in find_told(text, carrier):
                source = _resolve(
                    stretch.attribution, carrier, carrier, cast, number, tokens[stretch.first].start
                )
                told.append(
                    Heard(stretch, carrier, source.entity, source.mention, source.cue, number, likely)
                )
                if source.entity is None:
                    continue
                cast.note(
                    source.entity,
                    number,
                    carrier.sentence.paragraph,
                    True,
                    tokens[stretch.last - 1].end,
                    speaks=True,
                    printed=False,
                )
    return placed, told


def _where(source: _Source, fallback: int) -> int:
    return source.mention.start if source.mention else fallback


def cue_of(attribution: Attribution | None, tokens: Sequence[Token]) -> Cue | None:
    """The words that make a source speak, as printed."""
    if attribution is None or attribution.cue is None:
        return None
    first, last = attribution.cue
    return Cue(tokens[first].start, tokens[last - 1].end, printed(tokens, first, last), attribution.lemma)


def _resolve(
    attribution: Attribution | None, carrier: Carrier, around: Carrier, cast: Cast, number: int, at: int
) -> _Source:
    if attribution is None:
        return _Source(None, None, None)
    tokens = carrier.tokens
    paragraph = around.sentence.paragraph
    cue = cue_of(attribution, tokens)
    phrase = attribution.phrase
    if phrase is None and not attribution.pronoun:
        return _Source(None, None, cue)
    if phrase is not None and says_nothing(phrase):
        return _Source(None, None, cue)
    if attribution.pronoun == "ses":
        # "À ses yeux, Jean Roy …": of whoever the sentences before are about
        return _Source(cast.last_source(number, tokens[0].start), None, cue)
    if phrase is None:
        where = tokens[attribution.cue[0]].start if attribution.cue else at
        entity = cast.of_pronoun(
            attribution.pronoun, number, paragraph, min(where, at) if carrier is not around else where
        )
        mention = None
        if attribution.cue is not None:
            clitic = next(
                (t for t in tokens[attribution.cue[0] : attribution.cue[1]] if t.low.startswith("-")), None
            )
            if clitic is not None:
                pronoun = clitic.text.rpartition("-")[2]
                mention = Mention(clitic.end - len(pronoun), clitic.end, pronoun)
                if is_inclusive(clitic):
                    return _Source(entity, mention, cue)
        learn_gender(entity, "f" if "elle" in attribution.pronoun else "m")
        return _Source(entity, mention, cue)
    entity = cast.of_phrase(tokens, phrase, number, paragraph)
    learn_gender(entity, attribution.agreement)
    return _Source(entity, mention_of(carrier, phrase), cue)


def learn_gender(entity: Entity | None, gender: str) -> None:
    """Take the gender that a pronoun or a participle shows for a person whose name doesn't tell."""
    if entity is not None and entity.type is PERSON and entity.gender is None and gender:
        entity.gender = gender


def mention_of(carrier: Carrier, phrase: Phrase) -> Mention:
    """A phrase of a carrier as printed, with its offsets in the text."""
    tokens = carrier.tokens
    return Mention(
        tokens[phrase.first].start, tokens[phrase.last - 1].end, printed(tokens, phrase.first, phrase.last)
    )
