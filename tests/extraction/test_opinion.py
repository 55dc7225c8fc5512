"""Which model is meant, and whom it is asked about; what the encoder itself answers is tested beside it."""

from __future__ import annotations

import importlib.util

import pytest

import quotes
from quotes.errors import QuotesError
from quotes.extraction import opinion
from quotes.extraction.opinion import SecondOpinion, encoder_for, meant_by


class _Reading:
    """An encoder's reading that answers one thing."""

    def __init__(self, odds: float) -> None:
        self.odds = odds

    def quote(self, start: int, end: int) -> float:
        return self.odds


def test_only_what_is_in_doubt_is_asked() -> None:
    doubtful = SecondOpinion(_Reading(0.0), always=False)  # type: ignore[arg-type]
    assert doubtful.is_wanted("quote", 0.5)
    assert not doubtful.is_wanted("quote", 0.999)
    assert not doubtful.is_wanted("speaker", 0.99)
    assert SecondOpinion(_Reading(0.0), always=True).is_wanted("quote", 0.999)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("odds", "clue"), [(0.2, "encoder:+0"), (2.6, "encoder:+3"), (-1.4, "encoder:-1"), (9.0, "encoder:+5")]
)
def test_log_odds_become_whole_steps(odds: float, clue: str) -> None:
    assert SecondOpinion(_Reading(odds), always=True).on_quote(0, 1) == clue  # type: ignore[arg-type]


def test_the_environment_says_what_auto_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_MODEL", "always")
    assert meant_by("auto") == "always"
    assert meant_by("never") == "never"
    monkeypatch.setenv("QUOTES_MODEL", "sometimes")
    with pytest.raises(QuotesError, match="one of never, auto, always"):
        meant_by("auto")


def test_without_the_extra_only_rules_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "find_spec", lambda name: None)
    assert encoder_for("auto") is None
    with pytest.raises(QuotesError, match=r"quotes\[encoder\]"):
        quotes.extract("« Nous partons », a dit Jeanne Roy.", model="always")


@pytest.mark.skipif(
    importlib.util.find_spec("onnxruntime") is None, reason="quotes[encoder] is not installed"
)
def test_never_means_never(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SecondOpinion, "is_wanted", lambda *_: pytest.fail("asked"))
    assert quotes.extract("« Nous partons », a dit Jeanne Roy.", model="never").quotes


@pytest.mark.skipif(
    importlib.util.find_spec("onnxruntime") is None, reason="quotes[encoder] is not installed"
)
def test_nobodys_words_are_not_asked_about() -> None:
    text = (
        "Le pont de Brume rouvrira lundi.\n\n« Tiens, me dis-je, ils ont enfin posé des planches. » "
        "Jeanne Roy, maire de Brume, sourit. « Et puis, pensai-je, on verra bien lundi. »"
    )
    found = quotes.extract(text, model="always").quotes
    assert [quote.speaker for quote in found] == [None, None]
