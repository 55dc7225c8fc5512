"""A corpus counted as it lies has the numbers of the archive that it makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="asking a corpus needs pip install 'quotes[duckdb]'")

from quotes.cli import main
from quotes.corpus import loading
from quotes.corpus.folder import Folder
from tests.corpus.conftest import Make, article

ASKED = [
    ["--by", "speaker"],
    ["--by", "year"],
    ["--by", "month", "--all"],
    ["--by", "outlet", "--gender", "f"],
    ["--by", "outlet", "--type", "person", "--kind", "direct"],
    ["--by", "role", "--since", "2016-02", "--until", "2018"],
    ["--by", "kind", "--speaker", "jeanne morvan"],
    ["--by", "type", "--speaker", "Vasseur"],
    ["--by", "gender", "--role", "maire", "--outlet", "gazette 1"],
    ["--by", "year", "--by", "outlet"],
]


@pytest.fixture
def corpus(made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus, the archive that it makes, with a copy and a bare surname in two articles."""
    monkeypatch.chdir(tmp_path)
    articles = [article(number) | {"outlet": f"Gazette {number % 3}"} for number in range(12)]
    articles += [articles[4] | {"date": "2014-01-01"}]
    for number in (20, 21):
        text = article(number)["text"].replace("Jeanne Morvan", "M. Roy").replace("Paul Vasseur", "M. Roy")
        articles.append(article(number) | {"text": text})
    Path("lignes.jsonl").write_text("".join(json.dumps(one) + "\n" for one in articles))
    made(["lignes.jsonl"], "corpus")
    loading.load(Folder.at("corpus"), "quotes.db", lambda *_: None)


def test_a_corpus_has_the_numbers_of_its_archive(corpus: None, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in ASKED:
        answers = []
        for place in ([], ["--corpus", "corpus"]):
            assert main(["stats", *asked, "--format", "jsonl", *place]) == 0
            answers.append(sorted(capsys.readouterr().out.splitlines()))
        assert answers[0] == answers[1], asked
        assert answers[0]
    assert main(["stats", "--corpus", "corpus"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert whole["by"]["speaker"]
    assert sum(one["of_quotes"] for one in whole["gender_shares"]) == pytest.approx(1)


@pytest.mark.parametrize("place", ["--corpus", "--db"])
def test_of_what_is_not_there_nothing_else_is_said(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", place, str(tmp_path / "nulle-part")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_corpus_is_not_searched(corpus: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "moulin", "--corpus", "corpus"]) == 1
    assert "quotes load" in capsys.readouterr().err
    assert main(["stats", "--corpus", "nulle-part"]) == 1
    assert "is no corpus" in capsys.readouterr().err
