"""What a search can be narrowed by, counted at once; of many quotes it is estimated."""

from __future__ import annotations

import pytest

from quotes.archive import Archive, Filters
from quotes.archive.search import narrowing
from quotes.archive.search.counts import DIMENSIONS
from quotes.errors import ArchiveError
from tests.archive.samples import COUNCIL, JEANNE, MARKET, PAUL, extraction


def fill(archive: Archive, number: int) -> None:
    for one in range(number):
        words = f"Le marché numéro {one} est ouvert"
        speaker = JEANNE if one % 4 else PAUL
        found = extraction(
            f"« {words} »", (words, speaker), published=f"20{10 + one % 3}-05-01", outlet="Le Matin"
        )
        archive.add(found, extractor_version="1")


@pytest.mark.parametrize("query", [None, "etat OU marche", 'locuteur:"Jeanne Roy"'])
def test_the_numbers_are_those_of_counting_by_each(archive: Archive, query: str | None) -> None:
    archive.add(COUNCIL, extractor_version="1")
    archive.add(MARKET, extractor_version="1")
    found = archive.narrowings(DIMENSIONS, query, limit=5)
    assert not found.estimated
    for dimension in DIMENSIONS:
        counted = archive.count_by(dimension, query, limit=5)
        assert sorted(found.values[dimension], key=str) == sorted(
            ((one.value, one.quotes) for one in counted), key=str
        )


def test_of_many_quotes_some_are_counted(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(archive, 240)
    monkeypatch.setattr(narrowing, "COUNTED", 60)
    found = archive.narrowings(["speaker", "year", "outlet"], "marché", limit=5)
    assert found.estimated
    speakers = dict(found.values["speaker"])
    assert 150 <= speakers["Jeanne Roy"] <= 210
    assert 35 <= speakers[PAUL.name] <= 85
    assert [year for year, _ in found.values["year"]] == ["2012", "2011", "2010"]
    few = archive.narrowings(["year"], "marché", Filters(until="2010", speaker=PAUL.name), limit=5)
    assert (few.values["year"], few.estimated) == ((("2010", 20),), False)


def test_exact_words_are_counted_as_they_are_found(archive: Archive) -> None:
    fill(archive, 8)
    assert archive.narrowings(["year"], "marchés", limit=3).values["year"] != ()
    assert archive.narrowings(["year"], "marchés", exact=True, limit=3).values["year"] == ()


def test_a_number_known_before_changes_none(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(archive, 240)
    known = {}
    for most in (60, 1_000):
        monkeypatch.setattr(narrowing, "COUNTED", most)
        known[most] = archive.narrowings(["speaker", "year"], "marché", limit=5, matches=240)
        assert known[most] == archive.narrowings(["speaker", "year"], "marché", limit=5)
    assert (known[60].estimated, known[1_000].estimated) == (True, False)


def test_an_estimate_from_a_few_has_one_digit(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(archive, 240)
    monkeypatch.setattr(narrowing, "COUNTED", 60)
    year = archive.narrowings(["year"], "marché", limit=5).values["year"]
    assert all(quotes % 10 == 0 for _, quotes in year)


def test_nothing_that_can_be_looked_for_has_no_values(archive: Archive) -> None:
    assert archive.narrowings(["kind"], "?!", limit=3).values == {"kind": ()}
    with pytest.raises(ArchiveError, match="can't count by 'weather'"):
        archive.narrowings(["weather"], limit=3)
