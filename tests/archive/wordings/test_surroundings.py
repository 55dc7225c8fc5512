"""The sentence around a passage, and those next to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.archive.wordings.surroundings import sentence_around, surroundings

BANKS = (
    "La pluie a cessé. « Assez ! », a lancé le maire d’Aulnes, M. Roy. Personne n’a répondu.\n"
    "\n"
    "Il rentre dès ce soir. « Nous verrons bien »"
)


def around(words: str, text: str = BANKS) -> tuple[str, str, str]:
    start = text.index(words)
    return surroundings(text, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # French sets a space before its closing mark, and goes on behind it; "M." ends nothing.
        (
            "Assez !",
            (
                "La pluie a cessé.",
                "« Assez ! », a lancé le maire d’Aulnes, M. Roy.",
                "Personne n’a répondu.",
            ),
        ),
        ("La pluie a cessé", ("", "La pluie a cessé.", "« Assez ! », a lancé le maire d’Aulnes, M. Roy.")),
        # The last of a paragraph is before the first of the next one.
        ("rentre dès", ("Personne n’a répondu.", "Il rentre dès ce soir.", "« Nous verrons bien »")),
        ("Nous verrons bien", ("Il rentre dès ce soir.", "« Nous verrons bien »", "")),
    ],
)
def test_surroundings(words: str, expected: tuple[str, str, str]) -> None:
    assert around(words) == expected


def test_a_passage_at_the_head_of_its_sentence_is_alone_in_it() -> None:
    text = "Le bac ne passe plus. Le pont est fermé, dit la mairie. On attend."
    start = text.index("Le pont")
    assert sentence_around(text, start, start + 20) == "Le pont est fermé, dit la mairie."


def test_a_line_that_ends_inside_a_passage_does_not_end_it() -> None:
    assert sentence_around("Quoi ????\n? Rien.", 0, 11) == "Quoi ???? ?"


def test_what_has_no_sentences_is_cut() -> None:
    text = "mot " * 400
    before, sentence, after = surroundings(text, 800, 803)
    assert (before, after) == ("", "")
    assert sentence.startswith("…")
    assert sentence.endswith("…")
    assert len(sentence) < 700


@given(st.text(alphabet='aA .!?…»«”"\n\u00a0', max_size=80), st.data())
def test_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, sentence, after = surroundings(text, start, end)
    whole = " ".join(text.split())
    for one in (before, sentence, after):
        assert "\n" not in one
        assert one in whole
    assert " ".join(text[start:end].split()) in sentence
