"""Who bears that name? The persons and bodies that an article names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from quotes.extraction.carrier import Carrier
from quotes.extraction.census import NameEvidence, census, is_company, name_of
from quotes.extraction.entities import (
    ORGANIZATION,
    PERSON,
    Entity,
    NameIndex,
    differ_by_a_letter,
    initials,
    lesser_keys,
    name_keys,
    person_key,
    person_words,
    single,
    spelt_short,
    two_first_names,
)
from quotes.extraction.phrases import Phrase
from quotes.extraction.proper_names import EDITIONS, Vocabulary, is_first_name
from quotes.extraction.tokens import QUOTE, Token, spelt
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import (
    FIRST_NAMES,
    ORGANIZATIONS,
    PARTICLES,
    PLACES,
    POSTS_OF_TITLES,
    TITLES,
    gender_of,
)
from quotes.french.nouns import noun
from quotes.model import ZoneKind

_OF_ONE_NAME = word_class("people_of_one_name")
_NAMED_AFTER_PEOPLE = word_class("things_named_after_people")
_HEADS_OF_NAMES = word_class("heads_of_names").difference(FIRST_NAMES)
_HEADLINE = ZoneKind.HEADLINE
_LONG_NAME = 7  # letters: a shorter name of another letter is another person's
_LONGEST_ACRONYM = 4
_INITIALS_OF_NAMES = range(3, 5)  # letters; two are too often something else
_FEW = 8
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.[ -]?)+[A-ZÀ-Ý]\.?")
_ARTICLES = ("le ", "la ", "l'", "l’", "les ")


class Named:
    """The persons and bodies of one article by their names; more are taken in as they are met."""

    def __init__(self, carriers: Sequence[Carrier], words: Vocabulary) -> None:
        self.people: list[Entity] = []
        self._by_key: dict[str, list[Entity]] = {}
        self._by_lesser_key: dict[str, list[Entity]] = {}
        self.by_initials: dict[str, Entity] = {}
        self._by_rest: dict[str, list[Entity]] = {}  # by what a full name is without a long one of its words
        self.bodies = NameIndex()
        self.called: dict[str, Entity] = {}  # bodies by what else they are called: "le régulateur"
        self.first_place: dict[str, Carrier] = {}  # by the name
        self.inside: dict[int, list[tuple[int, str]]] = {}  # the other names in a phrase at an offset
        self._of_family: dict[int, Entity] = {}  # "Paul", of "Paul et Jeanne Morin", by his offset
        self.words = words
        self._collect(carriers)

    def _collect(self, carriers: Sequence[Carrier]) -> None:
        found = census(carriers, self.words)
        names, self.inside = found.names, found.inside
        self.first_place = {name.text: name.carrier for name in names.values()}
        for name in sorted(names.values(), key=lambda n: (n.abbreviated, -len(n.parts))):
            self._take_full_name(name)
        for name in names.values():
            self._take_nicknames(name)
            if name.family is not None:
                family, start = name.family
                self._of_family[start] = self.add_person(f"{name.text} {family}", name.post_gender)
        for name in names.values():
            if len(name.parts) == 1:
                self._take_single_name(name, names)
        for name in names.values():
            self._take_gender(name)

    def _take_full_name(self, name: NameEvidence) -> None:
        listed = ORGANIZATIONS.get(name.key)
        if len(name.parts) > 1:
            if name.text.isupper() and len(name.parts) > 2 and not name.abbreviated:
                return
            if self._is_full_name(name):
                self.add_person(name.text, name.post_gender)
                return
        elif listed is None and not name.of_body:
            return
        gender = listed.gender if listed is not None else None
        self.bodies.add(name.key, Entity(_standing_alone(name.text), ORGANIZATION, gender))

    def _is_full_name(self, name: NameEvidence) -> bool:
        """Whether a name of several words is a person's."""
        if name.abbreviated and (self._short_for(name.text) or (name.initials and name.aged)):
            return True
        parts = name.parts
        if not parts[-1].isupper():
            return self._is_person(name)
        first = is_first_name(parts[0])
        initial = len(parts[-1].strip(".")) == 1  # "Lucas P."
        if initial and first and self._is_person(name):
            return True
        return name.titled or (first and (name.like_a_person or _is_surname_in_capitals(parts)))

    def _take_nicknames(self, name: NameEvidence) -> None:
        """ "Jeanne Roy, dite Zorka": she is Zorka, too."""
        for nickname in name.nicknames:
            for entity in self._by_key.get(person_key(name.text), ())[:1]:
                self._by_key.setdefault(person_key(nickname), []).append(entity)

    def _take_single_name(self, name: NameEvidence, names: Mapping[str, NameEvidence]) -> None:
        known = self.all_named(name.text)
        if known:
            other = names.get(known[0].name)
            if other is not None and name.introduced and is_first_name(name.text) and name.stranger_to(other):
                self._add_namesake(name)
            return
        if name.titled:
            self.add_person(name.text, name.title_gender, titled=True)
        elif name.key in ORGANIZATIONS or name.determined or name.of_body:
            return
        elif (person := self._called_by_initials(name.text)) is not None:
            self._by_key[person_key(name.text)] = [person]
        elif (
            name.key in PLACES
            and not name.aged
            and (name.located or not name.subject or not is_first_name(name.text))
        ):
            return  # "à Florence", but "Florence sourit"
        elif (
            name.like_one_person
            or name.key in _OF_ONE_NAME
            or (is_first_name(name.text) and not name.text.isupper())
        ):
            self.add_person(name.text, name.post_gender)

    def _called_by_initials(self, text: str) -> Entity | None:
        """The one person whose initials a word in capitals is: "JBR", of Jean-Baptiste Roy."""
        if not (text.isupper() and text.isalpha() and len(text) in _INITIALS_OF_NAMES):
            return None
        return single(person for person in self.people if initials(person.name) == fold(text))

    def _take_gender(self, name: NameEvidence) -> None:
        for entity in self.all_named(name.text)[:1]:
            headline = name.carrier.sentence.zone is _HEADLINE and not name.carrier.marked
            entity.by_surname = entity.by_surname or name.titled or headline
            entity.imply(name.implied)
            if name.title in POSTS_OF_TITLES:
                entity.imply([POSTS_OF_TITLES[name.title]])
            if name.title_gender:
                entity.gender, entity.firm = name.title_gender, True
            else:
                _show_gender(entity, name.post_gender)

    def _add_namesake(self, name: NameEvidence) -> None:
        """ "Jeanne, 44 ans," where another Jeanne has a surname: two people."""
        entity = Entity(name.text, PERSON, gender_of(name.text))
        self.people.append(entity)
        self._by_key[person_key(name.text)] = [entity]

    def _is_person(self, name: NameEvidence) -> bool:
        key, parts = name.key, name.parts
        if name.of_body or key in ORGANIZATIONS or key in PLACES or fold(parts[0]) in _NAMED_AFTER_PEOPLE:
            return False  # "affaire Lorme", "loi Roy"
        if parts[0].lower() in _HEADS_OF_NAMES or not EDITIONS.isdisjoint(p.lower() for p in parts[1:]):
            return False  # "Sables du Val", "Vire Soir"
        if name.titled or name.apposed:
            return True
        if is_first_name(parts[0]) or fold(parts[0]).strip(".") in FIRST_NAMES:
            country = fold(parts[0]) in PLACES  # "France Victimes" is a body, "France Roy" a person
            return not any(
                country or entry.kind in ("organization", "document")
                for part in parts[1:]
                for entry in noun(part.lower())
            )
        if name.determined or name.located:
            return False
        if any(
            entry.kind in ("organization", "document", "group")
            for part in parts
            for entry in noun(part.lower())
        ):
            return False
        particle = len(parts) > 2 and parts[1].lower() in PARTICLES and name.subject  # "Orlane Del Vaux"
        if not particle and any(fold(part) in PLACES or fold(part) in ORGANIZATIONS for part in parts):
            return False
        return len(parts) <= 4 and all(part[0].isupper() or part.lower() in PARTICLES for part in parts)

    def add_person(self, text: str, gender: str | None, *, titled: bool = False) -> Entity:
        """The person of this name, a new one where the article has none.

        ``gender`` is what the words beside the name show; a title's is surer than a post's.
        """
        parts = text.split()
        own = _by_first_name(parts)
        if gender == "m" and own == "f" and not titled:
            gender = None  # "le professeur Jeanne Roy"
        known = self.all_named(text) or self._misspelt(text) or self._short_for(text)
        if titled and not known and len(parts) == 1:
            known = self._misspelt_surname(text, gender)
        if known:
            return known[0]
        entity = Entity(
            text,
            PERSON,
            gender or own,
            gender is not None,
        )
        self.people.append(entity)
        self.by_initials.setdefault(initials(text), entity)
        for key in name_keys(parts):
            self._by_key.setdefault(key, []).append(entity)
        for key in lesser_keys(parts):
            self._by_lesser_key.setdefault(key, []).append(entity)
        words = person_words(text)
        for start in range(len(words) - 1):
            for k in range(start, len(words)):
                if len(words[k]) >= _LONG_NAME - 1:
                    rest = words[start:k] + words[k + 1 :]
                    self._by_rest.setdefault(" ".join(rest), []).append(entity)
        return entity

    def all_named(self, text: str) -> list[Entity]:
        """The persons whom a full name, a surname or a first name may mean."""
        key = person_key(text)
        return self._by_key.get(key) or self._by_lesser_key.get(key, [])

    def _misspelt(self, text: str) -> list[Entity]:
        """The person of whose long full name one letter is otherwise here: "Rokiattou" for "Rokiatou"."""
        words = person_words(text)
        if len(words) < 2:
            return []
        for k, word in enumerate(words):
            others = words[:k] + words[k + 1 :]
            if len(word) < _LONG_NAME:
                continue
            for other in self._by_rest.get(" ".join(others), ())[:_FEW]:
                spelt = person_words(other.name)
                if (
                    len(spelt) >= len(words)
                    and differ_by_a_letter(word, spelt[-len(words) :][k])
                    and not two_first_names(word, spelt[-len(words) :][k])
                ):
                    self._by_key.setdefault(" ".join(words), []).append(other)
                    return [other]
        return []

    def _misspelt_surname(self, text: str, gender: str | None) -> list[Entity]:
        """The person of whose long surname one letter is otherwise behind a title: "M. Kowalskyi"."""
        surname = person_key(text)
        if len(surname) < _LONG_NAME:
            return []
        for other in self.people:
            words = person_words(other.name)
            if len(words) > 1 and differ_by_a_letter(surname, words[-1]) and other.gender in (None, gender):
                self._by_key.setdefault(surname, []).append(other)
                return [other]
        return []

    def _short_for(self, text: str) -> list[Entity]:
        """The person of whose first names only initials stand here: "J.-P. Roy", of Jean-Pierre Roy."""
        short = spelt_short(text)
        if short is None:
            return []
        letters, surname = short
        for other in self._by_key.get(person_key(surname), ()):
            if " " in other.name and initials(other.name).startswith(letters) and not spelt_short(other.name):
                self._by_key.setdefault(person_key(text), []).append(other)
                return [other]
        return []

    def named(self, name: str) -> Entity | None:
        """The person of this name (full, surname or first name), or of these initials."""
        known = self.all_named(name)
        if known:
            return known[0]
        return self.by_initials.get(initials(name.replace(".", " ")))

    def known_by(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """The person or body whom a phrase that holds a name means, among those of the article."""
        if phrase.name is None:
            return None
        shared = self._of_family.get(tokens[phrase.name[0]].start) if self._of_family else None
        if shared is not None:
            return shared
        text = called = name_of(tokens, phrase)
        alone = phrase.noun is None
        if phrase.determiner if alone else phrase.number == "p":
            if alone and tokens[phrase.first].capital:
                # "Le Corvec", of Yann Le Corvec: the article is a part of the name
                called = spelt(tokens, phrase.first, phrase.name[1])
            elif not (phrase.title or tokens[phrase.name[0]].low in TITLES):
                called = ""  # "les Roy" are no person; but "le Cheikh Roy"
        known = self.all_named(called) if called else []
        if called and not known and "." in text:
            known = self._of_initials(tokens, phrase, text)
        if known:
            entity = known[0]
            if len(known) > 1:
                fitting = [e for e in known if e.gender in (None, phrase.gender)] if phrase.gender else ()
                entity = max(fitting or known, key=lambda e: e.last_sentence)
            if phrase.gender:
                _show_gender(entity, phrase.gender, titled=bool(phrase.title))
            return entity
        body = self.body(fold(text))
        if body is not None:
            body.plural = body.plural or _is_plural(phrase)
        return body

    def _of_initials(self, tokens: Sequence[Token], phrase: Phrase, text: str) -> list[Entity]:
        """Whom initials before words in marks mean: "P. R. | : « … »"."""
        at = phrase.last + (phrase.last < len(tokens) and tokens[phrase.last].text == ".")
        if at + 1 >= len(tokens) or tokens[at].text != ":" or tokens[at + 1].kind is not QUOTE:
            return []
        person = self.by_initials.get(initials(text.replace(".", " "))) if _INITIALS.fullmatch(text) else None
        return [person] if person is not None else []

    def take(self, tokens: Sequence[Token], phrase: Phrase) -> Entity:
        """A new person or body of the name that a phrase holds."""
        text = name_of(tokens, phrase)
        if (phrase.noun is not None and not is_company(phrase.head, text)) or phrase.title:
            return self.add_person(text, phrase.gender, titled=bool(phrase.title))
        key = fold(text)
        organization = ORGANIZATIONS.get(key)
        gender = (organization.gender if organization is not None else None) or phrase.gender
        body = Entity(_standing_alone(text), ORGANIZATION, gender, plural=_is_plural(phrase))
        return self.bodies.add(key, body)

    def body(self, key: str) -> Entity | None:
        """A body under its own name, or the longer name that begins with it ("la Commission")."""
        longer = self.bodies.longer(key)
        if longer is not None and key not in ORGANIZATIONS:
            return longer
        return self.bodies.get(key) or self.called.get(key)

    def body_called(self, name: str, gender: str | None) -> Entity:
        """The body of this name, a new one where the article has none."""
        key = fold(name)
        return self.body(key) or self.bodies.add(key, Entity(name, ORGANIZATION, gender))


def _is_surname_in_capitals(parts: Sequence[str]) -> bool:
    """Whether capitals only set off a surname from the first name: "Jeanne | ROYET", not "Jeanne CGT"."""
    surname = parts[-1]
    return not parts[0].isupper() and len(surname) > _LONGEST_ACRONYM and fold(surname) not in ORGANIZATIONS


def _standing_alone(name: str) -> str:
    """A body's name that begins with an article as it stands alone: "Le Soir" for "selon le Soir"."""
    if not name.lower().startswith(_ARTICLES):
        return name
    return name[0].upper() + name[1:].replace("' ", "'", 1).replace("’ ", "’", 1)


def _is_plural(phrase: Phrase) -> bool:
    return phrase.determiner == "les" and phrase.noun is None  # "les Brumois"


def _show_gender(entity: Entity, gender: str | None, *, titled: bool = False) -> None:
    """Take the gender that a post or a title shows; a woman's post may be worded for a man."""
    if gender and not entity.firm and (titled or not (gender == "m" and entity.gender == "f")):
        entity.gender, entity.firm = gender, True


def _by_first_name(parts: Sequence[str]) -> str | None:
    """The gender that the first name tells: "Jeanne | Roy", "El | Hadj Moussa", "Ollo | Modeste Roy"."""
    first = next((part for part in (*parts[:1], *parts[1:-1]) if is_first_name(part)), "")
    return gender_of(first) if first else None
