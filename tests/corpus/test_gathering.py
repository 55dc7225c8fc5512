"""What is common to all parts: articles that are one or alike, and who speaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from quotes.archive import open_archive
from quotes.corpus import gathering, loading
from quotes.corpus.engine import Engine
from quotes.corpus.folder import Folder
from quotes.corpus.rows import named_speaker
from tests.corpus.conftest import PEOPLE, Make, article, files_of


def rows(place: Path, pattern: str) -> list[dict[str, Any]]:
    return [row for path in sorted(place.glob(pattern)) for row in parquet.read_table(path).to_pylist()]


@pytest.fixture
def corpus(made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty articles, of which some come again, changed or in another paper."""
    monkeypatch.chdir(tmp_path)
    articles = [article(number) | {"outlet": f"Gazette {number % 3}"} for number in range(20)]
    copies = [articles[number] | {"outlet": "Le Double", "date": "2014-01-01"} for number in (2, 3, 3)]
    near = articles[7] | {"outlet": "Le Voisin"}
    near["text"] = near["text"].replace("en mai", "en juin")
    Path("lignes.jsonl").write_text("".join(json.dumps(one) + "\n" for one in [*articles, *copies, near]))
    made(["lignes.jsonl"], "corpus")
    return tmp_path / "corpus"


def titles(corpus: Path) -> dict[str, str]:
    return {row["article"]: f"{row['title']} {row['outlet']}" for row in rows(corpus, "articles/*.parquet")}


def test_articles_that_are_one_or_alike(corpus: Path) -> None:
    told = titles(corpus)
    copies = [
        (told[row["article"]], told[row["copy_of"]]) for row in rows(corpus, "duplicates/copies-*.parquet")
    ]
    # Of copies that have as many quotes the one published first stands for all.
    assert sorted(copies) == [
        ("Le marché 2 Gazette 2", "Le marché 2 Le Double"),
        ("Le moulin 3 Gazette 0", "Le moulin 3 Le Double"),
        ("Le moulin 3 Le Double", "Le moulin 3 Le Double"),
    ]
    (near,) = rows(corpus, "duplicates/near-*.parquet")
    assert {told[near["article"]], told[near["other"]]} == {"Le port 7 Gazette 1", "Le port 7 Le Voisin"}
    assert 11 <= near["shared"] <= 16
    assert 0.6 < near["likeness"] <= 1


def test_the_archive_knows_the_same_copies(corpus: Path) -> None:
    loading.load(Folder.at(str(corpus)), "charge.db", lambda *_: None)
    with open_archive("charge.db") as archive:
        assert archive.counts()["articles"] == 21
        assert sum(len(one.like) for one in archive.articles()) == 2


def test_who_speaks_by_year(corpus: Path) -> None:
    found = rows(corpus, "names/*.parquet")
    quotes = rows(corpus, "quotes/*.parquet")
    assert {row["name"] for row in found} == set(PEOPLE)
    for row in found:
        said = [
            one
            for one in quotes
            if one["speaker"]
            and named_speaker(one["speaker"], one["speaker_type"], None).key == row["key"]
            and one["date"][:4] == row["year"]
        ]
        assert row["quotes"] == len(said)
        assert row["words"] == sum(one["words"] for one in said)
        assert row["articles"] == len({one["article"] for one in said})
        assert (row["first"], row["last"]) == (min(o["date"] for o in said), max(o["date"] for o in said))
    assert rows(corpus, "suggestions.parquet") == []


def test_shuffled_over_many_partitions_it_is_the_same(
    corpus: Path, made: Make, cluster: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: rows(tmp_path / "corpus", f"{name}*.parquet") for name in ("duplicates/", "names/")}
    monkeypatch.setattr(gathering, "_ARTICLES_A_TASK", 6)
    monkeypatch.setattr(gathering, "_ARTICLES_A_PARTITION", 9)
    monkeypatch.setattr(gathering, "_QUOTES_A_PARTITION", 15)
    for place in ("ici", "encore"):
        made(["lignes.jsonl"], place, engine=cluster)
    assert len(list((tmp_path / "ici" / "names").iterdir())) > 1
    assert files_of(tmp_path / "ici") == files_of(tmp_path / "encore")
    for name, found in before.items():
        again = rows(tmp_path / "ici", f"{name}*.parquet")
        assert sorted(map(repr, again)) == sorted(map(repr, found))
