"""What a text says of itself."""

from __future__ import annotations

import pytest

from quotes.reading.metadata import split_byline
from quotes.reading.text import article_of

BODY = "Le conseil a voté le budget. La séance a duré trois heures.\nLa suite demain."


@pytest.mark.parametrize(
    ("byline", "authors", "outlet"),
    [
        ("Par Jeanne Roy", ("Jeanne Roy",), None),
        ("Par Claude Roy et Guy de Brême", ("Claude Roy", "Guy de Brême"), None),
        ("Par Jeanne Roy et Luc d’Arvor, avec AFP", ("Jeanne Roy", "Luc d’Arvor", "AFP"), None),
        ("Par La Gazette de Brume (avec AFP)", ("La Gazette de Brume", "AFP"), None),
        ("Propos recueillis par Jeanne Roy, Journaliste", ("Jeanne Roy",), None),
        ("Entretien : propos recueillis par Anne-Lise Oya", ("Anne-Lise Oya",), None),
        ("Jeanne Roy, avec AFP", ("Jeanne Roy", "AFP"), None),
        ("Article d’Agnès B. Morel pour Brume Éco – traduit par Luc Faure", ("Agnès B. Morel",), "Brume Éco"),
        ("Par Jean-Éric Oya. Photos de Luc Faure", ("Jean-Éric Oya",), None),
        ("Par J.-P. Roy le 3 mai 2023", ("J.-P. Roy",), None),
        ("Par ailleurs, rien", (), None),
        ("Par le maire", (), None),
    ],
)
def test_byline(byline: str, authors: tuple[str, ...], outlet: str | None) -> None:
    article = article_of(f"Le budget voté à Saint-Aubin\n{byline}\n{BODY}")
    assert (article.authors, article.outlet) == (authors, outlet)


@pytest.mark.parametrize(
    ("byline", "authors", "translators"),
    [
        ("Article d’Agnès Morel pour Brume Éco – traduit par Luc Faure", ("Agnès Morel",), ("Luc Faure",)),
        (
            "Par Jeanne Roy, traduit de l’anglais par Luc Faure et Ana Oya",
            ("Jeanne Roy",),
            ("Luc Faure", "Ana Oya"),
        ),
        ("Par Jeanne Roy (traduit de l'anglais (États-Unis) par Luc Faure)", ("Jeanne Roy",), ("Luc Faure",)),
        ("Traduction : Luc Faure", (), ("Luc Faure",)),
        ("Traduit du portugais par L. Faure", (), ("L. Faure",)),
        ("Propos recueillis par Jeanne Roy, traduction de Luc Faure", ("Jeanne Roy",), ("Luc Faure",)),
        ("Le roman est traduit en douze langues", (), ()),
    ],
)
def test_translators(byline: str, authors: tuple[str, ...], translators: tuple[str, ...]) -> None:
    article = article_of(f"Le budget voté à Saint-Aubin\n{byline}\n{BODY}")
    assert (article.authors, article.translators) == (authors, translators)


@pytest.mark.parametrize(
    ("stated", "authors", "translators"),
    [
        ("Jeanne ROY ; Luc FAURE", ("Jeanne ROY", "Luc FAURE"), ()),
        ("Par Jeanne Roy", ("Jeanne Roy",), ()),
        ("La Gazette avec l'AFP", ("La Gazette", "AFP"), ()),
        ("jeanne roy, jeanne.roy@gazette.example", ("jeanne roy",), ()),
        ("Jeanne Roy (traduit de l'anglais par Luc Faure)", ("Jeanne Roy",), ("Luc Faure",)),
        ("Claude Roy", ("Claude Roy",), ()),
        ("Mathilde Oya et Guy de Brême (à Lyon)", ("Mathilde Oya", "Guy de Brême"), ()),
        ("Par Gaspar Mendes & Jude Okafor", ("Gaspar Mendes", "Jude Okafor"), ()),
        ("Xavier de Brême, à Lyon", ("Xavier de Brême",), ()),
        ("By Claude Roy and Parfait Dearbois", ("Claude Roy", "Parfait Dearbois"), ()),
        ("propos recueillis par Claude Roy", ("Claude Roy",), ()),
        ("ROY Claude; OYA Mathilde", ("ROY Claude", "OYA Mathilde"), ()),
        ("Roux, Claude", ("Roux Claude",), ()),
        ("de Brême, Guy ; Oya, Mathilde", ("de Brême Guy", "Oya Mathilde"), ()),
        ("Claude Roy, correspondante à Brême", ("Claude Roy",), ()),
        ("Claude Roy (Agence Brume), publié le 5 mars 2024", ("Claude Roy",), ()),
        ("Claude Roy (avec l'AFP)", ("Claude Roy", "AFP"), ()),
        ("AFP", ("AFP",), ()),
        ("jeanne@gazette.example (Jeanne Roy)", ("Jeanne Roy",), ()),
        ("La rédaction", ("La rédaction",), ()),
        ("", (), ()),
        ("x" * 200, (), ()),
    ],
)
def test_a_byline_that_is_stated_as_such(
    stated: str, authors: tuple[str, ...], translators: tuple[str, ...]
) -> None:
    assert split_byline(stated) == (authors, translators)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Publié le 1er août 2022 à 10 h 12", "2022-08-01"),
        ("Publié le 3 mai 2023, mis à jour le 5 mai 2023", "2023-05-03"),
        ("Mis à jour le 05/05/2023", "2023-05-05"),
        ("mercredi 3 mai 2023", "2023-05-03"),
        ("2023-05-03 – Saint-Aubin", "2023-05-03"),
        ("SAINT-AUBIN, 3 mai 2023 (Agence Brume) – Le conseil a voté.", "2023-05-03"),
        ("Publié le 32 mai 2023", None),
        ("La mairie avait promis pour le 3 mai 2023 un nouveau stade.", None),
        ("Le projet date de 2019.", None),
    ],
)
def test_date(line: str, date: str | None) -> None:
    assert article_of(f"Le budget voté\n{line}\n{BODY}").published == date


@pytest.mark.parametrize(
    ("source", "date"),
    [
        ("presse/2023-05-03-budget.txt", "2023-05-03"),
        ("20230503.txt", "2023-05-03"),
        ("budget-2023.txt", None),
        ("12345678901.txt", None),
        ("2023-13-45.txt", None),
    ],
)
def test_date_in_the_file_name(source: str, date: str | None) -> None:
    assert article_of(BODY, source).published == date


def test_title_and_address() -> None:
    article = article_of(f"# Le budget voté\n{BODY}\nSource : https://brume.example/budget\n")
    assert article.title == "Le budget voté"
    assert article.url == "https://brume.example/budget"


def test_a_text_that_says_nothing_of_itself() -> None:
    article = article_of(BODY)
    assert (article.title, article.authors, article.outlet, article.published, article.url) == (
        None,
        (),
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Jeanne Roy", ("Jeanne Roy",)),
        ("– Ousmane ROY (stagiaire)", ("Ousmane ROY",)),
        ("Centre Brume", ()),
    ],
)
def test_who_signs_below(line: str, authors: tuple[str, ...]) -> None:
    body = "Le conseil a voté le budget après trois heures de débat, malgré les réserves de l’opposition.\n"
    assert article_of(f"Le budget voté\nEn bref.\n{body * 3}{line}\n").authors == authors


def test_a_byline_outranks_the_name_below() -> None:
    body = "Le conseil a voté le budget après trois heures de débat, malgré les réserves de l’opposition.\n"
    assert article_of(f"Le budget voté\nPar Luc Faure\n{body * 3}Jeanne Roy\n").authors == ("Luc Faure",)
