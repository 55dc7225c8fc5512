"""What does a corpus cost: processes against one another, and against plain ``quotes.extract``?

    python bench/distribute.py [--articles 2000] [--texts FOLDER] [--workers 1 2] [--rounds 3]
                               [--parts 100000] [--skip load simulate]

Articles are made from the texts of a folder (default: the examples) as ``bench/ingest.py`` makes them,
and written as JSON lines. Prints, as Markdown: articles and quotes a second by number of workers (from the
first part on that is done, without start-up), with the processor time an article of the workers and of the
process that gives the work out, which other programs hardly change; what a part costs over extracting its
texts with ``quotes.extract`` in one process, by processor time, in alternating rounds; bytes of the corpus an
article and a quote; ``quotes load`` against ``quotes add``; memory of the process that gives the work out and
has the scheduler, before and at the end of so many simulated parts, which do nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import psutil  # noqa: E402
from ingest import EXAMPLES, make_articles  # noqa: E402

import quotes  # noqa: E402
from quotes.corpus import distributing, loading, writing  # noqa: E402
from quotes.corpus.engine import running  # noqa: E402
from quotes.corpus.folder import Folder, Written  # noqa: E402
from quotes.corpus.making import make  # noqa: E402
from quotes.corpus.parts import Part, Source  # noqa: E402
from quotes.corpus.writing import Task  # noqa: E402
from quotes.extraction.opinion import settled  # noqa: E402
from quotes.ingest import storing  # noqa: E402
from quotes.ingest.outcomes import Plan  # noqa: E402
from quotes.reading import Columns  # noqa: E402
from quotes.reading.forms import Known  # noqa: E402


@dataclass
class Spent:
    """Seconds by the clock and of processors: this process's, and of those it started that have ended."""

    clock: float = 0.0
    processor: float = 0.0


def processor_seconds() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


@contextmanager
def spending() -> Iterator[Spent]:
    found = Spent()
    clock, processor = time.perf_counter(), processor_seconds()
    yield found
    found.clock, found.processor = time.perf_counter() - clock, processor_seconds() - processor


class Silent:
    """Hears how far a corpus is, and notes what was spent between the first and the last part."""

    def __init__(self) -> None:
        self.first = self.last = 0.0
        self.articles = self.quotes = 0
        self.of_workers = self.of_driver = 0.0

    def begin(self, parts: int, done: int) -> None:
        pass

    def part(self, part: Part, written: Written) -> None:
        self.last = time.perf_counter()
        spent, own = _spent_by_children(), time.process_time()
        if not self.first:
            self.first, self._spent, self._own = self.last, spent, own
            return
        self.articles += written.articles
        self.quotes += written.quotes
        self.of_workers, self.of_driver = spent - self._spent, own - self._own

    def gather(self) -> None:
        pass


def _spent_by_children() -> float:
    """Processor seconds of all processes that this one has started, and those have."""
    spent = 0.0
    for one in psutil.Process().children(recursive=True):
        try:
            spent += sum(one.cpu_times()[:2])
        except psutil.Error:
            continue
    return spent


def extracted(texts: list[str]) -> None:
    for text in texts:
        quotes.extract(text)


def overhead(folder: Path, table: Path, texts: list[str], rounds: int) -> None:
    """What a part costs over extracting its texts, reading and writing included; processes have started."""
    plan = Plan(model=settled("auto"))
    task = Task(Folder.at(str(folder / "over")), plan)
    (part,) = distributing.planned([str(table)], 1 << 40).parts
    ratios = []
    for _ in range(rounds):
        start = time.process_time()
        extracted(texts)
        plain = time.process_time() - start
        writing.write_part(part, Task(Folder.at(str(folder / "warm")), plan))
        (folder / "warm" / "parts" / f"{part.name}.json").unlink()
        child = _extracting()
        before = sum(child.cpu_times()[:2])
        start = time.process_time()
        writing.write_part(part, task)
        spent = time.process_time() - start + sum(child.cpu_times()[:2]) - before
        (folder / "over" / "parts" / f"{part.name}.json").unlink()
        ratios.append(spent / plain)
        print(f"| {plain:.1f} s | {spent:.1f} s | {100 * (ratios[-1] - 1):+.0f} % |")
    print(f"\nmedian: {100 * (statistics.median(ratios) - 1):+.0f} %\n")


