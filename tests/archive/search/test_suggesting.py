"""Did you mean …? Words, speakers and outlets near those that the archive hasn't."""

from __future__ import annotations

import pytest

from quotes.archive import Archive, Filters
from quotes.archive.search.suggesting import Hints, with_word
from tests.archive.samples import COUNCIL, MARKET, full


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for one in (full(), COUNCIL, MARKET):
        archive.add(one, extractor_version="1")
    return archive


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("attendrosn", "attendrons"),
        ("Déclaratoin", "declaration"),
        ("marchee", "marche"),
        # Far from any word, or a word that is there.
        ("zèbre", None),
        ("dégel", None),
        # Letters in common make no slip of a word of another sense.
        ("commerce", None),
    ],
)
def test_words(filled: Archive, typed: str, near: str | None) -> None:
    found = dict(filled.hints(typed).words)
    assert [words[0] for words in found.values()] == ([near] if near else [])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jeane Roy", "Jeanne Roy"),
        # A surname alone, among the words or as a filter.
        ("Vasseru", "Paul Vasseur-Lemoine"),
        ("Lemoinne", "Paul Vasseur-Lemoine"),
    ],
)
def test_speakers(filled: Archive, typed: str, name: str) -> None:
    assert name in filled.hints(typed).speakers
    assert name in filled.hints(None, Filters(speaker=typed)).speakers


def test_who_is_there_is_named_and_nobody_else(filled: Archive) -> None:
    assert filled.hints("Roy") == Hints(named=("Jeanne Roy",))
    assert filled.hints("le syndicat a dit non au maire ce matin").speakers == ()


def test_outlets(filled: Archive) -> None:
    assert filled.hints(None, Filters(outlet="Le Courier du Val")).outlets == ("Le Courrier du Val",)
    assert filled.hints(None, Filters(outlet="Gazette")).outlets == ()


def test_nothing_is_asked_where_something_was_found(filled: Archive) -> None:
    assert filled.hints("attendrosn", found=True) == Hints()


def test_a_word_in_its_query() -> None:
    assert with_word("budget ET Atendu", "atendu", "attendu") == "budget ET attendu"
    assert with_word('"atendu"', "atendu", "attendu") == "attendu"
