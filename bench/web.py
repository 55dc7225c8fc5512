"""How long do readers of the reading room wait, four of them at once, while articles are added?

    python bench/web.py                                   # 10,000 quotes
    python bench/web.py --quotes 1000000 --db FILE        # keeps the archive, or asks the one that is there

Makes an archive of invented articles as ``bench/archive.py`` does, serves it in a process of its own, and
asks each kind of page over and over, with different words each time:

- by one reader, nothing else going on, with what the server's processor does for each page: what remains
  comparable on a machine that does other things, too;
- by four readers who ask for the next page as soon as they have one, while articles are added: harsher than
  any four people;
- by four readers who look at each page for a second, while articles are added.

Articles are added by a process of its own, as `quotes add` is: a thread beside the readers' would hold up the
clocks. Nobody asks for words that somebody before has asked for. Times are in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from archive import fill
from invented import Writer

from quotes.archive import Archive, open_archive

_READERS = 4


def addresses(archive: Archive, chance: random.Random) -> dict[str, list[str]]:
    """Give addresses of each kind of page, for words and people that the archive has."""
    some = [hit.row for hit in archive.search(None, limit=200).hits]
    chance.shuffle(some)
    return {
        "home": ["/"],
        "search": [f"/search?q={quote(chance.choice(row.text.split()))}" for row in some],
        "article": [f"/articles/{row.article_id}" for row in some],
        "speaker": [f"/speakers/{row.speaker_id}" for row in some if row.speaker_id],
        "verify": [f"/verify?wording={quote(row.text)}" for row in some],
        "figures": ["/figures?by=year&over=gender", "/figures?by=outlet"],
    }


def measure(
    base: str,
    wanted: dict[str, list[str]],
    rounds: int,
    *,
    first: int = 0,
    readers: int = _READERS,
    pause: float = 0.0,
) -> dict[str, list[float]]:
    """Ask by several readers at once, from an address on; give the milliseconds of each by kind of page."""
    times: dict[str, list[float]] = defaultdict(list)

    def reader(number: int) -> None:
        # They have not all come at the same moment.
        time.sleep(pause * number / readers)
        for place in range(rounds):
            for kind, some in wanted.items():
                began = time.perf_counter()
                _ask(base + some[(first + number + readers * place) % len(some)])
                times[kind].append(1000 * (time.perf_counter() - began))
                time.sleep(pause)

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(readers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return times


def _ask(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        answer.read()


def alone(
    base: str, wanted: dict[str, list[str]], rounds: int, server: int
) -> dict[str, dict[str, list[float]]]:
    """Ask by one reader; give the milliseconds of each answer, and of the server's processor for it."""
    found: dict[str, dict[str, list[float]]] = {}
    for kind, some in wanted.items():
        waited: list[float] = []
        worked: list[float] = []
        for place in range(rounds):
            before, began = _processor(server), time.perf_counter()
            _ask(base + some[place % len(some)])
            waited.append(1000 * (time.perf_counter() - began))
            worked.append(_processor(server) - before)
        found[kind] = {"waited": waited, "processor": worked}
    return found


def _processor(process: int) -> float:
    """Give the milliseconds that all threads of a process have had of the processor (Linux)."""
    spent = 0
    for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with suppress(OSError):
            spent += int(thread.read_text().split()[0])
    return spent / 1e6


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.db or Path(folder) / "bench.db"
        with open_archive(place) as archive:
            writer = Writer(asked.quotes)
            if not archive.counts()["quotes"]:
                fill(archive, writer)
            # Not the articles over again that it has already.
            writer.chance.seed(archive.counts()["quotes"])
            report = _measured(archive, writer, place, asked.rounds)
    if asked.json:
        print(json.dumps(report))
        return
    for name, pages in report["times"].items():
        print(name)
        for kind, figures in pages.items():
            print(f"  {kind:10} median {figures['median']:8.1f} ms   p95 {figures['p95']:8.1f} ms")
    print(f"memory {report['memory_mb']:.0f} MB; {report['added']} articles were added meanwhile")


def _measured(archive: Archive, writer: Writer, place: Path, rounds: int) -> dict[str, Any]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "import sys; from quotes.cli import main; sys.exit(main(sys.argv[1:]))"]
    server = subprocess.Popen(
        [*program, "serve", "--db", str(place), "--port", str(port)], stderr=subprocess.DEVNULL
    )
    times: dict[str, dict[str, list[float]]] = {}
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base)
        wanted = addresses(archive, random.Random(5))
        measure(base, wanted, 1, readers=1)  # what is imported at first use
        one = alone(base, wanted, _READERS * rounds, server.pid)
        times["one reader"] = {kind: found["waited"] for kind, found in one.items()}
        times["one reader, the server's processor"] = {
            kind: found["processor"] for kind, found in one.items()
        }
        with _adding(place, writer) as added:
            times["four readers without a pause, while articles are added"] = measure(
                base, wanted, rounds, first=_READERS * rounds
            )
            times["four readers, a second a page, while articles are added"] = measure(
                base, wanted, rounds, first=2 * _READERS * rounds, pause=1.0
            )
        status = Path(f"/proc/{server.pid}/status")
        memory = 0.0
        if status.exists():
            peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            memory = int(peak.split()[1]) / 1024
    finally:
        server.terminate()
        server.wait()
    figures = {name: {kind: _figures(some) for kind, some in pages.items()} for name, pages in times.items()}
    return {"times": figures, "memory_mb": memory, "added": added.value}


@contextmanager
def _adding(place: Path, writer: Writer) -> Iterator[Any]:
    """Add articles meanwhile, one by one; the number of those added is given."""
    processes = multiprocessing.get_context("spawn")
    added, done = processes.Value("i", 0), processes.Event()
    adding = processes.Process(target=_add, args=(place, writer, added, done))
    adding.start()
    try:
        yield added
    finally:
        done.set()
        adding.join()


def _add(place: Path, writer: Writer, added: Any, done: Any) -> None:
    with open_archive(place) as archive:
        while not done.is_set():
            archive.add(writer.article(writer.articles + added.value), extractor_version="bench")
            added.value += 1
            time.sleep(0.05)


def _figures(times: list[float]) -> dict[str, float]:
    return {"median": statistics.median(times), "p95": sorted(times)[int(0.95 * (len(times) - 1))]}


def _wait_for(base: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"{base}/files/mark.svg"):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    main()
