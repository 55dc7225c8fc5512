"""From annotated articles to weights, thresholds and calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.evaluation import GoldArticle
from quotes.train.cases import Case, Cases, cases_of
from quotes.train.fit import Strictness, fit
from quotes.train.validate import Answered, answers, best_threshold, calibration, out_of_fold
from quotes.train.weights import write

_QUOTE = Strictness(penalty=4.0, articles=5)
_SPEAKER = Strictness(penalty=5.0, articles=5, context=0.5)


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that the judge needs: weights by question, thresholds by question, the calibration's points."""

    weights: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    calibration: Mapping[str, float]
    articles: int

    def write(self, folder: Path) -> None:
        """Write the files that the judge reads; the folder has to be there."""
        learnt = f"Learnt by quotes.train from {self.articles} annotated articles; not to be mended by hand."
        for question, weights in self.weights.items():
            write(folder, question, weights, f"clue;weight: what speaks for an answer.\n{learnt}")
        write(folder, "decisions", self.thresholds, f"question;least probability of an answer.\n{learnt}")
        write(folder, "calibration", self.calibration, f"said;right: how sure answers turn out.\n{learnt}")


def learn(
    gold: Iterable[GoldArticle], priors: Mapping[str, Mapping[str, float]]
) -> tuple[Learnt, list[Answered]]:
    """Learn from articles; also give what was answered where nothing was learnt from the article itself.

    ``priors`` are weights by question from which to depart only as far as the articles ask for it.
    """
    articles = [cases_of(article) for article in gold]
    marked = [case for a in articles for case in a.marked]
    speakers = [case for a in articles for case in a.speakers]
    told = [case for a in articles for case in a.told]
    said = out_of_fold(marked, _QUOTE, priors.get("quote"))
    named = out_of_fold([*speakers, *told], _SPEAKER, priors.get("speaker"))
    given = list(answers(articles, said, named))
    thresholds = {
        "quote": best_threshold([p[0] for p in said], [case.right[0] for case in marked]),
        "speaker": best_threshold([a.source for a in given if a.quote], [a.right for a in given if a.quote]),
    }
    sure = [a for a in given if a.said >= thresholds["quote"] and a.source >= thresholds["speaker"]]
    weights = {
        "quote": fit(marked, _QUOTE, priors.get("quote")),
        "speaker": fit([*speakers, *told], _SPEAKER, priors.get("speaker")),
    }
    points = calibration([a.said * a.source for a in sure], [a.right for a in sure])
    return Learnt(weights, thresholds, points, len(articles)), given


def teaches(articles: Sequence[Cases]) -> tuple[int, int, int]:
    """How many marked spans, speakers and told stretches these articles teach."""
    return (
        sum(len(a.marked) for a in articles),
        sum(len(a.speakers) for a in articles),
        sum(len(a.told) for a in articles),
    )


def case_count(cases: Iterable[Case]) -> int:
    """How many cases there are."""
    return sum(1 for _ in cases)
