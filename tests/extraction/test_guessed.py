"""Quotations whose marks don't tell their bounds, and what that takes from their confidence."""

from __future__ import annotations

import pytest

import quotes
from quotes.extraction.detect import find_quotations

PAIRED = [
    "« Le pont tient. Il a cent ans », a dit Paul Roy.",
    "« Le pont tient.\n« Il a cent ans », a dit Paul Roy.",
    '"Le pont est "solide". Il a cent ans", a dit Paul Roy.',
]
GUESSED = [
    '"Le pont tient. "Il a cent ans", a dit Paul Roy.',
    "Le pont tient », a dit Paul Roy.",
    "« Le pont tient, a dit Paul Roy.",
]


@pytest.mark.parametrize("text", PAIRED)
def test_marks_that_pair_tell_the_bounds(text: str) -> None:
    assert [q.guessed for q in find_quotations(text)] == [False]


@pytest.mark.parametrize("text", GUESSED)
def test_marks_that_do_not_pair_leave_a_guess(text: str) -> None:
    assert [q.guessed for q in find_quotations(text)] == [True]


def test_an_answer_whose_bounds_are_a_guess_is_not_sure() -> None:
    (told,) = quotes.extract("« Le pont tient. Il a cent ans », a déclaré Paul Roy.", model="never").quotes
    (guess,) = quotes.extract('"Le pont tient. "Il a cent ans", a déclaré Paul Roy.', model="never").quotes
    assert guess.speaker == told.speaker
    assert told.confidence > 0.8 > guess.confidence
