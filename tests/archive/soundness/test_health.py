"""Archives damaged on purpose: each sort is called by its name, and what can be derived is mended."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from quotes.archive import Archive, Change, Failure, open_archive
from tests.archive.samples import COUNCIL, JEANNE, MARKET, extraction, full
from tests.archive.test_numbers import report, rows

# SQL that damages, what is said, and whether it can be mended.
DERIVED = [
    ("DELETE FROM quote_terms WHERE quote_id = 2", "quote 2: it can't be found by its words"),
    ("UPDATE quote_terms SET stems = 'autre' WHERE quote_id = 1", "quote 1: its terms are not those"),
    ("UPDATE quotes SET words = 99 WHERE id = 1", "quote 1: its number of words is wrong"),
    ("UPDATE quotes SET outlet = 'Ailleurs' WHERE id = 1", "quote 1: its outlet or date is not that"),
    ("UPDATE quotes SET published = '1999' WHERE id = 3", "quote 3: its outlet or date is not that"),
    ("UPDATE quotes SET gender = 'm' WHERE id = 1", "quote 1: its speaker's type or gender"),
    ("UPDATE speakers SET gender = 'x' WHERE id = 1", "speaker 1: its gender 'x' is none"),
    ("UPDATE speakers SET gender = 'm' WHERE id = 1", "speaker 1: its gender is told by none of its quotes"),
    ("UPDATE quotes SET speaker_type = 'group' WHERE id = 1", "quote 1: its speaker's type or gender"),
    ("UPDATE quotes SET speaker_id = 2 WHERE id = 1", "quote 1: its speaker is not the one"),
    ("DELETE FROM quote_sketches", "quote 2: quotes like it can't be found"),
    ("UPDATE quote_sketches SET quote_id = 99 WHERE quote_id = 2", "of no quote's words"),
    ("UPDATE speaker_aliases SET folded = 'jeane' WHERE id = 1", "name 1: it can't be found as it is"),
    ("DELETE FROM name_words WHERE alias_id = 1", "name 1: it can't be found by its words"),
    ("UPDATE roles SET folded = 'mare' WHERE id = 1", "role 1: it can't be found as it is written"),
    ("UPDATE article_bodies SET body_hash = 'x' WHERE article_id = 1", "article 1: it can't be known again"),
    ("DELETE FROM article_bodies WHERE article_id = 2", "article 2: it can't be known again"),
    ("DELETE FROM article_sketches WHERE article_id = 4", "article 4: articles like it can't be found"),
    ("UPDATE article_sketches SET article_id = 99 WHERE article_id = 4", "sketch of article 99: there is"),
    ("UPDATE article_revisions SET body_hash = 'x'", "earlier version 1: it can't be known again"),
    ("INSERT INTO gone_quotes VALUES (1, 1, 0, 1, 'x')", "number 1: it is a quote's, and that of one"),
    ("INSERT INTO speakers (name, type, incomplete) VALUES ('Léa', 'person', true)", "no name leads to them"),
]  # fmt: skip
LOST = [
    ("UPDATE articles SET text = 'Tout autre' WHERE id = 1", "article 1: its text is not the one"),
    ("UPDATE articles SET text = replace(text, 'promet', 'permet') WHERE id = 2", "article 2: its text"),
    ("UPDATE articles SET content_hash = 'abc' WHERE id = 1", "article 1: its content_hash is no SHA-256"),
    ("UPDATE articles SET published = '2024-13-45' WHERE id = 1", "its published '2024-13-45' is no date"),
    ("UPDATE articles SET added_at = 'hier' WHERE id = 1", "article 1: its added_at 'hier' is no date"),
    ("UPDATE articles SET zones = '[[\"nulle\", 0, 4]]' WHERE id = 3", "article 3: its zones are of no kind"),
    ("UPDATE articles SET zones = '[[\"body\", 0, 9999]]' WHERE id = 3", "its zones lie outside of its text"),
    ("UPDATE articles SET authors = '{}' WHERE id = 3", "article 3: its authors is no list"),
    ("UPDATE articles SET authors = '[1]' WHERE id = 3", "article 3: its authors are not all text"),
    ("UPDATE quotes SET kind = 'chuchoté' WHERE id = 1", "quote 1: its kind 'chuchoté' is none"),
    ("UPDATE quotes SET text = 'Rien de tel' WHERE id = 1", "quote 1: it is not what its article has"),
    ("UPDATE quotes SET start = start + 1 WHERE id = 2", "quote 2: it is not what its article has"),
    ('UPDATE quotes SET "end" = 9999 WHERE id = 2', "quote 2: it ends beyond its article"),
    ("UPDATE quotes SET incises = '[[5, 3]]' WHERE id = 1", "quote 1: its incises lie outside"),
    ("UPDATE quotes SET incises = '[7]' WHERE id = 1", "quote 1: its incises are no spans"),
    ("UPDATE quotes SET mention_text = 'Zoé' WHERE id = 6", "quote 6: its mention is not what its article"),
    ("UPDATE quotes SET cue_end = 9999 WHERE id = 6", "quote 6: its cue lies outside of its article"),
    ("UPDATE quotes SET alias_id = NULL WHERE id = 1", "quote 1: it has a speaker without a name"),
    ("UPDATE speakers SET type = 'fantôme' WHERE id = 1", "speaker 1: its type 'fantôme' is none"),
    ("UPDATE quotes SET told_gender = 'x' WHERE id = 1", "quote 1: its told_gender 'x' is none"),
    ("UPDATE not_quotes SET text = 'autre' WHERE article_id = 3", "it is not what its article has"),
    ("UPDATE article_revisions SET text = 'Rien'", "earlier version 1: its text is not the one"),
    ("UPDATE article_copies SET published = 'jadis'", "copy 1: its published 'jadis' is no date"),
    ("UPDATE article_likenesses SET likeness = 7", "likeness of article"),
    ("UPDATE corrections SET change = '{\"speaker\": 7}'", "correction 1: it can't be read"),
    ("UPDATE corrections SET content_hash = '" + "0" * 64 + "'", "correction 1: it is of a text that is not"),
    ("UPDATE found_extractions SET quotes = '[{}]'", "what was found in article 1: it can't be read"),
    ("UPDATE journal SET after = '[]'", "change 1: its after is no object"),
    ("UPDATE failures SET options = '3'", "failure 1: its options is no object"),
]  # fmt: skip
# What PostgreSQL itself doesn't let in.
OF_A_FILE = [
    ("UPDATE articles SET zones = '[[oops' WHERE id = 1", "article 1: its zones is no JSON"),
    ("UPDATE articles SET text = CAST(X'C3C3C3' AS TEXT) WHERE id = 1", "article 1: its text has bytes that"),
    ("UPDATE articles SET title = X'00' WHERE id = 1", "article 1: its title is no text but bytes"),
    ("UPDATE quotes SET display = 'oui' WHERE id = 1", "quote 1: its display is neither yes nor no"),
    ("UPDATE quotes SET utterance_id = 'x' WHERE id = 1", "quote 1: its utterance_id is no whole number"),
    ("DELETE FROM speakers WHERE id = 1", "points to nothing in speakers"),
]


def fill(archive: Archive) -> None:
    for one in (COUNCIL, MARKET, full(), report(1, 0), report(1, 1)):
        archive.add(one, extractor_version="1")
    archive.add(report(1, 1, source="copie.txt"), extractor_version="1")
    like = report(1, 1, source="ailleurs.txt")
    text = like.article.text.replace("Pont 1.", "Le pont 1 ferme.")
    archive.add(
        extraction(text, *((one.text, JEANNE) for one in like.quotes), outlet="L’Autre"),
        extractor_version="1",
    )
    archive.fix(1, Change(role="maire de la commune"), who="ida")
    archive.note_failures([Failure("rien.pdf", "rien.pdf", "is damaged", {})])


def damaged(archive: Archive, damage: str) -> None:
    with archive.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.exec_driver_sql(damage)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    fill(archive)
    assert archive.check() == []
    return archive


@pytest.mark.parametrize(("damage", "said"), DERIVED)
def test_what_is_derived_is_missed_and_made_anew(filled: Archive, damage: str, said: str) -> None:
    before = rows(filled)
    damaged(filled, damage)
    found = filled.check()
    assert any(said in sentence for sentence in found), found
    repaired = filled.repair()
    assert repaired.left == []
    assert repaired.done
    assert filled.check() == []
    after = rows(filled)
    if "Léa" in damage:
        after["speakers"].pop()
        after["speaker_aliases"].pop()
    assert after == before


@pytest.mark.parametrize(("damage", "said"), LOST)
def test_what_nothing_else_tells_is_called_by_its_name_and_left(
    filled: Archive, damage: str, said: str
) -> None:
    damaged(filled, damage)
    found = filled.check()
    assert any(said in sentence for sentence in found), found
    left = filled.repair().left
    assert any(said in sentence for sentence in left), left


def damage_file(path: Path, damage: str) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute(damage)
    raw.close()


@pytest.mark.parametrize(("damage", "said"), OF_A_FILE)
def test_what_only_a_file_can_have_is_called_by_its_name(
    path: Path, archive_file: Archive, damage: str, said: str
) -> None:
    fill(archive_file)
    damage_file(path, damage)
    found = archive_file.check()
    assert any(said in sentence for sentence in found), found
    assert archive_file.repair().left


def unindexed(path: Path, change: str) -> None:
    """Change rows while an index sleeps, which doesn't hear of it."""
    with sqlite3.connect(path) as raw:
        kept = raw.execute("SELECT * FROM sqlite_master WHERE name = 'ix_quotes_role_id'").fetchone()
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("DELETE FROM sqlite_master WHERE name = 'ix_quotes_role_id'")
    raw.close()
    with sqlite3.connect(path) as raw:
        raw.execute(change)
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", kept)
    raw.close()


