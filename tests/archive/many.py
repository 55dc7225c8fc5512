"""Many articles in words that return, and an archive with something in every table."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from quotes.archive import Archive, ArticleChange, Change, Failure, Filters
from quotes.model import Article, Extraction, Gender, Quote, QuoteKind, Role, Speaker, SpeakerType
from tests.archive.samples import JEANNE, PAUL, extraction, full

NAMES = ("Élise Été", "Eloi Zola", "Œdipe Ågren", "zoé D’Arc", "Jean-Luc Ézéchiel", "Ali Ben Omar")
WORDS = """
déclaration déclarer budget État marchand·es œuvre école Éric zèbre hôpital climat météo pluie neige
travaillent travaillé travail impôt impôts taxe foncière eau eaux été hiver là-bas l’eau 2024 3e
""".split()  # noqa: SIM905


def corpus(articles: int = 60) -> Iterator[Extraction]:
    """Articles of a few quotes in words that return, some of them printed twice."""
    chance = random.Random(20_240_517)
    said: list[str] = []
    for number in range(articles):
        text = f"{number}\n"
        quotes: list[Quote] = []
        for _ in range(chance.randint(1, 6)):
            words = " ".join(chance.choices(WORDS, k=chance.randint(2, 25)))
            if said and chance.random() < 0.2:
                words = chance.choice(said)
            said.append(words)
            kind = chance.choice([SpeakerType.PERSON, SpeakerType.ORGANIZATION])
            speaker = Speaker(chance.choice(NAMES), kind, chance.choice([Gender.FEMALE, Gender.MALE, None]))
            role = Role(chance.choice(["maire d’Étretat", "députée", "éclusier"]))
            start = len(text) + 2
            known = chance.random() < 0.9
            quotes.append(
                Quote(
                    start,
                    start + len(words),
                    words,
                    chance.choice([QuoteKind.DIRECT, QuoteKind.MIXED]),
                    speaker=speaker if known else None,
                    role=role if known and chance.random() < 0.6 else None,
                    rule="incise" if known else "none",
                    confidence=chance.choice([0.5, 0.9]) if known else 0.0,
                )
            )
            text += f"« {words} » "
        article = Article(
            text,
            title=f"Article {number}",
            outlet=chance.choice([None, "L’Écho", "la Gazette", "Zébulon"]),
            published=chance.choice([None, f"20{chance.randint(10, 24)}-0{chance.randint(1, 9)}-11"]),
        )
        yield Extraction(article, tuple(quotes))


def versions() -> Iterator[Extraction]:
    """A report, the same from another place, a newer one, and one of another paper that is much like it."""
    text = " ".join(f"mot{n}" for n in range(200)) + " « On verra bien »"
    first = extraction(text, ("On verra bien", JEANNE), outlet="L’Écho", url="https://echo.example/1")
    yield first
    yield replace(first, article=replace(first.article, source="ailleurs.txt"))
    for end, outlet in (("Venez nombreux", "L’Écho"), ("Restez ici", "La Gazette")):
        url = "https://echo.example/1" if outlet == "L’Écho" else "https://gazette.example/7"
        said = ("On verra bien", JEANNE), (end, PAUL)
        yield extraction(f"{text} « {end} »", *said, outlet=outlet, url=url)


def fill(archive: Archive) -> None:
    """Put something into every table, and a history of changes by hand."""
    archive.add_all([full(), *corpus(), *versions()], extractor_version="1")
    speakers = {row.name: row.id for row in archive.speakers()}
    archive.merge(speakers["Élise Été"], [speakers["Eloi Zola"]], who="ida")
    archive.rename(speakers["zoé D’Arc"], "Zoé d’Arc", who="ida")
    theirs = [row.article_id for row in archive.quotes(Filters(speaker="Ali Ben Omar", type="person"))]
    archive.split(speakers["Ali Ben Omar"], theirs[:1], who="marc")
    archive.fix(3, Change(speaker=JEANNE, role="maire"), who="marc")
    archive.fix(4, Change(not_a_quote=True), who="marc")
    archive.fix(5, Change(), who="ida")
    archive.edit(2, ArticleChange(outlet="L’Éveil", authors=("Ida Lenoir",)), who="ida")
    archive.undo(archive.rename(speakers["Jean-Luc Ézéchiel"], "Jean-Luc", who="ida"))
    archive.note_failures([Failure("/presse/illisible.pdf", "/presse/illisible.pdf", "no text", {"jobs": 2})])
