"""What an article holds is cleaned by where it goes: a terminal, notes, a spreadsheet, a program."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from quotes.archive import QuoteRow, open_archive
from quotes.archive.export.notes import citation
from quotes.archive.export.tables import guarded
from tests.cli.conftest import BUDGET, Run, budget

# C0, delete, C1, marks of direction and their isolates, separators of lines.
STEERING = (
    "\x1b]0;titre\x07\x1b[2J\x08\r\x7f\x9b31m\x90q\x9c\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029"
)
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# What the program itself paints with.
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An archive whose article steers a terminal wherever it can."""
    found = budget()
    text = BUDGET.replace("aide peu", f"aide{STEERING} peu")
    grown = len(text) - len(BUDGET)
    (quote,) = found.quotes
    assert quote.speaker is not None
    assert quote.role is not None
    assert quote.mention is not None
    assert quote.cue is not None
    quote = replace(
        quote,
        end=quote.end + grown,
        text=text[quote.start : quote.end + grown],
        speaker=replace(quote.speaker, name=f"Zoé{STEERING} Lebœuf"),
        role=replace(quote.role, text=f"maire{STEERING}"),
        mention=replace(quote.mention, start=quote.mention.start + grown, end=quote.mention.end + grown),
        cue=replace(quote.cue, start=quote.cue.start + grown, end=quote.cue.end + grown),
    )
    article = replace(
        found.article,
        text=text,
        title=f"Titre{STEERING}",
        authors=(f"Jeanne{STEERING}",),
        outlet=f"Gazette{STEERING}",
        url=f"https://a.fr/{STEERING}",
        section=f"Ville{STEERING}",
        source=f"a{STEERING}.txt",
    )
    path = tmp_path / "quotes.db"
    with open_archive(path) as archive:
        archive.add(replace(found, article=article, quotes=(quote,)), extractor_version="test")
    return path


ASKING = [
    *(["search", "--format", form] for form in ("table", "json", "jsonl")),
    ["search", "--facets"],
    *(["export", "--format", form] for form in ("csv", "jsonl", "markdown", "tei", "annotations")),
    ["export", "--excel"],
    ["export", "--raw"],
    ["show", "1"],
    ["show", "1", "--json"],
    ["articles"],
    ["articles", "--json"],
    ["speakers"],
    ["speaker", "1"],
    ["speaker", "1", "--json"],
    ["stats"],
    ["stats", "--by", "outlet", "--csv"],
    ["check", "L’État nous aide peu"],
    ["check", "L’État nous aide peu", "--format", "json"],
    ["history"],
    ["failures"],
    ["db", "check"],
    ["reextract", "--dry-run"],
    ["reextract", "--dry-run", "--json"],
]


@pytest.mark.parametrize("asked", ASKING, ids=" ".join)
def test_nothing_of_an_article_steers_a_terminal(
    run: Run, hostile: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True, raising=False)
    result = run(*asked, "--db", hostile)
    assert result.code == 0, result.err
    for said in (result.out, result.err):
        assert UNSAFE.findall(COLOUR.sub("", said)) == []


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_tells_a_terminal_what_it_does_not_show(
    run: Run, hostile: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = run("search", "--format", form, "--db", hostile)
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True, raising=False)
    shown = run("search", "--format", form, "--db", hostile)
    assert json.loads(shown.out) == json.loads(piped.out)


def test_a_program_gets_it_as_it_is(run: Run, hostile: Path) -> None:
    result = run("export", "--format", "jsonl", "--db", hostile)
    assert STEERING in json.loads(result.out)["quote"]


@pytest.fixture
def row(db: Path) -> QuoteRow:
    with open_archive(db) as archive:
        return next(iter(archive.quotes()))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///a", "JaVaScript://x%0aalert(1)"]
)
def test_notes_link_only_to_the_web(row: QuoteRow, url: str) -> None:
    assert "<" not in citation(replace(row, url=url))
    assert "<https://a.fr/b>" in citation(replace(row, url="https://a.fr/b"))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@A", "＝1+1", "＋1", "－1", "＠A", " ＝1", "\ufeff=1", "\t=1", "\u00a0=1"]
)
def test_formulas_of_all_widths_are_guarded(cell: str) -> None:
    assert guarded(cell) == "'" + cell
    assert guarded("1" + cell) == "1" + cell
