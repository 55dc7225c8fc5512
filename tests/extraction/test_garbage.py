from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

import quotes
from quotes.extraction.garbage import unsearched

TEXT = (
    "La maire de Brume, Jeanne Roy, a promis « un pont neuf ». « Il sera payé par la région », a-t-elle dit. "
    "Selon le préfet Paul Morel, les travaux dureront deux ans.\n"
    "Celui-ci a ajouté que la route restait ouverte."
)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    searched = gc.isenabled()
    yield
    (gc.enable if searched else gc.disable)()


@pytest.mark.parametrize("searched", [True, False])
def test_what_was_searched_is_searched_again(searched: bool) -> None:
    (gc.enable if searched else gc.disable)()
    with unsearched():
        assert not gc.isenabled()
    assert gc.isenabled() is searched


def test_it_is_searched_again_after_an_error() -> None:
    gc.enable()
    with pytest.raises(ZeroDivisionError), unsearched():
        _ = 1 / 0
    assert gc.isenabled()


def test_reading_an_article_leaves_no_cycles() -> None:
    assert quotes.extract(TEXT, model="never").quotes  # what is kept for all articles is there now
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        quotes.extract(TEXT, model="never")
        gc.collect()
        # other threads of the tests may have left something meanwhile: what is of the program counts
        left = {type(thing).__name__ for thing in gc.garbage if type(thing).__module__.startswith("quotes.")}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert left == set()
