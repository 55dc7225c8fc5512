"""An article ready to be stored: all of its rows that can be told without an archive.

Analysing the words of an article takes longer than writing them, and needs nothing of what is stored:
so whoever extracts can do it, in as many processes as there are, and leave the one that writes little
else to do.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from quotes.archive.articles.bodies import Body, body_of, content_hash
from quotes.archive.search.terms import index_columns
from quotes.archive.speakers.names import Named
from quotes.archive.wordings.likeness import sketch
from quotes.errors import ArchiveError
from quotes.model import Article, Extraction, Quote

ARTICLE_COLUMNS = (
    "content_hash",
    "title",
    "authors",
    "translators",
    "section",
    "outlet",
    "published",
    "url",
    "source",
    "zones",
    "text",
)
"""The columns of ``PreparedArticle.row``."""

QUOTE_COLUMNS = (
    "start",
    "end",
    "text",
    "words",
    "kind",
    "display",
    "mention_start",
    "mention_end",
    "mention_text",
    "cue_start",
    "cue_end",
    "cue_text",
    "cue_lemma",
    "rule",
    "confidence",
    "incises",
    "outlet",
    "published",
)
"""The columns of ``PreparedQuote.row``."""


class PreparedQuote(NamedTuple):
    """A quote's row (see ``QUOTE_COLUMNS``), who speaks in what role, its terms and its sketch."""

    start: int
    end: int
    row: tuple[Any, ...]
    speaker: Named | None
    role: str | None
    exact: str
    stems: str
    sketch: list[int]

    @property
    def text(self) -> str:
        """The words of the quote."""
        words: str = self.row[QUOTE_COLUMNS.index("text")]
        return words


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An extraction with its rows; sent to another process, it is light to receive.

    Quotes are in the order of the text, one at each place.
    """

    content_hash: str
    body: Body
    url: str | None
    row: tuple[Any, ...]
    quotes: tuple[PreparedQuote, ...]
    not_quotes: tuple[tuple[int, int, str, str], ...]
    # Only copies and other versions are looked at again: it stays packed, or unmade, until then.
    _extraction: Extraction | bytes | Callable[[], Extraction]

    @property
    def length(self) -> int:
        """How many characters its text has."""
        return len(self.row[-1])

    @property
    def extraction(self) -> Extraction:
        """The extraction itself."""
        if isinstance(self._extraction, Extraction):
            return self._extraction
        if not isinstance(self._extraction, bytes):
            return self._extraction()
        unpacked: Extraction = pickle.loads(self._extraction)
        return unpacked

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with the extraction packed, which is unpacked at need."""
        packed = self._extraction
        if not isinstance(packed, bytes):
            packed = pickle.dumps(self.extraction)
        return PreparedArticle, (
            self.content_hash,
            self.body,
            self.url,
            self.row,
            self.quotes,
            self.not_quotes,
            packed,
        )


def prepare(extraction: Extraction) -> PreparedArticle:
    """Make an extraction ready to be stored.

    Raises:
        ArchiveError: for a text that can't be written as UTF-8.
    """
    article = extraction.article
    try:
        digest = content_hash(article.text)
    except UnicodeEncodeError as error:
        raise ArchiveError(
            f"{article.source or 'the text'} has a lone surrogate (U+{ord(error.object[error.start]):04X}),"
            " which no archive can hold: save it again as UTF-8"
        ) from error
    row = (
        digest,
        article.title,
        json.dumps(article.authors),
        json.dumps(article.translators),
        article.section,
        article.outlet,
        article.published,
        article.url,
        article.source,
        json.dumps([[zone.kind.value, zone.start, zone.end] for zone in article.zones]),
        article.text,
    )
    # Of two quotes with the same bounds the first one counts: a place can be stored only once.
    placed = {(quote.start, quote.end): quote for quote in reversed(extraction.quotes)}
    names = {one: Named.of(one) if one else None for one in {quote.speaker for quote in extraction.quotes}}
    return PreparedArticle(
        digest,
        body_of(article),
        article.url,
        row,
        tuple(_prepared(quote, article, names[quote.speaker]) for _, quote in sorted(placed.items())),
        tuple((one.start, one.end, one.text, one.reason) for one in extraction.not_quotes),
        extraction,
    )


def _prepared(quote: Quote, article: Article, speaker: Named | None) -> PreparedQuote:
    exact, stems = index_columns(quote.text)
    mention, cue = quote.mention, quote.cue
    row = (
        quote.start,
        quote.end,
        quote.text,
        exact.count(" ") + 1 if exact else 0,
        quote.kind.value,
        quote.display,
        mention.start if mention else None,
        mention.end if mention else None,
        mention.text if mention else None,
        cue.start if cue else None,
        cue.end if cue else None,
        cue.text if cue else None,
        cue.lemma if cue else None,
        quote.rule,
        quote.confidence,
        json.dumps([[span.start, span.end] for span in quote.incises]) if quote.incises else "[]",
        article.outlet,
        article.published or "",
    )
    role = quote.role.text if quote.role else None
    return PreparedQuote(quote.start, quote.end, row, speaker, role, exact, stems, sketch(stems.split()))
