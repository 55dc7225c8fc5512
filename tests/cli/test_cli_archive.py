"""The commands that ask an archive: search, speakers, show, export, db."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.archive import open_archive
from tests.archive.samples import COUNCIL
from tests.cli.conftest import BUDGET, Run


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "arguments",
    [
        ("etat",),
        ("l'etat aide",),
        ("",),
        ("--speaker", "leboeuf"),
        ("--role", "maire"),
        ("--outlet", "gazette"),
        ("--since", "2023-05", "--until", "2023"),
        ("--kind", "direct", "--type", "person", "--gender", "f"),
    ],
)
def test_search_finds_the_quote(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("search", *arguments)
    assert result.code == 0
    (found,) = [json.loads(line) for line in result.out.splitlines()]
    assert found["quote"] == "L’État nous aide peu"
    assert found["speaker"] == "Zoé Lebœuf"
    assert found["role"] == "maire de Saint-Aubin"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("budjet",), "try fewer words"),
        (("--speaker", "Zoe Leboeufs"), "did you mean the speaker Zoé Lebœuf?"),
        (("--speaker", "Inconnue"), "`quotes speakers` lists"),
        (("--outlet", "Inconnu"), "`quotes stats --by outlet` lists"),
    ],
)
def test_who_finds_nothing_learns_what_may_help(run: Run, arguments: tuple[str, ...], said: str) -> None:
    assert said in run("search", *arguments).err


@pytest.mark.usefixtures("db")
def test_dates_are_typed_as_usual(run: Run) -> None:
    assert run("search", "--since", "03/05/2023", "--until", "mai 2023").out
    assert run("search", "--since", "04/05/2023").out == ""
    wrong = run("search", "--since", "31/02/2023")
    assert (wrong.code, wrong.out) == (2, "")
    assert "17/05/2024" in wrong.err


@pytest.mark.usefixtures("db")
def test_a_suffix_that_tells_no_format_is_refused(run: Run, tmp_path: Path) -> None:
    refused = run("export", "-o", "paroles.xls")
    assert refused.code == 2
    assert "name it .csv or .xlsx" in refused.err
    assert not (tmp_path / "paroles.xls").exists()
    assert run("export", "-o", "paroles.xls", "--format", "csv").code == 0
    assert run("export", "-o", "paroles").code == 0


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "arguments",
    [
        ("budget",),
        ("etat", "--speaker", "Morel"),
        ("--since", "2024"),
        ("--gender", "m"),
        ("--kind", "mixed"),
    ],
)
def test_search_finds_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("search", *arguments)
    assert (result.code, result.out) == (0, "")
    assert "nothing found" in result.err


def test_what_is_not_counted_is_not_told_as_counted(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(db) as archive:
        archive.add(COUNCIL, extractor_version="test")
        quotes = archive.counts()["quotes"]
    assert f"1 of {quotes} shown" in run("search", "--limit", "1").err
    monkeypatch.setattr("quotes.archive.search.finding.COUNTED_AT_MOST", 1)
    assert "1 of more than 1 shown" in run("search", "--limit", "1").err


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("query", ['"« AND (', "NOT", "*", "a" * 5000, "(" * 500, "x\0y", 'quote:"\n'])
def test_any_query_is_answered(run: Run, query: str) -> None:
    assert run("search", "--", query).code == 0


@pytest.mark.usefixtures("db")
def test_search_forms(run: Run) -> None:
    assert json.loads(run("search", "etat", "--format", "json").out)[0]["article_id"] == 1
    table = run("search", "etat", "--format", "table").out
    assert "L’État nous aide peu" in table
    assert "Zoé Lebœuf" in table


@pytest.mark.usefixtures("db")
def test_speakers(run: Run) -> None:
    (row,) = [json.loads(line) for line in run("speakers").out.splitlines()]
    assert (row["name"], row["quotes"], row["roles"]) == ("Zoé Lebœuf", 1, ["maire de Saint-Aubin"])
    assert "Zoé Lebœuf" in run("speakers", "leboeuf", "--format", "table").out
    nobody = run("speakers", "Morel")
    assert (nobody.code, nobody.out) == (0, "")
    assert "no speakers" in nobody.err


@pytest.mark.usefixtures("db")
def test_show_marks_the_quotes(run: Run) -> None:
    shown = run("show", "1")
    assert shown.code == 0
    assert "« ⟦L’État nous aide peu⟧[1] », a déclaré Zoé Lebœuf" in shown.out
    assert "    [1] Zoé Lebœuf, maire de Saint-Aubin (incise, sure 0.95, #1)" in shown.out
    assert "La Gazette de Brume · Jeanne Roy · 2023-05-03" in shown.out


@pytest.mark.usefixtures("db")
def test_show_as_json(run: Run) -> None:
    record = json.loads(run("show", "1", "--json").out)
    assert record["article"]["text"] == BUDGET
    (quote,) = record["quotes"]
    assert BUDGET[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.usefixtures("db")
def test_export_to_standard_output_and_file(run: Run, tmp_path: Path) -> None:
    printed = run("export", "--speaker", "Zoé Lebœuf")
    (row,) = list(csv.DictReader(io.StringIO(printed.out, newline="")))
    assert (row["quote"], row["speaker"]) == ("L’État nous aide peu", "Zoé Lebœuf")
    assert "\r\n" in printed.out

    for name, start in (("p.csv", b"quote,"), ("p.jsonl", b'{"quote"'), ("p.xlsx", b"PK")):
        result = run("export", "-o", tmp_path / name)
        assert (result.code, result.out) == (0, "")
        assert "1 quote exported" in result.err
        assert (tmp_path / name).read_bytes().startswith(start)
    run("export", "--excel", "-o", tmp_path / "e.csv")
    assert (tmp_path / "e.csv").read_bytes().startswith("\ufeffquote;".encode())


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("name", "form", "start"),
    [("notes.md", None, "> «"), ("p.xml", None, "<?xml"), ("p.txt", "annotations", '{"@context"')],
)
def test_export_in_texts_and_notes(run: Run, tmp_path: Path, name: str, form: str | None, start: str) -> None:
    asked = ["--format", form] if form else []
    assert run("export", "-o", tmp_path / name, *asked).code == 0
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert written.startswith(start)
    assert "L’État nous aide peu" in written
    printed = run("export", "--format", form or {"notes.md": "markdown", "p.xml": "tei"}[name])
    assert printed.out == written


@pytest.mark.usefixtures("db")
def test_export_and_measure_what_was_corrected(run: Run, tmp_path: Path) -> None:
    assert run("evaluate", "--corrected").code == 1
    assert run("export", "--format", "gold", "-o", "or").code == 1
    assert run("fix", "1").code == 0
    done = run("export", "--format", "gold", "-o", "or")
    assert (done.code, done.out) == (0, "")
    assert "1 article with corrections" in done.err
    by_folder = json.loads(run("evaluate", "or", "--json").out)
    by_archive = json.loads(run("evaluate", "--corrected", "--json").out)
    assert by_folder["articles"] == by_archive["articles"] == 1
    assert by_folder["speaker"] == by_archive["speaker"]
    assert by_archive["speaker"]["f1"] == 1.0
    assert run("evaluate", "or", "--corrected").code == 2
    assert run("evaluate").code == 2


@pytest.mark.usefixtures("db")
def test_export_refuses_what_makes_no_sense(run: Run, tmp_path: Path) -> None:
    for form in ("xlsx", "parquet", "gold"):
        assert run("export", "--format", form).code == 2
    assert run("export", "--excel", "--format", "jsonl").code == 2
    lost = run("export", "-o", tmp_path / "nowhere" / "p.csv")
    assert lost.code == 1
    assert lost.err.count("\n") == 1


def test_db_upgrade(run: Run, db: Path) -> None:
    result = run("db", "upgrade", "--db", db)
    assert result.code == 0
    assert "up to date" in result.err


@pytest.mark.parametrize(
    "command", [("search", "x"), ("speakers",), ("show", "1"), ("export",), ("db", "upgrade")]
)
def test_an_archive_that_is_none(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    other = tmp_path / "other.db"
    other.write_text("Ceci n’est pas une base.\n" * 100)
    for path in (other, tmp_path / "missing.db", tmp_path):
        result = run(*command, "--db", path)
        assert (result.code, result.out) == (1, "")
        assert result.err.count("\n") == 1
        assert result.err.startswith("quotes: ")


def test_the_archive_may_come_from_the_environment(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = db.rename(db.with_name("elsewhere.db"))
    assert run("speakers").code == 1
    monkeypatch.setenv("QUOTES_DB", str(elsewhere))
    assert "Zoé Lebœuf" in run("speakers").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--since", "hier"),
        ("search", "--kind", "loud"),
        ("search", "--limit", "0"),
        ("show", "one"),
        ("nothing",),
        ("add",),
        ("extract", "--min-confidence", "2", "-"),
    ],
)
def test_wrong_usage_is_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err


def test_version(run: Run) -> None:
    from quotes import __version__

    assert run("--version").out == f"quotes {__version__}\n"


HEAVY = {"spacy", "numpy", "pandas", "alembic", "sqlalchemy", "xlsxwriter", "rich", "quotes.extraction"}
ASKING = [
    ["search", "etat"],
    ["speakers"],
    ["show", "1"],
    ["export"],
    ["check", "L'État nous aide peu"],
    ["variants"],
    ["stats", "--format", "json"],
]


@pytest.mark.parametrize("command", ASKING, ids=lambda command: command[0])
def test_asking_the_archive_imports_nothing_heavy(db: Path, command: list[str]) -> None:
    program = (
        "import sys; from quotes.cli import main; code = main(sys.argv[1:]);"
        f"heavy = {HEAVY!r} & set(sys.modules);"
        "sys.exit(f'{code} {sorted(heavy)}' if code or heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command, "--db", str(db)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_is_no_error(db: Path) -> None:
    program = "import sys; from quotes.cli import main; sys.exit(main(sys.argv[1:]))"
    export = subprocess.Popen(
        [sys.executable, "-c", program, "export", "--db", str(db)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert export.stdout is not None
    export.stdout.close()
    _, talk = export.communicate()
    assert b"Traceback" not in talk
    assert b"Error" not in talk


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown", "tei", "annotations"])
def test_export_only_what_the_words_find(run: Run, form: str) -> None:
    found = run("export", "aidera", "--format", form)
    assert (found.code, "1 quote exported" in found.err) == (0, True)
    missed = run("export", "locomotive", "--format", form)
    assert (missed.code, "0 quotes exported" in missed.err) == (0, True)
    assert "0 quotes exported" in run("export", "aidera", "--exact", "--format", form).err


@pytest.mark.usefixtures("db")
def test_corrections_are_exported_whole(run: Run, tmp_path: Path) -> None:
    asked = run("export", "aide", "--format", "gold", "-o", tmp_path / "gold")
    assert asked.code == 2
    assert "leave the words out" in asked.err


@pytest.mark.usefixtures("db")
def test_facets_of_a_search(run: Run) -> None:
    counted = json.loads(run("search", "aide", "--facets").out)
    assert counted["speaker"] == [{"value": "Zoé Lebœuf", "quotes": 1, "words": 4}]
    assert set(counted) == {"speaker", "outlet", "year", "type"}
    assert "Zoé Lebœuf" in run("search", "aide", "--facets", "--format", "table").out
    assert json.loads(run("search", "locomotive", "--facets").out)["speaker"] == []
