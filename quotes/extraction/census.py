"""Which names stand in an article, and what shows whose they are: a first pass over all carriers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.extraction.carrier import Carrier
from quotes.extraction.entities import spelt_short
from quotes.extraction.implied import implied_by_noun, implied_posts
from quotes.extraction.phrases import PRONOUN, Phrase
from quotes.extraction.proper_names import (
    DEMONSTRATIVE,
    PEOPLE,
    Vocabulary,
    is_aged,
    is_first_name,
    known_body_end,
    name_run,
    person_noun,
)
from quotes.extraction.subjects import bare
from quotes.extraction.tokens import WORD, Token, spelt
from quotes.extraction.worded_names import opens_slogan
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold

_COMPANY_NOUNS = word_class("company_nouns")
_ACTS = word_class("acts_of_people")
_BEFORE_ACT = frozenset({"ne", "n'", "se", "s'", "lui", "y", "en"})
_MARKS = '«»“”" \u00a0\u202f'
_CALLED = frozenset({"dit", "dite", "alias", "surnommé", "surnommée"})
_TOGETHER = frozenset({"avec", "par", "chez", "contre", "face"})
_JOINING = frozenset({"et", "&"})
_WHERE = frozenset({"dans", "sur", "en", "via"})


@dataclass(slots=True)
class NameEvidence:
    """What an article shows of one name, wherever it stands.

    ``carrier`` and ``span`` (token indices, half-open) are where it stands first.
    """

    text: str
    carrier: Carrier
    span: tuple[int, int]
    parts: Sequence[str] = field(init=False)  # the words of the name
    key: str = field(init=False)  # the name, folded
    abbreviated: bool = field(init=False)  # whether it begins with initials: "J.-P. Roy", "JP Roy", "K. M."
    titled: bool = False  # "Mme Roy"
    title: str = ""  # "mme"
    title_gender: str | None = None
    post_gender: str | None = None
    apposed: bool = False  # beside a post: "la maire Jeanne Roy", "Jeanne Roy, maire"
    determined: bool = False  # with an article and no noun: "la Noxia"
    located: bool = False  # where something is, or what it belongs to: "sur Noxia", "l'école Roy"
    subject: bool = False
    human: bool = False  # does what people do: "Zorko hausse les épaules", "Zorko a 34 ans"
    implied: list[str] = field(default_factory=list)  # "suspect": "Léa Roy a été arrêtée"
    nicknames: list[str] = field(default_factory=list)  # "Zorka": "Jeanne Roy, dite Zorka"
    family: tuple[str, int] | None = None  # "Morin" and where Paul stands: "Paul et Jeanne Morin"
    of_body: bool = False  # behind a body's description: "Le régulateur, Noxia, a réagi"

    def __post_init__(self) -> None:
        self.parts, self.key = self.text.split(), fold(self.text)
        self.abbreviated = spelt_short(self.text) is not None

    @property
    def initials(self) -> bool:
        """Whether it is nothing but initials: "K. M."."""
        return all(len(part.strip(".")) == 1 for part in self.parts)

    @property
    def like_a_person(self) -> bool:
        """Whether anything shows it to be somebody's."""
        return self.apposed or self.titled or self.subject

    @property
    def like_one_person(self) -> bool:
        """Whether what stands beside it, or what it does, shows it to be one person's name."""
        return self.apposed or self.aged or self.human

    @property
    def aged(self) -> bool:
        """Whether an age introduces its bearer where it stands first: "Jeanne, 44 ans,"."""
        return is_aged(self.carrier.tokens, self.span[1])

    @property
    def introduced(self) -> bool:
        """Whether an age or a relative clause tells who its bearer is, where it stands first."""
        following = [t.low for t in self.carrier.tokens[self.span[1] : self.span[1] + 3]]
        return self.aged or following[:2] == [",", "qui"] or bool(self._trade(following))

    @staticmethod
    def _trade(following: Sequence[str]) -> str:
        """What is apposed to a bare first name that tells who its bearer is: "Jeanne, | soudeuse,"."""
        if len(following) < 3 or following[0] != ",":
            return ""
        told = following[2] if following[1] in ("un", "une") else following[1]
        noun = person_noun(told)
        works = noun is not None and noun.number == "s" and noun.kind != "relation"
        return told if works else ""  # "Jeanne, | mère de deux enfants,": nobody new

    def imply(self, post: str) -> None:
        """Take in what its bearer must be; nothing where the post is empty."""
        if post and post not in self.implied:
            self.implied.append(post)

    def stranger_to(self, other: NameEvidence) -> bool:
        """Whether a first name told of is not that of a full name: one with a post, or named later."""
        trade = self._trade([t.low for t in self.carrier.tokens[self.span[1] : self.span[1] + 3]])
        if trade and trade in other.carrier.words:
            return False
        before = other.carrier.lows[max(0, other.span[0] - 2) : other.span[0]]
        if any(person_noun(low) is not None for low in before):
            return True  # "dans la circonscription du député RN | Paul Roy"
        return other.apposed or self.carrier.tokens[0].start < other.carrier.tokens[0].start


