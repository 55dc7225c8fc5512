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
