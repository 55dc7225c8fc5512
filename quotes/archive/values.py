"""What goes in and out of the archive: articles and quotes with their ids, flat rows, filters, results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from quotes.model import Article, Extraction, NotQuote, Quote


class What(StrEnum):
    """What an article that comes in is to the archive."""

    NEW = "new"
    KNOWN = "known"
    COPY = "copy"
    REVISION = "revision"
    EARLIER = "earlier version"


@dataclass(frozen=True, slots=True)
class Added:
    """What ``add`` did: which article of the archive it is now, and what it was to it.

    ``new`` is true for an article that the archive had in no form; ``like`` are articles of others that
    are near-identical, ``lost`` the words of corrections that a new version has no place for.
    """

    article_id: int
    new: bool
    quotes: int
    what: What = What.KNOWN
    like: tuple[int, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list."""

    id: int
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    source: str | None
    added_at: str
    quotes: int
    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    section: str | None = None
    copies: int = 0
    revisions: int = 0
    like: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """Another form of an article: a copy (the same body elsewhere), or an earlier version.

    ``number`` counts the earlier versions of an article from 1, oldest first (``None``: a copy).
    """

    number: int | None
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    source: str | None
    added_at: str


@dataclass(frozen=True, slots=True)
class Versions:
    """The other forms of an article, and the articles of others that are near-identical (with how much).

    ``origins`` tells of what is known of the article from another form, by field, where that came from.
    """

    copies: tuple[Version, ...]
    revisions: tuple[Version, ...]
    like: tuple[tuple[int, float], ...]
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What to mend in what is known of an article: ``None`` leaves it, empty makes it unknown."""

    title: str | None = None
    authors: tuple[str, ...] | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    translators: tuple[str, ...] | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be added, why, and how to try again.

    ``file`` is the path to give (``None``: nothing can be given again), ``options`` those of the call,
    ``tries`` how often it failed.
    """

    source: str
    file: str | None
    reason: str
    options: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""
    tries: int = 1


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote with its id; its speaker is that of the archive, not of the article alone."""

    id: int
    quote: Quote
    speaker_id: int | None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with what was found in it, quotes in the order of the text."""

    id: int
    article: Article
    quotes: tuple[StoredQuote, ...]
    not_quotes: tuple[NotQuote, ...]
    content_hash: str
    extractor_version: str
    added_at: str
    body_hash: str = ""

    @property
    def extraction(self) -> Extraction:
        """The same without the archive's ids."""
        return Extraction(self.article, tuple(stored.quote for stored in self.quotes), self.not_quotes)


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker with roles (most frequent first), number of quotes, and when first and last heard."""

    id: int
    name: str
    type: str
    gender: str | None
    incomplete: bool
    quotes: int
    first: str | None
    last: str | None
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Portrait:
    """A speaker over time: roles (text, first and last date, quotes), quotes by year, by outlet."""

    speaker: SpeakerRow
    roles: tuple[tuple[str, str | None, str | None, int], ...]
    years: tuple[tuple[str | None, int], ...]
    outlets: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with all that a table row says of it.

    ``printed`` is the speaker as printed, ``public_id`` what the quote is called in any archive.
    """

    id: int
    article_id: int
    text: str
    speaker: str | None
    speaker_id: int | None
    speaker_type: str | None
    gender: str | None
    role: str | None
    printed: str | None
    kind: str
    display: bool
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    rule: str
    cue: str | None
    confidence: float
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class PlacedQuote(QuoteRow):
    """A quote with where it stands: what an export says of it beside its row.

    ``paragraph`` is counted from 1. ``sentence`` is the sentence (or sentences) that the quote stands in,
    ``before`` and ``after`` are those next to it; each is on one line.
    """

    authors: tuple[str, ...] = ()
    section: str | None = None
    paragraph: int | None = None
    before: str = ""
    sentence: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which quotes: every field that is set must hold.

    ``speaker`` is a name or a part of one in whole words; ``role`` and ``outlet`` words of them; all
    folded. In quotation marks (``"``) each is the whole of it. ``since`` and ``until`` are dates (``2024``,
    ``2024-05``, ``2024-05-17``), both inclusive. ``kind``, ``type`` and ``gender`` are the values of
    ``quotes.model``; gender ``unknown`` asks for those without one. Without ``within_told`` a quote inside a
    stretch of indirect speech of the same speaker is left out: the two are one utterance.
    """

    speaker: str | None = None
    speaker_id: int | None = None
    role: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    before: str | None = None
    kind: str | None = None
    type: str | None = None
    gender: str | None = None
    article_id: int | None = None
    min_confidence: float | None = None
    within_told: bool = True


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a quote with the matching words marked (half-open offsets into ``text``)."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str, after: str) -> str:
        """Give the text with something put before and after each matching word.

        >>> Snippet("une belle déclaration", ((10, 21),)).marked("[", "]")
        'une belle [déclaration]'
        """
        pieces: list[str] = []
        done = 0
        for start, end in self.marks:
            pieces += [self.text[done:start], before, self.text[start:end], after]
            done = end
        return "".join([*pieces, self.text[done:]])


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote that a search found. ``score`` is higher for better ones, 0 when sorted by date."""

    row: QuoteRow
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results. ``next`` is what to give as ``after`` for the following page, if there is one.

    ``matches`` counts up to 100,000 and one more; ``notes`` are sentences for the reader (a part of the
    query that was left out, a sorting that was changed).
    """

    hits: tuple[Hit, ...]
    matches: int
    next: str | None = None
    notes: tuple[str, ...] = field(default=())