def names_in(tokens: Sequence[Token], phrase: Phrase, words: Vocabulary) -> list[tuple[int, int]]:
    """The proper names inside a phrase, its own among them, as token indices."""
    if phrase.kind is PRONOUN:
        return []
    found: list[tuple[int, int]] = []
    limit = phrase.name[0] if phrase.name else phrase.last
    end = phrase.first
    for i in range(phrase.first, limit):
        if not tokens[i].capital or i < end:
            continue
        # "la Marine nationale" is no Marine
        listed = known_body_end(tokens, i) if is_first_name(tokens[i].text) else 0
        end = listed or name_run(tokens, i, words)
        if end > i:
            found.append((i, min(end, limit)))
    if phrase.name:
        found.append(phrase.name)
    return found


@dataclass(frozen=True, slots=True)
class Census:
    """The names of an article by their text, in the order in which they come.

    ``inside`` has the names inside a phrase but its own, each with its offset, by the offset of the phrase.
    """

    names: dict[str, NameEvidence] = field(default_factory=dict)
    inside: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


def name_of(tokens: Sequence[Token], phrase: Phrase) -> str:
    """The name that a phrase holds; where it holds nothing else, it is its head."""
    if phrase.noun is None and phrase.name is not None:
        return phrase.head
    return spelt(tokens, *(phrase.name or (phrase.first, phrase.last)))


def census(carriers: Sequence[Carrier], words: Vocabulary) -> Census:
    """All names of the carriers."""
    found = Census()
    names = found.names
    for number, carrier in enumerate(carriers):
        tokens = carrier.tokens
        apposed = _apposed(carrier) if carrier.appositions else _NONE_APPOSED
        for phrase, span, text in _named(carrier, words):
            name = names.get(text)
            if name is None:
                name = names[text] = NameEvidence(text, carrier, span)
            name.imply(implied_by_noun(tokens, span[0]))
            name.family = name.family or _family(tokens, span)
            if phrase.name == span:
                if not _CALLED.isdisjoint(carrier.words):
                    name.nicknames += _nicknames(tokens, span[1], words)
                name.of_body = name.of_body or phrase.first in apposed.to_bodies or _is_worded(tokens, span)
                _learn(name, phrase, apposed.to_posts, tokens)
                continue
            found.inside.setdefault(tokens[phrase.first].start, []).append((tokens[span[0]].start, text))
            if phrase.noun is not None and phrase.noun.kind in ("organization", "document"):
                name.located = True
        if number:
            _learn_from_next(names, carriers[number - 1], carrier)
    return found


class _Apposed(NamedTuple):
    """Where the names begin in a sentence that a post is apposed to, and those that a body's noun is."""

    to_posts: Collection[int]
    to_bodies: Collection[int]


_NONE_APPOSED = _Apposed((), ())


def _apposed(carrier: Carrier) -> _Apposed:
    """The names of a sentence to which something is apposed."""
    to_posts: set[int] = set()
    to_bodies: set[int] = set()
    for k, n in carrier.appositions.items():
        post, first = carrier.phrases[k], carrier.phrases[n].first
        if post.noun is not None and post.noun.kind == "organization":
            to_bodies.add(first)
        elif not is_company(post.head, carrier.phrases[n].head):
            to_posts.add(first)
    return _Apposed(to_posts, to_bodies)


