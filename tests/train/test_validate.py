"""Thresholds: what is named from which probability on."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.train.validate import Answered, source_thresholds


def given(sort: str, chances: dict[float, tuple[int, int]]) -> Iterator[Answered]:
    """So many right and wrong answers at each probability."""
    for chance, (right, wrong) in chances.items():
        for number in range(right + wrong):
            yield Answered(0.9, chance, number < right, True, sort)


def test_names_are_given_where_f1_gains_and_the_nameless_sooner() -> None:
    answers = [
        *given("person", {0.9: (950, 50), 0.6: (60, 40), 0.3: (30, 170)}),
        *given("group", {0.9: (90, 10), 0.3: (2, 3)}),
    ]
    cuts = source_thresholds(answers, 0.001, 0.001)
    assert 0.3 < cuts["speaker"] < 0.62
    assert cuts["group|speaker"] < 0.3


def test_nameless_ones_that_are_mostly_wrong_are_left_out_all_the_same() -> None:
    answers = [
        *given("person", {0.9: (95, 5), 0.6: (60, 40)}),
        *given("group", {0.9: (20, 1), 0.3: (1, 90)}),
    ]
    assert source_thresholds(answers, 0.001, 0.001)["group|speaker"] > 0.3


def test_of_thresholds_that_are_as_good_the_highest_is_taken() -> None:
    answers = list(given("person", {0.9: (90, 10), 0.3: (0, 50)}))
    assert source_thresholds(answers, 0.001, 0.001)["speaker"] == 0.7
