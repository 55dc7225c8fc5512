"""A column that isn't there is one error before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import ReadingError
from quotes.ingest.beside import check_tables
from quotes.reading import Columns

WRONG = Columns("corps")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text("texte;media\n« Oui », dit Zoé Roy.;L’Écho\n", encoding="utf-8")
    rows = '{"texte": "« Oui », dit Zoé Roy."}\n{"texte": "« Non », dit Zoé Roy.", "lieu": "Aulnes"}\n'
    (tmp_path / "b.jsonl").write_text(rows, encoding="utf-8")
    (tmp_path / "vide.csv").write_text("", encoding="utf-8")
    (tmp_path / "note.txt").write_text("corps", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.csv", "a.csv: no column 'corps': it has texte, media"),
        ("b.jsonl", "b.jsonl: no column 'corps': it has texte, lieu"),
    ],
)
def test_a_missing_column_is_named(tables: Path, name: str, said: str) -> None:
    with pytest.raises(ReadingError) as error:
        check_tables([str(tables / name)], WRONG)
    assert str(error.value).endswith(said)


def test_what_is_there_is_not_complained_of(tables: Path) -> None:
    check_tables([str(tables / "a.csv"), str(tables / "b.jsonl")], Columns("texte"))
    # A row may leave out what another has.
    check_tables([str(tables / "b.jsonl")], Columns("texte", outlet="lieu"))
    check_tables([str(tables / "a.csv")], Columns())


def test_what_is_no_table_is_told_when_it_is_read(tables: Path) -> None:
    check_tables([str(tables / name) for name in ("vide.csv", "note.txt", "absent.csv")] + ["-"], WRONG)
