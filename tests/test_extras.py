from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import get_args

import pytest

from quotes import extras
from quotes.extras import Extra, how_to_add

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = {"train-encoder"}  # torch
OPTIONAL: dict[str, list[str]] = PROJECT["optional-dependencies"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}


def test_a_plain_installation_reads_pages_exports_crawls_and_documents() -> None:
    light = {"trafilatura", "lxml-html-clean", "feedparser", "striprtf", "pypdf", "warcio"}
    assert light <= names(PROJECT["dependencies"])


def test_all_is_every_extra_that_a_user_may_want() -> None:
    (everything,) = OPTIONAL["all"]
    assert set(re.findall(r"[\w-]+", everything)[1:]) == set(get_args(Extra)) - HEAVY
    assert OPTIONAL.keys() - {"all", "dev", "docs", "bench"} == set(get_args(Extra))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The interpreter of an environment under the current folder, which isn't the ``python`` of PATH."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(python))
    return python


@pytest.mark.parametrize("name", ["python", "python3.11"])
def test_the_interpreter_that_runs_is_named(
    elsewhere: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(elsewhere.with_name(name)))
    assert how_to_add("web").startswith(".venv/bin/python -m pip install ")


def test_in_an_active_environment_its_name_is_enough(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(elsewhere.parent))
    assert how_to_add("web").startswith("python -m pip install ")


def test_what_is_installed_needs_no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "distribution", lambda name: None)
    assert how_to_add("plot-png").endswith(" -m pip install 'quotes[plot-png]'")


@pytest.mark.parametrize(("current", "named"), [(ROOT, ".[web]"), (ROOT.parent, f"./{ROOT.name}[web]")])
def test_a_checkout_that_is_not_installed_is_named_by_its_folder(
    current: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(extras, "distribution", none)
    monkeypatch.chdir(current)
    assert how_to_add("web").endswith(f" -m pip install '{named}'")
