"""Lines that were broken to a width are paragraphs again; all others stay."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from quotes.reading.lines import flowed, unwrapped
from quotes.reading.text import read_article

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
PARAGRAPHS = [
    "Le marché couvert de Brême-la-Vieille rouvrira samedi",
    "Le conseil municipal a débattu pendant trois heures de la réouverture du marché couvert, fermé depuis"
    " l'incendie de novembre. Plusieurs commerçants avaient fait le déplacement.",
    "« Nous avons tenu parole, a déclaré devant une salle comble Zoé Lebœuf-Marin, vice-présidente de"
    " l'agglomération. Le reste viendra, peut-être avant l'été. »",
    "« On verra bien », a-t-elle ajouté. Selon le sous-préfet, Paul Morel, quatre-vingt-deux étals seront"
    " loués d'ici à la fin de l'année, contre une cinquantaine avant l'incendie.",
]


@pytest.mark.parametrize("width", [40, 48, 60, 72, 78])
@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_paragraphs_come_back(width: int, indent: str) -> None:
    between = "\n" if indent else "\n\n"
    wrapped = between.join(textwrap.fill(text, width, initial_indent=indent) for text in PARAGRAPHS)
    assert [line for line in unwrapped(wrapped).split("\n") if line] == PARAGRAPHS


def test_a_heading_that_nobody_broke_stays_apart() -> None:
    title = "Un titre qui est bien plus long que les lignes du texte et qui n'a pas été coupé comme elles"
    wrapped = "\n".join([title, textwrap.fill(PARAGRAPHS[1], 50)])
    assert unwrapped(wrapped) == f"{title}\n{PARAGRAPHS[1]}"


def test_lines_that_were_broken_again_are_joined() -> None:
    text = (
        "Le conseil municipal a voté lundi soir la fer-\nmeture du marché,\net non celle de la halle, ont\n"
        "indiqué plusieurs élus à la fin de la séance\npublique, avant de lever le camp.\n\n"
        "Les commerçants n'ont pas été, hier, in-\nformés de la suite, disent-ils, et n'en\nsavent que dire."
    )
    assert unwrapped(text).split("\n\n") == [
        "Le conseil municipal a voté lundi soir la fermeture du marché, et non celle de la halle, ont indiqué"
        " plusieurs élus à la fin de la séance publique, avant de lever le camp.",
        "Les commerçants n'ont pas été, hier, informés de la suite, disent-ils, et n'en savent que dire.",
    ]


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        ("a-t-\nelle", "a-t-elle"),
        ("lance-\nt-elle", "lance-t-elle"),
        ("dit-\nil", "dit-il"),
        ("rend-\nils", "rend-ils"),
        ("peut-\nêtre", "peut-être"),
        ("celui-\nci", "celui-ci"),
        ("vous-\nmêmes", "vous-mêmes"),
        ("sous-\npréfète", "sous-préfète"),
        ("vis-à-\nvis", "vis-à-vis"),
        ("vis-\nà-vis", "vis-à-vis"),
        ("Brême-\nla-Vieille", "Brême-la-Vieille"),
        ("Marc-\nAntoine", "Marc-Antoine"),
        ("2023-\n2024", "2023-2024"),
        ("porte-\nparole", "porte-parole"),
        ("imbé-\nciles", "imbéciles"),
        ("ferme-\nture", "fermeture"),
        ("nouvel-\nle", "nouvelle"),
        ("porte-\nront", "porteront"),
        ("sous-\ncrire", "souscrire"),
        ("mi-\nnistre", "ministre"),
        ("entre-\nprise", "entreprise"),
        ("tou-\nte", "toute"),
        ("marché\u00ad\nage", "marchéage"),
        ("l’inter-\nrogatoire", "l’interrogatoire"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(broken: str, word: str) -> None:
    text = f"Le conseil a voté lundi soir le budget, et {broken} bien la suite de cette\nlongue journée."
    assert word in unwrapped(text, certainly=True).split() or f"{word} bien" in unwrapped(
        text, certainly=True
    )


def test_a_hyphen_stays_as_the_text_has_it_elsewhere() -> None:
    text = "Le café-théâtre-brocante de la brou-\nhalle ouvre ; la brou-halle et la bru-\nmelle, oui, la brumelle."  # noqa: E501
    assert "la brou-halle ouvre" in unwrapped(text, certainly=True)
    assert "la brumelle, oui" in unwrapped(text, certainly=True)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_articles_with_a_paragraph_a_line_stay(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unwrapped(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Un seul mot",
        "Sur le pont de Brême\nOn y danse, on y danse\nLes belles dames font comme ça\nEt puis encore comme ça",  # noqa: E501
        "du lait\ndes œufs frais\nde la farine de blé noir\nun peu de sel",
        "– Vous partez ?\n– Oui.\n– Pour longtemps ?\n– Je ne sais pas, tout dépend de la suite des événements.",  # noqa: E501
        "Le maire a dit oui.\nLe préfet a dit non.\nLes élus ont ri, et la séance a été levée à midi.",
    ],
)
def test_what_nobody_broke_stays(text: str) -> None:
    assert unwrapped(text) == text


def test_points_of_a_list_stay_apart() -> None:
    text = (
        textwrap.fill(PARAGRAPHS[1], 50)
        + "\n- les étals du marché couvert\n- la halle aux grains\n- le parking"
    )
    assert unwrapped(text).split("\n")[1:] == [
        "- les étals du marché couvert",
        "- la halle aux grains",
        "- le parking",
    ]


def test_a_text_is_stored_with_its_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(textwrap.fill(text, 60) for text in PARAGRAPHS), encoding="utf-8")
    article = read_article(path)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.title == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("text", "spaces_go", "paragraphs"),
    [
        (
            "Le conseil a voté \nle budget.\nLa suite demain.",
            False,
            "Le conseil a voté le budget.\nLa suite demain.",
        ),
        ("Le con \nseil.", True, "Le conseil."),
        ("> Vous avez \n> dit non.\nOui.", False, "> Vous avez dit non.\nOui."),
        ("> Vous avez \nOui.", False, "> Vous avez\nOui."),
        ("Bien à vous,\n-- \nJeanne Roy", False, "Bien à vous,\n--\nJeanne Roy"),
        (" From Brême", False, "From Brême"),
    ],
)
def test_flowed_mails(text: str, spaces_go: bool, paragraphs: str) -> None:
    assert flowed(text, spaces_go=spaces_go) == paragraphs
