from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.archive import Archive, Change
from quotes.archive.corrections.overlay import RULE
from quotes.errors import ArchiveError
from quotes.model import Extraction, NotQuote, Quote, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, MARKET, PAUL, full

PIERRE = Speaker("Pierre Ober", SpeakerType.PERSON)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.add(COUNCIL, extractor_version="1")
    archive.add(MARKET, extractor_version="1")
    archive.add(full(), extractor_version="1")
    return archive


def first_quote(archive: Archive, article_id: int = 1) -> Quote:
    return archive.article(article_id).quotes[0].quote


def test_a_wrong_speaker_is_corrected(filled: Archive) -> None:
    filled.fix(1, Change(speaker=PIERRE, role="adjoint"), who="ida")
    quote = first_quote(filled)
    assert quote.speaker == PIERRE
    assert quote.role is not None
    assert quote.role.text == "adjoint"
    assert (quote.rule, quote.confidence) == (RULE, 1.0)
    (correction,) = filled.corrections()
    assert correction.instead == COUNCIL.quotes[0]
    assert (correction.exact, correction.who) == ("L’État n’a pas publié ses déclarations", "ida")
    assert filled.search("déclarations", exact=True).hits[0].row.speaker == "Pierre Ober"
    assert filled.check() == []


def test_an_answer_is_taken_away(filled: Archive) -> None:
    filled.fix(1, Change(no_speaker=True, no_role=True), who="ida")
    quote = first_quote(filled)
    assert (quote.speaker, quote.role, quote.mention) == (None, None, None)


def test_what_is_no_quote_goes_from_the_search(filled: Archive) -> None:
    filled.fix(1, Change(not_a_quote=True), who="ida")
    assert filled.search("publié").matches == 0
    exact = "L’État n’a pas publié ses déclarations"
    assert filled.article(1).not_quotes == (NotQuote(2, 2 + len(exact), exact, "corrected"),)
    assert filled.check() == []


def test_other_quotes_keep_their_numbers(filled: Archive) -> None:
    before = [stored.id for stored in filled.article(2).quotes]
    filled.fix(before[1], Change(speaker=PIERRE), who="ida")
    assert [stored.id for stored in filled.article(2).quotes] == before


@pytest.mark.parametrize(
    "change", [Change(), Change(speaker=PIERRE, role="x"), Change(no_speaker=True), Change(not_a_quote=True)]
)
def test_a_correction_is_undone(filled: Archive, change: Change) -> None:
    before = filled.article(3).extraction
    (quote,) = filled.article(3).quotes
    filled.fix(quote.id, change, who="ida")
    assert filled.article(3).extraction != before
    filled.undo()
    assert filled.article(3).extraction == before
    assert filled.corrections() == []
    assert filled.check() == []


def test_a_later_correction_stays_when_an_earlier_one_is_undone(filled: Archive) -> None:
    first = filled.fix(1, Change(speaker=PIERRE), who="ida")
    filled.fix(1, Change(role="adjoint"), who="ida")
    filled.undo(first)
    quote = first_quote(filled)
    assert quote.speaker == COUNCIL.quotes[0].speaker
    assert quote.role is not None
    assert quote.role.text == "adjoint"


def test_an_earlier_correction_that_is_undone_first_never_comes_back(filled: Archive) -> None:
    first = filled.fix(1, Change(speaker=PIERRE), who="ida")
    second = filled.fix(1, Change(role="adjoint"), who="ida")
    filled.undo(first)
    filled.undo(second)
    assert filled.article(1).extraction == COUNCIL
    assert "Pierre Ober" not in filled.names_like("Pierre Ober")


def test_what_is_undone_after_newer_rules_is_what_these_found(filled: Archive) -> None:
    filled.fix(1, Change(speaker=PIERRE), who="ida")
    newer = replace(COUNCIL, quotes=tuple(replace(quote, speaker=PAUL) for quote in COUNCIL.quotes))
    filled.reextract(1, newer, extractor_version="2")
    filled.undo()
    assert filled.article(1).extraction == newer


def test_a_correction_that_has_lost_its_place_can_be_undone(filled: Archive) -> None:
    filled.fix(1, Change(speaker=PIERRE), who="ida")
    with filled.writing() as connection:
        connection.exec_driver_sql("UPDATE articles SET text = 'Tout autre chose' WHERE id = 1")
    filled.reextract(1, Extraction(filled.article(1).article), extractor_version="2")
    filled.undo()
    assert filled.corrections() == []
    assert filled.article(1).quotes == ()


