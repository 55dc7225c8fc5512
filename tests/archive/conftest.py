from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.archive import Archive, open_archive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "paroles.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as opened:
        yield opened
