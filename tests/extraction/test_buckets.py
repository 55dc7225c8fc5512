from __future__ import annotations

import pytest

from quotes.extraction.clues.buckets import scale

GAPS = scale(((-1, "after"), (0, "0"), (2, "1-2")), "3+")


@pytest.mark.parametrize(
    ("value", "name"),
    [(-5, "after"), (-1, "after"), (0, "0"), (0.5, "1-2"), (2, "1-2"), (2.1, "3+"), (99, "3+")],
)
def test_a_number_has_the_name_of_the_first_bound_that_it_does_not_pass(value: float, name: str) -> None:
    assert GAPS[value] == name
    assert GAPS[value] == name  # asked again


def test_whole_clues_are_made_of_the_names() -> None:
    assert GAPS.clues("gap:", ",weak")[7] == "gap:3+,weak"
