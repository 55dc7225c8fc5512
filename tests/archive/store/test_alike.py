"""An archive on a server answers as a file does: the same in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.archive import Archive, open_archive
from quotes.archive.store import clock
from tests.archive.many import WORDS, fill
from tests.postgresql import Server


@pytest.fixture(scope="module")
def both(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    """The same archive in a file and on a server, made at the same moment; for reading."""
    path = tmp_path_factory.mktemp("fichier") / "paroles.db"
    with (
        server.empty_database() as address,
        open_archive(path) as in_file,
        open_archive(address) as on_server,
    ):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(clock, "now", lambda: "2024-05-17T12:00:00+00:00")
            fill(in_file)
            fill(on_server)
        yield in_file, on_server


QUERIES = (
    None,
    "climat",
    "déclaration",
    "déclaration budget",
    "climat OU météo OU pluie",
    "travaillent SAUF impôt",
    "SAUF climat",
    "SAUF (climat OU (eau impôts))",
    '"climat météo"',
    '"eau eau" OU "impôt impôts"',
    "trav*",
    "imp* OU «l’eau eaux»",
    "marchandes école (neige OU pluie)",
    "locuteur:élise climat",
    "role:maire avant:2020",
    "genre:inconnu media:gazette type:personne eau",
    "introuvable",
)


def pages(archive: Archive, query: str | None, *, exact: bool, sort: str) -> list[object]:
    seen: list[object] = []
    after = None
    while True:
        hits = archive.search(query, exact=exact, sort=sort, limit=7, after=after)
        seen += [(hit.row, hit.snippet, round(hit.score, 9)) for hit in hits.hits]
        seen.append((hits.matches, hits.notes))
        after = hits.next
        if after is None:
            return seen


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("few", [5, 30])
def test_many_matches_are_the_same_in_the_same_order(
    both: tuple[Archive, Archive], monkeypatch: pytest.MonkeyPatch, query: str | None, few: int
) -> None:
    monkeypatch.setattr("quotes.archive.search.finding.RANKED_AT_MOST", few)
    monkeypatch.setattr("quotes.archive.search.finding.COUNTED_AT_MOST", 2 * few)
    monkeypatch.setattr("quotes.archive.search.finding._WALKED_FROM", few // 2)
    for exact in (False, True):
        for sort in ("best", "date"):
            in_file, on_server = (pages(archive, query, exact=exact, sort=sort) for archive in both)
            assert in_file == on_server


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_finds_the_same_in_the_same_order(both: tuple[Archive, Archive], query: str | None) -> None:
    for exact in (False, True):
        for sort in ("best", "date"):
            found = [pages(archive, query, exact=exact, sort=sort) for archive in both]
            assert found[0] == found[1]
    in_file, on_server = both
    assert list(in_file.quotes(query=query)) == list(on_server.quotes(query=query))
    assert list(in_file.quoted(query=query)) == list(on_server.quoted(query=query))
    assert in_file.facets(query) == on_server.facets(query)
    assert in_file.gender_shares(query) == on_server.gender_shares(query)
    for dimension in ("outlet", "month", "role", "kind", "gender", "speaker"):
        assert in_file.count_by(dimension, query) == on_server.count_by(dimension, query)


PIECES = st.sampled_from(
    [*WORDS, "OU", "SAUF", "(", ")", '"', "«", "»", "trav*", "e*", '"eau eaux"', "genre:f", "media:gazette"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=9).map(" ".join), st.booleans())
def test_any_query_is_answered_alike(both: tuple[Archive, Archive], query: str, exact: bool) -> None:
    found = [
        [(hit.row.id, round(hit.score, 9)) for hit in archive.search(query, exact=exact, limit=500).hits]
        for archive in both
    ]
    assert found[0] == found[1]


def test_exact_words_come_first(both: tuple[Archive, Archive]) -> None:
    for archive in both:
        texts = [hit.row.text for hit in archive.search("impôts", limit=500).hits]
        exact = ["impôts" in text.split() for text in texts]
        assert exact[0]
        assert not exact[-1]


def test_all_else_is_the_same(both: tuple[Archive, Archive]) -> None:
    in_file, on_server = both
    assert in_file.counts() == on_server.counts()
    for sort in ("count", "last", "name"):
        assert list(in_file.speakers(sort=sort)) == list(on_server.speakers(sort=sort))
    for speaker in in_file.speakers():
        assert in_file.portrait(speaker.id) == on_server.portrait(speaker.id)
    assert in_file.suggest() == on_server.suggest()
    assert in_file.names_like("Élise Ete") == on_server.names_like("Élise Ete")
    assert in_file.least_certain(limit=20) == on_server.least_certain(limit=20)
    assert in_file.utterances(limit=50) == on_server.utterances(limit=50)
    assert in_file.utterances(limit=50)
    for row in list(in_file.quotes())[:20]:
        altered = " ".join(row.text.split()[1:]) + " encore"
        assert in_file.find_said(altered) == on_server.find_said(altered)
    assert in_file.history() == on_server.history()
    assert in_file.corrections() == on_server.corrections()
    assert in_file.failures() == on_server.failures()
    assert list(in_file.articles()) == list(on_server.articles())
    for article in in_file.articles():
        assert in_file.article(article.id) == on_server.article(article.id)
        assert in_file.versions(article.id) == on_server.versions(article.id)
    assert list(in_file.checked()) == list(on_server.checked())
    assert in_file.check() == on_server.check() == []
