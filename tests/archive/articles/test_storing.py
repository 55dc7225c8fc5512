from __future__ import annotations

import pickle
import random
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from quotes.archive import Archive, What, open_archive, prepare
from quotes.archive.articles import storing
from quotes.archive.store import clock
from quotes.archive.store.schema import Base
from quotes.errors import ArchiveError
from quotes.model import Article, Extraction, Gender, Quote, QuoteKind, Speaker, SpeakerType
from tests.archive.samples import (
    COUNCIL,
    INHABITANT,
    JEANNE,
    MADAME_ROY,
    MARKET,
    extraction,
    full,
)


def test_what_is_stored_comes_back_whole(archive: Archive) -> None:
    added = archive.add(full(), extractor_version="7")
    assert (added.new, added.quotes) == (True, 1)
    stored = archive.article(added.article_id)
    assert stored.extraction == full()
    assert stored.extractor_version == "7"


def test_an_article_without_quotes_is_still_an_article(archive: Archive) -> None:
    added = archive.add(Extraction(Article("Rien à signaler.")), extractor_version="1")
    assert added.new
    assert archive.article(added.article_id).quotes == ()
    assert archive.counts() == {"articles": 1, "speakers": 0, "quotes": 0}


@pytest.mark.parametrize("change", [lambda t: t, lambda t: f"\n{t}  \n", lambda t: t.replace("\n", "\r\n")])
def test_the_same_text_again_changes_nothing(archive: Archive, change: object) -> None:
    first = archive.add(full(), extractor_version="1")
    again = Extraction(replace(full().article, text=change(full().article.text), title="Autre"))  # type: ignore[operator]
    assert archive.add(again, extractor_version="2") == replace(first, new=False, what=What.KNOWN)
    assert archive.article(first.article_id).extraction == full()


def test_a_failure_leaves_nothing_behind(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    before = (archive.counts(), list(archive.speakers()))
    wrong = extraction("« Trop sûr », dit Ada Ber.", ("Trop sûr", Speaker("Ada Ber", SpeakerType.PERSON)))
    quotes = (replace(wrong.quotes[0], confidence=3.0),)
    with pytest.raises(ArchiveError):
        archive.add(replace(wrong, quotes=quotes), extractor_version="1")
    assert (archive.counts(), list(archive.speakers())) == before
    assert archive.check() == []


def test_a_lone_surrogate_is_refused_in_one_line(archive: Archive) -> None:
    broken = Extraction(Article("« Oui \ud800 », dit-il."))
    with pytest.raises(ArchiveError, match="lone surrogate") as caught:
        archive.add(broken, extractor_version="1")
    assert "\n" not in str(caught.value)
    assert archive.counts()["articles"] == 0


def test_of_two_quotes_at_one_place_the_first_counts(archive: Archive) -> None:
    article = Article("Il part, dit Jeanne Roy.")
    twice = (
        Quote(0, 7, "Il part", QuoteKind.INDIRECT, speaker=JEANNE),
        Quote(0, 7, "Il part", QuoteKind.DIRECT),
    )
    added = archive.add(Extraction(article, twice), extractor_version="1")
    (stored,) = archive.article(added.article_id).quotes
    assert stored.quote.speaker == JEANNE


def test_a_full_name_is_one_speaker_across_articles(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    archive.add(MARKET, extractor_version="1")
    other = Speaker("JEANNE  ROY", SpeakerType.PERSON)
    archive.add(extraction("« Non », dit JEANNE ROY.", ("Non", other)), extractor_version="1")
    (jeanne,) = archive.speakers("Jeanne Roy")
    assert (jeanne.name, jeanne.quotes, jeanne.first, jeanne.last) == (
        "Jeanne Roy",
        3,
        "2023-11-02",
        "2024-05-17",
    )
    assert jeanne.roles == ("maire de Saint-Aubin", "députée")


def everything(archive: Archive) -> dict[str, list[Any]]:
    """All rows of all tables, and the terms of the index."""
    tables = [table.name for table in Base.metadata.sorted_tables]
    with archive.reading() as connection:
        dump = {
            name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
            for name in tables
        }
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, quote_fts, 'instance')"
        )
        dump["words"] = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM temp.words")]
    return dump


