"""``quotes check`` and ``quotes variants``."""

from __future__ import annotations

import json
from pathlib import Path

from quotes.archive import open_archive
from quotes.model import Speaker, SpeakerType
from tests.archive.samples import extraction

from .conftest import Run

SAID = "L’hôpital de Brume ne fermera jamais ses urgences la nuit"
SHORT = "L’hôpital de Brume ne fermera jamais ses urgences"


def test_a_wording_is_checked(run: Run, db: Path) -> None:
    done = run("check", "l'Etat nous aide beaucoup", "--format", "table")
    assert (done.code, done.err) == (0, "")
    assert "altered" in done.out
    assert "Zoé Lebœuf, maire de Saint-Aubin" in done.out
    assert "L’État nous aide [-peu-] {+beaucoup+}" in done.out


def test_a_wording_is_checked_for_programs(run: Run, db: Path) -> None:
    (record,) = json.loads(run("check", "L’État nous aide peu", "--format", "json").out)
    assert (record["likeness"], record["score"], record["quote_id"]) == ("exact", 1.0, 1)


def test_what_nobody_said_is_said_plainly(run: Run, db: Path) -> None:
    done = run("check", "Les poissons volent")
    assert (done.code, done.out) == (0, "")
    assert "nobody in the archive said this" in done.err
    assert run("check", "L’État nous aide peu", "--speaker", "Ober").out == ""


def test_no_words_are_no_wording(run: Run, db: Path) -> None:
    for wording in ("", "« »"):
        assert run("check", wording).code == 2


def test_variants(run: Run, db: Path) -> None:
    speaker = Speaker("Ada Ober", SpeakerType.PERSON)
    assert run("variants").err == "quotes: nothing was printed twice\n"
    with open_archive(db) as archive:
        for words in (SAID, SHORT):
            archive.add(extraction(f"« {words} »", (words, speaker)), extractor_version="test")
    (utterance,) = json.loads(run("variants", "--format", "json").out)
    assert [one["quote"] for one in utterance["appearances"]] == [SAID, SHORT]
    shown = run("variants", "3", "--format", "table").out
    assert "2 appearances" in shown
    assert "part of a longer quote" in shown
    alone = run("variants", "1")
    assert (alone.out, alone.err) == ("", "quotes: quote 1 was printed once only\n")
    unknown = run("variants", "99")
    assert unknown.code == 1
    assert "there is no quote 99" in unknown.err
