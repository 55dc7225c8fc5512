"""What is said in English by the floors below, told in French; and the language of a locale."""

from __future__ import annotations

import pytest

from quotes.messages import _, decimal, in_context, in_number, language_of_locale, percent, speaking, told


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("no such file: check the path", "fichier introuvable : vérifiez le chemin"),
        (
            "there is no article 7: `quotes articles` lists them",
            "il n’y a pas d’article 7 : `quotes articles` les liste",
        ),
        # A sentence whose subject is a name in front of it.
        ("pont.db is damaged: restore it from a backup", "pont.db est abîmé : reprenez une sauvegarde"),
        # A sentence in a sentence.
        (
            "table.csv: can't be read as a table: no such file: check the path",
            "table.csv : ne peut pas être lu comme un tableau : fichier introuvable : vérifiez le chemin",
        ),
        ("another figure", "un autre chiffre"),
        # What isn't known stays, whatever it is.
        ("Oui.", "Oui."),
        ("", ""),
        ("there is no article", "there is no article"),
        ("{braces} {0}", "{braces} {0}"),
    ],
)  # fmt: skip
def test_told_in_french(english: str, french: str) -> None:
    assert told(english, "fr") == french
    assert told(english, "en") == english


def test_values_with_braces_stay_as_they_are() -> None:
    assert told("there is no article {0}: `quotes articles` lists them", "fr").startswith(
        "il n’y a pas d’article {0} :"
    )


def test_a_long_sentence_is_told_at_once() -> None:
    # A pattern with several gaps would go over it again and again.
    long = "no column : it has " * 50_000 + "…!"
    assert told(long, "fr").endswith("…!")


def test_english_is_spoken_where_nothing_else_is_asked_for() -> None:
    assert _("nothing found") == told("nothing found") == "nothing found"
    assert in_number("quote", "quotes", 0) == "quotes"
    assert (decimal(0.95), percent(0.5)) == ("0.95", "50%")
    assert in_context("value", "f") == "f"


def test_french_is_spoken_inside_its_block() -> None:
    with speaking("fr"):
        assert _("nothing found") == "rien trouvé"
        # Zero is singular in French.
        assert [in_number("quote", "quotes", n) for n in (0, 1, 2, 1_000_000)] == [
            "citation", "citation", "citations", "citations"
        ]  # fmt: skip
        assert (decimal(0.95), percent(0.123, 1)) == ("0,95", "12,3\u00a0%")
        assert in_context("value", "f") == "femme"
        with speaking("en"):
            assert _("nothing found") == "nothing found"
        assert _("nothing found") == "rien trouvé"
    assert _("nothing found") == "nothing found"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "fr_FR"}, "en"),
        ({"LC_MESSAGES": "fr_BE.UTF-8", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr:en", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"QUOTES_LANG": "en", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"QUOTES_LANG": "", "LANG": "fr_FR.UTF-8"}, "fr"),
    ],
)
def test_the_language_of_a_locale(environment: dict[str, str], language: str) -> None:
    assert language_of_locale(environment) == language
