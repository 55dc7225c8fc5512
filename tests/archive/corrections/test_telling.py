"""The journal is written in English, and told in the language of whoever asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.archive import Archive, ArticleChange, Change
from quotes.archive.corrections.telling import summary_of
from quotes.errors import ArchiveError
from quotes.messages import speaking, told
from quotes.model import Speaker, SpeakerType
from tests.archive.samples import COUNCIL, JEANNE, MARKET, extraction

PATIENCE = "Il dit »: accepted, puis, role none"
BRIDGE = extraction("« Le pont tient », dit Jeanne Roy.", ("Le pont tient", JEANNE))
LISE = Speaker("Lise Ober", SpeakerType.PERSON)


@pytest.fixture
def changed(archive: Archive) -> Archive:
    """An archive in which each kind of change was made."""
    archive.add_all(
        [COUNCIL, MARKET, extraction(f"« {PATIENCE} », dit Lise Ober.", (PATIENCE, LISE))],
        extractor_version="1",
    )
    (first, second, *_rest, odd) = archive.quotes()
    archive.add(BRIDGE, extractor_version="1")
    archive.fix(first.id, Change(), who="ida")
    archive.fix(first.id, Change(speaker=LISE, role="la maire, role none"), who="ida")
    archive.fix(second.id, Change(no_speaker=True, no_role=True), who="ida")
    archive.fix(odd.id, Change(not_a_quote=True), who="ida")
    lise, roy = archive.speaker("Lise Ober").id, archive.speaker("Jeanne Roy").id
    archive.rename(lise, "Lise Ober-Vial", who="ida")
    archive.split(roy, [2], who="ida")
    archive.split(lise, quote_ids=[first.id], name="Lise in article 7", who="ida")
    archive.edit(
        3, ArticleChange(title="Marché", authors=("A. B.", "C. D."), published="", outlet=""), who="ida"
    )
    return archive


def test_in_english_it_is_what_is_written(changed: Archive) -> None:
    entries = changed.history()
    assert len(entries) == 8
    # Also where French is spoken when the change is made.
    with speaking("fr"):
        changed.fix(1, Change(no_role=True), who="ida")
    for entry in changed.history():
        assert summary_of(entry, "en") == summary_of(entry) == entry.summary


def test_in_french(changed: Archive) -> None:
    (edit, by_quote, by_article, rename, odd, unknown, named, accepted) = (
        summary_of(entry, "fr") for entry in changed.history()
    )
    assert edit == "article 3 : titre Marché, auteurs A. B., C. D., média (vide), date (vide)"
    assert by_quote.endswith("→ Lise in article 7, citation 1")
    assert by_article == "Jeanne Roy → Jeanne Roy (2), article 2"
    assert rename == "Lise Ober → Lise Ober-Vial"
    assert odd.endswith(f"« {PATIENCE} » : pas une citation")
    assert unknown.endswith(" » : locuteur inconnu, qualité aucune")
    assert named.endswith(" » : locuteur Lise Ober, qualité la maire, role none")
    assert accepted.startswith("citation 1 « ")
    assert accepted.endswith(" » : acceptée")


def test_what_was_written_otherwise_is_told_as_it_stands(changed: Archive) -> None:
    for entry in changed.history():
        old = replace(entry, summary="changed: something")
        assert summary_of(old, "fr") == "changed: something"


def test_what_stands_in_the_way_of_undoing_is_named_in_words_of_no_language(changed: Archive) -> None:
    last = max(entry.id for entry in changed.history())
    with pytest.raises(ArchiveError) as refused:
        changed.undo(last - 3)
    said = told(str(refused.value), "fr")
    assert "(séparation Lise Ober-Vial → Lise in article 7) en dépend" in said
