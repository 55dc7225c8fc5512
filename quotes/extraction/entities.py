"""Who speaks in an article, while it is being read: entities, where they were seen, how names compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from quotes.extraction.posts import FATES, Role
from quotes.extraction.proper_names import FAMILY_NAMES_FIRST, is_first_name
from quotes.french.lexicon import fold
from quotes.french.names import PARTICLES, PLACES, POSTS_OF_TITLES, TITLES, gender_of
from quotes.model import Gender, Speaker, SpeakerType

# The sorts of sources as plain names: the class of an Enum takes ten times as long to give a member.
PERSON: Final = SpeakerType.PERSON
ORGANIZATION: Final = SpeakerType.ORGANIZATION
GROUP: Final = SpeakerType.GROUP
UNNAMED: Final = SpeakerType.UNNAMED
DOCUMENT: Final = SpeakerType.DOCUMENT

_TITULAR = frozenset(POSTS_OF_TITLES.values())
_ELIDED = re.compile(r"([’']) ")  # names are joined from words: "CAP de l'| |Ardèche"
_LONGEST_ACRONYM = 3
_SHORT = re.compile(r"[A-ZÀ-Ý](?:\.?-[A-ZÀ-Ý])?\.?|[A-ZÀ-Ý]{2}")
_MARKS = re.compile(r'[«»“”"]')


@dataclass(slots=True)
class Entity:
    """One source of the article while it is being read; :meth:`speaker` gives the frozen value."""

    name: str
    type: SpeakerType
    gender: str | None = None
    firm: bool = False  # whether the gender rests on more than a first name
    form: str | None = None  # the grammatical gender of a description, which pronouns agree with
    roles: list[Role] = field(default_factory=list)
    last_sentence: int = -1
    plural: bool = False
    by_surname: bool = False  # "M. Sorbier", or "Sorbier" in a headline
    labelled: bool = False  # "Jeanne Roy (LR)": one of a party, introduced by that alone
    implied: list[Role] = field(default_factory=list)  # "Me Sorbier" is a lawyer

    @property
    def known_roles(self) -> Sequence[Role]:
        """All that it is known to be, by its roles and its title."""
        return [*self.roles, *self.implied] if self.implied else self.roles

    @property
    def told_roles(self) -> Sequence[Role]:
        """Those that the article tells or a title implies, not those that a description only lent it."""
        return [role for role in self.known_roles if not role.inferred]

    def imply(self, posts: Iterable[str]) -> None:
        """Take in what a title or what is said of it implies that it is."""
        for post in posts:
            if all(role.head != post for role in self.implied):
                self.implied.append(Role(post, post, -1, None))

    @property
    def undergoes(self) -> bool:
        """Whether justice or death befalls it."""
        return bool(self.implied) and any(role.head in FATES for role in self.implied)

    @property
    def holds_office(self) -> bool:
        """Whether the article gives a post: "invité de la matinale" and "fils de mineur" are none."""
        return any(role.is_post for role in self.roles) or any(r.head in _TITULAR for r in self.implied)

    @property
    def is_free(self) -> bool:
        """Whether nothing tells what it is: any post may be its."""
        return not (self.roles or self.holds_office)

    @property
    def is_place(self) -> bool:
        """Whether it is a town or a country, which only what it says makes a speaker."""
        return self.type is ORGANIZATION and _names_place(self.name)

    @property
    def goes_by_first_name(self) -> bool:
        """Whether the article has no more than a first name, as of a passer-by or an accused ("Ali S.")."""
        first, _, rest = self.name.partition(" ")
        return len(rest.strip(".")) < 2 and not self.by_surname and is_first_name(first)

    def agrees(self, pronoun: str) -> bool:
        """Whether "il" or "elle" may mean this one, as far as its gender tells; other words always may."""
        return pronoun not in ("il", "elle") or self.may_be("f" if pronoun == "elle" else "m")

    def may_be(self, gender: str) -> bool:
        """Whether nothing tells that it is of the other gender."""
        return (self.gender or self.form or gender) == gender

    def speaker(self) -> Speaker:
        """The entity as the rest of the program sees it."""
        return _speaker(self.name, self.type, "" if self.plural else self.gender)


# "Brume-sur-Vère", "Le Val-en-Forez": what joins the words of a town's name and of no other
_TOWN = re.compile(r"\w-(?:sur|sous|lès|lez|en|près|devant|aux)-\w")


@lru_cache(maxsize=1 << 12)
def _names_place(name: str) -> bool:
    return fold(name) in PLACES or _TOWN.search(name) is not None


@lru_cache(maxsize=1 << 10)
def _speaker(name: str, sort: SpeakerType, gender: str | None) -> Speaker:
    plain = _ELIDED.sub(r"\1", " ".join(_MARKS.sub(" ", name).split()))
    return Speaker(plain, sort, Gender(gender) if gender else None)


@dataclass(slots=True)
class Seen:
    """A mention that a later pronoun or description may go back to.

    One that is not ``printed`` says that somebody was heard to speak up to here: told speech, a pronoun.
    """

    entity: Entity
    sentence: int
    paragraph: int
    subject: bool
    position: int
    speaks: bool = False
    printed: bool = True

    def of(self, other: Entity) -> Seen:
        """The same mention, as one of another."""
        return Seen(
            other, self.sentence, self.paragraph, self.subject, self.position, self.speaks, self.printed
        )


def single(entities: Iterable[Entity]) -> Entity | None:
    """The entity that all of these are, or ``None``."""
    only: Entity | None = None
    for entity in entities:
        if only is not None and entity is not only:
            return None
        only = entity
    return only


def initials(name: str) -> str:
    """Give the first letters of a name's words, folded: "Jean-Paul Roy" has "jpr"."""
    return "".join(word[0] for word in fold(name).replace("-", " ").split())


