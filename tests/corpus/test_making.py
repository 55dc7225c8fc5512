"""The same corpus from the same sources: whoever makes it, with how many processes, however often stopped."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from pyarrow import parquet

from quotes.cli import main
from quotes.corpus import distributing, writing
from quotes.corpus.engine import Engine, running
from quotes.corpus.folder import Folder, Written
from quotes.corpus.parts import Part
from quotes.errors import CorpusError
from quotes.extraction import opinion
from quotes.extraction.extract import RULES_VERSION
from tests.corpus.conftest import Make, Told, article, files_of, rows

QUOTES = [sys.executable, "-c", "from quotes.cli import main; raise SystemExit(main())"]


def table(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = parquet.read_table(path).to_pylist()
    return found


def test_the_number_of_processes_makes_no_difference(
    sources: list[str], made: Make, cluster: Engine, tmp_path: Path
) -> None:
    told = Told()
    totals = made(sources, "ici", told=told)
    assert len(told.parts) > 12
    assert made(sources, "ensemble", engine=cluster) == totals
    assert files_of(tmp_path / "ici") == files_of(tmp_path / "ensemble")
    assert totals.foreign == 1
    assert totals.given_up == 0
    # Read again, nothing is done again.
    again = Told()
    made(sources, "ici", told=again)
    assert (again.parts, again.done) == ([], len(told.parts))
    assert files_of(tmp_path / "ici") == files_of(tmp_path / "ensemble")


def test_what_is_left_is_done(sources: list[str], made: Make, tmp_path: Path) -> None:
    made(sources, "entier")
    made(sources, "repris")
    whole = files_of(tmp_path / "entier")
    # Stopped before a part was told as done, and before the manifest was there.
    lost = sorted((tmp_path / "repris" / "parts").iterdir())[::3]
    for path in [*lost, tmp_path / "repris" / "manifest.json", tmp_path / "repris" / "parts.parquet"]:
        path.unlink()
    with pytest.raises(CorpusError, match="is not complete"):
        Folder.at("repris").header()
    told = Told()
    made(sources, "repris", told=told)
    assert len(told.parts) == len(lost)
    assert files_of(tmp_path / "repris") == whole


def test_another_corpus_is_not_mixed_in(sources: list[str], made: Make) -> None:
    made(sources[:1], "corpus")
    with pytest.raises(CorpusError, match="has a corpus of other sources"):
        made(sources[:2], "corpus")
    with pytest.raises(CorpusError, match=r"nothing to read \(rien.txt: no such file"):
        made(["rien.txt"], "autre")


@pytest.mark.parametrize("has_encoder", [True, False])
def test_a_corpus_says_whether_the_encoder_was_asked(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_encoder: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTES_MODEL", raising=False)
    for module in (opinion, writing):
        monkeypatch.setattr(module, "has_encoder", lambda: has_encoder)
    Path("deux.jsonl").write_bytes(rows(range(2)))
    made(["deux.jsonl"], "corpus", model="auto")
    # What was done is noted, not what was asked: the same call elsewhere might do something else.
    done = "auto" if has_encoder else "never"
    assert Folder.at("corpus").header()["model"] == done
    for name in ("articles", "quotes"):
        (path,) = Path("corpus", name).iterdir()
        said = parquet.read_schema(path).metadata
        assert (said[b"quotes.model"].decode(), said[b"quotes.rules"].decode()) == (done, RULES_VERSION)
    monkeypatch.setenv("QUOTES_MODEL", "always")
    with pytest.raises(CorpusError, match=f"made with --model {done}, not always: give another folder"):
        made(["deux.jsonl"], "corpus", model="auto")


def test_a_worker_that_would_ask_otherwise_is_told(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTES_MODEL", raising=False)
    Path("deux.jsonl").write_bytes(rows(range(2)))
    monkeypatch.setattr(opinion, "has_encoder", lambda: True)
    monkeypatch.setattr(writing, "has_encoder", lambda: False)
    for model in ("auto", "always"):
        with pytest.raises(
            CorpusError, match=f"a worker can't extract with --model {model}: install the same"
        ):
            made(["deux.jsonl"], model, model=model)
    assert not list(Path("auto").glob("parts/*"))
    assert made(["deux.jsonl"], "never", model="never").articles == 2


def test_a_killed_call_goes_on(made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # Larger than the smallest part that may be asked for, so that there are two.
    Path("grand.jsonl").write_bytes(rows(range(12)) + b" " * 1_000_000 + b"\n" + rows(range(12, 30)))
    options = ["--to", "tue", "--workers", "1", "--part-size", "1", "-q"]
    call = subprocess.Popen([*QUOTES, "distribute", "grand.jsonl", *options], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 300
    while not list(tmp_path.glob("tue/parts/*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    call.kill()
    call.wait()
    assert not (tmp_path / "tue" / "manifest.json").exists()
    # Its worker ends what it does.
    time.sleep(0.5)
    for place in ("tue", "calme"):
        assert made(["grand.jsonl"], place, part_bytes=1_000_000).articles == 30
    found = {name: data for name, data in files_of(tmp_path / "tue").items() if ".unfinished" not in name}
    assert found == files_of(tmp_path / "calme")


def test_the_command_tells_what_it_did(
    sources: list[str], cluster: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["distribute", "textes", "rien.txt", "--to", "corpus", "--scheduler", cluster.address, "--json"]
    assert main(asked) == 1
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert (told["articles"], told["foreign"], told["failures"], told["parts"]) == (4, 1, 1, 1)
    assert "1 of 1 part: 4 articles" in printed.err
    assert "1 not read (failures/ has why)" in printed.err
    assert main([*asked, "-q"]) == 1
    assert capsys.readouterr().err == ""
    assert main(["distribute", "textes", "--to", "corpus", "--scheduler", cluster.address]) == 0
    assert main(["distribute", "textes", "--to", "autre", "--scheduler", "ici"]) == 2
    assert "tcp://HOST:8786" in capsys.readouterr().err
    assert main(["distribute", "-", "--to", "autre"]) == 1
    assert "save it as a file" in capsys.readouterr().err
    assert main([*asked, "--outlet", "Le Phare"]) == 1
    assert "has a corpus made with options" in capsys.readouterr().err


KILLS = 20


class Killing(Told):
    """Kills workers at random moments, so many before the last part is done."""

    def __init__(self, engine: Engine, seed: int) -> None:
        super().__init__()
        self.killed = 0
        self._engine = engine
        self._chance = random.Random(seed)
        self._until = time.monotonic() + 300
        self._all = 0

    def begin(self, parts: int, done: int) -> None:
        self._all = parts
        threading.Thread(target=self._kill, daemon=True).start()

    def part(self, part: Part, written: Written) -> None:
        super().part(part, written)
        # Parts are not done faster than workers die.
        while self.killed < KILLS * len(self.parts) // self._all and time.monotonic() < self._until:
            self._engine.must_run()
            time.sleep(0.02)

    def _kill(self) -> None:
        while self.killed < KILLS and time.monotonic() < self._until:
            time.sleep(self._chance.random() * 0.8)
            with suppress(psutil.Error):  # of what has ended by itself
                started = psutil.Process().children(recursive=True)
                workers = [one for one in started if "spawn_main" in " ".join(_command(one))]
                if workers:
                    self._chance.choice(workers).kill()
                    self.killed += 1


def test_workers_killed_at_random_change_nothing(
    sources: list[str], made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # That chance hits one part three times is not what this asks.
    monkeypatch.setattr(distributing, "TRIES", 2 * KILLS)
    made(sources[:2], "calme")
    with running(None, 2) as engine:
        killing = Killing(engine, seed=5)
        totals = made(sources[:2], "agite", engine=engine, told=killing)
    assert killing.killed == KILLS
    assert totals.given_up == 0
    assert files_of(tmp_path / "agite") == files_of(tmp_path / "calme")


def _command(process: psutil.Process) -> list[str]:
    try:
        found: list[str] = process.cmdline()
    except psutil.Error:
        return []
    return found


def test_what_kills_is_given_up_and_the_rest_goes_on(made: Make, cluster: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "loin"
    folder.mkdir()
    # Small enough that nobody opens them to cut them, and each a part.
    for number, name in enumerate(("avant", "mort", "suite")):
        (folder / f"{name}.jsonl").write_bytes(rows([number]))
    address = f"mortel://{folder}/*.jsonl"
    told = Told()
    totals = made([address], tmp_path / "corpus", engine=cluster, told=told)
    assert (totals.articles, totals.failures, totals.given_up) == (2, 1, 1)
    (part,) = [part for part, written in told.parts if written.given_up]
    (row,) = table(tmp_path / "corpus" / "failures" / f"{part.name}.parquet")
    assert row["source"] == f"mortel://{folder}/mort.jsonl"
    assert str(row["reason"]).startswith("killed the process that read it 3 times")
    assert (folder / "mort.jsonl.essais").read_text() == "xxx"
    # Whatever it was has passed: the same call tries it again.
    (folder / "sauf").touch()
    again = Told()
    assert made([address], tmp_path / "corpus", engine=cluster, told=again).articles == 3
    assert [one.name for one, _ in again.parts] == [part.name]
    made([address], tmp_path / "calme")
    assert files_of(tmp_path / "corpus") == files_of(tmp_path / "calme")


def test_the_scheduler_killed_is_said_and_the_call_goes_on(
    sources: list[str], made: Make, tmp_path: Path
) -> None:
    program = (
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    cluster = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None)\n"
        "    print(cluster.scheduler_address, flush=True)\n"
        "    input()\n"
    )
    (tmp_path / "scheduler.py").write_text(program)
    other = subprocess.Popen(
        [sys.executable, "scheduler.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    address = other.stdout.readline().strip()

    class Ending(Told):
        def part(self, *_: object) -> None:
            other.kill()

    with running(address, 1) as engine, pytest.raises(CorpusError, match="the scheduler is gone"):
        made(sources, "corpus", engine=engine, told=Ending())
    other.wait()
    told = Told()
    made(sources, "corpus", told=told)
    assert told.done >= 1
    made(sources, "calme")
    assert files_of(tmp_path / "corpus") == files_of(tmp_path / "calme")


def test_a_store_without_room_is_said(sources: list[str], made: Make, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no space left on device.*goes on from here"):
        made(sources, f"plein://{tmp_path}/corpus")


def test_a_full_disk_is_said_and_leaves_no_half_of_a_part(sources: list[str], tmp_path: Path) -> None:
    program = (
        "import resource, signal\n"
        "from quotes.corpus import distributing, folder, writing\n"
        "from quotes.errors import CorpusError\n"
        "task = writing.Task(folder.Folder.at('corpus'), writing.Plan(model='never'))\n"
        "(part, *_) = distributing.planned(['lignes.jsonl'], 20_000).parts\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))\n"
        "try:\n"
        "    writing.write_part(part, task)\n"
        "except CorpusError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "corpus can't be written (file too large): make room" in done.stdout
    assert done.stderr == ""
    assert files_of(tmp_path / "corpus") == {}


def test_addresses_are_sources_and_places(made: Make, tmp_path: Path) -> None:
    folder = tmp_path / "loin"
    folder.mkdir()
    (folder / "lignes.jsonl").write_bytes(rows(range(9)))
    (folder / "texte.txt").write_text(article(9)["text"])
    (folder / ".caché.txt").write_text(article(10)["text"])
    (folder / "image.png").write_bytes(b"x")
    totals = made([f"loin://{folder}"], f"loin://{tmp_path}/corpus")
    assert (totals.articles, totals.failures) == (10, 0)
    made([f"loin://{folder}"], tmp_path / "ici")
    assert files_of(tmp_path / "corpus") == files_of(tmp_path / "ici")
    sources = {one["source"] for path in (tmp_path / "ici" / "articles").iterdir() for one in table(path)}
    assert sources == {f"loin://{folder}/lignes.jsonl", f"loin://{folder}/texte.txt"}
