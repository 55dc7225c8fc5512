from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.archive import Archive, open_archive
from tests.postgresql import Server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "paroles.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest, path: Path) -> Iterator[Archive]:
    """An empty archive: each test holds for both stores."""
    place: str | Path = path
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        place = server.empty_archive()
    with open_archive(place) as opened:
        yield opened


@pytest.fixture
def archive_file(path: Path) -> Iterator[Archive]:
    """An empty archive in the SQLite file ``path``."""
    with open_archive(path) as opened:
        yield opened
