"""The two READMEs: what they show is what is printed, what they claim is what was measured."""

from __future__ import annotations

import re

import pytest

from tests.documented.pages import INSTALL, INSTALL_TO_TEST, blocks
from tests.documented.terminal import ROOT

ENGLISH, FRENCH = "README.md", "README.fr.md"
BOTH = [ENGLISH, FRENCH]
# The table of docs/evaluation.md: how many cells a row has, and which one tells of a plain installation.
_CELLS, _PLAIN = 7, 3
# The rows of a README's table of figures, in its order, as docs/evaluation.md calls them.
FIGURES = [
    "quotes F1",
    "not_quotes_rejected",
    "speaker F1",
    "role F1",
    "of the sure answers (0.9 and more) are right",
    "share of answers that are sure",
]


def lines(readme: str) -> list[str]:
    return (ROOT / readme).read_text(encoding="utf-8").split("\n")


def blocks_of(readme: str, language: str) -> list[str]:
    return [block.text(lines(readme)) for block in blocks(lines(readme)) if block.language == language]


@pytest.mark.parametrize("readme", BOTH)
def test_nothing_is_shown_that_is_not_run(readme: str) -> None:
    assert {block.language for block in blocks(lines(readme))} == {"sh", "text", "console", "python"}


@pytest.mark.parametrize("readme", BOTH)
def test_there_are_two_command_lines_for_ci(readme: str) -> None:
    job, tests = blocks_of(readme, "sh")
    assert job.startswith(INSTALL)
    assert tests == INSTALL_TO_TEST + ".venv/bin/pytest -n auto"
    assert "\n" not in job


def test_both_languages_show_the_same_job() -> None:
    assert blocks_of(ENGLISH, "sh") == blocks_of(FRENCH, "sh")


def test_each_leads_to_the_other_in_its_first_line() -> None:
    assert f"]({FRENCH})" in lines(ENGLISH)[0]
    assert f"]({ENGLISH})" in lines(FRENCH)[0]


@pytest.mark.parametrize("readme", BOTH)
def test_its_pages_and_pictures_are_there(readme: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", "\n".join(lines(readme))):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("readme", BOTH)
def test_its_figures_are_those_that_were_measured(readme: str) -> None:
    shown = [
        match[1].replace(",", ".")
        for line in lines(readme)
        if (match := re.fullmatch(r"\|.*\| (\d[.,]\d+) \|", line))
    ]
    measured = {
        cells[1].strip(): cells[_PLAIN].strip()
        for line in lines("docs/evaluation.md")
        if len(cells := line.split("|")) == _CELLS
    }
    assert shown == [measured[figure] for figure in FIGURES]
