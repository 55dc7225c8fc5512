"""The cases and the example articles as a gold folder, for ``quotes.train --examples``.

python -m tests.as_gold FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.annotated import Annotated, Unit, articles, cases

HERE = Path(__file__).parent


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


def main(folder: Path) -> None:
    """Write NAME.txt and NAME.json for each; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in (*cases(HERE / "cases"), *articles(HERE / "gold")):
        path = folder / case.name.replace("/", "-")
        path.with_suffix(".txt").write_text(case.text, encoding="utf-8", newline="")
        path.with_suffix(".json").write_text(
            json.dumps(annotation(case), ensure_ascii=False), encoding="utf-8"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
