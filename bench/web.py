"""How long do readers of the reading room wait, four of them at once, while articles are added?

    python bench/web.py                                   # 10,000 quotes
    python bench/web.py --quotes 1000000 --db FILE        # keeps the archive, or asks the one that is there

Makes an archive of invented articles as ``bench/archive.py`` does, serves it in a process of its own, and
asks each kind of page over and over, with different words each time. Times are in milliseconds.
"""

from __future__ import annotations

import argparse
import json
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
from pathlib import Path
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


def measure(base: str, wanted: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """Ask by several readers at once; give the milliseconds of each answer by kind of page."""
    times: dict[str, list[float]] = defaultdict(list)

    def reader(number: int) -> None:
        for place in range(rounds):
            for kind, some in wanted.items():
                began = time.perf_counter()
                with urllib.request.urlopen(base + some[(number + _READERS * place) % len(some)]) as answer:
                    answer.read()
                times[kind].append(1000 * (time.perf_counter() - began))

    readers = [threading.Thread(target=reader, args=(number,)) for number in range(_READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return times


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
            report = _measured(archive, writer, place, asked.rounds)
    if asked.json:
        print(json.dumps(report))
    else:
        for kind, figures in report["pages"].items():
            print(f"{kind:10} median {figures['median']:8.1f} ms   p95 {figures['p95']:8.1f} ms")
        print(f"memory {report['memory_mb']:.0f} MB; {report['added']} articles were added meanwhile")


def _measured(archive: Archive, writer: Writer, place: Path, rounds: int) -> dict[str, object]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "import sys; from quotes.cli import main; sys.exit(main(sys.argv[1:]))"]
    server = subprocess.Popen(
        [*program, "serve", "--db", str(place), "--port", str(port)], stderr=subprocess.DEVNULL
    )
    done = threading.Event()
    added = 0

    def add() -> None:
        nonlocal added
        while not done.is_set():
            archive.add(writer.article(writer.articles + added), extractor_version="bench")
            added += 1
            time.sleep(0.05)

    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base)
        wanted = addresses(archive, random.Random(5))
        measure(base, wanted, 1)  # what is imported at first use
        adding = threading.Thread(target=add)
        adding.start()
        times = measure(base, wanted, rounds)
        done.set()
        adding.join()
        status = Path(f"/proc/{server.pid}/status")
        memory = 0.0
        if status.exists():
            peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            memory = int(peak.split()[1]) / 1024
    finally:
        done.set()
        server.terminate()
        server.wait()
    pages = {
        kind: {"median": statistics.median(some), "p95": sorted(some)[int(0.95 * (len(some) - 1))]}
        for kind, some in times.items()
    }
    return {"pages": pages, "memory_mb": memory, "added": added}


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
