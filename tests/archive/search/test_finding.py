from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.archive import Archive, Filters
from quotes.archive.search.query import date_bound, parse
from quotes.archive.store.asking import ask
from quotes.archive.store.dialects import dialect_of
from quotes.errors import ArchiveError
from tests.archive.samples import COUNCIL, JEANNE, MARKET, extraction

STATE = "L’État n’a pas publié ses déclarations"
WORK = "Les marchand·es travaillent à l’œuvre commune"
DECLARATION = "La déclaration du marché viendra"
SEEN = "On verra"
TAX = "L’impôt baissera"


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.add(COUNCIL, extractor_version="1")
    archive.add(MARKET, extractor_version="1")
    return archive


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-5-7", "2024-05-07"),
        ("03/05/2024", "2024-05-03"),
        ("3.5.2024", "2024-05-03"),
        ("05/2024", "2024-05"),
        ("mai 2024", "2024-05"),
        ("1er Août 2024", "2024-08-01"),
        ("fevrier 2024", "2024-02"),
        ("31/02/2024", None),
        ("2024-13", None),
        ("05/03/24", None),
        ("mai", None),
        ("hier", None),
        ("", None),
        ("2024-05-17-3", None),
    ],
)
def test_dates_as_the_french_write_them(typed: str, known: str | None) -> None:
    assert date_bound(typed) == known


def test_an_unknown_field_word_is_told(filled: Archive) -> None:
    hits = filled.search("auteur:roy")
    assert hits.notes == ("auteur: is no field word, and was looked for as a word",)


def found(
    archive: Archive, query: str | None, filters: Filters | None = None, **options: object
) -> list[str]:
    return [hit.row.text for hit in archive.search(query, filters, **options).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("etat", {STATE}),
        ("l'Etat", {STATE}),
        ("oeuvre", {WORK}),
        ("déclarations", {STATE, DECLARATION}),
        ("declaration", {STATE, DECLARATION}),
        ("travaillé", {WORK}),
        ("marchandes", {WORK}),
        ('"déclaration"', {DECLARATION}),
        ("«publié ses déclarations»", {STATE}),
        ('"ses publié"', set()),
        ("impô*", {TAX}),
        ("etat impôt", set()),
        ("etat OU impôt", {STATE, TAX}),
        ("etat OR impôt", {STATE, TAX}),
        ("déclaration SAUF marché", {STATE}),
        ("déclaration NOT (marché OU impôt)", {STATE}),
        ("SAUF déclaration", {WORK, SEEN, TAX}),
        ("(etat OU impôt) baissera", {TAX}),
        ("et", set()),
        ("((((etat", {STATE}),
        ("etat)))) OU", {STATE}),
        ('locuteur:"jeanne roy"', {STATE, DECLARATION}),
        ("locuteur:roy media:gazette", {DECLARATION}),
        ("rôle:maire", {STATE}),
        ("role:saint-aubin", {STATE}),
        ("déclaration avant:2024", {DECLARATION}),
        ("déclaration apres:2024-05", {STATE}),
        ("déclaration après:05/2024", {STATE}),
        ('déclaration apres:"mai 2024"', {STATE}),
        ("déclaration avant:01/01/2024", {DECLARATION}),
        ("déclaration avant:2024-13", {STATE, DECLARATION}),
        ("après:2023-11-02 avant:2024-05", {DECLARATION, SEEN, TAX}),
        ("type:organisation", {WORK}),
        ("type:anonyme", {SEEN}),
        ("genre:femme", {STATE, DECLARATION}),
        ("genre:inconnu", {WORK}),
        ("avant:demain etat", {STATE}),
        ("heure:12", set()),
        ('"« AND (', set()),
        ("«", set()),
    ],
)
def test_the_language(filled: Archive, query: str, expected: set[str]) -> None:
    assert set(found(filled, query)) == expected
    assert {row.text for row in filled.quotes(query=query)} == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(speaker="Jeanne Roy"), {STATE, DECLARATION}),
        (Filters(speaker="JEANNE-ROY"), {STATE, DECLARATION}),
        (Filters(speaker="Roy"), {STATE, DECLARATION}),
        (Filters(speaker="inconnue"), set()),
        (Filters(speaker="'; --"), set()),
        (Filters(role="maire"), {STATE}),
        (Filters(outlet="courrier"), {STATE, WORK}),
        (Filters(since="2024"), {STATE, WORK}),
        (Filters(until="2023-11-02"), {DECLARATION, SEEN, TAX}),
        (Filters(until="2024-05"), {STATE, WORK, DECLARATION, SEEN, TAX}),
        (Filters(before="2024-05"), {DECLARATION, SEEN, TAX}),
        (Filters(gender="m"), {SEEN, TAX}),
        (Filters(gender="unknown"), {WORK}),
        (Filters(type="unnamed"), {SEEN}),
        (Filters(kind="mixed"), set()),
        (Filters(article_id=2), {DECLARATION, SEEN, TAX}),
        (Filters(min_confidence=0.95), set()),
    ],
)
def test_filters(filled: Archive, filters: Filters, expected: set[str]) -> None:
    assert set(found(filled, None, filters)) == expected
    assert {row.text for row in filled.quotes(filters)} == expected
    # The same beside full text, where the index leads.
    every = "e* OU l* OU o* OU v* OU i* OU d*"
    assert set(found(filled, every, filters)) == expected


