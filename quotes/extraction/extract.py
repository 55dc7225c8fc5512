"""From an article to its quotes: the steps in order, in one function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from quotes.extraction.attribute import attribute
from quotes.extraction.carrier import Attribution, Carrier, read_carrier
from quotes.extraction.classify import kind_of, not_a_quote
from quotes.extraction.confidence import NO_SPEAKER, confidence_of
from quotes.extraction.detect import Quotation, find_quotations
from quotes.extraction.entities import Entity
from quotes.extraction.flow import Placed, answer, fill_by_flow, repeat_display
from quotes.extraction.incise import InnerIncise, find_incise
from quotes.extraction.indirect import Told, find_told
from quotes.extraction.interview import as_quotations, find_replies
from quotes.extraction.mentions import Phrase
from quotes.extraction.proper_names import Vocabulary, vocabulary_of
from quotes.extraction.resolve import Cast
from quotes.extraction.roles import best_role, collect_roles
from quotes.extraction.tokens import LONGEST_SENTENCE, Kind, Sentence, is_inclusive, printed, sentences_of
from quotes.extraction.typography import View, view_of
from quotes.french.lexicon import fold
from quotes.model import (
    Article,
    Cue,
    Extraction,
    Mention,
    NotQuote,
    Quote,
    QuoteKind,
    Role,
    Span,
    SpeakerType,
    Zone,
    ZoneKind,
)

RULES_VERSION = "1"
"""The version of the rules; the archive keeps it with each article."""

_LONGEST_PART = 8_000  # tokens; the longest articles of newspapers have half as many
_SILENT = frozenset({ZoneKind.TEASER, ZoneKind.BOILERPLATE, ZoneKind.COMMENTS})
_DISPLAY = frozenset({ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.PULL_QUOTE, ZoneKind.CAPTION})


Model = Literal["never", "auto", "always"]
"""Whether spaCy is asked what the lexicons leave open; see :func:`extract_article`."""


def extract_article(article: Article, model: Model = "auto") -> Extraction:
    """All quotes of an article whose zones are known.

    Pure: the same article gives the same extraction. Cost is linear in the text. With ``always``
    spaCy's entities decide whether an unknown name of several words is a person's; ``auto`` asks
    only what is measured to gain by it, which so far is nothing (``docs/evaluation.md``).
    """
    view = view_of(article.text)
    if not view.changed:
        return Extraction(article, *_extracted(article.text, article.zones, model))
    zones = [Zone(z.kind, view.forth(z.start), view.forth(z.end)) for z in article.zones]
    quotes, not_quotes = _extracted(view.text, zones, model)
    return Extraction(
        article,
        tuple(_as_printed(view, quote) for quote in quotes),
        tuple(_none_as_printed(view, other) for other in not_quotes),
    )


def _extracted(
    text: str, zones: Sequence[Zone], model: Model
) -> tuple[tuple[Quote, ...], tuple[NotQuote, ...]]:
    replies = find_replies(text, zones)
    quotations = as_quotations(replies, find_quotations(text))
    sentences = sentences_of(text, zones, quotations)
    words = vocabulary_of([s.tokens for s in sentences])
    carriers = [read_carrier(s, words) for s in _joined(sentences)]
    placed: list[Placed] = []
    told: list[_Heard] = []
    for part in _parts(carriers):
        inner = _inner_incises(text, part, quotations, words)
        read = [*part, *(incise.carrier for incise in inner.values())]
        cast = Cast(read, words)
        if model == "always" and cast.open_names:
            cast = Cast(read, words, _persons(text, cast))
        cast.identify(read)
        collect_roles(read, cast)
        cast.name_posts(part)
        here, told_here = _read_through(text, quotations, part, inner, cast)
        answer(here, replies, cast)
        fill_by_flow(text, here, part, cast)
        holder = cast.name_holder(p.entity for p in here if p.entity is not None)
        if holder is not None:
            unnamed, person = holder
            heard_here: list[Placed | _Heard] = [*here, *told_here]
            for item in heard_here:
                if item.entity is unnamed:
                    item.entity = person
        _sift(text, here)
        repeat_display(text, here, part, cast)
        placed.extend(here)
        told.extend(told_here)
    not_quotes = [_not_quote(text, p) for p in placed if p.reason is not None]
    for sentence in sentences:
        not_quotes.extend(_names_in_marks(text, sentence, quotations))
    not_quotes.sort(key=lambda q: q.start)
    quotes = [_quote(text, p) for p in placed if p.reason is None]
    quotes.extend(_told(text, quotations, item) for item in told)
    quotes.sort(key=lambda q: (q.start, q.end))
    return tuple(quotes), tuple(not_quotes)


def _as_printed(view: View, quote: Quote) -> Quote:
    """A quote of the view with the offsets and the words of the text that is printed."""
    text = view.printed
    start, end = view.start(quote.start), view.end(quote.end)
    incises = tuple(Span(view.start(i.start), view.end(i.end)) for i in quote.incises)
    mention, cue = quote.mention, quote.cue
    if mention is not None:
        first, last = view.start(mention.start), view.end(mention.end)
        mention = Mention(first, last, _passage(text, first, last))
    if cue is not None:
        first, last = view.start(cue.start), view.end(cue.end)
        cue = Cue(first, last, _passage(text, first, last), cue.lemma)
    return replace(
        quote,
        start=start,
        end=end,
        text=_without(text, start, end, incises),
        incises=incises,
        mention=mention,
        cue=cue,
    )


def _passage(text: str, start: int, end: int) -> str:
    """The words of a mention as printed, but for the asterisk of a changed first name."""
    passage = text[start:end]
    return " ".join(passage.replace("*", " ").split()) if "*" in passage else passage


def _none_as_printed(view: View, other: NotQuote) -> NotQuote:
    start, end = view.start(other.start), view.end(other.end)
    return NotQuote(start, end, view.printed[start:end], other.reason)


def _without(text: str, start: int, end: int, incises: Sequence[Span]) -> str:
    """The words between two offsets, the journalist's among them left out."""
    kept = ""
    for incise in incises:
        kept, start = kept + text[start : incise.start], incise.end
    return kept + text[start:end]


