"""``python -m quotes.train.encoder.alone GOLD_DIR ENCODER_DIR``: how right is an encoder by itself?

Its training can be judged by this before the judge has learnt what it is worth. Articles that are held back
are the ones to believe; of the others it has seen all, or a half.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.errors import QuotesError
from quotes.evaluation import GoldArticle, held_back, read_gold
from quotes.extraction.reading import Part, propose
from quotes.extras import how_to_add
from quotes.train.calling import run
from quotes.train.cases import as_read, is_silent, labelled_spans, right_ones

if TYPE_CHECKING:
    from quotes.extraction.encoder.reader import Encoder, Reading


@dataclass(slots=True)
class Alone:
    """Marked spans by what they are and what they are taken for; quotes by whether their speaker is found.

    ``reach`` counts the quotes whose speaker is among the candidates: no encoder can name more.
    """

    quotes: int = 0
    others: int = 0
    quotes_found: int = 0
    others_taken: int = 0
    speakers: int = 0
    reach: int = 0

    @property
    def f1(self) -> float:
        """Of spans taken for quotes."""
        return 2 * self.quotes_found / max(1, self.quotes_found + self.others_taken + self.quotes)

    def lines(self) -> Iterable[str]:
        """The figures, one a line."""
        yield f"quotes                 f1 {self.f1:.4f}  n {self.quotes}"
        left_out = 1 - self.others_taken / max(1, self.others)
        yield f"not_quotes_rejected    accuracy {left_out:.4f}  n {self.others}"
        share, most = (n / max(1, self.quotes) for n in (self.speakers, self.reach))
        yield f"speaker                accuracy {share:.4f}  at most {most:.4f}"


def alone(articles: Iterable[GoldArticle], encoder: Encoder) -> Alone:
    """Ask an encoder about all marked spans of these articles, whatever the rules say."""
    tally = Alone()
    for gold in articles:
        gold, zones = as_read(gold)
        proposed = propose(gold.text, zones, encoder, always=True)
        assert proposed.opinion is not None
        for part in proposed.parts:
            _count(gold, part, proposed.opinion.reading, tally)
    return tally


def _count(gold: GoldArticle, part: Part, reading: Reading, tally: Alone) -> None:
    for _, item, question, unit in labelled_spans(gold, part):
        if is_silent(item):
            continue
        said = reading.quote(item.start, item.end) > 0
        if unit["label"] != "quote":
            tally.others += 1
            tally.others_taken += said
            continue
        tally.quotes += 1
        tally.quotes_found += said
        records = part.docket.candidates(question)
        right = right_ones(records, unit.get("speaker"))
        reached = any(right)
        odds = reading.speakers(part.docket.speech(question, records))
        best = max(range(len(odds)), key=lambda n: odds[n])
        tally.speakers += [not reached, *right][best]
        tally.reach += reached


def measure_alone(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", exists=True, file_okay=False, help="NAME.txt with NAME.json."),
    ],
    encoder: Annotated[
        Path, typer.Argument(metavar="ENCODER_DIR", exists=True, file_okay=False, help="What was trained.")
    ],
) -> None:
    """Print how right an encoder is by itself on the articles held back."""
    try:
        from quotes.extraction.encoder.reader import encoder_in
    except ImportError as error:
        raise QuotesError(f"this needs more packages: {how_to_add('encoder')}") from error

    articles = [a for a in read_gold(gold) if held_back(a.name)]
    if not articles:
        raise QuotesError(f"{gold}: none of its articles is held back")
    for line in alone(articles, encoder_in(encoder)).lines():
        typer.echo(line)


if __name__ == "__main__":
    run("quotes.train.encoder.alone", measure_alone)
