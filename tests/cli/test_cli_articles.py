"""``quotes articles edit``: what is known of an article is mended, and its quotes follow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.archive import open_archive
from tests.cli.conftest import Run


def test_an_article_and_its_quotes_are_mended(run: Run, db: Path) -> None:
    changed = run(
        "articles", "edit", "1", "--outlet", "L’Écho", "--date", "2024-02-01", "--title", "Le budget",
        "--author", "Luc Faure", "--author", "Ana Roy", "--url", "https://echo.example/1",
        "--translator", "Léa Oya", "--section", "Région", "--db", db,
    )  # fmt: skip
    assert (changed.code, changed.out) == (0, "")
    (row,) = json.loads(run("articles", "--json", "--db", db).out)
    assert (row["title"], row["outlet"], row["published"]) == ("Le budget", "L’Écho", "2024-02-01")
    assert (row["authors"], row["translators"], row["section"]) == (
        ["Luc Faure", "Ana Roy"],
        ["Léa Oya"],
        "Région",
    )
    assert "L’Écho · Région · Luc Faure, Ana Roy · translated by Léa Oya" in run("show", "1", "--db", db).out
    shown = json.loads(run("show", "1", "--json", "--db", db).out)["article"]
    assert (shown["authors"], shown["url"]) == (["Luc Faure", "Ana Roy"], "https://echo.example/1")
    found = run("search", "--outlet", "L’Écho", "--since", "2024", "--db", db)
    assert json.loads(found.out)["quote"] == "L’État nous aide peu"
    assert run("search", "--until", "2023", "--db", db).out == ""
    with open_archive(db) as archive:
        assert [one.value for one in archive.count_by("outlet")] == ["L’Écho"]


def test_what_is_unknown_is_made_so(run: Run, db: Path) -> None:
    assert run("articles", "edit", "1", "--outlet", "", "--date", "", "--author", "", "--db", db).code == 0
    (row,) = json.loads(run("articles", "--json", "--db", db).out)
    assert (row["outlet"], row["published"], row["title"]) == (None, None, "Saint-Aubin vote son budget")
    assert json.loads(run("show", "1", "--json", "--db", db).out)["article"]["authors"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("7", "--title", "Rien"), 1, "there is no article 7"),
        (("1",), 2, "say what to change"),
        (("1", "--date", "hier"), 2, "is no date"),
    ],
)
def test_what_can_not_be_mended_is_said(
    run: Run, db: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = run("articles", "edit", *arguments, "--db", db)
    assert result.code == code
    assert said in result.err


def test_an_edit_is_told_and_taken_back(run: Run, db: Path) -> None:
    said = run("articles", "edit", "1", "--outlet", "L’Écho", "--db", db).err
    assert "`quotes undo 1` takes it back" in said
    (entry,) = json.loads(run("history", "--format", "json", "--db", db).out)
    assert (entry["action"], entry["summary"]) == ("edit", "article 1: outlet L’Écho")
    assert run("undo", "--db", db).code == 0
    (row,) = json.loads(run("articles", "--json", "--db", db).out)
    assert row["outlet"] == "La Gazette de Brume"