def _nicknames(tokens: Sequence[Token], at: int, words: Vocabulary) -> list[str]:
    """What else the bearer of a name that ends at ``at`` is called: "Jeanne Roy|, dite Zorka,"."""
    at += at + 2 < len(tokens) and tokens[at].text in (",", "(")
    if at + 1 >= len(tokens) or tokens[at].low not in _CALLED:
        return []
    end = at + 2 if tokens[at + 1].quote >= 0 else name_run(tokens, at + 1, words)
    return [" ".join(t.text.strip(_MARKS) for t in tokens[at + 1 : end])] if end > at + 1 else []


def _family(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[str, int] | None:
    """The family name that two first names share, and where the first stands: "Paul et Jeanne | Morin"."""
    first, end = span
    if end - first > 1 or end + 2 >= len(tokens) or tokens[end].low not in _JOINING:
        return None
    second, family = tokens[end + 1 : end + 3]
    names = (
        second.capital and family.capital and is_first_name(second.text) and is_first_name(tokens[first].text)
    )
    plain = family.kind is WORD and not family.text.isupper()
    return (family.text, tokens[first].start) if names and plain else None


def _learn_from_next(names: Mapping[str, NameEvidence], before: Carrier, carrier: Carrier) -> None:
    """ "On discute avec Zorko. Ce docker de 50 ans …": who was named last is described next."""
    described = carrier.phrases[0] if carrier.phrases else None
    if described is None or described.first or described.determiner not in DEMONSTRATIVE:
        return
    named = before.phrases[-1] if before.phrases else None
    if (
        described.noun is not None
        and described.noun.kind in PEOPLE
        and named is not None
        and named.name is not None
        and named.last >= len(before.tokens) - 1
        and named.before in _TOGETHER
        and before.sentence.paragraph == carrier.sentence.paragraph
    ):
        name = names.get(name_of(before.tokens, named))
        if name is not None and described.number == "s":
            name.human = True
            name.post_gender = name.post_gender or described.gender


def _does_as_people(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a name that stands as a subject acts as nobody but people do, or has an age."""
    at = phrase.last
    while at < len(tokens) and tokens[at].low in _BEFORE_ACT:
        at += 1
    if at >= len(tokens):
        return False
    aged = tokens[at].low in ("a", "avait") and at + 2 < len(tokens) and tokens[at + 2].low == "ans"
    return aged or tokens[at].low in _ACTS


def _is_worded(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a name is worded like a phrase, as a person's is not: "Ports du Levant"."""
    first, last = span
    if last - first == 1:
        return False
    if opens_slogan(tokens, first):
        return True  # "Demain la Brume"
    opens = first == 0 and not is_first_name(tokens[0].text)
    return opens and any(t.low in ("du", "des") for t in tokens[1:last])


def _named(carrier: Carrier, words: Vocabulary) -> Iterator[tuple[Phrase, tuple[int, int], str]]:
    tokens = carrier.tokens
    for phrase in carrier.phrases:
        for span in names_in(tokens, phrase, words):
            inside = span != phrase.name
            yield phrase, span, spelt(tokens, *span) if inside else name_of(tokens, phrase)


def _learn(name: NameEvidence, phrase: Phrase, with_post: Collection[int], tokens: Sequence[Token]) -> None:
    """Take in what a phrase shows of the name that it is about."""
    subject = bare(phrase, tokens)
    if subject and not (phrase.determiner or name.human):
        name.human = _does_as_people(tokens, phrase)
    for post in implied_posts(tokens, phrase, subject):
        name.imply(post)
    if phrase.title:
        name.titled, name.title, name.title_gender = True, phrase.title, phrase.gender
    if phrase.noun is not None and phrase.noun.kind in PEOPLE:
        if phrase.number == "p" or is_company(phrase.head, name.text):
            return
        name.apposed = True
        name.post_gender = name.post_gender or phrase.gender
    elif phrase.determiner:
        name.determined = True
    if phrase.before in _WHERE and phrase.noun is None:
        name.located = True
    if phrase.first in with_post:
        name.apposed = True
    if subject:
        name.subject = True


def is_company(head: str, name: str) -> bool:
    """Whether a single name with such a post is a company's: "le fabricant Brumatec"."""
    return head in _COMPANY_NOUNS and " " not in name and not is_first_name(name)
