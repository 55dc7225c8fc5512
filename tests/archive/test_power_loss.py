"""The power goes: what was committed is there, what wasn't is gone, and the archive is sound."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from quotes.archive import open_archive
from tests.archive.samples import JEANNE, extraction

FULL = 2


def written(path: Path, articles: int) -> list[int]:
    """Write articles, one a transaction; give the size of the log after each, when it was told as added."""
    sizes = []
    log = path.with_name(f"{path.name}-wal")
    with open_archive(path) as archive:
        for number in range(articles):
            words = f"La parole {number} est la première de ce jour"
            archive.add(extraction(f"« {words} ».", (words, JEANNE)), extractor_version="1")
            sizes.append(log.stat().st_size)
        # While it is open: at the end the log goes into the file.
        for name in (path, log):
            shutil.copy(name, f"{name}.cut")
    return sizes


def after_power_loss(path: Path, folder: Path, kept: int, garbage: bytes = b"") -> tuple[int, list[str]]:
    """Open the file with the first bytes of its log; give the number of articles, and what is wrong."""
    folder.mkdir()
    found = folder / "paroles.db"
    shutil.copy(f"{path}.cut", found)
    log = Path(f"{path}-wal.cut").read_bytes()[:kept]
    found.with_name("paroles.db-wal").write_bytes(log + garbage)
    with open_archive(found) as archive:
        return archive.counts()["articles"], archive.check()


def test_a_log_without_its_tail_has_what_was_committed_before(tmp_path: Path) -> None:
    path = tmp_path / "paroles.db"
    open_archive(path).close()
    sizes = written(path, 6)
    assert sizes == sorted(sizes)
    chance = Random(5)
    cuts = {*sizes, *(size - 1 for size in sizes), *(chance.randrange(sizes[-1]) for _ in range(12))}
    for number, cut in enumerate(sorted(cuts)):
        articles, wrong = after_power_loss(path, tmp_path / f"{number}", cut)
        assert wrong == []
        # SQLite may lay a commit's last frames anew on the next: none is lost whose log is whole.
        assert articles >= sum(size <= cut for size in sizes)
    assert after_power_loss(path, tmp_path / "whole", sizes[-1]) == (6, [])


def test_a_tail_that_the_disk_wrote_as_rubbish_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "paroles.db"
    open_archive(path).close()
    sizes = written(path, 4)
    chance = Random(9)
    for number, size in enumerate(sizes):
        rubbish = chance.randbytes(9_000)
        assert after_power_loss(path, tmp_path / f"{number}", size, rubbish) == (number + 1, [])


@pytest.mark.parametrize("readonly", [False, True])
def test_a_commit_waits_for_the_disk(path: Path, readonly: bool) -> None:
    open_archive(path).close()
    with open_archive(path, readonly=readonly) as archive, archive.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == FULL
