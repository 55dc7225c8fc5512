from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.archive import Archive, Change, Filters
from quotes.archive.search.terms import index_columns
from quotes.archive.wordings.comparing import EditKind, Likeness, compare
from quotes.archive.wordings.likeness import Wording, same_utterance, sketch
from quotes.archive.wordings.linking import Analysed, _Links, link_everything, sketch_everything
from quotes.model import Extraction
from tests.archive.samples import JEANNE, PAUL, extraction

BODY = "Nous ne fermerons jamais le marché couvert de Saint-Aubin tant que je serai maire"
HEADLINE = "Nous ne fermerons jamais le marché couvert"
AGENCY = "Nous ne fermerons pas le marché couvert de Saint-Aubin tant que je serai maire"
OTHER = "La piscine municipale ouvrira ses portes au printemps prochain, sauf imprévu"


def add(archive: Archive, words: str, day: int, speaker: object = JEANNE) -> int:
    article = extraction(f"« {words} »", (words, speaker), published=f"2024-01-{day:02d}")  # type: ignore[arg-type]
    return archive.add(article, extractor_version="1").article_id


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for day, words in enumerate((BODY, OTHER, HEADLINE), 1):
        add(archive, words, day)
    archive.add(
        extraction(f"Selon elle, « {AGENCY} ».", (AGENCY, JEANNE), published="2024-01-04"),
        extractor_version="1",
    )
    return archive


@pytest.mark.parametrize(
    ("asked", "likeness", "first"),
    [
        (BODY, Likeness.EXACT, BODY),
        (BODY.upper().replace("É", "E"), Likeness.EXACT, BODY),
        ("la piscine municipale ouvrira ses portes", Likeness.PART, OTHER),
        ("La piscine municipale ouvrira ses portes en mars, au printemps prochain", Likeness.ALTERED, OTHER),
        ("Les piscines municipales ouvriront leurs portes au printemps", Likeness.ALTERED, OTHER),
    ],
)
def test_who_said_it(filled: Archive, asked: str, likeness: Likeness, first: str) -> None:
    best = filled.find_said(asked)[0]
    assert best.row.text == first
    assert best.comparison.likeness is likeness
    assert best.row.speaker == "Jeanne Roy"


def test_what_the_archive_shortens_is_found(archive: Archive) -> None:
    add(archive, HEADLINE, 1)
    (found,) = archive.find_said(BODY)
    assert found.comparison.likeness is Likeness.SHORTENED


def test_the_closest_come_first(filled: Archive) -> None:
    assert [found.row.text for found in filled.find_said(AGENCY)] == [AGENCY, BODY, HEADLINE]


@pytest.mark.parametrize("asked", ["Les poissons volent haut", "", "« »", "zzz", "le de la"])
def test_nothing_close_is_nothing(filled: Archive, asked: str) -> None:
    assert filled.find_said(asked) == []


def test_a_check_is_filtered(filled: Archive) -> None:
    add(filled, BODY + " enfin", 9, PAUL)
    assert [found.row.speaker for found in filled.find_said(BODY, Filters(speaker="Vasseur"))] == [
        "Paul Vasseur-Lemoine"
    ]


