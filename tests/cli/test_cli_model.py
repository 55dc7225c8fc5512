"""Whether the encoder is asked: one option wherever articles are extracted, refused before any is read."""

from __future__ import annotations

from pathlib import Path

import pytest

import quotes
from quotes.extraction import judge, opinion
from quotes.model import Article, Extraction
from tests.cli.conftest import BUDGET, Run

CALLS = [
    ("extract", "article.txt"),
    ("add", "article.txt"),
    ("failures", "--retry"),
    ("reextract",),
    ("distribute", "article.txt", "--to", "corpus"),
]


@pytest.fixture(autouse=True)
def article(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUOTES_MODEL", raising=False)
    (tmp_path / "article.txt").write_text(BUDGET, encoding="utf-8")
    (tmp_path / "vide.txt").write_text("", encoding="utf-8")
    run("add", "article.txt", "vide.txt", "--model", "never")


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
@pytest.mark.parametrize("as_said", [True, False], ids=["--model", "QUOTES_MODEL"])
def test_an_encoder_that_is_missing_is_told_before_anything_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...], as_said: bool
) -> None:
    monkeypatch.setattr(opinion, "find_spec", lambda _: None)
    monkeypatch.setattr(quotes, "extract", lambda *_, **__: pytest.fail("something was read"))
    if not as_said:
        monkeypatch.setenv("QUOTES_MODEL", "always")
    result = run(*call, *(("--model", "always") if as_said else ()))
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert "the encoder needs more packages: " in result.err
    assert "[encoder]" in result.err


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_own_weights_without_those_for_the_encoder_are_called_that(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: tuple[str, ...]
) -> None:
    monkeypatch.setattr(opinion, "find_spec", lambda _: object())
    judge.copy_rules(tmp_path / "maison")
    monkeypatch.setenv("QUOTES_WEIGHTS", str(tmp_path / "maison"))
    monkeypatch.setattr(quotes, "extract", lambda *_, **__: pytest.fail("something was read"))
    result = run(*call, "--model", "always")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert f"{tmp_path / 'maison'}: no weights for the encoder" in result.err
    assert "`python -m quotes.train GOLD_DIR --encoder ENCODER_DIR --output " in result.err
    assert "packages" not in result.err
    french = run("--lang", "fr", *call, "--model", "always").err
    assert "pas de poids pour l’encodeur" in french


@pytest.mark.parametrize(
    "call", [("extract", "article.txt"), ("add", "--db", "b.db", "article.txt"), CALLS[3]]
)
def test_what_is_asked_for_reaches_the_extraction(
    run: Run, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    monkeypatch.setattr(opinion, "find_spec", lambda _: object())
    asked: list[str] = []

    def extract(article: Article, *, model: str) -> Extraction:
        asked.append(model)
        return Extraction(article)

    monkeypatch.setattr(quotes, "extract", extract)
    for model in ("never", "auto", "always"):
        run(*call, "--model", model, *(("--db", f"{model}.db") if call[0] == "add" else ()))
    assert asked == ["never", "auto", "always"]
