"""``quotes check`` and ``quotes variants``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from quotes.archive import open_archive
from quotes.model import Article, Extraction, Mention, Speaker, SpeakerType
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


def test_an_answer_has_its_evidence(run: Run, db: Path) -> None:
    from tests.archive.samples import quote

    text = "Il gèle. « Nous quitterons le port avant la marée », a lancé la capitaine. Puis elle sort."
    words = "Nous quitterons le port avant la marée"
    one = quote(text, words, Speaker("Ada Ober", SpeakerType.PERSON), "capitaine du Cormoran")
    start = text.index("la capitaine")
    one = replace(one, mention=Mention(start, start + 12, "la capitaine"))
    article = Article(
        text, title="Départ", outlet="Le Phare", published="2024-02-03", url="https://phare.example/7"
    )
    with open_archive(db) as archive:
        archive.add(Extraction(article, (one,)), extractor_version="test")
    shown = run("check", "nous quitterons le port … la marée", "--format", "table").out
    assert shown.splitlines() == [
        "shortened (1.00) — Ada Ober, capitaine du Cormoran — Le Phare · 2024-02-03 — quote 2 (sure 0.90)",
        "Nous quitterons le port […] la marée",
        "    in: « Nous quitterons le port avant la marée », a lancé la capitaine.",
        "    as printed: la capitaine",
        "    Départ · https://phare.example/7 · article 2",
        "",
    ]
    denied = run("check", "Nous ne quitterons pas le port avant la marée", "--format", "table").out
    assert "CHANGES THE SENSE: a negation more or less" in denied
    (record,) = json.loads(run("check", words, "--format", "json").out)
    assert (record["extracted"], record["sense"], record["as_printed"]) == (True, [], "la capitaine")
    assert record["around"].endswith("a lancé la capitaine.")


def test_another_speaker_said_it(run: Run, db: Path) -> None:
    done = run("check", "L’État nous aide peu", "--speaker", "Ober", "--format", "table")
    assert done.code == 0
    said_it = "not Ober: Zoé Lebœuf said it, on 2023-05-03, in La Gazette de Brume (quote 1)"
    assert said_it in done.out + done.err
    assert "L’État nous aide peu" in done.out


def test_what_was_printed_only(run: Run, db: Path) -> None:
    done = run("check", "la seance a dure trois heures", "--format", "table")
    assert done.code == 0
    assert "printed, not extracted as a quote — La Gazette de Brume · 2023-05-03" in done.out
    assert "in: La séance a duré trois heures." in done.out
    assert "no quote says this, but it was printed" in done.err
    (record,) = json.loads(run("check", "la séance a duré trois heures", "--format", "json").out)
    assert (record["extracted"], record["article_id"]) == (False, 1)
