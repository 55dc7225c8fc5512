"""``quotes --help``: commands in groups; two examples of each that can be typed; completion."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from quotes.cli.commands import app
from quotes.cli.examples import EXAMPLES
from quotes.cli.usage import language_asked, normalized
from tests.cli.conftest import Run


def commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    for key, below in getattr(command, "commands", {}).items():
        full = f"{name} {key}".strip()
        yield full, below
        yield from commands(below, full)


ROOT = typer.main.get_command(app)
ALL = dict(commands(ROOT))


def test_commands_stand_in_groups(run: Run) -> None:
    lines = run("--help").out.splitlines()
    headings = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert headings == ["Options:", "Read:", "Ask:", "Mend:", "Measure:", "Look after:"]
    listed = {
        line.split()[0] for line in lines[lines.index("Read:") :] if line.startswith("  ") and line[2] != " "
    }
    assert listed == {name for name in ALL if " " not in name}


@pytest.mark.parametrize("name", ALL)
def test_help_ends_with_two_examples(run: Run, name: str) -> None:
    lines = run(*name.split(), "--help").out.rstrip().splitlines()
    assert lines[lines.index("Examples:") + 1 :] == [f"  {line}" for line in EXAMPLES[name].splitlines()]
    assert len(EXAMPLES[name].splitlines()) == 2


def test_there_are_no_examples_of_nothing() -> None:
    assert set(EXAMPLES) == set(ALL)


@pytest.mark.parametrize("line", [line for text in EXAMPLES.values() for line in text.splitlines()])
def test_examples_can_be_typed(line: str) -> None:
    program, *words = shlex.split(line)
    assert program == "quotes"
    command: Any = ROOT
    name = ""
    while words and words[0] in getattr(command, "commands", {}):
        name = f"{name} {words.pop(0)}".strip()
        command = ALL[name]
    if name == "evaluate" and "annotated/" in words:
        words.remove("annotated/")
    with command.make_context(name, words):
        pass


def test_completion_can_be_installed(run: Run) -> None:
    told = run("--help").out
    assert "--install-completion" in told
    assert "--show-completion" in told


def test_the_language_is_taken_out_of_a_call() -> None:
    assert language_asked(["--lang", "fr", "search"]) == ("fr", ["search"])
    assert language_asked(["search", "pont", "--lang=en"]) == ("en", ["search", "pont"])
    assert language_asked(["search", "--", "--lang", "fr"]) == (None, ["search", "--", "--lang", "fr"])
    assert language_asked(["search", "--lang"]) == ("", ["search"])


def test_only_french_words_are_taken_for_others() -> None:
    names = {option for command in [ROOT, *ALL.values()] for param in command.params for option in param.opts}
    for name in names:
        plain = name.lstrip("-")
        assert normalized(plain) == plain
