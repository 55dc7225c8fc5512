"""A table beside a folder of texts says what is known of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.errors import ReadingError
from quotes.ingest.beside import table_beside
from quotes.ingest.storing import Options, add
from quotes.reading import Columns
from quotes.reading.forms import Known

TEXT = """La criée rouvre ce matin après deux ans de travaux, et les quais sont pleins de monde.
« Nous avons attendu longtemps », a déclaré Lise Ardan, patronne du Cormoran, devant les élus.
Les premiers bateaux sont rentrés à l’aube avec des sardines et quelques maquereaux."""
TABLE = "Fichier;Titre;Média;Date;Auteur\nport.txt;La criée rouvre;Le Phare;17/05/2024;Ida Lenoir\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "textes").mkdir()
    (tmp_path / "textes" / "Port.TXT").write_text(TEXT, encoding="utf-8")
    (tmp_path / "liste.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_are_known_by_their_names(folder: Path, jobs: int) -> None:
    options = Options(Columns(), Known(section="Mer"), metadata=str(folder / "liste.csv"))
    db = str(folder / "quotes.db")
    add([str(folder / "textes")], options, db, jobs=jobs, fetch=None, tell=lambda *_: None)
    with open_archive(db) as archive:
        found = archive.article(1).article
    assert (found.title, found.outlet, found.published) == ("La criée rouvre", "Le Phare", "2024-05-17")
    assert (found.authors, found.section) == (("Ida Lenoir",), "Mer")


def test_options_are_kept_for_another_try() -> None:
    from dataclasses import asdict

    options = Options(Columns(), Known(), metadata="liste.csv")
    assert Options.from_json(asdict(options)) == options


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("liste.csv", "Titre;Date\nUn;2024\n", "no column names the files"),
        ("liste.csv", "file;title\n;Un\n", "no row of this table names a file"),
        ("liste.docx", "", "ends with .csv"),
        ("liste.jsonl", "[1]\n", "is no JSON object"),
    ],
)
def test_a_table_that_is_none_is_said_before_anything_is_read(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ReadingError, match=reason):
        table_beside(str(tmp_path / name), Columns())


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="can't be read as a table"):
        table_beside(str(tmp_path / "liste.csv"), Columns())
