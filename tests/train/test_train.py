"""Weights learnt from a few passages: the same each time, and measured before they are taken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import quotes
from quotes.errors import QuotesError
from quotes.evaluation import held_back, read_gold
from quotes.extraction import judge
from quotes.train.__main__ import train
from quotes.train.cases import Worth, cases_of
from quotes.train.fit import Strictness, fit, shares
from quotes.train.kinds import kinds_of
from quotes.train.learn import Learnt, reading_weights
from tests import as_gold

SAID = "« Le pont tient », a dit Jeanne Roy, maire de Brume."


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gold folder of some of the project's own passages, some of them held back."""
    folder = tmp_path_factory.mktemp("passages")
    as_gold.main(folder)
    texts = sorted(folder.glob("*.txt"))
    for path in texts[120:]:
        path.unlink()
        path.with_suffix(".json").unlink()
    assert {held_back(path.stem) for path in texts[:120]} == {True, False}
    return folder


def one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, learnt: Learnt) -> Path:
    """A gold folder of one article from which just these weights are learnt."""
    monkeypatch.setattr("quotes.train.__main__.learn", lambda *_: learnt)
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "un.txt").write_text(SAID, encoding="utf-8")
    (folder / "un.json").write_text('{"units": []}', encoding="utf-8")
    return folder


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_run_more_gives_the_same_files(passages: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        train([passages], output=tmp_path / name, afresh=True, force=True)
    assert written(tmp_path / "one") == written(tmp_path / "other")
    assert set(written(tmp_path / "one")) == {
        f"{name}.txt" for name in ("quote", "speaker", "told", "decisions", "calibration")
    }


def test_worse_weights_are_refused(passages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "quotes.train.__main__.learn",
        lambda *_: Learnt(
            {"quote": {}, "speaker": {}, "told": {}},
            {"quote": 0.9, "speaker": 0.9, "told": 0.9},
            {"0.5": 0.5},
            1,
        ),
    )
    with pytest.raises(QuotesError, match="nothing was written"):
        train([passages], output=tmp_path)
    assert not written(tmp_path)


def test_weights_beside_the_encoder_are_learnt_on_from_those_in_place(
    passages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[set[str]] = []

    def learnt(
        known: object, also: object, examples: object, priors: dict[str, object], *_: object
    ) -> Learnt:
        began.append(set(priors))
        return Learnt({"quote": {}, "speaker": {}}, {"quote": 0.9, "speaker": 0.9}, {"0.5": 0.5}, 1)

    monkeypatch.setattr("quotes.train.__main__.learn", learnt)
    monkeypatch.setattr("quotes.train.__main__._unbiased", lambda folder: None)
    monkeypatch.setattr("quotes.train.__main__._as_good", lambda *_: True)
    train([passages], output=tmp_path / "own", encoder=tmp_path)
    assert began == [{"quote", "speaker"}]


def test_what_the_encoder_changes_is_carried_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt = Learnt(
        {"quote": {}, "speaker": {"answer": 2.0, "new": 1.0}, "told": {}},
        {"quote": 0.5, "speaker": 0.5, "told": 0.5},
        {"0.5": 0.5},
        1,
    )
    folder = one_article(tmp_path, monkeypatch, learnt)
    train([folder], output=tmp_path / "new", force=True, carry_over=True)
    alone, beside = judge.weights_of("speaker"), judge.weights_of("speaker", "encoder")
    threshold = judge.threshold("speaker", "encoder")
    with reading_weights(tmp_path / "new"):
        carried = judge.weights_of("speaker", "encoder")
        assert judge.threshold("speaker", "encoder") == threshold
    assert carried["new"] == 1.0
    assert carried["answer"] == pytest.approx(2.0 + beside["answer"] - alone["answer"], abs=1e-3)
    only = next(clue for clue in beside if clue not in alone)
    assert carried[only] == pytest.approx(beside[only], abs=1e-3)


def test_weights_may_go_a_part_of_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt = Learnt(
        {"quote": {}, "speaker": {"answer": 2.0, "new": 1.0}, "told": {}},
        {"quote": 0.9, "speaker": 0.9, "told": 0.9},
        {"0.5": 0.5},
        1,
    )
    folder = one_article(tmp_path, monkeypatch, learnt)
    train([folder], output=tmp_path / "new", force=True, part=0.25)
    old, cut, calibration = judge.weights_of("speaker"), judge.threshold("speaker"), judge.decided()[1]
    with reading_weights(tmp_path / "new"):
        new = judge.weights_of("speaker")
        assert judge.threshold("speaker") == pytest.approx(0.75 * cut + 0.25 * 0.9, abs=1e-3)
        assert judge.decided()[1] == calibration  # too few answers to rank
    assert new["new"] == 0.25
    assert new["answer"] == pytest.approx(0.75 * old["answer"] + 0.5, abs=1e-3)
    gone = next(clue for clue, weight in old.items() if clue != "answer" and weight > 0.1)
    assert new[gone] == pytest.approx(0.75 * old[gone], abs=1e-3)


def test_carrying_over_needs_something_in_place(
    passages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge.copy_rules(tmp_path / "rules")
    monkeypatch.setenv("QUOTES_WEIGHTS", str(tmp_path / "rules"))
    judge.forget()
    try:
        with pytest.raises(QuotesError, match="in place"):
            train([passages], output=tmp_path / "new", force=True, carry_over=True)
    finally:
        monkeypatch.undo()
        judge.forget()


def test_nothing_to_learn_from_is_said() -> None:
    with pytest.raises(QuotesError, match="name a folder"):
        train([])


def test_the_judge_reads_another_folder(tmp_path: Path) -> None:
    Learnt(
        {"quote": {"rule:incise": -50.0}, "speaker": {}, "told": {}},
        {"quote": 0.5, "speaker": 0.0, "told": 0.5},
        {"0.5": 0.5},
        1,
    ).write(tmp_path)
    assert [q.text for q in quotes.extract(SAID).quotes] == ["Le pont tient"]
    with reading_weights(tmp_path):
        assert not quotes.extract(SAID).quotes
    assert quotes.extract(SAID).quotes


def test_a_type_of_sources_has_a_threshold_of_its_own(tmp_path: Path) -> None:
    Learnt(
        {"quote": {}, "speaker": {}, "told": {}},
        {"quote": 0.1, "speaker": 0.9, "unnamed|speaker": 0.1, "told": 0.9},
        {"0.5": 0.5},
        1,
    ).write(tmp_path)
    with reading_weights(tmp_path):
        said = [quotes.extract(text).quotes[0].speaker for text in (SAID, "« Oui », dit un voisin.")]
    assert [speaker and speaker.name for speaker in said] == [None, "un voisin"]


def test_a_folder_without_weights_is_said(tmp_path: Path) -> None:
    with (
        reading_weights(tmp_path),
        pytest.raises(QuotesError, match="no weights"),
    ):
        quotes.extract(SAID)


def test_what_is_right_becomes_likely(passages: Path) -> None:
    cases = [case for gold in read_gold(passages) for case in cases_of(gold).speakers]
    how = Strictness(penalty=2.0, articles=2)
    weights = fit(cases, how)
    before = sum(shares({}, case)[case.right.index(True)] for case in cases)
    assert sum(shares(weights, case)[case.right.index(True)] for case in cases) > 1.5 * before
    # From weights in place it goes only as far as the penalty lets it.
    held = fit(cases[:5], Strictness(penalty=1e6, articles=1), weights)
    assert all(abs(held.get(clue, 0.0) - weight) < 0.01 for clue, weight in weights.items())


def test_kinds_add_up(passages: Path) -> None:
    kinds = kinds_of(read_gold(passages))
    assert kinds.quotes >= kinds.found >= kinds.in_cast >= kinds.right > 0
    assert 0 < kinds.of_ceiling <= 1
    missed = sum(count for kind, count in kinds.errors.items() if kind.startswith("not found"))
    wrong = kinds.errors.total() - missed - kinds.errors["no quote, taken for one"]
    assert wrong == kinds.found - kinds.right


def test_nothing_of_it_is_loaded_to_read_a_text() -> None:
    asked = (
        "import sys, quotes; quotes.extract('« Oui »'); "
        "print({'quotes.train', 'scipy', 'sklearn'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_probabilities() -> None:
    assert judge.probability(0.0) == 0.5
    assert judge.probability(-800.0) == 0.0
    assert sum(judge.probabilities([3.0, 1.0, -900.0])) == pytest.approx(1.0)
    assert judge.calibrated(0.0) <= judge.calibrated(0.5) <= judge.calibrated(1.0)


def test_an_answer_tells_what_weighed_most() -> None:
    (quote,) = quotes.extract(SAID).quotes
    assert len(quote.clues) == 3
    assert [abs(w) for _, w in quote.clues] == sorted((abs(w) for _, w in quote.clues), reverse=True)


def test_no_invented_article_is_learnt_from_in_two_ways(tmp_path: Path) -> None:
    sorts = ("invented", "spans", "apart")
    for sort in sorts:
        as_gold.main(tmp_path / sort, sort)
    whole, spans, apart = ({p.stem for p in (tmp_path / sort).glob("*.txt")} for sort in sorts)
    assert {name[0] for name in spans} == set(as_gold.SPANS_ALONE)
    assert {name[0] for name in apart} == {as_gold.KEPT_APART}
    assert whole.isdisjoint(spans | apart)
    assert len(whole | spans | apart) == len(list((as_gold.HERE / "invented").glob("*.txt")))


def test_what_counts_nothing_is_not_learnt_from(passages: Path) -> None:
    article = next(a for a in read_gold(passages) if cases_of(a).speakers)
    assert not cases_of(article, Worth(0.3, 0.0)).speakers
    assert cases_of(article, Worth(0.3, 0.0)).marked == cases_of(article, Worth(0.3, 0.1)).marked


def test_new_clues_are_learnt_beside_weights_that_stay(passages: Path, tmp_path: Path) -> None:
    train([passages], output=tmp_path / "before", afresh=True, force=True)
    with reading_weights(tmp_path / "before"):
        train([passages], output=tmp_path / "after", clue=["begins:"], force=True)
        before = judge.weights_of("quote")
        assert any(clue.startswith("begins:") for clue in before)
    with reading_weights(tmp_path / "after"):
        after = judge.weights_of("quote")
        others = {clue: weight for clue, weight in after.items() if not clue.startswith("begins:")}
        assert others == {clue: weight for clue, weight in before.items() if not clue.startswith("begins:")}
        assert any(clue.startswith("begins:") for clue in after)
    for name in ("speaker.txt", "told.txt", "decisions.txt"):
        assert _entries(tmp_path / "before" / name) == _entries(tmp_path / "after" / name)


def _entries(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_new_clues_are_not_learnt_from_nothing(passages: Path, tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="--clue learns beside"):
        train([passages], output=tmp_path / "new", clue=["cried"], afresh=True)


def test_a_sort_of_sources_may_be_liked_better(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt = Learnt(
        {"quote": {}, "speaker": {"type:group": 0.5}, "told": {}}, {"quote": 0.5}, {"0.5": 0.5}, 1
    )
    folder = one_article(tmp_path, monkeypatch, learnt)
    train([folder], output=tmp_path / "new", force=True, lean=["group=0.75", "document=-0.5"])
    with reading_weights(tmp_path / "new"):
        assert judge.weights_of("speaker") == {"type:group": 1.25, "type:document": -0.5}
    with pytest.raises(QuotesError, match=r"--lean crowd=1: a sort of sources and a number"):
        train([folder], output=tmp_path / "new", force=True, lean=["crowd=1"])
