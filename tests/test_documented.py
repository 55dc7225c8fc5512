"""The pages show what the program prints, and name no command that it doesn't have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documented import commands, pages
from tests.documented.pages import PAGES, as_it_runs, language_of
from tests.documented.terminal import ROOT

ANEW = "python -m tests.documented writes the page anew"


def written(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


RUN = [
    page
    for page in PAGES
    if any(block.language in pages.RUN for block in pages.blocks(written(page).split("\n")))
]
CALLS = [(page, call) for page in PAGES for call in commands.calls(written(page))]
# Names options in French, too, which are taken where French is spoken.
BILINGUAL = {"docs/languages.md"}
IN_PROSE = [
    (page, call)
    for page in PAGES
    if page not in BILINGUAL
    for call in sorted(set(commands.named_in_prose(written(page))))
]


@pytest.mark.parametrize("page", RUN)
def test_a_page_shows_what_is_printed(page: str, tmp_path: Path) -> None:
    assert as_it_runs(page, tmp_path) == written(page), ANEW


def test_the_commands_are_those_of_the_program() -> None:
    assert commands.page_in(language_of(commands.PAGE)) == written(commands.PAGE), ANEW


@pytest.mark.parametrize(("page", "call"), CALLS)
def test_a_command_in_a_block_is_one_that_the_program_takes(page: str, call: str) -> None:
    commands.parse(call)


@pytest.mark.parametrize(("page", "call"), IN_PROSE)
def test_a_command_in_a_sentence_is_one_that_the_program_has(page: str, call: str) -> None:
    assert commands.unknown_options(call) == []
