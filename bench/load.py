"""``quotes load`` against ``quotes add`` of the same short articles, and whether the archives are equal.

    python bench/load.py FOLDER make [--articles 100000] [--workers 2]
    python bench/load.py FOLDER add
    python bench/load.py FOLDER load
    python bench/load.py FOLDER compare

Four calls, for each takes minutes at 100,000 articles; what they make stays in the folder. Articles are two
paragraphs of the examples with other words, unlike one another. The rules alone extract, in one process. Told
are seconds by the clock and of the processor, which other programs hardly change.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sqlite3
import sys
from collections.abc import Iterator
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from distribute import Silent, spending  # noqa: E402
from ingest import EXAMPLES  # noqa: E402

from quotes.corpus import loading  # noqa: E402
from quotes.corpus.engine import running  # noqa: E402
from quotes.corpus.folder import Folder  # noqa: E402
from quotes.corpus.making import make  # noqa: E402
from quotes.corpus.writing import Task  # noqa: E402
from quotes.ingest import storing  # noqa: E402
from quotes.ingest.outcomes import Plan  # noqa: E402
from quotes.reading import Columns  # noqa: E402
from quotes.reading.forms import Known  # noqa: E402

_WORD = re.compile(r"\b[a-zà-öø-ÿœ]{5,}\b")
_QUOTED = re.compile(r"«[^«»]*»")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_PART_BYTES = 4_000_000


def short_articles() -> Iterator[str]:
    """Articles without end; the same ones each time."""
    pairs: list[str] = []
    words: set[str] = set()
    for path in sorted(EXAMPLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        words.update(_WORD.findall(text))
        lines = [line for line in text.splitlines() if line.strip()]
        pairs += ("\n\n".join(pair) for pair in pairwise(lines) if "«" in "".join(pair))
    drawn, chance = sorted(words), random.Random(7)

    def other(_: object) -> str:
        return chance.choice(drawn)

    for text in cycle(pairs):
        quoted = _QUOTED.sub(lambda said: _WORD.sub(other, said[0]), text)
        yield _WORD.sub(lambda word: other(word) if chance.random() < 1 / 3 else word[0], quoted)


def made(folder: Path, articles: int, workers: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "table.jsonl").open("w", encoding="utf-8") as lines:
        for number, text in enumerate(islice(short_articles(), articles)):
            lines.write(json.dumps({"text": text, "title": f"Numéro {number}"}, ensure_ascii=False) + "\n")
    task = Task(Folder.at(str(folder / "corpus")), Plan(model="never"))
    with spending() as spent:
        totals = make(
            [str(folder / "table.jsonl")],
            task,
            lambda: running(None, workers),
            Silent(),
            part_bytes=_PART_BYTES,
        )
    print(f"{totals.articles} articles, {totals.quotes} quotes, {totals.characters} characters")
    print(f"`distribute`: {spent.clock:.0f} s with {workers} workers")


def stored(folder: Path, name: str) -> None:
    db = folder / f"{name}.db"
    for path in folder.glob(f"{name}.db*"):
        path.unlink()
    number = 0

    def tell(*_: Any) -> None:
        nonlocal number
        number += 1

    with spending() as spent:
        if name == "add":
            options = storing.Options(Columns(), Known())
            table = [str(folder / "table.jsonl")]
            storing.add(table, options, str(db), jobs=1, fetch=None, tell=tell, model="never")
        else:
            loading.load(Folder.at(str(folder / "corpus")), str(db), tell)
    print(
        f"`{name}`: {number} articles, {spent.clock:.1f} s ({number / spent.clock:.0f} a second),"
        f" {spent.processor:.1f} s of processor ({number / spent.processor:.0f} a second)"
    )
    (folder / f"{name}.json").write_text(json.dumps({"clock": spent.clock, "processor": spent.processor}))


def rows_of(db: Path) -> tuple[int, int]:
    """How many rows an archive has, and a sum of them all in any order, but for when they were added."""
    number = total = 0
    connection = sqlite3.connect(db)
    for line in connection.iterdump():
        # What SQLite makes of the index depends on how many rows came at once; the terms are in a table.
        if '"quote_fts' not in line:
            number += 1
            digest = hashlib.blake2b(_TIME.sub("", line).encode(), digest_size=16).digest()
            total += int.from_bytes(digest, "big")
    connection.close()
    return number, total


def compared(folder: Path) -> None:
    (rows, added), (others, loaded) = (rows_of(folder / f"{name}.db") for name in ("add", "load"))
    print(f"{rows} rows and {others}:", "equal" if (rows, added) == (others, loaded) else "NOT EQUAL")
    add, load = (json.loads((folder / f"{name}.json").read_text()) for name in ("add", "load"))
    for what in ("clock", "processor"):
        print(f"`load` is {add[what] / load[what]:.2f} times as fast as `add` by the {what}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("step", choices=("make", "add", "load", "compare"))
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if asked.step == "make":
        made(asked.folder, asked.articles, asked.workers)
    elif asked.step == "compare":
        compared(asked.folder)
    else:
        stored(asked.folder, asked.step)


if __name__ == "__main__":
    main()
