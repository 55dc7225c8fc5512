"""From annotated articles to weights, thresholds and calibration."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from quotes.evaluation import GoldArticle
from quotes.extraction import judge
from quotes.train.cases import Case, Cases, Worth, cases_of
from quotes.train.fit import Strictness, fit
from quotes.train.validate import (
    answers,
    best_threshold,
    calibration,
    out_of_fold,
    source_thresholds,
    told_threshold,
)
from quotes.train.weights import write

if TYPE_CHECKING:
    from quotes.extraction.encoder.reader import Encoder

# Chosen by cross-validation (docs/evaluation.md).
_STRICTNESS = {
    "quote": Strictness(penalty=6.0, articles=5),
    "speaker": Strictness(penalty=8.0, articles=5, context=0.5),
    "told": Strictness(penalty=6.0, articles=5),
}

# F1 that is given away for spans that are no quotes: a wrong entry is worse than a missing one.
_YIELDING = 0.0005
# … and for names: a wrong one harms, and the curve is flat there.
_YIELDING_NAMES = 0.0005
# What a passage made up for one construction counts beside one of a newspaper.
_EXAMPLE = Worth(0.3, 0.3)
# … and a whole article made up: more of it is hard, and fewer of its speakers are named, than in a newspaper.
_INVENTED = Worth(0.3, 0.1)
# … and one whose speakers are harder than any paper's.
_SPANS_ALONE = Worth(0.3, 0.0)


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that the judge needs: weights by question, thresholds by question, the calibration's points."""

    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    calibration: Mapping[str, float]
    articles: int
    evidence: judge.Evidence = "rules"

    def write(self, folder: Path) -> None:
        """Write the files that the judge reads; the folder has to be there."""
        if self.evidence == "encoder":
            folder = folder / "encoder"
            folder.mkdir(exist_ok=True)
        learnt = f"Learnt by quotes.train from {self.articles} annotated articles; not to be mended by hand."
        for question, weights in self.weights.items():
            write(folder, question, weights, f"clue;weight: what speaks for an answer.\n{learnt}")
        write(folder, "decisions", self.thresholds, f"question;least probability of an answer.\n{learnt}")
        write(folder, "calibration", self.calibration, f"said;right: how sure answers turn out.\n{learnt}")


def carried_over(learnt: Learnt) -> Learnt:
    """Give weights beside the encoder to weights that were learnt without it.

    To each is added what the encoder's company changes in place: what its clues are worth, and how much less
    the others are. Thresholds and calibration stay those in place.
    """
    weights = {}
    for question in judge.QUESTIONS["encoder"]:
        alone, beside = judge.weights_of(question), judge.weights_of(question, "encoder")
        new = learnt.weights[question]
        sums = {
            clue: new.get(clue, 0.0) + beside.get(clue, 0.0) - alone.get(clue, 0.0)
            for clue in {*new, *beside}
        }
        weights[question] = {clue: weight for clue, weight in sums.items() if round(weight, 3)}
    thresholds, calibration = judge.decided("encoder")
    return Learnt(weights, thresholds, calibration, learnt.articles, "encoder")


def in_place(evidence: judge.Evidence) -> Learnt:
    """Give the weights in place as if they were just learnt."""
    weights = {question: judge.weights_of(question, evidence) for question in judge.QUESTIONS[evidence]}
    return Learnt(weights, *judge.decided(evidence), 0, evidence)


def leaning(learnt: Learnt, towards: Mapping[str, float]) -> Learnt:
    """Give weights that like sources of some sorts better, by so much in log-odds.

    To give words to "des riverains" who stand beside them harms nobody; a name does, if it is wrong.
    """
    speaker = dict(learnt.weights["speaker"])
    for sort, much in towards.items():
        speaker[f"type:{sort}"] = speaker.get(f"type:{sort}", 0.0) + much
    return replace(learnt, weights={**learnt.weights, "speaker": speaker})


def part_way(learnt: Learnt, part: float) -> Learnt:
    """Give the weights and thresholds that lie so far (0–1) between those in place and those learnt.

    What a single learning gets wrong by chance, the mean of two gets wrong less (Izmailov et al., *Averaging
    weights leads to wider optima*, 2018). The calibration stays that in place.
    """
    between = {}
    for question, weights in learnt.weights.items():
        old = judge.weights_of(question, learnt.evidence)
        means = {clue: (1 - part) * old[clue] + part * weights.get(clue, 0.0) for clue in {*old, *weights}}
        between[question] = {clue: weight for clue, weight in means.items() if round(weight, 3)}
    thresholds, calibration = judge.decided(learnt.evidence)
    cuts = {
        name: (1 - part) * old + part * learnt.thresholds.get(name, old) for name, old in thresholds.items()
    }
    return replace(learnt, weights=between, thresholds=cuts, calibration=calibration)


def worth_of(
    also: Iterable[GoldArticle],
    examples: Iterable[GoldArticle],
    invented: Iterable[GoldArticle],
    spans: Iterable[GoldArticle],
) -> Iterator[tuple[GoldArticle, Worth]]:
    """What articles count beside a newspaper's, by what they are (see :func:`learn`)."""
    worths = (Worth(), _EXAMPLE, _INVENTED, _SPANS_ALONE)
    for articles, worth in zip((also, examples, invented, spans), worths, strict=True):
        yield from ((article, worth) for article in articles)