def test_an_index_of_the_file_is_made_anew(path: Path) -> None:
    with open_archive(path) as archive:
        fill(archive)
    unindexed(path, "UPDATE quotes SET role_id = NULL WHERE id = 1")
    with open_archive(path) as archive:
        assert any(sentence.startswith("SQLite: ") for sentence in archive.check())
        repaired = archive.repair()
        assert repaired.left == []
        assert "the indexes of the file were made anew" in repaired.done


def test_the_full_text_index_is_made_anew(path: Path) -> None:
    with open_archive(path) as archive:
        fill(archive)
        damaged(archive, "INSERT INTO quote_fts(rowid, exact, stems) VALUES (99, 'de', 'trop')")
        assert archive.check() == ["the full-text index doesn't fit the quotes"]
        assert archive.repair() == (["the full-text index was made anew"], [])


def test_a_sound_archive_needs_no_repair(filled: Archive) -> None:
    before = rows(filled)
    assert filled.repair() == ([], [])
    assert rows(filled) == before


def test_much_damage_of_one_sort_is_counted(archive: Archive) -> None:
    for number in range(30):
        said = f"La parole numéro {number} vient"
        archive.add(extraction(f"« {said} »", (said, JEANNE)), extractor_version="1")
    damaged(archive, "UPDATE quotes SET words = 1")
    found = archive.check()
    assert len(found) == 21
    assert "in 10 more" in found[-1]
