"""The value types that flow from a text to its quotes.

Every offset is a code point of ``Article.text`` exactly as stored, half-open:
``text[start:end]`` is the passage as printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ZoneKind(StrEnum):
    """What part of the page a stretch of the text is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    BODY = "body"
    HEADING = "heading"
    PULL_QUOTE = "pull_quote"
    CAPTION = "caption"
    QUESTION = "question"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"
    COMMENTS = "comments"


class QuoteKind(StrEnum):
    """How somebody's words are given: as a sentence, as a fragment, or told."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class SpeakerType(StrEnum):
    """What sort of source speaks (the annotation guide's five)."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    UNNAMED = "unnamed"
    DOCUMENT = "document"


class Gender(StrEnum):
    """Grammatical or known gender of a speaker; unknown is ``None``."""

    FEMALE = "f"
    MALE = "m"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of the article's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}–{self.end}")


@dataclass(frozen=True, slots=True)
class Zone:
    """One block of the article (a line or a paragraph) and what part of the page it is."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A text with what is known about it.

    ``zones`` are in order, don't overlap, and cover every non-blank line of ``text``.
    ``section`` is the paper's own ("International", "Sports").
    ``published`` is an ISO 8601 date (``2024-05-17``) or date-time; ``source`` says where the
    text was read (a path, ``-`` for standard input, a URL).
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None
    zones: tuple[Zone, ...] = ()
    translators: tuple[str, ...] = ()
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A speaker as printed: "il", "la ministre", "M. Roy"."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that make it speech ("a-t-il ajouté"), with the lemma of the verb ("ajouter")."""

    start: int
    end: int
    text: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a mention was resolved to, within one article."""

    name: str
    type: SpeakerType
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """In what capacity a speaker speaks, as the article words it."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, with who said them and why the program thinks so.

    ``start``–``end`` bound what stands between the marks, without the spaces beside them;
    ``text`` is that without the journalist's incises. ``rule`` names the rule that gave the
    speaker; ``confidence`` is the calibrated share of such answers that are right (0–1).
    ``display`` is true in a headline, heading, caption or pull quote. ``clues`` are those that weighed
    most for this speaker, with their weights.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    display: bool = False
    speaker: Speaker | None = None
    mention: Mention | None = None
    cue: Cue | None = None
    role: Role | None = None
    rule: str = "none"
    confidence: float = 0.0
    incises: tuple[Span, ...] = ()
    clues: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class NotQuote:
    """Something between quotation marks that nobody says, with the reason for thinking so."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with all that was found between its marks, in the order of the text."""

    article: Article
    quotes: tuple[Quote, ...] = ()
    not_quotes: tuple[NotQuote, ...] = field(default=())
