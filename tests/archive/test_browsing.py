"""What pages ask: names to complete, company, counts by two things; and an end to long questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.archive import Archive, Change, Filters, open_archive
from quotes.archive.store.asking import ask
from quotes.errors import ArchiveError, TooSlowError
from quotes.model import SpeakerType
from tests.archive import samples
from tests.postgresql import Server


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.add_all([samples.full(), samples.COUNCIL, samples.MARKET], extractor_version="test")
    return archive


def test_names_are_completed_by_any_word(filled: Archive) -> None:
    assert [row.name for row in filled.names_beginning("VASS")] == ["Paul Vasseur-Lemoine"]
    assert [row.name for row in filled.names_beginning("jeanne r")] == ["Jeanne Roy"]
    assert filled.names_beginning("%") == []
    assert filled.names_beginning("o_") == []
    assert len(filled.names_beginning("s", limit=1)) == 1


def test_who_is_heard_with_whom(filled: Archive) -> None:
    roy = filled.speaker("Jeanne Roy").id
    assert {(name, articles) for _, name, articles in filled.heard_with(roy)} == {
        ("Syndicat des Marchés", 1),
        ("Paul Vasseur-Lemoine", 1),
        ("un habitant", 1),
    }
    assert filled.heard_with(2**62) == []


def test_the_speaker_of_a_name_or_a_new_one(filled: Archive) -> None:
    assert filled.named("jeanne roy").name == "Jeanne Roy"
    assert filled.named("Ligue du Val", SpeakerType.ORGANIZATION).type is SpeakerType.ORGANIZATION
    with pytest.raises(ArchiveError, match="no name"):
        filled.named("…")


def test_counts_by_two_things(filled: Archive) -> None:
    pairs = {(pair.first, pair.second): pair.quotes for pair in filled.count_by_two(("outlet", "gender"))}
    assert pairs["Le Courrier du Val", "f"] == 2
    assert pairs["Le Courrier du Val", None] == 1
    assert sum(pairs.values()) == 6
    assert {pair.first for pair in filled.count_by_two(("speaker", "role"), None, Filters(gender="f"))} == {
        "Jeanne Roy"
    }
    with pytest.raises(ArchiveError, match="can't count"):
        filled.count_by_two(("year", "colour"))


def test_how_many_nobody_has_confirmed(filled: Archive) -> None:
    assert filled.unconfirmed() == 6
    filled.fix(1, Change(), who="ida")
    assert filled.unconfirmed() == 5


def test_the_latest(filled: Archive) -> None:
    assert [row.title for row in filled.latest(limit=2)] == ["Marché", "Conseil"]


def test_suggestions_among_those_of_a_name(filled: Archive) -> None:
    assert filled.suggest("roy") == []


_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_long_questions_are_ended(kind: str, path: Path, request: pytest.FixtureRequest) -> None:
    place: str | Path = path
    if kind == "postgresql":
        server: Server = request.getfixturevalue("server")
        place = server.empty_archive()
    open_archive(place).close()
    with open_archive(place, readonly=True, create=False, longest=0.3) as archive:
        with pytest.raises(TooSlowError, match="ask for less"), archive.asking() as connection:
            list(ask(connection, _ENDLESS))
        assert archive.counts()["articles"] == 0
