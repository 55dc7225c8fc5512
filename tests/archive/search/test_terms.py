from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.archive.search.terms import index_columns, terms
from quotes.archive.speakers.names import fold_name, name_key


def exact(text: str) -> str:
    return index_columns(text)[0]


def stems(text: str) -> str:
    return index_columns(text)[1]


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("l’État", "etat"),
        ("L'ÉTAT", "etat"),
        ("œuvre", "oeuvre"),
        ("Lætitia", "laetitia"),
        ("qu'elle", "elle"),
        ("jusqu’à", "a"),
        ("aujourd’hui", "aujourd hui"),
        ("peut-être", "peut etre"),
        ("in\u00addemne", "indemne"),
        ("\ufb01nance", "finance"),
        ("e\u0301te\u0301", "ete"),
        ("10\u202f000 €", "10 000"),
        ("marchand·es", "marchands"),
        ("agriculteur·rice·s", "agriculteurs"),
        ("élu(e)s", "elus"),
        ("citoyen-ne-s", "citoyens"),
        ("marchand.e.s", "marchands"),
        ("député.e.s.", "deputes"),
        ("M. Roy (élu)", "m roy elu"),
        ("« »", ""),
        ("a\0b", "a b"),
        ("\ud800", ""),
        ("snake_case", "snake case"),
    ],
)
def test_words_fold(printed: str, folded: str) -> None:
    assert exact(printed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("déclarations", "déclaration"),
        ("travaillé", "travaillent"),
        ("parlent", "parlé"),
        ("marchand·es", "marchande"),
        ("œuvres", "oeuvre"),
        ("État", "etat"),
    ],
)
def test_stems_meet(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_comment_is_not_comme() -> None:
    assert stems("comment") != stems("comme")


@given(st.text())
def test_terms_stand_where_they_say(text: str) -> None:
    end = 0
    for term in terms(text):
        assert end <= term.start < term.end <= len(text)
        assert term.exact.isalnum()
        assert term.stem.isalnum()
        end = term.end


def test_names_fold() -> None:
    assert fold_name("Jean-François  L’Hévéder") == fold_name("JEAN FRANCOIS L'HEVEDER")
    assert name_key("Mme Roy") == name_key("M. ROY") == "roy"
    assert name_key("M.") == "m"