def _extracting() -> psutil.Process:
    """The process that extracts for this one."""
    return next(
        one for one in psutil.Process().children() if "quotes.reading.workers" in " ".join(one.cmdline())
    )


def distributed(folder: Path, table: Path, workers: int, part_bytes: int) -> None:
    telling = Silent()
    start = time.perf_counter()
    make(
        [str(table)],
        Task(Folder.at(str(folder / f"corpus{workers}"))),
        lambda: running(None, workers),
        telling,
        part_bytes=part_bytes,
    )
    clock, seconds = time.perf_counter() - start, (telling.last - telling.first) or 1.0
    number = telling.articles or 1
    print(
        f"| {workers} | {clock:.1f} | {telling.first - start:.1f} | {telling.articles / seconds:.1f}"
        f" | {telling.quotes / seconds:.0f} | {1000 * telling.of_workers / number:.1f}"
        f" | {1000 * telling.of_driver / number:.2f} |"
    )


def sizes(place: Path, articles: int, found: int) -> None:
    for name, number, what in (("articles", articles, "article"), ("quotes", found, "quote")):
        size = sum(path.stat().st_size for path in (place / name).iterdir())
        print(f"{name}/: {size} bytes, {size / number:.0f} a {what}")


def loaded(folder: Path, table: Path, corpus: Path) -> None:
    """``load`` against ``add`` of the same articles, each in one process that stores."""
    print("| | seconds | articles/s | processor seconds |\n|---|---|---|---|")
    for name in ("add", "load"):
        number = 0

        def tell(*_: Any) -> None:
            nonlocal number
            number += 1

        db = str(folder / f"{name}.db")
        with spending() as spent:
            if name == "add":
                options = storing.Options(Columns(), Known())
                storing.add([str(table)], options, db, jobs=1, fetch=None, tell=tell)
            else:
                loading.load(Folder.at(str(corpus)), db, tell)
        print(f"| `{name}` | {spent.clock:.1f} | {number / spent.clock:.0f} | {spent.processor:.1f} |")


def _nothing(part: Part, task: Task) -> Written:
    return Written(part.name)


_PROCESSES = 200


def simulated(folder: Path, parts: int) -> None:
    """Parts that do nothing, given out as to so many processes (which are two)."""
    planned = [Part((Source(f"source{number}", f"/source{number}", 1_000_000),)) for number in range(parts)]
    process = psutil.Process()
    before = process.memory_info().rss / 1e6
    real, distributing.write_part = distributing.write_part, _nothing
    try:
        with running(None, 2) as engine:
            engine.width = lambda: _PROCESSES  # type: ignore[method-assign]
            start, own = time.perf_counter(), time.process_time()
            distributing.distribute(planned, Task(Folder.at(str(folder / "none"))), engine, lambda *_: None)
            seconds, own = time.perf_counter() - start, time.process_time() - own
            after = process.memory_info().rss / 1e6
    finally:
        distributing.write_part = real
    print(
        f"{parts} parts, {_PROCESSES} at once: {before:.0f} MB before, {after:.0f} MB at the end,"
        f" {1000 * seconds / parts:.1f} ms a part ({1000 * own / parts:.1f} of processor)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parts", type=int, default=100_000)
    parser.add_argument("--skip", nargs="*", choices=("overhead", "load", "simulate"), default=[])
    asked = parser.parse_args()
    texts = list(islice(make_articles(asked.texts), asked.articles))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = folder / "table.jsonl"
        with table.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
        size = table.stat().st_size
        print(f"{len(texts)} articles, {size / 1e6:.1f} MB of JSON lines\n")
        print("| workers | s in all | first part after | articles/s | quotes/s | ms of workers | ms beside |")
        print("|---|---|---|---|---|---|---|")
        for workers in asked.workers:
            distributed(folder, table, workers, max(1, size // 20))
        corpus = folder / f"corpus{asked.workers[-1]}"
        found = json.loads((corpus / "manifest.json").read_text())
        print()
        sizes(corpus, found["articles"], found["quotes"])
        if "overhead" not in asked.skip:
            print("\n| `quotes.extract` | as a part | over |\n|---|---|---|")
            overhead(folder, table, texts, asked.rounds)
        if "load" not in asked.skip:
            loaded(folder, table, corpus)
        if "simulate" not in asked.skip:
            print()
            simulated(folder, asked.parts)


if __name__ == "__main__":
    main()