def _persons(text: str, cast: Cast) -> dict[str, bool]:
    """Which of the names that the lexicons leave open the model takes for persons."""
    from quotes.extraction.analysis import name_types  # loads spaCy: only when somebody asks

    questions = []
    for carrier, (first, last) in cast.open_names.values():
        start, end = carrier.tokens[0].start, carrier.tokens[-1].end
        name = (carrier.tokens[first].start - start, carrier.tokens[last - 1].end - start)
        questions.append((text[start:end], name))
    answers = zip(cast.open_names, name_types(questions), strict=True)
    return {name: answer == "person" for name, answer in answers if answer is not None}


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


def _inner_incises(
    text: str, carriers: list[Carrier], quotations: list[Quotation], words: Vocabulary
) -> dict[int, InnerIncise]:
    """The incises inside the quotations of these carriers, by quotation index."""
    return {
        token.quote: incise
        for carrier in carriers
        if carrier.sentence.zone not in _SILENT
        for token in carrier.tokens
        if token.kind is Kind.QUOTE
        and (incise := find_incise(text, quotations[token.quote], words)) is not None
    }


def _joined(sentences: list[Sentence]) -> list[Sentence]:
    """Join a sentence that ends in a colon with the quotation that opens the next paragraph."""
    found: list[Sentence] = []
    for sentence in sentences:
        if (
            found
            and found[-1].tokens
            and len(found[-1].tokens) < LONGEST_SENTENCE
            and found[-1].tokens[-1].text == ":"
            and sentence.tokens[0].kind is Kind.QUOTE
            and found[-1].zone not in _SILENT
            and sentence.zone not in _SILENT
        ):
            last = found.pop()
            found.append(Sentence(last.tokens + sentence.tokens, last.zone, last.paragraph))
        else:
            found.append(sentence)
    return found


@dataclass(slots=True)
class _Heard:
    """A stretch of indirect speech in its carrier, with its source."""

    stretch: Told
    carrier: Carrier
    entity: Entity
    mention: Mention | None
    cue: Cue | None


@dataclass(frozen=True, slots=True)
class _Source:
    entity: Entity | None
    mention: Mention | None
    cue: Cue | None


def _read_through(
    text: str,
    quotations: list[Quotation],
    carriers: list[Carrier],
    inner_incises: dict[int, InnerIncise],
    cast: Cast,
) -> tuple[list[Placed], list[_Heard]]:
    """Sentence by sentence: take in who is mentioned, then attribute and resolve each quotation."""
    placed: list[Placed] = []
    told: list[_Heard] = []
    for number, carrier in enumerate(carriers):
        cast.see(carrier, number)
        silent = carrier.sentence.zone in _SILENT
        attributions = {} if silent else attribute(carrier)
        for position, token in enumerate(carrier.tokens):
            if token.kind is not Kind.QUOTE:
                continue
            quotation = quotations[token.quote]
            inner = inner_incises.get(token.quote)
            attribution = inner.attribution if inner else attributions.get(token.quote)
            source_carrier = inner.carrier if inner else carrier
            source = _resolve(attribution, source_carrier, carrier, cast, number, token.start)
            item = Placed(
                quotation,
                number,
                position,
                carrier,
                attribution,
                source.entity,
                source.mention,
                source.cue,
                inner.span if inner else None,
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
                )
        if not silent:
            for stretch in find_told(text, carrier):
                source = _resolve(
                    stretch.attribution, carrier, carrier, cast, number, carrier.tokens[stretch.first].start
                )
                if source.entity is None:
                    continue
                told.append(_Heard(stretch, carrier, source.entity, source.mention, source.cue))
                cast.note(
                    source.entity,
                    number,
                    carrier.sentence.paragraph,
                    True,
                    carrier.tokens[stretch.last - 1].end,
                    speaks=True,
                )
    return placed, told


def _where(source: _Source, fallback: int) -> int:
    return source.mention.start if source.mention else fallback


