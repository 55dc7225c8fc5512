"""Whatever the text, the extraction ends, raises nothing and agrees with the text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import quotes
from tests.invariants import PIECES, check

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
def test_pieces_of_french_and_marks(text: str) -> None:
    check(text, quotes.extract(text))


@settings(max_examples=100, deadline=None)
@given(FRENCH)
def test_pure(text: str) -> None:
    assert quotes.extract(text) == quotes.extract(text)


@pytest.mark.parametrize(
    "text",
    [
        "«" * 3_000,
        "«“" * 1_000 + "a" + "”»" * 1_000,
        "« a » " * 1_000,
        "Jeanne Roy " * 1_000,
        "a-t-il, " * 1_000,
        "« Nous partons demain, a-t-elle dit. » " * 200,
        "A." * 2_000,
    ],
    ids=["openers", "nested", "pairs", "names", "clitics", "incises", "initials"],
)
def test_longer_than_any_sentence(text: str) -> None:
    check(text, quotes.extract(text))
