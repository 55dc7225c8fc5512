from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quotes.archive import Archive, Filters
from quotes.archive.search.counts import DIMENSIONS, Count, shares
from quotes.archive.search.odd_dates import odd_dates
from quotes.errors import ArchiveError
from quotes.model import Article, Extraction, QuoteKind
from tests.archive.samples import COUNCIL, JEANNE, MARKET, PAUL, extraction, quote


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


ROLES = ("ministre de l’Intérieur", "Le ministre de l'intérieur", "le Ministre de l’interieur")


@pytest.fixture
def ministers(archive: Archive) -> Archive:
    for number, role in enumerate((*ROLES, ROLES[0])):
        text = f"« Nous verrons {number} », dit Jeanne Roy."
        said = extraction(text, (f"Nous verrons {number}", JEANNE, role), published=f"2024-0{number + 1}-01")
        archive.add(said, extractor_version="1")
    return archive


def test_a_role_is_one_however_it_is_written(ministers: Archive) -> None:
    assert [(one.value, one.quotes) for one in ministers.count_by("role")] == [(ROLES[0], 4)]
    for typed in (*ROLES, "MINISTRE DE L'INTERIEUR", "ministre intérieur"):
        assert ministers.search("", Filters(role=typed)).matches == 4
    assert ministers.speaker("Jeanne Roy").roles == (ROLES[0],)
    assert ministers.portrait(1).roles == ((ROLES[0], "2024-01-01", "2024-04-01", 4),)
    assert [(one.first, one.quotes) for one in ministers.count_by_two(("role", "year"))] == [(ROLES[0], 4)]


def test_a_quote_within_told_words_is_one_utterance(archive: Archive) -> None:
    told = "que le pont « ne tiendra pas l’hiver » et qu’il faudra le fermer"
    text = f"Jeanne Roy assure {told}. « On verra », dit Paul."
    extracted = Extraction(
        Article(text),
        (
            quote(text, told, JEANNE, kind=QuoteKind.INDIRECT),
            quote(text, "ne tiendra pas l’hiver", JEANNE, kind=QuoteKind.MIXED),
            quote(text, "On verra", PAUL),
        ),
    )
    archive.add(extracted, extractor_version="1")
    once = Filters(within_told=False)
    assert [(one.value, one.quotes) for one in archive.count_by("speaker", None, once)] == [
        (JEANNE.name, 1),
        (PAUL.name, 1),
    ]
    assert sum(one.quotes for one in archive.count_by("speaker")) == 3
    assert archive.gender_shares(None, once)[0].quotes == 1
    # Words that somebody else said are another utterance.
    other = replace(extracted, quotes=(extracted.quotes[0], replace(extracted.quotes[1], speaker=PAUL)))
    archive.reextract(1, other, extractor_version="2")
    assert sum(one.quotes for one in archive.count_by("speaker", None, once)) == 2


def test_two_dimensions(filled: Archive) -> None:
    found = filled.count_by_two(("gender", "outlet"))
    assert [(one.first, one.second, one.quotes) for one in found] == [
        ("f", "La Gazette", 1),
        ("f", "Le Courrier du Val", 1),
        ("m", "La Gazette", 2),
        (None, "Le Courrier du Val", 1),
    ]
    assert sum(one.words for one in found) == sum(one.words for one in filled.count_by("kind"))
    assert next(one.first for one in filled.count_by_two(("year", "gender"))) == "2023"
    assert filled.count_by_two(("gender", "outlet"), "«") == []
    with pytest.raises(ArchiveError, match="twice"):
        filled.count_by_two(("gender", "gender"))
    with pytest.raises(ArchiveError, match="humeur"):
        filled.count_by_two(("gender", "humeur"))


def test_dates_that_cannot_be() -> None:
    counts = [Count("1900", 1, 5), Count("2023", 60, 9), Count("2024", 40, 9), Count("2061", 2, 9)]
    today = date(2024, 12, 31)
    assert [one.value for one in odd_dates(counts, today)] == ["1900", "2061"]
    # Tomorrow's paper, and an archive that does go back a long way.
    assert odd_dates([Count("2025-01", 1, 1)], today) == []
    assert odd_dates([Count("1920", 50, 9), Count("2024", 50, 9), Count(None, 3, 3)], today) == []
    assert odd_dates([], today) == []
