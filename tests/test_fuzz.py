"""Whatever the text, the extraction ends, raises nothing and agrees with the text."""

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import quotes
from tests.invariants import PIECES, check
from tests.mutation import mutated, stretch

FRENCH = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(max_examples=250, deadline=None)
@given(st.text(max_size=300))
@example("")
@example("«")
@example("« »")
@example("\ud800« a »")
def test_any_text(text: str) -> None:
    check(text, quotes.extract(text))


@settings(max_examples=400, deadline=None)
@given(FRENCH)
@example('( le rapport il ),elleA.) le rapport affirme que  ETR l’association ", a-t-elle ajouté, ')
@example(' a déclaré É\n\na-t-il dit la maire de Lormes qu’«"\n\n"')
@example("d’après  Mme  Mme “dit-on")
@example("Jeanne Roy a annoncé il y")
@example(
    "Oui. « Nous ne quitterons jamais cette vallée », dit Roy.\n\nNous ne quitterons jamais cette vallée. "
)
@example(
    "Vous avez vu la place ? Elle va « fermer— Jeanne Roy (@jroy) 5 janvier 2024 La maire parle », dit-elle."
)
def test_pieces_of_french_and_marks(text: str) -> None:
    check(text, quotes.extract(text))


@settings(max_examples=100, deadline=None)
@given(FRENCH)
def test_pure(text: str) -> None:
    assert quotes.extract(text) == quotes.extract(text)


ARTICLES = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_mutated_articles(seed: int) -> None:
    chance = random.Random(seed)
    text = mutated(stretch(chance.choice(ARTICLES), chance), ARTICLES, chance)
    check(text, quotes.extract(text))


@pytest.mark.parametrize(
    "text",
    [
        "« Oui »,  dit Solène*  Roy*, infirmière. «  Non*  »,  a-t-elle*  dit.",
        "Paul Roy est du même avis : « C'est bien. »",
        "Un extrait du rapport du même rapport : « C'est bien. »",
        "Selon le blog du porte-parole du blog du porte-parole, « c'est bien ».",
        "Il ne n' s' ne n' s' veut pas, « a-t-il dit ».",
        "\u0301\u0301« \u0301 »\u0301",
        "\udfff\ud800« a\ud800 », dit Paul Roy\udc00.",
        "\x00« \x00 », dit \x00Paul\x00.",
        '«»“”„"‹›‘’',
        "\u200b\u200e\ufeff« \u200b », dit-il\u00ad.",
    ],
)
def test_no_text_brings_it_down(text: str) -> None:
    check(text, quotes.extract(text))


@pytest.mark.parametrize(
    "text",
    [
        '"a. "B ' * 1_000,
        "d'» a « " * 1_000,
        "« A : « b\n« C » dit Paul\n" * 300,
        "« A, dit Paul. " * 500,
        "e\u0301\u200b  " * 2_000,
        "‘a’a ‘" * 1_000,
        "du même avis " * 1_000 + ": « C'est bien. »",
        "Le blog du porte-parole " + "du blog du porte-parole " * 1_000 + ": « C'est bien. »",
        "il " + "ne " * 3_000 + "« veut »",
        "«" * 3_000,
        "«“" * 1_000 + "a" + "”»" * 1_000,
        "« a » " * 1_000,
        "Jeanne Roy " * 1_000,
        "a-t-il, " * 1_000,
        "« Nous partons demain, a-t-elle dit. » " * 200,
        "A." * 2_000,
    ],
    ids=[
        "straight",
        "turned",
        "heads",
        "unclosed",
        "accents",
        "single",
        "avis",
        "owners",
        "negations",
        "openers",
        "nested",
        "pairs",
        "names",
        "clitics",
        "incises",
        "initials",
    ],
)
def test_longer_than_any_sentence(text: str) -> None:
    check(text, quotes.extract(text))