def chatter(seed: int, articles: int) -> list[Extraction]:
    """Articles of few people who say much the same, some of them printed twice."""
    chance = random.Random(seed)
    words = [f"{start}{end}" for start in ("prim", "chan", "voil", "mart") for end in ("eur", "al", "ait")]
    said = [" ".join(chance.choices(words, k=chance.randint(4, 9))) for _ in range(6)]
    genders = (Gender.FEMALE, None)
    made: list[Extraction] = []
    for number in range(articles):
        if made and chance.random() < 0.1:
            made.append(chance.choice(made))
            continue
        spoken = []
        for _ in range(chance.randint(0, 3)):
            altered = chance.choice(said).split()
            altered[chance.randrange(len(altered))] = chance.choice(words)
            name, kind = chance.choice(
                [("Jeanne Roy", "person"), ("Mme Roy", "person"), ("un passant", "unnamed"), ("CGV", "group")]
            )
            speaker = Speaker(name, SpeakerType(kind), chance.choice(genders))
            spoken.append((" ".join(altered), speaker, f"rôle {chance.randrange(3)}"))
        text = f"Numéro {number}. " + " ".join(f"« {words} »," for words, _, _ in spoken)
        made.append(extraction(text, *spoken, published=f"2024-05-{1 + number % 28:02}"))
    return made


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("together", [2, 7, 60])
def test_articles_added_together_are_stored_as_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, together: int
) -> None:
    monkeypatch.setattr(clock, "now", lambda: "2024-05-17T12:00:00+00:00")
    articles = chatter(seed, 60)
    with open_archive(tmp_path / "un.db") as one, open_archive(tmp_path / "tous.db") as other:
        alone = [one.add(article, extractor_version="1") for article in articles]
        # Made ready by another process.
        ready = [pickle.loads(pickle.dumps(prepare(article))) for article in articles]
        grouped = [
            added
            for first in range(0, len(articles), together)
            for added in other.add_all(ready[first : first + together], extractor_version="1")
        ]
        assert grouped == alone
        assert any(not added.new for added in alone)
        assert len(one.utterances()) > 1
        assert everything(other) == everything(one)
        assert other.check() == []


def test_what_was_made_ready_keeps_its_extraction() -> None:
    article = full()
    ready = prepare(article)
    received = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(ready))))
    assert ready.extraction == received.extraction == article
    assert received.quotes == ready.quotes
    assert received.length == len(article.article.text)


