"""How fast does ``quotes add`` take articles in, by sort of source and number of processes?

    python bench/ingest.py [--articles 400] [--texts FOLDER] [--rounds 3] [--stream MEGABYTES]
                           [--sources text page …] [--jobs 1 2]

From the texts of a folder (default: the examples) it makes as many articles as asked, the words between
their marks and every ninth of the others drawn anew for each, so that none is another one's double. Prints,
as a Markdown table: articles and words a second, peak memory of the largest process; then start-up, the
shares of reading, extraction and storing; then extraction from stored text with one and with two processes,
in turn, of four times as many articles, and the ratio of each round, start-up of the processes included (the
ratio by processor time is that of two processors that have nothing else to do). ``--stream`` adds a table of
JSON lines of that size, and nothing else is measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pyarrow
from pyarrow import parquet

from quotes.archive import open_archive
from quotes.extraction.extract import RULES_VERSION
from quotes.ingest.outcomes import Found, Plan, extract_again, outcome
from quotes.model import Article, Extraction
from quotes.reading import Read, Unread, read_all

EXAMPLES = Path(__file__).parents[1] / "examples"
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"")
_WORD = re.compile(r"\b[a-zà-öø-ÿœ]{5,}\b")


def make_articles(folder: Path) -> Iterator[str]:
    """Articles without end, with other words between their marks; the same ones each time."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    words = sorted({word for text in texts for word in _WORD.findall(text)})
    chance = random.Random(7)

    def drawn(quoted: re.Match[str]) -> str:
        return _WORD.sub(lambda _: chance.choice(words), quoted[0])

    def mixed(text: str) -> str:
        return _WORD.sub(lambda word: chance.choice(words) if chance.random() < 1 / 9 else word[0], text)

    for text in cycle(texts):
        yield mixed(_QUOTED.sub(drawn, text))


SOURCES = ("text", "page", "jsonl", "json", "parquet", "warc.gz", "europresse", "csv", "zip")


def write_sources(folder: Path, articles: list[str]) -> dict[str, Path]:
    """The same articles as files of each sort."""
    places = {name: folder / name for name in ("text", "page")}
    for place in places.values():
        place.mkdir()
    pages: list[str] = []
    for number, text in enumerate(articles):
        (places["text"] / f"{number:06}.txt").write_text(text, encoding="utf-8")
        title, *lines = [line for line in text.split("\n") if line.strip()]
        body = "".join(f"<p>{line.replace('<', '&lt;')}</p>" for line in lines)
        page = f"<!doctype html><html lang=fr><title>{title}</title><article><h1>{title}</h1>{body}</article>"
        (places["page"] / f"{number:06}.html").write_text(page, encoding="utf-8")
        pages.append(page)
    places["jsonl"] = folder / "table.jsonl"
    with places["jsonl"].open("w", encoding="utf-8") as lines_out:
        lines_out.writelines(json.dumps({"text": text}) + "\n" for text in articles)
    places["json"] = folder / "table.json"
    places["json"].write_text(json.dumps([{"text": text} for text in articles]), encoding="utf-8")
    places["parquet"] = folder / "table.parquet"
    parquet.write_table(pyarrow.Table.from_pydict({"text": articles}), places["parquet"])
    places["warc.gz"] = folder / "crawl.warc.gz"
    with gzip.open(places["warc.gz"], "wb") as crawl:
        for number, page in enumerate(pages):
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
            crawl.write(
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n".encode()
            )
            crawl.write(answer + b"\r\n\r\n")
    places["europresse"] = folder / "europresse.html"
    with places["europresse"].open("w", encoding="utf-8") as export:
        export.write("<!doctype html><html><meta charset=utf-8><body>")
        for text in articles:
            body = "".join(f"<p>{line.replace('<', '&lt;')}</p>" for line in text.split("\n") if line.strip())
            export.write(
                '<article><header><span class="DocPublicationName">La Gazette</span></header>'
                f'<div class="docOcurrContainer">{body}</div></article>'
            )
    places["csv"] = folder / "table.csv"
    with places["csv"].open("w", encoding="utf-8", newline="") as rows:
        csv.writer(rows).writerows([["text"], *([text] for text in articles)])
    places["zip"] = folder / "texts.zip"
    with zipfile.ZipFile(places["zip"], "w", zipfile.ZIP_DEFLATED) as packed:
        for number, text in enumerate(articles):
            packed.writestr(f"{number:06}.txt", text)
    return places


