"""Whole-file writers: what is replaced, what is written to, what is left over and swept."""

from __future__ import annotations

import os
import stat
import threading
import time
from pathlib import Path

import pytest

from quotes.archive.store.whole_files import unfinished_beside, whole_file
from quotes.errors import ArchiveError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")


def write(target: Path, data: bytes = b"tout") -> None:
    with whole_file(target) as unfinished:
        unfinished.write_bytes(data)


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"ancien")
    target.chmod(0o640)
    write(target)
    assert target.read_bytes() == b"tout"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    there = tmp_path / "ailleurs"
    there.mkdir()
    (there / "vrai.csv").write_bytes(b"ancien")
    for name, leads_to in (("lien.csv", "vrai.csv"), ("pendant.csv", "nouveau.csv")):
        link = tmp_path / name
        link.symlink_to(Path("ailleurs", leads_to))
        write(link)
        assert link.is_symlink()
        assert (there / leads_to).read_bytes() == b"tout"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "tube"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write(pipe)
    reader.join(10)
    assert heard == [b"tout"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_a_device(tmp_path: Path) -> None:
    link = tmp_path / "rien"
    link.symlink_to(os.devnull)
    for target in (Path(os.devnull), link):
        write(target)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)  # noqa: PTH116
    assert link.is_symlink()


def test_what_is_open_is_written_on(tmp_path: Path) -> None:
    """``{ quotes export -o /dev/stdout; date; } > file`` loses nothing."""
    with (tmp_path / "a.csv").open("wb") as file:
        file.write(b"avant ")
        file.flush()
        write(Path(f"/dev/fd/{file.fileno()}"))
    assert (tmp_path / "a.csv").read_bytes() == b"avant tout"


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"ancien")
    with pytest.raises(ZeroDivisionError), whole_file(target) as unfinished:
        raise ZeroDivisionError(unfinished.write_bytes(b"moit"))
    assert target.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["", "rien/a.csv", "a" * 300])
def test_where_nothing_can_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArchiveError, match="can't be written"):
        write(tmp_path / name)


def test_what_killed_calls_left_is_swept_and_what_is_in_hand_is_not(tmp_path: Path) -> None:
    left = tmp_path / ".quotes-mort.unfinished"
    left.mkdir()
    (left / "whole").write_bytes(b"moit")
    long_ago = time.time() - 3_600
    os.utime(left, (long_ago, long_ago))
    with unfinished_beside(tmp_path / "b.csv") as in_hand:
        os.utime(in_hand, (long_ago, long_ago))
        write(tmp_path / "a.csv")
        assert in_hand.exists()
        assert not left.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
