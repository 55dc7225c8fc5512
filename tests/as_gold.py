"""The project's own annotation as gold folders, for ``quotes.train`` and ``quotes evaluate``.

python -m tests.as_gold FOLDER          the cases and the example articles (``--examples``)
python -m tests.as_gold FOLDER invented the articles made up for training (``--invented``)
python -m tests.as_gold FOLDER spans    those made up whose speakers aren't learnt from (``--spans``)
python -m tests.as_gold FOLDER apart    those made up from which nothing is learnt, to measure on
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.annotated import Annotated, Unit, articles, cases

HERE = Path(__file__).parent
SPANS_ALONE = ("s", "t", "u", "v")
"""What the names of the invented articles begin with from which nothing is learnt about who speaks."""
KEPT_APART = "w"
"""What the names of those begin with from which nothing is learnt: they only measure."""


def annotation(case: Annotated) -> dict[str, Any]:
    """The case in the format of ``docs/evaluation.md``."""
    return {
        "units": [{**_stretch(unit), "label": unit.label} for unit in case.marked],
        "indirect": [_stretch(unit) for unit in case.indirect],
    }


def _stretch(unit: Unit) -> dict[str, Any]:
    source = unit.source
    speaker = {"names": list(source.names), "type": source.type} if source else None
    return {"start": unit.start, "end": unit.end, "speaker": speaker}


def write(folder: Path, annotated: Iterable[Annotated]) -> None:
    """Write NAME.txt and NAME.json for each; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in annotated:
        path = folder / case.name.replace("/", "-")
        path.with_suffix(".txt").write_text(case.text, encoding="utf-8", newline="")
        path.with_suffix(".json").write_text(
            json.dumps(annotation(case), ensure_ascii=False), encoding="utf-8"
        )


def _sort_of(name: str) -> str:
    """What an invented article is for, by the beginning of its name."""
    return "apart" if name.startswith(KEPT_APART) else "spans" if name.startswith(SPANS_ALONE) else "invented"


def main(folder: Path, sort: str = "passages") -> None:
    """Write the passages, or the invented articles, or those of them whose spans alone are learnt from."""
    if sort in ("invented", "spans", "apart"):
        write(folder, (a for a in articles(HERE / "invented") if _sort_of(a.name) == sort))
    else:
        write(folder, (*cases(HERE / "cases"), *articles(HERE / "gold")))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
