"""What was counted is kept for a while, and for as long as the archive has not changed."""

from __future__ import annotations

import threading
import time
from itertools import count
from threading import Event

import pytest

from quotes.archive import Archive
from quotes.errors import ArchiveError
from quotes.web import keeping
from quotes.web.keeping import Kept
from quotes.web.pages.home import make_ready
from tests.archive.samples import JEANNE, extraction
from tests.web.conftest import Visitor


def test_a_count_stays_as_long_as_nothing_has_changed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SECONDS", -1.0)
    kept = Kept(archive.changes)
    numbers = count()
    assert [kept.get("what", lambda: next(numbers)) for _ in range(3)] == [0, 0, 0]
    archive.add(extraction("« Rien », dit Jeanne Roy.", ("Rien", JEANNE)), extractor_version="1")
    assert [kept.get("what", lambda: next(numbers)) for _ in range(3)] == [1, 1, 1]
    kept.clear()
    assert kept.get("what", lambda: next(numbers)) == 2


def test_a_count_may_be_a_little_older_than_the_archive() -> None:
    states, numbers = count(), count()
    kept = Kept(lambda: next(states))
    assert [kept.get("what", lambda: next(numbers)) for _ in range(3)] == [0, 0, 0]


def test_who_asks_for_what_takes_long_never_waits_for_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SECONDS", -1.0)
    monkeypatch.setattr(keeping, "LONG", -1.0)
    monkeypatch.setattr(keeping, "_TIMES", 0)
    states, numbers, gate = count(), count(), Event()

    def slowly() -> int:
        found = next(numbers)
        assert found == 0 or gate.wait(20)
        return found

    kept = Kept(lambda: next(states))
    assert [kept.get("what", slowly) for _ in range(4)] == [0, 0, 0, 0]
    gate.set()
    kept.close()
    # Once behind all of them, not once for each.
    assert next(numbers) == 2
    monkeypatch.setattr(keeping, "SECONDS", 30.0)
    assert kept.get("what", slowly) == 1


def test_what_was_found_before_a_correction_is_not_kept_after_it() -> None:
    kept = Kept()

    def find() -> str:
        kept.clear()
        return "before"

    assert kept.get("what", find) == "before"
    assert kept.get("what", lambda: "after") == "after"


def test_who_asks_is_told_what_went_wrong_behind_others() -> None:
    kept = Kept()

    def fail() -> str:
        raise ArchiveError("it is locked")

    kept.ready("what", fail)
    kept.close()
    with pytest.raises(ArchiveError, match="locked"):
        kept.get("what", fail)


def test_what_takes_long_is_seldom_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SECONDS", -1.0)
    monkeypatch.setattr(keeping, "LONG", -1.0)
    monkeypatch.setattr(keeping, "_TIMES", 1e12)
    states, numbers = count(), count()
    kept = Kept(lambda: next(states))
    assert [kept.get("what", lambda: next(numbers)) for _ in range(4)] == [0, 0, 0, 0]
    kept.close()
    assert next(numbers) == 1


def test_two_who_ask_at_once_are_told_the_same() -> None:
    kept = Kept()
    begun, go_on = threading.Event(), threading.Event()
    told: list[str] = []

    def fail() -> str:
        begun.set()
        go_on.wait(20)
        raise ArchiveError("it is locked")

    def ask() -> None:
        try:
            kept.get("what", fail)
        except ArchiveError as error:
            told.append(str(error))

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    assert begun.wait(20)
    go_on.set()
    for reader in readers:
        reader.join(20)
    assert told == ["it is locked"] * 3
    assert kept.get("what", lambda: "found") == "found"


def test_what_is_just_being_found_is_waited_for() -> None:
    kept = Kept()
    begun, go_on = threading.Event(), threading.Event()
    found: list[str] = []

    def find() -> str:
        begun.set()
        go_on.wait(20)
        found.append("once")
        return "it"

    kept.ready("what", find)
    assert begun.wait(20)
    threading.Timer(0.05, go_on.set).start()
    assert kept.get("what", find) == "it"
    kept.close()
    assert found == ["once"]


def test_what_is_looked_at_first_is_counted_before_anybody_comes(reader: Visitor) -> None:
    make_ready(reader.room)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and "Jeanne Roy" not in reader.get("/"):
        time.sleep(0.02)
    reader.room.kept.close()

    def unasked() -> dict[str, object]:
        raise AssertionError("it has been counted")

    assert reader.room.kept.get("home", unasked)["speakers"]
