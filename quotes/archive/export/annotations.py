"""Quotes as W3C Web Annotations: one JSON-LD object a line, each whole by itself.

The target is the article, with a ``TextPositionSelector`` (code points, as the model asks for) and a
``TextQuoteSelector``; the body is a schema.org ``Quotation`` of somebody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from quotes.archive.store.public_ids import public_id
from quotes.archive.values import StoredArticle, StoredQuote
from quotes.model import Quote, SpeakerType

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"schema": "http://schema.org/"}]
_AROUND = 32
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_TYPES = {
    SpeakerType.PERSON: "schema:Person",
    SpeakerType.ORGANIZATION: "schema:Organization",
    SpeakerType.GROUP: "schema:Organization",
    SpeakerType.UNNAMED: "schema:Person",
    SpeakerType.DOCUMENT: "schema:CreativeWork",
}
_GENDERS = {"f": "schema:Female", "m": "schema:Male"}


def write_annotations(articles: Iterable[StoredArticle], stream: TextIO) -> int:
    """Write an annotation a line for each quote; give their number."""
    count = 0
    for stored in articles:
        for one in stored.quotes:
            stream.write(_as_json(annotation(stored, one)) + "\n")
            count += 1
    return count


def annotation(stored: StoredArticle, one: StoredQuote) -> dict[str, Any]:
    """Give a quote as an annotation; its id is the same in every archive that holds the article."""
    article, quote = stored.article, one.quote
    text = article.text
    same_text = f"urn:sha256:{stored.content_hash}"
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{same_text}#char={quote.start},{quote.end}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": f"quotes, rules {stored.extractor_version}"},
        "body": _body(quote, stored.body_hash),
        "target": {
            "source": article.url or same_text,
            "selector": [
                {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[quote.start : quote.end],
                    "prefix": text[max(0, quote.start - _AROUND) : quote.start],
                    "suffix": text[quote.end : quote.end + _AROUND],
                },
            ],
        },
    }
    return made


def _body(quote: Quote, body_hash: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "schema:Quotation",
        "schema:text": quote.text,
        "schema:additionalType": quote.kind.value,
        "schema:identifier": public_id(body_hash, quote.start, quote.end),
    }
    speaker = quote.speaker
    if speaker is not None:
        # schema.org's word for whom the text that holds a quotation ascribes it to.
        said_by = {"type": _TYPES[speaker.type], "schema:name": speaker.name}
        said_by["schema:additionalType"] = speaker.type.value
        if quote.role is not None:
            said_by["schema:jobTitle"] = quote.role.text
        if speaker.gender is not None:
            said_by["schema:gender"] = _GENDERS[speaker.gender.value]
        body["schema:spokenByCharacter"] = said_by
    return body
