"""``python -m quotes.train.encoder GOLD_DIR… -o FOLDER``: train the encoder anew.

It is trained three times: on each half of the articles, for the judge to learn from what an encoder says
of articles that it has not seen, and on all of them for use. The third that is held back is never read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from quotes.errors import QuotesError
from quotes.evaluation import GoldArticle, held_back, read_gold
from quotes.extras import how_to_add
from quotes.train.calling import run


def train_encoder(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD_DIR…", exists=True, file_okay=False, help="Folders of NAME.txt with NAME.json."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", file_okay=False, help="Where to write.")],
    also: Annotated[
        list[Path] | None,
        typer.Option(exists=True, file_okay=False, help="Articles that all three are trained on."),
    ] = None,
    passes: Annotated[int, typer.Option(min=1, help="Passes over the articles.")] = 2,
    halves: Annotated[bool, typer.Option("--halves/--no-halves", help="Train on the halves, too.")] = True,
    share: Annotated[
        float,
        typer.Option(min=0.01, max=1.0, help="Train on this share of the articles, for a learning curve."),
    ] = 1.0,
) -> None:
    """Write ``encoder.onnx``, ``heads.npz`` and ``pieces.json``; the halves' in ``first`` and ``second``.

    Some hours of one processor core for six hundred articles.
    """
    try:
        from quotes.train.encoder.base import base_file, read_base
        from quotes.train.encoder.run import Run, is_among
    except ImportError as error:
        raise QuotesError(f"this needs more packages: {how_to_add('train-encoder')}") from error

    articles = [a for folder in gold for a in read_gold(folder) if not held_back(a.name)]
    articles = [a for a in articles if is_among(a.name, share)]
    others: Sequence[GoldArticle] = [a for folder in also or () for a in read_gold(folder)]
    if not articles:
        raise QuotesError("nothing to train on: all articles are held back, or no part of the share")
    training = Run(read_base(base_file()), articles, others, output, lambda line: typer.echo(line, err=True))
    if halves:
        training.halves(passes)
    training.all(passes)


if __name__ == "__main__":
    run("quotes.train.encoder", train_encoder)
