"""How fast is an archive of many quotes, and how far from SQLite itself?

    python bench/archive.py                               # 10,000, 100,000 and 1,000,000 quotes
    python bench/archive.py --quotes 100000 --repeat 20 --json
    python bench/archive.py --quotes 1000000 --db FILE    # keeps the archive, or asks the one that is there
    python bench/archive.py --quotes 40000 --profile      # where storing spends its time

Makes archives of invented articles (four quotes each, 23 words a quote, words drawn by Zipf's law, one quote
in twenty printed before with a word changed, one in five by somebody without a full name) and measures
ingestion, size, searches, check, variants, statistics and export. Beside each stands the floor: the
same rows or the same question written by hand with the ``sqlite3`` module, in the same process, on the
same file, everything analysed beforehand. Archive and connection stay open.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import os
import pickle
import pstats
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quotes.archive import Archive, Filters, export_quotes, open_archive, prepare
from quotes.archive.export.tables import ARTICLE_FORMATS, export_articles
from quotes.archive.search.terms import index_columns
from quotes.model import Extraction

sys.path.insert(0, str(Path(__file__).parent))

from invented import PER_ARTICLE, TOGETHER, Writer


@dataclass
class Clock:
    """Seconds spent between ``with``s: on the wall, and of the processor."""

    wall: float = 0.0
    processor: float = 0.0

    def __enter__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._start[0]
        self.processor += time.process_time() - self._start[1]


_SENT_TOGETHER = 16


def fill(archive: Archive, writer: Writer) -> tuple[Clock, Clock]:
    """Store the articles as `quotes add` does when they come quicker than they can be stored.

    Gives what it takes to make them ready, which is done by the processes that extract, and what it takes
    the one that stores them: to receive and to write them.
    """
    making, storing = Clock(), Clock()
    for group in writer.groups():
        with making:
            ready = [prepare(one) for one in group]
            sent = [
                pickle.dumps(ready[first : first + _SENT_TOGETHER])
                for first in range(0, len(ready), _SENT_TOGETHER)
            ]
        del ready
        with storing:
            received = [one for message in sent for one in pickle.loads(message)]
            archive.add_all(received, extractor_version="bench")
    return making, storing


def fill_one_by_one(archive: Archive, articles: list[Extraction]) -> Clock:
    clock = Clock()
    with clock:
        for one in articles:
            archive.add(one, extractor_version="bench")
    return clock


_TABLES = {
    # With the order in which the rows came in.
    "roles": "id",
    "speakers": "id",
    "speaker_aliases": "id",
    "articles": "id",
    "article_bodies": "article_id",
    "article_sketches": "article_id",
    "quotes": "id",
    "quote_terms": "quote_id",
    "quote_sketches": "quote_id",
}


def fill_by_hand(made: Path, copy: Path) -> Clock:
    """Insert the rows that an archive has into another one, in groups as large, by ``executemany``."""
    open_archive(copy).close()
    clock = Clock()
    with (
        closing(sqlite3.connect(f"{made.as_uri()}?mode=ro", uri=True)) as rows,
        closing(sqlite3.connect(copy, isolation_level=None)) as hand,
    ):
        for pragma in ("synchronous = NORMAL", "foreign_keys = OFF", "cache_size = -65536"):
            hand.execute(f"PRAGMA {pragma}")
        hand.execute("PRAGMA wal_autocheckpoint = 16384")
        cursors = {name: rows.execute(f"SELECT * FROM {name} ORDER BY {by}") for name, by in _TABLES.items()}
        groups = -(-rows.execute("SELECT count(*) FROM articles").fetchone()[0] // TOGETHER)
        share = {
            name: -(-rows.execute(f"SELECT count(*) FROM {name}").fetchone()[0] // groups) for name in _TABLES
        }
        for _ in range(groups):
            group = {name: cursor.fetchmany(share[name]) for name, cursor in cursors.items()}
            for name in ("quote_sketches", "article_sketches"):
                group[name].sort()
            with clock:
                hand.execute("BEGIN IMMEDIATE")
                for name, some in group.items():
                    marks = ", ".join("?" * len(cursors[name].description))
                    hand.executemany(f"INSERT INTO {name} VALUES ({marks})", some)
                hand.executemany(
                    "INSERT INTO quote_fts(rowid, exact, stems) VALUES (?, ?, ?)", group["quote_terms"]
                )
                hand.execute("COMMIT")
    return clock


_PAGE = """SELECT q.*, s.name, r.text, a.title, a.outlet, a.published, a.url FROM found
 JOIN quotes q ON q.id = found.id JOIN articles a ON a.id = q.article_id
 LEFT JOIN speakers s ON s.id = q.speaker_id LEFT JOIN roles r ON r.id = q.role_id"""


class ByHand:
    """The questions as somebody would write them who knows the tables."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return self.connection.execute(sql, values).fetchall()

    def best(self, match: str, where: str = "", *values: object) -> None:
        """Twenty best of what matches, and how many there are: what a search answers."""
        join = "JOIN quotes f ON f.id = quote_fts.rowid" if where else ""
        self.rows(f"SELECT count(*) FROM quote_fts {join} WHERE quote_fts MATCH ? {where}", match, *values)
        self.rows(
            f"""WITH found AS (SELECT quote_fts.rowid AS id, bm25(quote_fts, 10.0, 1.0) AS score
 FROM quote_fts {join} WHERE quote_fts MATCH ? {where} ORDER BY score LIMIT 21) {_PAGE} ORDER BY score""",
            match,
            *values,
        )

    def newest(self, match: str) -> None:
        """Twenty newest of many, from the newest two thousand of all, and whether there are over 100,000."""
        self.rows(
            "SELECT count(*) FROM (SELECT 1 FROM quote_fts WHERE quote_fts MATCH ? LIMIT 100001)", match
        )
        self.rows(
            f"""WITH newest AS MATERIALIZED (SELECT id, published FROM quotes
 ORDER BY published DESC, id DESC LIMIT 2000),
 found AS (SELECT newest.id FROM quote_fts JOIN newest ON newest.id = quote_fts.rowid
 WHERE quote_fts MATCH ?
 AND quote_fts.rowid BETWEEN (SELECT min(id) FROM newest) AND (SELECT max(id) FROM newest)
 ORDER BY published DESC, newest.id DESC LIMIT 21) {_PAGE} ORDER BY q.published DESC, q.id DESC""",
            match,
        )


