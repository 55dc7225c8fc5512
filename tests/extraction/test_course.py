"""Whom a pronoun means: what is left out without being weighed couldn't have been it."""

from __future__ import annotations

import random

import pytest

from quotes.extraction import course
from quotes.extraction.course import Course
from quotes.extraction.entities import UNNAMED, Entity, Seen
from quotes.model import SpeakerType

PRONOUNS = ("il", "elle", "ils", "elles", "celui-ci", "celles-ci", "ceux-ci", "lui")
SENTENCE, PARAGRAPH = 20, 60  # their lengths in characters


def somebody(rng: random.Random) -> Entity:
    name = rng.choice(("Jeanne Roy", "une voisine", "le maire", "Noxia", "Brume-sur-Vère"))
    gender = rng.choice(("m", "f", None))
    return Entity(name, rng.choice(list(SpeakerType)), gender, plural=rng.random() < 0.3)


def some_course(rng: random.Random) -> Course:
    """Mentions, each noted as of its own sentence or, as a letter's writer is, of the one before or after."""
    found = Course()
    known = [somebody(rng) for _ in range(6)]
    for position in rng.sample(range(400), 40):
        sentence = position // SENTENCE + rng.choice((0, 0, 0, -1, 1))
        subject, speaks = rng.random() < 0.4, rng.random() < 0.3
        found.note(rng.choice(known), sentence, position // PARAGRAPH, subject, position, speaks=speaks)
    return found


def meant(found: Course, pronoun: str, sentence: int, paragraph: int, before: int) -> Entity | None:
    """Whom a pronoun means, with every mention weighed that stands before it and not too far back."""
    plural = pronoun.removesuffix("-ci").endswith(("s", "x"))
    gender = "f" if "elle" in pronoun else "m"
    weighed: list[tuple[float, Entity]] = []
    for seen in found._back_from(before):
        distance = sentence - seen.sentence
        if distance > course._WINDOW:
            break
        if not course._may_mean(plural, gender, seen, distance):
            continue
        if pronoun.endswith("-ci") and not plural:
            if seen.entity.type in course._SINGLE or (distance == 1 and seen.entity.gender == gender):
                return seen.entity
            continue
        likely = course._ACTS * seen.subject + course._SPEAKS * seen.speaks - distance
        likely -= course._ELSEWHERE * (paragraph != seen.paragraph)
        of_any_gender = seen.entity.form is None or not course._is_newcomer(seen.entity)
        likely -= course._OF_ANY_GENDER * (seen.entity.gender is None and of_any_gender)
        likely -= 0.0 if plural else loss_of_its_sort(found, seen, gender, sentence, paragraph, before)
        weighed.append((likely - 0.00001 * (before - seen.position), seen.entity))
    return max(weighed, key=lambda m: m[0])[1] if weighed else None


def loss_of_its_sort(
    found: Course, seen: Seen, gender: str, sentence: int, paragraph: int, before: int
) -> float:
    """How much less likely "il" or "elle" means a mention for what sort of source it is of."""
    distance = sentence - seen.sentence
    goes_on = seen.speaks and distance <= 1 and paragraph - seen.paragraph <= 1
    if goes_on and seen.entity.type is UNNAMED:
        return 0.0
    there = distance == 1 and paragraph == seen.paragraph
    if there and found._has_person(gender, paragraph, before):
        there = course._is_newcomer(seen.entity)
    if goes_on and there:
        return course._SPOKE_BEFORE
    loss = course._LESS_LIKELY.get(seen.entity.type, 0.0)
    if not (there and seen.subject):
        return loss
    alone = seen.entity.type is UNNAMED and not found._has_person_in(seen.sentence, gender, before)
    return 0.0 if alone else min(loss, course._ACTED_BEFORE)


@pytest.mark.parametrize("seed", range(100))
def test_a_pronoun_means_the_likeliest_of_all_mentions(seed: int) -> None:
    found = some_course(random.Random(seed))
    for pronoun in PRONOUNS:
        for before in range(15, 440, SENTENCE):
            where = before // SENTENCE, before // PARAGRAPH, before
            assert found.of_pronoun(pronoun, *where) is meant(found, pronoun, *where)
