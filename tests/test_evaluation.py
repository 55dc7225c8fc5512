"""The figures: against the reference scorer where it is at hand, and with a floor under our own gold."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quotes
from quotes.cli import main
from quotes.contract import extraction_json
from quotes.errors import QuotesError
from quotes.evaluation import (
    Evaluation,
    GoldArticle,
    HeldBack,
    calibration,
    evaluate,
    held_back,
    read_gold,
    same_speaker,
)
from quotes.model import Article, Extraction, Gender, Quote, QuoteKind, Role, Speaker, SpeakerType
from tests.annotated import articles, gold, parse

HERE = Path(__file__).parent
SCORER = HERE.parents[1] / "shared" / "eval" / "score.py"
FLOOR = json.loads((HERE / "gold" / "floor.json").read_text(encoding="utf-8"))


FLOOR_INVENTED = json.loads((HERE / "invented" / "floor.json").read_text(encoding="utf-8"))


def gold_articles(folder: str = "gold") -> list[GoldArticle]:
    """The project's annotated examples, or the articles made up for training ("invented")."""
    records = [(article, gold(article)) for article in articles(HERE / folder)]
    return [
        GoldArticle(article.name, article.text, tuple(record["units"]), tuple(record["indirect"]))
        for article, record in records
    ]


@pytest.fixture(scope="module")
def gold_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as files, as ``quotes evaluate`` reads them."""
    folder = tmp_path_factory.mktemp("gold")
    for article in gold_articles():
        record = {"units": article.units, "indirect": article.indirect}
        (folder / f"{article.name}.txt").write_text(article.text, encoding="utf-8")
        (folder / f"{article.name}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def result(gold_folder: Path) -> Evaluation:
    return evaluate(gold_folder, quotes.extract)


def _floors() -> Iterator[tuple[str, str, float]]:
    for figure, values in FLOOR.items():
        for key, value in values.items():
            yield figure, key, value


@pytest.mark.parametrize(("figure", "key", "floor"), list(_floors()))
def test_no_figure_falls_below_its_floor(result: Evaluation, figure: str, key: str, floor: float) -> None:
    value = result.figures[figure][key]
    assert value is not None
    assert value >= floor, f"{figure} {key} fell from {floor} to {value}"


def test_every_figure_has_a_floor(result: Evaluation) -> None:
    assert set(FLOOR) == set(result.figures) - {"confidence"}


def test_no_figure_of_the_invented_articles_falls_below_its_floor() -> None:
    """What the weights were learnt from, among others: it tells what breaks, not how good they are."""
    figures = evaluate(gold_articles("invented"), quotes.extract).figures
    fallen = {
        name: (figures[name][key], floor)
        for name, values in FLOOR_INVENTED.items()
        for key, floor in values.items()
        if (figures[name][key] or 0.0) < floor
    }
    assert not fallen


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not beside this checkout")
def test_figures_are_those_of_the_reference_scorer(
    gold_folder: Path, result: Evaluation, tmp_path: Path
) -> None:
    _write_predictions(gold_folder, tmp_path)
    run = subprocess.run(
        [sys.executable, str(SCORER), str(gold_folder), "--predictions", str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == {"articles": result.articles, "failed": 0, **result.figures}


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not beside this checkout")
def test_figures_of_a_bad_extractor_are_those_of_the_reference_scorer(
    gold_folder: Path, tmp_path: Path
) -> None:
    """Wrong speakers, shifted marks, left-out and invented quotes are counted alike."""
    _write_predictions(gold_folder, tmp_path, spoilt)
    run = subprocess.run(
        [sys.executable, str(SCORER), str(gold_folder), "--predictions", str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    bad = evaluate(gold_folder, lambda text: spoilt(quotes.extract(text)))
    assert json.loads(run.stdout) == {"articles": bad.articles, "failed": 0, **bad.figures}


def spoilt(extraction: Extraction) -> Extraction:
    """An extraction with every third quote made wrong in a way of its own."""
    spoiled: list[Quote] = []
    for number, quote in enumerate(extraction.quotes):
        changes: dict[str, Any] = {name: getattr(quote, name) for name in Quote.__slots__}
        match number % 9:
            case 0:
                changes["speaker"] = Speaker("Personne", SpeakerType.PERSON)
            case 2:
                changes["end"] = quote.end + 40
            case 4:
                changes["role"] = Role("plombier")
            case 6:
                continue
            case 8:
                changes["kind"] = QuoteKind.INDIRECT
        spoiled.append(Quote(**changes))
    spoiled.append(Quote(0, 5, "rien", QuoteKind.DIRECT, speaker=Speaker("X", SpeakerType.PERSON)))
    return Extraction(extraction.article, tuple(spoiled))


def _write_predictions(gold_folder: Path, folder: Path, change: Any = lambda found: found) -> None:
    for path in gold_folder.glob("*.txt"):
        found = change(quotes.extract(path.read_text(encoding="utf-8")))
        record = json.dumps(extraction_json(found))
        (folder / f"{path.stem}.json").write_text(record, encoding="utf-8")


SMALL = parse(
    "small",
    "@ Ana Roy | Roy ; person f ; maire de Lys\n"
    '« <q who="Ana Roy">Oui, dit-elle, demain</q> ». Le plan « <n>Ondine</n> » attend. « <q>Ah</q> »',
)


def small(*found: Quote) -> Evaluation:
    record = gold(SMALL)
    article = GoldArticle("small", SMALL.text, tuple(record["units"]), tuple(record["indirect"]))
    return evaluate([article], lambda text: Extraction(Article(text), found))


def quote_at(number: int, **changes: Any) -> Quote:
    unit = SMALL.units[number]
    return Quote(unit.start, unit.end, unit.text, QuoteKind.DIRECT, **changes)


ANA = Speaker("Mme Roy", SpeakerType.PERSON, Gender.FEMALE)


def test_a_right_answer() -> None:
    result = small(quote_at(0, speaker=ANA, role=Role("maire de Lys"), confidence=0.97), quote_at(2))
    assert result.errors == ()
    assert result.figures["quotes"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 2}
    assert result.figures["speaker"]["f1"] == 1.0
    assert result.figures["gender"] == {"accuracy": 1.0, "n": 1}
    assert result.figures["role"]["f1"] == 1.0
    assert [(b.answers, b.right) for b in result.calibration if b.answers] == [(1, 1)]


def test_no_answer() -> None:
    result = small()
    assert [error.kind for error in result.errors] == ["missed", "missed"]
    assert result.figures["quotes"]["f1"] == 0.0
    assert result.figures["not_quotes_rejected"] == {"accuracy": 1.0, "n": 1}
    assert result.figures["incises"] == {"accuracy": None, "n": 0}


def test_errors_say_what_was_got_and_expected() -> None:
    other = Speaker("Luc Faure", SpeakerType.PERSON)
    result = small(quote_at(0, speaker=other), quote_at(1), quote_at(2, speaker=ANA))
    assert [str(error) for error in result.errors] == [
        "speaker       small:2 «Oui, dit-elle, demain»: got 'Luc Faure', gold 'Ana Roy'",
        f"not a quote   small:{SMALL.units[1].start} «Ondine»",
        f"speaker       small:{SMALL.units[2].start} «Ah»: got 'Mme Roy', gold has none",
    ]


@pytest.mark.parametrize(
    ("name", "names", "kind", "right"),
    [
        ("Mme Roy", ["Ana Roy", "Roy"], "person", True),
        ("la maire Ana Roy", ["Ana Roy"], "person", False),
        ("L'Élysée", ["l’Elysee"], "organization", True),
        ("un proche du dossier", ["une source proche du dossier"], "unnamed", True),
        ("un voisin", ["une source proche du dossier"], "unnamed", False),
        ("", ["Ana Roy"], "person", False),
    ],
)
def test_same_speaker(name: str, names: list[str], kind: str, right: bool) -> None:
    assert same_speaker(name, {"names": names, "type": kind}) is right


def test_calibration_counts_each_answer_once() -> None:
    answers = [(0.0, False), (0.5, True), (0.949, True), (0.95, False), (1.0, True)]
    bins = calibration(answers)
    assert sum(b.answers for b in bins) == len(answers)
    assert (bins[-1].answers, bins[-1].right, bins[-1].share) == (2, 1, 0.5)
    assert bins[1].mean == 0.5
    assert bins[2].share is None


def test_the_held_back_third_and_the_rest_are_the_whole(gold_folder: Path) -> None:
    parts = [{article.name for article in read_gold(gold_folder, part)} for part in (*HeldBack, None)]
    out, only, whole = parts
    assert out | only == whole
    assert not out & only
    assert only == {name for name in whole if held_back(name)}


def test_the_held_back_rule_is_fixed() -> None:
    """It must choose the same articles for ever: its choice is written down."""
    assert "".join(name for name in "abcdefghijkl" if held_back(name)) == "ghl"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", "{", "a.json: no annotation"),
        ("a.json", '{"units": [{"start": 0, "end": 99, "label": "quote"}]}', "outside the text"),
        ("a.json", '{"units": [{"start": 0, "end": 1, "label": "word"}]}', "unknown label"),
        (
            "a.json",
            '{"units": [{"start": 0, "end": 4, "label": "quote", "incises": ["Ri"]}]}',
            'incises and no \\\\?"text',
        ),
        ("b.json", '{"units": []}', "b.txt"),
    ],
)
def test_a_broken_gold_folder_is_one_line(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / "a.txt").write_text("Rien.", encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(QuotesError, match=message) as caught:
        list(read_gold(tmp_path))
    assert "\n" not in str(caught.value)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="no annotated articles"):
        list(read_gold(tmp_path))


def test_command_prints_figures_and_errors(gold_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold_folder), "--json", "--errors", "--held-back", "out"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["articles"] == len(list(read_gold(gold_folder, HeldBack.OUT)))
    assert 0 < record["quotes"]["f1"] <= 1
    assert main(["evaluate", str(gold_folder), "--errors"]) == 0
    printed = capsys.readouterr().out
    assert "speaker_organization" in printed
    assert "share right" in printed


def test_command_refuses_a_missing_folder(tmp_path: Path) -> None:
    assert main(["evaluate", str(tmp_path / "nowhere")]) == 2
