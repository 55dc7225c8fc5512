"""Every command and every option stands in the README or in docs/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from quotes.cli.commands import app

ROOT = Path(__file__).parents[2]
PAGES = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
)


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", {})
    for key, sub in below.items():
        yield from commands(sub, f"{name} {key}")
    if not below:
        yield name, command


ALL = list(commands(typer.main.get_command(app), "quotes"))
OPTIONS = sorted(
    {opt for _, command in ALL for param in command.params for opt in param.opts if opt.startswith("--")}
)


@pytest.mark.parametrize("name", [name for name, _ in ALL])
def test_command_is_documented(name: str) -> None:
    assert re.search(rf"{re.escape(name)}\b", PAGES)


@pytest.mark.parametrize("option", OPTIONS)
def test_option_is_documented(option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", PAGES)