def timed(*arguments: str | Path) -> tuple[float, float]:
    """Seconds and peak memory (MB, of the largest process) of a call of ``quotes``."""
    start = time.perf_counter()
    command = [sys.executable, "-c", "import sys; from quotes.cli import main; sys.exit(main())"]
    process = subprocess.Popen([*command, *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"quotes {' '.join(map(str, arguments))} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def shares(source: Path, db: Path) -> dict[str, float]:
    """Seconds of reading, extracting (and analysing what is found) and storing, in one process."""
    spent = dict.fromkeys(("reading", "extraction", "storing"), 0.0)
    with open_archive(db) as archive:
        start = time.perf_counter()
        for read in read_all([str(source)]):
            assert isinstance(read, Read), read
            was_read = time.perf_counter()
            found = outcome(read, Plan())
            assert isinstance(found, Found), found
            extracted = time.perf_counter()
            archive.add(found.prepared, extractor_version=RULES_VERSION)
            stored = time.perf_counter()
            spent["reading"] += was_read - start
            spent["extraction"] += extracted - was_read
            spent["storing"] += stored - extracted
            start = stored
    return spent


def extract_stored(db: Path, jobs: int) -> tuple[float, float, float]:
    """Extract the texts of an archive again, without storing anything.

    Seconds by the clock; processor seconds of this process, and of its workers with their start-up.
    """
    clock, own, theirs = time.perf_counter(), time.process_time(), workers_time()
    with open_archive(db, readonly=True) as archive:
        for _, found in extract_again(archive.texts(), jobs):
            assert not isinstance(found, Unread), found
    return time.perf_counter() - clock, time.process_time() - own, workers_time() - theirs


def workers_time() -> float:
    """Processor seconds of the processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def stream(folder: Path, articles: Iterator[str], megabytes: int) -> None:
    """Add a table of this size with two processes."""
    table = folder / "large.jsonl"
    number = 0
    with table.open("wb") as lines:
        while lines.tell() < megabytes * 1_000_000:
            number += 1
            line = json.dumps({"text": next(articles)}, ensure_ascii=False)
            lines.write(f"{line}\n".encode())
        size = lines.tell() / 1_000_000
    db = folder / "large.db"
    seconds, memory = timed("add", table, "-q", "--jobs", "2", "--db", db)
    with open_archive(db) as archive:
        held = archive.counts()
    print(f"{size:.0f} MB of JSON lines, {number} articles: {seconds:.0f} s,", end=" ")
    print(f"{number / seconds:.0f} articles/s, largest process {memory:.0f} MB;", end=" ")
    print(f"in the archive: {held['articles']} articles, {held['quotes']} quotes, damage: {archive.check()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=SOURCES)
    parser.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--stream", type=int, metavar="MEGABYTES")
    asked = parser.parse_args()
    endless = make_articles(asked.texts)
    if asked.stream:
        with tempfile.TemporaryDirectory() as name:
            stream(Path(name), endless, asked.stream)
        return
    articles = list(islice(endless, asked.articles))
    words = sum(len(text.split()) for text in articles)
    print(f"{len(articles)} articles, {words} words, {os.cpu_count()} processors\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = write_sources(folder, articles)
        print("| source | jobs | seconds | articles/s | words/s | MB |\n|---|---|---|---|---|---|")
        for kind in asked.sources:
            for jobs in asked.jobs:
                db = folder / f"{kind}{jobs}.db"
                seconds, memory = timed("add", places[kind], "-q", "--jobs", str(jobs), "--db", db)
                speed, per_word = len(articles) / seconds, words / seconds
                print(f"| {kind} | {jobs} | {seconds:.1f} | {speed:.0f} | {per_word:.0f} | {memory:.0f} |")
        first = asked.sources[0]
        added = folder / f"{first}{asked.jobs[0]}.db"
        seconds, _ = timed("add", places[first], "-q", "--db", added)
        print(f"\nadding {first} again: {seconds:.1f} s")
        print(f"start-up (`quotes --version`): {timed('--version')[0]:.2f} s")
        spent = shares(places[first], folder / "shares.db")
        whole = sum(spent.values())
        print(", ".join(f"{part} {100 * seconds / whole:.0f} %" for part, seconds in spent.items()))
        with open_archive(folder / "stored.db") as archive:
            stored = (Extraction(Article(text)) for text in islice(endless, 4 * asked.articles))
            archive.add_all(list(stored), extractor_version=RULES_VERSION)
        for number in range(1, asked.rounds + 1):
            one, two = (extract_stored(folder / "stored.db", jobs) for jobs in (1, 2))
            print(f"stored text, round {number}: {one[0]:.1f} s and {two[0]:.1f} s:", end=" ")
            print(f"{one[0] / two[0]:.2f} times;", end=" ")
            # What two idle processors would make of it: other programs don't count.
            print(f"by processor time {one[1] / max(two[1], sum(two[1:]) / 2):.2f} times")
        for jobs in asked.jobs:
            seconds, memory = timed("reextract", "--jobs", str(jobs), "--db", added)
            speed = len(articles) / seconds
            print(f"reextract --jobs {jobs}: {seconds:.1f} s, {speed:.0f} articles/s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
