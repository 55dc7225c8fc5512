"""The command line in French: help, messages, tables, errors of usage, what is typed, the review."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.cli import main
from tests.cli.conftest import Run, budget


def test_help(run: Run) -> None:
    result = run("--lang", "fr", "--help")
    assert result.code == 0
    assert result.out.startswith("Usage : quotes [OPTIONS] COMMANDE [ARGUMENTS]…")
    for words in (
        "Options\u00a0:",
        "Lire\u00a0:",
        "Interroger\u00a0:",
        "Corriger\u00a0:",
        "Entretenir\u00a0:",
    ):
        assert words in result.out
    assert "Affiche cette aide." in result.out
    search = run("search", "--help", "--lang=fr").out
    assert "Cherche des citations par mots" in search
    assert "--speaker NOM" in search
    assert "[par défaut : 20" in search
    assert "Exemples\u00a0:" in search


def test_the_locale_or_a_variable_chooses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_LANG", "fr")
    assert "il n’y a pas d’archive" in run("search", "pont").err
    # What is asked for in the call goes before it.
    assert "there is no archive" in run("search", "pont", "--lang", "en").err
    for name in ("QUOTES_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert "il n’y a pas d’archive" in run("search", "pont").err
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert "there is no archive" in run("search", "pont").err


def test_another_language_is_wrong_usage(run: Run) -> None:
    result = run("search", "--lang", "de")
    assert result.code == 2
    assert result.err.splitlines()[-1].endswith("'de' is no language of this program: write fr or en")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("serch",), "Erreur : La commande 'serch' n’existe pas. Vouliez-vous dire 'search'"),
        (("search", "--kind", "oui"), "Erreur : Valeur refusée pour '--kind' : 'oui' n’en est pas une"),
        (("search", "--limit", "beaucoup"), "ce n’est pas un nombre entier"),
        (("search", "--limit", "0"), "il faut au moins 1"),
        (("search", "un", "deux"), "Il y a des arguments de trop (deux)"),
        (("search", "--since", "hier"), "'hier' n’est pas une date : écrivez 2024"),
        (("show",), "Il manque l’argument"),
        (("search", "--speaker"), "L’option '--speaker' demande une valeur."),
        (("search", "--spaeker", "x"), "L’option --spaeker n’existe pas (proches"),
    ],
)
def test_errors_of_usage(run: Run, call: tuple[str, ...], said: str) -> None:
    result = run("--lang", "fr", *call)
    assert result.code == 2
    assert result.out == ""
    assert said in result.err.splitlines()[-1]


def test_a_wrong_value_is_told_with_the_right_ones(run: Run) -> None:
    last = run("search", "--kind", "yes").err.splitlines()[-1]
    assert last == "Error: Invalid value for '--kind': 'yes' is not one of 'direct', 'mixed', 'indirect'."


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--type", "personne"), 1),
        (("--type", "Organisation"), 0),
        (("--gender", "femme"), 1),
        (("--gender", "homme"), 0),
        (("--kind", "directe"), 1),
        (("--kind", "rapportée"), 0),
        (("--genre", "femme", "--locuteur", "Lebœuf"), 1),
    ],
)
def test_values_typed_in_french(run: Run, db: Path, options: tuple[str, ...], found: int) -> None:
    # In whatever language the program speaks.
    for language in ("fr", "en"):
        result = run("search", *options, "--lang", language)
        assert (result.code, len(result.out.splitlines())) == (0, found)


def test_dimensions_typed_in_french(run: Run, db: Path) -> None:
    french, english = run("stats", "--by", "genre", "--csv"), run("stats", "--by", "gender", "--csv")
    assert french.out == english.out
    assert french.out.startswith("gender,quotes,words\r\nf,1,")


def test_tables_and_lists(run: Run, db: Path) -> None:
    table = run("--lang", "fr", "stats", "--by", "gender", "--by", "kind", "--format", "table")
    assert "femme" in table.out
    assert "directe" in table.out
    assert "citations" in table.out
    assert "part inconnue de ces citations : genre 0 %, forme 0 %" in table.err
    assert "sûr 0,95" in run("--lang", "fr", "search", "--format", "table").out
    assert "(personne, femme)" in run("--lang", "fr", "speaker", "Zoé Lebœuf").out
    shown = run("--lang", "fr", "check", "l'Etat nous aide beaucoup", "--format", "table").out
    assert "modifié (0," in shown
    assert "citation 1 (sûr 0,95)" in shown


def test_data_stay_as_they_are(run: Run, db: Path) -> None:
    (row,) = [json.loads(line) for line in run("--lang", "fr", "search").out.splitlines()]
    assert (row["kind"], row["gender"], row["speaker_type"]) == ("direct", "f", "person")


def test_errors_of_the_archive_and_of_reading(run: Run, db: Path, tmp_path: Path) -> None:
    assert "il n’y a pas d’article 9 : `quotes articles` les liste" in run("--lang", "fr", "show", "9").err
    (tmp_path / "vide.txt").write_text("", encoding="utf-8")
    added = run("--lang", "fr", "add", "vide.txt")
    assert "vide.txt : est vide : rien à lire" in added.err
    assert "0 article ajouté avec 0 citation, 1 non lu" in added.err
    # It is kept in English, and told in the language of who asks.
    assert "est vide : rien à lire" in run("--lang", "fr", "failures", "--format", "table").out
    assert "is empty: nothing to read" in run("failures", "--format", "table").out


def test_the_review(run: Run, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("l\nJeanne Roy\n"))
    asked: list[str] = []
    monkeypatch.setitem(sys.modules, "readline", None)

    def answer(question: str) -> str:
        asked.append(question)
        return sys.stdin.readline().rstrip("\n")

    monkeypatch.setattr("builtins.input", answer)
    assert main(["--lang", "fr", "review"]) == 0
    assert asked == ["? ", "locuteur (vide : inconnu) "]
    with open_archive(db, readonly=True) as archive:
        assert [row.speaker for row in archive.quotes()] == ["Jeanne Roy"]


def test_what_was_changed_and_undone(run: Run, db: Path) -> None:
    assert run("fix", "1", "--speaker", "Jeanne Roy", "--role", "maire").code == 0
    summary = "citation 1 « L’État nous aide peu » : locuteur Jeanne Roy, qualité maire"
    shown = " ".join(run("--lang", "fr", "history", "--format", "table").out.split())
    assert "locuteur Jeanne Roy" in shown
    assert "speaker" not in shown
    # Data stay as they are.
    assert (
        "speaker Jeanne Roy" in json.loads(run("--lang", "fr", "history", "--format", "jsonl").out)["summary"]
    )
    assert run("--lang", "fr", "undo").err == f"quotes: annulé : correction {summary}\n"


def test_rules_have_a_name_for_people(run: Run, db: Path) -> None:
    run("fix", "1", "--role", "maire")
    assert "(corrigé, sûr 1,00, #1)" in run("--lang", "fr", "show", "1").out
    assert "(corrected, sure 1.00, #1)" in run("show", "1").out
    (row,) = [json.loads(line) for line in run("--lang", "fr", "search").out.splitlines()]
    assert row["rule"] == "corrected"


def test_the_keys_of_the_english_review_go_on_working(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("x\nk\n"))
    monkeypatch.setattr("builtins.input", lambda question: sys.stdin.readline().rstrip("\n"))
    assert main(["--lang", "fr", "review"]) == 0
    assert "[Entrée] juste · l locuteur · f fonction" in capsys.readouterr().out


def test_a_chart_is_titled_in_french(run: Run, db: Path, tmp_path: Path) -> None:
    pytest.importorskip("pygal")
    assert run("--lang", "fr", "stats", "--by", "type", "--plot", "types.svg").code == 0
    drawing = (tmp_path / "types.svg").read_text(encoding="utf-8")
    assert "Citations par type de locuteur" in drawing
    assert "personne · 1" in drawing


def test_a_page_to_send_is_in_the_language_spoken(run: Run, db: Path, tmp_path: Path) -> None:
    assert run("--lang", "fr", "export", "-o", "citations.html").code == 0
    page = (tmp_path / "citations.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    assert "1 citation · 1 article" in page
    assert budget().quotes[0].text in page.replace("&#x27;", "'")
