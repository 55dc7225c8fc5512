"""What is asked, and of whom: one stretch of speech, and what the article tells of each source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.entities import Entity, Seen
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.posts import Roles, fields_of, has_narrower, together
from quotes.extraction.proper_names import TITLES_LOW
from quotes.extraction.tokens import Token
from quotes.french.lexicon import fold

_PRONOUN_GENDER = {
    **dict.fromkeys(("il", "ils", "celui", "celuis", "ceux"), "m"),
    **dict.fromkeys(("elle", "elles", "celle", "celles"), "f"),
}
NEVER = 99  # a rank behind all others
LONG_SOURCE = 4  # tokens
_PARTICLE = 3  # letters
_TYPED = ("je", "nous", "display", "pronoun:on", "pronoun:je", "pronoun:nous")
_LEADS_TO_NAME = frozenset({"de", "du", "d'", "des", "à", "au", "aux", "chez", "pour", "par", "avec"})
ARTICLES = {
    **dict.fromkeys(("le", "la", "l'", "les", "du", "au", "aux"), "definite"),
    **dict.fromkeys(("un", "une", "des", "plusieurs", "certains", "certaines"), "indefinite"),
    **dict.fromkeys(("son", "sa", "ses", "leur", "leurs"), "possessive"),
    **dict.fromkeys(("ce", "cet", "cette", "ces"), "demonstrative"),
}


@dataclass(slots=True)
class Record:
    """What an article tells of one source: where it is mentioned, where the rules let it speak."""

    entity: Entity
    seen: list[Seen] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)  # of ``seen``, ascending
    acting: list[Seen | None] = field(default_factory=list)  # the last that acts, up to each of ``seen``
    printed: list[Seen] = field(default_factory=list)  # those of ``seen`` that are printed
    printed_at: list[int] = field(default_factory=list)  # their positions
    until: int = -1  # the offset of its last mention
    spoke: list[int] = field(default_factory=list)  # offsets of what the rules give it, ascending
    words: frozenset[str] = frozenset()
    rank: int = NEVER  # by mentions, among all sources
    person_rank: int = NEVER  # among the persons
    in_headline: bool = False
    beside: Entity | None = None  # whom the rules take it for: it may be nobody else
    sort: tuple[str, ...] = ()  # the clues that tell what sort of source it is, once they were asked for
    telling: frozenset[str] = field(init=False)  # those of ``words`` that are no particles
    told: Roles | None = field(init=False, default=None)  # what the article or a title tells that it is
    inferred: Roles | None = field(init=False, default=None)  # what it was only taken to be, by a description
    known: int = field(init=False, default=0)  # how many roles these two are of

    def __post_init__(self) -> None:
        self.telling = frozenset([word for word in self.words if len(word) > _PARTICLE])

    def roles(self) -> tuple[Roles | None, Roles | None]:
        """What it is told to be and what it was taken to be; reading a question may tell one role more."""
        entity = self.entity
        count = len(entity.roles) + len(entity.implied)
        if count != self.known:
            self.known, known = count, entity.known_roles
            self.told = together([role for role in known if not role.inferred])
            self.inferred = together([role for role in known if role.inferred])
        return self.told, self.inferred

    def close(self) -> None:
        """Take in what its mentions tell together, once all are there."""
        self.until = max(self.positions, default=-1)
        acted: Seen | None = None
        for seen in self.seen:
            if seen.subject:
                acted = seen
            self.acting.append(acted)

    def first_after(self, position: int) -> Seen | None:
        """The first mention at or after an offset where it is printed."""
        at = bisect_left(self.printed_at, position)
        return self.printed[at] if at < len(self.printed) else None


@dataclass(slots=True, eq=False)
class Question:
    """One stretch of speech whose source is asked for."""

    start: int
    end: int
    sentence: int
    paragraph: int
    carrier: Carrier
    position: int  # of the quotation's token in the carrier
    kind: str  # how its source is printed: "name", "description", "pronoun", "alone", "part", "display"
    rule: str  # of the rules' own answer
    answer: Entity | None  # the rules' own answer
    first_answer: Entity | None  # what the sentence alone gives
    alone: Entity | None  # the printed description as a source of its own, where the rules say whom it means
    weak: bool
    phrase: Phrase | None
    phrase_words: frozenset[str]
    phrase_lemmas: frozenset[str]
    pronoun: str
    cue: tuple[int, int] | None
    proposals: Mapping[str, tuple[Entity, Attribution]]  # by the rule
    flow: Mapping[str, Entity]  # by the reason: "previous", "last_subject" …
    about: frozenset[str]  # facts of the quotation: "je", "nous", "alone", "long" …
    capitals: frozenset[str]  # folded capitalised words inside the marks
    spoken: int  # quotations that the rules gave to somebody, besides this one
    since: int  # where "elle", "la maire" stands that leads up to the words, else where they begin

    plural: bool = field(init=False)
    """Whether the printed source is of several."""
    gender: str | None = field(init=False)
    """The gender that the printed source shows."""
    points_back: bool = field(init=False)
    """Whether the source is printed as one who was named before: "elle", "la jeune femme"."""
    typed: Sequence[str] = field(init=False)
    """The facts that tell more for some sorts of source than for others."""
    described: Sequence[str] = field(init=False, default=())
    """What a printed description is like: its noun, its article, its length."""
    names_inside: frozenset[str] = field(init=False, default=frozenset())
    """The folded words of names in a printed description: "l'avocat de Jeanne Roy"."""
    names_linked: frozenset[str] = field(init=False, default=frozenset())
    """Those of them that a link leads to: whoever bears the name is not described."""
    is_broad: bool = field(init=False, default=False)
    """Whether its noun may stand for holders of narrower posts: "l'élue" for a mayor."""
    fields: frozenset[str] = field(init=False, default=frozenset())
    """The fields of life in which a printed description places somebody."""

    def __post_init__(self) -> None:
        pronoun, phrase = self.pronoun.removesuffix("-ci"), self.phrase
        self.points_back = bool(pronoun)
        self.plural = pronoun.endswith("s")
        self.gender = _PRONOUN_GENDER.get(pronoun)
        self.typed = [fact for fact in _TYPED if fact in self.about]
        if phrase is not None:
            self._read(phrase)

    def _read(self, phrase: Phrase) -> None:
        """Take in what the printed source tells; it is no pronoun."""
        tokens = self.carrier.tokens
        self.plural, self.gender = phrase.number == "p", phrase.gender
        self.fields = fields_of(self.phrase_words | self.phrase_lemmas)
        self.is_broad = has_narrower(self.phrase_lemmas)
        if phrase.kind is DESCRIPTION and phrase.noun is not None:
            self.points_back = ARTICLES.get(phrase.determiner) in ("definite", "demonstrative")
            self.described = _like(phrase, tokens)
        if phrase.kind is not NAME:
            inside = _names_inside(phrase, tokens)
            self.names_inside = frozenset(inside)
            self.names_linked = frozenset([word for word, linked in inside.items() if linked])


def _like(phrase: Phrase, tokens: Sequence[Token]) -> Sequence[str]:
    """What a printed description is like."""
    article = ARTICLES.get(phrase.determiner, "none" if not phrase.determiner else "other")
    kind = phrase.noun.kind if phrase.noun is not None else ""
    found = [f"source:{kind},{article},", f"source:{kind},{phrase.number},", f"head:{phrase.head},"]
    if any(t.capital for t in tokens[phrase.first + 1 : phrase.last]):
        found.append("source_has_name,")
    if phrase.last - phrase.first > LONG_SOURCE:
        found.append("long_source,")
    return found


def _names_inside(phrase: Phrase, tokens: Sequence[Token]) -> Mapping[str, bool]:
    """The folded words of names in a description, each with whether "de" or "à" leads to its name."""
    found: dict[str, bool] = {}
    linked = False
    for k in range(phrase.first + 1, phrase.last):
        token = tokens[k]
        if not token.capital:
            linked = linked or token.low in _LEADS_TO_NAME
        elif token.low not in TITLES_LOW:
            found[fold(token.text)] = linked
    return found


def name_words(name: str) -> frozenset[str]:
    """The folded words of a name."""
    return frozenset(fold(name).replace("'", " ").replace("-", " ").split())