def test_words_that_everybody_says_are_looked_for_in_pairs(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.archive.wordings.checking._RANKED", 0)
    assert [found.row.text for found in filled.find_said(BODY)] == [BODY, AGENCY, HEADLINE]
    assert [found.row.text for found in filled.find_said("Les piscines sauf")] == []


def test_a_readonly_archive_is_checked(filled: Archive) -> None:
    from quotes.archive import open_archive

    with open_archive(filled.place, readonly=True) as reader:
        assert reader.find_said(OTHER)[0].comparison.score == 1


def edits(asked: str, archived: str) -> list[tuple[EditKind, str, str]]:
    compared = compare(asked, archived)
    assert compared is not None
    return [
        (edit.kind, edit.archived, edit.asked) for edit in compared.edits if edit.kind is not EditKind.SAME
    ]


def test_differences_are_told_word_by_word() -> None:
    assert edits(AGENCY, BODY) == [(EditKind.CHANGED, "jamais", "pas")]
    assert edits("Nous fermerons le marché", "Nous ne fermerons jamais le marché") == [
        (EditKind.DROPPED, "ne", ""),
        (EditKind.DROPPED, "jamais", ""),
    ]
    assert edits("Le marché ferme bientôt", "Oui, le marché ferme demain soir") == [
        (EditKind.CHANGED, "demain", "bientôt")
    ]
    assert edits("Le grand marché ferme", "Le marché ferme") == [(EditKind.ADDED, "", "grand")]
    assert edits("Le marché ferme", "Les marchés ferment") == [
        (EditKind.CHANGED, "Les marchés ferment", "Le marché ferme")
    ]


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    compared = compare(one, other)
    assert compared is None or 0 <= compared.score <= 1
    same = compare(one, one)
    assert same is None or (same.likeness is Likeness.EXACT and same.score == 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.text(st.characters()))
def test_anything_can_be_checked(filled: Archive, asked: str) -> None:
    assert len(filled.find_said(asked)) <= 4


def test_quotes_that_say_the_same_are_linked(filled: Archive) -> None:
    (utterance,) = filled.utterances()
    assert [found.row.text for found in utterance.appearances] == [BODY, HEADLINE, AGENCY]
    kinds = [found.comparison.likeness for found in utterance.appearances]
    assert kinds == [Likeness.EXACT, Likeness.PART, Likeness.ALTERED]
    assert filled.utterance_of(1) == utterance
    assert filled.utterance_of(2) is None


def test_a_quote_joins_two_utterances(archive: Archive) -> None:
    first = "Le maire fermera demain matin la grande piscine municipale du quartier nord"
    second = "Quartier sud aussi, les travaux commenceront bientôt devant la vieille gare routière"
    for day, words in enumerate((first, first + " hélas", second, second + " enfin"), 1):
        add(archive, words, day)
    assert len(archive.utterances()) == 2
    add(archive, f"{first}. {second}", 5)
    (utterance,) = archive.utterances()
    assert len(utterance.appearances) == 5


def test_links_hold_after_corrections_and_go_with_the_quote(filled: Archive) -> None:
    before = filled.utterances()[0]
    filled.fix(1, Change(), who="ida")
    after = filled.utterances()[0]
    assert [found.row.id for found in after.appearances] == [found.row.id for found in before.appearances]
    filled.reextract(3, Extraction(filled.article(3).article), extractor_version="2")
    assert [found.row.text for found in filled.utterances()[0].appearances] == [BODY, AGENCY]
    with filled.reading() as connection:
        left = connection.exec_driver_sql(
            "SELECT count(*) FROM quote_sketches WHERE quote_id NOT IN (SELECT id FROM quotes)"
        ).scalar()
    assert left == 0


def test_short_quotes_are_nobodys_double(archive: Archive) -> None:
    add(archive, "On verra bien", 1)
    archive.add(extraction("Lui : « On verra bien »", ("On verra bien", PAUL)), extractor_version="1")
    assert archive.utterances() == []


def test_sketches_meet_where_wordings_do() -> None:
    body, headline, other = (index_columns(words)[1].split() for words in (BODY, HEADLINE, OTHER))
    assert set(sketch(body)) & set(sketch(headline))
    assert not set(sketch(body)) & set(sketch(other))
    assert same_utterance(Wording(body), Wording(headline))
    assert not same_utterance(Wording(body), Wording(other))


def test_a_quote_inside_another_is_no_second_appearance(archive: Archive) -> None:
    archive.add(extraction(f"« {BODY} »", (BODY, JEANNE), (HEADLINE, PAUL)), extractor_version="1")
    assert archive.utterances() == []
    # A pull quote further down is.
    archive.add(
        extraction(f"« {HEADLINE} ! » Ou plutôt : « {AGENCY} »", (HEADLINE, JEANNE), (AGENCY, JEANNE)),
        extractor_version="1",
    )
    (utterance,) = archive.utterances()
    assert len(utterance.appearances) == 4


def test_sketches_made_anew_are_those_of_ingestion(filled: Archive) -> None:
    every = "SELECT hash, quote_id FROM quote_sketches ORDER BY 1, 2"
    with filled.writing() as connection:
        before = connection.exec_driver_sql(every).all()
        sketch_everything(connection)
        assert connection.exec_driver_sql(every).all() == before
    assert before


def test_what_everybody_says_is_kept_with_few(archive: Archive) -> None:
    phrase = "Nous prendrons toutes nos responsabilités"
    texts = [f"« {phrase} numéro{number} absolument inédit{number} »" for number in range(60)]
    archive.add_all([extraction(one, (one[2:-2], PAUL)) for one in texts], extractor_version="1")
    with archive.reading() as connection:
        kept = connection.exec_driver_sql(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM quote_sketches GROUP BY hash) AS held"
        ).scalar()
    assert kept == 40


def test_a_pair_on_many_lips_takes_a_second_one(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[int, int]] = []
    compare_pair = _Links.compare

    def counted(links: _Links, one: Analysed, other: int) -> None:
        compared.append((one.quote_id, other))
        compare_pair(links, one, other)

    monkeypatch.setattr(_Links, "compare", counted)
    # The pair "maire annonce" is all that these share.
    for number in range(20):
        add(archive, f"Le maire annonce fontaine{number} pavillon{number} toboggan{number}", 1 + number)
    assert len(compared) < 20 * 19 / 4
    assert archive.utterances() == []
    # What is said word for word by twenty is one utterance all the same.
    for number in range(20):
        add(archive, f"{BODY}{'…' * number}", 1 + number)
    (utterance,) = archive.utterances()
    assert len(utterance.appearances) == 20


def test_an_older_archive_is_linked_by_its_upgrade(filled: Archive) -> None:
    before = filled.utterances()
    with filled.writing() as connection:
        connection.exec_driver_sql("DELETE FROM quote_sketches")
        connection.exec_driver_sql("UPDATE quotes SET utterance_id = NULL")
        link_everything(connection)
    assert filled.utterances() == before
