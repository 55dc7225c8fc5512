"""What ``bench/`` measures, once at its smallest size: it calls what nothing else may call any more."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"
TEXT = "La pêche reprend\n\n« Nous sortirons demain », a annoncé Lise Ardan, patronne du port.\n"
Bench = Callable[..., str]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bench:
    """Run a program of ``bench/`` with these arguments; give what it prints."""

    def call(name: str, *arguments: str | Path) -> str:
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        # The programs put the checkout in the path themselves.
        monkeypatch.setattr(sys, "path", [*sys.path])
        runpy.run_path(str(BENCH / f"{name}.py"), run_name="__main__")
        return capsys.readouterr().out

    return call


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "port.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_extract(bench: Bench, texts: Path) -> None:
    skipped = ("--skip", "hostile", "linear", "model", "start")
    report = json.loads(bench("extract", texts, "--rounds", "1", "--json", *skipped))
    assert report["articles"] == 1
    if "read_by_encoder" in report:
        # Measuring hooks into the encoder: here it would see nothing any more.
        assert report["read_by_encoder"]["of_articles"] == 1
        assert report["read_by_encoder"]["of_pieces"] > 1
    assert sum(report["stages"].values()) == pytest.approx(1, abs=0.05)


def test_what_extract_measures_in_a_process_of_its_own() -> None:
    program = runpy.run_path(str(BENCH / "extract.py"))
    assert all(isinstance(text(), str) for text in program["hostile_inputs"]().values())
    assert program["_guarded"](TEXT)["finished"]


def test_archive(bench: Bench) -> None:
    printed = bench("archive", "--quotes", "8", "--repeat", "1", "--no-floor")
    assert "| ingestion | quotes a second |" in printed
    assert "| annotations |" in printed


def test_check(bench: Bench) -> None:
    printed = bench("check", "--quotes", "400", "--wordings", "3")
    for sort in ("exact", "cut inside", "one word changed", "invented"):
        assert f"| {sort} | 3 |" in printed
    assert "all: p95" in printed


def test_ingest(bench: Bench, texts: Path) -> None:
    smallest = ("--articles", "1", "--texts", texts, "--rounds", "0", "--sources", "text", "--jobs", "1")
    printed = bench("ingest", *smallest)
    assert "| text | 1 |" in printed
    assert "reextract --jobs 1" in printed


def test_what_ingest_measures_without_a_process(texts: Path, tmp_path: Path) -> None:
    program = runpy.run_path(str(BENCH / "ingest.py"))
    folder = tmp_path / "sources"
    folder.mkdir()
    places = program["write_sources"](folder, [TEXT])
    assert tuple(places) == program["SOURCES"]
    spent = program["shares"](places["jsonl"], tmp_path / "quotes.db")
    assert set(spent) == {"reading", "extraction", "storing"}
    assert len(program["extract_stored"](tmp_path / "quotes.db", 1)) == 3


@contextmanager
def nothing_instrumented(**_: object) -> Iterator[None]:
    yield


class Drawn:
    """What atheris makes of an input's bytes, as far as the fuzzers ask."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def ConsumeBool(self) -> bool:  # noqa: N802 - atheris calls it so
        return bool(self._data[0] % 2)

    def ConsumeUnicodeNoSurrogates(self, length: int) -> str:  # noqa: N802
        return self._data[1:].decode("latin-1")[:length]

    def ConsumeBytes(self, length: int) -> bytes:  # noqa: N802
        return self._data[1 : length + 1]


@pytest.mark.parametrize("name", ["fuzz_extract", "fuzz_readers"])
@pytest.mark.parametrize("data", [bytes(range(60)), b"\1abc <html> \xab Oui \xbb, dit-elle."])
def test_fuzzers(name: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atheris: Any = ModuleType("atheris")
    atheris.instrument_imports = nothing_instrumented
    atheris.FuzzedDataProvider = Drawn
    monkeypatch.setitem(sys.modules, "atheris", atheris)
    monkeypatch.setattr(sys, "path", [*sys.path])
    program = SimpleNamespace(**runpy.run_path(str(BENCH / "fuzz" / f"{name}.py"), {"FOLDER": tmp_path}))
    program.one_input(data)


def test_faults(bench: Bench) -> None:
    smallest = ("--kills", "2", "--full", "1", "--flips", "4", "--articles", "3")
    printed = bench("faults", *smallest)
    rows = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("|")]
    assert [(row[0], row[1]) for row in rows[2:]] == [("kill", "2"), ("full disk", "1"), ("byte flips", "4")]
    assert all(row[-2:] == ["0", "0"] for row in rows[2:]), printed


def test_web(bench: Bench) -> None:
    report = json.loads(bench("web", "--quotes", "40", "--rounds", "1", "--json"))
    kinds = {"home", "search", "article", "speaker", "verify", "figures"}
    assert all(set(pages) == kinds for pages in report["times"].values())


def test_distribute(bench: Bench, texts: Path) -> None:
    for name in ("dask.dataframe", "distributed"):
        pytest.importorskip(name, reason="distributing needs pip install 'quotes[cluster]'")
    printed = bench(
        "distribute", "--texts", texts, "--articles", "2", "--workers", "1", "--rounds", "1", "--parts", "5"
    )
    assert "2 articles" in printed
    assert "5 parts, 200 at once: " in printed
    assert "| `load` |" in printed


def test_load(bench: Bench, tmp_path: Path) -> None:
    for name in ("dask.dataframe", "distributed"):
        pytest.importorskip(name, reason="distributing needs pip install 'quotes[cluster]'")
    assert "12 articles" in bench("load", tmp_path / "load", "make", "--articles", "12", "--workers", "1")
    for step in ("add", "load"):
        assert f"`{step}`: 12 articles" in bench("load", tmp_path / "load", step)
    assert " equal" in bench("load", tmp_path / "load", "compare")


def test_instructions(bench: Bench, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(SystemExit, match="apt-get install valgrind"):
        bench("instructions", texts)
    # Counts a million for each pass, and three for the start.
    counting = '#!/bin/sh\n[ "$4" = -c ] && echo "==1== Collected : $(($6 + 3))000000" >&2\n'
    (folder / "valgrind").write_text(counting, encoding="utf-8")
    (folder / "valgrind").chmod(0o755)
    assert bench("instructions", texts, "--every", "1").endswith("1.0 million instructions a pass\n")