def both(word: str) -> str:
    """A word as the program's search asks the index for it: as it is, or its stem."""
    exact, stem = index_columns(word)
    return f'(exact : "{exact}" OR stems : "{stem}")'


@dataclass
class Question:
    """What is asked: of the archive, and (where it can be written in a line) by hand."""

    name: str
    asked: list[Callable[[], object]]
    by_hand: list[Callable[[], object]]


def questions(path: Path, archive: Archive, hand: ByHand, repeat: int) -> Iterator[Question]:
    chance = random.Random(7)
    total = archive.counts()["quotes"]
    hand.connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, quote_fts, 'col')")
    frequencies = [
        (word, count) for word, count in hand.rows("SELECT term, doc FROM temp.words WHERE col = 'exact'")
    ]

    def words(least: int, most: int) -> list[str]:
        found = [word for word, count in frequencies if least <= count <= most]
        return chance.sample(found, min(repeat, len(found)))

    for name, least, most in (
        ("a word, 1–100 matches", 1, 100),
        ("a word, up to 3,000", 500, 2_500),
        ("a word, up to 50,000", 20_000, 45_000),
        ("a word, over 100,000: newest first", 100_001, total),
    ):
        some = words(least, most)
        if some:
            way = hand.newest if least > 100_000 else hand.best
            yield Question(
                name,
                [lambda word=word: archive.search(word) for word in some],
                [lambda word=word, way=way: way(both(word)) for word in some],
            )
    alone = opened_for_each(path)
    some = words(1, 100)
    yield Question(
        "a word, 1–100 matches, opening the archive each time",
        [lambda word=word: alone(word) for word in some],
        [lambda word=word: hand.best(both(word)) for word in some],
    )
    texts = [
        row[0].split()
        for row in hand.rows("SELECT text FROM quotes WHERE words > 12 ORDER BY random() LIMIT ?", repeat)
    ]
    phrases = [" ".join(text[3:6]) for text in texts]
    yield Question(
        "a phrase of three words",
        [lambda phrase=phrase: archive.search(f'"{phrase}"') for phrase in phrases],
        [lambda phrase=phrase: hand.best(f'exact : "{index_columns(phrase)[0]}"') for phrase in phrases],
    )
    common = words(total // 50, total // 20)
    outlet = Filters(outlet="Journal 7", since="2020")
    yield Question(
        "a word in an outlet since a year",
        [lambda word=word: archive.search(word, outlet) for word in common],
        [
            lambda word=word: hand.best(
                both(word), "AND +f.outlet = 'Le Journal 7' AND +f.published >= '2020'"
            )
            for word in common
        ],
    )
    people = [
        row[0]
        for row in hand.rows(
            "SELECT name FROM speakers WHERE article_id IS NULL AND type = 'person' LIMIT 2000"
        )
    ]
    by = [(word, chance.choice(people)) for word in common]
    yield Question(
        "a word of a speaker",
        [lambda word=word, name=name: archive.search(word, Filters(speaker=name)) for word, name in by],
        [
            lambda word=word, name=name: hand.best(
                both(word), "AND +f.speaker_id = (SELECT id FROM speakers WHERE name = ?)", name
            )
            for word, name in by
        ],
    )
    of_outlet = "outlet = 'Le Journal 7' AND published >= '2020'"
    yield Question(
        "an outlet since a year, no words",
        [lambda: archive.search("", outlet)] * repeat,
        [
            lambda: (
                hand.rows(f"SELECT count(*) FROM quotes WHERE {of_outlet}"),
                hand.rows(
                    f"""WITH found AS (SELECT id FROM quotes WHERE {of_outlet}
 ORDER BY published DESC, id DESC LIMIT 21) {_PAGE}"""
                ),
            )
        ]
        * repeat,
    )
    altered = [" ".join([*text[:2], "autrement", *text[3:]]) for text in texts]
    yield Question(
        "check, an altered quote", [lambda said=one: archive.find_said(said) for one in altered], []
    )
    shuffled = [" ".join(chance.sample(text, len(text))) for text in texts]
    yield Question(
        "check, what nobody said", [lambda said=one: archive.find_said(said) for one in shuffled], []
    )
    few = max(1, repeat // 5)
    yield Question("variants, the newest 20", [archive.utterances] * few, [])
    yield Question("speakers, the first 20", [lambda: list(archive.speakers(limit=20))] * few, [])
    by_speaker = "SELECT speaker_id, count(*), sum(words) FROM quotes GROUP BY 1 ORDER BY 2 DESC"
    yield Question(
        "stats by speaker",
        [lambda: archive.count_by("speaker", limit=20)] * few,
        [lambda: hand.rows(by_speaker)] * few,
    )
    by_month = "SELECT substr(published, 1, 7), count(*), sum(words) FROM quotes GROUP BY 1"
    yield Question(
        "stats by month",
        [lambda: archive.count_by("month")] * few,
        [lambda: hand.rows(by_month)] * few,
    )
    searched = """SELECT substr(q.published, 1, 7), count(*), sum(q.words) FROM quote_fts
 JOIN quotes q ON q.id = quote_fts.rowid WHERE quote_fts MATCH ? GROUP BY 1"""
    yield Question(
        "stats by month of a common word",
        [lambda word=word: archive.count_by("month", word) for word in common[:few]],
        [lambda word=word: hand.rows(searched, both(word)) for word in common[:few]],
    )
    yield Question("shares by gender, with intervals", [archive.gender_shares] * few, [])


def milliseconds(question: Question) -> list[float]:
    """The median and the 95th percentile of the answers in processor time, and those of the floor.

    Each question is put once to both before, so that the file is in memory and nothing is waited for; then
    in turns, so that what else the machine does slows both. What somebody else's load does doesn't count.
    """
    asked = [question.asked, question.by_hand] if question.by_hand else [question.asked]
    taken: list[list[float]] = [[] for _ in asked]
    for counted in (False, True):
        for pair in zip(*asked, strict=True):
            for one, times in zip(pair, taken, strict=True):
                start = time.process_time()
                one()
                if counted:
                    times.append(1000 * (time.process_time() - start))
    figures: list[float] = []
    for times in taken:
        times.sort()
        figures += [times[len(times) // 2], times[min(len(times) - 1, round(0.95 * len(times)))]]
    return figures


def opened_for_each(path: Path) -> Callable[[str], object]:
    """Search as somebody does who opens the archive for a single question, as each command does."""

    def search(word: str) -> object:
        with open_archive(path, readonly=True) as archive:
            return archive.search(word)

    return search


_FORMATS = ("csv", "jsonl", "markdown", "tei", "annotations")


def peak_memory() -> float:
    """The most memory that this process has had, MB (Linux; getrusage has the parent's, too)."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def export(path: Path, format: str) -> None:
    """Export all quotes in a process of its own: rows a second (of processor time), peak of memory (MB)."""
    with (
        open_archive(path, readonly=True) as archive,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
    ):
        before = peak_memory()
        start = time.process_time()
        if format in ARTICLE_FORMATS:
            export_articles(archive.quoted(), nowhere, format=format)
        else:
            export_quotes(archive.quotes(), nowhere, format=format)
        taken = time.process_time() - start
        rows = archive.counts()["quotes"]
    peak = peak_memory()
    print(json.dumps([rows / taken, peak, peak - before]))


def measure(quotes: int, path: Path, repeat: int, floor: bool) -> dict[str, object]:
    """All figures of one size."""
    figures: dict[str, object] = {"quotes": quotes}
    writer = Writer(quotes)
    if not path.exists():
        with open_archive(path) as archive:
            making, storing = fill(archive, writer)
            last = Writer(quotes)
            last.chance.seed(1)
            alone = fill_one_by_one(archive, [last.article(number) for number in range(500)])
        figures["ingestion, quotes a second"] = {
            "made ready and stored by one process": round(quotes / (making.wall + storing.wall)),
            "stored, made ready by others": round(quotes / storing.wall),
            "stored, made ready by others, processor": round(quotes / storing.processor),
            "one article a transaction": round(500 * PER_ARTICLE / alone.wall),
        }
        if floor:
            copy = path.with_name("by_hand.db")
            hand = fill_by_hand(path, copy)
            figures["ingestion, quotes a second"] |= {  # type: ignore[operator]
                "by hand": round(quotes / hand.wall),
                "by hand, processor": round(quotes / hand.processor),
            }
            copy.unlink()
    figures["bytes a quote"] = round(path.stat().st_size / quotes)
    asked: dict[str, object] = {}
    figures["milliseconds, median and p95, with the floor's"] = asked
    with open_archive(path, readonly=True) as archive:
        for question in questions(path, archive, ByHand(path), repeat):
            asked[question.name] = [round(value, 1) for value in milliseconds(question)]
            print(f"{question.name}: {asked[question.name]}", file=sys.stderr, flush=True)
    exports: dict[str, object] = {}
    figures["export: rows a second, peak MB, of which export"] = exports
    for format in _FORMATS:
        done = subprocess.run(
            [sys.executable, __file__, "--export", format, "--db", str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        exports[format] = [round(value) for value in json.loads(done.stdout)]
    return figures


def table(figures: dict[str, object]) -> None:
    """Print the figures of one size as Markdown."""
    print(f"\n## {figures['quotes']:,} quotes, {figures['bytes a quote']} bytes each\n")
    if rates := figures.get("ingestion, quotes a second"):
        assert isinstance(rates, dict)
        print("| ingestion | quotes a second |\n|---|---|")
        for name, rate in rates.items():
            print(f"| {name} | {rate:,} |")
        print()
    print(
        "| question | median ms | p95 ms | floor median | floor p95 | times the floor |\n"
        "|---|---|---|---|---|---|"
    )
    asked = figures["milliseconds, median and p95, with the floor's"]
    assert isinstance(asked, dict)
    for name, values in asked.items():
        cells = [f"{value:g}" for value in values]
        times = [f"{values[0] / max(values[2], 0.1):.1f}"] if len(values) > 2 else ["", "", ""]
        print(f"| {name} | {' | '.join(cells + times)} |")
    print("\n| export | rows a second | peak MB | MB that it took |\n|---|---|---|---|")
    exports = figures["export: rows a second, peak MB, of which export"]
    assert isinstance(exports, dict)
    for name, values in exports.items():
        print(f"| {name} | {values[0]:,} | {values[1]} | {values[2]} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quotes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=40, help="questions of a sort")
    parser.add_argument("--db", type=Path, help="keep the archive here (one size)")
    parser.add_argument("--no-floor", action="store_true", help="leave out ingestion by hand")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--export", choices=_FORMATS, help="only export, from --db")
    asked = parser.parse_args()
    if asked.export:
        export(asked.db, asked.export)
        return
    every = []
    for quotes in asked.quotes:
        with tempfile.TemporaryDirectory() as folder:
            path = (asked.db or Path(folder) / "archive.db").resolve()
            if asked.profile:
                groups = [[prepare(one) for one in group] for group in Writer(quotes).groups()]
                with open_archive(path) as archive, cProfile.Profile() as profile:
                    for group in groups:
                        archive.add_all(group, extractor_version="bench")
                said = io.StringIO()
                pstats.Stats(profile, stream=said).sort_stats("tottime").print_stats(30)
                print(said.getvalue())
                continue
            figures = measure(quotes, path, asked.repeat, not asked.no_floor)
            every.append(figures)
            if not asked.json:
                table(figures)
                sys.stdout.flush()
    if asked.json:
        print(json.dumps(every, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