def test_undated_quotes_are_in_no_period(archive: Archive) -> None:
    archive.add(extraction("« Toujours »", ("Toujours", JEANNE)), extractor_version="1")
    assert found(archive, None) == ["Toujours"]
    assert found(archive, None, Filters(until="2030")) == []
    assert found(archive, None, Filters(since="1900")) == []


def test_a_wrong_date_is_said(filled: Archive) -> None:
    with pytest.raises(ArchiveError, match="not a date"):
        filled.search(None, Filters(since="hier"))


def test_what_is_left_out_is_said(filled: Archive) -> None:
    assert filled.search("etat avant:demain").notes == ("left out: avant:demain",)
    assert filled.search("(«").notes == ("no word to look for in this query",)


def test_exact_words_come_first_and_can_be_asked_for_alone(filled: Archive) -> None:
    assert found(filled, "déclaration") == [DECLARATION, STATE]
    assert found(filled, "déclarations") == [STATE, DECLARATION]
    assert found(filled, "déclarations", exact=True) == [STATE]


def test_newest_first(filled: Archive) -> None:
    assert found(filled, "déclaration", sort="date") == [STATE, DECLARATION]


@pytest.mark.parametrize("sort", ["best", "date"])
@pytest.mark.parametrize("query", [None, "parole", "numéro OU parole"])
def test_pages_give_every_quote_once(archive: Archive, sort: str, query: str | None) -> None:
    for number in range(7):
        words = f"Parole numéro {number}" + " encore" * (number % 3)
        published = f"2024-0{number % 3 + 1}-01" if number % 3 else None
        archive.add(extraction(f"« {words} »", (words, JEANNE), published=published), extractor_version="1")
    seen: list[int] = []
    after = None
    for _ in range(10):
        page = archive.search(query, sort=sort, limit=2, after=after)
        seen += [hit.row.id for hit in page.hits]
        assert page.matches == 7
        after = page.next
        if after is None:
            break
    assert sorted(seen) == list(range(1, 8))
    assert seen == [hit.row.id for hit in archive.search(query, sort=sort, limit=50).hits]


@pytest.mark.parametrize("after", ["", "n'importe quoi", "W10=", "WyJkYXRlIiwgMSwgMV0="])
def test_a_wrong_place_to_go_on_from_is_said(filled: Archive, after: str) -> None:
    with pytest.raises(ArchiveError, match="go on from"):
        filled.search("etat", after=after)


