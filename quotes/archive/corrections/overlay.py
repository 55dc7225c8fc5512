"""Corrections laid over what was found: what a person says of a quote, and where its words stand now.

A correction is anchored by the article's hash and the quote's exact words with what stands before and
after, never by a row's number: it holds after newer rules have found other quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from quotes.model import (
    Cue,
    Extraction,
    Gender,
    Mention,
    NotQuote,
    Quote,
    QuoteKind,
    Role,
    Span,
    Speaker,
    SpeakerType,
)

RULE = "corrected"
"""The rule of quotes that a person has confirmed or changed; their confidence is 1."""
REASON = "corrected"
"""The reason of what a person has said to be no quote."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a person says: the right speaker or none, the right role or none, that it is no quote.

    A change that says nothing accepts what was found.
    """

    speaker: Speaker | None = None
    no_speaker: bool = False
    role: str | None = None
    no_role: bool = False
    not_a_quote: bool = False

    def to_json(self) -> dict[str, Any]:
        """Write what is said, nothing else."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as stored; ``lost_at`` is set when its words are not in the text any more."""

    id: int
    at: str
    who: str
    content_hash: str
    exact: str
    prefix: str
    suffix: str
    start: int
    change: Change
    instead: Quote
    lost_at: str | None


def quote_from_json(value: Mapping[str, Any]) -> Quote:
    """Read a quote as ``dataclasses.asdict`` writes it."""
    speaker, mention, cue, role = (value[name] for name in ("speaker", "mention", "cue", "role"))
    return Quote(
        start=value["start"],
        end=value["end"],
        text=value["text"],
        kind=QuoteKind(value["kind"]),
        display=value["display"],
        speaker=_speaker_from_json(speaker) if speaker else None,
        mention=Mention(**mention) if mention else None,
        cue=Cue(**cue) if cue else None,
        role=Role(**role) if role else None,
        rule=value["rule"],
        confidence=value["confidence"],
        incises=tuple(Span(**span) for span in value["incises"]),
    )


def _speaker_from_json(value: Mapping[str, Any]) -> Speaker:
    gender = Gender(value["gender"]) if value["gender"] else None
    return Speaker(value["name"], SpeakerType(value["type"]), gender)


def _change_from_json(value: Mapping[str, Any]) -> Change:
    speaker = value.get("speaker")
    return Change(**{**value, "speaker": _speaker_from_json(speaker) if speaker else None})


def correction_of(image: Mapping[str, Any]) -> Correction:
    """Read a correction from a row of its table, or from the journal's image of one."""
    return Correction(
        **{
            **image,
            "change": _change_from_json(image["change"]),
            "instead": quote_from_json(image["instead"]),
        }
    )


def place_of(correction: Correction, article_text: str) -> int | None:
    """Find the words at the old place, else with what stood around them, else where they stand once."""
    exact = correction.exact
    if article_text.startswith(exact, correction.start):
        return correction.start
    around = article_text.find(correction.prefix + exact + correction.suffix)
    if around >= 0:
        return around + len(correction.prefix)
    alone = article_text.find(exact)
    return alone if alone >= 0 and article_text.find(exact, alone + 1) < 0 else None


def lay_over(
    extraction: Extraction, corrections: Iterable[Correction]
) -> tuple[Extraction, tuple[Correction, ...]]:
    """Put what people said over what was found; give the result and the corrections without a place."""
    quotes = list(extraction.quotes)
    not_quotes = list(extraction.not_quotes)
    lost: list[Correction] = []
    for correction in corrections:
        start = place_of(correction, extraction.article.text)
        if start is None:
            lost.append(correction)
            continue
        end = start + len(correction.exact)
        at = _overlapping(quotes, start, end)
        if correction.change.not_a_quote:
            if at is not None:
                del quotes[at]
            not_quotes = [one for one in not_quotes if (one.start, one.end) != (start, end)]
            not_quotes.append(NotQuote(start, end, correction.exact, REASON))
            continue
        not_quotes = [one for one in not_quotes if (one.start, one.end) != (start, end)]
        if at is None:
            # The rules don't see it any more, but a person has said that it is a quote.
            quotes.append(_changed(_moved(correction.instead, start), correction.change))
        else:
            quotes[at] = _changed(quotes[at], correction.change)
    quotes.sort(key=lambda quote: (quote.start, quote.end))
    not_quotes.sort(key=lambda one: (one.start, one.end))
    return replace(extraction, quotes=tuple(quotes), not_quotes=tuple(not_quotes)), tuple(lost)


def _overlapping(quotes: Sequence[Quote], start: int, end: int) -> int | None:
    """Give the index of the quote that shares most with this stretch, at least half of both together."""
    best, most = None, 0.5
    for index, quote in enumerate(quotes):
        shared = min(end, quote.end) - max(start, quote.start)
        whole = max(end, quote.end) - min(start, quote.start)
        if whole and shared / whole >= most:
            best, most = index, shared / whole
    return best


def _moved(quote: Quote, start: int) -> Quote:
    """Give a quote as it stands elsewhere; what was said outside of it has no place there."""
    by = start - quote.start
    if not by:
        return quote
    return replace(
        quote,
        start=start,
        end=quote.end + by,
        mention=None,
        cue=None,
        incises=tuple(Span(span.start + by, span.end + by) for span in quote.incises),
    )


def _changed(quote: Quote, change: Change) -> Quote:
    speaker = quote.speaker
    if change.no_speaker:
        speaker = None
    elif change.speaker is not None:
        speaker = change.speaker
    role = quote.role
    if change.no_role:
        role = None
    elif change.role is not None:
        role = Role(change.role)
    # A mention of somebody else explains nothing any more. Whether the gender is known makes nobody else,
    # and who doesn't say it leaves what the text tells.
    same = _who(speaker) == _who(quote.speaker)
    if same and speaker and not speaker.gender:
        speaker = quote.speaker
    return replace(
        quote,
        speaker=speaker,
        role=role,
        mention=quote.mention if same else None,
        rule=RULE,
        confidence=1.0,
    )


def _who(speaker: Speaker | None) -> tuple[str, SpeakerType] | None:
    return (speaker.name, speaker.type) if speaker else None


def found_before(quote: Quote, found: Extraction, earlier: Iterable[Correction], article_text: str) -> Quote:
    """Give what the program found where a quote stands, without what people have said of it before."""
    at = _overlapping(found.quotes, quote.start, quote.end)
    if at is not None:
        return found.quotes[at]
    # Newer rules don't find it any more: those that did are remembered by an earlier correction.
    for correction in earlier:
        if place_of(correction, article_text) == quote.start:
            return _moved(correction.instead, quote.start)
    return quote


def without(extraction: Extraction, correction: Correction) -> Extraction:
    """Give what was found before a correction was laid over it."""
    start = place_of(correction, extraction.article.text)
    if start is None:
        return extraction
    end = start + len(correction.exact)
    at = _overlapping(extraction.quotes, start, end)
    quotes = [quote for index, quote in enumerate(extraction.quotes) if index != at]
    quotes.append(_moved(correction.instead, start))
    return replace(
        extraction,
        quotes=tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end))),
        not_quotes=tuple(
            one for one in extraction.not_quotes if (one.start, one.end, one.reason) != (start, end, REASON)
        ),
    )
