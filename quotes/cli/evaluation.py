"""``quotes evaluate``: how right the extraction is on articles that people annotated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.options import DEFAULT_DATABASE, Database
from quotes.cli.printing import for_stdout, print_json, print_table

# The choice of articles is an option's type, so it can't wait for the command to run.
from quotes.evaluation import HeldBack
from quotes.messages import _

if TYPE_CHECKING:
    from quotes.evaluation import Evaluation, GoldArticle


def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="GOLD_DIR",
            help="A folder with NAME.txt and its annotation NAME.json.",
            exists=True,
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Also list what is wrong, one line each.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
    held_back: Annotated[
        HeldBack | None,
        typer.Option(
            "--held-back",
            help="out: without the third of the articles that is held back; only: nothing but it.",
            show_default=False,
        ),
    ] = None,
    corrected: Annotated[
        bool,
        typer.Option("--corrected", help="Instead: on what was confirmed or corrected in the archive."),
    ] = False,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="Instead: sort what is wrong by kind, with counts.")
    ] = False,
    db: Database = DEFAULT_DATABASE,
) -> None:
    """Measure the extraction on annotated articles.

    The figures are explained in docs/evaluation.md.
    """
    if kinds:
        if gold is None:
            raise typer.BadParameter(_("--kinds needs GOLD_DIR"))
        _print_kinds(gold, held_back)
        return
    if corrected:
        if gold is not None or held_back is not None:
            raise typer.BadParameter(_("--corrected is instead of GOLD_DIR and --held-back"))
        result = _on_corrected(db)
    elif gold is not None:
        import quotes
        from quotes.evaluation import evaluate as measure

        result = measure(gold, quotes.extract, held_back)
    else:
        raise typer.BadParameter(_("name a folder of annotated articles, or give --corrected"))
    if json:
        print_json(_record(result, errors))
        return
    if errors:
        for error in result.errors:
            print(for_stdout(str(error)))
        print()
    _print_figures(result)


def _print_kinds(gold: Path, held_back: HeldBack | None) -> None:
    from quotes.evaluation import read_gold
    from quotes.train.kinds import kinds_of

    found = kinds_of(read_gold(gold, held_back))
    print_table(
        (_("what is wrong"), _("quotes")), [(kind, str(count)) for kind, count in found.errors.most_common()]
    )
    print(
        _(
            "of {quotes} quotes with a speaker {found} are found; the right one is in the cast for {in_cast},"
            " and {right} of these are right ({share:.1%} of what can be had)"
        ).format(
            quotes=found.quotes,
            found=found.found,
            in_cast=found.in_cast,
            right=found.right,
            share=found.of_ceiling,
        )
    )


def _on_corrected(db: str) -> Evaluation:
    """Extract the archive's articles anew, as they were read, and compare with what people said."""
    import quotes
    from quotes.archive import open_archive
    from quotes.errors import QuotesError
    from quotes.evaluation import evaluate, gold_article
    from quotes.model import Article, Extraction

    articles: dict[str, Article] = {}

    def gold() -> Iterator[GoldArticle]:
        for one in archive.checked():
            articles[one.article.text] = one.article
            yield gold_article(one.name, one.article.text, one.annotation)

    def extract(text: str) -> Extraction:
        return quotes.extract(articles.pop(text))

    with open_archive(db, create=False, readonly=True) as archive:
        result = evaluate(gold(), extract)
    if not result.articles:
        raise QuotesError(
            _("nothing was confirmed or corrected in this archive yet: `quotes review` does it")
        )
    return result


def _record(result: Evaluation, errors: bool) -> dict[str, object]:
    record: dict[str, object] = {
        "articles": result.articles,
        **result.figures,
        "calibration": [
            {"from": b.low, "to": b.high, "answers": b.answers, "right": b.right, "mean": b.mean}
            for b in result.calibration
        ],
    }
    if errors:
        record["errors"] = [str(error) for error in result.errors]
    return record


def _print_figures(result: Evaluation) -> None:
    print(f"{'articles':22} {result.articles}")
    for name, figure in result.figures.items():
        print(f"{name:22} " + "  ".join(f"{key} {value}" for key, value in figure.items()))
    print()
    print_table(
        [_("confidence"), _("answers"), _("right"), _("share right"), _("mean confidence")],
        [
            (
                f"{b.low:.2f}–{b.high:.2f}",
                str(b.answers),
                str(b.right),
                "" if b.share is None else f"{b.share:.2f}",
                "" if b.mean is None else f"{b.mean:.2f}",
            )
            for b in result.calibration
        ],
    )
