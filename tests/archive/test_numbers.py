"""What things are called: numbers that don't depend on timing and are given once, and names for all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from quotes.archive import Archive, Change, open_archive
from quotes.archive.articles.bodies import body_of
from quotes.archive.store import clock
from quotes.archive.store.public_ids import is_public_id, public_id
from quotes.archive.store.schema import Base
from quotes.errors import ArchiveError
from quotes.model import Extraction, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, JEANNE, MARKET, PAUL, extraction, full

REPORT = " ".join(f"La rue {number} sera fermée demain matin." for number in range(20))


def report(number: int, version: int, *, source: str | None = None) -> Extraction:
    """One of several reports, which grows with each version."""
    said = [(f"Nous fermons le pont {number} pour {n} jours ce mois-ci", JEANNE) for n in range(version + 1)]
    words = " ".join(f"« {one} »." for one, _ in said)
    found = extraction(
        f"Pont {number}. {REPORT.replace('rue', f'rue{number}')} {words}",
        *said,
        outlet=f"Gazette {number}",
        published=f"2024-05-1{version}",
    )
    return replace(found, article=replace(found.article, source=source or f"pont{number}-{version}.txt"))


def call() -> list[Extraction]:
    """What one call may bring: new articles, their revisions, copies, all mixed."""
    other = Speaker("Anne Duc", SpeakerType.PERSON)
    lone = [
        extraction(f"« Le lac {n} est gelé depuis hier soir », dit Anne Duc.",
                   (f"Le lac {n} est gelé depuis hier soir", other))
        for n in range(8)
    ]  # fmt: skip
    ponts = [report(number, version) for number in range(3) for version in (1, 0, 2)]
    copies = [report(number, 2, source=f"copie{number}.txt") for number in range(3)]
    mixed = [*lone, *ponts, *copies, COUNCIL, MARKET, full()]
    Random(3).shuffle(mixed)
    return mixed


def rows(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, by table, in the order of their keys."""
    with archive.reading() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: "2024-05-17T12:00:00+00:00")


@pytest.mark.usefixtures("stopped_clock")
def test_numbers_do_not_depend_on_how_many_articles_came_at_once(tmp_path: Path) -> None:
    chance = Random(11)
    found = []
    for n in range(6):
        with open_archive(tmp_path / f"{n}.db") as archive:
            left = call()
            while left:
                size = {0: 1, 1: len(left)}.get(n, chance.randint(1, 9))
                archive.add_all(left[:size], extractor_version="1")
                del left[:size]
            found.append(rows(archive))
            assert archive.check() == []
    assert any(found[0]["article_revisions"])
    assert any(found[0]["article_copies"])
    assert all(one == found[0] for one in found)


def quote_ids(archive: Archive, article_id: int = 1) -> dict[str, int]:
    return {one.quote.text: one.id for one in archive.article(article_id).quotes}


def test_a_quote_that_comes_back_has_its_number_again(archive: Archive) -> None:
    for one in (COUNCIL, MARKET):
        archive.add(one, extractor_version="1")
    before = quote_ids(archive, 2)
    *_, last = MARKET.quotes
    without = replace(MARKET, quotes=MARKET.quotes[:-1])
    archive.reextract(2, without, extractor_version="2")
    # The highest number is free now, and given to nobody.
    archive.add(full(), extractor_version="2")
    assert set(quote_ids(archive, 3).values()).isdisjoint(before.values())
    with pytest.raises(ArchiveError, match=f"no quote {before[last.text]}"):
        archive.fix(before[last.text], Change(), who="ida")
    archive.reextract(2, MARKET, extractor_version="3")
    assert quote_ids(archive, 2) == before


def test_undone_what_was_said_to_be_no_quote_has_its_number_again(archive: Archive) -> None:
    archive.add(MARKET, extractor_version="1")
    before = quote_ids(archive)
    archive.fix(3, Change(not_a_quote=True), who="ida")
    archive.add(COUNCIL, extractor_version="1")
    archive.undo()
    assert quote_ids(archive) == before


def test_a_quote_that_one_version_leaves_out_comes_back_with_its_words(
    archive: Archive,
) -> None:
    first, last = report(1, 1), report(1, 3)
    archive.add(first, extractor_version="1")
    before = quote_ids(archive)
    kept = first.quotes[0].text
    second = replace(report(1, 2), quotes=())
    archive.add(second, extractor_version="1")
    assert quote_ids(archive) == {}
    archive.add(last, extractor_version="1")
    after = quote_ids(archive)
    assert {words: after[words] for words in before} == before
    assert after[kept] == before[kept]
    with archive.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM gone_quotes")).scalar_one() == 0


def test_a_public_identifier_is_the_same_in_another_archive(archive: Archive, tmp_path: Path) -> None:
    for one in (COUNCIL, MARKET):
        archive.add(one, extractor_version="1")
    with open_archive(tmp_path / "autre.db") as other:
        for one in (full(), MARKET, COUNCIL):
            other.add(one, extractor_version="1")
        named = {row.text: row.public_id for row in archive.quotes()}
        elsewhere = {row.text: row.public_id for row in other.quotes()}
        assert {words: elsewhere[words] for words in named} == named
        assert len(set(elsewhere.values())) == len(elsewhere)
        for row in archive.quotes():
            assert is_public_id(row.public_id)
            assert archive.place_of(row.public_id) == (row.article_id, row.id)
            assert other.place_of(row.public_id) != (row.article_id, row.id)


def test_a_public_identifier_is_written_by_body_and_offsets(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    quote, body = COUNCIL.quotes[0], body_of(COUNCIL.article)
    (row, _) = archive.quotes()
    assert row.public_id == f"{body.hash[:16]}.{quote.start}-{quote.end}"


def test_what_became_of_a_quote_is_told_by_its_public_identifier(archive: Archive) -> None:
    first, second = report(1, 0), report(1, 1)
    archive.add(first, extractor_version="1")
    (old,) = archive.quotes()
    archive.add(second, extractor_version="1")
    with pytest.raises(ArchiveError, match="earlier version of article 1"):
        archive.place_of(old.public_id)
    present = next(iter(archive.quotes()))
    archive.fix(present.id, Change(not_a_quote=True), who="ida")
    with pytest.raises(ArchiveError, match=r"article 1 has no quote at .* any more"):
        archive.place_of(present.public_id)
    with pytest.raises(ArchiveError, match="not in this archive"):
        archive.place_of(public_id("0" * 64, 1, 2))
    for wrong in ("1", "x" * 16 + ".1-2", "0" * 16 + ".1", "0" * 16 + ".٣-٤", ""):
        assert not is_public_id(wrong)
        with pytest.raises(ArchiveError, match="no public identifier"):
            archive.place_of(wrong)


def test_a_correction_by_somebody_else_does_not_move_a_public_identifier(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    before = [row.public_id for row in archive.quotes()]
    archive.fix(1, Change(speaker=PAUL), who="ida")
    archive.reextract(1, COUNCIL, extractor_version="2")
    assert [row.public_id for row in archive.quotes()] == before
