"""A calibration carried over to other weights."""

from __future__ import annotations

from quotes.train.ranks import carried_by_rank

SAID = [n / 100 for n in range(1, 100)]


def test_answers_of_the_same_rank_are_as_sure_as_before() -> None:
    halved = [said / 2 for said in SAID]
    points = {"0.2": 0.3, "0.6": 0.7, "0.9": 0.95}
    assert carried_by_rank(points, SAID, halved) == {"0.100": 0.3, "0.300": 0.7, "0.450": 0.95}


def test_the_same_answers_keep_their_calibration() -> None:
    assert carried_by_rank({"0.250": 0.2, "0.750": 0.8}, SAID, SAID) == {"0.250": 0.2, "0.750": 0.8}


def test_a_few_answers_rank_nothing() -> None:
    assert carried_by_rank({"0.25": 0.2}, SAID[:5], [0.5]) == {"0.25": 0.2}