def test_of_articles_added_together_all_or_none_are_stored(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    with pytest.raises(ArchiveError, match="lone surrogate"):
        archive.add_all([MARKET, Extraction(Article("« Oui \ud800 », dit-il."))], extractor_version="1")
    assert archive.counts()["articles"] == 1
    assert archive.add_all([], extractor_version="1") == []
    assert archive.check() == []


@pytest.mark.parametrize(("speaker", "incomplete"), [(MADAME_ROY, True), (INHABITANT, False)])
def test_who_has_no_full_name_stays_in_the_article(
    archive: Archive, speaker: Speaker, incomplete: bool
) -> None:
    for words in ("Peut-être", "Sans doute"):
        archive.add(extraction(f"« {words} », dit-on.", (words, speaker)), extractor_version="1")
    found = list(archive.speakers())
    assert [row.quotes for row in found] == [1, 1]
    assert {row.incomplete for row in found} == {incomplete}


def test_a_person_and_an_organization_of_one_name_differ(archive: Archive) -> None:
    for number, kind in enumerate((SpeakerType.PERSON, SpeakerType.ORGANIZATION)):
        words = f"Parole {number}"
        archive.add(extraction(f"« {words} »", (words, Speaker("Jeanne Roy", kind))), extractor_version="1")
    assert len(list(archive.speakers("jeanne roy"))) == 2


def test_a_gender_learnt_later_reaches_earlier_quotes(archive: Archive) -> None:
    unknown = Speaker("Jeanne Roy", SpeakerType.PERSON)
    archive.add(extraction("« Un »", ("Un", unknown)), extractor_version="1")
    archive.add(extraction("« Deux »", ("Deux", JEANNE)), extractor_version="1")
    assert [row.gender for row in archive.quotes()] == ["f", "f"]


def test_speakers_are_filtered_and_sorted(archive: Archive) -> None:
    archive.add(MARKET, extractor_version="1")
    archive.add(COUNCIL, extractor_version="1")
    assert [row.name for row in archive.speakers(type="organization")] == ["Syndicat des Marchés"]
    assert [row.name for row in archive.speakers(gender="f")] == ["Jeanne Roy"]
    assert next(archive.speakers(sort="count")).name == "Jeanne Roy"
    assert [row.last for row in archive.speakers(sort="last")][-1] == "2023-11-02"
    assert [row.name for row in archive.speakers("vasseur lemoine")] == ["Paul Vasseur-Lemoine"]
    assert archive.names_like("Jeane Roi") == ["Jeanne Roy"]


def test_a_missing_article_is_said(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="no article 12"):
        archive.article(12)


def test_damage_is_found(archive_file: Archive, path: Path) -> None:
    archive_file.add(COUNCIL, extractor_version="1")
    assert archive_file.check() == []
    with sqlite3.connect(path) as direct:
        direct.execute("UPDATE quote_terms SET exact = 'autre chose' WHERE quote_id = 1")
        direct.execute('UPDATE quotes SET "end" = 9999 WHERE id = 2')
    direct.close()
    found = " ".join(archive_file.check())
    assert "full-text index" in found
    assert "quote 2: it ends beyond" in found


def test_a_reader_sees_the_archive_while_another_writes(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    with archive.writing() as connection:
        storing.add_all(connection, [prepare(MARKET)], "1")
        with open_archive(archive.place, readonly=True) as reader:
            assert reader.counts()["articles"] == 1
    assert archive.counts()["articles"] == 2


def test_a_killed_writer_loses_nothing_that_it_reported(path: Path) -> None:
    program = """
import sys
from tests.archive.samples import extraction, JEANNE
from quotes.archive import open_archive
with open_archive(sys.argv[1]) as archive:
    for number in range(10_000):
        words = f"Parole numéro {number}"
        added = archive.add(extraction(f"« {words} »", (words, JEANNE)), extractor_version="1")
        print(added.article_id, flush=True)
"""
    child = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    reported = [next(child.stdout) for _ in range(20)]
    child.kill()
    reported += child.stdout.readlines()
    child.wait()
    with open_archive(path) as archive:
        assert archive.check() == []
        assert archive.counts()["articles"] >= len(reported)
        assert archive.counts()["quotes"] == archive.counts()["articles"]


def test_two_writers_at_once_lose_nothing(path: Path) -> None:
    program = """
import sys
from tests.archive.samples import extraction, JEANNE
from quotes.archive import open_archive
with open_archive(sys.argv[1]) as archive:
    for number in range(30):
        words = f"Parole {sys.argv[2]} numéro {number}"
        assert archive.add(extraction(f"« {words} »", (words, JEANNE)), extractor_version="1").new
"""
    writers = [subprocess.Popen([sys.executable, "-c", program, str(path), name]) for name in ("une", "deux")]
    assert [writer.wait() for writer in writers] == [0, 0]
    with open_archive(path) as archive:
        assert archive.counts() == {"articles": 60, "speakers": 1, "quotes": 60}
        assert archive.check() == []


def test_importing_the_archive_is_cheap() -> None:
    program = "import sys, quotes.archive; print([m for m in sys.modules if m.split('.')[0] in {heavy!r}])"
    heavy = ("spacy", "numpy", "pandas", "sqlalchemy", "alembic", "xlsxwriter")
    done = subprocess.run(
        [sys.executable, "-c", program.format(heavy=heavy)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_searching_imports_neither_models_nor_migrations(archive_file: Archive, path: Path) -> None:
    archive_file.add(COUNCIL, extractor_version="1")
    program = """
import sys
from quotes.archive import open_archive
with open_archive(sys.argv[1]) as archive:
    assert archive.search("déclaration").matches == 1
heavy = ("spacy", "numpy", "pandas", "alembic", "xlsxwriter", "sqlalchemy.orm.session")
print([module for module in heavy if module in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_foreign_keys_hold(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    with pytest.raises(ArchiveError), archive.writing() as connection:
        connection.execute(text("UPDATE quotes SET speaker_id = 999"))
