"""What part of the page a line is, from the text's own shape."""

from __future__ import annotations

import pytest

import quotes
from quotes.model import ZoneKind
from quotes.reading.zones import zones_of

BODY = "Le conseil a voté le budget après trois heures de débat, malgré les réserves de l’opposition.\n"


def kinds(text: str) -> list[ZoneKind]:
    return [zone.kind for zone in zones_of(text)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Inscrivez-vous à notre newsletter", ZoneKind.BOILERPLATE),
        ("Tous droits réservés", ZoneKind.BOILERPLATE),
        ("Cet article est republié à partir de La Gazette sous licence libre.", ZoneKind.BOILERPLATE),
        ("Votre adresse e-mail ne sera pas publiée.", ZoneKind.BOILERPLATE),
        ("Lire aussi : le budget en cinq questions", ZoneKind.TEASER),
        ("Sur le même sujet", ZoneKind.TEASER),
        ("Par Jeanne Roy", ZoneKind.BYLINE),
        ("Propos recueillis par Jeanne Roy", ZoneKind.BYLINE),
        ("Photo : Luc Faure", ZoneKind.CAPTION),
        ("Crédits : Luc Faure", ZoneKind.CAPTION),
        ("La cour de l’école, en mars. / Crédits : Luc Faure", ZoneKind.CAPTION),
        ("— Jeanne Roy (@jeanneroy) 3 mai 2024", ZoneKind.CAPTION),
        ("À lire aussiLe budget en cinq questions", ZoneKind.TEASER),
        (">> Le port de Brume en cinq dates", ZoneKind.TEASER),
        ("03/05/2024 18:20:37 -", ZoneKind.BYLINE),
        ("Saint-Aubin (AFP) -", ZoneKind.BYLINE),
        ("(1) Les prénoms ont été modifiés.", ZoneKind.BOILERPLATE),
        ("Par exemple, nous avons demandé une pause.", ZoneKind.BODY),
        ("Par ailleurs, deux routes restent fermées.", ZoneKind.BODY),
        ("Enquête de la commission", ZoneKind.HEADING),
        ("* Jour 1 : faire connaissance", ZoneKind.BODY),
        ("- trois entreprises, Hublot, Vergue et Safran", ZoneKind.BODY),
        ("- « Prétexte » -", ZoneKind.HEADING),
        ("Jeanne Roy", ZoneKind.HEADING),
        ("« Nous avons tenu parole devant tous les habitants de cette ville. »", ZoneKind.PULL_QUOTE),
        ("Un chantier de deux ans", ZoneKind.HEADING),
        ("Que faire maintenant ?", ZoneKind.HEADING),
        (
            "Cet article de loi est publié depuis hier, et personne ne l’a encore lu jusqu’au bout.",
            ZoneKind.BODY,
        ),
    ],
)
def test_a_line_inside_a_text(line: str, kind: ZoneKind) -> None:
    assert kinds(f"Le budget voté\nEn bref.\n{BODY}{BODY}{line}\n{BODY}{BODY}")[4] is kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Jeanne Roy", ZoneKind.BYLINE),
        ("Ousmane DE LA TOUR (stagiaire)", ZoneKind.BYLINE),
        ("M. ROY", ZoneKind.BYLINE),
        ("Centre Brume", ZoneKind.HEADING),
    ],
)
@pytest.mark.parametrize("below", ["", "Lire aussi : le budget en cinq questions\n"])
def test_a_name_below_the_text_signs_it(line: str, kind: ZoneKind, below: str) -> None:
    assert kinds(f"Le budget voté\nEn bref.\n{BODY}{BODY}{line}\n{below}")[4] is kind


def test_a_pull_quote_is_of_the_name_below_it() -> None:
    quote = "« Nous avons tenu parole devant tous les habitants de cette ville. »\n"
    for line, kind in (
        ("Jeanne Roy, maire de Brume", ZoneKind.CAPTION),
        ("La Brume, la Vergue et le port", ZoneKind.HEADING),
        ("Oui vous avez tenu parole, mais à quel prix.", ZoneKind.BODY),
    ):
        assert kinds(f"Le budget voté\nEn bref.\n{BODY}{quote}{line}\n{BODY}")[4] is kind


def test_a_conversation_is_no_row_of_pull_quotes() -> None:
    talk = (
        "« Vous avez tenu parole devant tous les habitants de cette ville ? »\n"
        "« Oui, nous l’avons tenue jusqu’au bout, malgré tout le monde. »\n"
    )
    assert kinds(f"Le budget voté\nEn bref.\n{BODY}{talk}{BODY}")[3:5] == [ZoneKind.BODY] * 2


def test_a_text_of_one_line_is_its_body() -> None:
    assert kinds(BODY) == [ZoneKind.BODY]


def test_a_line_without_letters_is_no_headline() -> None:
    assert kinds(f">-\n{BODY}{BODY}")[0] is ZoneKind.BODY


def test_the_questions_of_an_interview() -> None:
    asked = [f"Que répondez-vous à la critique numéro {number} ?\n" for number in "123"]
    text = "Jeanne Roy se défend\nEntretien.\n" + "".join(question + BODY for question in asked)
    assert kinds(text)[2::2] == [ZoneKind.QUESTION] * 3


@pytest.mark.parametrize(
    "line",
    ["12 commentaires", "Réagir", "Réagissez à cet article", "Vos réactions (3)", "Laisser un commentaire"],
)
def test_what_readers_say_below_is_theirs(line: str) -> None:
    text = f"Le budget voté\nEn bref.\n{BODY}{BODY}{line}\n« Quelle honte », s’indigne Marcel.\n"
    assert kinds(text)[-2:] == [ZoneKind.COMMENTS, ZoneKind.COMMENTS]
    extraction = quotes.extract(text)
    assert extraction.quotes == ()
    assert [other.reason for other in extraction.not_quotes] == ["in a comments"]
