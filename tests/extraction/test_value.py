from __future__ import annotations

from dataclasses import replace

from quotes.extraction.value import unique, value


@value
class Place:
    """Where something stands, and what."""

    at: int
    name: str = ""


def test_values_of_the_same_fields_are_one() -> None:
    assert Place(3, "end") == Place(3, "end") != Place(4, "end")
    assert len({Place(3), Place(3), Place(4)}) == 2


def test_a_changed_value_is_another_one() -> None:
    place = Place(3)
    assert replace(place, name="end") == Place(3, "end")
    assert place == Place(3)


@unique
class Reading:
    """What was read somewhere."""

    at: int


def test_what_is_unique_is_itself_only() -> None:
    reading = Reading(3)
    assert reading != Reading(3)
    assert len({reading, reading, Reading(3)}) == 2
