"""Whatever the bytes, every reader gives sound articles or one line each, and raises nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.pieces_of_formats import COMMON, PIECES, check


@pytest.fixture(autouse=True)
def _libraries() -> None:
    for name in ("trafilatura", "docx", "pypdf", "pyarrow", "warcio"):
        pytest.importorskip(name)


@pytest.mark.parametrize("suffix", PIECES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes(tmp_path: Path, suffix: str, data: st.DataObject) -> None:
    pieces = st.sampled_from([*COMMON, *PIECES[suffix], *PIECES[suffix]]) | st.binary(max_size=20)
    check(tmp_path, suffix, b"".join(data.draw(st.lists(pieces, max_size=25))))
