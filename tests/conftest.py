from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.postgresql import Server, running_server

# What the rules answer is tested by itself; the encoder's tests ask for it (tests/extraction/encoder).
os.environ["QUOTES_MODEL"] = "never"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own; without one, what needs it is skipped."""
    with running_server() as running:
        yield running