def _resolve(
    attribution: Attribution | None, carrier: Carrier, around: Carrier, cast: Cast, number: int, at: int
) -> _Source:
    if attribution is None:
        return _Source(None, None, None)
    tokens = carrier.tokens
    paragraph = around.sentence.paragraph
    cue = None
    if attribution.cue is not None:
        first, last = attribution.cue
        cue = Cue(tokens[first].start, tokens[last - 1].end, printed(tokens, first, last), attribution.lemma)
    phrase = attribution.phrase
    if phrase is None and not attribution.pronoun:
        return _Source(None, None, cue)
    if (
        phrase is not None
        and phrase.noun is not None
        and phrase.noun.kind == "thing"
        and phrase.number == "s"
    ):
        return _Source(None, None, cue)  # "la hausse annonce « … »": a thing says nothing
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
        _learn_gender(entity, "f" if "elle" in attribution.pronoun else "m")
        return _Source(entity, mention, cue)
    entity = cast.of_phrase(tokens, phrase, number, paragraph)
    _learn_gender(entity, attribution.agreement)
    return _Source(entity, _mention(carrier, phrase), cue)


def _learn_gender(entity: Entity | None, gender: str) -> None:
    """Take the gender that a pronoun or a participle shows for a person whose name doesn't tell."""
    if entity is not None and entity.type is SpeakerType.PERSON and entity.gender is None and gender:
        entity.gender = gender


def _mention(carrier: Carrier, phrase: Phrase) -> Mention:
    tokens = carrier.tokens
    return Mention(
        tokens[phrase.first].start, tokens[phrase.last - 1].end, printed(tokens, phrase.first, phrase.last)
    )


def _sift(text: str, placed: list[Placed]) -> None:
    """Mark what nobody says, with the reason."""
    body = [p for p in placed if p.carrier.sentence.zone not in _DISPLAY]
    terms = Counter(_term(text, p) for p in body)
    unowned = {_term(text, p) for p in body if p.attribution is None or p.attribution.weak}
    for item in placed:
        q = item.quotation
        zone = item.carrier.sentence.zone
        if zone in _SILENT:
            item.reason = f"in a {zone.value}"
        else:
            if q.mark == "—":
                continue
            item.display = zone in _DISPLAY
            item.reason = not_a_quote(text, q.start, q.end, item.carrier, item.position, item.attribution)
            term = _term(text, item)
            if item.reason is None and term and (terms[term] > 2 or (terms[term] > 1 and term in unowned)):
                item.reason = "a term that the article keeps in marks"


def _not_quote(text: str, item: Placed) -> NotQuote:
    q = item.quotation
    return NotQuote(q.start, q.end, text[q.start : q.end], item.reason or "")


def _names_in_marks(text: str, sentence: Sentence, quotations: list[Quotation]) -> Iterator[NotQuote]:
    for token in sentence.tokens:
        if token.quote >= 0 and token.kind is Kind.WORD:
            q = quotations[token.quote]
            yield NotQuote(q.start, q.end, text[q.start : q.end], "the name of a body")


def _term(text: str, item: Placed) -> str:
    """The key under which a short fragment counts as a repeated term; "" for anything longer."""
    q = item.quotation
    words = fold(text[q.start : q.end]).split()
    return " ".join(words) if len(words) <= 3 and item.carrier.sentence.zone not in _SILENT else ""


def _quote(text: str, item: Placed) -> Quote:
    q = item.quotation
    incises = (item.incise,) if item.incise else ()
    entity = item.entity
    role = (
        best_role(entity)
        if entity is not None and entity.type in (SpeakerType.PERSON, SpeakerType.UNNAMED)
        else None
    )
    return Quote(
        q.start,
        q.end,
        _without(text, q.start, q.end, incises),
        kind_of(text, q.start, q.end, item.carrier, item.position, item.attribution),
        item.display,
        entity.speaker() if entity else None,
        item.mention if entity else None,
        item.cue,
        Role(role) if role else None,
        item.rule if entity else "none",
        confidence_of(item.rule, item.mention.text if item.mention else "") if entity else NO_SPEAKER,
        incises,
    )


def _told(text: str, quotations: list[Quotation], item: _Heard) -> Quote:
    tokens = item.carrier.tokens
    first, last, rule = item.stretch.first, item.stretch.last, item.stretch.attribution.rule
    start, end = tokens[first].start, tokens[last - 1].end
    if tokens[first].kind is Kind.QUOTE:
        start = quotations[tokens[first].quote].outer_start
    if tokens[last - 1].kind is Kind.QUOTE:
        closing = quotations[tokens[last - 1].quote]
        end = closing.outer_end if closing.closed else closing.end
    entity = item.entity
    role = best_role(entity) if entity.type in (SpeakerType.PERSON, SpeakerType.UNNAMED) else None
    return Quote(
        start,
        end,
        text[start:end],
        QuoteKind.INDIRECT,
        False,
        entity.speaker(),
        item.mention,
        item.cue,
        Role(role) if role else None,
        rule,
        confidence_of(rule, item.mention.text if item.mention else ""),
    )
