"""``quotes serve``: what it refuses, and that it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

uvicorn = pytest.importorskip("uvicorn")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would have been served, instead of waiting for visitors."""
    calls: list[dict[str, Any]] = []

    def run(app: Any, **options: Any) -> None:
        calls.append({"room": app.state.room, **options})

    monkeypatch.setattr(uvicorn, "run", run)
    return calls


def test_it_answers_this_machine_alone_and_reads_only(
    run: Run, db: Path, served: list[dict[str, Any]]
) -> None:
    result = run("serve", "--db", db)
    assert result.code == 0
    assert "http://127.0.0.1:8765/" in result.err
    assert "reading only" in result.err
    assert served[0]["host"] == "127.0.0.1"
    assert not served[0]["room"].editing
    assert "*" not in served[0]["room"].hosts


def test_others_are_let_in_with_a_token_only(
    run: Run, db: Path, served: list[dict[str, Any]], tmp_path: Path
) -> None:
    for host in ("0.0.0.0", "192.168.1.5", "::"):
        result = run("serve", "--db", db, "--host", host)
        assert result.code == 2
        assert "--token" in result.err
    secret = tmp_path / "jeton"
    secret.write_text("trop court", encoding="utf-8")
    assert run("serve", "--db", db, "--host", "0.0.0.0", "--token", secret).code == 2
    assert run("serve", "--db", db, "--token", tmp_path / "absent").code == 2
    assert served == []
    secret.write_text("un secret assez long\n", encoding="utf-8")
    assert run("serve", "--db", db, "--host", "0.0.0.0", "--token", secret, "--edit").code == 0
    assert served[0]["room"].token == "un secret assez long"
    assert served[0]["room"].editing


def test_a_missing_archive(run: Run, served: list[dict[str, Any]], tmp_path: Path) -> None:
    result = run("serve", "--db", tmp_path / "absente.db")
    assert result.code == 1
    assert "quotes add" in result.err
    # Who may edit may begin with an empty one.
    assert run("serve", "--db", tmp_path / "neuve.db", "--edit").code == 0
    assert len(served) == 1
