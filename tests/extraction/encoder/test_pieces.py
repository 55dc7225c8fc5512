from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("tokenizers", reason="quotes[encoder] is not installed")

from quotes.extraction.encoder.pieces import WINDOW, as_known, pieces_of

TEXT = "Le maire d’Orgelet, Luc Ferrand, s’agace.\n« Nous n’irons pas… »,   a-t-il dit — 25 % des œuvres."


def test_pieces_cover_all_that_is_printed() -> None:
    pieces = pieces_of(TEXT)
    covered = {at for start, end in zip(pieces.starts, pieces.ends, strict=True) for at in range(start, end)}
    assert covered >= {at for at, char in enumerate(TEXT) if not char.isspace()}
    assert set(pieces.lines) == {0, 1}


def test_a_stretch_has_the_pieces_that_touch_it() -> None:
    pieces = pieces_of(TEXT)
    start = TEXT.index("Luc Ferrand")
    first, last = pieces.within(start, start + len("Luc Ferrand"))
    assert TEXT[pieces.starts[first] : pieces.ends[last - 1]] == "Luc Ferrand"


@given(st.text(max_size=200))
def test_any_text_is_cut_in_order_and_inside(text: str) -> None:
    pieces = pieces_of(text)
    assert len(as_known(text)) == len(text)
    assert all(0 <= s <= e <= len(text) for s, e in zip(pieces.starts, pieces.ends, strict=True))
    assert list(pieces.starts) == sorted(pieces.starts)


@pytest.mark.parametrize("words", [1, 300, 1_000, 5_000])
def test_windows_cover_every_piece_and_none_is_too_long(words: int) -> None:
    pieces = pieces_of("maire " * words)
    windows = list(pieces.windows())
    assert all(0 < end - start <= WINDOW for start, end in windows)
    assert {at for start, end in windows for at in range(start, end)} == set(range(len(pieces)))
