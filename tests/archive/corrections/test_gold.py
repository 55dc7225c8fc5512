"""What people said of quotes, as annotation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotes.archive import Archive, Change, Filters
from quotes.archive.corrections.gold import write_gold
from quotes.errors import ArchiveError
from quotes.evaluation import evaluate
from quotes.model import Extraction, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, MARKET, PAUL

RIGHT = Speaker("Pierre Ober", SpeakerType.PERSON)


@pytest.fixture
def corrected(archive: Archive) -> Archive:
    """The council: one quote corrected, the other not looked at. The market: one confirmed, one taken out."""
    archive.add(COUNCIL, extractor_version="1")
    archive.add(MARKET, extractor_version="1")
    archive.fix(1, Change(speaker=RIGHT, role="adjoint"), who="ida")
    archive.fix(3, Change(), who="ida")
    archive.fix(4, Change(not_a_quote=True), who="ida")
    return archive


def test_what_was_checked_is_annotated(corrected: Archive) -> None:
    council, market = corrected.checked()
    assert council.article == COUNCIL.article
    first, second = council.annotation["units"]
    assert first["speaker"] == {"names": ["Pierre Ober"], "type": "person"}
    assert (first["label"], first["roles"], first["form"]) == ("quote", ["adjoint"], "direct")
    assert second["label"] == "unsure"
    assert council.annotation["partial"]
    assert [unit["label"] for unit in market.annotation["units"]] == ["quote", "not_quote", "unsure"]


def test_a_speaker_has_both_names_after_a_merge(corrected: Archive) -> None:
    jeanne, paul = corrected.speaker("Jeanne Roy"), corrected.speaker(PAUL.name)
    corrected.merge(paul.id, [jeanne.id], who="ida")
    market = list(corrected.checked())[1]
    assert market.annotation["units"][0]["speaker"]["names"] == [PAUL.name, "Jeanne Roy"]


def test_filters_choose_articles(corrected: Archive) -> None:
    assert [one.article.title for one in corrected.checked(Filters(outlet="Gazette"))] == ["Marché"]
    assert list(corrected.checked(Filters(speaker="Personne"))) == []


def test_the_extractor_is_measured_against_it(corrected: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "or"
    assert write_gold(corrected.checked(), folder) == 2
    found = {one.article.text: one for one in (COUNCIL, MARKET)}
    result = evaluate(folder, lambda text: found[text])
    # Of the five quotes three were looked at: one was no quote, and one has another speaker.
    assert result.figures["quotes"] == {"precision": 0.6667, "recall": 1.0, "f1": 0.8, "n": 2}
    assert result.figures["not_quotes_rejected"] == {"accuracy": 0.0, "n": 1}
    assert {error.kind for error in result.errors} == {"not a quote", "speaker"}


def test_what_nobody_looked_at_is_not_counted(corrected: Archive, tmp_path: Path) -> None:
    """A newer extractor may find what the older one missed: nobody said that it is wrong."""
    folder = tmp_path / "or"
    write_gold(corrected.checked(Filters(outlet="Gazette")), folder)
    known = MARKET.quotes[0]
    newer = Extraction(MARKET.article, (known, replace(known, start=known.end + 3, end=known.end + 5)))
    assert evaluate(folder, lambda _: newer).figures["quotes"]["f1"] == 1.0


def test_a_folder_is_written_whole_or_not_at_all(corrected: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "or"
    with pytest.raises(ArchiveError, match="nothing was confirmed"):
        write_gold([], folder)
    assert list(tmp_path.glob("*or*")) == []
    folder.mkdir()
    assert write_gold(corrected.checked(), folder) == 2
    assert len(list(folder.iterdir())) == 4
    with pytest.raises(ArchiveError, match="exists already"):
        write_gold(corrected.checked(), folder)
    with pytest.raises(ArchiveError, match="not written"):
        write_gold(corrected.checked(), tmp_path / "nulle" / "part")


def test_line_ends_are_kept(archive: Archive, tmp_path: Path) -> None:
    text = "Titre\r\n\r\n" + COUNCIL.article.text
    moved = tuple(replace(one, start=one.start + 9, end=one.end + 9) for one in COUNCIL.quotes)
    made = Extraction(replace(COUNCIL.article, text=text), moved)
    archive.add(made, extractor_version="1")
    archive.fix(1, Change(), who="ida")
    write_gold(archive.checked(), tmp_path / "or")

    def found(read: str) -> Extraction:
        assert read == text
        return made

    assert evaluate(tmp_path / "or", found).figures["quotes"]["f1"] == 1.0
