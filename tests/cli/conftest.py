from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.cli import main
from quotes.model import (
    Article,
    Cue,
    Extraction,
    Gender,
    Mention,
    Quote,
    QuoteKind,
    Role,
    Speaker,
    SpeakerType,
)

BUDGET = """Saint-Aubin vote son budget
Par Jeanne Roy
Publié le 3 mai 2023
« L’État nous aide peu », a déclaré Zoé Lebœuf, maire de Saint-Aubin.
La séance a duré trois heures."""


@dataclass
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Result]:
    """Run ``quotes`` in an empty folder, with these arguments and this standard input."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTES_DB", raising=False)
    monkeypatch.setenv("QUOTES_LANG", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ".state"))

    def call(*arguments: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


def budget() -> Extraction:
    """The article BUDGET with its quote as a reader would mark it."""
    start = BUDGET.index("L’État")
    text = "L’État nous aide peu"

    def place(words: str) -> tuple[int, int, str]:
        at = BUDGET.index(words)
        return at, at + len(words), words

    quote = Quote(
        start,
        start + len(text),
        text,
        QuoteKind.DIRECT,
        speaker=Speaker("Zoé Lebœuf", SpeakerType.PERSON, Gender.FEMALE),
        mention=Mention(*place("Zoé Lebœuf")),
        cue=Cue(*place("a déclaré"), "déclarer"),
        role=Role("maire de Saint-Aubin"),
        rule="incise",
        confidence=0.95,
    )
    article = Article(
        BUDGET,
        title="Saint-Aubin vote son budget",
        authors=("Jeanne Roy",),
        outlet="La Gazette de Brume",
        published="2023-05-03",
        source="budget.txt",
    )
    return Extraction(article, (quote,))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An archive with the article BUDGET."""
    path = tmp_path / "quotes.db"
    with open_archive(path) as archive:
        archive.add(budget(), extractor_version="test")
    return path
