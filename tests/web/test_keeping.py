"""What was counted is kept for a while, and for as long as the archive has not changed."""

from __future__ import annotations

from itertools import count

import pytest

from quotes.archive import Archive
from quotes.web import keeping
from quotes.web.keeping import Kept
from tests.archive.samples import JEANNE, extraction


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