def test_corrections_are_laid_over_a_newer_extraction(filled: Archive) -> None:
    filled.fix(1, Change(speaker=PIERRE), who="ida")
    filled.fix(2, Change(not_a_quote=True), who="ida")
    newer = replace(COUNCIL, quotes=tuple(replace(quote, speaker=PAUL) for quote in COUNCIL.quotes))
    assert filled.reextract(1, newer, extractor_version="2").is_empty
    (stored,) = filled.article(1).quotes
    assert stored.quote.speaker == PIERRE
    assert filled.check() == []


def test_a_corrected_quote_that_newer_rules_miss_is_kept(filled: Archive) -> None:
    filled.fix(1, Change(), who="ida")
    difference = filled.reextract(1, Extraction(COUNCIL.article), extractor_version="2")
    assert [quote.text for quote in difference.gone] == [COUNCIL.quotes[1].text]
    assert first_quote(filled).speaker == COUNCIL.quotes[0].speaker


def test_a_quote_found_with_other_bounds_is_still_the_corrected_one(filled: Archive) -> None:
    filled.fix(1, Change(speaker=PIERRE), who="ida")
    first = COUNCIL.quotes[0]
    wider = replace(first, start=first.start - 2, end=first.end + 2, text=f"« {first.text} »")
    filled.reextract(1, replace(COUNCIL, quotes=(wider,)), extractor_version="2")
    (stored,) = filled.article(1).quotes
    assert (stored.quote.start, stored.quote.speaker) == (wider.start, PIERRE)


def test_a_dry_run_says_what_would_change_and_changes_nothing(filled: Archive) -> None:
    before = filled.article(2)
    newer = replace(MARKET, quotes=(replace(MARKET.quotes[0], speaker=PAUL), MARKET.quotes[2]))
    difference = filled.reextract(2, newer, extractor_version="2", dry_run=True)
    assert filled.article(2) == before
    assert difference.gone == (MARKET.quotes[1],)
    assert difference.added == ()
    assert [(old.speaker, new.speaker) for old, new in difference.other_speaker] == [
        (MARKET.quotes[0].speaker, PAUL)
    ]


def test_a_correction_without_a_place_is_reported_and_kept(filled: Archive) -> None:
    filled.fix(1, Change(speaker=PIERRE), who="ida")
    with filled.writing() as connection:
        connection.exec_driver_sql("UPDATE articles SET text = 'Tout autre chose' WHERE id = 1")
    stored = filled.article(1)
    (lost,) = filled.reextract(1, Extraction(stored.article), extractor_version="2").lost
    assert lost.change.speaker == PIERRE
    (kept,) = filled.corrections()
    assert kept.lost_at is not None


def test_the_least_certain_come_first_and_confirmed_ones_not_at_all(filled: Archive) -> None:
    assert {row.confidence for row in filled.least_certain(limit=2)} == {0.9}
    for row in filled.least_certain(limit=100):
        filled.fix(row.id, Change(), who="ida")
    assert filled.least_certain(limit=100) == []


def test_a_correction_follows_a_later_merge(filled: Archive) -> None:
    filled.fix(1, Change(speaker=PIERRE), who="ida")
    filled.merge(filled.speaker("Jeanne Roy").id, [filled.speaker("Pierre Ober").id], who="ida")
    filled.reextract(1, COUNCIL, extractor_version="2")
    assert filled.article(1).quotes[0].quote.speaker == filled.article(2).quotes[0].quote.speaker


def test_a_missing_quote_is_said(filled: Archive) -> None:
    with pytest.raises(ArchiveError, match="no quote 99"):
        filled.fix(99, Change(), who="ida")


def test_a_mention_stays_with_its_speaker_whether_the_gender_was_said_or_not(archive: Archive) -> None:
    archive.add(full(), extractor_version="1")
    mention = archive.article(1).quotes[0].quote.mention
    assert mention is not None
    archive.fix(1, Change(speaker=Speaker("Jeanne Roy", SpeakerType.PERSON)), who="ida")
    assert archive.article(1).quotes[0].quote.mention == mention
    archive.reextract(1, full(), extractor_version="2")
    assert archive.article(1).quotes[0].quote.mention == mention
