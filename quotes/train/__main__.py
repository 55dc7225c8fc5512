"""``python -m quotes.train GOLD_DIR…``: learn the judge's weights from annotated articles.

They may also come from what was corrected in an archive (``--db``), so that a paper adapts the program
to its own house style. New weights that are worse than those in place are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from quotes.errors import QuotesError
from quotes.evaluation import GoldArticle, held_back, read_gold
from quotes.extraction import judge
from quotes.extraction.opinion import Model
from quotes.model import SpeakerType
from quotes.train.calling import run
from quotes.train.cases import Worth
from quotes.train.learn import (
    EncoderOf,
    Learnt,
    carried_over,
    in_place,
    leaning,
    learn,
    learn_clues,
    part_way,
    reading_weights,
    worth_of,
)
from quotes.train.measure import Measured, measure
from quotes.train.ranks import carried_by_rank, probabilities_of

_OWN = Path(judge.__file__).parent / "data"
# How far a figure of the held-back articles may fall by chance.
_CHANCE = 0.002


def train(
    gold: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="GOLD_DIR…", exists=True, file_okay=False, help="Folders of NAME.txt with NAME.json."
        ),
    ] = None,
    db: Annotated[
        str | None, typer.Option(help="Also learn from what was confirmed or corrected in this archive.")
    ] = None,
    also: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Articles to learn from that choose nothing.",
        ),
    ] = None,
    examples: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, file_okay=False, help="Passages made up to show a construction: they count less."
        ),
    ] = None,
    invented: Annotated[
        list[Path] | None,
        typer.Option(exists=True, file_okay=False, help="Whole articles made up: they count less still."),
    ] = None,
    spans: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, file_okay=False, help="Made up, too; nothing is learnt from them about who speaks."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", file_okay=False, help="Where to write; else into the program."),
    ] = None,
    encoder: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Learn the weights beside the encoder: the folder that quotes.train.encoder wrote.",
        ),
    ] = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Forget the weights in place instead of starting from them.")
    ] = False,
    part: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="How far to go from the weights in place to those learnt: the mean errs less by chance.",
        ),
    ] = 1.0,
    lean: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SORT=LOG-ODDS",
            help='Like a sort of sources that bears no name better: "group=0.8", "document=0.8".',
        ),
    ] = None,
    carry_over: Annotated[
        bool,
        typer.Option("--carry-over", help="Also write weights beside the encoder, after those in place."),
    ] = False,
    clue: Annotated[
        list[str] | None,
        typer.Option(help="Learn only what clues that begin so are worth; all other weights stay."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write the weights even if they are worse.")] = False,
) -> None:
    """Learn the judge's weights anew.

    The third of the articles that is held back (by the hash of their names) is never learnt from: on it the
    new weights have to be as good as those in place.
    """
    articles = [*_from_folders(gold or ()), *_from_archive(db)]
    known = [a for a in articles if not held_back(a.name)]
    asked = [a for a in articles if held_back(a.name)]
    if not known:
        raise QuotesError("nothing to learn from: name a folder of annotated articles, or --db ARCHIVE")
    evidence: judge.Evidence = "encoder" if encoder else "rules"
    if carry_over and (encoder or not judge.has_weights("encoder")):
        raise QuotesError("--carry-over starts from the encoder's weights in place, without --encoder")
    priors = in_place(evidence).weights if not afresh and judge.has_weights(evidence) else {}
    halves = _unbiased(encoder) if encoder else None
    others = (_from_folders(folders or ()) for folders in (also, examples, invented, spans))
    theirs, passages, made_up, marked = others
    if clue:
        if encoder or afresh:
            raise QuotesError("--clue learns beside the weights in place, without --encoder and --afresh")
        alike = [(article, Worth()) for article in known]
        learnt = learn_clues(clue, [*alike, *worth_of(theirs, passages, made_up, marked)])
    else:
        learnt = learn(known, theirs, passages, priors, halves, made_up, marked)
    if part < 1.0:
        learnt = part_way(learnt, part)
    if lean:
        learnt = leaning(learnt, _leanings(lean))
    if encoder:
        _as_shipped()
    if part < 1.0:
        learnt = _calibrated_as_before(learnt, [*known, *theirs])
    folder = output or _OWN
    folder.mkdir(parents=True, exist_ok=True)
    if not asked:
        typer.echo("quotes.train: no article is held back: nothing shows if it is better", err=True)
    elif not _as_good(learnt, asked) and not force:
        raise QuotesError("the weights in place are better on the articles held back; nothing was written")
    beside = carried_over(learnt) if carry_over else None  # before those in place are written over
    learnt.write(folder)
    if beside is not None:
        beside.write(folder)
    typer.echo(f"quotes.train: learnt from {learnt.articles} articles; written to {folder}", err=True)


def _leanings(given: Iterable[str]) -> dict[str, float]:
    """What ``--lean group=0.8`` asks for."""
    found = {}
    for each in given:
        sort, _, much = each.partition("=")
        try:
            found[SpeakerType(sort).value] = float(much)
        except ValueError as error:
            raise QuotesError(f"--lean {each}: a sort of sources and a number, as in group=0.8") from error
    return found


def _calibrated_as_before(learnt: Learnt, articles: Sequence[GoldArticle]) -> Learnt:
    """Carry the calibration in place over to weights that go a part of the way from those in place."""
    before = in_place(learnt.evidence)
    ranks = (probabilities_of(weights, articles) for weights in (before, learnt))
    return replace(learnt, calibration=carried_by_rank(before.calibration, *ranks))


def _unbiased(folder: Path) -> EncoderOf:
    from quotes.train.encoder.halves import unbiased  # heavy: only beside the encoder

    return unbiased(folder)


def _as_shipped() -> None:
    """Read again with the encoder that comes with the program, after those of the halves."""
    from quotes.extraction.encoder.pieces import use_own

    use_own()


def _from_folders(folders: Iterable[Path]) -> list[GoldArticle]:
    return [article for folder in folders for article in read_gold(folder)]


def _from_archive(db: str | None) -> list[GoldArticle]:
    if db is None:
        return []
    from quotes.archive import open_archive
    from quotes.evaluation import gold_article

    with open_archive(db, create=False, readonly=True) as archive:
        return [gold_article(c.name, c.article.text, c.annotation) for c in archive.checked()]


def _as_good(learnt: Learnt, asked: Sequence[GoldArticle]) -> bool:
    """Say how both do on articles that neither learnt from, and whether the new weights may stay."""
    from tempfile import TemporaryDirectory

    model: Model = "never" if learnt.evidence == "rules" else "always"
    before = measure(asked, model if judge.has_weights(learnt.evidence) else "never")
    with TemporaryDirectory() as name:
        judge.copy_rules(Path(name))
        learnt.write(Path(name))
        with reading_weights(Path(name)):
            after = measure(asked, model)
    for figure in Measured._fields:
        typer.echo(f"{figure:18} {getattr(before, figure):.4f} -> {getattr(after, figure):.4f}")
    return after.speaker >= before.speaker - _CHANCE and after.quotes >= before.quotes - _CHANCE


if __name__ == "__main__":
    run("quotes.train", train)
