"""Does what is learnt about sure answers say how many of them are right?"""

import random

import pytest

pytest.importorskip("sklearn", reason="learning needs the extra quotes[train]")

from quotes.train.validate import calibration


def test_a_judge_that_is_too_sure_is_believed_less() -> None:
    """Of those that it says with p, p² are right."""
    chance = random.Random(7)
    said = [chance.uniform(0.3, 0.999) for _ in range(6_000)]
    points = calibration(said, [chance.random() < p * p for p in said])
    assert len(points) == 20
    for point, right in points.items():
        assert right == pytest.approx(float(point) ** 2, abs=0.04), point


def test_a_surer_answer_is_never_believed_less_than_another() -> None:
    chance = random.Random(8)
    said = [chance.betavariate(5, 1) for _ in range(300)]  # few enough for chance to go up and down
    found = list(calibration(said, [chance.random() < p for p in said]).values())
    assert found == sorted(found)
    assert found[0] >= 0.02
    assert found[-1] <= 0.99


def test_an_answer_without_any_doubt_is_no_error() -> None:
    found = calibration([1.0, 1.0, 0.5, 0.0] * 20, [True, True, False, False] * 20)
    assert all(0.02 <= right <= 0.99 for right in found.values())
