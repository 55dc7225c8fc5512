"""From an article to its quotes: the steps in order, in one function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quotes.extraction.classify import kind_of
from quotes.extraction.detect import Quotation
from quotes.extraction.entities import PERSON, UNNAMED, Entity
from quotes.extraction.flow import Placed, give_repeated
from quotes.extraction.garbage import unsearched
from quotes.extraction.hearing import Heard
from quotes.extraction.opinion import Model, encoder_for, meant_by
from quotes.extraction.reading import Proposed, propose, zones_in
from quotes.extraction.repeated import REPEATED
from quotes.extraction.roles import best_role
from quotes.extraction.tokens import QUOTE, WORD, Sentence
from quotes.extraction.typography import View, view_of
from quotes.extraction.unmarked import Unmarked
from quotes.extraction.verdict import certainty_of, name_speakers, sift, unmarked_certainty
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
)

if TYPE_CHECKING:
    from quotes.extraction.encoder.reader import Encoder

RULES_VERSION = "2"
"""The version of the rules and weights; the archive keeps it with each article."""

_WITH_ROLES = frozenset({PERSON, UNNAMED})


def extract_article(article: Article, model: Model = "auto") -> Extraction:
    """All quotes of an article whose zones are known.

    Pure: the same article gives the same extraction. Cost is linear in the text. The encoder is asked
    of everything with ``always``, and with ``auto``, where it is installed, of what the rules' clues leave
    in doubt (``docs/performance.md``).

    Raises:
        QuotesError: ``always`` without the extra ``quotes[encoder]``.
    """
    model = meant_by(model)
    encoder, always = encoder_for(model), model == "always"
    with unsearched():
        return _read(article, encoder, always)


def _read(article: Article, encoder: Encoder | None, always: bool) -> Extraction:
    view = view_of(article.text)
    if not view.changed:
        proposed = propose(article.text, article.zones, encoder, always)
        return Extraction(article, *_decided(article.text, proposed))
    proposed = propose(view.text, zones_in(view, article.zones), encoder, always)
    quotes, not_quotes = _decided(view.text, proposed)
    return Extraction(
        article,
        tuple(_as_printed(view, quote) for quote in quotes),
        tuple(_none_as_printed(view, other) for other in not_quotes),
    )


def _decided(text: str, proposed: Proposed) -> tuple[tuple[Quote, ...], tuple[NotQuote, ...]]:
    opinion = proposed.opinion
    quotes: list[Quote] = []
    not_quotes: list[NotQuote] = []
    for part in proposed.parts:
        sift(text, part.placed, opinion)
        name_speakers(part.docket, part.placed, part.told, opinion)
        not_quotes.extend(_not_quote(text, p) for p in part.placed if p.reason is not None)
        quotes.extend(_quote(text, p) for p in part.placed if p.reason is None)
        quotes.extend(
            _told(text, proposed.quotations, item, item.entity)
            for item in part.told
            if item.entity is not None
        )
        said = give_repeated(part.placed, part.answered)
        quotes.extend(_unmarked(text, item, entity) for item, entity in said if not item.marked)
    if sum(len(part.placed) for part in proposed.parts) < len(proposed.quotations):
        for sentence in proposed.sentences:
            not_quotes.extend(_names_in_marks(text, sentence, proposed.quotations))
    not_quotes.sort(key=lambda q: q.start)
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


def _not_quote(text: str, item: Placed) -> NotQuote:
    q = item.quotation
    return NotQuote(q.start, q.end, text[q.start : q.end], item.reason or "")


def _names_in_marks(text: str, sentence: Sentence, quotations: Sequence[Quotation]) -> Iterator[NotQuote]:
    for token in sentence.tokens:
        if token.quote >= 0 and token.kind is WORD:
            q = quotations[token.quote]
            yield NotQuote(q.start, q.end, text[q.start : q.end], "the name of a body")


def _quote(text: str, item: Placed) -> Quote:
    q = item.quotation
    incises = item.incises
    entity = item.entity
    role = best_role(entity) if entity is not None and entity.type in _WITH_ROLES else None
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
        certainty_of(item),
        incises,
        item.clues,
    )


def _told(text: str, quotations: Sequence[Quotation], item: Heard, entity: Entity) -> Quote:
    tokens = item.carrier.tokens
    first, last, rule = item.stretch.first, item.stretch.last, item.stretch.attribution.rule
    start, end = tokens[first].start, tokens[last - 1].end
    if tokens[first].kind is QUOTE:
        start = quotations[tokens[first].quote].outer_start
    if tokens[last - 1].kind is QUOTE:
        closing = quotations[tokens[last - 1].quote]
        end = closing.outer_end if closing.closed else closing.end
    role = best_role(entity) if entity.type in _WITH_ROLES else None
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
        certainty_of(item),
        clues=item.clues,
    )


def _unmarked(text: str, item: Unmarked, entity: Entity | None) -> Quote:
    role = best_role(entity) if entity is not None else None
    mention = None
    if entity is not None and item.label is not None and item.label_start >= 0:
        end = item.label_start + len(item.label)
        mention = Mention(item.label_start, end, text[item.label_start : end])
    return Quote(
        item.start,
        item.end,
        text[item.start : item.end],
        QuoteKind.DIRECT,
        item.rule == REPEATED,
        entity.speaker() if entity else None,
        mention,
        None,
        Role(role) if role else None,
        item.rule if entity else "none",
        unmarked_certainty(item.rule) if entity else 0.0,
    )
