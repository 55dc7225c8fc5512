"""The JSON contract: what ``quotes extract`` prints and other programs read. It lives only here."""

from __future__ import annotations

from typing import Any

from quotes.model import Article, Cue, Extraction, Mention, NotQuote, Quote, Role, Speaker

Json = dict[str, Any]


def extraction_json(extraction: Extraction) -> Json:
    """``{"article": …, "quotes": […], "not_quotes": […]}``; offsets are code points of the text."""
    return {
        "article": article_json(extraction.article),
        "quotes": [quote_json(quote) for quote in extraction.quotes],
        "not_quotes": [_not_quote_json(other) for other in extraction.not_quotes],
    }


def article_json(article: Article) -> Json:
    """What is known of an article; unknown is ``null``, no authors an empty array."""
    return {
        "title": article.title,
        "authors": list(article.authors),
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
    }


def quote_json(quote: Quote) -> Json:
    """One quote with its speaker, and why the program thinks so."""
    return {
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "kind": quote.kind.value,
        "display": quote.display,
        "speaker": _speaker_json(quote.speaker),
        "mention": _passage_json(quote.mention),
        "cue": _passage_json(quote.cue),
        "role": _role_json(quote.role),
        "rule": quote.rule,
        "confidence": round(quote.confidence, 4),
    }


def _speaker_json(speaker: Speaker | None) -> Json | None:
    if speaker is None:
        return None
    gender = speaker.gender.value if speaker.gender else None
    return {"name": speaker.name, "type": speaker.type.value, "gender": gender}


def _passage_json(passage: Mention | Cue | None) -> Json | None:
    if passage is None:
        return None
    record: Json = {"start": passage.start, "end": passage.end, "text": passage.text}
    if isinstance(passage, Cue):
        record["lemma"] = passage.lemma
    return record


def _role_json(role: Role | None) -> Json | None:
    return {"text": role.text} if role else None


def _not_quote_json(other: NotQuote) -> Json:
    return {"start": other.start, "end": other.end, "text": other.text, "reason": other.reason}
