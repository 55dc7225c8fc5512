"""Which encoder may be asked about an article while the judge learns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.extraction.encoder import pieces

pytest.importorskip("tokenizers", reason="the encoder is an extra")
halves = pytest.importorskip("quotes.train.encoder.halves", reason="the encoder is an extra")


@pytest.fixture
def encoders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    vocabulary = {"version": "1.0", "model": {"type": "WordLevel", "vocab": {"un": 0}, "unk_token": "un"}}
    (tmp_path / "pieces.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    (tmp_path / halves.SEEN).write_text("by-both\n", encoding="utf-8")
    monkeypatch.setattr(halves, "encoder_in", lambda folder, sort: folder.name)
    monkeypatch.setattr(pieces, "_in_use", [])
    return tmp_path


def test_an_article_is_read_by_the_encoder_of_the_other_half(encoders: Path) -> None:
    of = halves.unbiased(encoders)
    for name in ("greve-des-dockers", "une-crue", "proces-en-appel"):
        assert of(name) == halves.HALVES[1 - halves.half_of(name)]


def test_an_article_on_which_both_were_trained_is_read_without(encoders: Path) -> None:
    assert halves.unbiased(encoders)("by-both") is None


def test_the_pieces_are_those_of_the_halves_until_the_programs_own_are_wanted(encoders: Path) -> None:
    halves.unbiased(encoders)
    assert len(pieces.pieces_of("un un").ids) == 1  # no splitting into words was asked for
    pieces.use_own()
    assert not pieces._in_use
