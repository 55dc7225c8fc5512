from __future__ import annotations

import pytest

from quotes.archive import Archive
from quotes.errors import ArchiveError
from quotes.model import Gender, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, INHABITANT, JEANNE, MADAME_ROY, MARKET, extraction

BARE = extraction("« Nous tiendrons », dit Mme Roy.", ("Nous tiendrons", MADAME_ROY))


def person(name: str, gender: Gender | None = None) -> Speaker:
    return Speaker(name, SpeakerType.PERSON, gender)


def say(archive: Archive, speaker: Speaker, words: str) -> int:
    added = archive.add(extraction(f"« {words} »", (words, speaker)), extractor_version="1")
    return added.article_id


def state(archive: Archive) -> object:
    return list(archive.speakers(sort="name")), list(archive.quotes())


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for one in (COUNCIL, MARKET, BARE):
        archive.add(one, extractor_version="1")
    return archive


def test_a_merge_joins_quotes_names_and_later_articles(filled: Archive) -> None:
    jeanne, bare = filled.speaker("Jeanne Roy"), filled.speaker("Mme Roy")
    filled.merge(jeanne.id, [bare.id], who="ida")
    merged = filled.speaker("Jeanne Roy")
    assert merged.quotes == 3
    assert merged.aliases == ("Mme Roy",)
    with pytest.raises(ArchiveError, match="no speaker"):
        filled.speaker(str(bare.id))


def test_a_merge_holds_after_reextraction(filled: Archive) -> None:
    filled.merge(filled.speaker("Jeanne Roy").id, [filled.speaker("Mme Roy").id], who="ida")
    difference = filled.reextract(3, BARE, extractor_version="2")
    assert difference.is_empty
    assert filled.speaker("Jeanne Roy").quotes == 3
    assert filled.article(3).extractor_version == "2"
    # In another article "Mme Roy" is still somebody of her own.
    say(filled, MADAME_ROY, "Ailleurs")
    assert filled.speaker("Mme Roy").quotes == 1


def test_a_merge_gives_a_gender_that_was_unknown(archive: Archive) -> None:
    say(archive, person("Camille Vial"), "Un")
    say(archive, person("C. Vial", Gender.FEMALE), "Deux")
    before = state(archive)
    archive.merge(archive.speaker("Camille Vial").id, [archive.speaker("C. Vial").id], who="ida")
    assert [row.gender for row in archive.quotes()] == ["f", "f"]
    archive.undo()
    assert state(archive) == before


def test_a_rename_keeps_the_old_name_leading_to_the_speaker(filled: Archive) -> None:
    filled.rename(filled.speaker("Jeanne Roy").id, "Jeanne Roy-Martin", who="ida")
    say(filled, JEANNE, "Encore")
    renamed = filled.speaker("Jeanne Roy-Martin")
    assert (renamed.quotes, renamed.aliases) == (3, ("Jeanne Roy",))


def test_an_alias_leads_to_the_speaker_in_later_articles(filled: Archive) -> None:
    paul = filled.speaker("Paul Vasseur-Lemoine")
    filled.add_alias(paul.id, "Vasseur", who="ida")
    say(filled, person("M. Vasseur"), "Plus tard")
    assert filled.speaker(str(paul.id)).quotes == 2
    with pytest.raises(ArchiveError, match="already"):
        filled.add_alias(paul.id, "VASSEUR", who="ida")
    with pytest.raises(ArchiveError, match="quotes merge"):
        filled.add_alias(paul.id, "Jeanne Roy", who="ida")
    with pytest.raises(ArchiveError, match="no name"):
        filled.add_alias(paul.id, "—", who="ida")


def test_a_split_parts_and_stays_apart(filled: Archive) -> None:
    jeanne = filled.speaker("Jeanne Roy")
    entry, new = filled.split(jeanne.id, [2], who="ida")
    assert entry
    assert filled.speaker(str(jeanne.id)).quotes == 1
    parted = filled.speaker(str(new))
    assert (parted.name, parted.quotes) == ("Jeanne Roy (2)", 1)
    filled.reextract(2, MARKET, extractor_version="2")
    assert filled.speaker(str(new)).quotes == 1
    say(filled, JEANNE, "Toujours la première")
    assert filled.speaker(str(jeanne.id)).quotes == 2
    pairs = {(one.speaker_id, one.other_id) for one in filled.suggest()}
    assert (jeanne.id, new) not in pairs


def test_a_split_of_everything_or_of_nothing_is_refused(filled: Archive) -> None:
    jeanne = filled.speaker("Jeanne Roy")
    for articles in ([1, 2], [3], []):
        with pytest.raises(ArchiveError, match=r"nothing w"):
            filled.split(jeanne.id, articles, who="ida")