def learn_clues(beginnings: Sequence[str], articles: Iterable[tuple[GoldArticle, Worth]]) -> Learnt:
    """Learn what new clues are worth, told by how they begin, beside the weights in place, which stay.

    So do thresholds and calibration.
    """
    known = [cases_of(gold, worth) for gold, worth in articles]
    asked = {
        "quote": _marked(known),
        "speaker": _named(known),
        "told": _telling(known),
    }
    weights = {
        question: fit(cases, _STRICTNESS[question], judge.weights_of(question), beginnings)
        for question, cases in asked.items()
    }
    return Learnt(weights, *judge.decided(), len(known))


@contextmanager
def reading_weights(folder: Path) -> Iterator[None]:
    """Let the judge read its weights from a folder for a while."""
    before = os.environ.get("QUOTES_WEIGHTS")
    os.environ["QUOTES_WEIGHTS"] = str(folder)
    judge.forget()
    try:
        yield
    finally:
        if before is None:
            del os.environ["QUOTES_WEIGHTS"]
        else:
            os.environ["QUOTES_WEIGHTS"] = before
        judge.forget()


Priors = Mapping[str, Mapping[str, float]]
EncoderOf = Callable[[str], "Encoder | None"]


def learn(
    gold: Iterable[GoldArticle],
    also: Iterable[GoldArticle] = (),
    examples: Iterable[GoldArticle] = (),
    priors: Priors | None = None,
    encoder_of: EncoderOf | None = None,
    invented: Iterable[GoldArticle] = (),
    spans: Iterable[GoldArticle] = (),
) -> Learnt:
    """Learn from articles; thresholds and calibration come from answers out of fold.

    ``also`` are articles to learn from that may choose nothing, since the rules were made on them;
    ``examples`` are passages made up to show a construction, ``invented`` whole articles made up; they
    choose nothing either and count less; of ``spans`` nothing is learnt about who speaks.
    ``priors`` are weights by question from which to depart only as far as the articles ask for it.
    ``encoder_of`` gives the encoder whose opinion is among the clues: for each article (by its name) one
    that wasn't trained on it, or None if there is none: that one is read without.
    """
    known = list(gold)
    theirs = list(worth_of(also, examples, invented, spans))

    def asked() -> tuple[list[Cases], list[Cases]]:
        def read(article: GoldArticle, worth: Worth) -> Cases:
            return cases_of(article, worth, encoder_of(article.name) if encoder_of else None)

        return [read(g, Worth()) for g in known], [read(g, worth) for g, worth in theirs]

    count = len(known) + len(theirs)
    if encoder_of is not None:
        # What is told is the rules' own: the encoder knows nothing about it that they don't.
        learnt, cuts, points = _learn_speakers(*asked(), priors or {})
        # No more is let through than without it: what is no quote is kept out for its own sake.
        cuts["quote"] = max(cuts["quote"], judge.threshold("quote"))
        return Learnt(learnt, cuts, points, count, "encoder")
    weights, thresholds = _learn_told(*asked(), priors or {})
    with TemporaryDirectory() as name:
        # Who is asked for depends on what is taken for told: the second half reads the first one's answers.
        folder = Path(name)
        Learnt(
            {"quote": {}, "speaker": {}, **weights}, {"quote": 0.5, "speaker": 0.4, **thresholds}, {}, 0
        ).write(folder)
        with reading_weights(folder):
            more, cuts, points = _learn_speakers(*asked(), priors or {})
    return Learnt({**weights, **more}, {**thresholds, **cuts}, points, count)


def _learn_told(
    articles: Sequence[Cases], others: Sequence[Cases], priors: Priors
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    sentences = [s for a in articles for s in a.sentences]
    cases = [case for s in sentences for case in s.cases]
    also = _telling(others)
    likely = out_of_fold(cases, also, _STRICTNESS["told"], priors.get("told"))
    cut = told_threshold(sentences, likely, sum(a.told_units for a in articles))
    return {"told": fit([*cases, *also], _STRICTNESS["told"], priors.get("told"))}, {"told": cut}


def _learn_speakers(
    articles: Sequence[Cases], others: Sequence[Cases], priors: Priors
) -> tuple[dict[str, dict[str, float]], dict[str, float], dict[str, float]]:
    marked, also_marked = _marked(articles), _marked(others)
    speakers = [case for a in articles for case in a.speakers]
    named = [*speakers, *(case for a in articles for case in a.told)]
    also_named = _named(others)
    said = out_of_fold(marked, also_marked, _STRICTNESS["quote"], priors.get("quote"))
    sources = out_of_fold(named, also_named, _STRICTNESS["speaker"], priors.get("speaker"))
    given = list(answers(articles, said, sources))
    cuts = {
        "quote": best_threshold([p[0] for p in said], [case.right[0] for case in marked], _YIELDING),
        **source_thresholds([a for a in given if a.quote], _YIELDING_NAMES, _YIELDING),
    }
    answered = [a for a in given if a.source >= judge.threshold_in(cuts, "speaker", a.sort)]
    kept = [a for a in answered if a.said >= cuts["quote"]]
    weights = {
        "quote": fit([*marked, *also_marked], _STRICTNESS["quote"], priors.get("quote")),
        "speaker": fit([*named, *also_named], _STRICTNESS["speaker"], priors.get("speaker")),
    }
    return weights, cuts, calibration([a.said * a.source for a in kept], [a.right for a in kept])


def _marked(articles: Iterable[Cases]) -> list[Case]:
    return [case for a in articles for case in a.marked]


def _named(articles: Iterable[Cases]) -> list[Case]:
    return [case for a in articles for case in (*a.speakers, *a.told)]


def _telling(articles: Iterable[Cases]) -> list[Case]:
    # What is made up tells little else than what it is made for: it would teach to find too much.
    return [case for a in articles for s in a.sentences for case in s.cases if case.weight == 1.0]
