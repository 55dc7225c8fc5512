from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="distributing needs pip install 'quotes[cluster]'")
pytest.importorskip("dask.dataframe", reason="distributing needs pip install 'quotes[cluster]'")

import pyarrow
from pyarrow import parquet

from quotes.corpus.engine import Engine, running
from quotes.corpus.finishing import Totals
from quotes.corpus.folder import Folder, Written
from quotes.corpus.making import make
from quotes.corpus.parts import Part
from quotes.corpus.writing import Task
from quotes.extraction.opinion import Model
from quotes.ingest.outcomes import Plan
from tests.corpus import frail  # noqa: F401
from tests.reading.test_reading_slices import page

PEOPLE = ("Jeanne Morvan", "Paul Vasseur", "Aline Cottin", "Hugo Brémond")
PLACES = ("port", "pont", "marché", "moulin", "théâtre", "canal", "verger")


def article(number: int) -> dict[str, str]:
    """An article unlike all others, with two quotes."""
    who, where = PEOPLE[number % len(PEOPLE)], PLACES[number % len(PLACES)]
    lots = " ".join(
        f"Le lot {100 * number + n} est pour les gens de la rue {number + 7 * n}, et il y en a {n} en tout."
        for n in range(1, 6)
    )
    text = (
        f"Le {where} numéro {number} rouvre en mai.\n\n« Nous avons repeint le {where} numéro {number} »,"
        f" a déclaré {who}, maire de Sarlanne.\n\n{lots}\n\n"
        f"« Il reste {number} jours pour finir les travaux de la place », a ajouté {who}."
    )
    return {
        "text": text,
        "title": f"Le {where} {number}",
        "date": f"{2015 + number % 6}-0{1 + number % 9}-11",
    }


def rows(numbers: Sequence[int]) -> bytes:
    return b"".join(json.dumps(article(number)).encode() + b"\n" for number in numbers)


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sources of all sorts, of which some are cut; among them copies, versions, and what can't be read."""
    monkeypatch.chdir(tmp_path)
    Path("lignes.jsonl").write_bytes(rows(range(24)) + b"{\n" + rows(range(24, 30)))
    crawl = b"".join(gzip.compress(page(article(number)["text"])) for number in (0, *range(30, 39)))
    Path("moisson.warc.gz").write_bytes(crawl[:-40])
    whole = b"".join(page(article(number)["text"]) for number in range(40, 46))
    Path("pleine.warc").write_bytes(whole)
    table = pyarrow.Table.from_pylist([article(number) for number in range(46, 58)])
    parquet.write_table(table, "table.parquet", row_group_size=4)
    folder = Path("textes")
    folder.mkdir()
    for number in range(58, 62):
        (folder / f"texte{number}.txt").write_text(article(number)["text"])
    # A newer version of one, an older one of another, and the same text elsewhere.
    newer = article(3) | {"date": "2024-05-05"}
    newer["text"] = newer["text"].replace("en mai", "en juin")
    older = article(4) | {"date": "2001-05-05"}
    older["text"] = older["text"].replace("en mai", "en juillet")
    changed = [newer, older, article(5), {"title": "Sans texte"}]
    Path("suite.jsonl").write_text("".join(json.dumps(one) + "\n" for one in changed))
    (folder / "english.txt").write_text("The harbour will open again in May. " * 20)
    return [
        "lignes.jsonl",
        "moisson.warc.gz",
        "pleine.warc",
        "table.parquet",
        "textes",
        "suite.jsonl",
        "rien.txt",
    ]


class AtOnce(Executor):
    """Does what it is given at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*arguments, **named))
        except BaseException as error:
            future.set_exception(error)
        return future


class Here:
    """An engine for parts in this process; what is shuffled is so by another one."""

    executor = AtOnce()
    tries_at_once = 1

    def __init__(self, other: Engine) -> None:
        self._other = other

    def width(self) -> int:
        return 1

    def must_run(self) -> None:
        pass

    def compute(self, tasks: Sequence[Any]) -> list[Any]:
        return self._other.compute(tasks)


class Told:
    """What was told of a corpus."""

    def __init__(self) -> None:
        self.done = 0
        self.parts: list[tuple[Part, Written]] = []

    def begin(self, parts: int, done: int) -> None:
        self.done = done

    def part(self, part: Part, written: Written) -> None:
        self.parts.append((part, written))

    def gather(self) -> None:
        pass


@pytest.fixture(scope="session")
def cluster() -> Iterator[Engine]:
    """Two processes for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASK_DISTRIBUTED__WORKER__PRELOAD", '["tests.corpus.frail"]')
        with running(None, 2) as engine:
            yield engine


Make = Callable[..., Totals]
PART_BYTES = 2_500


@pytest.fixture
def made(cluster: Engine) -> Make:
    """Make a corpus of these sources at a place; in this process, unless another engine is given."""

    def call(
        sources: Sequence[str],
        place: str | Path,
        engine: Any = None,
        told: Told | None = None,
        part_bytes: int = PART_BYTES,
        model: Model = "auto",
    ) -> Totals:
        task = Task(Folder.at(str(place)), Plan(model=model))

        def engines() -> AbstractContextManager[Any]:
            return nullcontext(engine or Here(cluster))

        return make(sources, task, engines, told or Told(), part_bytes=part_bytes)

    return call


def files_of(place: Path) -> dict[str, bytes]:
    """The files of a corpus, with their bytes."""
    return {
        str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()
    }