@pytest.mark.parametrize("action", ["merge", "rename", "alias", "split"])
def test_every_change_is_written_down_and_can_be_undone(filled: Archive, action: str) -> None:
    before = state(filled)
    jeanne = filled.speaker("Jeanne Roy").id
    if action == "merge":
        filled.merge(jeanne, [filled.speaker("Mme Roy").id, filled.speaker("un habitant").id], who="ida")
    elif action == "rename":
        filled.rename(jeanne, "Jeanne Morel", who="ida")
    elif action == "alias":
        filled.add_alias(jeanne, "la Roy", who="ida")
    else:
        filled.split(jeanne, [2], who="ida", name="Jeanne Roy, sculptrice")
    assert state(filled) != before
    (entry,) = filled.history()
    assert (entry.action, entry.who, entry.undone_at) == (action, "ida", None)
    filled.undo()
    assert state(filled) == before
    assert filled.history()[0].undone_at is not None
    assert filled.check() == []
    with pytest.raises(ArchiveError, match="nothing to undo"):
        filled.undo()


def test_changes_are_undone_in_their_order(filled: Archive) -> None:
    before = state(filled)
    jeanne = filled.speaker("Jeanne Roy").id
    first = filled.rename(jeanne, "Jeanne Morel", who="ida")
    filled.rename(jeanne, "Jeanne Ober", who="ida")
    with pytest.raises(
        ArchiveError,
        match=r"change 2 \(rename .*\) stands on it: `quotes undo 2` first",
    ):
        filled.undo(first)
    filled.undo()
    filled.undo(first)
    assert state(filled) == before
    with pytest.raises(ArchiveError, match="undone already"):
        filled.undo(first)


def test_a_name_that_got_quotes_is_not_taken_away(filled: Archive) -> None:
    filled.add_alias(filled.speaker("Jeanne Roy").id, "Jeanne Morel", who="ida")
    say(filled, person("Jeanne Morel"), "Sous mon autre nom")
    before = state(filled)
    with pytest.raises(ArchiveError, match="can't be undone"):
        filled.undo()
    assert state(filled) == before


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (person("E. Vial"), person("Estelle Vial"), "initial"),
        (person("M. Vial"), person("Estelle Vial"), "surname"),
        (person("Vial Estelle"), person("Estelle Vial"), "order"),
        (person("Estele Vial"), person("Estelle Vial"), "one letter"),
        (person("Estelle Anne Vial"), person("Estelle Vial"), "more words"),
        (
            Speaker("FDM", SpeakerType.ORGANIZATION),
            Speaker("Fédération des marchés", SpeakerType.ORGANIZATION),
            None,
        ),
        (
            Speaker("FNM", SpeakerType.ORGANIZATION),
            Speaker("Fédération nationale des marchés", SpeakerType.ORGANIZATION),
            "acronym",
        ),
        (person("E. Vial", Gender.MALE), person("Estelle Vial", Gender.FEMALE), None),
        (person("Marc Vial"), person("Estelle Vial"), None),
    ],
)
def test_likely_doubles(archive: Archive, one: Speaker, other: Speaker, reason: str | None) -> None:
    say(archive, one, "Un")
    say(archive, other, "Deux")
    found = archive.suggest()
    if reason is None:
        assert found == []
    else:
        (suggestion,) = found
        assert reason in suggestion.reason
        assert {suggestion.name, suggestion.other} == {one.name, other.name}


def test_names_that_fit_several_or_none_are_said(filled: Archive) -> None:
    say(filled, person("Luc Vasseur"), "Moi aussi")
    with pytest.raises(ArchiveError, match=r"may be .*Luc Vasseur.*number"):
        filled.speaker("vasseur")
    with pytest.raises(ArchiveError, match="like it: Jeanne Roy"):
        filled.speaker("Jeane Roi")


def test_a_portrait(filled: Archive) -> None:
    portrait = filled.portrait(filled.speaker("Jeanne Roy").id)
    assert portrait.roles == (
        ("maire de Saint-Aubin", "2024-05-17", "2024-05-17", 1),
        ("députée", "2023-11-02", "2023-11-02", 1),
    )
    assert portrait.years == (("2023", 1), ("2024", 1))
    assert portrait.outlets == (("La Gazette", 1), ("Le Courrier du Val", 1))


def test_unnamed_sources_are_nobodys_doubles(archive: Archive) -> None:
    say(archive, INHABITANT, "Un")
    say(archive, INHABITANT, "Deux")
    assert archive.suggest() == []


def test_a_split_by_quotes_stays_and_can_be_undone(filled: Archive) -> None:
    before = state(filled)
    jeanne = filled.speaker("Jeanne Roy").id
    _, new = filled.split(jeanne, quote_ids=[3], who="ida")
    assert filled.article(2).quotes[0].speaker_id == new
    filled.reextract(2, MARKET, extractor_version="2")
    assert filled.speaker(str(new)).quotes == 1
    assert filled.speaker(str(jeanne)).quotes == 1
    filled.undo()
    assert state(filled) == before
    assert filled.corrections() == []
    with pytest.raises(ArchiveError, match="didn't say the quote 4"):
        filled.split(jeanne, quote_ids=[4], who="ida")
    with pytest.raises(ArchiveError, match="not by both"):
        filled.split(jeanne, [2], quote_ids=[3], who="ida")
    assert state(filled) == before
