"""``quotes add`` and ``quotes extract``: texts in, quotes out, and all that can be wrong with a file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection

from quotes.archive import Added, PreparedArticle, open_archive
from quotes.archive.versions import adding
from quotes.errors import ArchiveError
from quotes.model import Article, Extraction
from tests.cli.conftest import BUDGET, Run

STRIKE = """La grève continue
« Nous ne lâcherons rien », a prévenu Paul Morel, délégué du personnel.
"""


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_from_texts_to_an_answer(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "budget.txt", BUDGET)
    (tmp_path / "notes").mkdir()
    write(tmp_path, "notes/greve.md", STRIKE)
    added = run("add", "-v", "budget.txt", "notes", "-", stdin="Rien n’est dit ici.".encode())
    assert (added.code, added.out) == (0, "")
    assert "budget.txt: article 1: 1 quote, 1 speaker: Saint-Aubin vote son budget" in added.err
    assert "-: article 3: 0 quotes, 0 speakers: Rien n’est dit ici." in added.err
    assert "3 articles added with 2 quotes" in added.err

    again = run("add", "-v", "notes/greve.md")
    assert again.code == 0
    assert "already in the archive as article 2" in again.err
    assert "0 articles added with 0 quotes, 1 already there" in again.err

    found = json.loads(run("search", "lacher", "--speaker", "Paul Morel").out)
    assert found["role"] == "délégué du personnel"
    assert "⟦Nous ne lâcherons rien⟧[1]" in run("show", "2").out


def test_each_bad_file_is_one_line_and_the_others_are_added(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty-folder").mkdir()
    bad = {
        "missing.txt": "no such file",
        "empty-folder": "no texts in this folder",
        str(write(tmp_path, "binary.bin", bytes(range(256)) * 4).name): "is no text",
        str(write(tmp_path, "empty.txt", " \n").name): "is empty",
        str(write(tmp_path, "nul.txt", b"Du texte\0").name): "is no text",
        str(write(tmp_path, "garbled.txt", BUDGET.encode().decode("latin-1")).name): "is garbled",
    }
    write(tmp_path, "ancien.txt", "« C’est réglé », a dit Paul Morel.".encode("cp1252"))
    result = run("add", *bad, "ancien.txt")
    assert (result.code, result.out) == (1, "")
    lines = result.err.splitlines()
    for (name, reason), line in zip(bad.items(), lines, strict=False):
        assert line.startswith(f"quotes: {name}: {reason}")
        assert ": " in line.split(reason, 1)[1], "it says what to do"
    assert "ancien.txt: read as Windows-1252" in result.err
    assert lines[-1].endswith("1 article added with 1 quote, 6 not read (`quotes failures` lists them)")
    assert json.loads(run("search").out)["quote"] == "C’est réglé"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", BUDGET).chmod(0)
    assert "may not be read" in run("add", "secret.txt").err


def test_a_call_with_nothing_to_add_makes_no_archive(run: Run, tmp_path: Path) -> None:
    assert run("add", "missing.txt").code == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_archive_is_left_alone(run: Run, tmp_path: Path) -> None:
    text = write(tmp_path, "budget.txt", BUDGET)
    result = run("add", text, "--db", text)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert text.read_text(encoding="utf-8") == BUDGET


def test_a_locked_archive_is_said(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotes.archive import archive

    monkeypatch.setattr(
        archive.open_archive,
        "__kwdefaults__",
        {"create": True, "readonly": False, "timeout": 0.1, "longest": None},
    )
    write(tmp_path, "greve.txt", STRIKE)
    holder = sqlite3.connect(db, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    result = run("add", "greve.txt")
    holder.close()
    assert result.code == 1
    assert "is locked by another program" in result.err
    assert run("add", "greve.txt").code == 0


def test_names_with_newlines_and_odd_bytes(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "deux\nlignes.txt", BUDGET)
    odd = os.fsdecode(b"caf\xe9.txt")
    write(tmp_path, odd, STRIKE)
    result = run("add", "-v", "deux\nlignes.txt", odd)
    assert result.code == 0
    assert "deux\\nlignes.txt: article 1" in result.err
    assert "caf\\udce9.txt: article 2" in result.err


def test_extract_gives_the_contract(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "budget.txt", BUDGET)
    result = run("extract", path, "--format", "json")
    assert result.code == 0
    record = json.loads(result.out)
    assert record["article"] == {
        "title": "Saint-Aubin vote son budget",
        "authors": ["Jeanne Roy"],
        "outlet": None,
        "published": "2023-05-03",
        "url": None,
    }
    (quote,) = record["quotes"]
    assert record["not_quotes"] == []
    assert BUDGET[quote["start"] : quote["end"]] == quote["text"] == "L’État nous aide peu"
    assert (quote["kind"], quote["display"]) == ("direct", False)
    assert quote["speaker"] == {"name": "Zoé Lebœuf", "type": "person", "gender": "f"}
    assert quote["role"] == {"text": "maire de Saint-Aubin"}
    for part in ("mention", "cue"):
        passage = quote[part]
        assert BUDGET[passage["start"] : passage["end"]] == passage["text"]
    assert quote["cue"]["lemma"] == "déclarer"
    assert 0 < quote["confidence"] <= 1
    assert list(tmp_path.glob("*.db")) == []


def test_extract_keeps_the_order_of_files(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", STRIKE)
    write(tmp_path, "c.txt", BUDGET)
    piped = run("extract", "a.txt", "b.txt", "c.txt")
    assert piped.code == 1
    first, failed, last = (json.loads(line) for line in piped.out.splitlines())
    assert first["article"]["title"] == "La grève continue"
    assert failed == {"error": "no such file: check the path", "source": "b.txt"}
    assert last["article"]["title"] == "Saint-Aubin vote son budget"
    assert "b.txt: no such file" in piped.err

    several = run("extract", "a.txt", "c.txt", "--format", "json")
    assert [one["article"]["title"] for one in json.loads(several.out)] == [
        "La grève continue",
        "Saint-Aubin vote son budget",
    ]
    none = run("extract", "b.txt", "--format", "json")
    assert (none.code, none.out) == (1, "")


def test_extract_as_a_table(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "budget.txt", BUDGET)
    table = run("extract", "budget.txt", "--format", "table", "--explain").out
    for cell in ("L’État nous aide peu", "Zoé Lebœuf", "maire de Saint-Aubin", "a déclaré (déclarer)"):
        assert cell in table


def test_extract_reads_standard_input(run: Run) -> None:
    result = run("extract", "-", stdin=STRIKE.encode())
    assert json.loads(result.out)["quotes"][0]["text"] == "Nous ne lâcherons rien"


def test_a_terminal_is_not_steered_by_a_text(run: Run) -> None:
    text = (
        STRIKE.replace("rien", "\x1b]0;titre\x07rien")
        + "Encore un paragraphe, assez long pour un texte.\n" * 9
    )
    result = run("extract", "-", "--format", "table", stdin=text.encode())
    assert "Nous ne lâcherons" in result.out
    assert "\x1b]" not in result.out


def test_the_archive_does_not_depend_on_the_number_of_jobs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for number in range(6):
        write(tmp_path, f"folder/{number}.txt", STRIKE.replace("rien", f"rien, jour {number}"))
    write(tmp_path, "folder/bad.txt", b"a\0b")
    rows = "".join(
        json.dumps({"text": BUDGET + f"\nÉdition {n}.", "outlet": "La Gazette"}) + "\n" for n in range(5)
    )
    write(tmp_path, "folder/table.jsonl", rows)
    long = "\n".join(f"Au jour {n}, la réunion a duré trois heures et personne n’a cédé." for n in range(20))
    for name, text in {"a": long, "b": f"{long}\n© La Gazette", "c": f"{long}\nElle reprend demain."}.items():
        write(tmp_path, f"folder/{name}.txt", f"La réunion\n{text}\n")
    talk = []
    dumps = []
    for jobs in ("1", "2"):
        result = run("add", "folder", "--jobs", jobs, "--db", f"{jobs}.db")
        assert result.code == 1
        talk.append(result.err)
        with sqlite3.connect(f"{jobs}.db") as connection:
            for table in ("articles", "article_copies", "article_revisions"):
                connection.execute(f"UPDATE {table} SET added_at = ''")
            connection.execute("UPDATE failures SET at = ''")
            # The index is merged now and then, depending on what came together: what it holds is the same.
            dump = [line for line in connection.iterdump() if '"quote_fts_' not in line]
            connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, quote_fts, instance)")
            dumps.append((sorted(dump), connection.execute("SELECT * FROM temp.words").fetchall()))
    assert talk[0] == talk[1]
    assert "12 articles added with 11 quotes, 1 copy of articles that are there," in talk[0]
    assert "1 other version of articles that are there, 1 not read" in talk[0]
    assert dumps[0] == dumps[1]


def test_counts_as_json_and_quiet(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "greve.txt", STRIKE)
    result = run("add", "greve.txt", "missing.txt", "--quiet", "--json", "--outlet", "La Gazette")
    assert json.loads(result.out) == {
        "added": 1,
        "quotes": 1,
        "known": 0,
        "copies": 0,
        "revisions": 0,
        "not_french": 0,
        "failed": 1,
    }
    assert result.err == "quotes: missing.txt: no such file: check the path\n"
    (article,) = json.loads(run("articles", "--json").out)
    assert (article["title"], article["outlet"], article["quotes"]) == ("La grève continue", "La Gazette", 1)
    assert "La grève continue" in run("articles", "--format", "table").out


def test_a_table_with_a_named_column(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.csv", f'corps_article;intitulé\n"{STRIKE}";La grève\n')
    assert "--text-column" in run("add", "a.csv").err
    result = run("add", "-v", "a.csv", "--text-column", "corps_article", "--title-column", "intitulé")
    assert result.code == 0
    assert "a.csv:2: article 1: 1 quote, 1 speaker: La grève" in result.err


def test_a_text_that_breaks_the_extractor_stops_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import quotes

    sound = quotes.extract

    def breaking(article: Article, *, model: str = "auto") -> Extraction:
        if "jour 1" in article.text:
            raise KeyError("broken")
        return sound(article)

    monkeypatch.setattr(quotes, "extract", breaking)
    for number in range(3):
        write(tmp_path, f"{number}.txt", STRIKE.replace("rien", f"rien, jour {number}"))
    result = run("add", "0.txt", "1.txt", "2.txt")
    assert result.code == 1
    assert "1.txt: could not be analysed (KeyError: 'broken')" in result.err
    assert "2 articles added" in result.err


def test_what_the_user_states_outranks_the_text(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "budget.txt", BUDGET)
    stated = (
        "--title", "Le budget", "--author", "Luc Faure", "--author", "Ana Roy", "--translator", "Léa Oya",
        "--outlet", "L’Écho", "--date", "1 février 2024", "--section", "Région", "--url", "https://echo.example/1",
    )  # fmt: skip
    assert run("add", "budget.txt", *stated).code == 0
    (row,) = json.loads(run("articles", "--json").out)
    assert (row["title"], row["outlet"], row["published"]) == ("Le budget", "L’Écho", "2024-02-01")
    assert (row["authors"], row["translators"]) == (["Luc Faure", "Ana Roy"], ["Léa Oya"])
    assert (row["section"], row["url"]) == ("Région", "https://echo.example/1")
    assert run("add", "budget.txt", "--date", "hier").code == 2


@pytest.mark.parametrize(
    "table",
    [
        json.dumps({"text": STRIKE}),
        json.dumps([{"text": STRIKE}], indent=1),
        json.dumps({"text": STRIKE}) + "\n" + json.dumps({"text": STRIKE}),
    ],
    ids=["object", "array", "lines"],
)
def test_json_through_standard_input(run: Run, table: str) -> None:
    result = run("add", "-", stdin=table.encode())
    assert result.code == 0
    assert "1 article added with 1 quote" in result.err
    assert run("add", "-", stdin=b"[Reportage] {\n").code == 0


def test_an_article_that_cannot_be_stored_keeps_none_before_it_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        write(tmp_path, f"{number}.txt", STRIKE.replace("rien", f"rien, jour {number}"))
    add_all = adding.add_all

    def full(connection: Connection, articles: Sequence[PreparedArticle], version: str) -> list[Added]:
        if any("jour 2" in one.extraction.article.text for one in articles):
            raise ArchiveError("the disk is full: make room, then try again")
        return add_all(connection, articles, version)

    monkeypatch.setattr(adding, "add_all", full)
    result = run("add", "-v", ".")
    assert result.code == 1
    assert [line.split(":")[1] for line in result.err.splitlines()] == [
        " 0.txt",
        " 1.txt",
        " 2 articles added with 2 quotes",
        " the disk is full",
    ]
    with open_archive("quotes.db") as archive:
        assert [row.source for row in archive.articles()] == ["0.txt", "1.txt"]


def test_a_column_that_is_not_there_is_one_error_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "bon.txt", STRIKE)
    rows = "".join(f"Texte {n};L’Écho\n" for n in range(5))
    write(tmp_path, "a.csv", f"texte;media\n{rows}")
    done = run("add", "bon.txt", "a.csv", "--outlet-column", "journal")
    assert (done.code, done.out) == (1, "")
    assert done.err == "quotes: a.csv: no column 'journal': it has texte, media\n"
    assert not (tmp_path / "quotes.db").exists()


def test_of_many_that_can_not_be_read_the_first_are_told(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "bon.txt", STRIKE)
    names = [f"vide-{n:02}.txt" for n in range(15)]
    for name in names:
        write(tmp_path, name, "")
    lines = run("add", "bon.txt", *names).err.splitlines()
    assert len(lines) == 11
    assert lines[-1].endswith("1 article added with 1 quote, 15 not read (`quotes failures` lists them)")
    assert len(run("add", *names, "-v").err.splitlines()) == 16
    assert len(run("failures").out.splitlines()) == 15
