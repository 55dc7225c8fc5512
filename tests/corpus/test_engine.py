"""The scheduler of somebody else: by its address, or by the file in which it says where it is."""

from __future__ import annotations

import gc
import json
import socket
import threading
from pathlib import Path
from typing import NamedTuple

import dask
import pytest

from quotes.cli import main
from quotes.corpus.engine import Engine, running
from quotes.errors import CorpusError

CONNECT = "distributed.comm.timeouts.connect"


def test_a_scheduler_is_found_by_the_file_it_writes_when_it_has_started(
    cluster: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "ordonnanceur.json"
    # As a scheduler leaves it while it writes.
    file.write_text('{"type": "Sched')
    told = json.dumps({"type": "Scheduler", "address": cluster.address})
    later = threading.Timer(0.5, file.write_text, [told])
    later.start()
    with running(str(file), 1) as engine:
        assert engine.address == cluster.address
        assert engine.executor.submit(sum, [1, 2]).result() == 3
    later.join()


def test_a_file_that_no_scheduler_writes_is_said(tmp_path: Path) -> None:
    file = tmp_path / "ordonnanceur.json"
    with (
        dask.config.set({CONNECT: "300ms"}),
        pytest.raises(CorpusError, match=r"ordonnanceur\.json: no scheduler has written there"),
        running(str(file), 1),
    ):
        pass


def test_how_long_a_scheduler_is_waited_for_is_the_setting_of_dask(tmp_path: Path) -> None:
    with socket.socket() as taken:
        # Nobody listens there.
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        # What is left of a scheduler that was killed.
        file = tmp_path / "ordonnanceur.json"
        file.write_text(json.dumps({"address": address}))
        for scheduler in (address, str(file)):
            with (
                dask.config.set({CONNECT: "300ms"}),
                pytest.raises(CorpusError, match="no scheduler answers there: check the address"),
                running(scheduler, 1),
            ):
                pass


class Given(NamedTuple):
    """What a task is given."""

    number: int


def _nothing(given: Given) -> None:
    """Do nothing."""


def test_of_many_tasks_that_are_done_few_are_kept() -> None:
    with running(None, 1) as engine:
        for number in range(300):
            engine.executor.submit(_nothing, Given(number)).result()
        kept = sum(type(one) is Given for one in gc.get_objects())
    # What the logs of the last messages have.
    assert kept <= 200


def test_the_command_takes_the_file(
    cluster: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ordonnanceur.json").write_text(json.dumps({"address": cluster.address}))
    (tmp_path / "texte.txt").write_text("« Le pont rouvre », a dit Jeanne Morvan, maire de Sarlanne.")
    asked = ["distribute", "texte.txt", "--to", "corpus", "--model", "never", "--scheduler"]
    assert main([*asked, "ordonnanceur.json"]) == 0
    assert "1 of 1 part" in capsys.readouterr().err
    assert main([*asked, "ordonnanceur"]) == 2
    assert "--scheduler-file" in capsys.readouterr().err.replace("\n", " ")
