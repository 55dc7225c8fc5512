"""``quotes speaker``, ``merge``, ``fix`` …: mending an archive by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.model import Speaker, SpeakerType
from tests.archive.samples import extraction

from .conftest import Run


@pytest.fixture
def two(db: Path) -> Path:
    """The archive with two more articles, in which Z. Lebœuf speaks."""
    initial = Speaker("Z. Lebœuf", SpeakerType.PERSON)
    with open_archive(db) as archive:
        for words in ("Nous verrons", "Patience"):
            archive.add(extraction(f"« {words} »", (words, initial)), extractor_version="test")
    return db


def test_a_speaker_is_shown(run: Run, db: Path) -> None:
    done = run("speaker", "lebœuf")
    assert done.code == 0
    assert "Zoé Lebœuf (person, f), speaker 1: 1 quote" in done.out
    assert "role: maire de Saint-Aubin (2023-05-03; 1)" in done.out
    assert json.loads(run("speaker", "1", "--json").out)["speaker"]["name"] == "Zoé Lebœuf"


def test_an_unknown_speaker_is_said(run: Run, db: Path) -> None:
    done = run("speaker", "Zoe Leboef")
    assert (done.code, done.out) == (1, "")
    assert "like it: Zoé Lebœuf" in done.err


def test_doubles_are_suggested_merged_told_and_parted_again(run: Run, two: Path) -> None:
    (suggestion,) = (
        json.loads(line) for line in run("speakers", "suggest", "--format", "jsonl").out.splitlines()
    )
    assert (suggestion["name"], suggestion["other"]) == ("Z. Lebœuf", "Zoé Lebœuf")
    done = run("merge", suggestion["other"], suggestion["name"])
    assert (done.code, done.out) == (0, "")
    assert "Zoé Lebœuf now has 3 quotes" in done.err
    assert run("speakers", "suggest").err == "quotes: no likely doubles\n"
    assert json.loads(run("history", "--format", "jsonl").out)["action"] == "merge"
    assert run("undo").code == 0
    assert "undone" in run("history", "--format", "table").out
    assert run("undo").code == 1


def test_split_rename_and_alias(run: Run, two: Path) -> None:
    assert run("split", "Z. Lebœuf", "--article", "3", "--name", "Zara Lebœuf").code == 0
    assert run("rename", "Zara Lebœuf", "Zara Lebœuf-Roy").code == 0
    assert run("alias", "Zoé Lebœuf", "la maire").code == 0
    with open_archive(two) as archive:
        assert {row.name: row.quotes for row in archive.speakers()} == {
            "Zoé Lebœuf": 1,
            "Z. Lebœuf": 1,
            "Zara Lebœuf-Roy": 1,
        }
    refused = run("split", "Z. Lebœuf", "--article", "99")
    assert refused.code == 1
    assert "nothing was split" in refused.err


def test_a_quote_is_fixed(run: Run, db: Path) -> None:
    assert run("fix", "1", "--speaker", "Ada Ober", "--gender", "f", "--role", "").code == 0
    with open_archive(db) as archive:
        (row,) = archive.quotes()
    assert (row.speaker, row.gender, row.role, row.rule) == ("Ada Ober", "f", None, "corrected")
    assert run("fix", "1", "--not-a-quote").code == 0
    with open_archive(db) as archive:
        assert list(archive.quotes()) == []


def test_a_contradiction_is_wrong_usage(run: Run, db: Path) -> None:
    assert run("fix", "1", "--not-a-quote", "--speaker", "Ada Ober").code == 2
    assert run("fix", "1", "--speaker", "—").code == 2


def test_review_needs_a_terminal(run: Run, db: Path) -> None:
    done = run("review")
    assert done.code == 2
    assert "quotes fix" in done.err


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    given = iter(answers)
    monkeypatch.setattr("builtins.input", lambda _: next(given))
    monkeypatch.setattr("quotes.cli.corrections.sys.stdin.isatty", lambda: True, raising=False)


@pytest.mark.parametrize(
    ("answers", "rule", "speaker", "role"),
    [
        ([""], "corrected", "Zoé Lebœuf", "maire de Saint-Aubin"),
        (["?", "s", "Ada Ober"], "corrected", "Ada Ober", "maire de Saint-Aubin"),
        (["s", ""], "corrected", None, "maire de Saint-Aubin"),
        (["r", "élue"], "corrected", "Zoé Lebœuf", "élue"),
        (["k"], "incise", "Zoé Lebœuf", "maire de Saint-Aubin"),
        (["q"], "incise", "Zoé Lebœuf", "maire de Saint-Aubin"),
    ],
)
def test_a_review(
    db: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: list[str],
    rule: str,
    speaker: str | None,
    role: str,
) -> None:
    from quotes.cli import corrections

    answer(monkeypatch, *answers)
    corrections.review(limit=50, db=str(db))
    assert "▶L’État nous aide peu◀" in capsys.readouterr().out
    with open_archive(db) as archive:
        (row,) = archive.quotes()
    assert (row.rule, row.speaker, row.role) == (rule, speaker, role)


def test_reextraction_keeps_corrections(run: Run, db: Path) -> None:
    run("fix", "1", "--speaker", "Ada Ober")
    done = run("reextract", "--dry-run")
    assert done.code == 0
    assert run("reextract", "--json").code == 0
    with open_archive(db) as archive:
        assert "Ada Ober" in {row.speaker for row in archive.quotes()}
        assert archive.check() == []


def test_an_archive_is_checked_and_copied(run: Run, db: Path) -> None:
    assert run("db", "check").err == "quotes: quotes.db is sound\n"
    assert run("db", "backup", "copie.db").code == 0
    assert run("db", "check", "--db", "copie.db").code == 0
    assert run("db", "backup", "copie.db").code == 1
    with open_archive(db) as archive, archive.writing() as connection:
        connection.exec_driver_sql('UPDATE quotes SET "end" = 9999')
    done = run("db", "check")
    assert done.code == 1
    assert "ends beyond its article" in done.out


def test_a_split_needs_a_place(run: Run, two: Path) -> None:
    assert run("split", "Z. Lebœuf").code == 2
    assert run("split", "Z. Lebœuf", "--quote", "2").code == 0


def test_a_search_goes_on_from_the_page_before(run: Run, two: Path) -> None:
    first = run("search", "--limit", "2", "--format", "jsonl")
    place = first.err.rsplit("--after ", 1)[1].strip()
    second = run("search", "--limit", "2", "--format", "jsonl", "--after", place)
    numbers = [json.loads(line)["quote_id"] for line in (first.out + second.out).splitlines()]
    assert sorted(numbers) == [1, 2, 3]
    assert "--after" not in second.err
    assert run("search", "--after", "nulle part").code == 1


def test_a_public_identifier_is_asked_for_as_a_number_is(run: Run, db: Path) -> None:
    first = json.loads(run("search", "type:personne", "--format", "jsonl", "--limit", "1").out)
    known_as = first["public_id"]
    by_number = run("show", str(first["article_id"]), "--json")
    assert run("show", known_as, "--json").out == by_number.out
    assert known_as in by_number.out
    done = run("fix", known_as, "--role", "adjointe")
    assert done.code == 0, done.err
    assert run("fix", "0").code == run("show", "abc").code == run("show", "0" * 16).code == 2
    missing = run("show", f"{'0' * 16}.1-2")
    assert missing.code == 1
    assert "not in this archive" in missing.err
