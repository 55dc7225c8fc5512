"""Storing what comes from the sources: what is told, when, and what is kept of failures."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.archive import Added, What, open_archive
from quotes.ingest import again, storing
from quotes.ingest.outcomes import Found, Known, Outcome
from quotes.reading import Columns, Unread
from quotes.reading.forms import Known as Stated
from tests.ingest.test_outcomes import STRIKE, write

OPTIONS = storing.Options(Columns(), Stated(outlet="La Gazette"))
Told = list[tuple[Outcome, Added | None]]


def add(tmp_path: Path, *sources: str, jobs: int = 1) -> Told:
    """Add these files; give what was told, each with what the archive had by then."""
    told: Told = []
    files = [str(tmp_path / source) for source in sources]
    archive = str(tmp_path / "quotes.db")

    def tell(outcome: Outcome, added: Added | None) -> None:
        told.append((outcome, added))

    storing.add(files, OPTIONS, archive, jobs=jobs, fetch=None, tell=tell)
    return told


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_source_is_told_with_what_became_of_it(tmp_path: Path, jobs: int) -> None:
    write(tmp_path, "a.txt", STRIKE)
    write(tmp_path, "b.txt", STRIKE + "\n")
    write(tmp_path, "c.txt", "abc\0")
    (found, added), (_, copy), (unread, nothing) = add(tmp_path, "a.txt", "b.txt", "c.txt", jobs=jobs)
    assert isinstance(found, Found)
    assert added == Added(1, new=True, quotes=1, what=What.NEW)
    assert copy is not None
    assert copy.what is What.COPY
    assert isinstance(unread, Unread)
    assert nothing is None
    ((known, nothing),) = add(tmp_path, "a.txt", jobs=jobs)
    assert known == Known(str(tmp_path / "a.txt"), 1)
    assert nothing is None
    with open_archive(tmp_path / "quotes.db") as archive:
        assert archive.article(1).article.outlet == "La Gazette"


def test_an_article_is_told_after_its_transaction(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STRIKE)
    held: list[int] = []

    def tell(outcome: Outcome, added: Added | None) -> None:
        with open_archive(tmp_path / "quotes.db", readonly=True) as archive:
            held.append(archive.counts()["articles"])

    archive = str(tmp_path / "quotes.db")
    storing.add([str(tmp_path / "a.txt")], OPTIONS, archive, jobs=1, fetch=None, tell=tell)
    assert held == [1]


def test_a_failure_is_kept_until_it_is_mended(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "abc\0")
    add(tmp_path, "a.txt")
    with open_archive(tmp_path / "quotes.db") as archive:
        (failure,) = archive.failures()
    assert failure.source == failure.file == str(tmp_path / "a.txt")
    assert storing.Options.from_json(failure.options) == OPTIONS
    write(tmp_path, "a.txt", STRIKE)
    add(tmp_path, "a.txt")
    with open_archive(tmp_path / "quotes.db") as archive:
        assert archive.failures() == []


def test_a_mistyped_name_makes_no_archive(tmp_path: Path) -> None:
    ((outcome, _),) = add(tmp_path, "absent.txt")
    assert isinstance(outcome, Unread)
    assert list(tmp_path.iterdir()) == []


def test_extracting_again_tells_of_each_article(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STRIKE)
    write(tmp_path, "b.txt", STRIKE.replace("rien", "pas demain"))
    add(tmp_path, "a.txt", "b.txt")
    told = []
    with open_archive(tmp_path / "quotes.db") as archive:
        again.reextract(archive, jobs=1, dry_run=True, tell=lambda *one: told.append(one))
    assert [number for number, _ in told] == [1, 2]
    assert all(not isinstance(one, Unread) and one.is_empty for _, one in told)
