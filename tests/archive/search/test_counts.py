from __future__ import annotations

import pytest

from quotes.archive import Archive, Filters
from quotes.archive.search.counts import DIMENSIONS, Count, shares
from quotes.errors import ArchiveError
from tests.archive.samples import COUNCIL, MARKET


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.add(COUNCIL, extractor_version="1")
    archive.add(MARKET, extractor_version="1")
    return archive


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        ("outlet", [("La Gazette", 3), ("Le Courrier du Val", 2)]),
        ("month", [("2023-11", 3), ("2024-05", 2)]),
        ("year", [("2023", 3), ("2024", 2)]),
        ("type", [("person", 3), ("organization", 1), ("unnamed", 1)]),
        ("gender", [("f", 2), ("m", 2), (None, 1)]),
        ("kind", [("direct", 5)]),
        ("role", [(None, 3), ("maire de Saint-Aubin", 1), ("députée", 1)]),
    ],
)
def test_counts(filled: Archive, dimension: str, expected: list[tuple[str | None, int]]) -> None:
    assert [(count.value, count.quotes) for count in filled.count_by(dimension)] == expected


def test_words_are_counted_as_they_are_indexed(filled: Archive) -> None:
    # "L’État n’a pas publié ses déclarations" without its elided words, "La déclaration du marché viendra"
    assert filled.count_by("speaker", limit=1) == [Count("Jeanne Roy", 2, 11)]


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_search_is_counted(filled: Archive, dimension: str) -> None:
    assert sum(count.quotes for count in filled.count_by(dimension, "déclaration")) == 2
    assert sum(count.quotes for count in filled.count_by(dimension, "SAUF déclaration")) == 3
    assert sum(count.quotes for count in filled.count_by(dimension, None, Filters(gender="m"))) == 2
    assert filled.count_by(dimension, "«") == []


def test_facets_agree_with_the_search(filled: Archive) -> None:
    facets = filled.facets("déclaration locuteur:roy")
    assert set(facets) == {"speaker", "outlet", "year", "type"}
    assert facets["speaker"] == [Count("Jeanne Roy", 2, 11)]
    assert [count.value for count in facets["year"]] == ["2023", "2024"]


def test_an_unknown_dimension_is_said(filled: Archive) -> None:
    with pytest.raises(ArchiveError, match="outlet, month"):
        filled.count_by("humeur")


def test_shares_are_of_persons_and_state_the_unknown(filled: Archive) -> None:
    women, men = filled.gender_shares()
    assert (women.gender, women.quotes, men.quotes) == ("f", 2, 1)
    assert women.of_quotes == pytest.approx(2 / 3)
    assert filled.gender_shares("«") == []


def test_shares_of_nothing() -> None:
    assert shares([]) == []


def test_intervals_hold_the_share_and_shrink_with_more_articles() -> None:
    few = [{"f": (1, 10)}, {"m": (2, 10)}, {"f": (1, 5), None: (1, 5)}] * 4
    many = few * 100
    widths = []
    for articles in (few, many):
        found = shares(articles)  # type: ignore[arg-type]
        assert [share.gender for share in found] == ["f", "m", None]
        assert sum(share.of_quotes for share in found) == pytest.approx(1)
        low, high = found[0].of_words_interval
        assert low <= found[0].of_words <= high
        widths.append(high - low)
    assert widths[1] < widths[0] / 3
    assert shares(few) == shares(few)  # type: ignore[arg-type]
