"""Who was spoken of last? The mentions of an article in their order, and what a pronoun stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, takewhile
from math import inf

from quotes.extraction.entities import DOCUMENT, GROUP, ORGANIZATION, PERSON, UNNAMED, Entity, Seen

# "il" and "elle" rather mean somebody named than a body or somebody without a name.
_LESS_LIKELY = {ORGANIZATION: 3.5, GROUP: 3.5, UNNAMED: 1.5}
_NEW = ("un ", "une ", "l'autre ")
_OF_SEVERAL = ("un des ", "une des ")
_SINGLE = frozenset({PERSON, UNNAMED})
_PUBLISHING = frozenset({PERSON, ORGANIZATION, GROUP})
_WHILE_PUBLISHED = 3  # sentences after which "le texte" is still the one that was brought in
_SPOKE_BEFORE = 0.5  # what a body that spoke in the sentence before loses against a person
_ACTED_BEFORE = 0.5  # … and one that was that sentence's subject
_DIALOGUE = 2  # sentences before a line of a dialogue in which the other one is named
_GOING_ON = 2  # sentences after those of a place have spoken in which "on" still means them
_WINDOW = 8  # how many sentences back a pronoun may find its antecedent
_ACTS, _SPEAKS = 2.0, 0.8  # what a mention is worth more for a pronoun, in sentences
_ELSEWHERE, _OF_ANY_GENDER = 0.7, 0.6  # what it loses in another paragraph, or where nothing tells the gender
_AHEAD = 2  # sentences: what stands farther back in the text may be noted as that much later, never more
_LIKELIEST = _ACTS + _SPEAKS + _AHEAD  # of whatever stands farther back than a mention of the same sentence


class Course:
    """The course of an article: who is mentioned where, in which place, and so whom a pronoun means."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []
        self._positions: list[int] = []  # of ``_seen``, ascending
        self._publishing: set[int] = set()  # the sentences in which a text is brought out
        self._place = (0, 0)  # the sentence that is being read, and its paragraph

    @property
    def seen(self) -> Sequence[Seen]:
        """All mentions so far, in the order of the text."""
        return self._seen

    def seen_up_to(self, offset: int) -> int:
        """How many mentions stand up to an offset of the text."""
        return bisect_right(self._positions, offset)

    def note(
        self,
        entity: Entity,
        sentence: int,
        paragraph: int,
        subject: bool,
        position: int,
        *,
        speaks: bool = False,
        printed: bool = True,
    ) -> None:
        """Remember a mention of an entity, or (not ``printed``) that it speaks up to here."""
        entity.last_sentence = sentence
        # In the order of the text: who speaks is noted after all that the sentence names.
        at = bisect_right(self._positions, position)
        self._positions.insert(at, position)
        seen = Seen(entity, sentence, paragraph, subject, position, speaks, printed)
        self._seen.insert(at, seen)
        self._noted(seen)

    def _noted(self, seen: Seen) -> None:
        """Take in what else a mention tells, once it is remembered."""

    def is_just_before(self, seen: Seen) -> bool:
        """Whether a mention stands in the sentence being read or the one before, in one paragraph."""
        sentence, paragraph = self._place
        return sentence - seen.sentence <= 1 and seen.paragraph == paragraph

    def _back_from(self, before: int) -> Iterator[Seen]:
        """The mentions before an offset, the nearest first."""
        return map(self._seen.__getitem__, range(bisect_left(self._positions, before) - 1, -1, -1))

    def of_pronoun(self, pronoun: str, sentence: int, paragraph: int, before: int) -> Entity | None:
        """The entity that il, elle, ils or elles stands for, before the text offset ``before``."""
        if pronoun in ("on", ""):
            return self._those_there(sentence, paragraph, before) if pronoun else None
        plural = pronoun.removesuffix("-ci").endswith("s") or pronoun.startswith("ceux")
        gender = "f" if "elle" in pronoun else "m"
        near = pronoun.endswith("-ci")
        best, meant = -inf, None
        person: bool | None = None  # whether somebody of the paragraph agrees, asked where it matters
        for seen in self._back_from(before):
            distance = sentence - seen.sentence
            if distance > _WINDOW or best > _LIKELIEST - distance:
                break
            score = (_ACTS if seen.subject else 0.0) + (_SPEAKS if seen.speaks else 0.0) - distance
            if score <= best:
                continue  # what follows only makes it less likely
            entity = seen.entity
            if not _may_mean(plural, gender, seen, distance):
                continue
            if near and not entity.plural:  # "celui-ci", "ce dernier": the last one named, subject or not
                if entity.type in _SINGLE or (distance == 1 and entity.gender == gender):
                    return entity
                continue
            score -= _ELSEWHERE if paragraph != seen.paragraph else 0.0
            open_gender = entity.gender is None and (entity.form is None or not _is_newcomer(entity))
            score -= _OF_ANY_GENDER if open_gender else 0.0
            goes_on = seen.speaks and distance <= 1 and paragraph - seen.paragraph <= 1
            if not plural and not (goes_on and entity.type is UNNAMED):
                there = distance == 1 and paragraph == seen.paragraph
                if there and person is None:
                    person = self._has_person(gender, paragraph, before)
                there = there and (not person or _is_newcomer(entity))
                unlikely = _LESS_LIKELY.get(entity.type, 0.0)
                if there and seen.subject:
                    alone = entity.type is UNNAMED and not self._has_person_in(seen.sentence, gender, before)
                    unlikely = min(unlikely, 0.0 if alone else _ACTED_BEFORE)
                score -= _SPOKE_BEFORE if goes_on and there else unlikely
            score += 0.00001 * (seen.position - before)
            if score > best:
                best, meant = score, entity
        return meant

    def _has_person(self, gender: str, paragraph: int, before: int) -> bool:
        """Whether a paragraph names somebody before an offset whom "il" or "elle" may mean."""
        here = takewhile(lambda seen: seen.paragraph == paragraph, self._back_from(before))
        return any(s.entity.type is PERSON and s.entity.may_be(gender) for s in here)

    def _has_person_in(self, sentence: int, gender: str, before: int) -> bool:
        """Whether a sentence names somebody, up to an offset, whom "il" or "elle" may mean."""
        here = takewhile(lambda seen: seen.sentence >= sentence, self._back_from(before))
        return any(s.entity.type is PERSON and s.entity.may_be(gender) for s in here)

    def _those_there(self, sentence: int, paragraph: int, before: int) -> Entity | None:
        """Whom "on" goes on to mean: the body or the group that spoke last, just before."""
        last = next((s for s in self._back_from(before) if s.speaks), None)
        near = last is not None and sentence - last.sentence <= _GOING_ON and last.paragraph == paragraph
        several = last is not None and last.entity.type in (ORGANIZATION, GROUP)
        return last.entity if last is not None and near and several else None

    def publisher(self) -> Entity | None:
        """Who brought out the text of which the sentences before speak: he speaks where it is brought in."""
        here = self._seen[-1].sentence if self._seen else 0
        for seen in reversed(self._seen):
            if here - seen.sentence > _WHILE_PUBLISHED:
                break
            if seen.sentence in self._publishing and seen.speaks and seen.entity.type in _PUBLISHING:
                return seen.entity
        return None

    def latest_speaker(self) -> Entity | None:
        """Who spoke last."""
        return next((s.entity for s in reversed(self._seen) if s.speaks), None)

    def last_subject(self, sentence: int, paragraph: int, before: int) -> Entity | None:
        """The person in focus: the last one who stood as a subject in this paragraph."""
        fallback: Entity | None = None
        for seen in self._back_from(before):
            if sentence - seen.sentence > 3 or seen.paragraph != paragraph:
                break
            person = seen.entity.type is PERSON
            if seen.subject and (person or seen.entity.type is UNNAMED):
                return seen.entity
            if fallback is None and seen.subject and (seen.speaks or seen.entity.type is GROUP):
                fallback = seen.entity
        return fallback

    def last_source(self, sentence: int, before: int) -> Entity | None:
        """Who spoke or acted last, in whatever paragraph: a person, or any source that spoke."""
        for seen in self._back_from(before):
            if seen.subject and (seen.speaks or seen.entity.type is PERSON):
                return seen.entity if sentence - seen.sentence <= _WINDOW else None
        return None

    def last_person(self, sentence: int, before: int) -> Entity | None:
        """The person who was a subject last, in whatever paragraph, not too far back."""
        for seen in self._back_from(before):
            if seen.subject and seen.entity.type is PERSON:
                return seen.entity if sentence - seen.sentence <= _WINDOW else None
        return None

    def first_person(self, start: int, end: float) -> Entity | None:
        """The first person who stands as a subject between two offsets of the text."""
        for seen in islice(self._seen, self.seen_up_to(start), None):
            if seen.position >= end:
                break
            if seen.subject and seen.entity.type is PERSON:
                return seen.entity
        return None

    def only_other(self, entity: Entity, sentence: int, before: int) -> Entity | None:
        """The one person beside ``entity`` of whom the few sentences up to ``sentence`` speak."""
        near = takewhile(lambda seen: sentence - seen.sentence <= _DIALOGUE, reversed(self._seen))
        others = {
            id(seen.entity): seen.entity
            for seen in near
            if seen.position < before and seen.entity is not entity and seen.entity.type is PERSON
        }
        return next(iter(others.values())) if len(others) == 1 else None

    def interviewed(self, before: int, besides: Collection[int] = ()) -> Entity | None:
        """The person whom an interview is with, of those that stand before the offset where it begins.

        The one with a role who is named first, or named first; who is named only in the sentences
        ``besides`` has signed the article.
        """
        people = [s for s in self._seen if s.entity.type is PERSON and s.sentence not in besides]
        seen = [s.entity for s in people if s.position < before] or [s.entity for s in people]
        return next((e for e in seen if e.roles), seen[0] if seen else None)


def _is_newcomer(entity: Entity) -> bool:
    """Whether it is somebody new, of whom the article goes on to tell: "une voisine", not "la voisine"."""
    name = entity.name.lower()
    return entity.type is UNNAMED and name.startswith(_NEW) and not name.startswith(_OF_SEVERAL)


def _may_mean(plural: bool, gender: str, seen: Seen, distance: int) -> bool:
    """Whether a pronoun may go back to a mention, as far as number, gender, kind and distance tell."""
    entity = seen.entity
    if entity.plural != plural:
        return False
    fits = entity.gender in (None, gender) if plural else entity.may_be(gender)
    if not fits or (entity.type is DOCUMENT and not plural):
        return False
    if seen.speaks or not entity.is_place:
        return True
    # "lui" is no town, but "elle" may be a country that acts: "la Russie"
    return seen.subject and entity.gender is not None and distance <= 1