def person_words(text: str) -> list[str]:
    """The words of a name as keys."""
    return fold(text).replace("-", " ").replace("’", "'").split()


@lru_cache(maxsize=1 << 12)
def person_key(text: str) -> str:
    """The words of a name as one key."""
    return " ".join(person_words(text))


class NameIndex:
    """Entities by their folded name, and by the words that a longer name begins with."""

    def __init__(self) -> None:
        self._by_name: dict[str, Entity] = {}
        self._by_beginning: dict[str, Entity] = {}

    def get(self, name: str) -> Entity | None:
        """The entity of exactly this name."""
        return self._by_name.get(name)

    def longer(self, name: str) -> Entity | None:
        """The first entity whose name goes on after this one ("la Commission" → "… européenne")."""
        return self._by_beginning.get(name)

    def add(self, name: str, entity: Entity) -> Entity:
        """Take in an entity unless the name has one; return the one that has the name now."""
        known = self._by_name.setdefault(name, entity)
        if known is entity:
            end = name.find(" ")
            while end > 0:
                self._by_beginning.setdefault(name[:end], entity)
                end = name.find(" ", end + 1)
        return known

    def entities(self) -> Iterable[Entity]:
        """All entities, in the order in which they came."""
        return self._by_name.values()


def differ_by_a_letter(word: str, other: str) -> bool:
    """Whether two words differ by one letter: put in, left out or otherwise."""
    if word == other or word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    short, long = sorted((word, other), key=len)
    same = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def two_first_names(word: str, other: str) -> bool:
    """Whether both are first names of two people: "François" and "Françoise"."""
    return is_first_name(word) and is_first_name(other) and gender_of(word) != gender_of(other)


def name_keys(parts: Sequence[str]) -> list[str]:
    """The keys under which a person may be met again: full name, surname, first name."""
    names = [" ".join(parts[start:]) for start in range(len(parts))]
    if len(parts) > 1 and is_first_name(parts[0]):
        names.append(parts[0])
    if len(parts) > 2 and is_first_name(parts[0]) and not is_first_name(parts[1]) and parts[1][0].isupper():
        names.append(parts[1])  # "Santillán", of Pedro Santillán Pérez-Costa
    if len(parts) > 2 and (len(parts[1].strip(".")) == 1 or parts[1][0] in '«“"'):
        names.append(f"{parts[0]} {parts[-1]}")  # "Jean P. Roy", "Jean « Jeannot » Roy"
    if len(parts) > 2 and parts[0].lower() in TITLES:
        names.append(f"{parts[0]} {parts[-1]}")  # "Cheikh Omar Roy … Cheikh Roy"
    if len(parts) == 2 and len(parts[0]) > 3 and parts[0].isupper() and is_first_name(parts[1]):
        names.append(f"{parts[1]} {parts[0]}")  # "ROYET Jeanne"
    return list(dict.fromkeys(map(person_key, names)))


def lesser_keys(parts: Sequence[str]) -> list[str]:
    """The keys that mean a person where nobody else goes by them: a part of a surname, one that stands first.

    "Roy", of Jeanne Roy-Blanc; "Wang", of Wang Xiaohui; "Royet", of ROYET Jeanne.
    """
    if len(parts) < 2:
        return []
    keys = []
    head, _, tail = parts[-1].partition("-")
    surname = len(head) > 2 and head.lower() not in PARTICLES and fold(head) not in PLACES
    if tail[:1].isupper() and surname and is_first_name(parts[0]) and not is_first_name(head):
        keys.append(head)
    in_capitals = parts[0].isupper() and len(parts[0]) > _LONGEST_ACRONYM and is_first_name(parts[-1])
    if in_capitals or fold(parts[0]) in FAMILY_NAMES_FIRST:
        keys.append(parts[0])
    return list(map(person_key, keys))


def spelt_short(name: str) -> tuple[str, str] | None:
    """The folded initials that a name begins with, and its rest: "J.-P. Roy", "J. P. Roy", "JP Roy"."""
    letters, rest = "", name.split()
    while len(rest) > 1 and _SHORT.fullmatch(rest[0]):
        letters += fold(rest.pop(0)).replace(".", "").replace("-", "")
    return (letters, " ".join(rest)) if letters else None
