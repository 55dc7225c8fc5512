"""Lists that can be read at eighty columns, and what to do when nothing was found."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.cli import main
from quotes.cli.entries import confidence_in_words, print_entries, print_text, wrapped
from quotes.cli.printing import Marked
from tests.archive.samples import JEANNE, extraction

from .conftest import Run

LONG = (
    "Nous avons attendu ce quai pendant douze longues années, et nous attendrons encore douze semaines s’il"
    " le faut pour que la criée rouvre avec toutes ses caisses"
)


@pytest.fixture
def quay(db: Path) -> Path:
    with open_archive(db) as archive:
        article = extraction(
            f"« {LONG} », dit Jeanne Roy.",
            (LONG, JEANNE, "présidente du comité des usagers du port de commerce de Saint-Aubin-les-Bains"),
            title="Le quai",
            outlet="Le Phare du littoral",
            published="2024-02-03",
        )
        archive.add(article, extractor_version="test")
    return db


def test_a_hit_is_the_quote_and_one_line_under_it(run: Run, quay: Path) -> None:
    lines = run("search", "criée", "--format", "table").out.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert " ".join(lines[:-1]).startswith("Nous avons attendu")
    assert lines[-1].startswith("    Jeanne Roy, présidente")
    assert lines[-1].endswith("… · 2024-02-03 · #2 (art. 2) · sure 0.90")
    assert " · Le Phar" in lines[-1]


def test_speakers_and_articles_are_two_lines_each(run: Run, quay: Path) -> None:
    lines = run("speakers", "roy", "--format", "table").out.splitlines()
    assert lines[-1] == "    person, f · 1 quote · 2024-02-03 · #2"
    assert lines[0].startswith("Jeanne Roy, présidente")
    assert all(len(line) <= 80 for line in lines)
    listed = run("articles", "--format", "table").out
    assert listed.splitlines() == [
        "Saint-Aubin vote son budget",
        "    La Gazette de Brume · 2023-05-03 · 1 quote · #1 · budget.txt",
        "Le quai",
        "    Le Phare du littoral · 2024-02-03 · 1 quote · #2",
    ]


def test_confidence_is_said_in_words() -> None:
    assert confidence_in_words(0.9) == "sure 0.90"
    assert confidence_in_words(0.6) == "likely 0.60"
    assert confidence_in_words(0.0).startswith("?")


@pytest.mark.parametrize("columns", [1, 12, 40])
def test_words_are_wrapped_not_cut(columns: int) -> None:
    lines = list(wrapped(Marked(LONG, ((5, 10),)), columns))
    assert " ".join(lines).split() == LONG.split()
    assert all(len(line) <= columns or " " not in line for line in lines)


def test_a_line_under_an_entry_gives_way_at_its_first_part(capsys: pytest.CaptureFixture[str]) -> None:
    print_entries([("Oui\n\x1b[31m non", ["X" * 90, "", "Le Phare", "#7"])])
    first, under = capsys.readouterr().out.splitlines()
    assert first == "Oui [31m non"
    assert under.endswith("X… · Le Phare · #7")
    assert len(under) <= 80


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (("atendu",), "did you mean attendu for atendu?"),
        (("--speaker", "Jeane Roi"), "did you mean the speaker Jeanne Roy?"),
        (("--outlet", "Le Fare du littoral"), "did you mean the outlet Le Phare du littoral?"),
        (("Lebœuf",), "a speaker has this name, Zoé Lebœuf"),
        (("zxqv",), "try fewer words"),
    ],
)
def test_did_you_mean(run: Run, quay: Path, asked: tuple[str, ...], hint: str) -> None:
    done = run("search", *asked)
    assert done.code == 0
    assert hint in done.err


def test_what_was_found_needs_no_hint(run: Run, quay: Path) -> None:
    assert run("search", "attendu").err == ""
    assert "Lebœuf" not in run("search", "--speaker", "Lebœuf").err


def test_a_check_and_a_correction_ask_whom_was_meant(run: Run, quay: Path) -> None:
    done = run("check", "Les quais sont bleus comme des oranges", "--outlet", "Le Fare du littoral")
    assert "did you mean Le Phare du littoral?" in done.err
    fixed = run("fix", "2", "--speaker", "Jeanne Roi")
    assert fixed.code == 0
    assert "Jeanne Roi is new to the archive; did you mean Jeanne Roy?" in fixed.err
    assert "new to the archive" not in run("fix", "2", "--speaker", "Jeanne Roy").err


def test_marks_stay_with_their_words() -> None:
    for space in (" ", "\u00a0", "\u202f"):
        text = f"elle a répondu «{space}oui{space}» hier"
        for columns in range(1, 30):
            lines = list(wrapped(Marked(text, ()), columns))
            assert " ".join(lines) == " ".join(text.split())
            assert not any(line.endswith("«") or line.startswith("»") for line in lines)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_text_is_set_in_a_terminal_and_left_alone_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    styled = "Et elle : « \x1b[1mNous attendrons encore douze semaines s’il le faut\x1b[0m », et elle sort."
    monkeypatch.setenv("COLUMNS", "40")
    for screen, lines in ((Terminal(), 3), (io.StringIO(), 1)):
        monkeypatch.setattr(sys, "stdout", screen)
        print_text(styled, indent="  ")
        printed = screen.getvalue().splitlines()
        assert len(printed) == lines
        assert " ".join(line.strip() for line in printed) == styled
        if lines > 1:
            assert all(len(re.sub(r"\x1b\[\d*m", "", line)) <= 40 for line in printed)


def test_a_long_title_or_row_of_roles_leaves_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    print_entries([("Le conseil " * 20, ("Le Phare du littoral", "12 quotes", "#3"))])
    title, under = capsys.readouterr().out.splitlines()
    assert len(title) <= 80
    assert title.endswith("…")
    assert under == "    Le Phare du littoral · 12 quotes · #3"


def test_variants_are_set_in_a_terminal(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Nous ne reviendrons pas sur cette promesse, et nous le redirons autant de fois qu’il faudra"
    for number, said in enumerate((words, words + " à chacun des villages du plateau")):
        one = extraction(f"« {said} », dit Jeanne Roy.", (said, JEANNE), title=str(number))
        with open_archive(db) as archive:
            archive.add(one, extractor_version="1")
    monkeypatch.setenv("COLUMNS", "50")
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    assert main(["variants", "--format", "table", "--db", str(db)]) == 0
    lines = screen.getvalue().splitlines()
    assert len(lines) > 5
    assert all(len(line) <= 50 for line in lines)
