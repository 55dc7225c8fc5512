"""``python -m quotes.train GOLD_DIR…``: learn the judge's weights anew."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.evaluation import HeldBack, read_gold
from quotes.extraction import judge
from quotes.train.learn import learn

_OWN = Path(judge.__file__).parent / "data"


def train(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR…", exists=True, file_okay=False)],
    also: Annotated[
        list[Path] | None,
        typer.Option(
            "--also", exists=True, file_okay=False, help="Articles to learn from that may choose nothing."
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the weights.")] = _OWN,
) -> None:
    """Learn from the annotated articles of some folders, but for the third that is held back."""
    articles = [article for folder in gold for article in read_gold(folder, HeldBack.OUT)]
    others = [article for folder in also or () for article in read_gold(folder)]
    learnt = learn(articles, others)
    learnt.write(output)
    judge.forget()


if __name__ == "__main__":
    typer.run(train)