def test_many_matches_are_sorted_by_date_and_that_is_said(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RANKED_AT_MOST", "COUNTED_AT_MOST", "_WALKED_FROM"):
        monkeypatch.setattr(f"quotes.archive.search.finding.{name}", 1)
    page = filled.search("déclaration")
    assert [hit.row.text for hit in page.hits] == [STATE, DECLARATION]
    assert page.notes == ("more than 1 matches: newest first, not best first",)


@pytest.mark.parametrize("query", ["parole", "paroles", "parole genre:f", "paroles SAUF numéros"])
def test_more_matches_than_are_ranked_come_newest_first(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    for number in range(9):
        words = f"Ses paroles disent {'passée' if number % 2 else 'passees'} {number}"
        archive.add(
            extraction(f"« {words} »", (words, JEANNE), published=f"2024-01-0{number + 1}"),
            extractor_version="1",
        )
    everything = [hit.row.id for hit in archive.search(query, sort="date").hits]
    assert len(everything) == 9
    for most, counted in ((9, 9), (8, 20), (3, 20), (3, 5)):
        monkeypatch.setattr("quotes.archive.search.finding.RANKED_AT_MOST", most)
        monkeypatch.setattr("quotes.archive.search.finding.COUNTED_AT_MOST", counted)
        told = min(9, counted + 1)
        page = archive.search(query, limit=2)
        assert page.matches == told
        assert bool(page.notes) == (most < 9)
        if page.notes:
            assert [hit.row.id for hit in page.hits] == everything[:2]
            page = archive.search(query, limit=20, after=page.next)
            assert (page.matches, [hit.row.id for hit in page.hits]) == (told, everything[2:])


@pytest.mark.parametrize(
    "query",
    [
        "passee",
        "passées",
        "parle",
        "parle passé",
        "parle SAUF passee",
        "passee OU (parle SAUF ville)",
        '"la ville"',
        "vil*",
        "«la vil»",
        "rien",
    ],
)
def test_quicker_ways_to_ask_find_the_same(archive: Archive, query: str) -> None:
    for number, words in enumerate(
        (
            "La vie passée ne passe pas",
            "L’heure passee est passée",
            "La ville parle",
            "Parler de la ville, passer en ville",
            "Ils parlent du passé",
            "On va la villa voir",
        )
    ):
        archive.add(extraction(f"« {words} », {number}", (words, JEANNE)), extractor_version="1")
    match = parse(query).match
    assert match is not None
    with archive.asking() as connection:
        dialect = dialect_of(connection)

        def ids(selected: str, condition: str, parameters: dict[str, Any]) -> set[int]:
            rows = ask(connection, f"SELECT {selected} WHERE {condition}", parameters)
            return {row[0] for row in rows}

        def indexed(expression: str) -> set[int]:
            return ids(f"{dialect.indexed} FROM {dialect.index}", dialect.matches, {"match": expression})

        matching = indexed(dialect.expression(match))
        assert indexed(dialect.unscored(match)) == matching
        assert indexed(dialect.surely(match)) <= matching
        assert ids("t.quote_id FROM quote_terms t", *dialect.held(match)) == matching
    assert bool(matching) == (query not in ("rien", "«la vil»"))


@pytest.mark.parametrize(
    "query", ["parole", "parole SAUF pair", "parole media:gazette", '"parole impair"', "rien"]
)
def test_the_newest_of_many_are_the_newest(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    for number in range(60):
        words = f"parole {'im' * (number % 2)}pair {number}"
        said = extraction(
            f"« {words} », {number}",
            (words, JEANNE),
            outlet="La Gazette" if number % 7 else "Le Courrier",
            published=f"2024-{1 + number * 7 % 12:02}" if number % 5 else None,
        )
        archive.add(said, extractor_version="1")

    def pages() -> list[int]:
        ids: list[int] = []
        after = None
        while True:
            page = archive.search(query, sort="date", limit=7, after=after)
            ids += [hit.row.id for hit in page.hits]
            after = page.next
            if after is None:
                return ids

    expected = pages()
    monkeypatch.setattr("quotes.archive.search.finding._WALKED_FROM", 0)
    monkeypatch.setattr("quotes.archive.search.finding._LOOKED_AT", (1, 3, 5))
    assert pages() == expected
    assert bool(expected) == (query != "rien")


def test_the_words_found_are_marked(filled: Archive) -> None:
    def marked(query: str) -> str:
        return filled.search(query).hits[0].snippet.marked("[", "]")

    assert marked("declarations etat") == "L’[État] n’a pas publié ses [déclarations]"
    assert marked("marchandes") == "Les [marchand·es] travaillent à l’œuvre commune"
    assert marked('"oeuvre commune"') == "Les marchand·es travaillent à l’[œuvre] [commune]"
    assert marked("impo* SAUF etat") == "L’[impôt] baissera"


def test_a_long_quote_is_cut_around_the_words(archive: Archive) -> None:
    words = "mot " * 200 + "rivière froide" + " fin" * 200
    archive.add(extraction(f"« {words} »", (words, JEANNE)), extractor_version="1")
    snippet = archive.search("rivière").hits[0].snippet
    assert "[rivière] froide" in snippet.marked("[", "]")
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert len(snippet.text.split()) < 50


SIGNS = ("etat", "(", ")", '"', "«", "»", "ET", "OU", "SAUF", "NOT", "*", "a*", "-", ":", "^", "'", "l'")
PIECES = (*SIGNS, "\0", "\ud800", ";--", "NEAR(a b)", "locuteur:", "avant:x", "genre:f", "exact:", "{stems}")
QUERIES = st.one_of(
    st.text(),
    st.text(st.characters()),  # lone surrogates and NUL among them
    st.lists(st.sampled_from(PIECES)).map(" ".join),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(query=QUERIES, exact=st.booleans())
def test_no_query_breaks_the_search(filled: Archive, query: str, exact: bool) -> None:
    page = filled.search(query, exact=exact)
    assert len(page.hits) == page.matches
    for hit in page.hits:
        assert hit.snippet.marked("", "") == hit.row.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(value=st.text(st.characters()))
def test_no_filter_breaks_the_search(filled: Archive, value: str) -> None:
    for filters in (Filters(speaker=value), Filters(role=value), Filters(outlet=value)):
        assert len(found(filled, None, filters)) <= 5


@pytest.mark.parametrize(
    "query",
    [
        "(" * 5_000,
        "(a " * 600,
        "a OU " * 500,
        "SAUF (" * 300 + "a",
        "a " * 1_000,
        "«" * 100_000,
        "a" * 100_000,
    ],
)
def test_monstrous_queries_are_answered(filled: Archive, query: str) -> None:
    assert filled.search(query).matches <= 5
