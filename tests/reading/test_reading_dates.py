"""Dates as they are written."""

from __future__ import annotations

import pytest

from quotes.reading.dates import date_in_address, iso_date
from quotes.reading.text import article_of

BODY = "Le conseil a voté le budget. La séance a duré trois heures.\nLa suite demain."


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("23 sept. 2021", "2021-09-23"),
        ("23 sept 2021", "2021-09-23"),
        ("4 janv. 2023", "2023-01-04"),
        ("1er févr. 2024", "2024-02-01"),
        ("1 er avril 2024", "2024-04-01"),
        ("2 avr. 2024", "2024-04-02"),
        ("9 juil. 2024", "2024-07-09"),
        ("9 juin 2024", "2024-06-09"),
        ("12 déc. 2023", "2023-12-12"),
        ("12 AOÛT 2023", "2023-08-12"),
        ("12 aou\u0302t 2023", "2023-08-12"),
        ("12\u00a0mars\u00a02023", "2023-03-12"),
        ("5 mars 2024, 10:12", "2024-03-05"),
        ("05/03/24", "2024-03-05"),
        ("05/03/98", "1998-03-05"),
        ("05/03/2024", "2024-03-05"),
        ("5.3.2024", "2024-03-05"),
        ("05-03-2024", "2024-03-05"),
        ("03/25/2024", "2024-03-25"),
        ("2024/03/05", "2024-03-05"),
        ("2024-3-5", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("202403051015", "2024-03-05"),
        ("20240305101500", "2024-03-05"),
        ("1709596800", "2024-03-05"),
        ("1709596800000", "2024-03-05"),
        ("1709633700", "2024-03-05T10:15:00+00:00"),
        ("Monday, September 20, 2021", "2021-09-20"),
        ("Tuesday, March 5, 2024 - 08:12 UTC", "2024-03-05"),
        ("20 September 2021", "2021-09-20"),
        ("May 3, 2022", "2022-05-03"),
        ("Tue, 05 Mar 2024 10:00:00 +0100", "2024-03-05T10:00:00+01:00"),
        ("Économie, mardi 3 mai 2022 650 mots, p. 4", "2022-05-03"),
        ("31/04/2024", None),
        ("30 févr. 2024", None),
        ("12 marsouins 2024", None),
        ("3.14.2024.7", None),
        ("mars 2024", None),
        ("2024", None),
        ("12345", None),
        ("1" * 400, None),
        ("hier", None),
    ],
)
def test_a_date_as_it_is_stated(stated: str, date: str | None) -> None:
    assert iso_date(stated) == date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Publié le 23 sept. 2021 à 14h05", "2021-09-23"),
        ("Publié le 3 mai 2023 – Mis à jour le 5 mai 2023", "2023-05-03"),
        ("Mis à jour le 6 mai 2023 – Publié le 5 mai 2023", "2023-05-05"),
        ("Mis à jour le 6 mai 2023 (publié le 5 mai 2023)", "2023-05-05"),
        ("Brême, le 5 mars 2024", "2024-03-05"),
        ("Fait à Brême, le 5 mars 2024", "2024-03-05"),
        ("Saint-Aubin-sur-Brume, le 5 mars 2024", "2024-03-05"),
        ("Par Jeanne Roy, le 5 mars 2024", "2024-03-05"),
        ("Jeanne Roy, le 05/03/2024 à 10h08", "2024-03-05"),
        ("Jeanne Roy et Luc Faure | 5 mars 2024", "2024-03-05"),
        ("AFP • 05/03/2024", "2024-03-05"),
        ("mardi 5 mars 2024 - 10:12", "2024-03-05"),
        ("Le stade ouvrira le 5 mars 2024", None),
        ("La mairie, le 5 mars 2024, avait promis un stade", None),
        ("Zoé Lebœuf a promis le 5 mars 2024 un stade.", None),
    ],
)
def test_the_date_of_a_head_line(line: str, date: str | None) -> None:
    article = article_of(f"Le budget voté\n{line}\n{BODY}")
    assert article.published == date
    assert article.title == "Le budget voté"


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://gazette.example/politique/2024/03/05/le-marche.html", "2024-03-05"),
        ("https://gazette.example/le-marche-2024-03-05-12345.php", "2024-03-05"),
        ("https://gazette.example/le-marche-20240305_ABCD.html", "2024-03-05"),
        ("https://gazette.example/05-03-2024-le-marche", "2024-03-05"),
        ("https://gazette.example/2024/03/le-marche", None),
        ("https://gazette.example/article/12345678", None),
        ("https://gazette.example/2024/13/45/x", None),
        ("http://[", None),
    ],
)
def test_the_date_of_an_address(url: str, date: str | None) -> None:
    assert date_in_address(url) == date
